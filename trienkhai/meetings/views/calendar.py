"""The year of a unit, planning it, and what the units below held."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.meetings import actions, rules
from trienkhai.meetings.forms import MeetingForm, YearForm, body_names
from trienkhai.meetings.models import Kind, Meeting
from trienkhai.meetings.queries import FACTS, facts_below, months_of, rows_of_fact, unsent_below
from trienkhai.meetings.views.common import show
from trienkhai.norms.queries import value
from trienkhai.orgs.models import Unit
from trienkhai.orgs.rules import BRANCH_READERS, work_reach
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of

PAGE = 50


def _units(account: Account, on: date) -> list[Unit]:
    ids = rules.own_ids(account, on)
    rows = Unit.objects.filter(pk__in=ids, path__isnull=False).select_related("present").order_by("path")
    return list(rows)


def _unit(request: HttpRequest, account: Account, on: date, own: list[Unit]) -> Unit:
    """The unit asked for, own or in reach; else the highest own one. 404 for nobody's."""
    asked = request.GET.get("don-vi", "")
    if not asked:
        if not own:
            raise Http404
        return own[0]
    if found := next((unit for unit in own if str(unit.pk) == asked), None):
        return found
    number = int(asked) if asked.isdecimal() and len(asked) < 12 else 0
    return get_object_or_404(Unit.objects.filter(work_reach(account, on).q()).select_related("present"), pk=number)


def _year(request: HttpRequest, on: date) -> int:
    asked = request.GET.get("nam", "")
    return int(asked) if asked.isdecimal() and len(asked) == 4 and 1990 <= int(asked) <= 2199 else on.year


@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    """The twelve months of a unit: planned, held, sent up. Units above see the facts."""
    account, on = account_of(request), clock.today()
    own = _units(account, on)
    unit, year = _unit(request, account, on, own), _year(request, on)
    inside = unit.pk in {one.pk for one in own}
    rows = rules.visible_meetings(account, on).filter(unit=unit).select_related("unit__present")
    context = {
        "unit": unit,
        "units": own,
        "year": year,
        "months": months_of(rows, year),
        "inside": inside,
        "late": set(rows.overdue(on).values_list("pk", flat=True)),
        "bodies": body_names(unit, on),
        "may_convene": bool(rules.can_convene(account, unit, on)) if inside else False,
        "reads_below": _reads_below(account, unit, on),
        "on": on,
    }
    return page(request, "meetings/calendar.html", context)


def _reads_below(account: Account, unit: Unit, on: date) -> bool:
    grants = work_reach(account, on).of(*BRANCH_READERS).grants
    return any(grant.branch and grant.covers(unit.path or "") for grant in grants)


def _branch(request: HttpRequest, account: Account, on: date) -> tuple[Unit, int]:
    """Unit and year asked for, of whose branch the person reads the facts."""
    grants = [grant for grant in work_reach(account, on).of(*BRANCH_READERS).grants if grant.branch]
    ids = {grant.unit_id for grant in grants}
    own = list(Unit.objects.filter(pk__in=ids).select_related("present").order_by("path"))
    unit, year = _unit(request, account, on, own), _year(request, on)
    if not _reads_below(account, unit, on):
        raise Http404
    return unit, year


@require_GET
def below(request: HttpRequest) -> HttpResponse:
    """Facts of the year for each unit directly below, and the minutes that have not come."""
    account, on = account_of(request), clock.today()
    unit, year = _branch(request, account, on)
    rows = rules.branch_meetings(account, on)
    missing = Paginator(unsent_below(rows, unit, year, on), PAGE).get_page(request.GET.get("page"))
    crumb = {"label": _("Meetings"), "url": f"{reverse('meetings:calendar')}?don-vi={unit.pk}&nam={year}"}
    context = {
        "unit": unit,
        "year": year,
        "lines": facts_below(rows, unit, year, on),
        "missing": missing,
        "late": {row.pk for row in missing if row.is_overdue(on)},
        "bodies": body_names(unit, on),
        "crumbs": [crumb],
    }
    return page(request, "meetings/below.html", context)


