"""Open work moves with its unit: counts, who approves, and people who act meanwhile."""

import threading
from datetime import date

import pytest
from django.db import connection

from trienkhai.common.verdict import Refused
from trienkhai.orgs import succession
from trienkhai.orgs.actions import change_unit
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.tests.make import make_holder
from trienkhai.people.models import Account
from trienkhai.tasks import actions
from trienkhai.tasks.models import Assignment, State
from trienkhai.tasks.queries import cells_of
from trienkhai.tasks.tally import negatives, recount
from trienkhai.tasks.tests.make import DUE, Cast, assignment_of, at, make_issue
from trienkhai.tasks.tests.play import CALLS, bring, reread

pytestmark = pytest.mark.django_db


def move(cast: Cast, unit: Unit, parent: Unit, day: int = 20) -> None:
    change_unit(unit.pk, {"parent": parent}, by=make_holder(cast.tree.bloc, Role.ADMIN), at=at(day))


def total(unit: Unit) -> int:
    return cells_of(Unit.objects.get(pk=unit.pk), on=DUE, soon=DUE).total


def test_counts_leave_the_old_branch_and_join_the_new_one_done_work_too():
    cast = Cast()
    issue = make_issue(cast, [{}, {}])
    bring(cast, assignment_of(make_issue(cast), cast.tree.north1), "done")
    assert (total(cast.tree.north), total(cast.tree.south), total(cast.tree.bloc)) == (6, 6, 15)

    move(cast, cast.tree.north1, cast.tree.south)

    assert (total(cast.tree.north), total(cast.tree.south), total(cast.tree.bloc)) == (3, 9, 15)
    assert cells_of(cast.tree.south, on=DUE, soon=DUE).done_on_time == 1
    assert issue.count == 10
    assert recount() == [] and negatives() == 0


def test_open_work_answers_to_the_new_branch_and_closed_work_stays_as_it_was_decided():
    cast = Cast()
    first, second = make_issue(cast), make_issue(cast)
    open_row = bring(cast, assignment_of(first, cast.tree.north1), "submitted")
    done = bring(cast, assignment_of(second, cast.tree.north1), "done")

    move(cast, cast.tree.north1, cast.tree.south)

    assert reread(open_row).answers_to == cast.tree.south
    assert reread(done).answers_to == cast.tree.north
    with pytest.raises(Refused):
        actions.approve(open_row.pk, by=cast.north_leader, at=at(21))
    assert actions.approve(open_row.pk, by=cast.south_leader, at=at(21)).state == State.DONE
    assert recount() == []


def test_unit_that_comes_to_stand_directly_below_the_assigner_answers_to_it():
    cast = Cast()
    assignment = assignment_of(make_issue(cast), cast.tree.north1)

    move(cast, cast.tree.north1, cast.tree.bloc)

    assert reread(assignment).answers_to == cast.tree.bloc


def test_assigner_that_moves_keeps_its_own_counts_and_brings_none_to_its_new_parent():
    cast = Cast()
    officer = make_holder(cast.tree.north, Role.OFFICER)
    document = make_issue(cast).document
    rows = [{"title": "Việc của Bắc", "due_on": DUE}]
    own = actions.prepare_issue(document, cast.tree.north, rows, by=officer, at=at(4))
    actions.issue_tasks(own.pk, by=cast.north_leader, at=at(4))
    before = total(cast.tree.south)

    move(cast, cast.tree.north, cast.tree.south)

    assert cells_of(Unit.objects.get(pk=cast.tree.north.pk), on=DUE, soon=DUE).total == 4
    assert total(cast.tree.south) == before + 2
    assert recount() == []


def test_number_of_open_assignments_concerned_is_told_before():
    cast = Cast()
    make_issue(cast, [{}, {}])
    north = cast.tree.north.path

    assert succession.count_all(succession.Move(cast.tree.north.pk, north, north))["assignments"] == 4


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_people_who_act_while_their_unit_moves_leave_the_counts_true():
    cast = Cast()
    make_issue(cast, [{}] * 4)
    admin = make_holder(cast.tree.bloc, Role.ADMIN)
    rows = list(Assignment.objects.filter(unit__in=[cast.tree.north1, cast.tree.north2]).select_related("held_by"))
    start, faults = threading.Barrier(3), []

    def work(mine: list[Assignment]) -> None:
        start.wait()
        for row in mine:
            for verb in ("acknowledge", "extend", "submit"):
                by = cast.leader if verb == "extend" else cast.holder_of(row)
                attempt(CALLS[verb], row.pk, by=Account.objects.get(pk=by.pk))
        connection.close()

    def wander() -> None:
        start.wait()
        for parent in (cast.tree.south, cast.tree.bloc, cast.tree.north, cast.tree.south1) * 2:
            by = Account.objects.get(pk=admin.pk)
            attempt(change_unit, cast.tree.north1.pk, {"parent": parent}, by=by)
        connection.close()

    def attempt(call, *what, by: Account) -> None:
        try:
            call(*what, by=by, at=at(20))
        except Exception as fault:
            faults.append(fault)

    threads = [threading.Thread(target=work, args=(rows[half::2],)) for half in (0, 1)]
    threads.append(threading.Thread(target=wander))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    assert recount() == [] and negatives() == 0
    assert date(2017, 9, 29) in set(Assignment.objects.values_list("due_on", flat=True))
