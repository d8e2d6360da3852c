"""The board of a unit, and the page each person starts at."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from trienkhai.audit.queries import chain_head
from trienkhai.common import clock
from trienkhai.common.htmx import page
from trienkhai.common.templatetags.show import day as show_day
from trienkhai.dashboards import rules
from trienkhai.dashboards.forms import BoardFilter, read_scope
from trienkhai.dashboards.links import EVERYTHING, Scope, cell_urls, total_url
from trienkhai.dashboards.queries.beside import background_of, past_background_of
from trienkhai.dashboards.queries.board import HEAT_DOCUMENTS, Board, Line, board_of, past_board_of
from trienkhai.dashboards.queries.issued import newest_issued
from trienkhai.indicators.models import Indicator
from trienkhai.indicators.queries.focusing import marks_of, told_within
from trienkhai.indicators.rules import visible_indicators
from trienkhai.norms.queries import value
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.places import switch_to_now
from trienkhai.orgs.queries import ancestors
from trienkhai.orgs.rules import BRANCH_READERS, reach_of, reads_below
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of
from trienkhai.tasks.queries import Cells, count_up_to
from trienkhai.tasks.queries.areas import area_names
from trienkhai.tasks.queries.closed import ClosedMonth
from trienkhai.tasks.rules import awaiting_decision
from trienkhai.urging.rules import calling_ids

MORE = "them"
FOCUSES = 100
SORTS = {
    "name": lambda line: line.unit.present.sort_key,
    "total": lambda line: line.cells.total,
    "done": lambda line: line.cells.done,
    "done_on_time": lambda line: line.cells.done_on_time,
    "done_late": lambda line: line.cells.done_late,
    "open_overdue": lambda line: line.cells.open_overdue,
    "unacknowledged": lambda line: line.cells.unacknowledged,
    "share": lambda line: _share(line.cells),
}


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Each person starts at what suits the role."""
    account = account_of(request)
    return redirect(*start_of(account, clock.today()))


def start_of(account: Account, on: date) -> tuple[Any, ...]:
    """The name of the page a person starts at, with what it takes."""
    reach = reach_of(account, on)
    readers = reach.of(*BRANCH_READERS).grants
    if readers:
        return "dashboards:board", min(readers, key=lambda grant: (len(grant.path), grant.holding_id)).unit_id
    if reach.has(Role.FOCAL, Role.SECRETARY):
        return ("tasks:mine",)
    if reach.has(Role.ADMIN) and not reach.has(Role.CLERK):
        return ("orgs:tree",)
    return ("documents:list",)


@require_GET
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """The board; to htmx its figures alone, or with `phan=them` what is counted live."""
    account = account_of(request)
    on = clock.today()
    unit = get_object_or_404(rules.visible_boards(account, on), pk=pk)
    scope, below = read_scope(request.GET, on), reads_below(account, unit, on)
    more = request.GET.get("phan") == MORE
    if more and getattr(request, "htmx", False):
        served = serving(account, unit, focuses_asked(request), on)
        context = background(request, unit, on, scope) | {"marks": marks_of(served, unit, on), "swapped": True}
        return page(request, "dashboards/board.html", context, part="background")
    shown = board_in(unit, on, scope, below=below)
    names = area_names(on) if shown.area_codes else {}
    context = figures(request, shown, scope, names) | around(request, shown, scope, names, on)
    served = serving(account, unit, [] if scope.day else [focus.pk for focus, _cells in shown.focuses], on)
    context["served"] = Counter(row.focus_id for row in served)
    context["marks"] = marks_of(served, unit, on) if more or not shown.shows_below else {}
    if more and shown.shows_below:
        context |= background(request, unit, on, scope)
    return page(request, "dashboards/board.html", context, part="figures")


def serving(account: Account, unit: Unit, focuses: list[int], on: date) -> list[Indicator]:
    """The indicators in sight that serve these focuses and are told in the branch of the unit."""
    if not focuses:
        return []
    return told_within(visible_indicators(account, on).filter(focus__in=focuses), unit, on)


def focuses_asked(request: HttpRequest) -> list[int]:
    """The focuses whose indicators the first tile is still to tell."""
    numbers = request.GET.get("chitieu", "").split(",")[:FOCUSES]
    return [int(text) for text in numbers if text.isdecimal() and len(text) < 18]


def board_in(unit: Unit, on: date, scope: Scope, *, below: bool) -> Board:
    """The figures of the day `on`, or at the end of the past day of the scope."""
    return past_board_of(unit, scope.day, scope, below=below) if scope.day else board_of(unit, on, scope, below=below)


