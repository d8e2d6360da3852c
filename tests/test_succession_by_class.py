"""What becomes of each class of open objects when a unit ends, by what was chosen for it."""

from datetime import date, timedelta

import pytest

from tests.reorganising import DAY, World, require_order
from trienkhai.audit.actions import SYSTEM
from trienkhai.audit.models import Act
from trienkhai.common.verdict import Refused
from trienkhai.dissemination.models import Receipt, Sending, StudyPlan
from trienkhai.dissemination.rules import can_remind, visible_sendings
from trienkhai.documents.models import Dossier, Draft, RegisterEntry, Series
from trienkhai.documents.rules import visible_books, visible_documents
from trienkhai.indicators.models import Holder, Indicator
from trienkhai.norms.models import Norm
from trienkhai.notices.models import Notice
from trienkhai.orgs import journal, succession
from trienkhai.orgs.actions import Outcome
from trienkhai.orgs.models import Holding, Role, Succession, Unit
from trienkhai.orgs.moves import leavers
from trienkhai.orgs.taking_back import take_back
from trienkhai.orgs.tests.make import NOON, make_holder
from trienkhai.orgs.tests.make_ending import end_unit
from trienkhai.reports.models import PeriodReport, ReportForm
from trienkhai.tasks.models import (
    Assignment,
    Concretising,
    Focus,
    Opinion,
    Partnership,
    Share,
    State,
    StateSpan,
    Task,
    Wait,
)
from trienkhai.tasks.past import givers_then
from trienkhai.tasks.queries.past import sheet_as_of
from trienkhai.tasks.tally import counts_on
from trienkhai.tasks.tests.make import DUE, at, make_document
from trienkhai.tasks.tests.play import bring

pytestmark = pytest.mark.django_db
WHEN = at(20, 2)


class Ended(World):
    """north1 ends, by default into north2."""

    def __init__(self) -> None:
        super().__init__()
        self.old, self.new = self.tree.north1, self.tree.north2

    def end(
        self, *, dry_run: bool = False, division: dict[str, dict[int, int]] | None = None, **choices: str
    ) -> Outcome:
        return end_unit(
            self.old.pk, self.new.pk, choices=choices, division=division or {}, dry_run=dry_run, by=self.admin, at=WHEN
        )  # fmt: skip

    def ending(self) -> succession.Ending:
        return succession.Ending(Unit.objects.select_related("present").get(pk=self.old.pk), self.new, DAY)

    def kind(self, name: str) -> succession.Kind:
        return next(kind for kind in succession.kinds() if kind.name == name)


PLAYED_ELSEWHERE = {
    "terms", "notices", "slips", "requests", "issues", "roster", "meetings", "scores", "proposals", "remarks",
    "letters", "consultations", "owed_opinions", "inspections", "findings", "inspection_items", "worksessions",
    "worksession_conclusions", "evaluation_sheets", "evaluations", "commendations", "oversight_plans",
    "oversight_subjects", "recommendations", "matters", "questions", "commitments",
}  # fmt: skip
"""Classes of which this world holds none: the tests of their areas end a unit that does."""


def test_every_class_is_counted_by_its_name_and_nothing_is_left():
    world = Ended()

    dry, done = world.end(dry_run=True), world.end()

    assert dry == done and done.left == {} and done.questions == []
    assert set(done.counts) == {kind.name for kind in succession.kinds()} - PLAYED_ELSEWHERE
    require_order()


def test_work_that_is_closed_is_withdrawn_in_one_act_and_leaves_the_counts():
    world = Ended()
    held = list(Assignment.objects.filter(held_by=world.old).values_list("pk", flat=True))

    world.end(assignments="close")

    assert set(Assignment.objects.filter(pk__in=held).values_list("state", flat=True)) == {State.WITHDRAWN}
    assert Act.objects.get(verb="assignments.withdrawn").count == len(held)
    require_order()


