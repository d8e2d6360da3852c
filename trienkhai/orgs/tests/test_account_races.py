"""Two at once: one user name, one link, the last two administrators, a flood of wrong passwords."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from trienkhai.common.clock import moment
from trienkhai.common.verdict import Refused
from trienkhai.orgs.actions.inviting import Invited, close_account
from trienkhai.orgs.actions.reviewing import decide, open_review
from trienkhai.orgs.models import Holding, Role
from trienkhai.orgs.tests.make import NOON, Tree, make_holder
from trienkhai.orgs.tests.make_accounts import PASSWORD, invited, make_admin, make_post
from trienkhai.people.actions import enter_by_link
from trienkhai.people.models import Account, Attempt
from trienkhai.people.slowing import SIGN_IN, key_of, take_attempt
from trienkhai.tasks.tests.test_races import at_once, fresh

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_administrators_invite_the_same_user_name_and_one_is_told():
    tree = Tree()
    post, first, second = make_post(tree.north1), make_admin(tree.north), make_admin(tree.bloc)

    results = at_once(*(lambda by=by: invited(post, fresh(by), username="lan") for by in (first, second)))

    assert sorted(type(row) for row in results if not isinstance(row, Invited)) == [ValidationError]
    assert Account.objects.filter(username="lan").count() == 1
    assert Holding.objects.filter(post=post).count() == 1


def test_two_invite_the_same_name_without_a_user_name_and_both_get_one():
    tree = Tree()
    admins = (
        (make_post(tree.north1, "Lưu trữ"), make_admin(tree.north)),
        (make_post(tree.north1), make_admin(tree.bloc)),
    )

    results = at_once(*(lambda post=post, by=by: invited(post, fresh(by)) for post, by in admins))

    assert sorted(row.account.username for row in results) == ["lantt", "lantt2"]


def test_a_link_used_twice_at_once_lets_one_in():
    tree = Tree()
    made = invited(make_post(tree.north1), make_admin(tree.north))
    words = [PASSWORD, PASSWORD + "-khac"]

    results = at_once(*(lambda word=word: enter_by_link(made.token, word, at=NOON) for word in words))

    assert sorted(type(row) for row in results if not isinstance(row, Account)) == [Refused]
    won = words[next(index for index, row in enumerate(results) if isinstance(row, Account))]
    assert fresh(made.account).check_password(won)


def test_the_last_two_administrators_who_close_each_other_leave_one():
    tree = Tree()
    first, second = make_admin(tree.bloc), make_admin(tree.bloc)

    at_once(
        lambda: close_account(first.pk, by=fresh(second), at=NOON),
        lambda: close_account(second.pk, by=fresh(first), at=NOON),
    )

    assert Account.objects.filter(pk__in=[first.pk, second.pk], is_active=True).count() == 1


def test_two_reviewers_of_the_same_rights_decide_each_once():
    tree = Tree()
    admin, leader = make_admin(tree.north), make_holder(tree.north, Role.LEADER)
    people = [make_holder(tree.north1, Role.FOCAL) for _number in range(3)]
    review = open_review(tree.north, 2017, by=admin, at=NOON)
    ids = list(Holding.objects.filter(account__in=people).values_list("pk", flat=True))

    results = at_once(
        *(lambda by=by: decide(review.pk, ids, "confirmed", by=fresh(by), at=NOON) for by in (admin, leader))
    )

    assert sorted(results) == [0, 3] and review.marks.count() == 3


def test_many_wrong_passwords_at_once_are_no_way_around_the_pause():
    key, at = key_of("sign-in", "lan", "10.0.0.1"), moment(date(2017, 1, 3), 12)

    results = at_once(*(lambda: take_attempt(SIGN_IN, key, at=at) for _number in range(8)))

    assert results.count(0) == 5 and Attempt.objects.get().count == 5
