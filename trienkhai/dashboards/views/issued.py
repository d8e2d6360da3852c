"""Issuing the sheet of a unit, the sheets it has issued, and one of them beside what is counted for its day now."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from trienkhai.audit.models import Act
from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.common.templatetags.show import day as show_day
from trienkhai.common.templatetags.show import moment as show_moment
from trienkhai.common.verdict import Refused
from trienkhai.dashboards import actions, rules
from trienkhai.dashboards.forms import read_scope
from trienkhai.dashboards.links import cell_urls
from trienkhai.dashboards.printing import tables_of
from trienkhai.dashboards.queries.figures import Figures, figures_from
from trienkhai.dashboards.queries.issued import (
    Changed,
    differences,
    document_labels,
    issued_sheets,
    read_sheet,
    regrouped,
    scope_of,
)
from trienkhai.dashboards.views.board import asked, board_url
from trienkhai.dashboards.views.sheet import labels_of, scope_lines, workbook
from trienkhai.orgs.places import now_asked, switch_to_now
from trienkhai.orgs.rules import reads_below
from trienkhai.people.requests import account_of
from trienkhai.tasks.models import Sheet
from trienkhai.tasks.queries.closed import cells_from
from trienkhai.tasks.queries.wanted import day_of_address, past_day

COMPARISON = "doi-chieu"
ROWS = 30


@require_http_methods(["GET", "POST"])
def sheet_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """What would be issued, and the issuing itself."""
    account, on = account_of(request), clock.today()
    unit = get_object_or_404(rules.visible_boards(account, on), pk=pk)
    given = request.POST if request.method == "POST" else request.GET
    day, scope = asked_day(given.get("ngay", ""), on), replace(read_scope(given, on), now=None)
    if request.method == "POST":
        sheet = actions.issue_sheet(unit.pk, scope, day=day, by=account, at=clock.now())
        messages.success(request, _("Sheet no. %(number)s is issued.") % {"number": sheet.number})
        return go(request, "dashboards:issued", pk=sheet.pk)
    rules.can_issue_sheet(account, unit, on).require()
    board, figures = read_sheet(unit, day, scope, below=reads_below(account, unit, on))
    context = {
        "unit": unit,
        "day": day,
        "main": figures.main,
        "lines": scope_lines(scope, **labels_of(board, scope, on)),
        "params": replace(scope, day=day).params,
        "last": issued_sheets(unit, scope).filter(on=day).first(),
        "crumbs": [
            {"label": unit.short_name, "url": board_url(unit) + asked(scope)},
            {"label": _("Sheet"), "url": reverse("dashboards:sheet", args=[pk]) + asked(scope)},
        ],
    }
    return page(request, "dashboards/sheet_issue.html", context)


def asked_day(text: str, on: date) -> date:
    """The day that is asked for, today by default. Raises Refused for what is no day; one to come is for the rule."""
    day = day_of_address(text) if text else on
    if day is None or (day < on and past_day(text, on) is None):
        raise Refused(_("Enter a day as yyyy-mm-dd."))
    return day


@require_GET
def issued_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheets that a unit has issued, the newest first."""
    account, on = account_of(request), clock.today()
    unit = get_object_or_404(rules.visible_boards(account, on), pk=pk)
    rows = rules.visible_sheets(account, on).filter(unit=unit).order_by("-number")
    shown = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    sheets = list(shown.object_list)
    acts, documents = Act.objects.in_bulk([sheet.act for sheet in sheets]), document_labels(sheets)
    context = {
        "unit": unit,
        "rows": [
            (sheet, cells_from(sheet.cells), limits_of(sheet, documents), acts.get(sheet.act)) for sheet in sheets
        ],
        "page": shown,
        "crumbs": [{"label": unit.short_name, "url": board_url(unit)}],
    }
    return page(request, "dashboards/issued_list.html", context)


def limits_of(sheet: Sheet, documents: dict[int, str]) -> list[str]:
    """What an issued sheet is limited to; a document that was locked away since is not named."""
    names = {"focus": sheet.content["focus"], "area": sheet.content["area"]}
    return scope_lines(scope_of(sheet), document=documents.get(sheet.document_id, ""), **names)


