"""Proposals: the list, one with its way, writing, passing on, answering, withdrawing."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.documents.rules import visible_documents
from trienkhai.feedback import actions, rules
from trienkhai.feedback.forms import AnswerForm, PassOnForm, ProposalForm, WantedForm
from trienkhai.feedback.models import Proposal
from trienkhai.feedback.queries import Wanted, narrowed, way_of
from trienkhai.feedback.views.tabs import crumb, faults_into, paged, pager, tabs
from trienkhai.orgs.models import Unit
from trienkhai.people.requests import account_of
from trienkhai.tasks.rules import can_prepare, visible_issues


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Proposals in sight, narrowed; those late are marked."""
    account, on = account_of(request), clock.today()
    wanted = Wanted.read(request.GET)
    own = rules.own_proposals(account, on)
    received = Q(held_by__in=rules.handling_ids(account, on)) & ~Q(by=account)
    rows = narrowed(rules.visible_proposals(account, on), wanted, on, own=own, received=received)
    shown = paged(request, rows)
    context = {
        "rows": [(row, row.is_late(on)) for row in shown],
        "pager": pager(shown),
        "form": WantedForm(request.GET),
        "filtered": wanted != Wanted(),
        "proposes": bool(rules.proposing_units(account, on)),
        "naming": [unit for unit in rules.proposing_units(account, on) if rules.can_name_posts(account, unit, on)],
        "tabs": tabs(request, "overview"),
    }
    return page(request, "feedback/overview.html", context)


def _seen(request: HttpRequest, pk: int) -> Proposal:
    rows = rules.visible_proposals(account_of(request), clock.today())
    related = ("unit__present", "held_by__present", "sent_to__present", "by", "answered_by", "document", "issue")
    return get_object_or_404(rows.select_related(*related), pk=pk)


@require_GET
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    account, on, found = account_of(request), clock.today(), _seen(request, pk)
    context = {
        "proposal": found,
        "way": way_of(found),
        "late": found.is_late(on),
        "days": ((found.answered_on or on) - clock.day_of(found.sent_at)).days,
        "can_answer": rules.can_answer(account, found, on),
        "can_pass_on": rules.can_pass_on(account, found, on),
        "can_withdraw": rules.can_withdraw(account, found),
        "can_see_document": visible_documents(account, on).filter(pk=found.document_id or 0).exists(),
        "can_see_issue": visible_issues(account, on).filter(pk=found.issue_id or 0).exists(),
        "crumbs": [crumb()],
    }
    return page(request, "feedback/proposal.html", context)


@require_http_methods(["GET", "POST"])
def proposal_new(request: HttpRequest) -> HttpResponse:
    """Write one: in one's own name or, where one speaks for it, in the unit's."""
    account, on = account_of(request), clock.today()
    units = rules.proposing_units(account, on)
    if not units:
        raise Http404
    senders: dict[str, tuple[Unit, bool, str]] = {}
    targets: dict[int, Unit] = {}
    for unit in units:
        above = rules.units_above(unit, on)
        if above and rules.speaks_for(account, unit, on):
            senders[f"u{unit.pk}"] = unit, True, unit.name
        senders[f"p{unit.pk}"] = unit, False, _("%(name)s, of %(unit)s") % {"name": account.name, "unit": unit.name}
        targets |= {one.pk: one for one in [*above, unit] if one.pk not in targets}
    form = ProposalForm(
        request.POST or None,
        senders=[(key, words) for key, (_unit, _for, words) in senders.items()],
        targets=list(targets.values()),
    )
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        unit, for_unit, _words = senders[values["sender"]]
        wish = actions.Wish(values["title"], values["text"], values["sort"])
        try:
            made = actions.propose(unit, targets[values["to"]], wish, for_unit=for_unit, by=account, at=clock.now())
        except ValidationError as fault:
            faults_into(form, fault, ("title", "text", "sort"))
        else:
            messages.success(request, _("The proposal has been sent."))
            return go(request, "feedback:proposal", made.pk)
    context = {
        "form": form,
        "title": _("New proposal"),
        "lead": _("It goes to your unit or to one above it, and is answered with a reason. You see each step."),
        "label": _("Send"),
        "keep": "title,text",
        "crumbs": [crumb()],
    }
    return page(request, "feedback/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def proposal_pass_on(request: HttpRequest, pk: int) -> HttpResponse:
    account, on, found = account_of(request), clock.today(), _seen(request, pk)
    rules.can_pass_on(account, found, on).require()
    form = PassOnForm(request.POST or None, proposal=found, on=on)
    if request.method == "POST" and form.is_valid():
        to = form.cleaned_data["to"]
        if verdict := rules.can_pass_to(found, to, on):
            actions.pass_on(found.pk, to, reason=form.cleaned_data["reason"], by=account, at=clock.now())
            messages.success(request, _("The proposal has been passed on; the proposer is told."))
            return go(request, "feedback:proposal", found.pk)
        form.add_error("to", verdict.reason)
    return _form(request, form, found, _("Pass on"), "reason")


def _form(request: HttpRequest, form: Any, found: Proposal, title: str, keep: str) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "lead": f"{found.title} · {found.unit.name}",
        "label": title,
        "keep": keep,
        "crumbs": [crumb(), {"label": found.title, "url": f"/y-kien/de-xuat/{found.pk}"}],
        "back": f"/y-kien/de-xuat/{found.pk}",
    }
    return page(request, "feedback/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def proposal_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Taken, in part or not; with a document it may become a prepared task at once."""
    account, on, found = account_of(request), clock.today(), _seen(request, pk)
    rules.can_answer(account, found, on).require()
    may_prepare = bool(can_prepare(account, found.held_by, on))
    form = AnswerForm(request.POST or None, account=account, on=on, may_prepare=may_prepare)
    if request.method == "POST" and form.is_valid():
        try:
            done = _answered(found, form.cleaned_data, account)
        except ValidationError as fault:
            faults_into(form, fault, ("outcome", "reason", "document"))
        else:
            messages.success(request, _("The proposer is told of the answer."))
            if done.issue_id:
                return go(request, "tasks:issue", done.issue_id)
            return go(request, "feedback:proposal", found.pk)
    return _form(request, form, found, _("Answer"), "reason")


def _answered(found: Proposal, values: dict[str, Any], account: Any) -> Proposal:
    outcome, reason, document, at = values["outcome"], values["reason"], values["document"], clock.now()
    if values.get("as_task"):
        return actions.take_as_task(found.pk, document, reason=reason, outcome=outcome, by=account, at=at)
    return actions.answer(found.pk, outcome, reason, document=document, by=account, at=at)


@require_POST
def proposal_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    found = _seen(request, pk)
    actions.withdraw(found.pk, by=account_of(request), at=clock.now())
    messages.success(request, _("The proposal has been withdrawn."))
    return go(request, "feedback:proposal", found.pk)
