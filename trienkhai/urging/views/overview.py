"""Đôn đốc: who is late below, what the runs named, letters."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from trienkhai.audit.models import Act
from trienkhai.common import clock, paths
from trienkhai.common.htmx import go, page
from trienkhai.documents.rules_drafting import can_draft
from trienkhai.orgs.models import Unit
from trienkhai.orgs.places import Places, asked_places, switch
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of
from trienkhai.tasks.models import Assignment
from trienkhai.tasks.past import holder_on
from trienkhai.tasks.queries import due_soon_day
from trienkhai.tasks.queries.standing import standing_of
from trienkhai.tasks.queries.wanted import number_of
from trienkhai.tasks.rules import visible_assignments
from trienkhai.urging import actions, rules
from trienkhai.urging.ladder import To
from trienkhai.urging.models import Call, Run
from trienkhai.urging.queries import ladder_at, last_runs, late_below, named_in
from trienkhai.urging.wording import ladder_lines, reader_words

PAGE = 50


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """The units directly below one of the person's own that are late, the ladder in force, the last runs."""
    account, on = account_of(request), clock.today()
    unit, units = _unit_of(account, on, request.GET.get("don-vi"))
    ladder = ladder_at(unit.path or "", on)
    rows = visible_assignments(account, on).filter(rules.below(unit))
    context = {
        "unit": unit,
        "units": units,
        "lines": late_below(unit, rows, on),
        "ladder": ladder and ladder_lines(ladder),
        "own_ladder": bool(ladder and ladder.place == unit.path),
        "may_place": bool(rules.can_place_ladder(account, unit, on)),
        "may_write": bool(can_draft(account, unit, on)),
        "runs": _runs(),
        "on": on,
    }
    return page(request, "urging/overview.html", context)


def _unit_of(account: Account, on: date, asked: str | None) -> tuple[Unit, list[Unit]]:
    """The unit asked for among those in whose name the person urges, else the highest; 404 for nobody's."""
    units = rules.calling_units(account, on)
    chosen = next((unit for unit in units if str(unit.pk) == asked), None)
    if not units or (asked and chosen is None):
        raise Http404
    return chosen or units[0], units


def _runs() -> list[tuple[Run, int]]:
    runs = last_runs()
    counts = dict(Act.objects.filter(pk__in=[run.act for run in runs]).values_list("pk", "count"))
    return [(run, counts.get(run.act or 0, 0)) for run in runs]


@require_GET
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """The assignments in sight that one day's run named, narrowed to a reader (`den`), a unit and a due day."""
    found, to = get_object_or_404(Run, pk=pk), request.GET.get("den", "")
    to = to if to in (*To, "silent") else ""
    unit, asked = number_of(request.GET.get("don-vi")), _held(request, found.on)
    rows, holder = asked.rows(visible_assignments(account_of(request), clock.today()))
    named = named_in(found, to=to, unit=unit, due_on=_day(request.GET.get("han")), holder=holder)
    lead = _("The ladder of %(day)s: %(reader)s.") % {"day": f"{found.on:%d/%m/%Y}", "reader": reader_words(to)}
    return _rows(request, rows.filter(named), lead, asked)


@require_GET
def called(request: HttpRequest, pk: int) -> HttpResponse:
    """The assignments in sight that one act of a person urged, narrowed to a unit."""
    calls = Call.objects.filter(act=pk)
    first = calls.select_related("unit__present", "by").first()
    if first is None:
        raise Http404
    asked = _held(request, first.on)
    rows, holder = asked.rows(visible_assignments(account_of(request), clock.today()))
    rows = rows.filter(pk__in=calls.values("assignment"))
    if not rows.exists():
        raise Http404
    if unit := number_of(request.GET.get("don-vi")):
        rows = rows.filter(**{holder: unit})
    lead = _("%(unit)s on %(day)s: “%(text)s”") % {
        "unit": first.unit.name,
        "day": f"{first.on:%d/%m/%Y}",
        "text": first.text,
    }
    return _rows(request, rows, lead, asked)


@dataclass(frozen=True)
class _Held:
    """Who holds the rows, on the day they were urged or now. as_of: the switch between the two."""

    places: Places
    as_of: dict[str, Any] | None

    def rows(self, rows: QuerySet[Assignment]) -> tuple[QuerySet[Assignment], str]:
        """With the column of who holds them."""
        if self.places.on is None:
            return rows, "held_by"
        return rows.annotate(was_held_by=holder_on(self.places.on)), "was_held_by"


def _held(request: HttpRequest, day: date) -> _Held:
    on = clock.today()
    return _Held(asked_places(request, [day], on), switch(request, [day], on))


def _rows(request: HttpRequest, rows: QuerySet[Assignment], lead: str, asked: _Held) -> HttpResponse:
    on = clock.today()
    soon = due_soon_day(on)
    listed = rows.select_related("task__document", "held_by__present").order_by("due_on", "task_id", "unit_id")
    shown: Any = Paginator(listed, PAGE).get_page(request.GET.get("page"))
    standings = [{"assignment": one, "standing": standing_of(one, on, soon)} for one in shown]
    held = asked.places.named(one.was_held_by for one in shown) if asked.places.on else {}
    context: dict[str, Any] = {"rows": standings, "page": shown, "lead": lead, "held": held, "as_of": asked.as_of}
    return page(request, "urging/rows.html", context, part="rows")


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


@require_POST
def letter(request: HttpRequest) -> HttpResponse:
    """A draft of the urging letter to the chosen units; opens in the editor of drafts."""
    account, on = account_of(request), clock.today()
    unit, _units = _unit_of(account, on, request.POST.get("tu"))
    ids = [pk for text in request.POST.getlist("gui")[:200] if (pk := number_of(text))]
    chosen = Unit.objects.filter(paths.within(unit.path or ""), pk__in=ids).exclude(pk=unit.pk)
    if not ids:
        messages.error(request, _("Choose the units to which the letter goes."))
        return go(request, "urging:overview")
    draft = actions.begin_letter(
        unit, list(chosen.select_related("present").order_by("present__sort_key")), by=account, at=clock.now()
    )
    messages.success(request, _("The letter is drafted; read it through, then issue it like any draft."))
    return go(request, "documents:draft", draft.pk)
