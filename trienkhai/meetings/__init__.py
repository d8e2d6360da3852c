"""Meetings: planned, convened with papers, held with a quorum, minuted, closed; what they conclude becomes work.

Words of this area: *meeting* (cuộc họp, buổi sinh hoạt, hội nghị), *body* (cấp ủy, ban thường vụ, chi bộ, hội nghị),
*item* (nội dung), *paper* (tài liệu của nội dung), *turnout* (thành phần dự), *counted* (được tính: triệu tập trừ số
không tính), *quorum* (số cần có mặt), *passage* (một phần của biên bản), *ballot* (biểu quyết, bỏ phiếu), *conclusion*
(kết luận), *sent up* (gửi biên bản lên cấp trên).
"""
