"""Phối hợp: partners and at whose agency they stand, the sheet of each, opinions asked and given."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from trienkhai.common import clock, paths
from trienkhai.common.htmx import go, page
from trienkhai.documents.rules import visible_documents
from trienkhai.orgs.rules import visible_units
from trienkhai.people.requests import account_of
from trienkhai.tasks import actions
from trienkhai.tasks import rules_coordinating as rules
from trienkhai.tasks.forms_coordinating import (
    AskOpinionForm,
    EndForm,
    OpinionAnswerForm,
    PaperForm,
    PartnershipForm,
    PeriodForm,
    WithdrawForm,
)
from trienkhai.tasks.models import Opinion, Partnership
from trienkhai.tasks.queries import due_soon_day
from trienkhai.tasks.queries.coordinating import period_of, sheet_of
from trienkhai.tasks.queries.wanted import number_of
from trienkhai.tasks.views.rows import paged, row_of
from trienkhai.tasks.views.verbs import Values, done, posted

NAMED = (
    "asker__present",
    "asked__present",
    "document",
    "answer_document",
    "by",
    "principal",
    "answered_by",
    "answered_for",
)


@require_GET
def coordination(request: HttpRequest) -> HttpResponse:
    """The partners of units in reach, those in force first, and the opinions that own units asked or are asked for."""
    account, on = account_of(request), clock.today()
    rows = rules.visible_partnerships(account, on).select_related("unit__present", "partner__present")
    asked = number_of(request.GET.get("don-vi"))
    branch = visible_units(account, on).select_related("present").filter(pk=asked).first() if asked else None
    if branch:
        rows = rows.filter(paths.within(branch.path or "", "unit__path"))
    shown, pager = paged(request, rows.order_by("-valid_to", "unit__path", "partner__present__sort_key", "pk"))
    opinions = rules.visible_opinions(account, on).filter(answered_on=None, withdrawn_on=None)
    context = {
        "rows": shown,
        "pager": pager,
        "branch": branch,
        "on": on,
        "opinions": opinions.select_related("asker__present", "asked__present", "document").order_by("due_on", "pk")[
            :50
        ],
        "keeps": rules.kept_units(account, on).exists(),
        "asks": bool(rules.asking_ids(account, on)),
    }
    return page(request, "tasks/coordination.html", context)


def _partnership(request: HttpRequest, pk: int) -> Partnership:
    rows = rules.visible_partnerships(account_of(request), clock.today())
    return get_object_or_404(rows.select_related("unit__present", "partner__present"), pk=pk)


def _crumbs(*more: dict[str, str]) -> list[dict[str, str]]:
    return [{"label": _("Co-ordination"), "url": reverse("tasks:coordination")}, *more]


@require_GET
def partnership(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet of co-ordination with one partner, for a day or a period."""
    account, on, found = account_of(request), clock.today(), _partnership(request, pk)
    form = PeriodForm(request.GET)
    first, last = period_of(on)
    if form.is_valid():
        last = form.cleaned_data["den"] or last
        first = form.cleaned_data["tu"] or first.replace(year=last.year)
    sheet, soon = sheet_of(found, account, first=min(first, last), last=last, on=on), due_soon_day(on)
    papers = [paper for paper in (sheet.regulation, *sheet.earlier, *sheet.conclusions) if paper]
    context = {
        "partnership": found,
        "sheet": sheet,
        "first": min(first, last),
        "last": last,
        "rows": [row_of(assignment, on, soon) for assignment in sheet.duties],
        "opinions": [(opinion, opinion.late_on(last)) for opinion in sheet.opinions],
        "seen": set(
            visible_documents(account, on).filter(pk__in=[p.document_id for p in papers]).values_list("pk", flat=True)
        ),
        "holds": found.holds_on(on),
        "may_add": bool(rules.can_add_paper(account, found, on)),
        "may_end": bool(rules.can_end_partnership(account, found, on)),
        "may_ask": found.holds_on(on)
        and any(rules.can_ask_partner(account, unit, found, on) for unit in rules.asking_units(account, on)[:5]),
        "crumbs": _crumbs(),
    }
    return page(request, "tasks/partnership.html", context)


