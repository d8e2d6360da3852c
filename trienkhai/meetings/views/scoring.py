"""The quality of meetings: sheets in sight, one sheet with its steps, the rows behind a figure."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.common.verdict import Refused
from trienkhai.meetings import actions, rules
from trienkhai.meetings import rules_scoring as may
from trienkhai.meetings.forms import body_names
from trienkhai.meetings.forms_scoring import ScoreForm
from trienkhai.meetings.models import ScoreSheet
from trienkhai.meetings.models.scoring import DATA
from trienkhai.meetings.queries.measuring import TARGETS
from trienkhai.meetings.queries.scores import lines_of, missing, voting_meetings
from trienkhai.meetings.views.common import seen_meeting
from trienkhai.people.requests import account_of
from trienkhai.tasks.rules import visible_assignments

PAGE = 50


def _seen(request: HttpRequest, pk: int) -> ScoreSheet:
    rows = may.visible_scores(account_of(request), clock.today()).select_related("unit__present")
    return get_object_or_404(rows, pk=pk)


def _crumbs(sheet: ScoreSheet | None = None) -> list[dict[str, str]]:
    crumbs = [{"label": _("Quality of meetings"), "url": reverse("meetings:scores")}]
    if sheet is not None:
        crumbs.append({"label": str(sheet), "url": reverse("meetings:score", args=[sheet.pk])})
    return crumbs


@require_GET
def scores(request: HttpRequest) -> HttpResponse:
    """Sheets in sight, those to be worked on by the person first."""
    account, on = account_of(request), clock.today()
    rows = may.visible_scores(account, on)
    if not rules.own_ids(account, on) and not rows.exists():
        raise Http404
    waiting = list(may.next_scores(account, on).select_related("unit__present"))
    shown = rows.select_related("unit__present").order_by("-last_on", "unit__present__sort_key", "pk")
    context = {"waiting": waiting, "page": Paginator(shown, PAGE).get_page(request.GET.get("page"))}
    return page(request, "meetings/scores.html", context)


@require_POST
def score_start(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet that covers the meeting."""
    found = seen_meeting(request, pk)
    sheet = actions.start_score(found.pk, by=account_of(request), at=clock.now())
    return go(request, "meetings:score", sheet.pk)


@require_http_methods(["GET", "POST"])
def score(request: HttpRequest, pk: int) -> HttpResponse:
    """All criteria with the figures of each step; for whom the step is due, fields and its end."""
    sheet, account, on = _seen(request, pk), account_of(request), clock.today()
    marks = may.can_mark(account, sheet, on)
    form = _form(request, sheet)
    if request.method == "POST":
        marks.require()
        if form.is_valid() and _stored(request, sheet, form):
            return go(request, "meetings:score", sheet.pk)
    context = {
        "sheet": sheet,
        "form": form,
        "marks": marks,
        "passes": may.can_pass(account, sheet, on),
        "missing": missing(sheet),
        "total": sum(line.points or 0 for line in form.lines),
        "ended": list(sheet.steps.select_related("by", "meeting").order_by("pk")),
        "meetings": list(sheet.meetings.order_by("starts_at", "pk")),
        "bodies": body_names(sheet.unit, sheet.day),
        "crumbs": _crumbs(),
    }
    return page(request, "meetings/score.html", context, status=422 if form.errors else 200)


def _form(request: HttpRequest, sheet: ScoreSheet) -> ScoreForm:
    held = voting_meetings(sheet, clock.today())
    posted = request.POST if request.method == "POST" else None
    return ScoreForm(posted, sheet=sheet, lines=lines_of(sheet), held=list(held[:PAGE]))


def _stored(request: HttpRequest, sheet: ScoreSheet, form: ScoreForm) -> bool:
    """Store the points, and where asked finish the step; what was wrong stands beside its criterion."""
    by, at = account_of(request), clock.now()
    try:
        actions.mark_score(sheet.pk, form.marked(), by=by, at=at)
        form.lines = lines_of(sheet)
        if "pass" in request.POST:
            actions.pass_score(sheet.pk, tally=form.tally(), by=by, at=at)
    except ValidationError as fault:
        _show(form, fault)
        return False
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True


def _show(form: forms.Form, fault: ValidationError) -> None:
    for name, errors in getattr(fault, "error_dict", {None: fault}).items():
        field = name if name in form.fields else f"points_{name}"
        form.add_error(field if field in form.fields else None, errors)


@require_GET
def score_rows(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """What a figure from the data is made of."""
    sheet, account, on = _seen(request, pk), account_of(request), clock.today()
    line = next((one for one in lines_of(sheet) if one.criterion.code == code and DATA in one.marks), None)
    if line is None:
        raise Http404
    facts: dict[str, Any] = line.marks[DATA].facts
    figures = {row[0]: row[1:] for row in facts["rows"]}
    targets = line.criterion.measure == TARGETS
    seen: Any = visible_assignments(account, on).select_related("task") if targets else sheet.meetings.all()
    rows = list(seen.filter(pk__in=figures).order_by("due_on" if targets else "starts_at", "pk"))
    context = {
        "sheet": sheet,
        "line": line,
        "facts": facts,
        "targets": targets,
        "rows": [(row, *figures[row.pk]) for row in rows],
        "unseen": len(figures) - len(rows),
        "crumbs": _crumbs(sheet),
    }
    return page(request, "meetings/score_rows.html", context)
