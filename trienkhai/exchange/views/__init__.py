"""The organisation and the books as files, and documents as packets."""

from trienkhai.exchange.views.books import book, book_csv, book_import, book_marked, book_try, book_xlsx
from trienkhai.exchange.views.file_jobs import file_job, file_job_marked, file_job_store
from trienkhai.exchange.views.packets import dispatch, packets, packets_take, send
from trienkhai.exchange.views.units import table_csv, units, units_import, units_marked, units_try, units_xlsx

__all__ = [
    "book",
    "book_csv",
    "book_import",
    "book_marked",
    "book_try",
    "book_xlsx",
    "dispatch",
    "file_job",
    "file_job_marked",
    "file_job_store",
    "packets",
    "packets_take",
    "send",
    "table_csv",
    "units",
    "units_import",
    "units_marked",
    "units_try",
    "units_xlsx",
]
