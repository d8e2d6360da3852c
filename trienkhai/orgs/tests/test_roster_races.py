"""Two people at once: one account in one list, and no name stored once a list is off."""

import pytest
from django.core.exceptions import ValidationError

from trienkhai.common.verdict import Refused
from trienkhai.orgs.actions import roster
from trienkhai.orgs.models import Role, RosterMember, RosterSpan
from trienkhai.orgs.tests.make import make_holder
from trienkhai.orgs.tests.make_roster import LATER, SPRING, Branch, fresh
from trienkhai.tasks.tests.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_lists_do_not_take_the_same_account():
    branch = Branch()
    both = make_holder(branch.cell, Role.MEMBER)
    make_holder(branch.other, Role.MEMBER, account=both)

    results = at_once(
        lambda: branch.add("Lan", account=both, by=fresh(branch.secretary)),
        lambda: branch.add("Lan", account=both, unit=branch.other, by=fresh(branch.second)),
    )

    assert sum(isinstance(result, ValidationError) for result in results) == 1, results
    assert RosterMember.objects.filter(account=both).count() == 1


def test_whoever_adds_while_the_list_is_switched_off_leaves_no_name():
    branch = Branch()

    results = at_once(
        lambda: branch.add(by=fresh(branch.secretary)),
        lambda: roster.switch_off(branch.switch.pk, names=0, by=fresh(branch.admin), at=LATER),
    )

    off = isinstance(results[1], int)
    assert off == isinstance(results[0], Refused), results
    assert RosterMember.objects.exists() != off


def test_a_transfer_is_taken_over_once():
    branch = Branch()
    asked = roster.ask_transfer(branch.add().pk, branch.other, on=SPRING, by=branch.secretary, at=LATER)
    other = make_holder(branch.other, Role.LEADER)

    results = at_once(
        lambda: roster.accept_transfer(asked.pk, by=fresh(branch.second), at=LATER),
        lambda: roster.accept_transfer(asked.pk, by=fresh(other), at=LATER),
    )

    assert sum(isinstance(result, Refused) for result in results) == 1, results
    assert RosterSpan.objects.count() == 2