def around(request: HttpRequest, shown: Board, scope: Scope, names: dict[str, str], on: date) -> dict[str, Any]:
    """What stands around the figures: where the unit stands, the filter, when and on which chain this was computed."""
    account = account_of(request)
    above = ancestors(shown.unit)[:-1]
    seen = rules.visible_boards(account, on).filter(pk__in=[unit.pk for unit in above])
    readable = set(seen.values_list("pk", flat=True))
    crumbs = [
        {"label": unit.short_name, "url": board_url(unit, scope) if unit.pk in readable else ""} for unit in above
    ]
    codes = [code for code in (*names, *sorted(shown.area_codes - set(names))) if code in shown.area_codes]
    return {
        "crumbs": crumbs,
        "form": BoardFilter(shown, request.GET, areas={code: names.get(code, code) for code in codes}, today=on),
        "urges": not scope.day and shown.unit.pk in calling_ids(account, on),
        "sheet_url": reverse("dashboards:sheet", args=[shown.unit.pk]) + asked(scope),
        "issued": newest_issued(account, shown.unit, scope, on),
        "today_url": board_url(shown.unit) + asked(replace(scope, day=None)),
        "as_of": _switch(request, scope) if shown.shows_below else None,
        "computed_at": clock.now(),
        "head": chain_head(),
    }


def _switch(request: HttpRequest, scope: Scope) -> dict[str, Any] | None:
    """Between the tree of a past day and that of today."""
    if scope.day is None:
        return None
    return switch_to_now(request, _("By the organisation of %(day)s") % {"day": show_day(scope.day)})


def board_url(unit: Unit, scope: Scope = EVERYTHING) -> str:
    """The board of another unit, on the same past day and by the same tree."""
    return reverse("dashboards:board", args=[unit.pk]) + asked(Scope(day=scope.day, now=scope.now))


def asked(scope: Scope) -> str:
    """The scope as it stands in an address, with its question mark."""
    return f"?{urlencode(scope.params)}" if scope.params else ""


def figures(request: HttpRequest, shown: Board, scope: Scope, names: dict[str, str]) -> dict[str, Any]:
    """The figures with the address of the list behind each of them. names: of areas of work."""
    unit = shown.unit
    alone = not shown.shows_below
    params = {"don_vi": unit.pk, "pham_vi": "don-vi"} if alone else {"bang": unit.pk}
    tables = scope.of_tables
    urls = cell_urls(tables if alone else scope, **params)
    sort = request.GET.get("sort", "name")
    lines = sort_lines(shown.lines, sort)
    return {
        "unit": unit,
        "board": shown,
        "scope": scope,
        "alone": alone,
        "main": shown.own if alone else shown.cells,
        "urls": urls,
        "own_urls": cell_urls(tables, don_vi=unit.pk, pham_vi="don-vi"),
        "tiles": tiles(request, shown, urls, scope),
        "sort": sort,
        "lines": [(line, board_url(line.unit, scope), line_urls(line, unit, tables)) for line in lines],
        "attached": [(line, board_url(line.unit, scope), line_urls(line, unit, tables)) for line in shown.attached],
        "heat": heat(shown, lines, scope),
        "focuses": [(focus, cells, focus_urls(unit, focus.pk, tables)) for focus, cells in shown.focuses],
        "areas": areas(shown, tables, names),
        "unit_filter": scope.limits or scope.day,
    }


def sort_lines(lines: list[Line], sort: str) -> list[Line]:
    """By the named column, falling with `-`; `worst`: most overdue first, then the smallest share of what was due."""
    if sort == "worst":
        return sorted(lines, key=lambda line: (-line.cells.open_overdue, _share(line.cells, due=True)))
    key = SORTS.get(sort.removeprefix("-"), SORTS["name"])
    return sorted(lines, key=key, reverse=sort.startswith("-"))


def _share(cells: Cells, due: bool = False) -> float:
    """The share to sort by: units without anything to do come after the best."""
    share = cells.share_of_due if due else cells.share_done
    return 101 if share is None else share


def line_urls(line: Line, unit: Unit, scope: Scope) -> dict[str, str]:
    return cell_urls(scope, bang=unit.pk, don_vi=line.unit.pk)


def focus_urls(unit: Unit, focus: int, scope: Scope) -> dict[str, str]:
    """All tasks of the focus in the period, whatever else the page is limited to."""
    return cell_urls(replace(scope, document=None, focus=focus, area=""), bang=unit.pk)


def areas(shown: Board, scope: Scope, names: dict[str, str]) -> list[dict[str, Any]]:
    """A row for each area of work that tasks name, in the order of the norm; none while no task names any."""
    if not any(shown.areas):
        return []
    order = [*names, *sorted(set(shown.areas) - set(names) - {""})]
    return [
        {
            "label": names.get(code, code),
            "cells": shown.areas[code],
            "urls": cell_urls(scope, bang=shown.unit.pk, mat=code),
        }
        for code in order
        if code in shown.areas
    ]


