"""Working sessions of the bloc with north: one planned for today with its dossier, one ended with a conclusion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trienkhai.common.clock import moment
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import DAY, NOON
from trienkhai.worksessions import actions
from trienkhai.worksessions.actions import Details
from trienkhai.worksessions.models import Session

if TYPE_CHECKING:
    from tests.world import World


def worksession_objects(world: World) -> dict[str, int | str]:
    """Ids by the names under which addresses take them."""
    officer, focal = world.person(Role.OFFICER, "bloc"), world.person(Role.FOCAL, "own")
    planned, ended = (_plan(world, content) for content in ("Công tác năm", "Công tác quý"))
    rows = [actions.add_conclusion(one.pk, text="Rà soát quy chế", by=officer, at=NOON) for one in (planned, ended)]
    word = actions.add_word(planned.pk, kind="difficulty", text="Thiếu cán bộ", by=focal, at=NOON)
    dossier = actions.make_dossier(planned.pk, day=DAY, by=officer, at=NOON)
    actions.end_session(ended.pk, by=officer, at=NOON)
    return {
        "worksession": planned.pk,
        "ended_worksession": ended.pk,
        "session_conclusion": rows[0].pk,
        "unit_word": word.pk,
        "session_dossier": dossier.pk,
        "leading_unit": world.tree.bloc.pk,
        "dossier_suffix": "pdf",
    }


def _plan(world: World, content: str) -> Session:
    details = Details(moment(DAY, 8), "Hội trường", content)
    return actions.plan_session(
        world.tree.bloc, world.tree.north, details, by=world.person(Role.OFFICER, "bloc"), at=NOON
    )
