"""People at the same time: one value a period, one decision a value, one holder a unit."""

import threading
import time
from decimal import Decimal

import pytest
from django.db import transaction

from trienkhai.audit.models import Act
from trienkhai.common.verdict import Refused
from trienkhai.indicators import actions
from trienkhai.indicators.actions import Meaning
from trienkhai.indicators.models import Giving, Holder, State, Value
from trienkhai.indicators.tests.make import AFTER_Q1, AFTER_Q2, Q1, Q2, Cast
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


def test_a_definition_waits_for_a_value_that_is_being_told():
    cast = Cast()
    cast.give()
    unit, other = cast.tree.north1, cast.tree.north2
    cast.told(other, "4")
    told = threading.Event()

    def tell() -> object:
        with transaction.atomic():
            outcome = cast.tell(unit, "5", start=Q2, when=AFTER_Q2, by=fresh(cast.focal[unit.pk]))
            told.set()
            time.sleep(0.5)
            return outcome

    def change() -> object:
        told.wait()
        words = Meaning(title="Tên mới", measure="người")
        return actions.change_definition(cast.indicator.pk, words, from_day=Q2, by=fresh(cast.officer), at=AFTER_Q2)

    results = at_once(tell, change)

    assert isinstance(results[1], Refused), results
    assert cast.indicator.definitions.count() == 1
