"""Where lists of members by name stand, and switching them on and off for a branch."""

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.orgs import rules, rules_roster
from trienkhai.orgs.actions import roster
from trienkhai.orgs.forms_roster import SwitchOffForm, SwitchOnForm
from trienkhai.orgs.models import Role, UnitQuerySet
from trienkhai.orgs.queries_roster import held_by
from trienkhai.orgs.views.upkeep import answer, managed
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of

SHOWN = 100


def _to_switch_on(account: Account, on: date) -> UnitQuerySet:
    """The units at the head of what the person administers, where nothing is switched on."""
    heads = {grant.unit_id for grant in rules.reach_of(account, on).of(Role.ADMIN).grants}
    rows = rules.managed_units(account, on).filter(pk__in=heads).exclude(rules_roster.rostered())
    return rows.select_related("present").order_by("path")


@require_GET
def rosters(request: HttpRequest) -> HttpResponse:
    """The branches where lists are switched on, for administrators; the lists that the person may open."""
    account, today = account_of(request), clock.today()
    lists = rules_roster.roster_units(account, today).select_related("present").order_by("path", "pk")
    switches = rules_roster.visible_switches(account, today).select_related("unit__present")
    administers = rules.reach_of(account, today).has(Role.ADMIN)
    found = list(lists.filter(closed_on__gt=today)[: SHOWN + 1])
    if not administers and not found:
        raise Http404
    context = {
        "administers": administers,
        "switches": [(row, held_by(row)) for row in switches.order_by("unit__path", "pk")],
        "lists": found[:SHOWN],
        "more": len(found) > SHOWN,
        "tops": _to_switch_on(account, today),
    }
    return page(request, "orgs/roster/rosters.html", context)


@require_http_methods(["GET", "POST"])
def switch_on(request: HttpRequest, pk: int) -> HttpResponse:
    account, today = account_of(request), clock.today()
    unit = managed(request, pk, today)
    form = SwitchOnForm(request.POST or None, initial={"decided_on": today})

    def work(values: dict[str, Any], at: datetime) -> None:
        roster.switch_on(unit, **values, by=account, at=at)

    words = {"title": _("Keep the members of this branch by name"), "label": _("Switch on")}
    done = _("Units of this branch keep their members by name from today on.")
    return answer(request, unit, form, work, done=done, back=reverse("orgs:rosters"), **words)


@require_http_methods(["GET", "POST"])
def switch_off(request: HttpRequest, pk: int) -> HttpResponse:
    """How many names would be erased, and the step itself."""
    account, today = account_of(request), clock.today()
    switch = get_object_or_404(rules_roster.visible_switches(account, today).select_related("unit__present"), pk=pk)
    held = held_by(switch)
    form = SwitchOffForm(request.POST or None, count=held.names)
    if request.method == "POST" and form.is_valid():
        try:
            gone = roster.switch_off(pk, names=form.cleaned_data["names"], by=account, at=clock.now())
        except ValidationError as fault:
            form = SwitchOffForm(count=held_by(switch).names)
            context = {"switch": switch, "held": held_by(switch), "form": form, "fault": " ".join(fault.messages)}
            return page(request, "orgs/roster/off.html", context, status=422)
        words = ngettext(
            "Switched off. %(n)d name has been erased.", "Switched off. %(n)d names have been erased.", gone
        )
        messages.success(request, words % {"n": gone})
        return go(request, "orgs:rosters")
    context = {"switch": switch, "held": held, "form": form}
    return page(request, "orgs/roster/off.html", context, status=422 if form.errors else 200)
