"""Assignments as pages list them, fifty a page."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from trienkhai.common.templatetags.show import num
from trienkhai.people.models import Account
from trienkhai.tasks import past, rules
from trienkhai.tasks.models import Assignment, State, Wait
from trienkhai.tasks.queries import count_up_to
from trienkhai.tasks.queries.lists import MANY, due_soon_day
from trienkhai.tasks.queries.past import names_as_of, percents_as_of
from trienkhai.tasks.queries.standing import Standing, standing_of
from trienkhai.tasks.queries.wanted import number_of

PAGE = 50


@dataclass(frozen=True)
class Row:
    """An assignment with how it stands to its due day; `act`: the verb it waits for, '' for none.

    `unit`: what the unit that holds it is called, '' for its present name; `linked`: may its page be opened?
    `wait`: for whom it waits.
    """

    assignment: Assignment
    standing: Standing
    act: str = ""
    unit: str = ""
    linked: bool = True
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
    return Row(assignment, standing_of(assignment, on, soon), act, wait=wait)


def rows_of_day(shown: list[Any], day: date, account: Account, on: date) -> list[Row]:
    """Rows of `past.given_by` as they stood at the end of that day: state, due day, share done, holder. Four queries.

    Opened by a link only where the person sees the assignment on the day `on`.
    """
    ids = [row.pk for row in shown]
    names = names_as_of({row.was_held_by for row in shown}, day)
    percents = percents_as_of(ids, day)
    open_to = set(rules.visible_assignments(account, on).filter(pk__in=ids).values_list("pk", flat=True))
    soon = due_soon_day(day)
    for row in past.restored(shown, day):
        row.percent = percents.get(row.pk, 100 if row.state == State.DONE else 0)
    return [
        Row(row, standing_of(row, day, soon), unit=names.get(row.was_held_by, "–"), linked=row.pk in open_to)
        for row in shown
    ]
