"""North's reorganisation files: a draft with one step, and one that waits for its leader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trienkhai.orgs.actions import reorganising
from trienkhai.orgs.actions.reorganising import key_of
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import DAY, NOON

if TYPE_CHECKING:
    from tests.world import World


def reorganising_objects(world: World) -> dict[str, int | str]:
    """Ids by the names under which addresses take them."""
    north, admin = world.tree.north, world.person(Role.ADMIN, "own")
    files = []
    for title in ("Phương án đang soạn", "Phương án đã trình"):
        file = reorganising.prepare_reorganisation(north, title=title, effective_on=DAY, by=admin, at=NOON)
        rename = {"unit": key_of(world.tree.north2), "name": "Chi bộ Bắc Hai mới"}
        reorganising.add_step(file.pk, "rename", rename, by=admin, at=NOON)
        files.append(file)
    draft, submitted = files
    dissolve = {"unit": key_of(world.tree.north2), "successor": key_of(world.tree.north1)}
    step = reorganising.add_step(draft.pk, "dissolve", dissolve, by=admin, at=NOON)
    reorganising.submit_reorganisation(submitted.pk, by=admin, at=NOON)
    return {
        "reorganisation": draft.pk,
        "submitted_reorganisation": submitted.pk,
        "step": step.pk,
        "step_kind": "merge",
    }
