"""What the pages of this area share: the meeting in sight, the way back, a form with one action."""

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
from trienkhai.meetings import rules
from trienkhai.meetings.models import Meeting
from trienkhai.people.requests import account_of


def seen_meeting(request: HttpRequest, pk: int, rule: Callable[..., Verdict] | None = None) -> Meeting:
    """A meeting in sight for which the rule allows; its sentence when it does not."""
    account, on = account_of(request), clock.today()
    rows = rules.visible_meetings(account, on).select_related("unit__present", "sent_to__present", "closed_by")
    found = get_object_or_404(rows, pk=pk)
    if rule is not None:
        rule(account, found, on).require()
    return found


def calendar_crumb(meeting: Meeting) -> dict[str, str]:
    url = f"{reverse('meetings:calendar')}?don-vi={meeting.unit_id}&nam={meeting.day.year}"
    return {"label": _("Meetings"), "url": url}


def meeting_crumbs(meeting: Meeting) -> list[dict[str, str]]:
    own = {"label": meeting.title, "url": reverse("meetings:meeting", args=[meeting.pk])}
    return [calendar_crumb(meeting), own]


def show(form: forms.Form, fault: ValidationError) -> None:
    """Each sentence beside its field; those of no field of this form above them."""
    if not hasattr(fault, "error_dict"):
        form.add_error(None, fault)
        return
    for name, errors in fault.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


def answer(
    request: HttpRequest,
    template: str,
    form: forms.Form,
    meeting: Meeting,
    act: Callable[[], object],
    to: str = "meetings:meeting",
    **context: Any,
) -> HttpResponse:
    """The form, or after the act the page that it leads to."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except ValidationError as fault:
            show(form, fault)
        else:
            messages.success(request, _("Stored."))
            return go(request, to, meeting.pk)
    given = {"form": form, "meeting": meeting, "crumbs": meeting_crumbs(meeting)} | context
    return page(request, f"meetings/{template}.html", given, part="form", status=422 if form.errors else 200)


def act_and_return(
    request: HttpRequest, meeting: Meeting, act: Callable[[], object], said: str, to: str = "meetings:meeting"
) -> HttpResponse:
    """An act without a form: its words, or what was wrong, above the page that follows."""
    try:
        act()
    except ValidationError as fault:
        for sentence in fault.messages:
            messages.error(request, sentence)
    else:
        messages.success(request, said)
    return go(request, to, meeting.pk)
