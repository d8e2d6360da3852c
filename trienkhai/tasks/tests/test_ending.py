"""A unit ends: what it leaves open goes to its successor or is asked about; a dry run leaves everything as it was."""

from datetime import date

import pytest

from trienkhai.audit.models import Act
from trienkhai.common.verdict import Refused
from trienkhai.dashboards.verification import check_site
from trienkhai.dissemination import actions as dissemination
from trienkhai.dissemination.actions import SessionDetails
from trienkhai.dissemination.models import Receipt, StudyPlan, StudySession
from trienkhai.dissemination.tests.make import Cast as Sent
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.tests.make import make_holder
from trienkhai.orgs.tests.make_ending import end_unit
from trienkhai.tasks.models import Assignment, Focus, Programme, ProgrammeItem
from trienkhai.tasks.tally import negatives, recount
from trienkhai.tasks.tests.make import Cast, at, make_issue
from trienkhai.tasks.tests.play import bring

pytestmark = pytest.mark.django_db
DAY = date(2017, 2, 20)


class Merger:
    """north2 is to be merged into north1; both have work, receipts, a study, a programme and a focus."""

    def __init__(self) -> None:
        self.sent = Sent()
        self.tree = self.sent.tree
        self.old, self.new = self.tree.north2, self.tree.north1
        self.admin = make_holder(self.tree.bloc, Role.ADMIN)
        self.sending = self.sent.send("unit:K.B.1 + unit:K.B.2")

    def end(self, *, dry_run: bool = False):
        return end_unit(self.old.pk, self.new.pk, dry_run=dry_run, by=self.admin, at=at(20, 2))

    def programme(self, unit: Unit, *items: str) -> Programme:
        leader = make_holder(unit, Role.LEADER)
        row = Programme.objects.create(
            unit=unit, kind="year", starts_on=date(2017, 1, 1), ends_on=date(2017, 12, 31), opened_by=leader,
            opened_at=at(4),
        )  # fmt: skip
        for place, title in enumerate(items, start=1):
            ProgrammeItem.objects.create(programme=row, position=place, title=title, unit=unit)
        return row


def test_receipts_and_plans_go_to_the_successor_once():
    merger = Merger()
    plan = merger.sent.plan(merger.old)

    outcome = merger.end()

    assert outcome.counts == {"posts": 1, "receipts": 1, "study_plans": 1}
    assert outcome.left == {} and outcome.questions == []
    assert Receipt.objects.filter(current=True).count() == 1
    assert Receipt.objects.get(current=True).unit == merger.new
    plan.refresh_from_db()
    assert plan.unit == merger.new
    assert Act.objects.filter(verb="unit.ended").count() == 1


def test_a_receipt_of_the_ended_unit_alone_becomes_the_successors():
    merger = Merger()
    Receipt.objects.filter(unit=merger.new).delete()

    merger.end()

    assert Receipt.objects.get().unit == merger.new and Receipt.objects.get().current


def test_sessions_still_planned_join_the_study_of_the_successor_and_a_study_half_done_alone_is_asked_about():
    merger = Merger()
    held = merger.sent.plan(merger.old)
    details = SessionDetails(starts_at=at(25, 2), place="Hội trường")
    session = dissemination.plan_session(held.pk, details, by=merger.sent.focal[merger.old.pk], at=at(5))
    StudySession.objects.filter(pk=session.pk).update(state="held")
    later = dissemination.plan_session(held.pk, details, by=merger.sent.focal[merger.old.pk], at=at(5))

    asked = merger.end(dry_run=True)
    with pytest.raises(Refused):
        merger.end()
    theirs = merger.sent.plan(merger.new)
    outcome = merger.end()

    assert len(asked.questions) == 1
    later.refresh_from_db()
    assert later.plan == theirs and outcome.left == {}
    assert StudyPlan.objects.get(pk=held.pk).unit == merger.old


