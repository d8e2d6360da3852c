"""Commitments at north: one without a report, one whose report waits for the comment of the collective."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trienkhai.conduct import actions
from trienkhai.conduct.actions import Told
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import NOON

if TYPE_CHECKING:
    from tests.world import World


def conduct_objects(world: World) -> dict[str, int | str]:
    """Ids by the names under which addresses take them."""
    unit, leader, secretary = world.tree.north, world.person(Role.LEADER, "own"), world.person(Role.SECRETARY, "own")
    mine = actions.commit(unit, year=NOON.year, text="Đúng hạn", by=leader, at=NOON)
    other = actions.commit(unit, year=NOON.year, text="Đúng giờ", by=secretary, at=NOON)
    review = actions.report(other.pk, "half", Told("Đã làm"), by=secretary, at=NOON)
    review.file = world.file
    review.save(update_fields=["file"])
    example = actions.add_example(unit, year=NOON.year, title="Tổ một", story="Đúng hạn", by=leader, at=NOON)
    return {
        "commitment": mine.pk,
        "conduct_period": "half",
        "conduct_fact": "leaders",
        "conduct_review": review.pk,
        "example": example.pk,
    }
