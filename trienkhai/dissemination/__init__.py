"""A document on its way down to the last cell: sent, acknowledged, studied.

Words of this area: *sending* (gửi xuống), *receipt* (tiếp nhận: của một đơn vị đối với một lần gửi), *delivered* (đã
đến hộp thư của người nhận), *opened* (đã mở xem), *acknowledged* (đã xác nhận), *closing* of a receipt (kết thúc: chỉ
học tập, quán triệt | cụ thể hóa | giao nhiệm vụ), *study plan* (kế hoạch học tập, quán triệt), *session* (hội nghị,
buổi học tập), *make-up session* (học bù), *convened* (triệu tập), *attended* (dự học), *audience* (đối tượng),
*absence* (vắng, theo lý do), *materials* (tài liệu), *proof* (minh chứng). Only counts are kept: no names, no opinions,
no test of them.
"""
