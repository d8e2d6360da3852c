"""Who sees partners and opinions, who keeps partnerships, who asks and who answers."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from trienkhai.common import paths
from trienkhai.common.days import OPEN_END
from trienkhai.common.verdict import Verdict, no, yes
from trienkhai.orgs.models import Holding, Role, Unit
from trienkhai.orgs.rules import holding_at, reach_of, work_reach
from trienkhai.people.models import Account
from trienkhai.tasks.models import CoordinationPaper, Opinion, Partnership
from trienkhai.tasks.rules import HOLDERS, own_unit_ids

ASKERS = (Role.OFFICER, Role.LEADER, Role.SECRETARY)
RECORDERS = (*ASKERS, Role.FOCAL)


def visible_partnerships(account: Account, on: date) -> QuerySet[Partnership]:
    """Those of units whose work the person sees, and of partners where the person holds a post; ended ones too."""
    own = own_unit_ids(account, on)
    return Partnership.objects.filter(work_reach(account, on).q("unit__path") | Q(partner__in=own))


def visible_papers(account: Account, on: date) -> QuerySet[CoordinationPaper]:
    return CoordinationPaper.objects.filter(partnership__in=visible_partnerships(account, on))


def visible_opinions(account: Account, on: date) -> QuerySet[Opinion]:
    """For readers of the unit that asked, and for those who hold a post at the one that was asked."""
    own = own_unit_ids(account, on)
    return Opinion.objects.filter(work_reach(account, on).q("asker__path") | Q(asked__in=own))


def opinions_wanted(account: Account, on: date) -> QuerySet[Opinion]:
    """Open requests to units for which the person answers, by due day."""
    units = {grant.unit_id for grant in reach_of(account, on).of(*HOLDERS).able("answer").grants}
    rows = Opinion.objects.filter(asked__in=units, answered_on=None, withdrawn_on=None)
    return rows.select_related("asker__present", "asked__present", "document").order_by("due_on", "pk")


def opinions_overdue(account: Account, on: date) -> QuerySet[Opinion]:
    """Asked by units where the person asks, due before that day and without an answer."""
    rows = Opinion.objects.filter(asker__in=asking_ids(account, on), answered_on=None, withdrawn_on=None, due_on__lt=on)
    return rows.select_related("asker__present", "asked__present", "document").order_by("due_on", "pk")


def asking_ids(account: Account, on: date) -> set[int]:
    return {grant.unit_id for grant in reach_of(account, on).of(*ASKERS).able("prepare").grants}


def asking_units(account: Account, on: date) -> list[Unit]:
    """Units for which the person asks others, the highest first."""
    rows = Unit.objects.filter(pk__in=asking_ids(account, on), path__isnull=False)
    return list(rows.select_related("present").order_by("path"))


def kept_units(account: Account, on: date) -> QuerySet[Unit]:
    """Units whose partners the person keeps: of officers and leaders, with the branches of those posts."""
    reach = reach_of(account, on).of(Role.OFFICER, Role.LEADER).able("prepare")
    return Unit.objects.filter(reach.q(), external=False)


def can_keep_partners(account: Account, unit: Unit, on: date) -> Verdict:
    """Tracking officers and leaders of the unit or of one above it."""
    for grant in reach_of(account, on).of(Role.OFFICER, Role.LEADER).able("prepare").grants:
        if grant.covers(unit.path or ""):
            rows = Holding.objects.select_related("post__unit__present", "principal__account", "principal__post")
            return yes(rows.get(pk=grant.holding_id))
    return no(_("Only a tracking officer or a leader of the unit or above it keeps its partners."))


def can_end_partnership(account: Account, partnership: Partnership, on: date) -> Verdict:
    if partnership.valid_to != OPEN_END:
        return no(_("The end of this partnership is known already."))
    return can_keep_partners(account, partnership.unit, on)


def can_add_paper(account: Account, partnership: Partnership, on: date) -> Verdict:
    """While the partnership lasts: its past stays as it was."""
    if not partnership.holds_on(on):
        return no(_("This partnership has ended: its past can be read, nothing new is added."))
    return can_keep_partners(account, partnership.unit, on)


def can_ask(account: Account, asker: Unit, on: date) -> Verdict:
    holding = holding_at(account, asker, ASKERS, on, "prepare")
    return yes(holding) if holding else no(_("Only a tracking officer or a leader of the unit asks for an opinion."))


def can_ask_partner(account: Account, asker: Unit, partnership: Partnership, on: date) -> Verdict:
    """The unit at whose agency the partner stands and those above it ask, while the partnership lasts."""
    if not partnership.holds_on(on):
        return no(_("This partnership has ended: its past can be read, nothing new is added."))
    if not paths.is_within(partnership.unit.path or "", asker.path or ""):
        return no(_("This partner does not stand at an agency of your branch."))
    return can_ask(account, asker, on)


def can_answer_opinion(account: Account, opinion: Opinion, on: date, *, from_paper: bool = False) -> Verdict:
    """The unit that was asked; from the paper in which the answer came also the unit that asked."""
    if not opinion.is_open:
        return no(_("This has been answered or withdrawn."))
    if holding := holding_at(account, opinion.asked, HOLDERS, on, "answer"):
        return yes(holding)
    holding = holding_at(account, opinion.asker, RECORDERS, on, "answer") if from_paper else None
    return yes(holding) if holding else no(_("Only the unit that was asked answers; the asker needs its paper."))


def can_withdraw_opinion(account: Account, opinion: Opinion, on: date) -> Verdict:
    if not opinion.is_open:
        return no(_("This has been answered or withdrawn."))
    return can_ask(account, opinion.asker, on)
