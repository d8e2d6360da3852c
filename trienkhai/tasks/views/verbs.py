"""A page for each verb of an assignment: GET shows the form, POST does the one act."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.common.verdict import Refused, Verdict
from trienkhai.documents.actions import remove_unused, store_file
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of
from trienkhai.tasks import actions, rules, rules_waiting
from trienkhai.tasks.forms import (
    AnswerForm,
    AskForm,
    CloseForm,
    ConfirmForm,
    DecideForm,
    ExtendForm,
    MaybeWhyForm,
    PersonForm,
    ProgressForm,
    RemarkForm,
    ReturnForm,
    WaitForm,
    WhyForm,
)
from trienkhai.tasks.links import SLUGS
from trienkhai.tasks.models import Assignment, ProgressReport, RequestKind
from trienkhai.tasks.queries import due_soon_day, open_children
from trienkhai.tasks.transitions import VERBS
from trienkhai.tasks.views.assignment import shown
from trienkhai.tasks.views.rows import row_of

Values = dict[str, Any]
Work = Callable[[Values], object]


@dataclass(frozen=True)
class Page:
    """How a verb is written: its form, the sentence after it, the lead under its title."""

    form: type[forms.Form]
    done: str | Promise
    lead: str | Promise = ""


PAGES = {
    "acknowledge": Page(forms.Form, gettext_lazy("The task has been acknowledged.")),
    "update": Page(ProgressForm, gettext_lazy("Progress has been stored.")),
    "submit": Page(
        CloseForm,
        gettext_lazy("The report has been handed in and awaits approval."),
        gettext_lazy("The report counts for the day it is handed in; it is a claim until it is approved."),
    ),
    "approve": Page(RemarkForm, gettext_lazy("The report has been approved.")),
    "return": Page(
        ReturnForm,
        gettext_lazy("The report has been returned."),
        gettext_lazy("The work is open again and its due day stands."),
    ),
    "pause": Page(
        WhyForm,
        gettext_lazy("The task has been paused."),
        gettext_lazy("A paused task stays open and its due day stands."),
    ),
    "resume": Page(MaybeWhyForm, gettext_lazy("The task goes on.")),
    "withdraw": Page(
        WhyForm,
        gettext_lazy("The task has been withdrawn."),
        gettext_lazy("What is withdrawn is no longer counted. A report that awaits approval is cancelled with it."),
    ),
    "extend": Page(
        ExtendForm,
        gettext_lazy("The due day has been extended."),
        gettext_lazy("The first due day stays known and can be counted by."),
    ),
    "reopen": Page(
        WhyForm,
        gettext_lazy("The task is open again."),
        gettext_lazy("The approval is taken back: the report becomes a returned one."),
    ),
    "confirm": Page(
        ConfirmForm,
        gettext_lazy("The task has been closed."),
        gettext_lazy("On time is judged by the day the report was handed in."),
    ),
    "ask": Page(
        AskForm,
        gettext_lazy("The request has been sent."),
        gettext_lazy("Work goes on until it is decided; silence changes nothing."),
    ),
    "name_person": Page(PersonForm, gettext_lazy("Stored.")),
    "wait": Page(
        WaitForm,
        gettext_lazy("Stored. The assigner has been told, and the unit you wait for."),
        gettext_lazy("Urging rests while you wait; the due day stands. The assigner may pause the task for it."),
    ),
}
BACK = ("mine", "approvals")
"""Pages to which an act done from them returns."""
TITLES = {
    "ask": gettext_lazy("Ask the assigner"),
    "name_person": gettext_lazy("Name the person"),
    "wait": gettext_lazy("Waiting for somebody else"),
}
SENDING = {
    "ask": gettext_lazy("Send the request"),
    "name_person": gettext_lazy("Store"),
    "wait": gettext_lazy("Store"),
}
"""Words of the button where the title says too much."""


def may(account: Account, name: str, found: Assignment, on: date) -> Verdict:
    if name == "ask":
        return rules.can_request(account, found, on)
    if name == "name_person":
        return rules.can_name_person(account, found, on)
    if name == "wait":
        return rules_waiting.can_wait(account, found, on)
    return rules.can_do(account, name, found, on)


def label_of(name: str) -> str:
    return str(TITLES.get(name) or VERBS[name].label)


@require_http_methods(["GET", "POST"])
def verb(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """The page of one verb; 404 for those who do not see the assignment, 409 with the reason for those who may not."""
    account, on = account_of(request), clock.today()
    found = get_object_or_404(shown(request), pk=pk)
    written, form = PAGES[name], form_of(request, name, found)
    if request.method == "GET" or not form.is_valid():
        may(account, name, found, on).require()
    elif done(form, lambda values: work_of(name, found, account)(values)):
        messages.success(request, str(written.done))
        return go(request, *back_to(request, found))
    context = {
        "assignment": found,
        "row": row_of(found, on, due_soon_day(on)),
        "report": found.reports.filter(state="submitted")
        .select_related("by")
        .prefetch_related("evidence__file")
        .first()
        if name in ("approve", "return")
        else None,
        "form": form,
        "keep": SLUGS[name],
        "title": label_of(name),
        "label": str(SENDING.get(name) or label_of(name)),
        "lead": written.lead,
        "came_from": request.GET.get("back") or request.POST.get("back", ""),
    }
    return page(request, "tasks/verb.html", context, part="form", status=422 if form.errors else 200)


def back_to(request: HttpRequest, found: Assignment) -> tuple[Any, ...]:
    """My work or the queue of approvals when the button stood there, else the assignment's page."""
    back = request.POST.get("back", "")
    return (f"tasks:{back}",) if back in BACK else ("tasks:assignment", found.pk)


def posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def form_of(request: HttpRequest, name: str, found: Assignment) -> forms.Form:
    given: Values = {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}
    if name == "name_person":
        given |= {"assignment": found, "on": clock.today(), "initial": {"person": found.person_id}}
    elif name == "confirm":
        given |= {"account": account_of(request), "on": clock.today()}
    elif name == "submit":
        given |= {"open_below": open_children(found).count()}
    elif name == "update":
        given |= {"initial": {"percent": found.percent}}
    return PAGES[name].form(**given)


def done(form: forms.Form, work: Work) -> bool:
    """Do the work with the form's values in one transaction; its sentences go to the form's fields. Refused passes."""
    try:
        with transaction.atomic():
            work(form.cleaned_data)
    except ValidationError as fault:
        remove_unused()
        show_fault(form, fault)
        return False
    except Refused:
        remove_unused()
        raise
    return True


def show_fault(form: forms.Form, fault: ValidationError) -> None:
    if not hasattr(fault, "error_dict"):
        form.add_error("evidence" if "evidence" in form.fields else None, fault)
        return
    for name, sentences in fault.message_dict.items():
        form.add_error(name if name in form.fields else None, sentences)


def work_of(name: str, found: Assignment, account: Account) -> Work:
    """What a verb does with the values of its form."""
    pk = found.pk
    who: Any = {"by": account, "at": clock.now()}
    simple: dict[str, Callable[..., object]] = {
        "acknowledge": actions.acknowledge,
        "approve": actions.approve,
        "pause": actions.pause,
        "resume": actions.resume,
        "withdraw": actions.withdraw,
        "reopen": actions.reopen,
        "extend": actions.extend,
        "ask": actions.ask,
        "name_person": actions.name_person,
        "wait": actions.wait_for,
    }
    if name in ("update", "submit"):
        return lambda values: report(found, name, values, account)
    if name == "confirm":
        return lambda values: actions.confirm_from_outside(pk, values["document"], **who)
    if name == "return":
        return lambda values: actions.return_report(pk, reason=values["reason"], **who)
    return lambda values: simple[name](pk, **values, **who)


def report(found: Assignment, name: str, values: Values, account: Account) -> None:
    """Store the files and the report together; the same form sent again stores nothing."""
    given, at = dict(values), clock.now()
    token, uploads = given["token"], given.pop("evidence")
    if token and ProgressReport.objects.filter(assignment=found, form_token=token).exists():
        return
    files = [store_file(upload, owner=found.held_by, by=account, at=at) for upload in uploads]
    act = actions.update_progress if name == "update" else actions.submit_report
    act(found.pk, files=files, by=account, at=at, **given)


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Grant or refuse what the unit asked; the button says which."""
    account, on = account_of(request), clock.today()
    rows = rules.visible_requests(account, on).select_related("by", "proposed_unit__present")
    asked = get_object_or_404(rows, pk=pk)
    found = get_object_or_404(shown(request), pk=asked.assignment_id)
    asked.assignment = found
    rules.can_decide(account, asked, on).require()
    form = DecideForm(posted(request), initial={"due_on": asked.proposed_due_on})
    if asked.kind != RequestKind.EXTEND:
        del form.fields["due_on"]
    grant = request.POST.get("decision") == "grant"

    def work(values: Values) -> None:
        given = {"due_on": values.get("due_on"), "answer": values["answer"]}
        actions.decide_request(asked.pk, grant=grant, by=account, at=clock.now(), **given)

    if request.method == "POST" and form.is_valid() and done(form, work):
        messages.success(request, _("The request has been granted.") if grant else _("The request has been refused."))
        return go(request, "tasks:assignment", found.pk)
    context = {
        "assignment": found,
        "row": row_of(found, on, due_soon_day(on)),
        "asked": asked,
        "form": form,
        "keep": "decide",
        "title": _("Decide the request"),
        "label": _("Grant"),
    }
    return page(request, "tasks/verb.html", context, part="form", status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """A co-ordinating unit answers its part."""
    account, on = account_of(request), clock.today()
    rows = rules.visible_shares(account, on).select_related("unit__present", "task__document")
    share = get_object_or_404(rows, pk=pk)
    rules.can_answer_part(account, share, on).require()
    form = AnswerForm(posted(request))

    def work(values: Values) -> None:
        actions.answer_part(share.pk, answer=values["answer"], by=account, at=clock.now())

    if request.method == "POST" and form.is_valid() and done(form, work):
        messages.success(request, _("The answer has been sent to the unit that leads."))
        return go(request, "tasks:mine")
    context = {
        "share": share,
        "form": form,
        "keep": "answer",
        "title": _("Answer the co-ordinating part"),
        "label": _("Send the answer"),
    }
    return page(request, "tasks/verb.html", context, part="form", status=422 if form.errors else 200)
