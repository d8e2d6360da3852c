"""Triển Khai: từ nghị quyết đến kết quả (from resolution to result)."""

__version__ = "0.2.0"
