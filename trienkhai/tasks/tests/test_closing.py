"""Month-end sheets: stored once for each unit that counts anything, never changed; the same when the worker was off."""

from dataclasses import asdict
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from trienkhai.audit.models import Act
from trienkhai.cli.running import do_due
from trienkhai.common.models import Installation
from trienkhai.dashboards.queries.beside import trend
from trienkhai.dashboards.verification import check_site
from trienkhai.orgs.actions import change_unit
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.tests.make import make_holder, make_unit
from trienkhai.tasks import actions
from trienkhai.tasks.models import Assignment, Sheet
from trienkhai.tasks.queries import Cells, cells_of, due_soon_day, sheet_as_of
from trienkhai.tasks.queries.closed import altered_months, closed_month
from trienkhai.tasks.tally import recount
from trienkhai.tasks.tests.make import Cast, assignment_of, at, make_issue
from trienkhai.tasks.tests.unguarded import unguarded

pytestmark = pytest.mark.django_db
JANUARY, FEBRUARY, MARCH = date(2017, 1, 31), date(2017, 2, 28), date(2017, 3, 31)


def stored() -> dict[tuple[str, date], dict[str, int]]:
    rows = Sheet.objects.order_by("on", "pk").values_list("unit__present__code", "on", "cells")
    return {(code, on): cells for code, on, cells in rows}


def as_of_now(cast: Cast, on: date) -> dict[tuple[str, date], dict[str, int]]:
    """What the tally says at the end of that very day, for the units that count anything."""
    units = (cast.tree.bloc, cast.tree.north, cast.tree.south, cast.tree.direct)
    cells = {(unit.code, on): asdict(cells_of(unit, on=on, soon=due_soon_day(on))) for unit in units}
    return {key: row for key, row in cells.items() if any(row.values())}


def played(cast: Cast, *, closing: bool) -> dict[tuple[str, date], dict[str, int]]:
    """A quarter with every kind of change, with the months closed in time or not; what each month's end was."""
    expected = {}
    tasks = [{"due_on": date(2017, 2, 10)}, {"due_on": date(2017, 3, 6)}, {"recurrence": "month", "due_on": JANUARY}]
    issue = make_issue(cast, tasks)
    first, second, third = (task.assignments.get(unit=cast.tree.north1) for task in issue.tasks.order_by("position"))
    actions.acknowledge(first.pk, by=cast.holder_of(first), at=at(9))
    actions.submit_report(first.pk, text="Đã xong", by=cast.holder_of(first), at=at(30))
    actions.pause(third.pk, reason="Chờ", by=cast.leader, at=at(30))
    actions.acknowledge(second.pk, by=cast.holder_of(second), at=at(31))
    expected |= as_of_now(cast, JANUARY)
    if closing:
        actions.close_months(on=date(2017, 2, 1), at=at(1, 2))
    actions.open_occurrences(on=date(2017, 2, 1), at=at(1, 2))
    actions.approve(first.pk, by=cast.north_leader, at=at(1, 2))
    actions.extend(second.pk, date(2017, 4, 20), reason="Việc lớn", by=cast.leader, at=at(27, 2))
    actions.resume(third.pk, by=cast.leader, at=at(27, 2))
    withdrawn = assignment_of_first(cast)
    actions.withdraw(withdrawn.pk, reason="Giao nhầm", by=cast.leader, at=at(28, 2))
    expected |= as_of_now(cast, FEBRUARY)
    if closing:
        actions.close_months(on=date(2017, 3, 1), at=at(1, 3))
    actions.reopen(first.pk, reason="Chưa đạt", by=cast.north_leader, at=at(2, 3))
    expected |= as_of_now(cast, MARCH)
    return expected


def assignment_of_first(cast: Cast) -> Assignment:
    task = cast.tree.bloc.issues.get().tasks.order_by("position").first()
    return task.assignments.get(unit=cast.tree.south1)


