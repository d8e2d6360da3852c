"""Closing the minutes, putting them right, sending them up, drafting the resolution."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from trienkhai.common import clock
from trienkhai.common.htmx import go
from trienkhai.meetings import actions, rules
from trienkhai.meetings.forms import CorrectForm, EndForm
from trienkhai.meetings.norms import least_minutes
from trienkhai.meetings.queries import quorum_figures
from trienkhai.meetings.views.common import act_and_return, answer, seen_meeting
from trienkhai.people.requests import account_of


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Look the figures through once more, say on which day and at which hour it ended, close."""
    found = seen_meeting(request, pk, rules.can_close)
    form = EndForm(request.POST or None, initial={"day": found.day})

    def act() -> None:
        actions.close_minutes(found.pk, ended_at=form.moment(found.day), by=account_of(request), at=clock.now())

    least = least_minutes(found.body, found.kind, on=found.day, place=found.unit.path or "")
    return answer(request, "close", form, found, act, figures=quorum_figures(found), least=least)


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    found = seen_meeting(request, pk, rules.can_correct)
    form = CorrectForm(request.POST or None)

    def act() -> None:
        actions.correct_minutes(found.pk, **form.cleaned_data, by=account_of(request), at=clock.now())

    return answer(request, "correct", form, found, act)


@require_POST
def send_up(request: HttpRequest, pk: int) -> HttpResponse:
    found = seen_meeting(request, pk)

    def act() -> None:
        actions.send_minutes_up(found.pk, by=account_of(request), at=clock.now())

    return act_and_return(request, found, act, _("The minutes were sent up."))


@require_POST
def resolution(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft of the resolution; opens in the editor of drafts."""
    found = seen_meeting(request, pk)
    draft = actions.draft_resolution(found.pk, by=account_of(request), at=clock.now())
    messages.success(request, _("The resolution is drafted; read it through, then issue it like any draft."))
    return go(request, "documents:draft", draft.pk)
