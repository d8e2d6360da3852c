"""The sheet of discipline of a unit for a quarter: facts, no score; each number opens into its rows."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from trienkhai.common import clock
from trienkhai.common.htmx import page
from trienkhai.common.templatetags.show import day as show_day
from trienkhai.dashboards import rules
from trienkhai.dashboards.printing import Table
from trienkhai.dashboards.queries.discipline import (
    FACTS,
    UNDONE,
    Figure,
    Line,
    Quarter,
    lines_of,
    quarter_of,
    rows_of,
)
from trienkhai.dashboards.queries.discipline_rows import WAYS, seen_rows
from trienkhai.dashboards.views.board import board_url
from trienkhai.dashboards.views.sheet import workbook
from trienkhai.orgs.models import Unit
from trienkhai.orgs.rules import reads_below
from trienkhai.people.requests import account_of

PAGE = 50
ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}
ALONE, LEFT, ASKED = "rieng", "con", "bang"


@dataclass(frozen=True)
class Cell:
    """A figure on the page. `url`: its rows; `left_url`: those not in their time."""

    figure: Figure | None
    url: str
    left_url: str


def _quarter(request: HttpRequest) -> Quarter:
    """`2017-3`; without it the quarter of today."""
    on = clock.today()
    year, _dash, number = request.GET.get("quy", "").partition("-")
    known = year.isdecimal() and len(year) == 4 and 1990 <= int(year) <= 2199 and number in ("1", "2", "3", "4")
    return quarter_of(int(year), int(number), on) if known else quarter_of(on.year, (on.month + 2) // 3, on)


def _unit(request: HttpRequest, pk: int) -> tuple[Unit, bool]:
    account, on = account_of(request), clock.today()
    unit = get_object_or_404(rules.visible_boards(account, on), pk=pk)
    return unit, reads_below(account, unit, on)


def _asked(request: HttpRequest, unit: Unit) -> Unit:
    """The unit whose sheet the figure stands on: by its norms the rows were counted."""
    given = request.GET.get(ASKED, "")
    if not given.isdecimal() or len(given) > 9:
        return unit
    found = rules.visible_boards(account_of(request), clock.today()).filter(pk=int(given)).first()
    return found if found and (unit.path or "").startswith(found.path or "-") else unit


def words_of(span: Quarter) -> str:
    return _("Quarter %(quarter)s of %(year)s") % {"quarter": ROMAN[span.number], "year": span.first.year}


@require_GET
def discipline(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit itself and the units directly below side by side."""
    (unit, below), span = _unit(request, pk), _quarter(request)
    lines = lines_of(unit, span, clock.today(), below=below)
    context = {
        "unit": unit,
        "span": span,
        "words": words_of(span),
        "facts": FACTS,
        "rows": [(line, _cells(line, span, unit)) for line in lines],
        "xlsx_url": f"{reverse('dashboards:discipline_xlsx', args=[pk])}?quy={span.key}",
        "quarters": [(f"{span.first.year}-{number}", ROMAN[number]) for number in ROMAN],
        "years": (span.first.year - 1, span.first.year + 1),
        "crumbs": [{"label": unit.name, "url": board_url(unit)}],
    }
    return page(request, "dashboards/discipline.html", context)


def _cells(line: Line, span: Quarter, asked: Unit) -> list[Cell]:
    cells = []
    for fact in FACTS:
        url = reverse("dashboards:discipline_rows", args=[line.unit.pk, fact.key]) + f"?quy={span.key}"
        url += f"&{ASKED}={asked.pk}" if line.unit != asked else ""
        url += f"&{ALONE}=1" if line.alone else ""
        cells.append(Cell(line.figures[fact.key], url, f"{url}&{LEFT}=1"))
    return cells


@require_GET
def discipline_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    (unit, below), span = _unit(request, pk), _quarter(request)
    lines = lines_of(unit, span, clock.today(), below=below)
    headings = [_("Unit")]
    for fact in FACTS:
        headings += [str(fact.label), _("of")] if fact.key not in UNDONE else [str(fact.label)]
    rows = [[_name(line), *_numbers(line)] for line in lines]
    heading = [_("Discipline: %(unit)s") % {"unit": unit.name}, words_of(span), _counted(span)]
    return workbook(f"ky-luat-{pk}-{span.key}.xlsx", heading, [Table(_("Discipline sheet"), headings, rows)])


def _name(line: Line) -> str:
    return _("%(unit)s itself") % {"unit": line.unit.name} if line.alone else line.unit.name


def _numbers(line: Line) -> list[Any]:
    found: list[Any] = []
    for fact in FACTS:
        figure = line.figures[fact.key]
        if fact.key in UNDONE:
            found.append(figure.all if figure else 0)
        else:
            found += [figure.good, figure.all] if figure else [_("no regulation yet"), "–"]
    return found


def _counted(span: Quarter) -> str:
    return _("Counts what was due from %(first)s to %(last)s.") % {
        "first": show_day(span.first),
        "last": show_day(span.last),
    }


@require_GET
def discipline_rows(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """The rows of one figure, with `con` only those not in their time."""
    (unit, below), span = _unit(request, pk), _quarter(request)
    fact = next((one for one in FACTS if one.key == key), None)
    if fact is None:
        raise Http404
    place, on = _asked(request, unit).path or "", clock.today()
    counted = rows_of(fact, unit, span, on, below=below and ALONE not in request.GET, place=place)
    if counted is None:
        raise Http404
    rows = counted.left() if LEFT in request.GET else counted.rows
    seen = seen_rows(key, rows, account_of(request), on)
    shown = Paginator(seen, PAGE).get_page(request.GET.get("page"))
    context = {
        "unit": unit,
        "fact": fact,
        "words": words_of(span),
        "left": LEFT in request.GET,
        "page": shown,
        "rows": [WAYS[key].show(row) for row in shown],
        "unseen": rows.count() - shown.paginator.count,
        "crumbs": [
            {
                "label": _("Discipline sheet"),
                "url": f"{reverse('dashboards:discipline', args=[unit.pk])}?quy={span.key}",
            }
        ],
    }
    return page(request, "dashboards/discipline_rows.html", context)
