"""Assignments as pages list them, fifty a page."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from trienkhai.common.templatetags.show import num
from trienkhai.tasks.models import Assignment, Wait
from trienkhai.tasks.queries import count_up_to
from trienkhai.tasks.queries.lists import MANY
from trienkhai.tasks.queries.standing import Standing, standing_of
from trienkhai.tasks.queries.wanted import number_of

PAGE = 50


@dataclass(frozen=True)
class Row:
    """An assignment with how it stands to its due day; `act`: the verb it waits for, '' for none; `wait`: for whom it
    waits.
    """

    assignment: Assignment
    standing: Standing
    act: str = ""
    wait: Wait | None = None


def paged(request: HttpRequest, rows: QuerySet[Any]) -> tuple[list[Any], dict[str, Any]]:
    """The rows of the page asked for, and what the pager needs. Two queries; the count stops at 1,000."""
    total = count_up_to(rows)
    number = min(max(number_of(request.GET.get("page")) or 1, 1), MANY)
    if total <= MANY:
        number = min(number, max(1, -(-total // PAGE)))
    start = (number - 1) * PAGE
    shown = list(rows[start : start + PAGE + 1])
    pager = {
        "number": number,
        "has_previous": number > 1,
        "has_next": len(shown) > PAGE,
        "first": start + 1 if shown else 0,
        "last": start + min(len(shown), PAGE),
        "count": words_of_count(total),
    }
    return shown[:PAGE], pager


def words_of_count(total: int) -> str | int:
    """“1.000+” for more than lists count; 0 stays a number, as the pager asks."""
    if total > MANY:
        return f"{num(MANY)}+"
    return num(total) if total else 0


def row_of(assignment: Assignment, on: date, soon: date, act: str = "", wait: Wait | None = None) -> Row:
    return Row(assignment, standing_of(assignment, on, soon), act, wait)
