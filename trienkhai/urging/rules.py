"""Who may urge whom, in which name, and who sets the ladder of a branch."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from trienkhai.common import paths
from trienkhai.common.verdict import Verdict, no, yes
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.rules import holding_at, reach_of
from trienkhai.people.models import Account
from trienkhai.tasks.models import HOLDERS_TURN, Assignment, Share, ShareKind
from trienkhai.tasks.rules import visible_assignments
from trienkhai.urging.models import Call

CALLERS = (Role.OFFICER, Role.LEADER)


def calling_ids(account: Account, on: date) -> set[int]:
    """Units in whose name the person may urge; without a query of its own."""
    return {grant.unit_id for grant in reach_of(account, on).of(*CALLERS).able("urge").grants}


def calling_units(account: Account, on: date) -> list[Unit]:
    """The same, the highest first."""
    ids = calling_ids(account, on)
    return list(Unit.objects.filter(pk__in=ids).select_related("present").order_by("path")) if ids else []


def below(unit: Unit) -> Q:
    """Assignments that a unit may urge: held below it, answering to it, given by it, or watched; never its own."""
    watched = Share.objects.filter(unit=unit, kind=ShareKind.WATCH).values("task")
    concern = Q(answers_to=unit) | Q(task__assigner=unit) | Q(task__in=watched)
    return (paths.within(unit.path or "", "held_by__path") | concern) & ~Q(held_by=unit)


def visible_callable(account: Account, unit: Unit, on: date) -> QuerySet[Assignment]:
    """What the person may urge today in the name of `unit`: in sight, the holder's to move, not urged by it today."""
    rows = visible_assignments(account, on).filter(below(unit), state__in=HOLDERS_TURN)
    return rows.exclude(pk__in=Call.objects.filter(unit=unit, on=on).values("assignment"))


def can_call(account: Account, assignment: Assignment, on: date) -> Verdict:
    """May the person urge this assignment now? The holding says in the name of which unit: the one it answers to, the
    assigner, else the nearest above, else one that watches.
    """
    if assignment.state not in HOLDERS_TURN:
        return no(_("Nothing waits for the unit that holds it."))
    units = _concerned(calling_units(account, on), assignment)
    if not units:
        return no(_("A tracking officer or a leader of a unit above urges."))
    unit = min(units, key=lambda one: _nearness(one, assignment))
    if Call.objects.filter(assignment=assignment, unit=unit, on=on).exists():
        return no(_("%(unit)s has urged this today; once a day is enough.") % {"unit": unit})
    return can_call_for(account, unit, on)


def _concerned(units: Sequence[Unit], assignment: Assignment) -> list[Unit]:
    """Those of `units` that may urge it: what `below` says, for one assignment and many units. One query."""
    held, ids = assignment.held_by.path or "", [unit.pk for unit in units]
    watching = Share.objects.filter(task=assignment.task_id, kind=ShareKind.WATCH, unit__in=ids)
    concerned = {assignment.answers_to_id, assignment.task.assigner_id, *watching.values_list("unit", flat=True)}
    above = [unit for unit in units if unit.pk in concerned or held.startswith(unit.path or "-")]
    return [unit for unit in above if unit.pk != assignment.held_by_id]


def _nearness(unit: Unit, assignment: Assignment) -> tuple[int, int]:
    order: Iterable[int] = (assignment.answers_to_id, assignment.task.assigner_id)
    place = next((number for number, pk in enumerate(order) if pk == unit.pk), 2)
    above = (assignment.held_by.path or "").startswith(unit.path or "")
    return place if place < 2 or above else 3, -unit.depth


def can_call_for(account: Account, unit: Unit, on: date) -> Verdict:
    """Tracking officers and leaders urge in the name of their unit."""
    holding = holding_at(account, unit, CALLERS, on, "urge")
    return yes(holding) if holding else no(_("A tracking officer or a leader of a unit above urges."))


def can_place_ladder(account: Account, unit: Unit, on: date) -> Verdict:
    """A leader of the unit sets the ladder for what its branch gives."""
    holding = holding_at(account, unit, (Role.LEADER,), on, "ladder")
    return yes(holding) if holding else no(_("A leader of %(unit)s decides this.") % {"unit": unit})
