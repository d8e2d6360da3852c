"""Verbs on a sheet that take words: vote, back, left out, above requirement, appeal, answer."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from trienkhai.common import clock
from trienkhai.common.htmx import go
from trienkhai.common.verdict import Refused
from trienkhai.evaluation import actions, rules
from trienkhai.evaluation.forms import AnswerForm, AppealForm, GroundForm, ReasonForm, VoteForm
from trienkhai.evaluation.models import AboveMark, Sheet, Step
from trienkhai.evaluation.queries.rows import ids_of
from trienkhai.evaluation.views.common import answer, seen_sheet, sheet_crumbs
from trienkhai.evaluation.wording import period_of
from trienkhai.people.requests import account_of
from trienkhai.tasks.models import Assignment
from trienkhai.tasks.rules import visible_assignments


def _back(found: Sheet) -> str:
    return reverse("evaluation:sheet", args=[found.pk])


def _lead(found: Sheet) -> str:
    return f"{found.name} · {period_of(found.campaign)}"


@require_http_methods(["GET", "POST"])
@never_cache
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    found = seen_sheet(request, pk, rules.can_fill)
    if found.step != Step.VOTE:
        raise Refused(_("The sheet is not at the vote."))
    own = rules.is_own(account_of(request), found, clock.today())
    form = VoteForm(request.POST or None, sheet=found, told=own)

    def act() -> object:
        present = form.cleaned_data["present"]
        return actions.tell_vote(found.pk, present=present, votes=form.votes(), by=account_of(request), at=clock.now())

    help_text = _("The collective votes on the level. Only the tally is kept, never who voted how.")
    words: dict[str, Any] = {"title": _("Enter the vote"), "help": help_text, "verb": _("Store"), "numbers": True}
    return answer(request, form, act, back=_back(found), lead=_lead(found), crumbs=sheet_crumbs(found), **words)


@require_http_methods(["GET", "POST"])
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    found = seen_sheet(request, pk, rules.can_send_back)
    form = ReasonForm(request.POST or None)

    def act() -> object:
        return actions.send_back(found.pk, **form.cleaned_data, by=account_of(request), at=clock.now())

    help_text = _("The sheet begins again with the self-evaluation; levels already proposed are void.")
    words: dict[str, Any] = {"title": _("Send the sheet back"), "help": help_text, "verb": _("Send back")}
    return answer(request, form, act, back=_back(found), lead=_lead(found), crumbs=sheet_crumbs(found), **words)


@require_http_methods(["GET", "POST"])
def leave_out(request: HttpRequest, pk: int) -> HttpResponse:
    found = seen_sheet(request, pk, rules.can_leave_out)
    form = ReasonForm(request.POST or None)

    def act() -> object:
        return actions.leave_out(found.pk, **form.cleaned_data, by=account_of(request), at=clock.now())

    help_text = _("This subject gets no level in this period and does not count for the ceiling.")
    words: dict[str, Any] = {"title": _("Leave out of the evaluation"), "help": help_text, "verb": _("Do not evaluate")}
    return answer(request, form, act, back=_back(found), lead=_lead(found), crumbs=sheet_crumbs(found), **words)


@require_http_methods(["GET", "POST"])
def mark_above(request: HttpRequest, pk: int, assignment: int) -> HttpResponse:
    """A result above requirement, with its ground."""
    found = seen_sheet(request, pk, rules.can_mark_above)
    row = _counted(request, found, assignment)
    mark = AboveMark.objects.filter(campaign=found.campaign, assignment=row).first()
    form = GroundForm(request.POST or None, initial={"ground": mark.ground if mark else ""})

    def act() -> object:
        return actions.mark_above(found.pk, row.pk, **form.cleaned_data, by=account_of(request), at=clock.now())

    help_text = _("Say by what the result goes beyond what the task asked for. The mark counts at once.")
    words: dict[str, Any] = {"title": _("Above requirement"), "help": help_text, "verb": _("Mark")}
    back = reverse("evaluation:figure", args=[found.pk, "above"])
    return answer(request, form, act, back=back, lead=row.task.title, crumbs=sheet_crumbs(found), **words)


def _counted(request: HttpRequest, found: Sheet, assignment: int) -> Assignment:
    """An assignment of the sheet that the person sees."""
    rows = visible_assignments(account_of(request), clock.today()).select_related("task")
    return get_object_or_404(rows, pk=assignment, pk__in=[pk for pk, _counts in ids_of(found, "above")])


@require_POST
def unmark_above(request: HttpRequest, pk: int, assignment: int) -> HttpResponse:
    found = seen_sheet(request, pk, rules.can_mark_above)
    mark = get_object_or_404(AboveMark, campaign=found.campaign, assignment=assignment)
    actions.unmark_above(found.pk, mark.assignment_id, by=account_of(request), at=clock.now())
    messages.success(request, _("The mark was taken back."))
    return go(request, "evaluation:figure", found.pk, "above")


@require_http_methods(["GET", "POST"])
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    found = seen_sheet(request, pk, rules.can_appeal)
    form = AppealForm(request.POST or None)

    def act() -> object:
        return actions.appeal(found.pk, **form.cleaned_data, by=account_of(request), at=clock.now())

    help_text = _("A leader of the evaluating unit answers. The frozen result stays; a new level stands beside it.")
    words: dict[str, Any] = {"title": _("Appeal"), "help": help_text, "verb": _("Send the appeal")}
    return answer(request, form, act, back=_back(found), lead=_lead(found), crumbs=sheet_crumbs(found), **words)


@require_http_methods(["GET", "POST"])
@never_cache
def answer_appeal(request: HttpRequest, pk: int) -> HttpResponse:
    found = seen_sheet(request, pk, rules.can_answer)
    form = AnswerForm(request.POST or None, campaign=found.campaign)

    def act() -> object:
        return actions.answer_appeal(found.pk, **form.cleaned_data, by=account_of(request), at=clock.now())

    help_text = _("The appeal is read in the opened sheet: that it was opened is kept in the log.")
    words: dict[str, Any] = {"title": _("Answer the appeal"), "help": help_text, "verb": _("Answer")}
    return answer(request, form, act, back=_back(found), lead=_lead(found), crumbs=sheet_crumbs(found), **words)
