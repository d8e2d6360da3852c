"""Subjects that end: the successor answers for what is open, reads what was; nothing begins at a unit that ended."""

from datetime import date

import pytest

from trienkhai.audit.actions import SYSTEM
from trienkhai.common.verdict import Refused
from trienkhai.inspections import actions, moves, rules
from trienkhai.inspections.models import Finding, Inspection, InspectionProgramme
from trienkhai.inspections.queries.history import history_of
from trienkhai.inspections.queries.integrity import altered_conclusions, left_with_closed
from trienkhai.inspections.queries.remedies import proof_of_remedy
from trienkhai.inspections.tests.make import Cast, at
from trienkhai.orgs import succession
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.succession import Ending
from trienkhai.orgs.tests.make import make_holder
from trienkhai.orgs.tests.make_ending import end_unit
from trienkhai.tasks import actions as work

pytestmark = pytest.mark.django_db
YESTERDAY, TODAY = at(20), at(21)


class Merged(Cast):
    """`north1` merges into `north2` on 20/1; the successor has a leader."""

    def __init__(self) -> None:
        super().__init__()
        self.heir = self.tree.north2
        self.heir_leader = make_holder(self.heir, Role.LEADER)
        self.admin = make_holder(self.bloc, Role.ADMIN)

    def merge(self, **choices: str) -> None:
        end_unit(self.subject.pk, self.heir.pk, choices=choices, by=self.admin, at=YESTERDAY)


def test_a_concluded_inspection_stays_with_its_subject_and_its_open_findings_go_on():
    cast = Merged()
    row = cast.concluded()
    cast.merge()

    row.refresh_from_db()
    assert (row.unit, row.findings.get().held_by) == (cast.subject, cast.heir)
    assert list(altered_conclusions()) == [] and left_with_closed(TODAY.date()) == {}
    seen = rules.visible_inspections(cast.heir_leader, TODAY.date())
    assert row in seen
    told = history_of(cast.heir, seen)
    assert (told.inspections, told.open_rows) == ([row], [row.findings.get()])
    (task,) = cast.given(row)
    assert task.held_by == cast.heir


def test_what_was_remedied_before_stays_where_it_was_done():
    cast = Merged()
    row = cast.concluded()
    (task,) = cast.given(row)
    cast.remedied(task)
    actions.accept_remedy(row.findings.get().pk, by=cast.inspector, at=at(17))

    cast.merge()

    assert Finding.objects.get().held_by == cast.subject


def test_a_running_inspection_is_answered_for_by_the_successor():
    cast = Merged()
    row = cast.examined()
    finding = cast.find(row)
    cast.merge()

    row.refresh_from_db()
    finding.refresh_from_db()
    assert (row.unit, row.held_by, finding.held_by) == (cast.subject, cast.heir, cast.heir)
    actions.go_on(row.pk, by=cast.inspector, at=TODAY)


def test_an_inspection_of_a_unit_merged_yesterday_does_not_begin_and_the_successor_is_named():
    cast = Merged()
    row = cast.named()
    cast.merge()

    for act in (
        lambda: actions.start_inspection(row.pk, by=cast.inspector, at=TODAY),
        lambda: actions.add_subject(row.item_id, Unit.objects.get(pk=cast.subject.pk), by=cast.inspector, at=TODAY),
    ):
        with pytest.raises(Refused, match=cast.heir.name):
            act()
    assert actions.add_subject(row.item_id, cast.heir, by=cast.inspector, at=TODAY)


def test_inspections_are_dropped_when_that_is_chosen():
    cast = Merged()
    row = cast.started()

    cast.merge(inspections="close")

    row.refresh_from_db()
    assert row.state == "dropped" and row.reason


