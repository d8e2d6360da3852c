"""The organisation as a file, and documents as packets."""

from trienkhai.exchange.views.packets import dispatch, packets, packets_take, send
from trienkhai.exchange.views.units import table_csv, units, units_import, units_marked, units_try, units_xlsx

__all__ = [
    "dispatch",
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
