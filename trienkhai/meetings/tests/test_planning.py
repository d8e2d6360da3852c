"""A year is planned, a meeting invited to, changed, not held."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from trienkhai.audit.models import Act
from trienkhai.common.clock import moment
from trienkhai.common.verdict import Refused
from trienkhai.documents.rules import visible_documents
from trienkhai.meetings import actions
from trienkhai.meetings.actions import Details
from trienkhai.meetings.models import Meeting
from trienkhai.meetings.tests.make import Cast, at
from trienkhai.notices.models import Notice
from trienkhai.orgs.tests.make import NOON
from trienkhai.tasks.tests.make import make_document

pytestmark = pytest.mark.django_db


def test_a_year_is_planned_once_and_only_for_days_to_come():
    cast = Cast()
    words = {"year": 2017, "months": list(range(1, 13)), "by": cast.secretary, "at": NOON}
    details = Details("cell", moment(date(2017, 1, 31), 8), "Phòng họp")

    made = actions.plan_year(cast.cell, details, **words)
    again = actions.plan_year(cast.cell, details, **words)

    assert [row.day for row in made][:3] == [date(2017, 1, 31), date(2017, 2, 28), date(2017, 3, 31)]
    assert (len(made), again) == (12, [])
    assert made[0].title == "Sinh hoạt chi bộ thường kỳ tháng 1/2017"
    assert Act.objects.get(verb="meeting.year_planned").count == 12
    past = actions.plan_year(cast.cell, Details("committee", moment(date(2017, 1, 2), 8), "P"), **words)
    assert len(past) == 11


def test_a_new_meeting_has_the_usual_agenda_and_its_people():
    cast = Cast()
    meeting = cast.plan()

    assert meeting.items.count() == 5
    assert set(meeting.participants.values_list("account", flat=True)) == {cast.secretary.pk, cast.leader.pk}
    assert cast.plan() == meeting


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ({"place": "  "}, "place"),
        ({"body": "senate"}, "body"),
        ({"kind": "weekly"}, "kind"),
        ({"day": 2}, "day"),
        ({"title": "MẬT\nHọp về"}, "title"),
    ],
)
def test_what_cannot_be_planned_is_said_by_its_field(words: dict, name: str):
    with pytest.raises(ValidationError) as fault:
        Cast().plan(**words)

    assert list(fault.value.message_dict) == [name] and not Meeting.objects.exists()


@pytest.mark.parametrize("who", ["member", "above", "officer", "stranger"])
def test_only_secretary_and_leader_of_the_unit_convene(who: str):
    cast = Cast()
    with pytest.raises(Refused):
        actions.plan_meeting(cast.cell, Details("cell", at(5, 8), "P"), by=getattr(cast, who), at=NOON)


def test_an_invitation_tells_each_once_and_opens_the_papers():
    cast = Cast()
    meeting = cast.plan()
    document = make_document(cast.tree.north2, published="no")
    actions.add_paper(meeting.items.first().pk, document, by=cast.leader, at=NOON)
    seats = {cast.secretary.pk: True, cast.leader.pk: False}
    assert not visible_documents(cast.member, at().date()).filter(pk=document.pk).exists()

    for _ in range(2):
        actions.invite(meeting.pk, seats, [cast.tree.south1], by=cast.secretary, at=NOON)

    told = Notice.objects.filter(kind="meeting_invited").values_list("post__unit", flat=True)
    assert sorted(told) == sorted([cast.cell.pk] * 3 + [cast.tree.south1.pk])
    for person in (cast.member, cast.stranger):
        assert visible_documents(person, at().date()).filter(pk=document.pk).exists()
    assert not meeting.participants.get(account=cast.leader).votes


def test_a_paper_out_of_sight_is_not_laid_before_anybody():
    cast = Cast()
    document = make_document(cast.tree.south1, published="no")

    with pytest.raises(Refused):
        actions.add_paper(cast.plan().items.first().pk, document, by=cast.secretary, at=NOON)


def test_people_of_other_units_are_not_named():
    cast = Cast()
    with pytest.raises(ValidationError):
        actions.invite(cast.plan().pk, {cast.stranger.pk: True}, [], by=cast.secretary, at=NOON)


def test_a_meeting_is_moved_or_not_held_and_those_invited_are_told():
    cast = Cast()
    meeting = cast.plan()
    actions.invite(meeting.pk, {cast.leader.pk: True}, [], by=cast.secretary, at=NOON)

    moved = Details("cell", at(7, 14), "Hội trường")
    actions.change_meeting(meeting.pk, moved, by=cast.secretary, at=NOON)
    with pytest.raises(ValidationError):
        actions.cancel_meeting(meeting.pk, reason=" ", by=cast.secretary, at=NOON)
    actions.cancel_meeting(meeting.pk, reason="Chưa đủ tài liệu", by=cast.secretary, at=NOON)

    assert Notice.objects.filter(kind="meeting_changed", post__unit=cast.cell).exists()
    assert Notice.objects.filter(kind="meeting_cancelled").exists()
    with pytest.raises(Refused):
        actions.begin_meeting(meeting.pk, began_at=at(7, 14), by=cast.secretary, at=at(7, 15))


def test_an_extraordinary_meeting_that_was_not_planned_is_recorded_some_days_later():
    cast = Cast()

    def plan(day: int, kind: str) -> Meeting:
        return actions.plan_meeting(cast.cell, Details("cell", at(day, 8), "P", kind), by=cast.secretary, at=at(20))

    for day, kind in ((12, "extraordinary"), (19, "regular"), (19, "thematic")):
        with pytest.raises(ValidationError) as fault:
            plan(day, kind)
        assert list(fault.value.message_dict) == ["day"]

    meeting = plan(13, "extraordinary")
    assert actions.begin_meeting(meeting.pk, began_at=at(13, 8), by=cast.secretary, at=at(20)).was_held


def test_a_meeting_held_on_another_day_is_recorded_afterwards_with_the_day_it_was_held():
    cast = Cast()
    meeting = cast.plan(10)
    actions.invite(meeting.pk, {cast.leader.pk: True}, [], by=cast.secretary, at=NOON)

    def move(day: int) -> Meeting:
        return actions.change_meeting(meeting.pk, Details("cell", at(day, 8), "P"), by=cast.secretary, at=at(13))

    with pytest.raises(ValidationError) as fault:
        move(9)
    assert list(fault.value.message_dict) == ["day"]
    move(12)

    held = actions.begin_meeting(meeting.pk, began_at=at(12, 8), by=cast.secretary, at=at(13))
    assert (held.day, held.minutes_due_on) == (date(2017, 1, 12), date(2017, 1, 14))
    assert not Notice.objects.filter(kind="meeting_changed").exists()


def test_a_meeting_does_not_begin_before_its_day():
    cast = Cast()
    with pytest.raises(Refused):
        actions.begin_meeting(cast.plan(7).pk, began_at=at(5, 8), by=cast.secretary, at=at(5, 9))
