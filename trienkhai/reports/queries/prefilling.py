"""What the machine fills a report with: the unit's assignments at the cut-off, done and late work by area."""

import re
from collections.abc import Callable, Container
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from trienkhai.common import paths
from trienkhai.indicators.models import Definition
from trienkhai.indicators.queries.reading import values_for
from trienkhai.orgs.models import Unit
from trienkhai.reports.design import Design, Field
from trienkhai.reports.models import Period, PeriodReport
from trienkhai.tasks.models import OPEN_STATES, Assignment, State
from trienkhai.tasks.queries.areas import official_names
from trienkhai.tasks.queries.past import own_as_of
from trienkhai.tasks.queries.sheets import Cells

CELLS: dict[str, Callable[[Cells], float | None]] = {
    "tasks:total": lambda cells: cells.total,
    "tasks:done": lambda cells: cells.done,
    "tasks:done_on_time": lambda cells: cells.done_on_time,
    "tasks:done_late": lambda cells: cells.done_late,
    "tasks:open_in_time": lambda cells: cells.open_in_time,
    "tasks:open_overdue": lambda cells: cells.open_overdue,
    "tasks:share_done": lambda cells: cells.share_done,
    "tasks:share_of_due": lambda cells: cells.share_of_due,
}
SOURCES = {
    "tasks:total": gettext_lazy("assignments: all given"),
    "tasks:done": gettext_lazy("assignments: done"),
    "tasks:done_on_time": gettext_lazy("assignments: done on time"),
    "tasks:done_late": gettext_lazy("assignments: done late"),
    "tasks:open_in_time": gettext_lazy("assignments: open, in time"),
    "tasks:open_overdue": gettext_lazy("assignments: open, overdue"),
    "tasks:share_done": gettext_lazy("assignments: % done of all"),
    "tasks:share_of_due": gettext_lazy("assignments: % done of what was due"),
}
LISTS = {
    "tasks:done_list": gettext_lazy("list of what was done in the period, by area of work"),
    "tasks:late_list": gettext_lazy("list of what is late, by area of work"),
}
INDICATOR = "indicator:"
LONGEST_LIST = 60
MARK = "[việc {}]"
"""Stands behind each piece of work in a list: by it the line is found when its document is locked away."""
NUMBER = re.compile(r" \[việc \d+\]")
MARKED = re.compile(r"^.*\[việc (\d+)\][^\n]*$\n?", re.MULTILINE)
NO_AREA = "Công việc khác"


def machine_values(design: Design, period: Period, unit: Unit, on: date) -> dict[str, Any]:
    """By field, as values are stored; fields the machine knows nothing of are left out."""
    day = min(period.cut_on, on)
    wanted = [one for one in design.fields() if one.source]
    indicators = _indicator_values(unit, period) if any(one.source.startswith(INDICATOR) for one in wanted) else {}
    cells = own_as_of(unit, day) if any(one.source in CELLS for one in wanted) else Cells()
    lists = {
        source: _listed(unit, period, source, day)
        for source in sorted({one.source for one in wanted if one.source in LISTS})
    }
    found: dict[str, Any] = {}
    for one in wanted:
        if one.source in lists:
            found[one.code] = lists[one.source]
        elif one.source in CELLS:
            found[one.code] = _figure(CELLS[one.source](cells), one)
        elif one.source in indicators:
            found[one.code] = _figure(indicators[one.source], one)
    return found


def _indicator_values(unit: Unit, period: Period) -> dict[str, Decimal | None]:
    """By source: the unit's own approved value of the last period of the indicator that ends in this one, else the sum
    of those below.
    """
    return {
        f"{INDICATOR}{reading.indicator.pk}": reading.value.number if reading.value else reading.rollup.number
        for reading in values_for(unit, period.starts_on, period.ends_on)
    }


def indicator_sources(unit: Unit, on: date) -> list[tuple[str, str]]:
    """The indicators a form of this unit may ask for: its own and those of units above, with their names."""
    rows = Definition.objects.filter(
        indicator__unit__in=paths.ids(unit.path or ""), valid_from__lte=on, valid_to__gt=on
    )
    listed = rows.filter(indicator__valid_to__gt=on).select_related("indicator").order_by("indicator__code", "pk")
    words = gettext("indicator: %(code)s %(title)s")
    return [
        (f"{INDICATOR}{row.indicator_id}", words % {"code": row.indicator.code, "title": row.title}) for row in listed
    ]


def _figure(number: Decimal | float | None, one: Field) -> str:
    if number is None:
        return ""
    return str(Decimal(str(number)).quantize(Decimal(1).scaleb(-one.decimals), ROUND_HALF_UP))


def _listed(unit: Unit, period: Period, source: str, day: date) -> str:
    """In Vietnamese, as the report is: a line for each piece of work under its area."""
    rows = Assignment.objects.filter(held_by=unit)
    if source == "tasks:done_list":
        rows = rows.filter(state=State.DONE, submitted_on__gte=period.figures_from, submitted_on__lte=day)
    else:
        rows = rows.filter(state__in=OPEN_STATES, due_on__lt=day, issued_on__lte=day)
    listed = list(rows.select_related("task").order_by("due_on", "pk")[: LONGEST_LIST + 1])
    names, by_area = official_names(day), dict[str, list[str]]()
    for row in listed[:LONGEST_LIST]:
        late = row.submitted_on is not None and row.submitted_on > row.due_on
        words = f"hạn {row.due_on:%d/%m/%Y}" if row.due_on.year < 9999 else "không thời hạn"
        done = f", xong {row.submitted_on:%d/%m/%Y}" if row.submitted_on and row.state == State.DONE else ""
        line = f"- {row.task.title} ({words}{done}{', quá hạn' if late else ''}) {MARK.format(row.pk)}"
        by_area.setdefault(names.get(row.task.work_area, NO_AREA), []).append(line)
    parts = ["\n".join([f"{area}:", *lines]) for area, lines in by_area.items()]
    return "\n\n".join(parts) + ("\n\n- và các việc khác, xem danh sách nhiệm vụ" if len(listed) > LONGEST_LIST else "")


def is_corrected(report: PeriodReport, one: Field) -> bool:
    """Does the answer differ from what the machine filled in?"""
    return one.code in report.machine and (report.values.get(one.code) or "") != (report.machine[one.code] or "")


def without_lines(text: str, assignments: Container[int]) -> str:
    """The text without the lines that name these pieces of work."""
    return MARKED.sub(lambda found: "" if int(found[1]) in assignments else found[0], text)


def lines_of(text: str, assignments: Container[int]) -> list[str]:
    """The lines that name these pieces of work, as papers print them: without the number."""
    found = MARKED.finditer(text)
    return [NUMBER.sub("", row[0]).strip() for row in found if int(row[1]) in assignments]