def test_work_is_divided_by_list_and_goes_to_the_unit_above_where_that_was_chosen():
    divided, above = Ended(), None
    first, *others = divided.kind("assignments").ids(divided.ending())
    listed = {first: divided.tree.south1.pk} | {pk: divided.tree.south2.pk for pk in others}

    divided.end(division={"assignments": listed}, assignments="divide", receipts="up")

    above = divided.tree.north
    assert Assignment.objects.get(pk=first).held_by == divided.tree.south1
    assert set(Assignment.objects.filter(pk__in=others).values_list("held_by", flat=True)) == {divided.tree.south2.pk}
    assert Receipt.objects.filter(unit=above).count() == 1
    assert set(Succession.objects.values_list("successor", flat=True)) == {
        divided.new.pk, divided.tree.south1.pk, divided.tree.south2.pk
    }  # fmt: skip
    require_order()


@pytest.mark.parametrize(
    ("choices", "division", "words"),
    [
        ({"assignments": "divide"}, {"assignments": {}}, "“số [0-9]+, "),
        ({"assignments": "burn"}, {}, "burn"),
        ({"nothing": "close"}, {}, "nothing"),
        ({"posts": "continue"}, {}, "posts"),
    ],
)
def test_lists_that_leave_something_out_and_choices_that_are_not_offered_are_refused(choices, division, words):
    world = Ended()

    with pytest.raises(Refused, match=words):
        world.end(division=division, **choices)

    assert Unit.objects.get(pk=world.old.pk).closed_on.year == 9999


def test_a_list_that_names_a_unit_that_does_not_stand_or_work_of_another_is_refused():
    world = Ended()
    ids = world.kind("assignments").ids(world.ending())
    other = Assignment.objects.exclude(pk__in=ids).first()

    with pytest.raises(Refused):
        world.end(division={"assignments": dict.fromkeys(ids, world.old.pk)}, assignments="divide")
    with pytest.raises(Refused):
        world.end(division={"assignments": dict.fromkeys([*ids, other.pk], world.new.pk)}, assignments="divide")


def test_a_task_that_the_unit_gave_goes_on_as_a_copy_and_what_was_done_stays_with_the_first():
    world = Ended()
    task = Task.objects.get(assigner=world.old)
    done = Assignment.objects.create(
        task=task, unit=world.new, held_by=world.new, answers_to=world.old, state="done", due_on=DUE,
        first_due_on=DUE, issued_on=at(4).date(), since_on=at(5).date(), submitted_on=at(5).date(),
    )  # fmt: skip

    outcome = world.end()

    copy = Task.objects.get(continues=task)
    moved = copy.assignments.get()
    assert outcome.counts["tasks_given"] == 1
    assert (copy.assigner, copy.issue.assigner, moved.held_by, moved.answers_to) == (world.new,) * 4
    assert moved.unit == world.old and task.assignments.get() == done
    assert copy.issued_on == task.issued_on


def test_the_sheets_of_days_before_stay_the_same_to_the_digit():
    world = Ended()
    bring(world.cast, Assignment.objects.filter(held_by=world.tree.south2).first(), "submitted")
    day = DAY - timedelta(days=1)
    before = sorted((unit, due, tuple(cells.values())) for unit, due, cells in counts_on(day))
    sheet = sheet_as_of(world.old, day)

    world.end(tasks_given="up", assignments="continue")

    after = sorted((unit, due, tuple(cells.values())) for unit, due, cells in counts_on(day))
    assert before == after and sheet == sheet_as_of(world.old, day)
    assert sheet.total == 1
    assert givers_then(day) == {Task.objects.get(continues__isnull=False).pk: world.old.pk}
    assert givers_then(DAY) == {}


def test_the_next_occurrence_of_a_duty_that_recurs_opens_under_the_heir():
    world = Ended()
    task = Task.objects.get(assigner=world.old)
    Task.objects.filter(pk=task.pk).update(recurrence="month", next_on=date(2017, 3, 1))
    Assignment.objects.filter(task=task).update(state="done", submitted_on=DAY)

    world.end()

    copy = Task.objects.get(continues=task)
    task.refresh_from_db()
    assert (copy.next_on, task.next_on) == (date(2017, 3, 1), None)
    assert copy.assignments.count() == 1


def test_parts_that_both_have_become_one_and_watches_stand_once():
    world = Ended()

    world.end()

    old, new = Share.objects.filter(kind="part", unit=world.old).get(), Share.objects.get(kind="part", unit=world.new)
    assert old.answered_on == DAY and old.answer
    assert new.answered_on is None and new.text == "Phần của K.B.2; Phần của K.B.1"
    assert not Share.objects.filter(kind="watch", unit=world.old).exists()


