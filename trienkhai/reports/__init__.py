"""Period reports: forms an office designs, what its units answer each period, who is late, the summary of those below.

Words of this area: *form* (biểu mẫu báo cáo), *version* of a form (bản của biểu mẫu), *section* (mục), *field* (chỉ
tiêu, nội dung), *period* (kỳ báo cáo), *cut-off* (ngày chốt số liệu), *due day* (hạn gửi), *period report* (báo cáo
định kỳ của một đơn vị trong một kỳ), *answers* (nội dung đã ghi), *machine value* (số máy lấy), *summary* (báo cáo tổng
hợp), *issued sheet* (số liệu đã chốt), *completeness and timeliness* (tính đầy đủ và đúng hạn). A progress report of an
assignment belongs to `tasks`.
"""
