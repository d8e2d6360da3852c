"""Lists of members by name switched on for north: a row of its own, one that is to come and one that is to go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trienkhai.orgs.models import Role, RosterMember, RosterSpan, RosterSwitch, RosterTransfer, Unit
from trienkhai.orgs.tests.make import DAY

if TYPE_CHECKING:
    from tests.world import World


def roster_objects(world: World) -> dict[str, int]:
    """Ids by the names under which addresses take them."""
    north, below = world.tree.north, world.tree.north2
    by = world.person(Role.SECRETARY, "own")
    switch = RosterSwitch.objects.create(unit=north, decision="1-QĐ/ĐUTHU", decided_on=DAY, starts_on=DAY)
    row, going, coming = (_row(unit, name) for unit, name in ((north, "A"), (north, "B"), (below, "C")))
    sent = RosterTransfer.objects.create(span=going, to_unit=below, on=DAY, asked_by=by)
    asked = RosterTransfer.objects.create(span=coming, to_unit=north, on=DAY, asked_by=by)
    return {
        "roster_switch": switch.pk,
        "roster_row": row.pk,
        "roster_sent": sent.pk,
        "roster_asked": asked.pk,
    }


def _row(unit: Unit, name: str) -> RosterSpan:
    return RosterSpan.objects.create(
        member=RosterMember.objects.create(name=f"Người {name}"), unit=unit, kind="full", valid_from=DAY
    )
