"""Inspections of north: a programme being prepared, and one with an inspection at each step of its way."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

from trienkhai.common.clock import moment
from trienkhai.inspections import actions
from trienkhai.inspections.actions import ItemDetails
from trienkhai.inspections.models import Inspection, InspectionItem
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import NOON

if TYPE_CHECKING:
    from tests.world import World

THEMES = ("Chuẩn bị", "Tiến hành", "Kết thúc", "Đã kết luận")


def inspection_objects(world: World) -> dict[str, int]:
    """Ids by the names under which addresses take them."""
    leader = world.person(Role.LEADER, "own")
    inspector = world.person(Role.INSPECTOR, "own")
    draft, laid = _item(world, 2018, "Nội dung dự thảo"), _item(world, 2019, "Nội dung đã trình")
    actions.submit_programme(laid.programme_id, by=inspector, at=NOON)
    items = [_item(world, 2017, theme) for theme in ("Dự kiến", *THEMES)]
    actions.submit_programme(items[0].programme_id, by=inspector, at=NOON)
    actions.approve_programme(items[0].programme_id, by=leader, at=NOON)
    words = {"scope": "children", "by_risk": 1, "at_random": 0, "seed": "0" * 32}
    draw = actions.draw_subjects(items[0].pk, **words, by=leader, at=NOON)
    prepared, conducted, finished, concluded = (_begun(world, item) for item in items[1:])
    for row in (conducted, finished, concluded):
        actions.go_on(row.pk, by=leader, at=NOON)
    finding, last = (_find(world, row) for row in (conducted, concluded))
    for row in (finished, concluded):
        _written(world, row)
    actions.conclude_inspection(concluded.pk, by=leader, at=NOON)
    point = conducted.points.order_by("position")[0]
    file = BytesIO(b"Bien ban")
    file.name = "bien-ban.txt"
    kept = conducted.points.order_by("position")[1]
    proof = actions.add_proof(file, point_id=kept.pk, not_secret=True, by=leader, at=NOON)
    return {
        "inspection_programme": draft.programme_id,
        "submitted_programme": laid.programme_id,
        "inspection_item": draft.pk,
        "inspection_draw": draw.pk,
        "candidate_unit": draw.candidates.get(place=1).unit_id,
        "planned_inspection": Inspection.objects.get(draw=draw).pk,
        "prepared_inspection": prepared.pk,
        "conducted_inspection": conducted.pk,
        "finished_inspection": finished.pk,
        "concluded_inspection": concluded.pk,
        "outline_point": point.pk,
        "finding": finding,
        "concluded_finding": last,
        "proof": proof.pk,
    }


def _item(world: World, year: int, theme: str) -> InspectionItem:
    leader = world.person(Role.LEADER, "own")
    programme = actions.begin_programme(world.tree.north, year=year, by=leader, at=NOON)
    details = ItemDetails(theme, "inspection", "programme", date(year, 1, 3), date(year, 6, 30))
    item = actions.add_item(programme.pk, details, by=leader, at=NOON)
    team = [world.person(role, "own").pk for role in (Role.INSPECTOR, Role.OFFICER)]
    return actions.set_team(item.pk, team, lead=team[0], by=leader, at=NOON)


def _begun(world: World, item: InspectionItem) -> Inspection:
    leader = world.person(Role.LEADER, "own")
    row = actions.add_subject(item.pk, world.tree.north1, by=leader, at=NOON)
    return actions.start_inspection(row.pk, by=leader, at=moment(date(2017, 1, 3), 13))


def _find(world: World, row: Inspection) -> int:
    words = {"text": "Chưa cập nhật", "remedy": "Cập nhật"}
    return actions.add_finding(row.pk, **words, by=world.person(Role.LEADER, "own"), at=NOON).pk


def _written(world: World, row: Inspection) -> None:
    leader, inspector = world.person(Role.LEADER, "own"), world.person(Role.INSPECTOR, "own")
    for point in row.points.all():
        actions.tell_point(point.pk, result="met", note_text="", by=leader, at=NOON)
    actions.go_on(row.pk, by=leader, at=NOON)
    actions.write_conclusion(row.pk, text="Kết luận", follower=inspector.pk, by=inspector, at=NOON)
