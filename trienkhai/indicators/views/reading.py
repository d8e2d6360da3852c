"""Reading: the indicators of a unit, the table of one, what a sum is made of, the table as a spreadsheet."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from trienkhai.common import clock
from trienkhai.common.htmx import page
from trienkhai.common.templatetags.show import day as show_day
from trienkhai.documents.rules import visible_documents
from trienkhai.indicators import rules
from trienkhai.indicators.models import Fault, Holder, Indicator
from trienkhai.indicators.periods import Period, periods_between
from trienkhai.indicators.queries.reading import held_by, rollup
from trienkhai.indicators.queries.tables import Table, cell_of, latest_cells, near_percent, table_of
from trienkhai.indicators.queries.waiting import holders_of
from trienkhai.indicators.sheets import write_table
from trienkhai.indicators.summing import Part, Standing
from trienkhai.indicators.views.pages import (
    context_of,
    day_asked,
    indicator_of,
    list_crumb,
    period_asked,
    unit_shown,
    year_asked,
)
from trienkhai.orgs.models import Unit
from trienkhai.orgs.places import Places, now_asked, switch_to_now
from trienkhai.people.requests import account_of
from trienkhai.tasks.queries.areas import area_names
from trienkhai.tasks.rules_programme import visible_focuses

LISTED = 200


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The indicators that a unit owns or holds, each with its last figure of the year."""
    account, on = account_of(request), clock.today()
    unit, year = unit_shown(request, account, on), year_asked(request, on)
    first, last = date(year, 1, 1), date(year, 12, 31)
    indicators = held_by(unit, first, last)
    cells = latest_cells(indicators, unit, first, last, on=on)
    context = {
        "unit": unit,
        "year": year,
        "rows": [(row, cells.get(row.pk)) for row in indicators],
        "defines": bool(rules.can_define(account, unit, on)),
        "tells": unit.pk in rules.telling_units(account, on) and bool(holders_of([unit.pk], on)),
        "decides": rules.awaiting_decision(account, on).count(),
        "areas": area_names(on),
        "on": on,
    }
    return page(request, "indicators/list.html", context)


def _shown_table(request: HttpRequest, pk: int) -> tuple[Indicator, Unit, int, Table]:
    account, on = account_of(request), clock.today()
    found = indicator_of(request, pk)
    unit, year = unit_shown(request, account, on), year_asked(request, on)
    below = rules.reads_branch(account, unit, on)
    span = date(year, 1, 1), date(year, 12, 31)
    return found, unit, year, table_of(found, unit, *span, on=on, below=below, places=now_asked(request, on))


@require_GET
def indicator(request: HttpRequest, pk: int) -> HttpResponse:
    """Periods × target, actual, share and sign, for the unit and each one directly below it."""
    account, on = account_of(request), clock.today()
    found, unit, year, table = _shown_table(request, pk)
    definition = _definition(table, on)
    holder = Holder.objects.filter(indicator=found, unit=unit).first()
    faults = []
    if rules.can_define(account, found.unit, on):
        faults = list(Fault.objects.filter(indicator=found).select_related("unit__present").order_by("pk")[:LISTED])
    context = context_of(
        found,
        definition.title if definition else found.code,
        unit,
        table=table,
        as_of=_switch(request, table.periods, on),
        phone=_period_of_phone(request, table, on),
        year=year,
        definition=definition,
        area=area_names(on).get(found.work_area, found.work_area),
        document=found.document_id and visible_documents(account, on).filter(pk=found.document_id).first(),
        focus=found.focus_id and visible_focuses(account, on).filter(pk=found.focus_id).first(),
        holder=holder,
        tells=bool(holder and holder.enters and rules.can_tell(account, unit, on)),
        can_change=rules.can_change(account, found, on),
        can_give=rules.can_give(account, found, unit, on),
        given=holder.giver if holder and holder.giver_id != unit.pk else None,
        faults=faults,
        near=near_percent(on, unit.path or ""),
        computed_at=clock.now(),
    )
    context["crumbs"] = [list_crumb(unit)]
    return page(request, "indicators/indicator.html", context)


