"""Pages that show how far things are; this area reads only, and issues what it shows.

Words of this area: *board* (bảng điều hành), *sheet* (bảng bốn ô), *issued sheet* (bảng đã chốt, số liệu không đổi từ
đó), *heat map* (đơn vị × văn bản).
"""
