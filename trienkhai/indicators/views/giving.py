"""Giving an indicator down, what each holder is to reach, taking it back."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.indicators import actions, rules
from trienkhai.indicators.actions.giving import title_of
from trienkhai.indicators.forms import EndForm, GiftForm, TargetsForm, WeightsForm, show
from trienkhai.indicators.models import Giving, Holder, Indicator, Target
from trienkhai.indicators.periods import Period, periods_between
from trienkhai.indicators.views.pages import PAGE, context_of, indicator_of, number_asked, year_asked
from trienkhai.orgs.choosing import SelectionForm, counts_of
from trienkhai.orgs.models import Unit
from trienkhai.people.requests import account_of


def _giver(request: HttpRequest, found: Indicator) -> Unit:
    """The unit of the address, else the owner, else the first for which the person may give it. Raises Refused."""
    account, on = account_of(request), clock.today()
    units = rules.defining_units(account, on)
    asked = number_asked(request)
    able = [unit for unit in units if rules.can_give(account, found, unit, on)]
    wanted = [unit for unit in able if unit.pk == asked] or [unit for unit in able if unit.pk == found.unit_id] or able
    if not wanted:
        rules.can_give(account, found, found.unit, on).require()
    return wanted[0]


def _periods(found: Indicator, year: int) -> list[Period]:
    return list(periods_between(found, date(year, 1, 1), date(year, 12, 31)))


@require_http_methods(["GET", "POST"])
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose who holds it, count them, give it to all in one act."""
    found, on = indicator_of(request, pk), clock.today()
    giver, year = _giver(request, found), year_asked(request, on)
    posted = request.POST if request.method == "POST" else None
    last = Giving.objects.filter(indicator=found, giver=giver).order_by("-pk").first()
    chosen = SelectionForm(posted, unit=giver, on=on, current=last.selection if last else "children")
    holder = Holder.objects.filter(indicator=found, unit=giver).first()
    form = GiftForm(posted, periods=_periods(found, year), own=bool(holder and holder.enters))
    counts = None
    if posted and all([chosen.is_valid(), form.is_valid()]):
        if "preview" in posted:
            counts = counts_of(chosen.selection, giver, on)
        elif given := _given(request, found, giver, chosen, form):
            words = ngettext("Given to %(n)d unit.", "Given to %(n)d units.", given.count)
            messages.success(request, words % {"n": given.count})
            return go(request, f"{_targets_url(found, giver, year)}")
    wrong = chosen.errors or form.errors
    more = {"form": form, "chosen": chosen, "counts": counts, "last": last, "year": year}
    context = context_of(found, title_of(found), giver, **more)
    return page(request, "indicators/give.html", context, part="form", status=422 if wrong else 200)


def _targets_url(found: Indicator, giver: Unit, year: int) -> str:
    return f"{reverse('indicators:targets', args=[found.pk])}?don-vi={giver.pk}&nam={year}"


def _given(request: HttpRequest, found: Indicator, giver: Unit, chosen: SelectionForm, form: GiftForm) -> Giving | None:
    gift = actions.Gift(chosen.selection, form.targets(), own=form.cleaned_data["own"])
    try:
        return actions.give_indicator(found.pk, giver, gift, by=account_of(request), at=clock.now())
    except ValidationError as fault:
        show(form, fault)
        return None


@require_http_methods(["GET", "POST"])
def targets(request: HttpRequest, pk: int) -> HttpResponse:
    """What each unit to which this unit gave it is to reach in each period of a year."""
    found, on = indicator_of(request, pk), clock.today()
    giver, year = _giver(request, found), year_asked(request, on)
    rows = Holder.objects.filter(indicator=found, giver=giver, valid_to__gt=on).select_related("unit__present")
    shown = Paginator(rows.order_by("unit__path"), PAGE).get_page(request.GET.get("page"))
    periods = _periods(found, year)
    known = _known(shown.object_list, periods)
    posted = request.POST if request.method == "POST" else None
    form = TargetsForm(posted, indicator=found, holders=[row.pk for row in shown], periods=periods, known=known)
    if posted and form.is_valid():
        try:
            done = actions.set_targets(found.pk, giver, form.numbers(), by=account_of(request), at=clock.now())
            words = ngettext("%(n)d target changed.", "%(n)d targets changed.", done)
            messages.success(request, words % {"n": done})
            return go(request, request.get_full_path())
        except ValidationError as fault:
            show(form, fault)
    more: dict[str, Any] = {
        "form": form,
        "periods": periods,
        "rows": [(row, list(zip(periods, form.row(row.pk), strict=True))) for row in shown],
        "page": shown,
        "year": year,
        "definition": found.definitions.order_by("-version").first(),
        "on": on,
    }
    context = context_of(found, title_of(found), giver, **more)
    return page(request, "indicators/targets.html", context, part="form", status=422 if form.errors else 200)


def _known(holders: Any, periods: list[Period]) -> dict[tuple[int, date], Any]:
    starts = [period.start for period in periods]
    rows = Target.objects.filter(holder__in=[row.pk for row in holders], period_start__in=starts)
    return {(row.holder_id, row.period_start): row.number for row in rows}


@require_http_methods(["GET", "POST"])
def weights(request: HttpRequest, pk: int) -> HttpResponse:
    """How much each unit counts in a weighted mean."""
    found, on = indicator_of(request, pk), clock.today()
    giver, year = _giver(request, found), year_asked(request, on)
    rows = Holder.objects.filter(indicator=found, giver=giver, valid_to__gt=on).select_related("unit__present")
    shown = Paginator(rows.order_by("unit__path"), PAGE).get_page(request.GET.get("page"))
    form = WeightsForm(request.POST or None, holders=shown.object_list)
    if request.method == "POST" and form.is_valid():
        try:
            done = actions.set_weights(found.pk, giver, form.weights(), by=account_of(request), at=clock.now())
            words = ngettext("%(n)d weight changed.", "%(n)d weights changed.", done)
            messages.success(request, words % {"n": done})
            return go(request, request.get_full_path())
        except ValidationError as fault:
            show(form, fault)
    context = context_of(found, title_of(found), giver, form=form, page=shown, year=year)
    return page(request, "indicators/weights.html", context, part="form", status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    account, on = account_of(request), clock.today()
    rows = rules.visible_holders(account, on).select_related(
        "indicator__unit__present", "unit__present", "giver__present"
    )
    holder = get_object_or_404(rows, pk=pk)
    rules.can_take_back(account, holder, on).require()
    form = EndForm(request.POST or None, initial={"last_day": on})
    if request.method == "POST" and form.is_valid():
        try:
            actions.take_back(holder.pk, **form.cleaned_data, by=account, at=clock.now())
            messages.success(
                request, _("%(unit)s does not hold the indicator any more.") % {"unit": holder.unit.short_name}
            )
            return go(request, _targets_url(holder.indicator, holder.giver, on.year))
        except ValidationError as fault:
            show(form, fault)
    context = context_of(holder.indicator, title_of(holder.indicator), holder.giver, form=form, holder=holder)
    return page(request, "indicators/take_back.html", context, part="form", status=422 if form.errors else 200)
