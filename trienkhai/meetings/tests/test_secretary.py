"""What a secretary writes and gives out of the unit's own meetings, what a clerk prepares, what stays refused."""

from datetime import date

import pytest

from trienkhai.common.verdict import Refused
from trienkhai.documents.actions import begin_draft, change_draft, finish_draft, register_document
from trienkhai.documents.actions.drafting import WORDS
from trienkhai.documents.models import Document, Draft
from trienkhai.documents.rules import visible_documents
from trienkhai.documents.rules_drafting import visible_drafts
from trienkhai.meetings import actions
from trienkhai.meetings.actions import Details
from trienkhai.meetings.tests.make import Cast, at
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import NOON, make_holder
from trienkhai.tasks.actions import change_issue, issue_tasks, start_issue
from trienkhai.tasks.models import Issue
from trienkhai.tasks.rules import visible_issues
from trienkhai.tasks.tests.make import make_document

pytestmark = pytest.mark.django_db
ON = date(2017, 1, 6)
SIGNED = {"signer_name": "Người Ký", "signer_role": "Bí thư", "symbol_body": "CB", "place": "Hà Nội"}


class Cell(Cast):
    """The cell's meeting, closed, with a conclusion for the cell itself; its clerk."""

    def __init__(self) -> None:
        super().__init__()
        self.clerk = make_holder(self.cell, Role.CLERK)
        meeting = self.tell(self.begin())
        self.conclusion = self.conclude(meeting, lead=self.cell, due_on=date(2017, 6, 30))
        self.meeting = self.close(meeting)

    def draft(self) -> Draft:
        return actions.draft_resolution(self.meeting.pk, by=self.secretary, at=at(6))

    def words(self, draft: Draft, **changes: object) -> dict[str, object]:
        return {name: getattr(draft, name) for name in WORDS} | changes


def test_the_secretary_drafts_writes_and_issues_the_resolution_of_a_meeting():
    cast = Cell()
    draft = cast.draft()
    assert list(visible_drafts(cast.secretary, ON)) == [draft]

    words = cast.words(draft, body="Toàn văn nghị quyết.", addressees="", **SIGNED)
    draft = change_draft(draft.pk, words, base=draft.version, by=cast.secretary, at=at(6))
    document = finish_draft(
        draft.pk, base=draft.version, issued_on=ON, not_secret=True, number="", by=cast.secretary, at=at(6)
    )

    assert document.owner == cast.cell and visible_documents(cast.secretary, ON).filter(pk=document.pk).exists()


def test_of_other_papers_the_secretary_writes_changes_registers_nothing():
    cast = Cell()
    own = cast.draft()
    other = begin_draft(cast.cell, cast.words(own), by=cast.leader, at=at(6))

    for act in (
        lambda: begin_draft(cast.cell, cast.words(own), by=cast.secretary, at=at(6)),
        lambda: change_draft(other.pk, cast.words(other), base=1, by=cast.secretary, at=at(6)),
        lambda: change_draft(own.pk, cast.words(own, kind="report"), base=1, by=cast.secretary, at=at(6)),
        lambda: register_document(cast.cell, text="Công văn", not_secret=True, by=cast.secretary, at=at(6)),
        lambda: start_issue(make_document(cast.cell), cast.cell, [], by=cast.secretary, at=at(6)),
    ):
        with pytest.raises(Refused):
            act()
    assert list(visible_drafts(cast.secretary, ON)) == [own] and not visible_drafts(cast.member, ON).exists()


def test_the_secretary_gives_a_conclusion_as_a_task_within_the_own_unit():
    cast = Cell()

    issue = actions.give_conclusion(cast.conclusion.pk, not_secret=True, by=cast.secretary, at=at(6))
    assert list(visible_issues(cast.secretary, ON)) == [issue] and not visible_issues(cast.member, ON).exists()
    issue_tasks(issue.pk, by=cast.secretary, at=at(6))

    issue.refresh_from_db()
    assert issue.state == Issue.State.ISSUED and issue.tasks.get().assignments.get().held_by == cast.cell


def test_the_secretary_does_not_give_tasks_beyond_the_own_unit_nor_from_other_papers():
    cast = Cell()
    issue = actions.give_conclusion(cast.conclusion.pk, not_secret=True, by=cast.secretary, at=at(6))
    issue.tasks.update(selection="unit:K.B.1")

    with pytest.raises(Refused):
        issue_tasks(issue.pk, by=cast.secretary, at=at(6))
    other = start_issue(make_document(cast.cell), cast.cell, [], by=cast.leader, at=at(6))
    for act in (
        lambda: issue_tasks(other.pk, by=cast.secretary, at=at(6)),
        lambda: change_issue(other.pk, selection="unit:K.B.2", by=cast.secretary, at=at(6)),
    ):
        with pytest.raises(Refused):
            act()
    assert not Issue.objects.filter(state=Issue.State.ISSUED).exists()


def test_the_secretary_of_another_unit_and_a_clerk_give_nothing():
    cast = Cell()
    stranger = make_holder(cast.tree.north1, Role.SECRETARY)

    for person in (stranger, cast.clerk, cast.member):
        with pytest.raises(Refused):
            actions.give_conclusion(cast.conclusion.pk, not_secret=True, by=person, at=at(6))
        with pytest.raises(Refused):
            actions.draft_resolution(cast.meeting.pk, by=person, at=at(6))
    assert not Document.objects.exists() and not Draft.objects.exists()


def test_a_clerk_prepares_invitation_agenda_and_minutes_and_closes_nothing():
    cast = Cell()
    meeting, planned = cast.plan(day=7), cast.plan(day=8)
    by = cast.clerk
    actions.add_item(meeting.pk, title="Việc thêm", by=by, at=NOON)
    actions.invite(meeting.pk, {cast.secretary.pk: True}, [], by=by, at=NOON)
    actions.begin_meeting(meeting.pk, began_at=at(7, 8), by=by, at=at(7, 9))
    cast.write(meeting, by=by, at=at(7, 9))

    for act in (
        lambda: actions.cancel_meeting(planned.pk, reason="Bận", by=by, at=NOON),
        lambda: actions.plan_meeting(cast.cell, Details("cell", at(9, 8), "Phòng họp"), by=by, at=NOON),
        lambda: actions.close_minutes(meeting.pk, ended_at=at(7, 10), by=by, at=at(7, 11)),
        lambda: actions.correct_minutes(cast.meeting.pk, text="a", reason="b", by=by, at=at(7, 11)),
        lambda: actions.send_minutes_up(cast.meeting.pk, by=by, at=at(7, 11)),
    ):
        with pytest.raises(Refused):
            act()
    assert meeting.passages.get(key="opening").text


def test_an_invited_unit_reads_own_papers_of_the_convener_and_not_those_it_only_received():
    cast = Cell()
    own = make_document(cast.cell)
    received = make_document(cast.tree.north, symbol="02-NQ/ĐUTHU", published="branch")
    meeting = cast.plan(day=8)
    item = meeting.items.first()
    assert item
    for document in (own, received):
        actions.add_paper(item.pk, document, by=cast.secretary, at=NOON)
    assert not visible_documents(cast.stranger, ON).exists()

    actions.invite(meeting.pk, {cast.secretary.pk: True}, [cast.tree.south1], by=cast.secretary, at=NOON)

    assert list(visible_documents(cast.stranger, ON)) == [own]