def test_a_part_goes_to_a_heir_that_neither_has_one_nor_leads():
    world = Ended()
    lead = Assignment.objects.get(task__assigner=world.tree.south1)
    part = Share.objects.create(task=lead.task, unit=world.old, kind="part", assignment=lead)

    world.end()

    part.refresh_from_db()
    assert part.unit == world.new and part.answered_on is None


def test_parts_and_watches_that_are_closed_are_answered_or_gone():
    world = Ended()

    world.end(parts="close", watches="close")

    assert Share.objects.get(unit=world.old).answered_on == DAY
    assert Share.objects.get(unit=world.new, kind="part").text == "Phần của K.B.2"


def test_nobody_waits_for_itself_and_waits_for_the_unit_wait_for_its_heir():
    world = Ended()
    own = Wait.objects.get(assignment__held_by=world.tree.south1)

    end_unit(world.tree.south2.pk, world.tree.south1.pk, by=world.admin, at=WHEN)

    own.refresh_from_db()
    assert own.ended_on == DAY and own.answer
    waiting = Wait.objects.filter(ended_on=None)
    assert set(waiting.exclude(unit=world.tree.north1).values_list("unit", flat=True)) == {world.tree.south1.pk}


def test_a_partnership_goes_on_at_the_heir_from_that_day_with_what_is_asked_of_it():
    world = Ended()
    Partnership.objects.filter(unit=world.new).update(valid_to=date(2017, 2, 1))
    row = Partnership.objects.get(unit=world.old)

    world.end()

    row.refresh_from_db()
    new = Partnership.objects.get(unit=world.new, valid_from=DAY)
    opinion = Opinion.objects.get(asker=world.new, partnership=new)
    assert row.valid_to == DAY and row.end_basis
    assert opinion.answered_on is None and opinion.withdrawn_on is None


def test_a_unit_does_not_ask_its_own_opinion():
    world = Ended()
    asked = Opinion.objects.create(
        asker=world.new, asked=world.old, subject="Ý kiến", due_on=DUE, by=world.admin, at=NOON, on=date(2017, 1, 1)
    )

    world.end()

    asked.refresh_from_db()
    assert asked.withdrawn_on == DAY and asked.withdrawn_reason


def test_plans_and_drafts_go_over_or_are_put_aside():
    world = Ended()
    draft = Draft.objects.get(unit=world.old)

    world.end(focuses="close", dossiers="close", study_plans="close")

    draft.refresh_from_db()
    assert draft.unit == world.new and Concretising.objects.get(draft=draft).unit == world.new
    assert Focus.objects.get(unit=world.old).valid_to == DAY
    assert Dossier.objects.get(unit=world.old).closed_on == DAY
    assert not StudyPlan.objects.filter(unit=world.old).exists()


def test_books_of_the_heir_go_on_by_themselves_or_after_the_last_number_of_the_unit():
    world = Ended()
    Series.objects.filter(unit=world.new).delete()
    last = Series.objects.get(unit=world.old).last

    world.end(series="continue")

    new, old = Series.objects.get(unit=world.new), Series.objects.get(unit=world.old)
    assert (new.first, new.last, old.last) == (last + 1, last, last)


def test_a_run_in_which_the_heir_has_given_numbers_is_left_as_it_is():
    world = Ended()
    run = Series.objects.get(unit=world.new)
    RegisterEntry.objects.create(
        unit=world.new, book="out", series=run, number=1, on=date(2017, 1, 9), entered_at=NOON, reason="Giữ số"
    )
    Series.objects.filter(pk=run.pk).update(last=1)

    world.end(series="continue")

    run.refresh_from_db()
    assert (run.first, run.last) == (1, 1)


def test_the_heirs_people_read_what_is_filed_under_the_unit_and_others_beside_it_do_not():
    world = Ended()
    clerk, stranger = make_holder(world.new, Role.CLERK), make_holder(world.tree.south1, Role.CLERK)
    document = make_document(world.old)
    assert document not in visible_documents(clerk, DAY)

    world.end()

    clerk, stranger = type(clerk).objects.get(pk=clerk.pk), type(stranger).objects.get(pk=stranger.pk)
    assert document in visible_documents(clerk, DAY) and world.old in visible_books(clerk, DAY)
    assert document not in visible_documents(stranger, DAY) and world.old not in visible_books(stranger, DAY)


