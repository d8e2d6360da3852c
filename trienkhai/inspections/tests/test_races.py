"""Two at the same time: nobody is drawn twice, a remedy is given once, one concludes."""

import pytest

from trienkhai.audit.models import Act
from trienkhai.common.verdict import Refused
from trienkhai.inspections import actions
from trienkhai.inspections.models import Inspection
from trienkhai.inspections.queries.integrity import left_with_closed
from trienkhai.inspections.tests.make import SEED, Cast, at
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import NOON, make_holder
from trienkhai.orgs.tests.make_ending import end_unit
from trienkhai.people.models import Account
from trienkhai.tasks.models import Task
from trienkhai.tasks.tests.test_races import at_once, fresh

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_who_draw_at_once_never_draw_one_unit():
    cast = Cast()
    first = cast.item()
    second = cast.item(programme=first.programme, theme="Nội dung hai")

    def draw(item: int, account: Account) -> object:
        words = {"scope": "grassroots", "by_risk": 0, "at_random": 2, "seed": SEED}
        return actions.draw_subjects(item, **words, by=fresh(account), at=NOON)

    at_once(lambda: draw(first.pk, cast.inspector), lambda: draw(second.pk, cast.leader))

    units = list(Inspection.objects.values_list("unit", flat=True))
    assert len(units) == len(set(units)) == 4


def test_a_unit_that_ends_meanwhile_is_neither_named_nor_drawn():
    cast = Cast()
    first = cast.item()
    second = cast.item(programme=first.programme, theme="Nội dung hai")
    admin = make_holder(cast.bloc, Role.ADMIN)

    def end() -> object:
        return end_unit(cast.subject.pk, cast.tree.north2.pk, by=fresh(admin), at=at(20))

    def name() -> object:
        return actions.add_subject(first.pk, cast.subject, by=fresh(cast.inspector), at=at(20))

    def draw() -> object:
        words = {"scope": "grassroots", "by_risk": 0, "at_random": 4, "seed": SEED}
        return actions.draw_subjects(second.pk, **words, by=fresh(cast.leader), at=at(20))

    at_once(end, name, draw)

    assert left_with_closed(at(20).date()) == {}


@pytest.mark.parametrize("kind", ["point", "finding"])
def test_of_two_who_take_the_same_out_at_once_one_does_and_the_other_is_told(kind: str):
    cast = Cast()
    row = cast.conducted()
    part = cast.find(row) if kind == "finding" else row.points.order_by("position")[0]
    take_out = {"finding": actions.remove_finding, "point": actions.remove_point}[kind]

    results = at_once(
        *(lambda who=who: take_out(part.pk, by=fresh(who), at=at(7)) for who in (cast.inspector, cast.officer))
    )

    assert sum(isinstance(one, Refused) for one in results) == sum(one is None for one in results) == 1
    assert Act.objects.filter(verb=f"inspection.{kind}_removed").count() == 1


def test_of_two_who_give_the_remedies_at_once_one_does():
    cast = Cast()
    row = cast.concluded()

    def give(account: Account) -> object:
        return actions.give_remedies(row.pk, not_secret=True, by=fresh(account), at=at(11))

    results = at_once(lambda: give(cast.officer), lambda: give(cast.leader))

    assert sum(isinstance(one, Refused) for one in results) == 1 and Task.objects.count() == 1
