"""What is done with one row of a list. These pages tell a row by its number: names show in an open list alone."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from trienkhai.common import clock
from trienkhai.common.htmx import go
from trienkhai.common.verdict import Refused
from trienkhai.orgs import rules_roster
from trienkhai.orgs.actions import roster
from trienkhai.orgs.forms_roster import ClassForm, CorrectionForm, LeaveForm, SureForm, TransferForm
from trienkhai.orgs.models import RosterSpan, RosterTransfer
from trienkhai.orgs.views.upkeep import answer
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of


def _row(request: HttpRequest, pk: int, *, kept: bool = True) -> RosterSpan:
    """A row of a list that the person keeps, or for `kept=False` may read."""
    account, today = account_of(request), clock.today()
    rows = rules_roster.visible_members(account, today)
    if kept:
        rows = rows.filter(unit__in=rules_roster.kept_units(account, today).values("pk"))
    return get_object_or_404(rows.select_related("unit__present"), pk=pk)


def _answer(
    request: HttpRequest,
    row: RosterSpan,
    form: forms.Form,
    work: Callable[[dict[str, Any], datetime], object],
    **words: str,
) -> HttpResponse:
    words["title"] = _("%(title)s: row %(number)d") % {"title": words["title"], "number": row.pk}
    back = reverse("orgs:roster", args=[row.unit_id])
    return answer(request, row.unit, form, work, back=back, kept="", **words)


@require_http_methods(["GET", "POST"])
def class_change(request: HttpRequest, pk: int) -> HttpResponse:
    account, today, row = account_of(request), clock.today(), _row(request, pk)
    form = ClassForm(request.POST or None, initial={"on": today}, on=today)

    def work(values: dict[str, Any], at: datetime) -> None:
        roster.change_class(pk, **values, by=account, at=at)

    words = {"title": _("Change the class"), "label": _("Store"), "done": _("Stored.")}
    return _answer(request, row, form, work, **words)


@require_http_methods(["GET", "POST"])
def transfer(request: HttpRequest, pk: int) -> HttpResponse:
    account, today, row = account_of(request), clock.today(), _row(request, pk)
    form = TransferForm(request.POST or None, initial={"on": today}, unit=row.unit, on=today)

    def work(values: dict[str, Any], at: datetime) -> None:
        if roster.ask_transfer(pk, **values, by=account, at=at):
            messages.info(request, _("The other unit keeps its members by name too: it has been asked to agree."))

    words = {"title": _("To another unit"), "label": _("Transfer"), "done": _("Stored.")}
    return _answer(request, row, form, work, **words)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    account, today, row = account_of(request), clock.today(), _row(request, pk)
    form = LeaveForm(request.POST or None, initial={"on": today})

    def work(values: dict[str, Any], at: datetime) -> None:
        roster.end_row(pk, **values, by=account, at=at)

    words = {"title": _("In the list no more"), "label": _("Store"), "done": _("Stored.")}
    return _answer(request, row, form, work, **words)


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    account, today, row = account_of(request), clock.today(), _row(request, pk)
    form = CorrectionForm(request.POST or None, unit=row.unit, on=today)

    def work(values: dict[str, Any], at: datetime) -> None:
        roster.correct_row(pk, **form.values(), by=account, at=at)

    words = {"title": pgettext("member", "Correct"), "label": _("Store"), "done": _("Stored.")}
    return _answer(request, row, form, work, **words)


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    account, row = account_of(request), _row(request, pk)
    form = SureForm(request.POST or None, words=_("This row was entered by mistake; past numbers change with it"))

    def work(values: dict[str, Any], at: datetime) -> None:
        roster.remove_row(pk, by=account, at=at)

    words = {"title": _("Take away"), "label": _("Take away"), "done": _("The row has been taken away.")}
    return _answer(request, row, form, work, **words)


@require_http_methods(["GET", "POST"])
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    account, row = account_of(request), _row(request, pk, kept=False)
    form = SureForm(request.POST or None, words=_("The person asked for it; the name cannot be brought back"))

    def work(values: dict[str, Any], at: datetime) -> None:
        roster.erase_member(pk, by=account, at=at)

    words = {"title": _("Erase the name"), "label": _("Erase the name"), "done": _("The name has been erased.")}
    return _answer(request, row, form, work, **words)


def _transfer(request: HttpRequest, pk: int) -> RosterTransfer:
    account, today = account_of(request), clock.today()
    return get_object_or_404(rules_roster.asked_transfers(account, today), pk=pk)


@require_POST
def transfer_accept(request: HttpRequest, pk: int) -> HttpResponse:
    asked = _transfer(request, pk)
    try:
        roster.accept_transfer(pk, by=account_of(request), at=clock.now())
    except ValidationError as fault:
        raise Refused(" ".join(fault.messages)) from fault
    messages.success(request, _("The member is in your list now."))
    return go(request, "orgs:roster", asked.to_unit_id)


@require_POST
def transfer_decline(request: HttpRequest, pk: int) -> HttpResponse:
    asked = _transfer(request, pk)
    roster.decline_transfer(pk, by=account_of(request), at=clock.now())
    messages.success(request, _("The member stays in the list of the unit that asked."))
    return go(request, "orgs:roster", asked.to_unit_id)


@require_POST
def transfer_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    account: Account = account_of(request)
    kept = rules_roster.kept_units(account, clock.today()).values("pk")
    asked = get_object_or_404(RosterTransfer.objects.select_related("span"), pk=pk, span__unit__in=kept)
    roster.withdraw_transfer(pk, by=account, at=clock.now())
    messages.success(request, _("The transfer has been withdrawn."))
    return go(request, "orgs:roster", asked.span.unit_id)
