"""The sheet of a unit to be printed on A4 or taken away as a workbook, of today or of a past day."""

from dataclasses import dataclass
from datetime import date
from io import BytesIO

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from trienkhai.audit.queries import chain_head
from trienkhai.common import clock
from trienkhai.common.htmx import page
from trienkhai.common.templatetags.show import day as show_day
from trienkhai.common.templatetags.show import moment as show_moment
from trienkhai.dashboards import rules
from trienkhai.dashboards.forms import read_scope
from trienkhai.dashboards.links import Scope
from trienkhai.dashboards.printing import Table, tables_of, write_sheet
from trienkhai.dashboards.queries.beside import trend
from trienkhai.dashboards.queries.board import Board
from trienkhai.dashboards.queries.figures import Figures, figures_of
from trienkhai.dashboards.queries.issued import newest_issued
from trienkhai.dashboards.views.board import asked, board_in, board_url
from trienkhai.orgs.models import Unit
from trienkhai.orgs.queries import version_on
from trienkhai.orgs.rules import reads_below
from trienkhai.people.requests import account_of
from trienkhai.tasks.periods import period_name
from trienkhai.tasks.queries.areas import area_names
from trienkhai.tasks.queries.closed import ClosedMonth, closed_month

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Printed:
    """What stands on the paper."""

    unit: Unit
    name: str
    board: Board
    scope: Scope
    lines: list[str]
    figures: Figures
    closed: ClosedMonth | None

    @property
    def tables(self) -> list[Table]:
        return tables_of(self.figures)


@require_GET
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    found = _printed(request, pk)
    query = asked(found.scope)
    context = {
        "found": found,
        "main": found.figures.main,
        "xlsx_url": reverse("dashboards:sheet_xlsx", args=[pk]) + query,
        "issue_url": issue_url(request, found.unit, found.scope),
        "issued": newest_issued(account_of(request), found.unit, found.scope, clock.today()),
        "computed_at": clock.now(),
        "head": chain_head(),
        "crumbs": [{"label": found.name, "url": board_url(found.unit) + query}],
    }
    return page(request, "dashboards/sheet.html", context)


@require_GET
def sheet_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    found = _printed(request, pk)
    lines = [
        _("Results of carrying out tasks: %(unit)s") % {"unit": found.name},
        *found.lines,
        _("Computed %(at)s; head of the chain of acts %(head)s")
        % {"at": show_moment(clock.now()), "head": chain_head()},
    ]
    return workbook(f"ket-qua-{pk}-{found.board.on.isoformat()}.xlsx", lines, found.tables)


def workbook(name: str, lines: list[str], tables: list[Table]) -> HttpResponse:
    target = BytesIO()
    write_sheet(target, lines, tables)
    response = HttpResponse(target.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def issue_url(request: HttpRequest, unit: Unit, scope: Scope) -> str:
    """Where this sheet is issued; '' for who may not."""
    may = rules.can_issue_sheet(account_of(request), unit, clock.today())
    return reverse("dashboards:sheet_issue", args=[unit.pk]) + asked(scope) if may else ""


def _printed(request: HttpRequest, pk: int) -> Printed:
    account, on = account_of(request), clock.today()
    unit = get_object_or_404(rules.visible_boards(account, on), pk=pk)
    scope, below = read_scope(request.GET, on), reads_below(account, unit, on)
    board = board_in(unit, on, scope, below=below)
    version = None if scope.places else version_on(unit, board.on)
    points = trend(unit, board.on, scope) if board.shows_below else []
    closed = closed_month(unit, board.on) if scope.day and board.shows_below and not scope.limits else None
    figures = figures_of(board, area_names(on) if board.area_codes else {}, points)
    name = version.name if version else unit.name
    shown = _("As it stood at the end of %(day)s.") if scope.day else _("Figures up to %(day)s")
    now = [_("By the organisation of today.")] if scope.places else []
    lines = [shown % {"day": show_day(board.on)}, *now, *scope_lines(scope, **labels_of(board, scope, on))]
    return Printed(unit, name, board, scope, lines, figures, closed)


def labels_of(board: Board, scope: Scope, on: date) -> dict[str, str]:
    """The names of what limits the sheet; a document or focus by its name only where the unit has work from it."""
    documents = {row.pk: f"{row}: {row.title}" for row in board.documents}
    focuses = {row.pk: row.title for row, _cells in board.focuses}
    return {
        "document": documents.get(scope.document or 0, ""),
        "focus": focuses.get(scope.focus or 0, ""),
        "area": area_names(on).get(scope.area, "") if scope.area else "",
    }


def scope_lines(scope: Scope, *, document: str, focus: str, area: str) -> list[str]:
    """What the figures are limited to, a line each; a dash for what has no name."""
    lines = []
    if scope.document:
        lines.append(f"{_('Document')}: {document or '–'}")
    if scope.focus:
        lines.append(f"{_('Focus')}: {focus or '–'}")
    if scope.area:
        lines.append(f"{_('Area of work')}: {area or '–'}")
    if scope.period:
        lines.append(_("Tasks due in %(period)s") % {"period": period_name(scope.period)})
    if scope.first_due:
        lines.append(_("Judged by the first due day: an extension does not count."))
    return lines