@pytest.mark.parametrize("closing", [True, False], ids=["worker on", "worker off for three months"])
def test_sheets_are_what_the_tally_said_on_each_month_end(closing):
    cast = Cast()

    expected = played(cast, closing=closing)
    actions.close_months(on=date(2017, 4, 3), at=at(3, 4))

    assert stored() == expected
    assert {on for _code, on in expected} == {JANUARY, FEBRUARY, MARCH}


def test_each_month_is_one_act_with_its_count_and_running_twice_changes_nothing():
    cast = Cast()
    played(cast, closing=False)

    months = actions.close_months(on=date(2017, 4, 3), at=at(3, 4))
    before = (stored(), Act.objects.count())
    again = actions.close_months(on=date(2017, 4, 3), at=at(4, 4))

    acts = Act.objects.filter(verb="sheets.stored").order_by("pk")
    assert (months, again) == (3, 0) and (stored(), Act.objects.count()) == before
    assert [act.target_label for act in acts] == ["31/01/2017", "28/02/2017", "31/03/2017"]
    assert [act.count for act in acts] == [Sheet.objects.filter(act=act.pk).count() for act in acts]
    assert all(act.unit_path == cast.tree.bloc.path and len(act.digest) == 64 for act in acts)


def test_no_month_is_stored_before_it_has_ended_nor_before_anything_was_given():
    cast = Cast()

    assert actions.close_months(on=date(2017, 3, 1), at=at(1, 3)) == 0
    make_issue(cast)
    assert actions.close_months(on=JANUARY, at=at(31)) == 0
    assert actions.close_months(on=date(2017, 2, 1), at=at(1, 2)) == 1


def test_late_entry_leaves_what_is_stored_and_the_board_shows_what_was_stored():
    cast = Cast()
    make_issue(cast)
    actions.close_months(on=date(2017, 2, 1), at=at(1, 2))
    before = stored()

    make_issue(cast, [{}, {}], when=at(10))
    row = assignment_of(cast.tree.bloc.issues.first(), cast.tree.north1)
    actions.acknowledge(row.pk, by=cast.holder_of(row), at=at(20))
    actions.close_months(on=date(2017, 2, 2), at=at(2, 2))

    assert stored() == before
    assert sheet_as_of(cast.tree.bloc, JANUARY).total == 15
    assert trend(cast.tree.bloc, date(2017, 2, 2))[0] == (JANUARY, Cells(**before["K", JANUARY]))
    assert check_site(date(2017, 2, 2)) == [] and stored() == before


def test_unit_that_had_nothing_when_the_month_was_stored_has_no_point_for_it():
    cast = Cast()
    make_issue(cast, selection="unit:K.N.1")
    actions.close_months(on=date(2017, 2, 1), at=at(1, 2))

    make_issue(cast, selection="unit:K.B.1", when=at(10))

    assert [day for day, _cells in trend(cast.tree.north, date(2017, 2, 2))] == [date(2017, 2, 2)]


def test_unit_that_moved_afterwards_counts_where_it_stood_at_the_months_end():
    cast = Cast()
    admin = make_holder(cast.tree.bloc, Role.ADMIN)
    make_issue(cast)
    change_unit(cast.tree.north1.pk, {"parent": cast.tree.south}, by=admin, at=at(6, 2))

    actions.close_months(on=date(2017, 3, 1), at=at(1, 3))

    totals = {key: row["open_in_time"] for key, row in stored().items()}
    assert (totals["K.B", JANUARY], totals["K.N", JANUARY]) == (2, 2)
    assert (totals["K.B", FEBRUARY], totals["K.N", FEBRUARY]) == (1, 3)


def test_month_takes_the_same_number_of_statements_with_more_units():
    counts = []
    cast = Cast()
    for month in (2, 3):
        make_issue(cast, when=at(20, month - 1))
        with CaptureQueriesContext(connection) as captured:
            actions.close_months(on=date(2017, month, 1), at=at(1, month))
        counts.append(len(captured))
        for _more in range(12):
            branch = make_unit(cast.tree.bloc, kind="upper_committee")
            make_unit(branch)

    assert Sheet.objects.filter(on=FEBRUARY).count() > Sheet.objects.filter(on=JANUARY).count()
    assert counts[0] == counts[1]


