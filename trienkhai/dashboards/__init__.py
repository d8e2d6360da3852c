"""Pages that show how far things are; this area reads only.

Words of this area: *board* (bảng điều hành), *sheet* (bảng bốn ô), *heat map* (đơn vị × văn bản).
"""
