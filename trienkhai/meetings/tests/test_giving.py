"""A conclusion becomes a task, the resolution a draft; what is locked away leaves the meeting."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from trienkhai.audit.models import Act
from trienkhai.common.models import Installation
from trienkhai.common.verdict import Refused
from trienkhai.documents.actions import drop_draft, quarantine_document
from trienkhai.documents.models import Document, Draft, RegisterEntry
from trienkhai.meetings import actions
from trienkhai.meetings.actions import Details
from trienkhai.meetings.queries.integrity import altered_minutes
from trienkhai.meetings.tests.make import Cast, at
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import NOON, make_holder
from trienkhai.tasks.actions import drop_task, issue_tasks
from trienkhai.tasks.models import Assignment, Issue, State, Task

pytestmark = pytest.mark.django_db


class Committee(Cast):
    """A meeting of the committee of north with two conclusions, its minutes closed."""

    def __init__(self) -> None:
        super().__init__()
        self.clerk = make_holder(self.tree.north, Role.CLERK)
        details = Details("committee", at(5, 8), "Phòng họp")
        self.secretary = self.above
        meeting = actions.plan_meeting(self.tree.north, details, by=self.above, at=NOON)
        meeting = self.begin(meeting)
        who = {row.pk: "present" for row in meeting.participants.all()}
        actions.tell_turnout(meeting.pk, who, {}, by=self.above, at=at(5, 9))
        self.vote(meeting, 1)
        self.first = self.conclude(meeting, "Rà soát đảng viên", lead=self.tree.north1, due_on=date(2017, 6, 30))
        self.second = self.conclude(meeting, "Chuẩn bị đại hội")
        self.meeting = self.close(meeting)


def test_conclusions_become_tasks_of_one_document_in_one_act_each():
    cast = Committee()

    issue = actions.give_conclusion(cast.first.pk, not_secret=True, by=cast.above, at=at(6))
    again = actions.give_conclusion(cast.second.pk, not_secret=True, by=cast.above, at=at(6))

    document = Document.objects.get()
    assert (document.doc_type, document.owner, document.issued_on) == ("Kết luận", cast.tree.north, date(2017, 1, 5))
    assert RegisterEntry.objects.get().book == "internal"
    assert again == issue and issue.document == document and issue.state == Issue.State.PREPARED
    task = Task.objects.get(title="Rà soát đảng viên")
    assert (task.due_on, task.selection) == (date(2017, 6, 30), "unit:K.B.1")
    assert [clause.label for clause in task.clauses.all()] == ["1"]
    with pytest.raises(Refused):
        actions.give_conclusion(cast.first.pk, not_secret=True, by=cast.above, at=at(6))


def test_a_task_is_given_by_whoever_prepares_tasks_and_declares():
    cast = Committee()

    with pytest.raises(Refused):
        actions.give_conclusion(cast.first.pk, not_secret=True, by=cast.clerk, at=at(6))
    with pytest.raises(ValidationError):
        actions.give_conclusion(cast.first.pk, not_secret=False, by=cast.above, at=at(6))
    with pytest.raises(ValidationError):
        actions.give_conclusion(cast.first.pk, not_secret=True, by=cast.above, at=at(6).replace(year=2018))

    assert not Document.objects.exists() and not Issue.objects.exists()


def test_a_conclusion_whose_day_has_passed_is_given_with_another_day(client):
    cast = Committee()
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": date(2017, 7, 3)})
    client.force_login(cast.above)
    address, declared = reverse("meetings:conclusion_give", args=[cast.first.pk]), {"not_secret": "on"}
    assert "30/06/2017" in client.get(address).content.decode()
    for given in (declared, declared | {"due_on": "2017-07-02"}, declared | {"due_on": "9999-12-31"}):
        assert client.post(address, given).status_code == 422

    assert client.post(address, declared | {"due_on": "2017-07-31"}).status_code == 302

    assert Task.objects.get().due_on == date(2017, 7, 31) and list(altered_minutes()) == []
    cast.first.refresh_from_db()
    assert cast.first.due_on == date(2017, 6, 30)
    assert Act.objects.get(verb="meeting.conclusion_given").data["new_day"] == "2017-07-31"


def test_a_conclusion_whose_task_was_left_out_or_withdrawn_is_given_again(client):
    cast = Committee()
    give = {"not_secret": True, "by": cast.above}
    issue = actions.give_conclusion(cast.first.pk, **give, at=at(6))
    address = reverse("meetings:conclusion_give", args=[cast.first.pk])
    page = reverse("meetings:meeting", args=[cast.meeting.pk])
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": date(2017, 1, 8)})
    client.force_login(cast.above)
    assert address not in client.get(page).content.decode()

    drop_task(Task.objects.get().pk, by=cast.above, at=at(6))
    assert address in client.get(page).content.decode()
    actions.give_conclusion(cast.first.pk, **give, at=at(7))
    assert address not in client.get(page).content.decode()

    issue_tasks(issue.pk, by=cast.above, at=at(7))
    assert address not in client.get(page).content.decode()
    Assignment.objects.update(state=State.WITHDRAWN)
    assert address in client.get(page).content.decode()
    actions.give_conclusion(cast.first.pk, **give, at=at(8))
    assert Task.objects.filter(title="Rà soát đảng viên").count() == 3


def test_the_resolution_is_drafted_once_with_votes_and_conclusions():
    cast = Committee()

    draft = actions.draft_resolution(cast.meeting.pk, by=cast.above, at=at(6))
    again = actions.draft_resolution(cast.meeting.pk, by=cast.above, at=at(6))

    assert again == draft and Draft.objects.get().kind == "resolution"
    assert "tán thành 1" in draft.body and "Rà soát đảng viên" in draft.body and "30/06/2017" in draft.body


def test_a_resolution_that_was_put_aside_is_drafted_anew(client):
    cast = Committee()
    draft = actions.draft_resolution(cast.meeting.pk, by=cast.above, at=at(6))
    again = reverse("meetings:resolution", args=[cast.meeting.pk])
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": date(2017, 1, 8)})
    client.force_login(cast.above)
    assert again not in client.get(reverse("meetings:meeting", args=[cast.meeting.pk])).content.decode()
    drop_draft(draft.pk, by=cast.above, at=at(7))

    assert again in client.get(reverse("meetings:meeting", args=[cast.meeting.pk])).content.decode()
    fresh = actions.draft_resolution(cast.meeting.pk, by=cast.above, at=at(8))

    assert fresh != draft and actions.draft_resolution(cast.meeting.pk, by=cast.above, at=at(8)) == fresh
    cast.meeting.refresh_from_db()
    assert cast.meeting.resolution == fresh


def test_conclusions_locked_away_leave_the_meeting_and_its_minutes_stay_sound():
    cast = Committee()
    actions.give_conclusion(cast.first.pk, not_secret=True, by=cast.above, at=at(6))
    document = Document.objects.get()

    quarantine_document(document.pk, by=cast.above, at=at(7))

    cast.first.refresh_from_db()
    assert cast.first.text == "…" and list(altered_minutes()) == []
