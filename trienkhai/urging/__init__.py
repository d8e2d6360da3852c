"""Urging: the ladder that climbs by working days, what a person urges, letters that list what is late.

Words of this area: *urge* (bước nhắc, đôn đốc theo bậc thang), *ladder* (bậc thang đôn đốc), *step* (bước), *run* (lượt
đôn đốc trong ngày), *silence* (lâu không cập nhật), *call* (lời đôn đốc của đơn vị cấp trên), *urging letter* (công văn
đôn đốc).
"""
