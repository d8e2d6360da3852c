"""Lists: programmes and inspections, the work of a branch as an inspector reads it, the history of a unit."""

from datetime import date

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from trienkhai.common import clock
from trienkhai.common.htmx import page
from trienkhai.inspections import rules
from trienkhai.inspections.queries.branch import facts_below
from trienkhai.inspections.queries.history import history_of
from trienkhai.inspections.queries.remedies import remedies_of
from trienkhai.orgs.models import Unit
from trienkhai.orgs.rules import BRANCH_READERS, reads_below, work_reach
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of

PAGE = 50


@require_GET
def programmes(request: HttpRequest) -> HttpResponse:
    """Programmes in sight, and inspections in which own units are the subject."""
    account, on = account_of(request), clock.today()
    if not work_reach(account, on).grants:
        raise Http404
    going = Count("items__inspections", filter=~Q(items__inspections__state="dropped"), distinct=True)
    done = Count("items__inspections", filter=Q(items__inspections__state="concluded"), distinct=True)
    seen = rules.visible_programmes(account, on)
    rows = seen.annotate(going=going, done=done, items_in_all=Count("items", distinct=True))
    rows = rows.select_related("unit__present").order_by("-year", "unit__path", "pk")
    about = rules.visible_inspections(account, on).begun().exclude(item__programme__in=seen)
    about = about.select_related("unit__present", "held_by__present", "item__programme__unit__present")
    ids = rules.inspecting_ids(account, on)
    context = {
        "programmes": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "subjects": list(about.order_by("-began_on", "-pk")[:PAGE]),
        "begins": list(Unit.objects.filter(pk__in=ids, closed_on__gt=on).select_related("present").order_by("path")),
        "reads_work": bool(_branches(account, on)),
        "on": on,
    }
    return page(request, "inspections/programmes.html", context)


def _branches(account: Account, on: date) -> set[int]:
    return {grant.unit_id for grant in work_reach(account, on).of(*BRANCH_READERS).grants if grant.branch}


@require_GET
def work(request: HttpRequest) -> HttpResponse:
    """Read-only: the work of each unit directly below by what an inspector asks after; every number opens its rows."""
    account, on = account_of(request), clock.today()
    asked = request.GET.get("don-vi", "")
    ids = _branches(account, on)
    own = Unit.objects.filter(pk__in=ids, path__isnull=False).select_related("present").order_by("path")
    if asked:
        number = int(asked) if asked.isdecimal() and len(asked) < 12 else 0
        unit = get_object_or_404(Unit.objects.select_related("present"), pk=number)
    elif (first := own.first()) is not None:
        unit = first
    else:
        raise Http404
    if not reads_below(account, unit, on):
        raise Http404
    context = {
        "unit": unit,
        "lines": facts_below(unit, on),
        "crumbs": [{"label": _("Inspection"), "url": reverse("inspections:programmes")}],
    }
    return page(request, "inspections/work.html", context)


@require_GET
def history(request: HttpRequest, unit: int) -> HttpResponse:
    """All inspections of a unit and of those it took over from; the findings that are open now."""
    account, on = account_of(request), clock.today()
    rows = Unit.objects.filter(work_reach(account, on).q()).select_related("present")
    found = get_object_or_404(rows, pk=unit)
    told = history_of(found, rules.visible_inspections(account, on))
    remedies = remedies_of(told.open_rows)
    context = {
        "unit": found,
        "history": told,
        "findings": [(row, remedies[row.pk], remedies[row.pk].is_late(on)) for row in told.open_rows],
        "ended": rules.ended(found, on).reason if found.closed_on <= on else "",
        "crumbs": [{"label": _("Inspection"), "url": reverse("inspections:programmes")}],
    }
    return page(request, "inspections/history.html", context)
