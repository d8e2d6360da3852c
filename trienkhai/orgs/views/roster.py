"""The list of members of one unit: its numbers for a look, its names by a button of its own, which is an act."""

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from trienkhai.common import clock
from trienkhai.common.htmx import page
from trienkhai.orgs import rules_roster
from trienkhai.orgs.actions import roster as lists
from trienkhai.orgs.forms_posts import language
from trienkhai.orgs.forms_roster import MemberForm
from trienkhai.orgs.models import RosterTransfer, Unit
from trienkhai.orgs.queries_members import last_counts
from trienkhai.orgs.queries_posts import names_in
from trienkhai.orgs.queries_roster import first_day, namesakes, roster_on
from trienkhai.orgs.views.upkeep import answer
from trienkhai.people.requests import account_of


def unit_or_404(request: HttpRequest, pk: int) -> Unit:
    """A unit whose list the person may read; for all others there is none."""
    units = rules_roster.roster_units(account_of(request), clock.today())
    return get_object_or_404(units.select_related("present"), pk=pk)


def kept_or_404(request: HttpRequest, pk: int) -> Unit:
    units = rules_roster.kept_units(account_of(request), clock.today())
    return get_object_or_404(units.select_related("present"), pk=pk)


def _day(request: HttpRequest, today: date) -> date:
    try:
        on = date.fromisoformat(request.POST.get("ngay", ""))
    except ValueError:
        return today
    return min(on, today)


@require_http_methods(["GET", "POST"])
@never_cache
def roster(request: HttpRequest, pk: int) -> HttpResponse:
    """A look shows numbers alone. The button (POST) shows the names, as on a day, and leaves an act each time."""
    account, today = account_of(request), clock.today()
    unit, on = unit_or_404(request, pk), _day(request, today)
    rows = lists.read_roster(unit, on=on, by=account, at=clock.now()) if request.method == "POST" else None
    names = names_in("members.classes", on, language())
    numbers = dict(last_counts([unit.pk], on).filter(counted=True).values_list("kind", "number"))
    asked = RosterTransfer.objects.filter(to_unit=unit).select_related("span__member", "span__unit__present")
    context = {
        "unit": unit,
        "on": on,
        "past": on != today,
        "first": first_day(unit),
        "rows": None if rows is None else [(row, names.get(row.kind, row.kind)) for row in rows],
        "asked": asked.order_by("pk"),
        "classes": [(label, numbers.get(name, 0)) for name, label in names.items()],
        "empty": not roster_on(unit, today).exists(),
        "keeps": bool(rules_roster.can_keep_roster(account, unit, today)),
        "crumbs": [{"label": unit.name, "url": reverse("orgs:unit", args=[unit.pk])}],
    }
    return page(request, "orgs/roster/roster.html", context)


@require_http_methods(["GET", "POST"])
def member_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A new row. The same name twice is stored, with a warning."""
    account, today = account_of(request), clock.today()
    unit = kept_or_404(request, pk)
    form = MemberForm(request.POST or None, initial={"valid_from": today}, unit=unit, on=today)

    def work(values: dict[str, Any], at: datetime) -> None:
        made = lists.add_member(unit, form.listed(), by=account, at=at)
        for other in namesakes(made):
            words = _("Row %(number)d of this list has the same name. If it is the same person, take one row away.")
            messages.warning(request, words % {"number": other.pk})

    words = {"title": _("Add a member"), "label": _("Store"), "done": _("The member has been listed.")}
    back = reverse("orgs:roster", args=[pk])
    return answer(request, unit, form, work, back=back, kept="", **words)
