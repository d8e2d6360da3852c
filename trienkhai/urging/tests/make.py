"""Rows for tests: days played one by one, and what was told in words."""

from datetime import date, timedelta
from typing import Any

from trienkhai.common.clock import moment
from trienkhai.norms.models import Norm
from trienkhai.notices.models import Notice
from trienkhai.urging.actions import urge


def play(first: date, last: date) -> list[date]:
    """The worker on each day from `first` to `last`; the days on which it urged anybody."""
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return [day for day in days if urge(on=day, at=moment(day, 7))]


def told(**narrowed: Any) -> list[tuple[date, str, int]]:
    """Day, kind and unit of the notices that urge, in order."""
    rows = Notice.objects.filter(kind__regex="^(urge|silent)", **narrowed).order_by("at", "kind", "post__unit")
    return [(row.at.date(), row.kind, row.post.unit_id) for row in rows.select_related("post")]


def set_ladder(value: Any, *, place: str = "", valid_from: date = date(2000, 1, 1)) -> Norm:
    fields = {"value": value, "source": "thử", "grade": "L"}
    return Norm.objects.update_or_create(key="urging.ladder", place=place, valid_from=valid_from, defaults=fields)[0]


def set_holidays(year: int, *days: date) -> None:
    value = {"off": [day.isoformat() for day in days]}
    fields = {"value": value, "source": "thử", "grade": "L", "valid_to": date(year + 1, 1, 1)}
    Norm.objects.update_or_create(key="holidays", place="", valid_from=date(year, 1, 1), defaults=fields)
