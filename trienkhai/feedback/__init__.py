"""The voice from below: proposals on their way up, feedback by name to named posts, feedback without a name.

Words of this area: *proposal* (đề xuất, kiến nghị, tham mưu), *passing on* (chuyển tiếp), *answer* (trả lời: tiếp thu,
tiếp thu một phần, không tiếp thu), *receiving post* (chức danh tiếp nhận góp ý), *remark* (góp ý có tên), *letter* (góp
ý không nêu tên), *receipt code* (mã biên nhận), *proof of work* (phép tính chống gửi ồ ạt). Complaints and
denunciations (khiếu nại, tố cáo) have their own laws and are not taken here.
"""
