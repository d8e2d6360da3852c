"""What is done to a comparison of models: begun, changed, costs, opinions asked and given, a draft chosen."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.common.verdict import Refused
from trienkhai.orgs import rules_comparing as rules
from trienkhai.orgs.actions import comparing as actions
from trienkhai.orgs.forms_comparing import (
    AskForm,
    ChooseForm,
    ComparisonForm,
    OpinionForm,
    WordsForm,
    cost_rows,
    read_costs,
)
from trienkhai.orgs.models import Comparison, Reorganisation, UnitOpinion
from trienkhai.orgs.queries_comparing import columns_of, to_ask
from trienkhai.orgs.views.comparing import crumbs, seen
from trienkhai.orgs.views.reorganising import show
from trienkhai.people.requests import account_of

BOTH = ["GET", "POST"]


def answer(request: HttpRequest, form: Any, comparison: Comparison | None, **words: Any) -> HttpResponse:
    back = reverse("orgs:comparison", args=[comparison.pk]) if comparison else reverse("orgs:comparisons")
    context = {"form": form, "back": back, "crumbs": crumbs(comparison)} | words
    return page(request, "orgs/comparing/form.html", context, part="form", status=422 if form.errors else 200)


def stored(form: Any, act: Callable[[], Any]) -> Any:
    """What the action returns; None when it says something against it, which then stands in the form."""
    try:
        return act()
    except (ValidationError, Refused) as fault:
        show(form, fault)
        return None


def _open_files(offices: Any) -> list[Reorganisation]:
    state = Reorganisation.State
    rows = Reorganisation.objects.filter(office__in=offices, state__in=[state.DRAFT, state.RETURNED])
    return list(rows.select_related("office__present").order_by("office__path", "effective_on", "pk")[:100])


@require_http_methods(BOTH)
def comparison_new(request: HttpRequest) -> HttpResponse:
    account, on = account_of(request), clock.today()
    offices = rules.files.preparing_offices(account, on)
    if not offices.exists():
        raise Http404
    files = _open_files(offices)
    form = ComparisonForm(request.POST or None, files=files)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        values["files"] = values.pop("drafts")
        office = next(file.office for file in files if file.pk == values["files"][0])
        made = stored(form, lambda: actions.begin_comparison(office, **values, by=account, at=clock.now()))
        if made:
            return go(request, "orgs:comparison", made.pk)
    words = {"title": _("New comparison of models"), "label": _("Compare"), "nothing": not files}
    return answer(request, form, None, **words)


@require_http_methods(BOTH)
def comparison_edit(request: HttpRequest, pk: int) -> HttpResponse:
    account, one, on = account_of(request), seen(request, pk), clock.today()
    if not rules.can_change(account, one, on):
        raise Http404
    initial: dict[str, Any] = {"title": one.title, "question": one.question}
    if rules.can_change_drafts(account, one, on):
        held = [draft.reorganisation for draft in one.drafts.select_related("reorganisation__office__present")]
        rows = {file.pk: file for file in [*held, *_open_files([one.office])]}
        initial["drafts"] = [file.pk for file in held]
        form: Any = ComparisonForm(request.POST or None, initial=initial, files=rows.values())
    else:
        form = WordsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        values["files"] = values.pop("drafts", None)
        if stored(form, lambda: actions.change_comparison(one.pk, **values, by=account, at=clock.now())):
            return go(request, "orgs:comparison", one.pk)
    return answer(request, form, one, title=_("Change the comparison"), label=_("Store"))


@require_http_methods(BOTH)
def comparison_costs(request: HttpRequest, pk: int) -> HttpResponse:
    """Lines of cost with an amount in each column."""
    account, one, on = account_of(request), seen(request, pk), clock.today()
    if not rules.can_change(account, one, on):
        raise Http404
    columns = _headings(one)
    keys = [key for key, _label, _title in columns]
    rows = cost_rows(request.POST if request.method == "POST" else None, keys, one.costs.all())
    faults: list[str] = []
    if request.method == "POST":
        try:
            actions.set_costs(one.pk, read_costs(rows), by=account, at=clock.now())
        except ValidationError as fault:
            faults = fault.messages
        else:
            return go(request, "orgs:comparison", one.pk)
    context = {"comparison": one, "columns": columns, "rows": rows, "faults": faults, "crumbs": crumbs(one)}
    return page(request, "orgs/comparing/costs.html", context, status=422 if faults else 200)


def _headings(one: Comparison) -> list[tuple[str, str, str]]:
    drafts = one.drafts.select_related("reorganisation")
    named = [(str(row.pk), _draft_label(row.position), row.reorganisation.title) for row in drafts]
    return [("0", _("At present"), one.office.name), *named]


def _draft_label(position: int) -> str:
    return pgettext("comparison", "Draft %(n)d") % {"n": position}


@require_http_methods(BOTH)
def comparison_ask(request: HttpRequest, pk: int) -> HttpResponse:
    account, one, on = account_of(request), seen(request, pk), clock.today()
    if not rules.can_change(account, one, on):
        raise Http404
    touched = to_ask(columns_of(one, on), on)
    asked = {row.unit_id: row.unit.name for row in one.opinions.select_related("unit__present")}
    offered = {unit: label for unit, label, led in touched if led}
    units = offered | {unit: name for unit, name in asked.items() if unit not in offered}
    initial = {"due_on": one.opinions_due_on, "units": list(asked) or list(offered)}
    form = AskForm(request.POST or None, initial=initial, units=units.items())
    if request.method == "POST" and form.is_valid():
        due_on = form.cleaned_data["due_on"]
        if stored(form, lambda: actions.ask_opinions(pk, form.chosen(), due_on=due_on, by=account, at=clock.now())):
            messages.success(request, _("The units have been asked."))
            return go(request, "orgs:comparison", pk)
    mute = [label for _unit, label, led in touched if not led]
    return answer(request, form, one, title=_("Ask the units concerned"), label=_("Ask for opinions"), mute=mute)


@require_http_methods(BOTH)
def opinion_give(request: HttpRequest, pk: int) -> HttpResponse:
    """A leader of the asked unit answers for it."""
    account, on = account_of(request), clock.today()
    rows = UnitOpinion.objects.filter(unit__in=rules.led_units(account, on))
    opinion = get_object_or_404(rows.select_related("comparison__office__present", "unit__present"), pk=pk)
    rules.can_answer(account, opinion, on).require()
    drafts = [(draft.pk, _choice(draft)) for draft in opinion.comparison.drafts.select_related("reorganisation")]
    chosen = str(opinion.preferred_id) if opinion.preferred_id else opinion.preference
    form = OpinionForm(request.POST or None, initial={"preference": chosen, "text": opinion.text}, drafts=drafts)
    valid = request.method == "POST" and form.is_valid()
    if valid and stored(form, lambda: actions.answer_opinion(pk, **form.values(), by=account, at=clock.now())):
        messages.success(request, _("The opinion of the unit has been given."))
        return go(request, "orgs:comparison", opinion.comparison_id)
    title = _("Opinion of %(unit)s") % {"unit": opinion.unit.name}
    return answer(request, form, opinion.comparison, title=title, label=_("Give the opinion"))


def _choice(draft: Any) -> str:
    return f"{_draft_label(draft.position)}: {draft.reorganisation.title}"


@require_http_methods(BOTH)
def comparison_choose(request: HttpRequest, pk: int) -> HttpResponse:
    account, one, on = account_of(request), seen(request, pk), clock.today()
    rules.can_choose(account, one, on).require()
    drafts = [(draft.pk, _choice(draft)) for draft in one.drafts.select_related("reorganisation")]
    form = ChooseForm(request.POST or None, drafts=drafts)
    if request.method == "POST" and form.is_valid():
        draft, reason = form.cleaned_data["draft"], form.cleaned_data["reason"]
        if stored(form, lambda: actions.choose_draft(pk, draft, reason=reason, by=account, at=clock.now())):
            messages.success(request, _("The draft was chosen; it now waits for approval."))
            return go(request, "orgs:comparison", pk)
    return answer(request, form, one, title=_("Choose a draft"), label=pgettext("comparison", "Choose"))


@require_POST
def comparison_try(request: HttpRequest, pk: int) -> HttpResponse:
    account, one = account_of(request), seen(request, pk)
    rules.can_change(account, one, clock.today()).require()
    actions.try_drafts(pk, by=account, at=clock.now())
    messages.success(request, _("The drafts were tried; nothing has changed in the organisation."))
    return go(request, "orgs:comparison", pk)


@require_POST
def comparison_close(request: HttpRequest, pk: int) -> HttpResponse:
    account, one = account_of(request), seen(request, pk)
    rules.can_close(account, one, clock.today()).require()
    actions.close_opinions(pk, by=account, at=clock.now())
    messages.success(request, _("The opinions are closed."))
    return go(request, "orgs:comparison", pk)
