"""Numbers of the branches below a unit, and the people and units behind each."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from trienkhai.common import clock
from trienkhai.common.htmx import page
from trienkhai.conduct import rules
from trienkhai.conduct.queries import PEOPLE, UNITS, counts_within, lines_below, people_behind, seats_of
from trienkhai.conduct.views.common import crumbs, own_units, reads_names, unit_of, year_of
from trienkhai.orgs.models import Unit
from trienkhai.orgs.rules import reads_below
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of

PAGE = 50
SUMMED = {"members": "members", "members_committed": "committed"}
"""Numbers summed from what units told, by the field in which they told it."""


@require_GET
def below(request: HttpRequest) -> HttpResponse:
    """Numbers for each unit directly below with its branch; each opens the people or units that it counts."""
    account, on = account_of(request), clock.today()
    unit, asked = unit_of(request, account, on, own_units(account, on)), year_of(request, on)
    lines = lines_below(unit, asked, on) if reads_below(account, unit, on) else []
    context = {"unit": unit, "year": asked, "lines": lines, "crumbs": crumbs(unit, asked)}
    return page(request, "conduct/below.html", context)


@require_GET
def rows(request: HttpRequest, fact: str) -> HttpResponse:
    """Behind one number of a unit with all below it: people for those who read names, units with what they told."""
    account, on = account_of(request), clock.today()
    unit, year = unit_of(request, account, on, own_units(account, on)), year_of(request, on)
    if fact not in (*PEOPLE, *UNITS) or not reads_below(account, unit, on):
        raise Http404
    found = _people if fact in PEOPLE else _units
    context = {"unit": unit, "year": year, "name": _name(fact), "crumbs": crumbs(unit, year)}
    given = found(account, unit, year, fact, on, request.GET.get("page"))
    return page(request, "conduct/below_rows.html", context | given)


def _name(fact: str) -> str:
    return {
        "leaders": pgettext("conduct", "Leaders"),
        "committed": pgettext("conduct", "Committed"),
        "half": pgettext("conduct", "Reviewed at six months"),
        "year": pgettext("conduct", "Reviewed at the end of the year"),
        "members": _("Members"),
        "members_committed": _("Members committed"),
        "units_told": _("Units that told"),
    }[fact]


def _people(account: Account, unit: Unit, year: int, fact: str, on: date, number: str | None) -> dict[str, Any]:
    """Who holds which post is for all who see the unit; who committed, for those who read names."""
    found = people_behind(unit, year, fact, on)
    if fact != "leaders" and not reads_names(account, unit, on):
        return {"total": found.count(), "unseen": found.count()}
    shown = Paginator(found, PAGE).get_page(number)
    seats = seats_of(list(shown), unit, year, on)
    made = rules.visible_commitments(account, on).going_on().filter(year=year, member=None, account__in=list(shown))
    opens = dict(made.values_list("account", "pk"))
    people = [(one, seats.get(one.pk, []), opens.get(one.pk)) for one in shown]
    return {"total": shown.paginator.count, "shown": shown, "people": people}


def _units(account: Account, unit: Unit, year: int, fact: str, on: date, number: str | None) -> dict[str, Any]:
    told = counts_within(unit.path or "", year).filter(pk__in=rules.visible_counts(account, on).values("pk"))
    shown = Paginator(told.select_related("unit__present").order_by("unit__path", "pk"), PAGE).get_page(number)
    total = told.aggregate(n=Sum(SUMMED[fact]))["n"] or 0 if fact in SUMMED else shown.paginator.count
    return {"total": total, "shown": shown, "summed": fact in SUMMED}
