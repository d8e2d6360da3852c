"""Dated data: document types, kinds of unit, thresholds, warning days, holidays.

Words of this area: *norm* (quy định có thời hạn) – a value that holds from one day to another, with its source and the
grade of that source (P read in an official text, N news, G second-hand, B background, L the office's own decision).
"""
