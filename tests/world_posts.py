"""The clerk of north with a course taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trienkhai.orgs.actions import add_training
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import DAY, NOON

if TYPE_CHECKING:
    from tests.world import World


def post_objects(world: World) -> dict[str, int]:
    """Ids by the names under which addresses take them."""
    clerk, administrator = world.person(Role.CLERK, "own"), world.person(Role.ADMIN, "own")
    words = {"kind": "theory_middle", "finished_on": DAY, "issued_by": "Trường Minh Họa"}
    course = add_training(clerk, **words, by=administrator, at=NOON)
    return {"person": clerk.pk, "course": course.pk}
