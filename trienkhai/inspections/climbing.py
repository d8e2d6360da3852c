"""What waits for a leader's word, for all rows at once: as `rules.can_approve` and `rules.can_conclude` say for each.

Whoever laid it before the leaders never decides on it: without anybody else at the unit it goes to the next above.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import reduce
from operator import or_
from typing import TypeVar

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from trienkhai.common import paths
from trienkhai.inspections.models import Inspection, InspectionProgramme, InspectionState, ProgrammeState
from trienkhai.inspections.rules import ACT, APPROVERS
from trienkhai.orgs.climbing import Ladder
from trienkhai.orgs.models import Holding, Unit
from trienkhai.orgs.rules import Grant, reach_of
from trienkhai.people.models import Account

Row = TypeVar("Row")


def programmes_to_approve(account: Account, on: date) -> list[InspectionProgramme]:
    """Two queries at most."""
    grants = reach_of(account, on).of(*APPROVERS).able(ACT).grants
    if not grants:
        return []
    submitted = InspectionProgramme.objects.filter(_concerning(grants, "unit", ("submitted_by", "submitted_for"), on))
    rows = submitted.filter(state=ProgrammeState.SUBMITTED).select_related("unit__present").order_by("pk")
    listed = [(row, row.unit, row.claim) for row in rows]
    return _decided_by(account, grants, listed, on)


def conclusions_to_issue(account: Account, on: date) -> list[Inspection]:
    """Two queries at most."""
    grants = reach_of(account, on).of(*APPROVERS).able(ACT).grants
    if not grants:
        return []
    written = Inspection.objects.filter(state=InspectionState.FINISH).exclude(conclusion="")
    rows = written.filter(_concerning(grants, "item__programme__unit", ("written_by", "written_for"), on))
    listed = [
        (row, row.item.programme.unit, row.claim) for row in rows.select_related("item__programme__unit__present")
    ]
    return _decided_by(account, grants, listed, on)


def _concerning(grants: Iterable[Grant], unit: str, claim: tuple[str, str], on: date) -> Q:
    """Of own units; of those below where nobody holds a leader's post but who laid it before them."""
    own = Q(**{f"{unit}__in": [grant.unit_id for grant in grants]})
    below = reduce(or_, (paths.within(grant.path, f"{unit}__path") for grant in grants))
    seated = Holding.objects.on(on).seated().filter(post__role__in=APPROVERS, account__is_active=True)
    others = seated.filter(post__unit=OuterRef(unit))
    for name in claim:
        others = others.exclude(account=Coalesce(OuterRef(name), 0))
    return own | (below & ~Q(Exists(others)))


def _decided_by(
    account: Account, grants: Iterable[Grant], rows: Sequence[tuple[Row, Unit, frozenset[int]]], on: date
) -> list[Row]:
    ladder = Ladder({unit.path or "" for _row, unit, _claim in rows}, on, roles=APPROVERS, act=ACT)
    mine = [(grant.unit_id, {account.pk, grant.principal}) for grant in grants]
    found = []
    for row, unit, claim in rows:
        decider = ladder.decider(unit.path or "", claim)
        if any(where == decider and not behind & claim for where, behind in mine):
            found.append(row)
    return found
