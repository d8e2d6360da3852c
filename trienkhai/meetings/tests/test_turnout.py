"""Attendance, the denominator, quorum and ballots."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from trienkhai.audit.models import Act
from trienkhai.common.verdict import Refused
from trienkhai.meetings import actions
from trienkhai.meetings.actions import ClassTold
from trienkhai.meetings.models import Ballot
from trienkhai.meetings.queries import quorum_figures, turnout_of
from trienkhai.meetings.tests.make import Cast, at
from trienkhai.norms.models import Norm

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("reason", "counted"),
    [("exempt", 10), ("transferred", 10), ("suspended", 10), ("approved", 10), ("unapproved", 12), ("none", 12)],
)
def test_only_the_reasons_of_the_norm_leave_the_denominator(reason: str, counted: int):
    cast = Cast()
    meeting = cast.tell(cast.begin(), full=ClassTold(10, 8, {reason: 2}))

    turnout = turnout_of(meeting)

    assert (turnout.summoned, turnout.counted, turnout.present) == (12, counted, 10)


def test_named_people_and_numbers_count_together_and_probationary_members_do_not():
    cast = Cast()
    meeting = cast.tell(cast.begin(), named="approved", full=ClassTold(8, 5), probationary=ClassTold(4, 4))

    turnout = turnout_of(meeting)

    assert (turnout.summoned, turnout.counted, turnout.present) == (10, 8, 5)
    assert quorum_figures(meeting)["needed"] == 5 and quorum_figures(meeting)["met"]


def test_exactly_half_is_no_quorum():
    cast = Cast()
    meeting = cast.tell(cast.begin(), named="none", full=ClassTold(8, 5))

    assert quorum_figures(meeting)["counted"] == 10 and not quorum_figures(meeting)["met"]


def test_without_a_norm_nothing_is_said_of_the_quorum():
    Norm.objects.filter(key="meetings.quorum").update(valid_to=date(2017, 1, 5))
    cast = Cast()
    meeting = cast.tell(cast.begin())

    assert "met" not in quorum_figures(meeting)
    closed = cast.close(meeting)
    assert closed.had_quorum is None
    with pytest.raises(Refused):
        actions.draft_resolution(closed.pk, by=cast.leader, at=at(6))


@pytest.mark.parametrize(
    ("told", "name"),
    [
        (ClassTold(5, 6), "present_full"),
        (ClassTold(5, 4, {"exempt": 2}), "summoned_full"),
        (ClassTold(-1, 0), "summoned_full"),
        (ClassTold(5, 4, {"invented": 1}), "summoned_full"),
        (ClassTold(10**7, 0), "summoned_full"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(told: ClassTold, name: str):
    cast = Cast()
    meeting = cast.begin()

    with pytest.raises(ValidationError) as fault:
        cast.tell(meeting, full=told)

    assert list(fault.value.message_dict) == [name]


def test_a_committee_has_no_members_as_numbers():
    cast = Cast()
    meeting = cast.begin(body="committee")

    with pytest.raises(ValidationError):
        cast.tell(meeting)


def test_a_ballot_never_holds_more_votes_than_are_present():
    cast = Cast()
    meeting = cast.tell(cast.begin())

    with pytest.raises(ValidationError):
        cast.vote(meeting, 9, against=1, blank=0, invalid=1)
    ballot = cast.vote(meeting, 6, against=2, blank=1, invalid=1, secret=True)

    assert (ballot.present, ballot.counted, ballot.needed, ballot.carried) == (10, 10, 6, True)


def test_a_vote_of_exactly_half_of_those_counted_is_not_carried():
    cast = Cast()
    meeting = cast.tell(cast.begin())

    assert cast.vote(meeting, 5).carried is False


def test_ballots_follow_a_turnout_that_is_put_right_and_hold_it():
    cast = Cast()
    meeting = cast.tell(cast.begin())
    ballot = cast.vote(meeting, 6)

    cast.tell(meeting, full=ClassTold(12, 10))
    ballot.refresh_from_db()
    assert (ballot.present, ballot.counted, ballot.needed, ballot.carried) == (12, 14, 8, False)

    with pytest.raises(ValidationError):
        cast.tell(meeting, named="none", full=ClassTold(8, 5))


def test_no_column_and_no_act_of_a_ballot_names_a_voter():
    cast = Cast()
    meeting = cast.tell(cast.begin())
    cast.vote(meeting, 6, secret=True)

    columns = {field.name for field in Ballot._meta.get_fields()}
    assert columns == {
        *("id", "meeting", "position", "question", "secret", "votes_for", "against", "blank", "invalid"),
        *("present", "counted", "needed", "norm"),
    }
    kept = Act.objects.get(verb="meeting.ballot_added").data
    assert set(kept) >= {"ballot", "votes_for"} and cast.member.name not in str(kept)
    assert not {"by", "voter", "account", "participant"} & columns