def test_work_programmes_and_focuses_go_to_the_successor_and_the_counts_stay_true():
    cast = Cast()
    issue = make_issue(cast, [{}, {}])
    done = bring(cast, Assignment.objects.filter(task__issue=issue, unit=cast.tree.north2).first(), "done")
    admin = make_holder(cast.tree.bloc, Role.ADMIN)
    post = make_holder(cast.tree.north2, Role.LEADER).holdings.get().post
    focus = Focus.objects.create(
        unit=cast.tree.north2, kind="key", title="Trọng điểm", owner=post, valid_from=date(2017, 1, 1)
    )

    dry = end_unit(cast.tree.north2.pk, cast.tree.north1.pk, dry_run=True, by=admin, at=at(20, 7))
    assert Unit.objects.get(pk=cast.tree.north2.pk).closed_on.year == 9999
    outcome = end_unit(cast.tree.north2.pk, cast.tree.north1.pk, by=admin, at=at(20, 7))

    assert dry.counts == outcome.counts == {"posts": 2, "assignments": 1, "focuses": 1}
    assert dry.left == outcome.left == {}
    assert Assignment.objects.filter(held_by=cast.tree.north2).get() == done
    assert Assignment.objects.filter(held_by=cast.tree.north1).count() == 3
    focus.refresh_from_db()
    assert focus.unit == cast.tree.north1 and focus.owner is None
    assert recount() == [] and negatives() == 0
    assert not [said for said in check_site(date(2017, 7, 20)) if str(cast.tree.north2.pk) in said.split()]


def test_open_items_of_one_of_two_programmes_of_a_year_go_on_in_the_successors():
    merger = Merger()
    own = merger.programme(merger.new, "Việc A")
    theirs = merger.programme(merger.old, "Việc B", "Việc C")
    theirs.items.filter(title="Việc C").update(closed="done", closed_on=DAY)

    outcome = merger.end()

    theirs.refresh_from_db()
    item = theirs.items.get(title="Việc B")
    assert theirs.unit == merger.old and outcome.left == {}
    assert (item.closed, item.carried_to.programme, item.carried_to.unit) == ("carried", own, merger.new)
    assert list(own.items.order_by("position").values_list("title", flat=True)) == ["Việc A", "Việc B"]
    assert outcome.counts["programmes"] == 1


def test_a_programme_of_the_ended_unit_alone_and_items_it_answers_for_go_over():
    merger = Merger()
    own = merger.programme(merger.old, "Việc B")
    above = merger.programme(merger.tree.north, "Việc của Bắc")
    above.items.update(unit=merger.old)

    outcome = merger.end()

    own.refresh_from_db()
    assert own.unit == merger.new and outcome.left == {}
    assert set(ProgrammeItem.objects.values_list("unit", flat=True)) == {merger.new.pk}


def test_units_below_two_units_that_are_one_and_a_stranger_stand_in_the_way():
    cast = Cast()
    admin = make_holder(cast.tree.bloc, Role.ADMIN)

    with pytest.raises(Refused):
        end_unit(cast.tree.north.pk, cast.tree.south.pk, by=admin, at=at(20, 7))
    with pytest.raises(Refused):
        end_unit(cast.tree.north1.pk, cast.tree.north1.pk, by=admin, at=at(20, 7))
    with pytest.raises(Refused):
        end_unit(cast.tree.north2.pk, cast.tree.north1.pk, by=cast.leader, at=at(20, 7))


def test_the_check_names_what_is_left_with_a_unit_that_no_longer_stands():
    merger = Merger()
    Focus.objects.create(unit=merger.old, kind="key", title="Trọng điểm", valid_from=date(2017, 1, 1))
    Unit.objects.filter(pk=merger.old.pk).update(closed_on=DAY)

    said = [sentence for sentence in check_site(DAY) if str(merger.old.pk) in sentence.split()]

    assert len(said) == 2
