"""Reorganisations like those of 2025 and 2026: past sheets stay the same to the digit, and nothing is left behind.

In February 2025 two blocs ended at once, the organisations of one divided among four new ones and mixed with those of
the other; in 2026 cells came to stand directly below their committee.
"""

from datetime import date, timedelta
from typing import Any

import pytest

from trienkhai.audit.actions import SYSTEM
from trienkhai.dashboards.links import Scope
from trienkhai.dashboards.queries.board import past_board_of
from trienkhai.dashboards.tests.test_past_boards import figures
from trienkhai.orgs.actions import UnitRow, establish_units
from trienkhai.orgs.actions.reorganising import key_of
from trienkhai.orgs.models import Role, Unit, UnitPlace
from trienkhai.orgs.tests.make import NOON, make_holder
from trienkhai.orgs.tests.make_reorganising import TODAY, Office, dissolve, move, new
from trienkhai.tasks import actions
from trienkhai.tasks.ending import left_with_closed
from trienkhai.tasks.models import OPEN_STATES, Assignment
from trienkhai.tasks.tally import counts_on, recount
from trienkhai.tasks.tests.make import DUE, at, make_document

pytestmark = pytest.mark.django_db
BEFORE, YEAR_END = TODAY - timedelta(days=1), date(2017, 3, 31)
Sheets = dict[Any, Any]


def build(*rows: tuple[str, str, str, str]) -> dict[str, Unit]:
    """Units by code from (code, kind, code above, relation)."""
    since = date(2010, 1, 1)
    listed = [
        UnitRow(code=code, name=f"Đơn vị {code}", kind=kind, parent_code=above, relation=relation, established_on=since)
        for code, kind, above, relation in rows
    ]  # fmt: skip
    establish_units(listed, by=SYSTEM, at=NOON)
    return {unit.code: unit for unit in Unit.objects.select_related("present")}


def give(office: Unit, selection: str) -> None:
    """A task of the office to the selection, and a few of those who hold it have begun or finished."""
    officer, leader = make_holder(office, Role.OFFICER), make_holder(office, Role.LEADER)
    row = {"title": f"Việc của {office.code}", "due_on": DUE}
    issue = actions.prepare_issue(make_document(office), office, [row], selection=selection, by=officer, at=NOON)
    actions.issue_tasks(issue.pk, by=leader, at=NOON)
    given = Assignment.objects.filter(task__issue=issue).order_by("pk").select_related("held_by", "answers_to")
    for number, assignment in enumerate(given[:6]):
        focal = make_holder(assignment.held_by, Role.FOCAL)
        actions.acknowledge(assignment.pk, by=focal, at=at(4, 2))
        if number % 2:
            actions.submit_report(assignment.pk, text="Đã xong", by=focal, at=at(5, 3))
        if number % 4 == 1:
            who = leader if assignment.answers_to_id == office.pk else make_holder(assignment.answers_to, Role.LEADER)
            actions.approve(assignment.pk, by=who, at=at(6, 4))


def sheets(tops: list[Unit]) -> Sheets:
    """What the boards of these units and the tally of every unit say of two past days."""
    found: Sheets = {}
    for day in (YEAR_END, BEFORE):
        scope = Scope(day=day)
        for top in tops:
            found[day, top.code] = figures(past_board_of(Unit.objects.get(pk=top.pk), day, scope), scope)
        found[day] = sorted((unit, due, sorted(counts.items())) for unit, due, counts in counts_on(day))
    return found


def require_whole() -> None:
    """Every open thing lies with a unit that stands, and the counters are those of the rows."""
    assert recount() == []
    assert left_with_closed(TODAY) == {}
    closed = Assignment.objects.filter(state__in=OPEN_STATES)
    assert not closed.filter(held_by__closed_on__lte=TODAY).exists()
    assert not closed.filter(answers_to__closed_on__lte=TODAY).exists()
    for unit in Unit.objects.select_related("present").filter(path__isnull=False):
        place = UnitPlace.objects.get(unit=unit, valid_from__lte=TODAY, valid_to__gt=TODAY)
        parent = Unit.objects.filter(pk=unit.present.parent_id).first()
        assert place.path == unit.path == (parent.path if parent else "") + f"{unit.pk:08}"


def test_two_blocs_end_and_their_organisations_are_divided_among_four_new_ones():
    organisations = [(f"A.{n:02}", "upper_committee" if n % 9 == 0 else "grassroots_committee") for n in range(1, 64)]
    units = build(
        ("R", "bloc", "", "subordinate"),
        *((code, "bloc", "R", "subordinate") for code in ("A", "B")),
        *((f"{code}.VP", "body", code, "attached") for code in ("A", "B")),
        *((code, kind, "A", "subordinate") for code, kind in organisations),
        *((f"A.{n:02}.{k}", "grassroots_cell", f"A.{n:02}", "subordinate") for n in range(9, 64, 9) for k in (1, 2)),
        *((f"B.{n:02}", "grassroots_committee", "B", "subordinate") for n in range(1, 13)),
    )
    give(units["R"], "grassroots")
    give(units["A"], "children")
    tops = [units[code] for code in ("R", "A", "B", "A.09")]
    before = sheets(tops)

    office = Office(units["R"])
    file = office.file(title="Phương án kết thúc hai đảng bộ khối")
    made = [
        office.step(file, "establish", {"new": new(f"N{n}", f"Đảng bộ mới {n}", "bloc"), "parent": key_of(units["R"])})
        for n in range(1, 5)
    ]
    for number, step in enumerate(made):
        part = [units[code] for code, _kind in organisations[number::4]]
        mixed = [units[f"B.{n:02}"] for n in range(1 + number, 13, 4)]
        office.step(file, *move(f"s{step.pk}.0", *part, *mixed))
    successor = f"s{made[0].pk}.0"
    for code in ("A.VP", "B.VP", "A", "B"):
        office.step(file, *dissolve(units[code], successor))
    done = office.carry_out(file)

    counts = {row["position"]: row["counts"] for row in done.outcome["steps"]}
    assert sum(counts[n]["units"] for n in range(5, 9)) == 63 + 14 + 12
    assert done.outcome["left"] == {} and done.outcome["questions"] == []
    assert sheets(tops) == before
    require_whole()
    assert {unit.code for unit in Unit.objects.filter(present__parent=units["R"]).standing(TODAY)} == {
        "N1",
        "N2",
        "N3",
        "N4",
    }


def test_cells_come_to_stand_directly_below_their_committee():
    cells = [(f"C.{n % 3 + 1}.{n:02}", f"C.{n % 3 + 1}") for n in range(23)]
    units = build(
        ("C", "upper_committee", "", "subordinate"),
        *((f"C.{n}", "grassroots_committee", "C", "subordinate") for n in (1, 2, 3)),
        *((code, "cell", above, "subordinate") for code, above in cells),
    )
    give(units["C"], "kind:cell + children")
    tops = [units["C"], units["C.1"]]
    before = sheets(tops)

    office = Office(units["C"])
    file = office.file(move(units["C"], *(units[code] for code, _above in cells)), title="Bỏ cấp trung gian")
    for number in (1, 2, 3):
        office.step(file, *dissolve(units[f"C.{number}"]))
    done = office.carry_out(file)

    assert done.outcome["steps"][0]["counts"]["units"] == 23
    assert sheets(tops) == before
    require_whole()
