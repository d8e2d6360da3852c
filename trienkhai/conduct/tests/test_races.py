"""Two at the same time: the collective comments once; of an erased name nothing is stored any more."""

import pytest

from trienkhai.audit.models import Act
from trienkhai.common.verdict import Refused
from trienkhai.conduct.models import Commitment, Review
from trienkhai.conduct.tests.make import Cast, at
from trienkhai.conduct.tests.test_committing import listed
from trienkhai.conduct.tests.test_forgetting import told
from trienkhai.documents.models import StoredFile
from trienkhai.orgs.actions import roster
from trienkhai.orgs.models import RosterSpan, RosterSwitch
from trienkhai.tasks.tests.test_races import at_once, fresh

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_who_enter_a_comment_at_once_exactly_one_does():
    cast = Cast()
    review = cast.report()

    results = at_once(
        lambda: cast.comment(review, by=fresh(cast.deputy)),
        lambda: cast.comment(review, by=fresh(cast.secretary)),
    )

    assert sum(isinstance(one, Refused) for one in results) == 1
    assert Act.objects.filter(verb="conduct.commented").count() == 1


def test_of_a_name_that_is_erased_while_its_bearer_reports_nothing_is_left():
    cast = Cast()
    _switch, admin = listed(cast)
    row, span = cast.commit(by=cast.member), RosterSpan.objects.get()

    results = at_once(
        lambda: cast.report(row, by=fresh(cast.member), told=told("Lịch công tác")),
        lambda: roster.erase_member(span.pk, by=fresh(admin), at=at(10, 7)),
    )

    assert not [one for one in results if isinstance(one, Exception) and not isinstance(one, Refused)]
    assert not Commitment.objects.exists() and not Review.objects.exists() and not StoredFile.objects.exists()


def test_of_a_list_that_is_switched_off_while_a_member_commits_nothing_is_left():
    cast = Cast()
    _switch, admin = listed(cast)
    switch = RosterSwitch.objects.get()

    results = at_once(
        lambda: cast.commit(by=fresh(cast.member)),
        lambda: roster.switch_off(switch.pk, names=1, by=fresh(admin), at=at(10, 7)),
    )

    assert not [one for one in results if isinstance(one, Exception) and not isinstance(one, Refused)]
    assert not Commitment.objects.exists()