def test_worker_stores_the_month_that_has_ended():
    cast = Cast()
    make_issue(cast)
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": date(2017, 2, 1)})

    for _run in range(2):
        do_due()

    assert set(stored()) == {("K", JANUARY), ("K.B", JANUARY), ("K.N", JANUARY)}


def test_work_handed_over_after_the_months_end_counts_at_who_held_it_on_the_last_day():
    cast = Cast()
    row = assignment_of(make_issue(cast, selection="unit:K.B.1"), cast.tree.north1)
    hand_over(cast, row, cast.tree.south1, day=6, month=2)
    hand_over(cast, row, cast.tree.north2, day=6, month=3)
    hand_over(cast, row, cast.tree.south2, day=6, month=3)

    actions.close_months(on=date(2017, 4, 1), at=at(1, 4))

    assert set(stored()) == {
        *(("K", on) for on in (JANUARY, FEBRUARY, MARCH)),
        ("K.B", JANUARY),
        ("K.N", FEBRUARY),
        ("K.N", MARCH),
    }
    assert recount() == []


def hand_over(cast: Cast, row: Assignment, unit: Unit, *, day: int, month: int) -> None:
    holder = make_holder(Assignment.objects.get(pk=row.pk).held_by, Role.FOCAL)
    asked = actions.ask(row.pk, kind="transfer", reason="Đúng việc", unit=unit, by=holder, at=at(day, month))
    actions.decide_request(asked.pk, grant=True, by=cast.leader, at=at(day, month))


def test_what_a_late_entry_changes_stands_beside_what_was_stored(client):
    cast = Cast()
    make_issue(cast)
    actions.close_months(on=date(2017, 2, 1), at=at(1, 2))
    same = closed_month(cast.tree.bloc, JANUARY)
    make_issue(cast, [{}, {}], when=at(10))

    changed = closed_month(cast.tree.bloc, JANUARY)

    assert same and same.stored == same.now and same.stored.total == 5
    assert changed and (changed.stored.total, changed.now.total) == (5, 15)
    assert closed_month(cast.tree.north, JANUARY).now.total == 6
    assert closed_month(cast.tree.bloc, FEBRUARY) is None


def test_the_check_tells_a_stored_sheet_that_was_changed_or_taken_away():
    cast = Cast()
    make_issue(cast)
    actions.close_months(on=date(2017, 3, 1), at=at(1, 3))
    assert list(altered_months()) == []

    row = Sheet.objects.filter(on=JANUARY).earliest("pk")
    with unguarded():
        Sheet.objects.filter(pk=row.pk).update(cells=row.cells | {"done_on_time": 9})
    told = check_site(date(2017, 3, 1))
    with unguarded():
        Sheet.objects.filter(on=FEBRUARY, unit=cast.tree.north).delete()

    assert sum("31/01/2017" in sentence for sentence in told) == 1
    assert list(altered_months()) == ["31/01/2017", "28/02/2017"]
    with unguarded():
        Sheet.objects.filter(pk=row.pk).update(cells=row.cells)
    assert list(altered_months()) == ["28/02/2017"]


def test_the_board_shows_a_stored_month_beside_what_is_counted_for_it_today(client):
    cast = Cast()
    make_issue(cast)
    actions.close_months(on=date(2017, 3, 1), at=at(1, 3))
    make_issue(cast, [{}, {}], when=at(10))
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": date(2017, 3, 2)})
    client.force_login(cast.leader)
    url = reverse("dashboards:board", args=[cast.tree.bloc.pk])

    last, chosen, unknown = (client.get(url, {"phan": "them", "thang": month}) for month in ("", "2017-01", "2016-99"))

    assert last.context["month"] is None and unknown.context["month"] is None
    assert chosen.context["month"].stored.total == 5 and chosen.context["month"].now.total == 15
    assert "thang=2017-01" in last.content.decode()
    assert "chốt" in chosen.content.decode().lower()
