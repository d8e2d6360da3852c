"""Ballots and conclusions; a conclusion becomes a task."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from trienkhai.common import clock
from trienkhai.common.htmx import go
from trienkhai.meetings import actions, rules
from trienkhai.meetings.forms import BallotForm, ConclusionForm, GiveForm
from trienkhai.meetings.models import Ballot, Conclusion
from trienkhai.meetings.queries import quorum_figures
from trienkhai.meetings.views.common import act_and_return, answer, seen_meeting
from trienkhai.people.requests import account_of


@require_http_methods(["GET", "POST"])
def ballot_add(request: HttpRequest, pk: int) -> HttpResponse:
    found = seen_meeting(request, pk, rules.can_write)
    form = BallotForm(request.POST or None)

    def act() -> None:
        actions.add_ballot(found.pk, **form.cleaned_data, by=account_of(request), at=clock.now())

    return answer(request, "ballot", form, found, act, to="meetings:minutes", figures=quorum_figures(found))


@require_POST
def ballot_remove(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Ballot, pk=pk)
    found = seen_meeting(request, row.meeting_id, rules.can_write)

    def act() -> None:
        actions.remove_ballot(row.pk, by=account_of(request), at=clock.now())

    return act_and_return(request, found, act, _("The vote was taken back."), "meetings:minutes")


@require_http_methods(["GET", "POST"])
def conclusion_add(request: HttpRequest, pk: int) -> HttpResponse:
    found = seen_meeting(request, pk, rules.can_write)
    form = ConclusionForm(request.POST or None, meeting=found, on=clock.today())

    def act() -> None:
        actions.add_conclusion(found.pk, **form.cleaned_data, by=account_of(request), at=clock.now())

    return answer(request, "conclusion", form, found, act, to="meetings:minutes")


@require_POST
def conclusion_remove(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Conclusion, pk=pk)
    found = seen_meeting(request, row.meeting_id, rules.can_write)

    def act() -> None:
        actions.remove_conclusion(row.pk, by=account_of(request), at=clock.now())

    return act_and_return(request, found, act, _("The conclusion was taken back."), "meetings:minutes")


@require_http_methods(["GET", "POST"])
def conclusion_give(request: HttpRequest, pk: int) -> HttpResponse:
    """The conclusion becomes a task; the person goes on where the tasks of that document are prepared."""
    row = get_object_or_404(Conclusion.objects.select_related("lead__present"), pk=pk)
    found = seen_meeting(request, row.meeting_id, rules.can_give)
    form = GiveForm(request.POST or None, conclusion=row, on=clock.today())
    issues: list[int] = []

    def act() -> None:
        issue = actions.give_conclusion(row.pk, **form.cleaned_data, by=account_of(request), at=clock.now())
        issues.append(issue.pk)

    answered = answer(request, "give", form, found, act, conclusion=row)
    return go(request, "tasks:issue", issues[0]) if issues else answered
