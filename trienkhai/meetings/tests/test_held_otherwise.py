"""Meetings that went otherwise than planned: other members by then, opened by mistake, ended on a later day."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext

from trienkhai.audit.models import Act
from trienkhai.common.clock import moment, now
from trienkhai.common.models import Installation
from trienkhai.common.verdict import Refused
from trienkhai.meetings import actions
from trienkhai.meetings.entries import to_do
from trienkhai.meetings.models import Meeting
from trienkhai.meetings.queries.measuring import measured
from trienkhai.meetings.queries.scores import voting_meetings
from trienkhai.meetings.tests.make import Cast, at
from trienkhai.meetings.tests.make_scores import Scored, store_norm
from trienkhai.norms.models import Norm
from trienkhai.orgs.models import Holding, Role
from trienkhai.orgs.tests.make import NOON, make_holder
from trienkhai.people.models import Account
from trienkhai.tasks.tests.make import said

pytestmark = pytest.mark.django_db


def play_on(day: date) -> None:
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": day})


class Changed(Cast):
    """Planned while `leader` held a post of the cell, who has given it to `heir` before the day of the meeting."""

    def __init__(self) -> None:
        super().__init__()
        self.meeting = self.plan(10)
        Holding.objects.filter(account=self.leader).update(valid_to=date(2017, 1, 6))
        self.heir = make_holder(self.cell, Role.LEADER, valid_from=date(2017, 1, 6))

    def seated(self) -> set[Account]:
        return {row.account for row in self.meeting.participants.select_related("account")}


def test_without_an_invitation_those_sit_in_a_meeting_who_are_members_on_its_day():
    cast = Changed()

    cast.begin(cast.meeting)

    assert cast.seated() == {cast.secretary, cast.heir}


def test_the_first_invitation_offers_the_members_of_the_day_and_later_ones_those_invited(client):
    cast = Changed()
    play_on(date(2017, 1, 7))
    client.force_login(cast.secretary)
    address = reverse("meetings:invite", args=[cast.meeting.pk])
    offered = client.get(address).context["form"]
    assert {field.value() for field in offered.seat_fields} == {"votes"} and len(offered.seat_fields) == 2

    client.post(address, {f"seat_{cast.secretary.pk}": "votes"})

    again = client.get(address).context["form"]
    assert {field.name: field.value() for field in again.seat_fields} == {
        f"seat_{cast.secretary.pk}": "votes",
        f"seat_{cast.heir.pk}": "",
    }
    cast.begin(cast.meeting)
    assert cast.seated() == {cast.secretary}


def test_papers_that_went_out_in_time_stay_so_when_one_more_is_invited_later():
    cast = Scored()
    meeting = cast.plan(10)
    for day in (8, 10):
        actions.invite(meeting.pk, {cast.secretary.pk: True}, [], by=cast.secretary, at=at(day, 7))

    meeting.refresh_from_db()
    fact = measured(cast.start(), [meeting], at(11).date())["papers"]

    assert (fact.top, fact.bottom) == (1, 1) and meeting.invited_at == at(8, 7)


def test_a_meeting_opened_by_mistake_is_said_not_to_be_held_while_nothing_is_recorded():
    cast = Cast()
    meeting, other = cast.begin(), cast.begin(cast.plan(6))
    who = {row.pk: "none" for row in meeting.participants.all()}
    actions.tell_turnout(meeting.pk, who, {}, by=cast.secretary, at=at(5, 9))
    cast.write(other)

    cancelled = actions.cancel_meeting(meeting.pk, reason="Mở nhầm ngày", by=cast.secretary, at=at(5, 9))
    with pytest.raises(
        Refused, match=said("Something is recorded of this meeting already: it was held, its minutes are closed.")
    ):
        actions.cancel_meeting(other.pk, reason="Mở nhầm ngày", by=cast.secretary, at=at(6, 9))

    assert (cancelled.state, cancelled.began_at, cancelled.has_due_day) == ("cancelled", None, False)
    assert list(Meeting.objects.held()) == [other] and Act.objects.filter(verb="meeting.cancelled").count() == 1


def test_only_whoever_convenes_is_offered_to_say_so(client):
    cast = Cast()
    meeting, clerk = cast.begin(), make_holder(cast.cell, Role.CLERK)
    play_on(date(2017, 1, 6))
    address, page = (reverse(f"meetings:{name}", args=[meeting.pk]) for name in ("cancel", "meeting"))
    offered = {}
    for person in (cast.secretary, clerk):
        client.force_login(person)
        offered[person] = address in client.get(page).content.decode()
    assert offered == {cast.secretary: True, clerk: False}
    assert client.post(address, {"reason": "Mở nhầm"}).status_code == 409

    cast.write(meeting)
    client.force_login(cast.secretary)
    assert address not in client.get(page).content.decode()


def test_a_conference_of_two_days_ends_on_the_second_and_its_minutes_are_due_after_that(client):
    cast = Cast()
    meeting = cast.tell(cast.begin(body="conference"))
    play_on(date(2017, 1, 6))
    client.force_login(cast.secretary)
    address = reverse("meetings:close", args=[meeting.pk])
    for day, hour in (("2017-01-04", "11:00"), ("2017-01-07", "11:00"), ("", "07:00")):
        assert client.post(address, {"day": day, "hour": hour}).status_code == 422

    with pytest.raises(ValidationError):
        actions.close_minutes(meeting.pk, ended_at=moment(date(2017, 1, 4), 11), by=cast.secretary, at=at(6))
    assert client.post(address, {"day": "2017-01-06", "hour": "00:00"}).status_code == 302

    meeting.refresh_from_db()
    assert meeting.minutes_long == 16 * 60 and meeting.minutes_due_on == date(2017, 1, 6) + timedelta(days=2)


def test_minutes_are_offered_to_be_closed_only_when_that_is_taken(client):
    cast = Cast()
    meeting, clerk = cast.begin(), make_holder(cast.cell, Role.CLERK)
    play_on(date(2017, 1, 6))
    address, pages = reverse("meetings:close", args=[meeting.pk]), ("meeting", "minutes")

    def offered(person: Account) -> bool:
        client.force_login(person)
        shown = {
            address in client.get(reverse(f"meetings:{name}", args=[meeting.pk])).content.decode() for name in pages
        }
        assert shown == {client.get(address).status_code == 200}
        return shown == {True}

    assert not offered(cast.secretary)
    cast.tell(meeting)
    assert offered(cast.secretary) and not offered(clerk)
    cast.write(meeting, "Một")
    cast.write(meeting, "Hai", by=cast.leader)
    assert not offered(cast.secretary)
    client.force_login(cast.secretary)
    waits = gettext("Two people wrote the same part: first it is settled whose words stand.")
    assert waits in client.get(reverse("meetings:minutes", args=[meeting.pk])).content.decode()


def test_nobody_spoke_stays_told_when_the_turnout_is_told_again(client):
    cast = Cast()
    meeting = cast.begin()
    Meeting.objects.update(speakers=0)
    play_on(date(2017, 1, 6))
    client.force_login(cast.secretary)

    form = client.get(reverse("meetings:turnout", args=[meeting.pk])).context["form"]

    assert form["speakers"].value() == 0


def test_a_year_whose_bodies_are_others_is_said_on_the_form_and_nothing_is_planned(client):
    cast = Cast()
    play_on(date(2017, 12, 6))
    bodies = dict(Norm.objects.get(key="meetings.bodies").value)
    bodies["group"] = bodies.pop("cell")
    store_norm("meetings.bodies", bodies, date(2018, 2, 1), date(2019, 1, 1))
    client.force_login(cast.secretary)
    given = {"body": "cell", "year": 2018, "day_of_month": 3, "hour": "08:00", "place": "Phòng họp", "months": [1, 2]}

    answer = client.post(reverse("meetings:plan_year", args=[cast.cell.pk]), given)

    assert answer.status_code == 422 and "body" in answer.context["form"].errors
    assert not Meeting.objects.exists() and "Phòng họp" in answer.content.decode()


def test_the_clerk_is_reminded_of_what_the_clerk_does():
    cast = Cast()
    clerk = make_holder(cast.cell, Role.CLERK)
    play_on(date(2017, 1, 6))
    planned, begun, closed = cast.plan(8), cast.begin(cast.plan(6)), cast.held()

    assert {row.pk for row in to_do(clerk)} == {planned.pk, begun.pk}
    assert {row.pk for row in to_do(cast.secretary)} == {planned.pk, begun.pk, closed.pk}


def test_what_another_took_back_meanwhile_is_taken_back_once():
    cast = Cast()
    meeting = cast.tell(cast.begin())
    ballot, conclusion = cast.vote(meeting, 1), cast.conclude(meeting)
    item = actions.add_item(meeting.pk, title="Việc khác", by=cast.secretary, at=NOON)
    acts = (
        (actions.remove_ballot, ballot.pk, "meeting.ballot_removed"),
        (actions.remove_conclusion, conclusion.pk, "meeting.conclusion_removed"),
        (actions.remove_item, item.pk, "meeting.item_removed"),
    )

    for act, pk, verb in acts:
        act(pk, by=cast.secretary, at=at(5, 9))
        with pytest.raises(Refused, match=said("This was taken back already.")):
            act(pk, by=cast.leader, at=at(5, 9))
        assert Act.objects.filter(verb=verb).count() == 1


def test_a_cancelled_meeting_that_had_been_opened_is_none_where_a_vote_was_held():
    cast = Scored()
    sheet, opened = cast.start(), cast.begin(cast.plan(6))
    actions.cancel_meeting(opened.pk, reason="Mở nhầm", by=cast.secretary, at=at(6))

    assert list(voting_meetings(sheet, at(7).date())) == [cast.meeting]


def test_the_calendar_marks_minutes_that_are_overdue(client):
    cast = Cast()
    meeting = cast.held()
    client.force_login(cast.secretary)
    late = {}
    for day in (7, 8):
        play_on(date(2017, 1, day))
        late[day] = client.get(reverse("meetings:calendar")).context["late"]

    assert late == {7: set(), 8: {meeting.pk}}


def test_the_hour_offered_for_the_beginning_has_come(client):
    cast = Cast()
    meeting = cast.plan(starts_at=at(5, 23, 59))
    play_on(date(2017, 1, 5))
    client.force_login(cast.secretary)

    form = client.get(reverse("meetings:begin", args=[meeting.pk])).context["form"]

    assert form["hour"].value() <= localtime(now()).time()
