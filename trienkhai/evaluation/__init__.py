"""Evaluation by year and quarter, proposals of levels, decisions, appeals; commendation with its register.

Words of this area: *campaign* (đợt đánh giá), *sheet* (phiếu đánh giá) of a *subject* (tập thể: a unit; cá nhân: a
holder of a post), *step* (tự đánh giá, tập thể, bỏ phiếu, thẩm định), *criterion* (tiêu chí), *figure* (số liệu),
*points* (điểm), *condition* (điều kiện), *level* (mức xếp loại), *ceiling* (tỷ lệ tối đa), *proposal* (đề xuất của phần
mềm), *above requirement* (vượt mức yêu cầu), *appeal* (kiến nghị), *commendation* (khen thưởng), *register* (sổ khen
thưởng).

The machine proposes with its reasons; people vote and the unit above decides. Sensitive personal data: sheets are shown
by role, opening and export are acts, inspectors read nothing that is not decided.
"""
