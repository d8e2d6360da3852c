"""Conduct: the theme of a year, what leaders commit themselves to, their own reports on it, what the collective says.

Words of this area: *theme* (chủ đề năm), *commitment* (bản cam kết), *review* (tự kiểm điểm và nhận xét, sáu tháng và
năm), *example* (điển hình, gương tốt). Leaders by name; members as numbers of a cell, by name only where the office has
switched its list of members on (decision 0022). No score is made or kept, and nothing of what anybody thinks.
"""
