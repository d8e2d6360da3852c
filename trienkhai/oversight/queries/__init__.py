"""Questions about supervision and democracy at the grassroots."""

from trienkhai.oversight.queries.lists import Standing, kinds_of, standing_programmes
from trienkhai.oversight.queries.waiting import Row, rows_waiting

__all__ = ["Row", "Standing", "kinds_of", "rows_waiting", "standing_programmes"]
