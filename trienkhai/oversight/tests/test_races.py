"""Two at the same time: a recommendation is answered once, a matter is listed once."""

import pytest

from trienkhai.audit.models import Act
from trienkhai.common.verdict import Refused
from trienkhai.oversight import actions
from trienkhai.oversight.models import Matter
from trienkhai.oversight.tests.make import Cast, at
from trienkhai.tasks.tests.test_races import at_once, fresh

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_who_take_a_proof_back_at_once_one_does_and_the_other_is_told():
    cast = Cast()
    proof = cast.proof(cast.matter())

    results = at_once(
        *(lambda who=who: actions.remove_proof(proof.pk, by=fresh(who), at=at(21)) for who in (cast.clerk, cast.leader))
    )

    assert sum(isinstance(one, Refused) for one in results) == sum(one is None for one in results) == 1
    assert Act.objects.filter(verb="democracy.proof_removed").count() == 1


def test_of_two_who_answer_a_recommendation_at_once_exactly_one_does():
    cast = Cast()
    row = cast.recommended()

    results = at_once(
        lambda: cast.reply(row, by=fresh(cast.head)),
        lambda: cast.reply(row, outcome="not_taken", text="Đã đủ", by=fresh(cast.deputy)),
    )

    assert sum(isinstance(one, Refused) for one in results) == 1
    assert Act.objects.filter(verb="oversight.replied").count() == 1


def test_the_same_matter_added_twice_at_once_is_listed_once():
    cast = Cast()

    at_once(cast.matter, cast.matter)

    assert Matter.objects.count() == 1
