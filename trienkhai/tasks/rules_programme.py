"""Who sees and who keeps the programmes and the focuses of a unit."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from trienkhai.common.verdict import Verdict, no, yes
from trienkhai.documents.rules import visible_documents
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.rules import holding_at, reach_of, work_reach
from trienkhai.people.models import Account
from trienkhai.tasks.models import Focus, Programme, ProgrammeItem, Standing, Task
from trienkhai.tasks.rules import PREPARERS, visible_tasks

KEEPERS = (Role.OFFICER, Role.LEADER, Role.SECRETARY)
DECIDERS = (Role.LEADER, Role.SECRETARY)


def visible_programmes(account: Account, on: date) -> QuerySet[Programme]:
    """Those of units in reach: at the own unit also while prepared, below it once in force. Besides those in force
    whose signed paper the person sees, as a programme from above."""
    own = sorted({grant.unit_id for grant in work_reach(account, on).grants})
    in_force = Q(state=Programme.State.IN_FORCE)
    papers = _papers_seen(account, on)
    read = Q(document__in=papers) | Q(draft__document__in=papers)
    return Programme.objects.filter(Q(unit__in=own) | (in_force & (work_reach(account, on).q("unit__path") | read)))


def _papers_seen(account: Account, on: date) -> list[int]:
    """Which of the papers of programmes the person sees."""
    rows = Programme.objects.filter(state=Programme.State.IN_FORCE).values_list("document", "draft__document")
    papers = {pk for row in rows for pk in row if pk}
    return list(visible_documents(account, on).filter(pk__in=papers).values_list("pk", flat=True)) if papers else []


def visible_items(account: Account, on: date) -> QuerySet[ProgrammeItem]:
    return ProgrammeItem.objects.filter(programme__in=visible_programmes(account, on))


def keeping_units(account: Account, on: date) -> list[Unit]:
    """Units whose programmes and focuses the person keeps, the highest first."""
    grants = reach_of(account, on).of(*KEEPERS).able("prepare").grants
    units = Unit.objects.filter(pk__in={grant.unit_id for grant in grants})
    return list(units.select_related("present").order_by("path"))


def can_keep(account: Account, unit: Unit, on: date) -> Verdict:
    """Write the programme of a unit and its focuses."""
    holding = holding_at(account, unit, KEEPERS, on, "prepare")
    return yes(holding) if holding else no(_("Only a tracking officer or a leader of the unit keeps its programme."))


def can_put_in_force(account: Account, programme: Programme, on: date) -> Verdict:
    """A leader of the unit; an officer on a signed paper that bears authority."""
    if programme.in_force:
        return no(_("The programme is in force already."))
    if not programme.items.exists():
        return no(_("The programme has no item yet."))
    if holding := holding_at(account, programme.unit, DECIDERS, on, "issue"):
        return yes(holding)
    paper = programme.paper
    if paper and paper.has_authority:
        return can_keep(account, programme.unit, on)
    return no(_("A leader of the unit puts it in force, or an officer on a signed paper."))


def can_give(account: Account, programme: Programme, on: date) -> Verdict:
    """Open a sheet of tasks from items: a task needs the paper that gives it."""
    paper = programme.paper
    if not programme.in_force:
        return no(_("Tasks are given from a programme that is in force."))
    if paper is None:
        return no(_("Name the signed paper of the programme first: every task comes from a document."))
    if paper.withdrawn_at:
        return no(_("The document has been withdrawn; nothing is issued from it."))
    holding = holding_at(account, programme.unit, PREPARERS, on, "prepare")
    return yes(holding) if holding else no(_("Only a tracking officer or a leader of the unit prepares tasks."))


def can_change_item(account: Account, item: ProgrammeItem, standing: str, on: date) -> Verdict:
    """Its words and days, while it is planned: what was given is changed at its task."""
    if standing == Standing.GIVEN:
        return no(_("A task was made of this item: change the task."))
    if standing != Standing.PLANNED:
        return no(_("This item is closed."))
    return can_keep(account, item.programme.unit, on)


def can_drop_item(account: Account, item: ProgrammeItem, standing: str, on: date) -> Verdict:
    """Only what is open; whether its task goes on is the person's choice, asked by the action."""
    if standing not in (Standing.PLANNED, Standing.GIVEN):
        return no(_("This item is closed."))
    return can_keep(account, item.programme.unit, on)


def can_reopen_item(account: Account, item: ProgrammeItem, on: date) -> Verdict:
    """What a person closed; what was carried over goes on in the other programme."""
    if item.closed not in (ProgrammeItem.Closed.DONE, ProgrammeItem.Closed.DROPPED):
        return no(_("Only what was marked done or dropped by hand is opened again."))
    return can_keep(account, item.programme.unit, on)


Serving = Callable[[Account, date], QuerySet[Any]]
_serving: list[Serving] = []


def register_serving(focuses: Serving) -> None:
    """For later areas: the ids of the focuses that what the person sees there serves."""
    if focuses not in _serving:
        _serving.append(focuses)


def visible_focuses(account: Account, on: date) -> QuerySet[Focus]:
    """Those of units in reach, and those that work in sight serves."""
    served = visible_tasks(account, on).filter(focus__isnull=False, issued_on__isnull=False)
    seen = work_reach(account, on).q("unit__path") | Q(pk__in=served.values("focus"))
    for focuses in _serving:
        seen |= Q(pk__in=focuses(account, on))
    return Focus.objects.filter(seen)


def reads_focus(account: Account, focus: Focus, on: date) -> bool:
    """Does the person read the reviews: whoever sees the work of the unit that set the focus."""
    return work_reach(account, on).covers(focus.unit.path)


def tasks_of_focus(focus: Focus) -> QuerySet[Task]:
    return Task.objects.filter(focus=focus, issued_on__isnull=False)
