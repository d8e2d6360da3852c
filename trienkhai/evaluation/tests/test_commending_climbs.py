"""Nobody decides on a commendation of the own unit or an own proposal; with nobody else the next unit above does."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from trienkhai.common.verdict import Refused
from trienkhai.evaluation import actions, rules_commending
from trienkhai.evaluation.climbing_commending import climbed_files
from trienkhai.evaluation.entries import to_do
from trienkhai.evaluation.models import Commendation, CommendationState
from trienkhai.evaluation.tests.make import WHEN, Cast
from trienkhai.evaluation.tests.test_commending import propose
from trienkhai.notices.models import Notice
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import make_holder
from trienkhai.people.models import Account

pytestmark = pytest.mark.django_db
DAY = WHEN.date()


def acts(account: Account) -> list[str]:
    return [row.act for row in to_do(Account.objects.get(pk=account.pk), DAY)]


def commend(row: Commendation, by: Account) -> Commendation:
    return actions.commend(row.pk, number="1-QĐ", decided_on=DAY, by=by, at=WHEN)


def test_the_head_of_the_unit_commended_does_not_decide_by_a_post_above():
    cast = Cast()
    make_holder(cast.tree.north, Role.LEADER, account=cast.secretary)
    row = propose(cast, by=cast.deputy)

    with pytest.raises(Refused):
        commend(row, cast.secretary)
    with pytest.raises(Refused):
        actions.refuse_commendation(row.pk, reason="Chưa", by=cast.secretary, at=WHEN)
    with pytest.raises(Refused):
        commend(row, cast.leader)
    assert acts(cast.secretary) == [] == acts(cast.leader) and len(acts(cast.north_leader)) == 1
    assert commend(row, cast.north_leader).state == CommendationState.DECIDED


def test_who_is_commended_for_an_own_result_does_not_decide_after_moving_up():
    cast = Cast()
    campaign = cast.decided(cast.open(heads=True))
    row = propose(cast, kind="person", sheet=cast.sheet(campaign, person=cast.secretary), by=cast.deputy)
    cast.secretary.holdings.update(valid_to=DAY)
    make_holder(cast.tree.north, Role.LEADER, account=cast.secretary)

    with pytest.raises(Refused):
        commend(row, cast.secretary)
    assert acts(cast.secretary) == [] and len(acts(cast.north_leader)) == 1


def test_what_the_only_leader_above_proposed_for_the_unit_below_is_decided_one_level_higher():
    cast = Cast()
    make_holder(cast.tree.north1, Role.SECRETARY, account=cast.north_leader)
    row = propose(cast, by=cast.north_leader)

    assert acts(cast.north_leader) == [] and len(acts(cast.leader)) == 1 and acts(cast.south_leader) == []
    assert rules_commending.visible_commendations(cast.leader, DAY).get() == row
    told = Notice.objects.filter(kind="commendation_proposed").values_list("post__unit", flat=True)
    assert set(told) == {cast.tree.north.pk, cast.tree.bloc.pk}
    assert commend(row, cast.leader).decided_by == cast.leader


def test_a_root_decides_on_its_own_file_by_another_leader():
    cast = Cast()
    other = make_holder(cast.tree.bloc, Role.LEADER)
    words = {"kind": "organisation", "name": "x", "form": "praise", "year": 2017, "achievement": "x"}
    row = actions.propose_commendation(cast.tree.bloc, **words, by=cast.leader, at=WHEN)

    assert acts(cast.leader) == [] and len(acts(other)) == 1
    assert commend(row, other).decided_by == other


def test_files_that_came_up_are_looked_for_in_a_fixed_number_of_queries():
    cast = Cast()
    make_holder(cast.tree.north1, Role.SECRETARY, account=cast.north_leader)

    def asked(files: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert len(climbed_files(Account.objects.get(pk=cast.leader.pk), DAY)) == files
        return len(queries)

    propose(cast, by=cast.north_leader)
    one = asked(1)
    for _n in range(3):
        propose(cast, by=cast.north_leader)

    assert asked(4) == one
