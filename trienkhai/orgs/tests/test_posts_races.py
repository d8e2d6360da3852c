"""Two people at once: the last seat goes to one, and two administrators do not both go."""

import pytest
from django.core.exceptions import ValidationError

from trienkhai.orgs.actions import abolish_post, appoint, create_post, end_holding
from trienkhai.orgs.models import Holding, Role
from trienkhai.orgs.tests.make import DAY, NOON, Tree, make_account, make_holder
from trienkhai.tasks.tests.test_races import at_once, fresh

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_last_seat_is_given_once():
    tree = Tree()
    admin = make_holder(tree.bloc, Role.ADMIN)
    post = create_post(tree.north, title="Bí thư", role=Role.LEADER, by=admin, at=NOON)
    people = make_account(), make_account()

    results = at_once(*[lambda who=who: appoint(post, who, valid_from=DAY, by=fresh(admin), at=NOON) for who in people])

    assert sum(isinstance(result, ValidationError) for result in results) == 1, results
    assert post.holdings.count() == 1


def test_of_two_administrators_who_end_each_other_one_stays():
    tree = Tree()
    first, second = make_holder(tree.bloc, Role.ADMIN), make_holder(tree.bloc, Role.ADMIN)
    ids = [Holding.objects.get(account=who).pk for who in (first, second)]
    day = DAY.replace(month=6)

    results = at_once(
        lambda: end_holding(ids[0], on=day, by=fresh(second), at=NOON),
        lambda: end_holding(ids[1], on=day, by=fresh(first), at=NOON),
    )

    assert sum(isinstance(result, ValidationError) for result in results) == 1, results
    assert Holding.objects.on(day).filter(post__role=Role.ADMIN).count() == 1


def test_a_post_is_not_given_while_it_is_abolished():
    tree = Tree()
    admin = make_holder(tree.bloc, Role.ADMIN)
    post, person = create_post(tree.north, title="Bí thư", role=Role.LEADER, by=admin, at=NOON), make_account()

    results = at_once(
        lambda: appoint(post, person, valid_from=DAY, by=fresh(admin), at=NOON),
        lambda: abolish_post(post.pk, on=DAY, by=fresh(admin), at=NOON),
    )

    assert sum(isinstance(result, ValidationError) for result in results) == 1, results
    post.refresh_from_db()
    assert (post.abolished_on == DAY) != post.holdings.exists()
