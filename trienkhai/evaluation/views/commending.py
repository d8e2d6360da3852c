"""Commendation: the register of a year, a file with its evidence and opinions, proposing and deciding."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from trienkhai.common import clock
from trienkhai.common.htmx import page
from trienkhai.documents.rules import visible_documents
from trienkhai.evaluation import actions
from trienkhai.evaluation import rules_commending as rules
from trienkhai.evaluation.forms import ReasonForm
from trienkhai.evaluation.forms_commending import CommendationForm, DecisionForm, EvidenceForm, OpinionForm
from trienkhai.evaluation.models import Commendation, Kind
from trienkhai.evaluation.norms import FORMS, forms_of, named
from trienkhai.evaluation.queries.register import counts_in, register_of, waiting_in
from trienkhai.evaluation.rules import visible_sheets
from trienkhai.evaluation.views.common import answer
from trienkhai.norms.queries import any_day
from trienkhai.orgs.models import Unit
from trienkhai.people.requests import account_of

PAGE = 50
WAITING = 50


def _crumb() -> dict[str, str]:
    return {"label": _("Commendation"), "url": reverse("evaluation:register")}


def _seen(request: HttpRequest, pk: int) -> Commendation:
    rows = rules.visible_commendations(account_of(request), clock.today())
    joined = rows.select_related("unit__present", "decider__present", "proposed_by", "decided_by", "sheet__campaign")
    return get_object_or_404(joined, pk=pk)


@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """What was commended in a year, with what waits above it."""
    account, on = account_of(request), clock.today()
    if not rules.reads_register(account, on):
        raise Http404
    asked = request.GET.get("nam", "")
    year = int(asked) if asked.isdecimal() and len(asked) == len("2017") and 1990 <= int(asked) <= 2199 else on.year
    rows = rules.visible_commendations(account, on)
    kind = request.GET.get("loai", "")
    kind = kind if kind in Kind.values else ""
    shown = Paginator(register_of(rows, year, kind), PAGE).get_page(request.GET.get("page"))
    counts, waiting = counts_in(rows, year), waiting_in(rows)
    known = any_day(FORMS)
    context = {
        "year": year,
        "page": shown,
        "waiting": _with_forms(waiting[:WAITING], known, on),
        "waiting_count": waiting.count(),
        "given": _with_forms(shown, known, on),
        "kind": Kind(kind).label if kind else "",
        "counts": [(one, Kind(one).label, counts.get(one, 0)) for one in Kind.values],
        "units": rules.proposing_units(account, on),
    }
    return page(request, "evaluation/register.html", context)


def _with_forms(rows: Iterable[Commendation], known: Any, on: date) -> list[tuple[Commendation, str]]:
    """Each with the name of its form, as the deciding unit has it."""
    found = []
    for row in rows:
        forms = known(on, row.decider.path or "") or {}
        found.append((row, named(forms.get(row.form, {"code": row.form}))))
    return found


@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, unit: int) -> HttpResponse:
    account, on = account_of(request), clock.today()
    found = get_object_or_404(
        Unit.objects.select_related("present"), pk=unit, pk__in=[one.pk for one in rules.proposing_units(account, on)]
    )
    form = CommendationForm(request.POST or None, unit=found, account=account, on=on)

    def act() -> Commendation:
        return actions.propose_commendation(found, **form.cleaned_data, by=account, at=clock.now())

    words: dict[str, Any] = {
        "title": _("Propose a commendation"),
        "lead": found.name,
        "verb": _("Propose"),
        "crumbs": [_crumb()],
    }
    return answer(request, form, act, back=reverse("evaluation:register"), to="evaluation:commendation", **words)


@require_GET
def commendation(request: HttpRequest, pk: int) -> HttpResponse:
    account, on = account_of(request), clock.today()
    found = _seen(request, pk)
    papers = list(found.papers.select_related("document").order_by("pk"))
    listed = [row.document_id for row in papers]
    opens = set(visible_documents(account, on).filter(pk__in=listed).values_list("pk", flat=True))
    names = {code: named(row) for code, row in forms_of(on, found.decider.path or "").items()}
    context: dict[str, Any] = {
        "row": found,
        "form_name": names.get(found.form, found.form),
        "papers": papers,
        "opens": opens,
        "opinions": found.opinions.select_related("by").order_by("at"),
        "sheet": visible_sheets(account, on).filter(pk=found.sheet_id or 0).select_related("campaign").first(),
        "may": {
            "change": rules.can_change(account, found, on),
            "opinion": rules.can_give_opinion(account, found, on),
            "decide": rules.can_decide(account, found, on),
        },
        "crumbs": [_crumb()],
    }
    return page(request, "evaluation/commendation.html", context)


def _verb(request: HttpRequest, pk: int, rule: Any, form: Any, act: Any, **words: Any) -> HttpResponse:
    """A form on a file in sight for which the rule allows."""
    found = _seen(request, pk)
    rule(account_of(request), found, clock.today()).require()
    back = reverse("evaluation:commendation", args=[found.pk])
    crumbs = [_crumb(), {"label": found.name, "url": back}]

    def run() -> object:
        return act(found.pk, by=account_of(request), at=clock.now())

    return answer(request, form, run, back=back, lead=found.name, crumbs=crumbs, **words)


@require_http_methods(["GET", "POST"])
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    form = EvidenceForm(request.POST or None, account=account_of(request), on=clock.today())

    def act(key: int, **who: Any) -> object:
        return actions.add_evidence(key, form.cleaned_data["document"], **who)

    return _verb(request, pk, rules.can_change, form, act, title=_("Add evidence"), verb=_("Add"))


@require_http_methods(["GET", "POST"])
def opinion(request: HttpRequest, pk: int) -> HttpResponse:
    form = OpinionForm(request.POST or None)

    def act(key: int, **who: Any) -> object:
        return actions.give_opinion(key, **form.cleaned_data, **who)

    return _verb(request, pk, rules.can_give_opinion, form, act, title=_("Give an opinion"), verb=_("Store"))


@require_http_methods(["GET", "POST"])
def commend(request: HttpRequest, pk: int) -> HttpResponse:
    form = DecisionForm(request.POST or None, initial={"decided_on": clock.today()})

    def act(key: int, **who: Any) -> object:
        return actions.commend(key, **form.cleaned_data, **who)

    return _verb(
        request,
        pk,
        rules.can_decide,
        form,
        act,
        title=_("Decide the commendation"),
        verb=pgettext("commendation", "Decide"),
    )


@require_http_methods(["GET", "POST"])
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    form = ReasonForm(request.POST or None)

    def act(key: int, **who: Any) -> object:
        return actions.refuse_commendation(key, **form.cleaned_data, **who)

    return _verb(request, pk, rules.can_decide, form, act, title=_("Do not commend"), verb=_("Do not commend"))