def _switch(request: HttpRequest, periods: list[Period], on: date) -> dict[str, Any] | None:
    """Between the tree of each period's last day and that of today, once one of these days is past."""
    past = [period.end for period in periods if period.end < on]
    if not past:
        return None
    if len(periods) > 1:
        return switch_to_now(request, _("As on the last day of each period"))
    return switch_to_now(request, _("As on %(day)s") % {"day": show_day(past[0])})


def _period_of_phone(request: HttpRequest, table: Table, on: date) -> date | None:
    """The first day of the period that a narrow screen shows alone: the one of the address (`ky`), else the last with
    a figure, else the last that has begun; None for all of them (`ky=nam`).
    """
    starts = [period.start for period in table.periods]
    if request.GET.get("ky") == "nam" or len(starts) < 2:
        return None
    asked = day_asked(request)
    told = [cell.summed.period.start for cell in table.own.cells if cell.actual is not None]
    begun = [start for start in starts if start <= on]
    return asked if asked in starts else (told or begun or starts)[-1]


def _definition(table: Table, on: date) -> Any:
    """The one in force, else the nearest to it."""
    rows = [row for row in table.definitions if row.valid_from <= on] or table.definitions[:1]
    return rows[-1] if rows else None


@require_GET
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The table as a spreadsheet, with the numbers as numbers."""
    found, unit, year, table = _shown_table(request, pk)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    response = HttpResponse(content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="chi-tieu-{found.pk}-{unit.pk}-{year}.xlsx"'
    response["Cache-Control"] = "private, no-store"
    write_table(response, table, _definition(table, clock.today()), year, clock.now())
    return response


@require_GET
def parts(request: HttpRequest, pk: int) -> HttpResponse:
    """What a sum is made of: units in, waiting, missing, excluded and why; the rule; the time of computation."""
    account, on = account_of(request), clock.today()
    found = indicator_of(request, pk)
    unit, period = unit_shown(request, account, on), period_asked(request, found, on)
    places = now_asked(request, on)
    summed = rollup(found, unit, period, places=places)
    below = rules.reads_branch(account, unit, on)
    branches = summed.branches() if below else []
    listed = [part for part in summed.parts if below or part.unit_id == unit.pk]
    named = places or Places(period.end if period.end < on else None)
    units = named.named({key for key, _total in branches} | {part.unit_id for part in listed})
    definition = summed.definition
    first, last = date(period.start.year, 1, 1), date(period.start.year, 12, 31)
    context = context_of(
        found,
        definition.title if definition else found.code,
        unit,
        period=period,
        periods=list(periods_between(found, first, last)),
        summed=summed,
        below=below,
        as_of=(as_of := _switch(request, [period], on)),
        kept=as_of["kept"] if as_of else "",
        cell=cell_of(summed, near_percent(on, unit.path or "")),
        definition=definition,
        branches=sorted(
            ((units[key], total, key == unit.pk) for key, total in branches), key=lambda row: (row[2], row[0].name)
        ),
        groups=_groups(listed, units),
        holders=dict(Holder.objects.filter(indicator=found, unit__in=units).values_list("unit", "pk")),
        split=summed.split if below else (summed.own.split if summed.own else {}),
        computed_at=clock.now(),
    )
    return page(request, "indicators/parts.html", context)


def _groups(listed: list[Part], units: dict[int, Unit]) -> list[dict[str, Any]]:
    """The units one by one, by how they stand in the sum: at most two hundred of each."""
    words = {
        Standing.COUNTED: (_("Counted"), "good", "tick"),
        Standing.WAITING: (_("Awaiting approval"), "open", "half"),
        Standing.MISSING: (_("Missing"), "over", "over"),
        Standing.EXCLUDED: (_("Not counted"), "rest", "stop"),
    }
    found = []
    for standing, (label, tone, shape) in words.items():
        there = [(units[part.unit_id], part) for part in listed if part.standing == standing]
        name = standing.value
        found.append(
            {"name": name, "label": label, "tone": tone, "shape": shape, "count": len(there), "rows": there[:LISTED]}
        )
    return found
