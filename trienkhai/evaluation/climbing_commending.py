"""Files of commendation that nobody at the deciding unit may decide, and where each goes instead.

Whoever proposed a file, belongs to the unit that is commended or has the result on which the file rests does not decide
on it, nor does anybody in that name: where nobody else is left, the next unit above with somebody else does.
"""

from collections.abc import Collection
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from trienkhai.common import paths
from trienkhai.evaluation.climbing import ACT, DECIDERS, Blocked, belonging, came_up, concerned_by, seated
from trienkhai.evaluation.models import Commendation, CommendationState
from trienkhai.orgs.rules import Grant, reach_of
from trienkhai.people.models import Account


def behind(row: Commendation, on: date) -> set[int]:
    """In whose name nobody decides on the file."""
    one = _blocked(row)
    return concerned_by({0: one.subjects}, on)[0] | one.claim


def _blocked(row: Commendation) -> Blocked:
    """A root decides on its own files: there only who proposed and who is commended stand aside."""
    person = row.sheet.person if row.sheet else 0
    own = row.unit_id == row.decider_id
    return Blocked(row.decider, [] if own else [(row.unit_id, 0)], {row.proposed_by_id, person} - {0})


def climbed_files(account: Account, on: date) -> frozenset[int]:
    """Files that came up to units that the person leads. One query where none waits below, four at most."""
    grants = reach_of(account, on).of(*DECIDERS).able(ACT).grants
    blocked = {row.pk: _blocked(row) for row in _without_decider(grants, on)} if grants else {}
    return came_up(blocked, account, grants, DECIDERS, on)


def _without_decider(grants: Collection[Grant], on: date) -> QuerySet[Commendation]:
    """Files below these units at whose deciding unit every leader stands aside."""
    below = reduce(or_, (paths.within(grant.path, "decider__path") for grant in grants))
    own = belonging(on).filter(account=OuterRef("account"), post__unit=OuterRef(OuterRef("unit")))
    own = own.exclude(post__unit=OuterRef(OuterRef("decider")))
    free = seated(DECIDERS, on).filter(~Exists(own), post__unit=OuterRef("decider"))
    free = free.exclude(account=OuterRef("proposed_by")).exclude(account=Coalesce(OuterRef("sheet__person"), 0))
    rows = Commendation.objects.filter(below, ~Exists(free), state=CommendationState.PROPOSED)
    return rows.filter(decider__closed_on__gt=on).select_related("decider__present", "sheet")
