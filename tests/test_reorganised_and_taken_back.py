"""Any sequence of moves, endings and takings back leaves the organisation whole; what is taken back was never there."""

import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.reorganising import DAY, World, require_order, standing, tables, without_history
from trienkhai.audit.actions import SYSTEM
from trienkhai.audit.models import Act
from trienkhai.common.verdict import Refused
from trienkhai.orgs import journal, succession
from trienkhai.orgs.actions import store_change
from trienkhai.orgs.models import Journal, Unit
from trienkhai.orgs.taking_back import take_back
from trienkhai.orgs.tests.make_ending import end_unit
from trienkhai.people.models import Account
from trienkhai.tasks import actions
from trienkhai.tasks.models import Assignment
from trienkhai.tasks.tally import recount
from trienkhai.tasks.tests.make import at

WHEN = at(20, 2)
steps = st.lists(
    st.tuples(
        st.sampled_from(["move", "end", "end", "back"]), st.integers(0, 9), st.integers(0, 9), st.integers(0, 99)
    ),
    min_size=1,
    max_size=7,
)


def fresh(unit: Unit) -> Unit:
    return Unit.objects.select_related("present__parent").get(pk=unit.pk)


class Player:
    """Plays steps, each under a journal of its own, and takes the last ones back."""

    def __init__(self) -> None:
        self.world = World()
        self.kept: list[tuple[str, Any]] = []
        self.number = 0

    def play(self, verb: str, one: int, other: int, seed: int) -> None:
        if verb == "back":
            return self.back()
        before, self.number = tables(), self.number + 1
        key = f"PA-{self.number}"
        with suppress(Refused, ValidationError), journal.keep(key, on=DAY):
            self.move(one, other) if verb == "move" else self.end(one, other, seed)
        if Journal.objects.filter(key=key).exists():
            self.kept.append((key, before))

    def move(self, one: int, other: int) -> None:
        units = standing()
        unit, parent = units[one % len(units)], units[other % len(units)]
        store_change(fresh(unit), {"parent": parent}, by=SYSTEM, at=WHEN)

    def end(self, one: int, other: int, seed: int) -> None:
        units = [unit for unit in standing() if unit.pk != self.world.body.pk]
        unit, successor = units[one % len(units)], units[other % len(units)]
        ending = succession.Ending(fresh(unit), successor, DAY)
        choices, division = choose(ending, units, seed)
        dry = self.ended(unit, successor, choices, division, dry_run=True)
        outcome = self.ended(unit, successor, choices, division)
        assert dry.counts == outcome.counts and dry.left == outcome.left == {}

    def ended(self, unit: Unit, successor: Unit, choices: Any, division: Any, *, dry_run: bool = False) -> Any:
        by = self.world.admin
        return end_unit(
            unit.pk, successor.pk, choices=choices, division=division, dry_run=dry_run, by=by, at=WHEN
        )  # fmt: skip

    def back(self) -> None:
        if self.kept:
            key, before = self.kept.pop()
            take_back(key, by=SYSTEM, at=WHEN)
            assert without_history(tables()) == without_history(before)


def choose(ending: succession.Ending, units: list[Unit], seed: int) -> tuple[dict[str, str], dict[str, dict[int, int]]]:
    """A choice for each class by the seed; objects to be divided go to the other units in turn."""
    choices, division = {}, {}
    heirs = [unit.pk for unit in units if unit.pk != ending.unit.pk]
    for place, kind in enumerate(succession.kinds()):
        offered = [choice for choice in kind.choices if choice != "up" or ending.above]
        choices[kind.name] = offered[(seed + place * (seed % 7)) % len(offered)]
        if choices[kind.name] == "divide":
            division[kind.name] = {pk: heirs[(pk + seed) % len(heirs)] for pk, _words in kind.objects(ending)}
    return choices, division


class AnySequence(TestCase):
    @settings(max_examples=8, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(steps)
    def test_keeps_the_organisation_whole(self, sequence: list[tuple[str, int, int, int]]) -> None:
        player = Player()

        for step in sequence:
            player.play(*step)
            require_order()

        while player.kept:
            player.back()
            require_order()


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(6))
def test_every_choice_is_carried_out_as_the_dry_run_said_and_can_be_taken_back(seed: int):
    player = Player()
    north1, north2 = player.world.tree.north1, player.world.tree.north2
    units = standing()
    places = [next(place for place, unit in enumerate(units) if unit.pk == one.pk) for one in (north1, north2)]

    player.play("end", *places, seed)
    require_order()
    assert player.kept and Unit.objects.get(pk=north1.pk).closed_on == DAY
    player.back()

    require_order()
    assert Unit.objects.get(pk=north1.pk).closed_on.year == 9999
    assert Act.objects.filter(verb="reorganisation.taken_back").count() == 1