def tiles(request: HttpRequest, shown: Board, urls: dict[str, str], scope: Scope) -> list[dict[str, Any]]:
    """The numbers that ask for something, each with its list."""
    account = account_of(request)
    cells = shown.own if not shown.shows_below else shown.cells
    rows: list[tuple[str, str, str, str]] = [
        ("unacknowledged", _("not acknowledged"), "open", "open"),
        ("open_overdue", _("overdue"), "over", "over"),
        ("due_soon", _("due soon"), "late", "soon"),
        ("due_in_week", _("due in 7 days"), "open", "dot"),
        ("submitted", _("awaiting approval"), "late", "up"),
    ]
    found: list[dict[str, Any]] = [
        {"label": label, "count": getattr(cells, name), "url": urls[name], "tone": tone, "shape": shape}
        for name, label, tone, shape in rows
    ]
    if not scope.day and reach_of(account, shown.on).has(Role.LEADER):
        count = count_up_to(awaiting_decision(account, shown.on))
        url = reverse("tasks:approvals")
        found.append({"label": _("waiting for me"), "count": count, "url": url, "tone": "late", "shape": "half"})
    return found


def heat(shown: Board, lines: list[Line], scope: Scope) -> dict[str, Any]:
    """Units × the newest documents: done of all, with the overdue marked."""
    documents = [row for row in shown.documents if not scope.document or row.pk == scope.document][:HEAT_DOCUMENTS]
    columns = [
        {
            "label": row.symbol or str(row),
            "struck": row.withdrawn_at is not None,
            "title": f"{row}: {row.title}",
            "url": total_url(scope, bang=shown.unit.pk, van_ban=row.pk),
        }
        for row in documents
    ]
    rows = [
        {
            "label": line.unit.short_name,
            "url": board_url(line.unit, scope),
            "cells": [_heat_cell(line, row.pk, shown.unit, scope) for row in documents],
        }
        for line in lines
        if line.cells.total
    ]
    return {"columns": columns, "rows": rows, "more": max(0, len(shown.documents) - len(documents))}


def _heat_cell(line: Line, document: int, unit: Unit, scope: Scope) -> dict[str, Any] | None:
    cells = line.by_document.get(document)
    if cells is None or not cells.total:
        return None
    url = total_url(scope, bang=unit.pk, don_vi=line.unit.pk, van_ban=document)
    return {"done": cells.done, "total": cells.total, "overdue": cells.open_overdue, "url": url}


def background(request: HttpRequest, unit: Unit, on: date, scope: Scope) -> dict[str, Any]:
    """Silent work, trend, steps without an approver, a stored month (`thang`, as 2017-01) beside its figures of now."""
    month = month_end(request.GET.get("thang", ""))
    found = past_background_of(unit, scope.day, scope) if scope.day else background_of(unit, on, scope, month)
    points = trend_points(found.points)
    return {
        "background": found,
        "month": found.month,
        "months": [(day, f"{day:%Y-%m}") for day in found.closed],
        "month_rows": month_rows(found.month) if found.month else [],
        "points": points if len(points) > 1 else [],
        "scope": scope,
        "silent_days": value("silent_days", on=on, default=30),
        "silent_url": cell_urls(scope.of_tables, bang=unit.pk)["silent"],
        "unit": unit,
    }


def trend_points(points: list[tuple[date, Cells]]) -> list[dict[str, Any]]:
    """Dots of the trend, each with its day and sheet for the table beside it."""
    return [
        {
            "label": f"{day:%m/%y}",
            "value": _whole(cells.share_done),
            "second": _whole(cells.share_of_due),
            "day": day,
            "cells": cells,
        }
        for day, cells in points
    ]


def month_end(words: str) -> date | None:
    """The last day of the month that `words` name; None for what names none."""
    try:
        first = date.fromisoformat(f"{words}-01")
    except ValueError:
        return None
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def month_rows(month: ClosedMonth) -> list[dict[str, Any]]:
    """The cells with what was stored, what is counted now, and by how much that differs, with its sign."""
    words = {
        "done_on_time": _("Done on time"),
        "done_late": _("Done late"),
        "open_in_time": _("Open, in time"),
        "open_overdue": _("Open, overdue"),
        "total": _("All tasks given"),
    }
    return [
        {"label": words[name], "stored": stored, "now": now, "by": f"{now - stored:+d}" if now != stored else ""}
        for name, stored, now in month.cells
    ]


def _whole(share: float | None) -> int | None:
    return None if share is None else round(share)
