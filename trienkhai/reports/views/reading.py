"""One report: its answers beside earlier periods, its issued sheets, its parts, its files."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.documents.layouts.docx_file import write_docx
from trienkhai.documents.layouts.pdf_file import write_pdf
from trienkhai.documents.rules_drafting import can_draft
from trienkhai.people.requests import account_of
from trienkhai.reports import actions, rules
from trienkhai.reports.answers import differences, shown
from trienkhai.reports.design import SUMS, Design, Field
from trienkhai.reports.models import PeriodReport, ReportState
from trienkhai.reports.papers import composition_of
from trienkhai.reports.queries.beside import altered, beside
from trienkhai.reports.queries.summing import below, numbers_of, sum_now
from trienkhai.reports.spreadsheets import report_file
from trienkhai.reports.views.pages import download, parts_of, period_crumbs, seen_report
from trienkhai.reports.wording import period_words

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LISTED = 200


@require_GET
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The answers, what may be done, what was issued, for a summary what is in it and what has changed since."""
    account, on = account_of(request), clock.today()
    found = seen_report(request, pk)
    design, others = found.version.read(), beside(found)
    sheets = list(found.sheets.order_by("number"))
    fills = found.held_by_id in rules.filling_ids(account, on)
    context: dict[str, Any] = {
        "report": found,
        "period": found.period,
        "form": found.period.form,
        "period_words": period_words(found.period.form, found.period),
        "parts": parts_of(found, design, others),
        "others": others,
        "sheets": sheets,
        "altered": [(sheet, _words(design, rows)) for sheet, rows in altered(design, sheets)],
        "late": found.is_overdue(on),
        "fills": fills,
        "can_fill": fills and rules.can_fill(account, found, on),
        "can_decide": found.state == ReportState.SUBMITTED and rules.can_decide(account, found, on),
        "can_reopen": found.state == ReportState.APPROVED and rules.can_reopen(account, found, on),
        "can_close": found.is_open and not found.summary and rules.can_close(account, found, on),
        "can_draft": can_draft(account, found.held_by, on),
        "crumbs": period_crumbs(found.period),
    }
    context |= _summed(found, design)
    return page(request, "reports/report.html", context)


def _words(design: Design, rows: list[tuple[Field, Any, Any]]) -> list[tuple[str, str, str]]:
    return [(one.label, _short(one, before), _short(one, after)) for one, before, after in rows]


def _short(one: Field, value: Any) -> str:
    if one.kind == "table":
        return _("%(n)d rows") % {"n": len(value or [])}
    return shown(one, value)[:200]


def _summed(found: PeriodReport, design: Design) -> dict[str, Any]:
    """For a report drawn up from below: its parts now, who is missing, what differs from what it was made of."""
    if not found.parts and not found.summary:
        return {"below": None}
    now, parts = sum_now(design, found.period, found.held_by)
    kept = found.machine
    alike = {code: value for code, value in now.items() if code in kept}
    since = [row for row in differences(design, {c: kept[c] for c in alike}, alike) if row[0].kind != "computed"]
    return {"below": parts, "since": _words(design, since), "filled_at": found.filled_at}


@require_GET
def parts(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """One number of a summary opened: what each unit below said, who is missing, who is left out and why."""
    found = seen_report(request, pk)
    design = found.version.read()
    one = design.by_code.get(code)
    if one is None or one.kind != "number":
        raise Http404
    parts_below = below(found.period, found.held_by)
    rows = [
        (row, shown(one, None if number is None else str(number)))
        for row, number in numbers_of(code, parts_below.parts)
    ]
    context = {
        "report": found,
        "one": one,
        "rule": SUMS[one.rule],
        "value": shown(one, found.values.get(code)),
        "machine": shown(one, found.machine.get(code)) if code in found.machine else "",
        "rows": rows,
        "below": parts_below,
        "period_words": period_words(found.period.form, found.period),
        "crumbs": [*period_crumbs(found.period)],
    }
    return page(request, "reports/parts.html", context)


@require_GET
def file(request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    """The report as .docx or PDF in the official layout, or as XLSX; an empty one is the form to fill by pen."""
    found = seen_report(request, pk)
    others, on = beside(found), clock.today()
    name = f"bao-cao-{found.held_by.code}-{found.period.starts_on:%Y-%m-%d}.{suffix}"
    if suffix == "xlsx":
        title = f"{found.period.form.title}, {period_words(found.period.form, found.period)}, {found.held_by.name}"
        return download(report_file(found, others, title), name, XLSX)
    if suffix not in ("docx", "pdf"):
        raise Http404
    composition = composition_of(found, others, on)
    if suffix == "docx":
        return download(write_docx(composition), name, DOCX)
    return download(write_pdf(composition), name, "application/pdf")


@require_POST
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the paper of the report, which is finished, signed and issued like any draft."""
    found = seen_report(request, pk)
    if not can_draft(account_of(request), found.held_by, clock.today()):
        raise Http404
    made = actions.draft_paper(found.pk, by=account_of(request), at=clock.now())
    messages.success(request, _("The report is drafted; read it through, then issue it like any draft."))
    return go(request, "documents:draft", made.pk)
