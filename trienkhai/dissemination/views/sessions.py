"""The sessions of a plan: set, change, cancel, tell who came, keep files."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.common.verdict import Verdict
from trienkhai.dissemination import actions, rules
from trienkhai.dissemination.forms import CancelForm, ResultForm, SessionFileForm, SessionForm
from trienkhai.dissemination.models import StudyPlan, StudySession
from trienkhai.dissemination.views.pages import show, study_crumb
from trienkhai.people.requests import account_of


def _session(request: HttpRequest, pk: int, rule: Callable[..., Verdict]) -> StudySession:
    """A session in sight for which the rule allows; its sentence when it does not."""
    account, on = account_of(request), clock.today()
    rows = rules.visible_sessions(account, on).select_related("plan__document", "plan__unit__present")
    found = get_object_or_404(rows, pk=pk)
    rule(account, found, on).require()
    return found


def _answer(
    request: HttpRequest, template: str, form: forms.Form, plan: StudyPlan, act: Callable[[], object], **context: Any
) -> HttpResponse:
    """The form, or after the act the page of the plan."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except ValidationError as fault:
            show(form, fault)
        else:
            messages.success(request, _("Stored."))
            return go(request, "dissemination:plan", plan.pk)
    address = reverse("dissemination:plan", args=[plan.pk])
    crumbs = [study_crumb(), {"label": plan.document.reference, "url": address}]
    given = {"form": form, "plan": plan, "crumbs": crumbs} | context
    return page(request, f"dissemination/{template}.html", given, part="form", status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def session_add(request: HttpRequest, pk: int) -> HttpResponse:
    account, on = account_of(request), clock.today()
    rows = rules.visible_plans(account, on).select_related("document", "unit__present")
    plan = get_object_or_404(rows, pk=pk)
    rules.can_plan(account, plan.unit, on).require()
    form = SessionForm(request.POST or None, initial={"kind": "main", "convened_by": plan.unit.name, "hour": "08:00"})

    def act() -> None:
        details = actions.SessionDetails(**form.cleaned_data)
        actions.plan_session(plan.pk, details, by=account, at=clock.now())

    return _answer(request, "session_form", form, plan, act)


@require_http_methods(["GET", "POST"])
def session_change(request: HttpRequest, pk: int) -> HttpResponse:
    found = _session(request, pk, rules.can_change_session)
    names = ("kind", "place", "form", "convened_by", "reporter")
    local = timezone.localtime(found.starts_at)
    initial = {name: getattr(found, name) for name in names} | {"day": local.date(), "hour": local.time()}
    form = SessionForm(request.POST or None, initial=initial)

    def act() -> None:
        details = actions.SessionDetails(**form.cleaned_data)
        actions.change_session(found.pk, details, by=account_of(request), at=clock.now())

    return _answer(request, "session_form", form, found.plan, act, session=found)


@require_http_methods(["GET", "POST"])
def session_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    found = _session(request, pk, rules.can_change_session)
    form = CancelForm(request.POST or None)

    def act() -> None:
        reason = form.cleaned_data["reason"]
        actions.cancel_session(found.pk, reason=reason, by=account_of(request), at=clock.now())

    return _answer(request, "session_cancel", form, found.plan, act, session=found)


@require_http_methods(["GET", "POST"])
def session_result(request: HttpRequest, pk: int) -> HttpResponse:
    """How many were convened and came; told once more, it is put right."""
    found = _session(request, pk, rules.can_tell_attendance)
    initial = {f"absent_{row.reason}": row.count for row in found.absences.all()}
    for row in found.attendance.all():
        initial |= {f"convened_{row.audience}": row.convened, f"attended_{row.audience}": row.attended}
    form = ResultForm(request.POST or None, on=clock.today(), initial=initial)

    def act() -> None:
        actions.tell_attendance(found.pk, form.counts, form.absences, by=account_of(request), at=clock.now())

    return _answer(request, "session_result", form, found.plan, act, session=found)


@require_http_methods(["GET", "POST"])
def session_file_add(request: HttpRequest, pk: int) -> HttpResponse:
    found = _session(request, pk, rules.can_add_session_file)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = SessionFileForm(*posted, initial={"use": "material"})

    def act() -> None:
        values = dict(form.cleaned_data)
        actions.add_session_file(found.pk, values.pop("file"), **values, by=account_of(request), at=clock.now())

    return _answer(request, "session_file", form, found.plan, act, session=found)


@require_GET
def session_file(request: HttpRequest, pk: int) -> FileResponse:
    """A file of a session, to whoever studies it or sees the unit's work."""
    rows = rules.visible_session_files(account_of(request), clock.today()).select_related("file")
    file = get_object_or_404(rows, pk=pk).file
    if not default_storage.exists(file.path):
        raise Http404
    content = default_storage.open(file.path)
    response = FileResponse(content, as_attachment=True, filename=file.name, content_type=file.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
