"""Who reads which board, which issued sheets and which acts; who issues a sheet."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from trienkhai.audit.models import Act
from trienkhai.common.verdict import Verdict, no, yes
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.rules import BRANCH_READERS, Reach, holding_at, reach_of, visible_units, work_reach
from trienkhai.people.models import Account
from trienkhai.tasks.models import Sheet

UPKEEP = (
    "account.",
    "unit.",
    "units.",
    "post.",
    "posts.",
    "norm.",
    "norms.",
    "site.",
    "act.",
    "sheets.",
    "urging.",
    "mail.",
    "calendar.",
)
"""First words of the verbs that an administrator reads: accounts, units, posts, norms; never content."""


def visible_boards(account: Account, on: date) -> QuerySet[Unit]:
    """Units whose board the person may read."""
    return visible_units(account, on).select_related("present")


def visible_sheets(account: Account, on: date) -> QuerySet[Sheet]:
    """Issued sheets: of what stands below a unit for who reads its branch, of what it holds itself for who sees its
    board.
    """
    work = work_reach(account, on)
    below = Reach(tuple(grant for grant in work.of(*BRANCH_READERS).grants if grant.branch))
    condition = below.q("unit__path") | (Q(alone=True) & work.q("unit__path"))
    return Sheet.objects.filter(condition, kind=Sheet.Kind.ISSUED).select_related("unit__present")


def can_issue_sheet(account: Account, unit: Unit, on: date) -> Verdict:
    """A leader of the unit vouches for its figures."""
    holding = holding_at(account, unit, (Role.LEADER,), on, "sheet")
    return yes(holding) if holding else no(_("A leader of %(unit)s issues its sheets.") % {"unit": unit})


def visible_acts(account: Account, on: date) -> QuerySet[Act]:
    """Acts of units in the reach of a leader, officer or inspector; for an administrator those of running the place.

    An administrator's acts are those of the branch and those of no unit (the system, the command line).
    """
    reach = reach_of(account, on)
    condition = Q(pk__in=[])
    readers = reach.of(*BRANCH_READERS)
    if readers.grants:
        condition |= readers.q("unit_path")
    admins = reach.of(Role.ADMIN)
    if admins.grants:
        upkeep = Q(pk__in=[])
        for start in UPKEEP:
            upkeep |= Q(verb__startswith=start)
        condition |= upkeep & (admins.q("unit_path") | Q(unit_path=""))
    return Act.objects.filter(condition)


def reads_acts(account: Account, on: date) -> bool:
    return reach_of(account, on).has(*BRANCH_READERS, Role.ADMIN)
