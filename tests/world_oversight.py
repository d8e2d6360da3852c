"""Supervision of north by its mass organisations, its lists of democracy at the grassroots: one row at each step."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import SimpleUploadedFile

from trienkhai.common.clock import day_of
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import NOON
from trienkhai.oversight import actions
from trienkhai.oversight.actions import Details, Shown
from trienkhai.oversight.models import Subject

if TYPE_CHECKING:
    from tests.world import World


def oversight_objects(world: World) -> dict[str, int]:
    """Ids by the names under which addresses take them."""
    unit, mass, leader = world.tree.north, world.person(Role.MASS, "own"), world.person(Role.LEADER, "own")
    words = {"organisation": "union", "year": NOON.year}
    drawn = actions.make_plan(unit, title="Đang lập", **words, by=mass, at=NOON)
    plan = actions.make_plan(unit, title="Giám sát", **words, by=mass, at=NOON)
    details = Details("supervision", "Quy chế", "meeting", unit, date(NOON.year, 6, 30))
    actions.add_subject(drawn.pk, details, by=mass, at=NOON)
    both = (replace(details, title=title) for title in ("Quy chế đã ban hành", "Quy chế dự thảo"))
    planned, held = (actions.add_subject(plan.pk, one, by=mass, at=NOON) for one in both)
    actions.announce_plan(plan.pk, by=mass, at=NOON)
    actions.tell_held(held.pk, held_on=day_of(NOON), held_at="", findings="Tốt", by=mass, at=NOON)
    row = actions.recommend(held.pk, text="Niêm yết đủ", by=mass, at=NOON)
    matters = [
        actions.add_matter(unit, kind="public", title=title, due_on=day_of(NOON), by=leader, at=NOON)
        for title in ("Chương trình", "Đảng phí")
    ]
    file = SimpleUploadedFile("bang-tin.txt", "Bảng tin".encode())
    shown = Shown("Bảng tin", day_of(NOON), day_of(NOON), file=file, not_secret=True)
    proof = actions.add_proof(matters[1].pk, shown, by=leader, at=NOON)
    question = actions.enter_question(unit, text="Bao giờ?", asked_on=day_of(NOON), by=mass, at=NOON)
    return {
        "oversight_drawn": drawn.pk,
        "oversight_plan": plan.pk,
        "oversight_subject": Subject.objects.get(pk=planned.pk).pk,
        "oversight_held": held.pk,
        "recommendation": row.pk,
        "matter": matters[0].pk,
        "matter_proof": proof.pk,
        "question": question.pk,
    }