@pytest.mark.django_db
def test_reorganisations_of_one_day_are_taken_back_one_after_the_other_also_where_work_was_withdrawn():
    world = World()
    unit, other = world.tree.north1, world.tree.south
    row = Assignment.objects.filter(held_by=unit, state="assigned").earliest("pk")
    with journal.keep("PA-1", on=DAY):
        store_change(fresh(unit), {"parent": other}, by=SYSTEM, at=WHEN)
    with journal.keep("PA-2", on=DAY):
        end_unit(unit.pk, world.tree.north2.pk, choices={"assignments": "close"}, by=world.admin, at=WHEN)
    assert Assignment.objects.get(pk=row.pk).state == "withdrawn"

    take_back("PA-2", by=SYSTEM, at=WHEN)
    take_back("PA-1", by=SYSTEM, at=WHEN)

    found = Assignment.objects.get(pk=row.pk)
    assert (found.state, found.answers_to_id) == ("assigned", row.answers_to_id) and recount() == []


@pytest.mark.django_db
def test_what_came_after_is_named_and_nothing_is_put_back():
    world = World()
    with journal.keep("PA-1", on=DAY):
        end_unit(world.tree.north1.pk, world.tree.north2.pk, by=world.admin, at=WHEN)
    Assignment.objects.filter(held_by=world.tree.north2).update(percent=30)
    before = tables()

    with pytest.raises(Refused, match="Việc 1"):
        take_back("PA-1", by=SYSTEM, at=WHEN)

    assert tables() == before


@pytest.mark.django_db
def test_on_a_later_day_and_twice_it_is_refused():
    world = World()
    with journal.keep("PA-1", on=DAY):
        end_unit(world.tree.north1.pk, world.tree.north2.pk, by=world.admin, at=WHEN)

    with pytest.raises(Refused):
        take_back("PA-1", by=SYSTEM, at=at(21, 2))
    take_back("PA-1", by=SYSTEM, at=WHEN)
    with pytest.raises(Refused):
        take_back("PA-1", by=SYSTEM, at=WHEN)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_people_who_take_it_back_at_once_do_it_once():
    world = World()
    before = tables()
    with journal.keep("PA-1", on=DAY):
        end_unit(world.tree.north1.pk, world.tree.north2.pk, by=world.admin, at=WHEN)
    start, outcomes = threading.Barrier(2), []

    def back() -> None:
        start.wait()
        try:
            take_back("PA-1", by=SYSTEM, at=WHEN)
            outcomes.append("done")
        except Refused:
            outcomes.append("refused")
        connection.close()

    threads = [threading.Thread(target=back) for _person in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["done", "refused"]
    assert without_history(tables()) == without_history(before)
    require_order()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_people_who_act_while_their_unit_ends_leave_nothing_open_behind():
    world = World()
    north1, holder = world.tree.north1, world.cast.focal[world.tree.north1.pk]
    rows = list(Assignment.objects.filter(held_by=north1).values_list("pk", flat=True))
    start, faults = threading.Barrier(2), []

    def run(*calls: Callable[[], object]) -> None:
        start.wait()
        for call in calls:
            try:
                call()
            except Refused:
                continue
            except Exception as fault:
                faults.append(fault)
        connection.close()

    def report(pk: int) -> object:
        return actions.submit_report(pk, text="Xong", by=Account.objects.get(pk=holder.pk), at=WHEN)

    acts = [partial(actions.acknowledge, pk, by=holder, at=WHEN) for pk in rows] + [partial(report, pk) for pk in rows]
    end = partial(end_unit, north1.pk, world.tree.north2.pk, by=world.admin, at=WHEN)
    threads = [threading.Thread(target=run, args=acts), threading.Thread(target=run, args=(end,))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    assert Unit.objects.get(pk=north1.pk).closed_on == DAY
    require_order()
