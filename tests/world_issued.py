"""A sheet that north's leader has issued."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from trienkhai.dashboards.actions import issue_sheet
from trienkhai.dashboards.links import EVERYTHING
from trienkhai.orgs.models import Role
from trienkhai.tasks.tests.make import at

if TYPE_CHECKING:
    from tests.world import World


def issued_sheet(world: World) -> dict[str, int]:
    """Its id by the name under which addresses take it."""
    leader = world.person(Role.LEADER, "own")
    sheet = issue_sheet(world.tree.north.pk, EVERYTHING, day=date(2017, 1, 6), by=leader, at=at(7))
    return {"issued": sheet.pk}
