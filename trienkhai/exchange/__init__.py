"""Data in and out: units and posts as XLSX or CSV files that can be edited and brought back.

Words of this area: *dry run* (chạy thử) – an import that stores nothing and says what it would do, row by row.
"""