def _written(
    request: HttpRequest,
    form: forms.Form,
    work: Callable[[Values], object],
    said: str,
    then: Callable[[], Any],
    **context: Any,
) -> HttpResponse:
    """A page with one form that does one act: shown, put right, or done."""
    if request.method == "POST" and form.is_valid() and done(form, work):
        messages.success(request, said)
        return go(request, *then())
    return page(
        request,
        "tasks/coordination_form.html",
        {"form": form, **context},
        part="form",
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
def partnership_open(request: HttpRequest) -> HttpResponse:
    account, on, made = account_of(request), clock.today(), []
    if not rules.kept_units(account, on).exists():
        raise Http404
    form = PartnershipForm(posted(request), account=account, on=on, initial={"valid_from": on})

    def work(values: Values) -> None:
        unit = values.pop("unit")
        made.append(actions.open_partnership(unit, values.pop("partner"), **values, by=account, at=clock.now()))

    words = {"title": _("New partner"), "label": _("Store"), "back": reverse("tasks:coordination"), "crumbs": _crumbs()}
    return _written(request, form, work, _("Stored."), lambda: ("tasks:partnership", made[0].pk), **words)


@require_http_methods(["GET", "POST"])
def partnership_end(request: HttpRequest, pk: int) -> HttpResponse:
    account, on, found = account_of(request), clock.today(), _partnership(request, pk)
    rules.can_end_partnership(account, found, on).require()
    form = EndForm(posted(request), initial={"last_day": on})

    def work(values: Values) -> None:
        actions.end_partnership(found.pk, **values, by=account, at=clock.now())

    words = _words_of(found, _("End the partnership"), _("End the partnership"))
    words["lead"] = _("After its last day nothing new is asked or added; what was stays readable.")
    return _written(request, form, work, _("Stored."), lambda: ("tasks:partnership", found.pk), **words)


def _words_of(found: Partnership, title: str, label: str) -> dict[str, Any]:
    back = reverse("tasks:partnership", args=[found.pk])
    crumbs = _crumbs({"label": found.partner.short_name, "url": back})
    return {"title": title, "label": label, "back": back, "about": found.partner.name, "crumbs": crumbs}


@require_http_methods(["GET", "POST"])
def paper_add(request: HttpRequest, pk: int) -> HttpResponse:
    account, on, found = account_of(request), clock.today(), _partnership(request, pk)
    rules.can_add_paper(account, found, on).require()
    start = {"kind": request.GET.get("loai", "regulation"), "opinion": number_of(request.GET.get("y-kien"))}
    form = PaperForm(posted(request), partnership=found, account=account, on=on, initial=start)

    def work(values: Values) -> None:
        actions.add_paper(found.pk, values.pop("document"), **values, by=account, at=clock.now())

    words = _words_of(found, _("Add a regulation or a joint conclusion"), _("Store"))
    return _written(request, form, work, _("Stored."), lambda: ("tasks:partnership", found.pk), **words)


@require_http_methods(["GET", "POST"])
def opinion_ask(request: HttpRequest) -> HttpResponse:
    """Ask a partner or a unit; `doi-tac` in the address names the partner beforehand."""
    account, on, made = account_of(request), clock.today(), list[Opinion]()
    units = rules.asking_units(account, on)
    if not units:
        raise Http404
    start = {"partner": number_of(request.GET.get("doi-tac")), "asker": units[0].pk}
    form = AskOpinionForm(posted(request), account=account, on=on, initial=start)

    def work(values: Values) -> None:
        made.append(actions.ask_opinion(values.pop("asker"), values.pop("asked"), **values, by=account, at=clock.now()))

    words = {
        "title": _("Ask for an opinion"),
        "label": _("Send the request"),
        "back": reverse("tasks:coordination"),
        "crumbs": _crumbs(),
    }
    said = _("The request has been sent.")
    return _written(request, form, work, said, lambda: ("tasks:opinion", made[0].pk), **words)


def _opinion(request: HttpRequest, pk: int) -> Opinion:
    rows = rules.visible_opinions(account_of(request), clock.today())
    return get_object_or_404(rows.select_related(*NAMED, "partnership"), pk=pk)


@require_GET
def opinion(request: HttpRequest, pk: int) -> HttpResponse:
    account, on, found = account_of(request), clock.today(), _opinion(request, pk)
    own = bool(rules.can_answer_opinion(account, found, on))
    ids = [pk for pk in (found.document_id, found.answer_document_id) if pk]
    partnership = found.partnership
    context = {
        "opinion": found,
        "late": found.late_on(on),
        "own": own,
        "may_answer": own or bool(rules.can_answer_opinion(account, found, on, from_paper=True)),
        "may_withdraw": bool(rules.can_withdraw_opinion(account, found, on)),
        "may_conclude": bool(partnership and found.answered_on and rules.can_add_paper(account, partnership, on)),
        "seen": set(visible_documents(account, on).filter(pk__in=ids).values_list("pk", flat=True)),
        "conclusions": rules.visible_papers(account, on).filter(opinion=found).select_related("document"),
        "crumbs": _crumbs(),
    }
    return page(request, "tasks/opinion.html", context)


def _words_on(found: Opinion, title: str, label: str) -> dict[str, Any]:
    back = reverse("tasks:opinion", args=[found.pk])
    crumbs = _crumbs({"label": found.subject, "url": back})
    return {"title": title, "label": label, "back": back, "about": found.subject, "crumbs": crumbs}


@require_http_methods(["GET", "POST"])
def opinion_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit that was asked answers; the asker records the answer from its paper."""
    account, on, found = account_of(request), clock.today(), _opinion(request, pk)
    own = bool(rules.can_answer_opinion(account, found, on))
    rules.can_answer_opinion(account, found, on, from_paper=True).require()
    form = OpinionAnswerForm(posted(request), account=account, on=on, from_paper=not own)

    def work(values: Values) -> None:
        actions.answer_opinion(found.pk, **values, by=account, at=clock.now())

    title = _("Give the opinion") if own else _("Record the answer from its paper")
    words = _words_on(found, title, _("Send the answer") if own else _("Store"))
    words["lead"], said = found.question, _("The answer is sent.") if own else _("Stored.")
    return _written(request, form, work, said, lambda: ("tasks:opinion", found.pk), **words)


@require_http_methods(["GET", "POST"])
def opinion_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    account, on, found = account_of(request), clock.today(), _opinion(request, pk)
    rules.can_withdraw_opinion(account, found, on).require()
    form = WithdrawForm(posted(request))

    def work(values: Values) -> None:
        actions.withdraw_opinion(found.pk, **values, by=account, at=clock.now())

    words = _words_on(found, _("Withdraw the request"), _("Withdraw"))
    return _written(request, form, work, _("Stored."), lambda: ("tasks:opinion", found.pk), **words)
