"""The overview of a person's reports; a period with its completeness and timeliness, by branch."""

from typing import Any

from django.contrib import messages
from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.common.templatetags.show import day as show_day
from trienkhai.orgs.choosing import in_words
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.places import Places, asked_places, switch
from trienkhai.orgs.rules import reach_of, visible_units
from trienkhai.people.requests import account_of
from trienkhai.reports import actions, rules, spreadsheets
from trienkhai.reports.entries import to_fill
from trienkhai.reports.models import FormState, PeriodReport
from trienkhai.reports.queries import completeness as queries
from trienkhai.reports.queries.forms import unopened
from trienkhai.reports.views.pages import branch_asked, download, paged, period_crumbs, seen_period
from trienkhai.reports.views.reading import XLSX
from trienkhai.reports.wording import period_words

LAST = 12


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """What own units have to report, what waits for a decision, the forms in sight with their last period."""
    account, on = account_of(request), clock.today()
    reports = to_fill(account)
    forms = rules.visible_forms(account, on).filter(state=FormState.IN_FORCE).select_related("unit__present")
    last = forms.annotate(last=Max("periods__starts_on")).order_by("unit__path", "title")[:100]
    own = rules.filling_ids(account, on)
    sent = PeriodReport.objects.filter(held_by__in=own).exclude(state__in=("expected", "closed"))
    sent = sent.select_related("period__form", "held_by__present").order_by("-period__due_on", "-pk")[:LAST]
    context = {
        "reports": [(row, period_words(row.period.form, row.period)) for row in reports],
        "late": {row.pk for row in [*reports, *sent] if row.is_overdue(on)},
        "decisions": rules.awaiting_decision(account, on).count(),
        "decides": bool(reach_of(account, on).of(Role.LEADER).grants),
        "forms": last,
        "designs": bool(rules.designing_units(account, on)),
        "unopened": unopened(rules.managed_forms(account, on), on),
        "sent": [(row, period_words(row.period.form, row.period)) for row in sent],
        "on": on,
    }
    return page(request, "reports/overview.html", context)


@require_GET
def period(request: HttpRequest, pk: int) -> HttpResponse:
    """Expected, received, on time, late, missing, returned; by branch; the list behind each number."""
    account, on = account_of(request), clock.today()
    found = seen_period(request, pk)
    top, unit = branch_asked(request, account, on, found.form.unit)
    alone = not rules.reads_branch(account, unit, on)
    days = (found.starts_on, found.ends_on)
    places = asked_places(request, days, on)
    table = queries.by_branch(found, unit, on, alone=alone, places=places)
    shown = request.GET.get("o", "missing")
    shown = shown if shown in queries.FILTERS or shown == "expected" else "missing"
    rows = paged(request, queries.listed(found, unit, shown, on, alone=alone, places=places))
    office, as_of = found.form.unit, switch(request, days, on)
    context: dict[str, Any] = {
        "period": found,
        "form": found.form,
        "period_words": period_words(found.form, found),
        "unit": unit,
        "table": table,
        "shown": shown,
        "rows": rows,
        "filed": places.named(getattr(row, f"{queries.filed_under(places)}_id") for row in rows),
        "by_asked": places.on is not None,
        "seen": _ids(rules.visible_reports(account, on), [row.pk for row in rows]),
        "branches": _ids(visible_units(account, on), [line.unit.pk for line in table.lines]),
        "as_of": as_of,
        "tiles": _tiles(table.total, unit, top, as_of["kept"] if as_of else ""),
        "can_remind": unit.pk == office.pk and rules.can_remind(account, found, office, on),
        "can_sum": not alone and rules.can_sum(account, found, unit, on),
        "summary": PeriodReport.objects.filter(period=found, unit=unit).first(),
        "crumbs": [*period_crumbs(found), *_way(top, unit, reverse("reports:period", args=[pk]), places)],
        "recipients": in_words(found.form.selection, office, on) if unit.pk == office.pk else "",
        "on": on,
    }
    return page(request, "reports/period.html", context)


def _way(top: Unit, unit: Unit, address: str, places: Places) -> list[dict[str, str]]:
    """The way down from the top of the person's sight to the branch shown, without it."""
    return [
        {"label": step.short_name, "url": places.kept(f"{address}?don-vi={step.pk}")} for step in places.way(top, unit)
    ]


def _ids(visible: QuerySet[Any], ids: list[int]) -> set[int]:
    """Which of these the person may open today; by the tree of a past day others may stand there too."""
    return set(visible.filter(pk__in=ids).values_list("pk", flat=True))


def _tiles(counts: queries.Counts, unit: Unit, top: Unit, kept: str = "") -> list[dict[str, Any]]:
    """Each number with the list it counts."""
    rows = [
        ("expected", _("expected"), "", "open"),
        ("on_time", _("received on time"), "good", "tick"),
        ("late", _("received late"), "late", "late-tick"),
        ("missing", _("missing"), "over", "over"),
        ("returned", _("returned, not sent again"), "over", "back"),
        ("approved", _("approved"), "good", "tick"),
    ]
    branch = "" if unit.pk == top.pk else f"&don-vi={unit.pk}"
    return [
        {
            "label": label,
            "count": getattr(counts, name),
            "url": f"?o={name}{branch}{kept}#reports",
            "tone": tone,
            "shape": shape,
        }
        for name, label, tone, shape in rows
    ]


@require_POST
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    found = seen_period(request, pk)
    count = actions.remind_missing(found.pk, by=account_of(request), at=clock.now())
    words = ngettext("%(n)d unit was reminded.", "%(n)d units were reminded.", count)
    messages.success(request, words % {"n": count})
    return go(request, "reports:period", pk)


@require_POST
def summary_begin(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit's summary of the period, drafted from those below."""
    account, on = account_of(request), clock.today()
    found = seen_period(request, pk)
    asked = request.POST.get("don-vi", "")
    units = {unit.pk: unit for unit in rules.summing_units(account, on)}
    unit = units.get(int(asked)) if asked.isdecimal() and len(asked) < 18 else next(iter(units.values()), None)
    unit = unit or get_object_or_404(Unit.objects.none())
    report = actions.begin_summary(found.pk, unit, by=account, at=clock.now())
    return go(request, "reports:fill" if report.is_open else "reports:report", report.pk)


@require_GET
def period_file(request: HttpRequest, pk: int) -> HttpResponse:
    """All reports of the period in the person's sight as XLSX."""
    account, on = account_of(request), clock.today()
    found = seen_period(request, pk)
    _top, unit = branch_asked(request, account, on, found.form.unit)
    alone = not rules.reads_branch(account, unit, on)
    places = asked_places(request, (found.starts_on, found.ends_on), on)
    rows = queries.listed(found, unit, "expected", on, alone=alone, places=places)
    title = f"{found.form.title}, {period_words(found.form, found)}"
    filed = places.named(rows.values_list("unit", flat=True)) if places.on else None
    if places.on:
        title = f"{title}. {_('As on %(day)s') % {'day': show_day(places.on)}}"
    content = spreadsheets.period_file(found.version.read(), title, rows.iterator(chunk_size=500), filed)
    return download(content, f"bao-cao-ky-{found.starts_on:%Y-%m-%d}.xlsx", XLSX)