def test_remedies_that_a_unit_gave_are_followed_at_its_successor():
    cast = Merged()
    officer = make_holder(cast.tree.north, Role.OFFICER)
    row = cast.concluded()
    InspectionProgramme.objects.filter(pk=row.item.programme_id).update(unit=cast.tree.north)
    issue = actions.give_remedies(row.pk, not_secret=True, by=officer, at=at(11))
    work.issue_tasks(issue.pk, by=cast.north_leader, at=at(11))
    finding = row.findings.get()
    given = finding.task

    succession.carry_ending(Ending(cast.tree.north, cast.tree.south, YESTERDAY.date()), SYSTEM, YESTERDAY)

    finding.refresh_from_db()
    assert finding.task.continues == given and finding.task.assigner == cast.tree.south
    remedy = proof_of_remedy(finding)
    assert [one.held_by for one in remedy.rows] == [cast.subject] and remedy.missing
    with pytest.raises(Refused):
        actions.give_remedies(row.pk, not_secret=True, by=officer, at=TODAY)


def test_no_unit_comes_to_inspect_itself_when_the_subject_ends_in_the_unit_that_inspects():
    cast = Merged()
    planned = cast.named(cast.tree.north2)
    running = cast.started(item=planned.item)
    end_unit(cast.subject.pk, cast.bloc.pk, by=cast.admin, at=YESTERDAY)

    running.refresh_from_db()
    planned.refresh_from_db()
    assert (running.state, planned.state) == ("dropped", "planned") and running.reason
    assert not running.steps.filter(ended_on=None).exists()


def test_no_unit_comes_to_inspect_itself_when_its_programme_comes_from_the_unit_above():
    cast = Merged()
    row = cast.started()
    InspectionProgramme.objects.filter(pk=row.item.programme_id).update(unit=cast.tree.north)

    succession.carry_ending(Ending(cast.tree.north, cast.subject, YESTERDAY.date()), SYSTEM, YESTERDAY)

    row.refresh_from_db()
    assert row.state == "dropped" and row.item.programme.unit == cast.subject


def test_open_findings_do_not_fall_to_the_unit_that_made_them_without_a_person():
    cast = Merged()
    row = cast.concluded()
    with pytest.raises(Refused) as refused:
        end_unit(cast.subject.pk, cast.bloc.pk, by=cast.admin, at=YESTERDAY)
    finding = row.findings.get()
    ((_pk, words),) = moves.FINDINGS.objects(Ending(cast.subject, cast.bloc, YESTERDAY.date()), reads=True)
    assert f"“{words}”" in str(refused.value) and "Chưa cập nhật" not in str(refused.value) + words
    listed = {"findings": {finding.pk: cast.heir.pk}}

    end_unit(
        cast.subject.pk, cast.bloc.pk, choices={"findings": "divide"}, division=listed, by=cast.admin, at=YESTERDAY
    )

    assert row.findings.get().held_by == cast.heir


def test_open_findings_are_asked_after_when_the_inspecting_unit_ends_in_its_subject():
    cast = Merged()
    row = cast.concluded()
    InspectionProgramme.objects.filter(pk=row.item.programme_id).update(unit=cast.tree.north)
    words = (cast.tree.north, cast.subject, YESTERDAY.date())

    shown = moves.FINDINGS.words(row.findings.get())
    assert shown in " ".join(succession.questions(Ending(*words)))
    up = Ending(*words, {"inspection_items": "up"})
    assert shown not in " ".join(succession.questions(up))


def test_programmes_of_an_inspecting_unit_that_ends_go_on_at_its_successor():
    cast = Merged()
    inspector = make_holder(cast.tree.north, Role.INSPECTOR)
    leader = cast.north_leader
    programme = actions.begin_programme(cast.tree.north, year=2017, by=inspector, at=at(3))
    item = actions.add_item(programme.pk, cast.details(), by=inspector, at=at(3))
    actions.set_team(item.pk, [inspector.pk], lead=inspector.pk, by=inspector, at=at(3))
    actions.submit_programme(programme.pk, by=inspector, at=at(3))
    actions.approve_programme(programme.pk, by=leader, at=at(3))
    row = actions.add_subject(item.pk, cast.subject, by=inspector, at=at(3))

    moves.carrier.carry_ending(Ending(cast.tree.north, cast.tree.south, YESTERDAY.date()), SYSTEM, YESTERDAY)

    item.refresh_from_db()
    assert item.programme.unit == cast.tree.south and item.programme.is_approved
    assert rules.can_start(cast.south_leader, Inspection.objects.get(pk=row.pk), TODAY.date())
    assert InspectionProgramme.objects.count() == 2 and item.programme.approved_at.date() == date(2017, 1, 3)