@require_GET
def issued(request: HttpRequest, pk: int) -> HttpResponse:
    """An issued sheet; with `phan=doi-chieu` also what differs from it now, which counts the day anew."""
    sheet = _found(request, pk)
    compared = request.GET.get("phan") == COMPARISON
    rows = changed_rows(sheet, clock.today()) if compared else []
    if compared and getattr(request, "htmx", False):
        return page(request, "dashboards/issued.html", {"rows": rows}, part="difference")
    others = issued_sheets(sheet.unit, scope_of(sheet)).filter(on=sheet.on).exclude(pk=pk)
    figures, as_of = _figures(request, sheet)
    day = replace(scope_of(sheet), day=sheet.on if sheet.on < clock.today() else None)
    context = {
        "sheet": sheet,
        "main": figures.main,
        "tables": tables_of(figures),
        "as_of": as_of,
        "lines": [title_line(sheet), *limits_of(sheet, document_labels([sheet]))],
        "act": act_of(sheet),
        "others": list(others.defer("content")),
        "compared": compared,
        "rows": rows,
        "now_url": board_url(sheet.unit) + asked(day),
        "crumbs": [
            {"label": sheet.unit.short_name, "url": board_url(sheet.unit)},
            {"label": _("Issued sheets"), "url": reverse("dashboards:issued_list", args=[sheet.unit_id])},
        ],
    }
    return page(request, "dashboards/issued.html", context)


@require_GET
def issued_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    """The same tables as a workbook, with what proves them."""
    sheet = _found(request, pk)
    act = act_of(sheet)
    figures, as_of = _figures(request, sheet)
    lines = [
        _("Results of carrying out tasks: %(unit)s") % {"unit": sheet.content["name"]},
        title_line(sheet),
        *(
            [_("Lines by the organisation of today; the sheet itself stays as it is.")]
            if as_of and as_of["now"]
            else []
        ),
        *limits_of(sheet, document_labels([sheet])),
        *([f"{show_moment(act.at)}: {act.actor_name}, {act.post_label}"] if act else []),
        f"SHA-256 {sheet.digest}",
        _("Head of the chain of acts %(head)s") % {"head": sheet.head},
    ]
    return workbook(f"bang-da-chot-{sheet.unit_id}-so-{sheet.number}.xlsx", lines, tables_of(figures))


def _figures(request: HttpRequest, sheet: Sheet) -> tuple[Figures, dict[str, Any] | None]:
    """What was issued, its lines as issued or by the tree of today; and the switch between the two."""
    on, figures = clock.today(), figures_from(sheet)
    if sheet.on >= on or not figures.lines:
        return figures, None
    shown = regrouped(sheet, on) if now_asked(request, on) else figures
    return shown, switch_to_now(request, _("As it was issued"))


def _found(request: HttpRequest, pk: int) -> Sheet:
    sheet = rules.visible_sheets(account_of(request), clock.today()).filter(pk=pk).first()
    if sheet is None:
        raise Http404
    return sheet


def act_of(sheet: Sheet) -> Act | None:
    """The act that issued it: who did, by which post, when."""
    return Act.objects.filter(pk__in=[sheet.act]).first()


def title_line(sheet: Sheet) -> str:
    return _("Sheet no. %(number)s, figures up to the end of %(day)s") % {
        "number": sheet.number,
        "day": show_day(sheet.on),
    }


def changed_rows(sheet: Sheet, on: date) -> list[dict[str, Any]]:
    """What differs, each figure of now with the address of the list it counts."""
    scope = replace(scope_of(sheet), day=sheet.on if sheet.on < on else None)
    whole = {"don_vi": sheet.unit_id, "pham_vi": "don-vi"} if sheet.alone else {"bang": sheet.unit_id}
    words = {
        "total": _("All tasks given"),
        "done_on_time": _("Done on time"),
        "done_late": _("Done late"),
        "open_in_time": _("Open, in time"),
        "open_overdue": _("Open, overdue"),
        "due_by_today": _("Due by that day"),
        "done_of_due": _("Done of what was due"),
    }
    return [
        {
            "label": _part_name(row),
            "cell": words[row.cell],
            "issued": row.issued,
            "now": row.now,
            "by": f"{row.now - row.issued:+d}",
            "url": "" if (params := _behind(row)) is None else cell_urls(scope, **whole | params)[row.cell],
        }
        for row in differences(sheet)
    ]


def _part_name(row: Changed) -> str:
    if row.part == "areas":
        return f"{_('Area of work')}: {row.name or _('no area named')}"
    return {"main": _("The whole sheet"), "rest": _("Held elsewhere")}.get(row.part, row.name)


def _behind(row: Changed) -> dict[str, Any] | None:
    """What of the whole sheet's list the line counts; None where no list does."""
    if row.part == "main":
        return {}
    name = {"lines": "don_vi", "areas": "mat"}.get(row.part)
    return {name: row.key} if name and row.key else None