@require_GET
def below_rows(request: HttpRequest, fact: str) -> HttpResponse:
    """The meetings behind one number of a unit with all below it."""
    account, on = account_of(request), clock.today()
    if fact not in FACTS:
        raise Http404
    unit, year = _branch(request, account, on)
    found = rows_of_fact(rules.branch_meetings(account, on), unit, year, fact, on)
    shown = Paginator(found, PAGE).get_page(request.GET.get("page"))
    names = {
        "planned": pgettext("meetings", "Planned"),
        "held": pgettext("meetings", "Held"),
        "sent": _("Minutes sent"),
        "overdue": _("Minutes overdue"),
        "missed": _("Not held on the day"),
    }
    context = {
        "unit": unit,
        "year": year,
        "name": names[fact],
        "shown": shown,
        "late": {row.pk for row in shown if row.is_overdue(on)},
        "bodies": body_names(unit, on),
        "crumbs": [{"label": _("Meetings"), "url": f"{reverse('meetings:calendar')}?don-vi={unit.pk}&nam={year}"}],
    }
    return page(request, "meetings/below_rows.html", context)


def _convening(request: HttpRequest, pk: int) -> Unit:
    """One of the units for which the person convenes; a stranger finds nothing."""
    account, on = account_of(request), clock.today()
    found = get_object_or_404(Unit.objects.filter(pk__in=rules.own_ids(account, on)).select_related("present"), pk=pk)
    rules.can_convene(account, found, on).require()
    return found


def _crumbs(unit: Unit) -> list[dict[str, str]]:
    return [{"label": _("Meetings"), "url": f"{reverse('meetings:calendar')}?don-vi={unit.pk}"}]


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, unit: int) -> HttpResponse:
    """Plan one meeting."""
    found, on = _convening(request, unit), clock.today()
    initial = {"kind": Kind.REGULAR, "hour": "08:00"}
    form = MeetingForm(request.POST or None, unit=found, on=on, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.plan_meeting(found, form.details(), by=account_of(request), at=clock.now())
        except ValidationError as fault:
            show(form, fault)
        else:
            messages.success(request, _("The meeting is planned; look through its agenda, then send the invitation."))
            return go(request, "meetings:meeting", made.pk)
    context = {"form": form, "unit": found, "crumbs": _crumbs(found)}
    return page(request, "meetings/meeting_form.html", context, part="form", status=422 if form.errors else 200)


def _year_planned(request: HttpRequest, unit: Unit, form: YearForm) -> list[Meeting] | None:
    """None where something was wrong, which stands on the form: the bodies of that year may be others than today's."""
    given, by = form.cleaned_data, account_of(request)
    words = {"year": given["year"], "months": given["months"]}
    try:
        return actions.plan_year(unit, form.details(), **words, by=by, at=clock.now())
    except ValidationError as fault:
        show(form, fault)
        return None


@require_http_methods(["GET", "POST"])
def plan_year(request: HttpRequest, unit: int) -> HttpResponse:
    """Plan the regular meetings of a year."""
    found, on = _convening(request, unit), clock.today()
    initial = {
        "year": on.year,
        "hour": "08:00",
        "day_of_month": value("meetings.regular_day", on=on, place=found.path or ""),
        "months": list(range(1, 13)),
    }
    form = YearForm(request.POST or None, unit=found, on=on, initial=initial)
    if request.method == "POST" and form.is_valid() and (made := _year_planned(request, found, form)) is not None:
        given = form.cleaned_data
        said = ngettext("%(n)d meeting is planned.", "%(n)d meetings are planned.", len(made))
        messages.success(request, said % {"n": len(made)})
        return go(request, f"{reverse('meetings:calendar')}?don-vi={found.pk}&nam={given['year']}")
    context = {"form": form, "unit": found, "crumbs": _crumbs(found)}
    return page(request, "meetings/year_form.html", context, part="form", status=422 if form.errors else 200)
