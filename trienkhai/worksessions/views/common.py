"""What the pages of this area share: the session in sight, the way back, a form with one action."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.common.verdict import Verdict
from trienkhai.people.requests import account_of
from trienkhai.worksessions import rules
from trienkhai.worksessions.models import Session
from trienkhai.worksessions.queries import with_steps


def seen_session(request: HttpRequest, pk: int, rule: Callable[..., Verdict] | None = None) -> Session:
    """A session in sight for which the rule allows; its sentence when it does not."""
    account, on = account_of(request), clock.today()
    rows = with_steps(rules.visible_sessions(account, on)).select_related("ended_by")
    found = get_object_or_404(rows, pk=pk)
    if rule is not None:
        rule(account, found, on).require()
    return found


def list_crumb() -> dict[str, str]:
    return {"label": _("Working sessions"), "url": reverse("worksessions:list")}


def session_crumbs(session: Session) -> list[dict[str, str]]:
    return [list_crumb(), {"label": str(session), "url": reverse("worksessions:session", args=[session.pk])}]


def show_faults(form: forms.Form, fault: ValidationError) -> None:
    """Each sentence beside its field; those of no field of this form above them."""
    if not hasattr(fault, "error_dict"):
        form.add_error(None, fault)
        return
    for name, errors in fault.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


def answer(
    request: HttpRequest, template: str, form: forms.Form, session: Session, act: Callable[[], object], **context: Any
) -> HttpResponse:
    """The form, or after the act the page of the session."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except ValidationError as fault:
            show_faults(form, fault)
        else:
            messages.success(request, _("Stored."))
            return go(request, "worksessions:session", session.pk)
    given = {"form": form, "session": session, "crumbs": session_crumbs(session)} | context
    return page(request, f"worksessions/{template}.html", given, part="form", status=422 if form.errors else 200)


def act_and_return(request: HttpRequest, session: Session, act: Callable[[], object], said: str) -> HttpResponse:
    """An act without a form, then the page of the session with its words above."""
    act()
    messages.success(request, said)
    return go(request, "worksessions:session", session.pk)