def test_heirs_of_heirs_read_what_the_first_unit_left():
    world = Ended()
    world.end()
    end_unit(world.new.pk, world.tree.south1.pk, by=world.admin, at=WHEN)
    clerk = make_holder(world.tree.south1, Role.CLERK)

    assert world.old in visible_books(clerk, DAY)


def test_the_successor_reminds_of_what_the_unit_had_sent_down():
    world = Ended()
    clerk, stranger = make_holder(world.new, Role.CLERK), make_holder(world.tree.south1, Role.CLERK)
    sending = Sending.objects.create(
        document=make_document(world.old), sender=world.old, selection="children", on=date(2017, 1, 9),
        sent_by=world.admin, sent_at=NOON,
    )  # fmt: skip
    assert not can_remind(clerk, sending, DAY)

    world.end()

    sending = Sending.objects.get(pk=sending.pk)
    assert can_remind(clerk, sending, DAY) and not can_remind(stranger, sending, DAY)
    assert sending in visible_sendings(type(clerk).objects.get(pk=clerk.pk), DAY)


def test_posts_end_and_those_whose_last_it_was_are_listed():
    world = Ended()
    focal = world.cast.focal[world.old.pk]
    both = make_holder(world.old, Role.CLERK)
    make_holder(world.new, Role.CLERK, account=both)
    listed = {one.account: one.last for one in leavers(world.ending())}

    world.end()

    assert listed[focal] and not listed[both]
    assert not Holding.objects.filter(post__unit=world.old, valid_to__gt=DAY).exists()
    assert {one.account: one.last for one in leavers(world.ending())} == listed


def test_someone_appointed_from_that_day_on_is_asked_about():
    world = Ended()
    make_holder(world.old, Role.CLERK, valid_from=DAY)

    with pytest.raises(Refused):
        world.end()


def test_unread_notices_follow_the_person_to_the_post_at_the_heir():
    world = Ended()
    focal = world.cast.focal[world.old.pk]
    make_holder(world.tree.south1, Role.CLERK, account=focal)
    make_holder(world.new, Role.CLERK, account=focal)

    world.end()

    assert Notice.objects.get(kind="task_recurred", post__holdings__account=focal).post.unit == world.new


def test_reports_forms_and_indicators_are_closed_where_that_was_chosen():
    world = Ended()

    world.end(period_reports="close", report_forms="close", indicators="close", indicators_held="close")

    assert PeriodReport.objects.get(unit=world.old).state == "closed"
    assert ReportForm.objects.get(unit=world.old).state == "ended"
    assert Indicator.objects.get(unit=world.old).valid_to == DAY
    assert Holder.objects.get(unit=world.old).valid_to == DAY
    require_order()


def test_reports_forms_and_indicators_go_to_the_unit_above():
    world = Ended()

    world.end(period_reports="up", report_forms="up", indicators="up", indicators_held="up")

    above = world.tree.north
    assert PeriodReport.objects.get(unit=world.old).held_by == above
    assert ReportForm.objects.filter(unit=above).count() == 1
    assert Indicator.objects.get(unit=above).holders.get(unit=above).giver == above
    require_order()


def test_its_own_ladder_ends_with_the_unit_or_goes_on_where_the_heir_has_none():
    world = Ended()
    Norm.objects.filter(place=world.new.path).delete()

    world.end(ladders="continue")

    new, old = Norm.objects.get(place=world.new.path), Norm.objects.get(place=world.old.path)
    assert (new.valid_from, old.valid_to) == (DAY, DAY)


def test_work_that_was_withdrawn_and_taken_back_has_a_span_of_no_length():
    world = Ended()
    row = Assignment.objects.filter(held_by=world.old).first()
    with journal.keep("PA-1", on=DAY):
        world.end(assignments="close")

    take_back("PA-1", by=SYSTEM, at=WHEN)

    row.refresh_from_db()
    spans = list(StateSpan.objects.filter(assignment=row).order_by("pk").values_list("state", "from_on", "to_on"))
    assert spans == [("assigned", row.issued_on, DAY), ("withdrawn", DAY, DAY)]
    assert (row.state, row.since_on) == ("assigned", DAY)
    require_order()
