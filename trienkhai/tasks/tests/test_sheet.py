"""The sheet of four cells: a table of cases made by hand, the report of 2017, the past, the first due day."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from trienkhai.common.clock import moment
from trienkhai.common.days import OPEN_END
from trienkhai.tasks import actions
from trienkhai.tasks.models import Assignment, Share, Tally
from trienkhai.tasks.queries import Cells, cell_filter, cells_of, sheet_as_of
from trienkhai.tasks.queries.sheets import counted_at
from trienkhai.tasks.tally import recount
from trienkhai.tasks.tests.make import DUE, Cast, assignment_of, at, make_issue

pytestmark = pytest.mark.django_db
CASES = yaml.safe_load((Path(__file__).parent / "data" / "sheet_cases.yaml").read_text(encoding="utf-8"))
CELLS = ("done_on_time", "done_late", "open_in_time", "open_overdue")


def day_of_2017(text: str) -> date:
    day, month = text.split("/")
    return date(2017, int(month), int(day))


def play(cast: Cast, assignment: Assignment, step: str) -> None:
    """One step of a case, such as 'extend 20/6 31/7', done by the person whose verb it is."""
    verb, day, *more = step.split()
    when: datetime = moment(day_of_2017(day), 10)
    holder, approver, assigner = cast.holder_of(assignment), cast.approver_of(assignment), cast.leader
    pk = assignment.pk
    verbs: dict[str, Callable[[], Any]] = {
        "acknowledge": lambda: actions.acknowledge(pk, by=holder, at=when),
        "update": lambda: actions.update_progress(pk, percent=50, text="Đang làm", by=holder, at=when),
        "submit": lambda: actions.submit_report(pk, text="Đã xong", by=holder, at=when),
        "approve": lambda: actions.approve(pk, by=approver, at=when),
        "return": lambda: actions.return_report(pk, reason="Thiếu minh chứng", by=approver, at=when),
        "reopen": lambda: actions.reopen(pk, reason="Chưa đạt", by=approver, at=when),
        "pause": lambda: actions.pause(pk, reason="Chờ kinh phí", by=assigner, at=when),
        "resume": lambda: actions.resume(pk, by=assigner, at=when),
        "withdraw": lambda: actions.withdraw(pk, reason="Giao nhầm", by=assigner, at=when),
        "extend": lambda: actions.extend(pk, day_of_2017(more[0]), reason="Khối lượng lớn", by=assigner, at=when),
    }
    verbs[verb]()


def cell_in(cells: Cells) -> str:
    """The one cell that counts the one row of a case; 'none' when it left the denominator."""
    standing = [name for name in CELLS if getattr(cells, name)]
    assert cells.total == len(standing) <= 1
    return standing[0] if standing else "none"


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case_stands_in_its_cell_at_every_level_above_it(case):
    cast = Cast()
    due = OPEN_END if case["due"] == "none" else day_of_2017(case["due"])
    issue = make_issue(cast, [{"due_on": due}], selection="unit:K.B.1")
    assignment = assignment_of(issue, cast.tree.north1)

    for step in case["do"]:
        play(cast, assignment, step)

    on = day_of_2017(case["sheet"])
    for unit in (cast.tree.bloc, cast.tree.north):
        assert cell_in(cells_of(unit, on=on, soon=on)) == case["cell"]
    by_first = cells_of(cast.tree.bloc, on=on, soon=on, by_first_due=True)
    assert cell_in(by_first) == case.get("first", case["cell"])
    assert cell_in(sheet_as_of(cast.tree.bloc, on)) == case["cell"]
    assert recount() == []


def test_report_of_2017_adds_up_to_what_was_given():
    cast = Cast()
    task = make_issue(cast).tasks.get()
    on = date(2017, 12, 27)
    Tally.objects.filter(unit=cast.tree.bloc).delete()
    Tally.objects.create(
        unit=cast.tree.bloc, task=task, due_on=date(2017, 12, 20), done_on_time=14_068, done_late=1_983, in_progress=223
    )
    Tally.objects.create(unit=cast.tree.bloc, task=task, due_on=date(2018, 3, 31), in_progress=5_640)

    cells = cells_of(cast.tree.bloc, on=on, soon=on)

    assert (cells.total, cells.done) == (21_914, 16_051)
    assert (cells.open_in_time, cells.open_overdue) == (5_640, 223)


def test_every_cell_counts_the_rows_of_its_list():
    cast = Cast()
    issue = make_issue(cast, [{}, {"due_on": OPEN_END}])
    first = (
        assignment_of(issue, cast.tree.north1) if issue.tasks.count() == 1 else issue.tasks.first().assignments.first()
    )
    actions.acknowledge(first.pk, by=cast.holder_of(first), at=at(5))
    actions.submit_report(first.pk, text="Đã xong", by=cast.holder_of(first), at=at(6))

    on = at(1, 8).date()
    cells = cells_of(cast.tree.bloc, on=on, soon=on)

    for name in Cells.__dataclass_fields__:
        rows = Assignment.objects.filter(counted_at(cast.tree.bloc)).filter(cell_filter(name, on, on))
        assert rows.count() == getattr(cells, name), name


def test_past_sheet_stays_the_same_whatever_happens_afterwards():
    cast = Cast()
    issue = make_issue(cast)
    assignment = assignment_of(issue, cast.tree.south1)
    actions.acknowledge(assignment.pk, by=cast.holder_of(assignment), at=at(5))
    actions.submit_report(assignment.pk, text="Đã xong", by=cast.holder_of(assignment), at=at(30, 6))
    before = sheet_as_of(cast.tree.bloc, DUE)

    actions.approve(assignment.pk, by=cast.south_leader, at=at(10, 8))
    actions.extend(
        assignment_of(issue, cast.tree.north1).pk, date(2017, 12, 31), reason="Lý do", by=cast.leader, at=at(11, 8)
    )

    after = sheet_as_of(cast.tree.bloc, DUE)
    assert [getattr(after, cell) for cell in CELLS] == [getattr(before, cell) for cell in CELLS]
    assert sheet_as_of(cast.tree.bloc, date(2017, 8, 12)).done_on_time == 1


def test_joint_task_has_one_counted_lead_and_parts_counted_apart():
    cast = Cast()
    task = {"mode": "joint", "selection": "unit:K.B.1", "coordinating_selection": "unit:K.N.1 + unit:K.VP"}
    issue = make_issue(cast, [task])

    cells = cells_of(cast.tree.bloc, on=DUE, soon=DUE)

    assert cells.total == 1
    assert cells_of(cast.tree.south, on=DUE, soon=DUE).total == 0
    parts = Share.objects.filter(task__issue=issue, kind="part")
    assert sorted(part.unit.code for part in parts) == ["K.N.1", "K.VP"]


def test_recurring_task_opens_one_occurrence_a_period_and_each_is_judged_by_its_own_day():
    cast = Cast()
    issue = make_issue(cast, [{"recurrence": "quarter", "due_on": date(2017, 3, 31)}], selection="unit:K.B.1")
    first = assignment_of(issue, cast.tree.north1)
    actions.acknowledge(first.pk, by=cast.holder_of(first), at=at(5))
    actions.submit_report(first.pk, text="Đã xong", by=cast.holder_of(first), at=at(31, 3))
    actions.approve(first.pk, by=cast.north_leader, at=at(2, 4))

    opened = [actions.open_occurrences(on=date(2017, month, 1), at=at(1, month)) for month in (3, 4, 4, 5, 7)]

    assert opened == [0, 1, 0, 0, 1]
    due = Assignment.objects.order_by("occurrence").values_list("due_on", flat=True)
    assert list(due) == [date(2017, 3, 31), date(2017, 6, 30), date(2017, 9, 30)]
    cells = cells_of(cast.tree.bloc, on=date(2017, 7, 1), soon=date(2017, 7, 1))
    assert (cells.done_on_time, cells.open_overdue, cells.open_in_time) == (1, 1, 1)
    assert recount() == []


def test_assigner_has_its_own_row_also_for_what_it_holds_itself():
    cast = Cast()
    make_issue(cast, [{}], selection="unit:K")

    assert cells_of(cast.tree.bloc, on=DUE, soon=DUE).total == 1
    assert recount() == []
