"""A consultation is withdrawn, its day moved, its summary told as issued: each by a form."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.common.verdict import Verdict
from trienkhai.feedback import actions
from trienkhai.feedback import rules_consulting as rules
from trienkhai.feedback.forms_consulting import DayForm, SummaryForm, WithdrawalForm
from trienkhai.feedback.models import Consultation
from trienkhai.feedback.views.consultations import seen
from trienkhai.feedback.views.tabs import crumb, faults_into
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of

Rule = Callable[[Account, Consultation, date], Verdict]
Words = dict[str, str | Promise]


def _answer(
    request: HttpRequest, found: Consultation, form: forms.Form, act: Callable[..., Any], words: Words
) -> HttpResponse:
    """The form until the act takes what was typed. words: `title`, `label`, `done`, `keep`."""
    if request.method == "POST" and form.is_valid():
        try:
            act(**form.cleaned_data, by=account_of(request), at=clock.now())
        except ValidationError as fault:
            faults_into(form, fault, tuple(form.fields))
        else:
            messages.success(request, str(words["done"]))
            return go(request, "feedback:consultation", found.pk)
    back = reverse("feedback:consultation", args=[found.pk])
    shown = {name: words[name] for name in ("title", "label", "keep")}
    crumbs = [crumb("consultations"), {"label": capfirst(found.title), "url": back}]
    context = shown | {"form": form, "lead": found.title, "crumbs": crumbs, "back": back}
    return page(request, "feedback/form.html", context, status=422 if form.errors else 200)


def _found(request: HttpRequest, pk: int, rule: Rule) -> Consultation:
    found = seen(request, pk)
    rule(account_of(request), found, clock.today()).require()
    return found


@require_http_methods(["GET", "POST"])
def consultation_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk, rules.can_withdraw)

    def act(**given: Any) -> None:
        actions.withdraw_consultation(found.pk, **given)

    title = _("Withdraw the consultation")
    words: Words = {"title": title, "label": title, "keep": "reason"}
    words["done"] = _("The consultation is withdrawn; all who were asked are told.")
    return _answer(request, found, WithdrawalForm(request.POST or None), act, words)


@require_http_methods(["GET", "POST"])
def consultation_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Of a closed one: opinions are taken in again."""
    found = _found(request, pk, rules.can_move_day)

    def act(due_on: date, **given: Any) -> None:
        actions.move_day(found.pk, due_on, **given)

    title = _("Move the day") if found.is_open else _("Take in opinions again")
    words: Words = {"title": title, "label": title, "keep": "reason"}
    words["done"] = _("The day is moved; all who were asked are told.")
    form = DayForm(request.POST or None, initial={"due_on": found.due_on})
    return _answer(request, found, form, act, words)


@require_http_methods(["GET", "POST"])
def consultation_summary(request: HttpRequest, pk: int) -> HttpResponse:
    """The table was signed and issued outside; here stands under which number."""
    found = _found(request, pk, rules.can_tell_summary)

    def act(symbol: str, issued_on: date, **who: Any) -> None:
        actions.tell_summary(found.pk, symbol, issued_on, **who)

    words: Words = {"title": _("The summary was issued"), "label": _("Store"), "keep": ""}
    words["done"] = _("Recorded: opinions are not taken in again.")
    form = SummaryForm(request.POST or None, initial={"issued_on": clock.today()})
    return _answer(request, found, form, act, words)
