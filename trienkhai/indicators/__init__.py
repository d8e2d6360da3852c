"""Indicators: what is measured, who answers for it, what was to be reached, what was reached, and how it sums up.

Words of this area: *indicator* (chỉ tiêu), *definition* (định nghĩa, theo phiên bản), *measure* (đơn vị tính),
*baseline* (số gốc, năm gốc), *holder* (đơn vị được giao chỉ tiêu), *giving* (giao chỉ tiêu), *target* (mức giao),
*value* (số liệu), *numerator* and *denominator* (tử số, mẫu số), *aggregation* (cách tổng hợp), *cumulative* (lũy kế),
*disaggregation* (phân tổ), *roll-up* (số tổng hợp), *part* (đơn vị thành phần của số tổng hợp), *outlier* (số liệu bất
thường), *correction* (đính chính). A value is a claim until the unit that gave the indicator approves it: a roll-up
counts approved values only. Numbers are decimals, never floats.
"""
