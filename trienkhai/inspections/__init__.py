"""Inspections: the programme of the year, subjects drawn, steps with time limits, what was found, what was remedied.

Words of this area: *programme* (chương trình kiểm tra, giám sát của năm), *item* (nội dung của chương trình), *subject*
(đơn vị được kiểm tra, giám sát), *draw* (lượt chọn đơn vị), *candidate* (đơn vị trong danh sách chọn), *inspection*
(cuộc kiểm tra, giám sát), *step* (chuẩn bị, tiến hành, kết thúc), *point* (nội dung của đề cương), *finding* (tồn tại,
hạn chế), *proof* (minh chứng), *remedy* (việc khắc phục).

Outside this area on purpose: inspection on signs of violation, discipline, denunciations.
"""
