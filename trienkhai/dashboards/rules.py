"""Who reads which board and which acts."""

from datetime import date

from django.db.models import Q, QuerySet

from trienkhai.audit.models import Act
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.rules import BRANCH_READERS, reach_of, visible_units
from trienkhai.people.models import Account

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
