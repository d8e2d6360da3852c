"""The one function that changes what counts: span, tally and row tell the same story."""

from datetime import date

import pytest

from trienkhai.common.days import OPEN_END
from trienkhai.orgs.tests.make import make_unit
from trienkhai.tasks import ledger
from trienkhai.tasks.models import Assignment, State, StateSpan, Tally
from trienkhai.tasks.tally import negatives, recount
from trienkhai.tasks.tests.make import DUE, Cast, assignment_of, at, make_issue
from trienkhai.tasks.tests.play import LATER_DUE, bring, reread

pytestmark = pytest.mark.django_db
DAY = at(9).date()


def counted(unit, **columns) -> bool:
    return Tally.objects.filter(unit=unit, **columns).exists()


def test_nothing_to_shift_does_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert ledger.shift([], ledger.Change(state=State.DONE), on=DAY, act=1) == 0


def test_many_rows_are_shifted_in_as_few_statements_as_one(django_assert_num_queries):
    cast = Cast()
    make_issue(cast, [{}, {}, {}])
    ids = sorted(Assignment.objects.values_list("pk", flat=True))

    with django_assert_num_queries(3):
        assert ledger.shift(ids[:1], ledger.Change(state=State.ACKNOWLEDGED), on=DAY, act=7) == 1
    with django_assert_num_queries(3):
        assert ledger.shift(ids[1:], ledger.Change(state=State.ACKNOWLEDGED), on=DAY, act=8) == 14

    assert StateSpan.objects.count() == 15
    assert recount() == [] and negatives() == 0


def test_row_is_counted_at_every_unit_above_up_to_the_assigner_and_not_at_itself():
    cast = Cast()
    make_issue(cast, selection="unit:K.B.1")

    assert counted(cast.tree.bloc, assigned=1) and counted(cast.tree.north, assigned=1)
    assert not counted(cast.tree.north1) and not counted(cast.tree.south)


def test_row_given_to_a_unit_elsewhere_is_counted_at_the_assigner_alone():
    cast = Cast()
    make_unit(make_unit(code="X"), code="X.1")

    make_issue(cast, selection="unit:X.1")

    assert list(Tally.objects.values_list("unit", "assigned")) == [(cast.tree.bloc.pk, 1)]
    assert recount() == []


def test_extension_moves_the_count_to_the_new_day_and_marks_it_extended():
    cast = Cast()
    assignment = assignment_of(make_issue(cast, selection="unit:K.B.1"), cast.tree.north1)

    ledger.shift([assignment.pk], ledger.Change(due_on=LATER_DUE), on=DAY, act=7)

    for unit in (cast.tree.bloc, cast.tree.north):
        assert counted(unit, due_on=DUE, assigned=0, extended=0)
        assert counted(unit, due_on=LATER_DUE, assigned=1, extended=1)
    after = reread(assignment)
    assert (after.due_on, after.first_due_on) == (LATER_DUE, DUE)
    assert recount() == []


@pytest.mark.parametrize("day, column", [(DUE, "submitted"), (date(2017, 7, 1), "submitted_late")])
def test_submission_is_counted_in_time_through_the_due_day_itself(day, column):
    cast = Cast()
    assignment = bring(cast, assignment_of(make_issue(cast), cast.tree.north1), "acknowledged")

    ledger.shift([assignment.pk], ledger.Change(state=State.SUBMITTED, submitted_on=day), on=day, act=7)

    assert counted(cast.tree.north, **{column: 1})
    ledger.shift([assignment.pk], ledger.Change(state=State.DONE), on=day, act=8)
    assert counted(cast.tree.north, **{"done_on_time" if column == "submitted" else "done_late": 1})
    assert recount() == []


def test_row_without_a_due_day_is_always_in_time():
    cast = Cast()
    issue = make_issue(cast, [{"due_on": OPEN_END}])

    bring(cast, assignment_of(issue, cast.tree.north1), "done", at(5, 1, 2030))

    assert counted(cast.tree.north, due_on=OPEN_END, done_on_time=1)


def test_two_changes_of_one_day_leave_a_span_of_no_length():
    cast = Cast()
    assignment = assignment_of(make_issue(cast), cast.tree.north1)

    bring(cast, assignment, "in_progress", at(5))

    spans = StateSpan.objects.filter(assignment=assignment).order_by("pk")
    assert [(span.state, span.from_on, span.to_on) for span in spans] == [
        ("assigned", at(3).date(), at(5).date()),
        ("acknowledged", at(5).date(), at(5).date()),
    ]


def test_reading_rows_one_by_one_has_a_limit():
    with pytest.raises(ValueError, match="500"):
        ledger.lock(range(501))


def test_recount_names_the_place_the_stored_and_the_true_number():
    cast = Cast()
    task = make_issue(cast).tasks.get()
    Tally.objects.filter(unit=cast.tree.north).update(assigned=7)

    assert recount() == [(cast.tree.north.pk, task.pk, recount()[0][2], {"assigned": (7, 2)})]
    Tally.objects.filter(unit=cast.tree.north).delete()
    assert recount()[0][3] == {"assigned": (0, 2)}
    Tally.objects.filter(unit=cast.tree.bloc).update(paused=-1)
    assert negatives() == 1
