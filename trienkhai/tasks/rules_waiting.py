"""Who says that a unit waits for somebody else, who ends it, who is waited for; who may be named responsible."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from trienkhai.common.verdict import Verdict, no, yes
from trienkhai.orgs.models import Holding, Unit
from trienkhai.orgs.rules import holding_at
from trienkhai.people.models import Account
from trienkhai.tasks import rules
from trienkhai.tasks.models import HOLDERS_TURN, Assignment, State, Wait

WAITING_STATES = tuple(state for state in HOLDERS_TURN if state != State.ASSIGNED)


def visible_waits(account: Account, on: date) -> QuerySet[Wait]:
    """Of assignments in sight, and those in which an own unit is waited for."""
    own = rules.own_unit_ids(account, on)
    return Wait.objects.filter(Q(unit__in=own) | Q(assignment__in=rules.visible_assignments(account, on)))


def awaited_of(account: Account, on: date) -> QuerySet[Wait]:
    """What other units wait for from units for which the person answers, by its day."""
    own = rules.units_held(account, on, "answer")
    rows = Wait.objects.standing().filter(unit__in=own)
    return rows.select_related("assignment__held_by__present", "unit__present").order_by("until", "pk")


def can_wait(account: Account, assignment: Assignment, on: date) -> Verdict:
    """The unit that holds work it has acknowledged and not handed in."""
    if assignment.state not in WAITING_STATES:
        state = State(assignment.state).label
        return no(_("This is not possible while the assignment is “%(state)s”.") % {"state": state})
    holding = holding_at(account, assignment.held_by, rules.HOLDERS, on, "wait")
    return yes(holding) if holding else no(_("Only the unit that holds the assignment does this."))


def can_end_wait(account: Account, wait: Wait, on: date) -> Verdict:
    """The unit that waits, or the one that is waited for."""
    if wait.ended_on or not wait.assignment.is_open:
        return no(_("This wait has ended."))
    for unit in (wait.assignment.held_by, wait.unit):
        if unit and (holding := holding_at(account, unit, rules.HOLDERS, on, "answer")):
            return yes(holding)
    return no(_("Only the unit that waits or the one it waits for says that it has ended."))


def can_pause_waiting(account: Account, wait: Wait, on: date) -> Verdict:
    """Whoever may pause the work, while the wait lasts."""
    if wait.ended_on:
        return no(_("This wait has ended."))
    return rules.can_do(account, "pause", wait.assignment, on)


def nameable(unit: Unit | int, on: date) -> QuerySet[Account]:
    """Who may be named responsible: those who hold a post of the unit that does its work."""
    held = Holding.objects.on(on).filter(post__unit=unit, post__role__in=rules.HOLDERS)
    return Account.objects.filter(is_active=True, pk__in=held.values("account")).order_by("sort_key", "pk")
