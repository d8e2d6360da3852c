"""Two at the same time: both texts are kept, one closes, a conclusion becomes one task."""

import pytest

from trienkhai.audit.models import Act
from trienkhai.common.verdict import Refused
from trienkhai.meetings import actions
from trienkhai.meetings.models import Aside, Meeting
from trienkhai.meetings.tests.make import Cast, at
from trienkhai.people.models import Account
from trienkhai.tasks.tests.test_races import at_once, fresh

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_who_write_one_part_at_once_both_texts_are_kept():
    cast = Cast()
    meeting = cast.begin()

    saved = at_once(
        lambda: cast.write(meeting, "Một", by=fresh(cast.secretary)),
        lambda: cast.write(meeting, "Hai", by=fresh(cast.leader)),
    )

    assert sorted(len(one.conflicts) for one in saved) == [0, 1]
    assert {meeting.passages.get(key="opening").text, Aside.objects.get().text} == {"Một", "Hai"}


def test_of_two_who_close_at_once_exactly_one_does():
    cast = Cast()
    meeting = cast.tell(cast.begin())

    def close(account: Account) -> Meeting:
        return actions.close_minutes(meeting.pk, ended_at=at(5, 10), by=fresh(account), at=at(5, 11))

    results = at_once(lambda: close(cast.secretary), lambda: close(cast.leader))

    assert sum(isinstance(one, Refused) for one in results) == 1
    assert Act.objects.filter(verb="meeting.closed").count() == 1
