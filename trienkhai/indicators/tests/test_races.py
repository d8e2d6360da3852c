"""People at the same time: one value a period, one decision a value, one holder a unit."""

from decimal import Decimal

import pytest

from trienkhai.audit.models import Act
from trienkhai.common.verdict import Refused
from trienkhai.indicators import actions
from trienkhai.indicators.models import Giving, Holder, State, Value
from trienkhai.indicators.tests.make import AFTER_Q1, Q1, Cast
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import make_holder
from trienkhai.tasks.tests.test_races import at_once, fresh

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_people_who_tell_one_value_at_once_make_one():
    cast = Cast()
    cast.give()
    unit = cast.tree.north1
    people = (cast.focal[unit.pk], make_holder(unit, Role.OFFICER))

    results = at_once(*[lambda who=who: cast.tell(unit, "5", by=fresh(who)) for who in people])

    assert sorted(len(outcome.sent) for outcome in results) == [0, 1], results
    assert Value.objects.get().state == State.SUBMITTED


def test_of_two_leaders_who_decide_at_once_exactly_one_does():
    cast = Cast()
    cast.give()
    value = cast.tell(cast.tree.north1, "5").sent[0]
    other = make_holder(cast.tree.bloc, Role.LEADER)

    results = at_once(
        lambda: actions.approve_values([value.pk], by=fresh(cast.leader), at=AFTER_Q1),
        lambda: actions.return_values([value.pk], reason="Thiếu", by=fresh(other), at=AFTER_Q1),
    )

    assert sum(isinstance(result, Refused) for result in results) == 1, results
    assert Act.objects.filter(verb__in=["value.approved", "value.returned"]).count() == 1


def test_given_twice_at_once_each_unit_holds_it_once():
    cast = Cast()

    results = at_once(lambda: cast.give(targets={Q1: Decimal(1)}), lambda: cast.give(targets={Q1: Decimal(1)}))

    assert not [result for result in results if isinstance(result, Exception)], results
    assert Holder.objects.count() == 6
    assert sorted(Giving.objects.values_list("count", flat=True)) == [0, 5]
