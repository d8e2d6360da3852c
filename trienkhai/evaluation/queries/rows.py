"""The rows behind a figure, as their reader may see them; points of each step side by side."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.common.clock import day_of
from trienkhai.evaluation import scoring
from trienkhai.evaluation.models import AboveMark, Points, Sheet, Step
from trienkhai.evaluation.norms import named
from trienkhai.evaluation.queries.figures import FINDINGS, INDICATORS, INSPECTIONS, MEETINGS, OF, TASKS, counts_of
from trienkhai.evaluation.queries.sheets import SCORED
from trienkhai.indicators.models import Indicator
from trienkhai.inspections.models import Finding, Inspection
from trienkhai.inspections.rules import visible_inspections
from trienkhai.meetings.models import Meeting
from trienkhai.meetings.rules import visible_meetings
from trienkhai.people.models import Account
from trienkhai.tasks.models import Assignment, State
from trienkhai.tasks.rules import visible_assignments


@dataclass(frozen=True)
class Row:
    """`url`: '' where the reader does not see the row itself. `mark`: the ground of a result above requirement."""

    title: str
    sub: str
    counts: bool
    url: str = ""
    assignment: int = 0
    done: bool = False
    mark: str = ""


def ids_of(sheet: Sheet, figure: str) -> list[tuple[Any, bool]]:
    """The rows of the denominator: those that count first."""
    rows = sheet.figures.get(figure, {"yes": [], "no": []})
    return [(pk, True) for pk in rows["yes"]] + [(pk, False) for pk in rows["no"]]


def rows_of(sheet: Sheet, figure: str, ids: Iterable[tuple[Any, bool]], account: Account, on: date) -> list[Row]:
    """As they stand now, in that order. A handful of queries, whatever the number of rows."""
    listed = list(ids)
    kind = OF.get(figure, TASKS)
    if kind == INDICATORS:
        return _indicators(listed)
    if kind == TASKS:
        return _tasks(sheet, listed, account, on)
    reading = {MEETINGS: _meetings, INSPECTIONS: _inspections, FINDINGS: _findings}
    return reading[kind](listed, account, on)


def _tasks(sheet: Sheet, ids: list[tuple[int, bool]], account: Account, on: date) -> list[Row]:
    wanted = [pk for pk, _counts in ids]
    rows = Assignment.objects.select_related("task__document").in_bulk(wanted)
    seen = set(visible_assignments(account, on).filter(pk__in=wanted).values_list("pk", flat=True))
    marks = dict(
        AboveMark.objects.filter(campaign=sheet.campaign, assignment__in=wanted).values_list("assignment", "ground")
    )
    return [
        Row(
            rows[pk].task.title if pk in seen else _("A task outside your reach"),
            _("due %(day)s · %(state)s") % {"day": f"{rows[pk].due_on:%d/%m/%Y}", "state": State(rows[pk].state).label},
            counts,
            reverse("tasks:assignment", args=[pk]) if pk in seen else "",
            pk,
            rows[pk].state == State.DONE,
            marks.get(pk, ""),
        )
        for pk, counts in ids
        if pk in rows
    ]


def _indicators(ids: list[tuple[list[Any], bool]]) -> list[Row]:
    rows = Indicator.objects.in_bulk([pk for (pk, _start), _counts in ids])
    return [
        Row(
            str(rows[pk]),
            _("period from %(day)s") % {"day": f"{date.fromisoformat(start):%d/%m/%Y}"},
            counts,
            reverse("indicators:indicator", args=[pk]),
        )
        for (pk, start), counts in ids
        if pk in rows
    ]


def _meetings(ids: list[tuple[int, bool]], account: Account, on: date) -> list[Row]:
    wanted = [pk for pk, _counts in ids]
    rows = Meeting.objects.in_bulk(wanted)
    seen = set(visible_meetings(account, on).filter(pk__in=wanted).values_list("pk", flat=True))
    return [
        Row(
            f"{rows[pk].get_kind_display()}, {day_of(rows[pk].starts_at):%d/%m/%Y}",
            str(rows[pk].get_state_display()),
            counts,
            reverse("meetings:meeting", args=[pk]) if pk in seen else "",
        )
        for pk, counts in ids
        if pk in rows
    ]


def _inspections(ids: list[tuple[int, bool]], account: Account, on: date) -> list[Row]:
    wanted = [pk for pk, _counts in ids]
    rows = Inspection.objects.select_related("item", "unit__present").annotate(found=Count("findings")).in_bulk(wanted)
    seen = set(visible_inspections(account, on).filter(pk__in=wanted).values_list("pk", flat=True))
    return [_inspection(rows[pk], counts, seen=pk in seen) for pk, counts in ids if pk in rows]


def _inspection(row: Inspection, counts: bool, *, seen: bool) -> Row:
    if not seen:
        return Row(_("An inspection outside your reach"), str(row.get_state_display()), counts)
    words = {"unit": row.unit.short_name, "state": row.get_state_display(), "n": row.found}  # type: ignore[attr-defined]
    sub = _("%(unit)s · %(state)s · findings: %(n)s") if row.is_concluded else _("%(unit)s · %(state)s")
    return Row(row.item.theme, sub % words, counts, reverse("inspections:inspection", args=[row.pk]))


def _findings(ids: list[tuple[int, bool]], account: Account, on: date) -> list[Row]:
    wanted = [pk for pk, _counts in ids]
    rows = Finding.objects.select_related("inspection").in_bulk(wanted)
    inspections = {row.inspection_id for row in rows.values()}
    seen = set(visible_inspections(account, on).filter(pk__in=inspections).values_list("pk", flat=True))
    return [_finding(rows[pk], counts, seen=rows[pk].inspection_id in seen) for pk, counts in ids if pk in rows]


def _finding(row: Finding, counts: bool, *, seen: bool) -> Row:
    said = [_("due %(day)s") % {"day": f"{row.due_on:%d/%m/%Y}"}] if row.has_day else []
    said.append(
        _("remedy accepted %(day)s") % {"day": f"{row.closed_on:%d/%m/%Y}"} if row.closed_on else _("not accepted yet")
    )
    url = reverse("inspections:inspection", args=[row.inspection_id]) if seen else ""
    return Row(row.text if seen else _("A finding outside your reach"), " · ".join(said), counts, url)


@dataclass(frozen=True)
class Line:
    """A criterion on the sheet: its most, its figure where it has one, the points of each step."""

    name: str
    most: Any
    figure: str
    num: int
    den: int
    points: list[Decimal | None]


@dataclass(frozen=True)
class Group:
    name: str
    lines: list[Line] = field(default_factory=list)


def lines_of(sheet: Sheet) -> tuple[list[Group], list[Decimal | None]]:
    """The sheet as it is read, and the total of each step that was filled. One query."""
    given: dict[str, dict[str, Decimal]] = {step: {} for step in SCORED}
    for row in Points.objects.filter(sheet=sheet):
        given[row.step][row.code] = row.points
    figures = counts_of(sheet.figures)
    reached = [bool(given[step]) or _reached(sheet, step) for step in SCORED]
    groups, totals = [], [Decimal(0)] * len(SCORED)
    for group in sheet.campaign.groups(sheet.kind):
        lines = []
        for row in group["criteria"]:
            points = scoring.computed(row, figures)
            told = [
                (points if points is not None else given[step].get(row["code"])) if there else None
                for step, there in zip(SCORED, reached, strict=True)
            ]
            totals = [total + (one or Decimal(0)) for total, one in zip(totals, told, strict=True)]
            counts = figures.get(row.get("figure", ""), scoring.Figure(0, 0))
            lines.append(Line(named(row), row["points"], row.get("figure", ""), counts.num, counts.den, told))
        groups.append(Group(named(group), lines))
    return groups, [total if there else None for total, there in zip(totals, reached, strict=True)]


ORDER = (Step.SELF, Step.COLLECTIVE, Step.VOTE, Step.UPPER, Step.READY, Step.DECIDED)


def _reached(sheet: Sheet, step: str) -> bool:
    """Is the sheet in that step or beyond it? What is computed then stands there, also where nobody gave points yet."""
    return sheet.step in ORDER and ORDER.index(Step(sheet.step)) >= ORDER.index(Step(step))
