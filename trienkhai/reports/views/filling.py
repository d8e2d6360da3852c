"""Filling a report: begin, type (stored as it is typed), ask the machine again, send."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.people.requests import account_of
from trienkhai.reports import actions, rules
from trienkhai.reports.answers import shown
from trienkhai.reports.design import Design
from trienkhai.reports.forms import typed_answers
from trienkhai.reports.models import PeriodReport, ReportState
from trienkhai.reports.queries.beside import beside
from trienkhai.reports.views.pages import Part, parts_of, period_crumbs, seen_report
from trienkhai.reports.wording import period_words


def _fillable(request: HttpRequest, pk: int) -> PeriodReport:
    """One that the person fills; a refusal says why it cannot be filled now, a stranger finds nothing."""
    report = seen_report(request, pk)
    account, on = account_of(request), clock.today()
    roles = rules.filling_ids(account, on)
    if report.held_by_id not in roles:
        raise Http404
    rules.can_fill(account, report, on).require()
    return report


@require_POST
def report_begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the machine fill in what it knows, then show the page to type in."""
    report = _fillable(request, pk)
    actions.begin(report.pk, by=account_of(request), at=clock.now())
    return go(request, "reports:fill", pk)


@require_http_methods(["GET", "POST"])
def fill(request: HttpRequest, pk: int) -> HttpResponse:
    """The page to type in. A post stores everything that can be stored, and sends it when `send` was pressed."""
    report = _fillable(request, pk)
    design = report.version.read()
    if request.method == "GET":
        if report.state == ReportState.EXPECTED:
            return go(request, "reports:report", pk)
        return page(request, "reports/fill.html", _context(report, design))
    saved = _save(request, report, design)
    report = seen_report(request, pk)
    context = _context(report, design)
    faults = _mark(context["parts"], saved)
    if faults:
        older = {code: saved.older[code] for code in saved.conflicts}  # the others are shown as they are stored
        return page(request, "reports/fill.html", context | {"faults": faults, "older": older}, status=422)
    if "send" in request.POST:
        return go(request, "reports:submit", pk) if _sent(request, context) else _unsent(request, context)
    messages.success(request, _("Stored."))
    return go(request, "reports:fill", pk)


def _sent(request: HttpRequest, context: dict[str, Any]) -> bool:
    """Can it be sent as it stands? Names what is missing beside its field."""
    wanting = [entry for part in context["parts"] for entry in part.entries if _wants(entry)]
    for entry in wanting:
        entry.fault = _("Not answered yet.")
    context["faults"] = [(entry.one.label, entry.name, entry.fault) for entry in wanting]
    return not wanting


def _wants(entry: Any) -> bool:
    if entry.one.kind == "table":
        return entry.one.required and not any(cell.text for _label, row in entry.rows for cell in row)
    return entry.one.required and entry.one.kind != "computed" and entry.typed == ""


def _unsent(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    return page(request, "reports/fill.html", context, status=422)


def _save(request: HttpRequest, report: PeriodReport, design: Design) -> actions.Saved:
    base = request.POST.get("base", "")
    decided = {}
    for choice in request.POST.getlist("resolve"):
        whose, _colon, code = choice.partition(":")
        decided[code] = whose
    older = (entry.partition(":") for entry in request.POST.getlist("older"))
    return actions.save_draft(
        report.pk,
        typed_answers(request.POST, design),
        base=_revision(base),
        older={code: _revision(shown) for code, _colon, shown in older},
        decided=decided,
        by=account_of(request),
        at=clock.now(),
    )


def _revision(text: str) -> int:
    """The oldest one where no number stands."""
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _mark(parts: list[Part], saved: actions.Saved) -> list[tuple[str, str, str]]:
    """Put what is wrong and what two people wrote beside the fields; (label, name, sentence) of each."""
    cleaned, found = saved.cleaned, []
    for part in parts:
        for entry in part.entries:
            code = entry.one.code
            sentence = cleaned.secret.get(code) or cleaned.faults.get(code) or ""
            for place, words in cleaned.faults.items():
                sentence = sentence or (words if place.startswith(f"{code}.") else "")
            if code in saved.conflicts:
                mine, theirs = saved.conflicts[code]
                entry.conflict = True
                entry.mine, entry.theirs = _told(entry.one, mine), _told(entry.one, theirs)
                sentence = _("Another person changed this at the same time: say whose words stand.")
                if entry.one.kind != "table":
                    entry.typed = str(mine) if entry.one.kind != "number" else shown(entry.one, mine)
            if sentence:
                entry.fault = sentence
                found.append((entry.one.label, entry.name, sentence))
    return found


def _told(one: Any, value: Any) -> str:
    if one.kind != "table":
        return shown(one, value)
    return "\n".join(" | ".join(str(cell) for cell in row.values()) for row in value or []) or "–"


def _context(report: PeriodReport, design: Design) -> dict[str, Any]:
    others = beside(report)
    return {
        "report": report,
        "period": report.period,
        "form": report.period.form,
        "period_words": period_words(report.period.form, report.period),
        "parts": parts_of(report, design, others, filling=True),
        "others": others,
        "late": report.is_overdue(clock.today()),
        "faults": [],
        "crumbs": period_crumbs(report.period),
    }


@require_POST
def autosave(request: HttpRequest, pk: int) -> HttpResponse:
    """Store what is on the page; answers with a line that says so, the new revision, computed numbers, faults."""
    report = _fillable(request, pk)
    design = report.version.read()
    saved = _save(request, report, design)
    report = seen_report(request, pk)
    parts = parts_of(report, design, beside(report), filling=True)
    faults = _mark(parts, saved)
    context = {
        "report": report,
        "parts": parts,
        "faults": faults,
        "conflicts": bool(saved.conflicts),
        "older": saved.older,
        "secret": list(saved.cleaned.secret),
        "at": clock.now(),
    }
    return page(request, "reports/saved.html", context)


@require_POST
def refill(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the machine again, or sum anew what a summary is drawn up from."""
    report = _fillable(request, pk)
    action = actions.draw_up if report.summary or report.parts or "sum" in request.POST else actions.refill
    action(report.pk, by=account_of(request), at=clock.now())
    messages.success(request, _("The figures are taken anew; what a person corrected stays."))
    return go(request, "reports:fill", pk)


@require_http_methods(["GET", "POST"])
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Look the report through once more, then send it."""
    report = _fillable(request, pk)
    if request.method == "POST":
        try:
            actions.submit(report.pk, by=account_of(request), at=clock.now())
        except ValidationError as fault:
            for sentence in fault.messages:
                messages.error(request, sentence)
            return go(request, "reports:fill", pk)
        messages.success(request, _("The report was sent to %(unit)s.") % {"unit": report.answers_to})
        return go(request, "reports:report", pk)
    context = _context(report, report.version.read())
    context["parts"] = parts_of(report, report.version.read(), context["others"])
    return page(request, "reports/submit.html", context)
