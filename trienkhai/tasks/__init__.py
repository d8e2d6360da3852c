"""From a document to executed work: tasks, assignments, progress reports, approval, and the tally of all of it.

Words of this area: *task* (nhiệm vụ), *assignment* (phần giao cho một đơn vị chủ trì), *issue* (ban hành, phiếu giao
việc), *mode* (mỗi đơn vị một phần | cùng làm một sản phẩm), *lead* (chủ trì), *part* (phần việc phối hợp), *watch*
(theo dõi), *progress report* (báo cáo tiến độ), *request* (đề nghị gia hạn, điều chỉnh, chuyển đơn vị khác), *answers
to* (đơn vị duyệt), *tally* (số tổng hợp), *sheet* (bảng bốn ô: hoàn thành đúng hạn, hoàn thành quá hạn, chưa hoàn thành
trong hạn, chưa hoàn thành quá hạn), *focus* (trọng tâm, trọng điểm, giải pháp đột phá), *due day* (thời hạn), *open
end* (không thời hạn), *programme* (chương trình toàn khóa, chương trình công tác năm, kế hoạch quý), *item* (đầu việc
của chương trình), *standing* (đầu việc đang ở đâu), *review* (kiểm điểm trọng tâm), *area of work* (mặt công tác).
"""
