"""A comparison of north that is being prepared, and one of the bloc on which north is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trienkhai.orgs.actions import comparing, reorganising
from trienkhai.orgs.actions.reorganising import key_of
from trienkhai.orgs.models import Comparison, Role, Unit
from trienkhai.orgs.tests.make import DAY, NOON

if TYPE_CHECKING:
    from tests.world import World


def comparing_objects(world: World) -> dict[str, int | str]:
    """Ids by the names under which addresses take them."""
    north = world.tree.north
    prepared, asking = _compare(world, north, "own"), _compare(world, world.tree.bloc, "bloc")
    comparing.ask_opinions(asking.pk, [north.pk], due_on=DAY, by=world.person(Role.ADMIN, "bloc"), at=NOON)
    return {"comparison": prepared.pk, "asking_comparison": asking.pk, "compared_opinion": asking.opinions.get().pk}


def _compare(world: World, office: Unit, place: str) -> Comparison:
    admin = world.person(Role.ADMIN, place)
    file = reorganising.prepare_reorganisation(office, title="Phương án so sánh", effective_on=DAY, by=admin, at=NOON)
    rename = {"unit": key_of(world.tree.north1), "name": "Đảng bộ Bắc Một mới"}
    reorganising.add_step(file.pk, "rename", rename, by=admin, at=NOON)
    return comparing.begin_comparison(office, title="So sánh", files=[file.pk], by=admin, at=NOON)
