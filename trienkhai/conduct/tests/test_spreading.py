"""Themes, numbers of members, good examples; what becomes of commitments when a unit ends."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from trienkhai.audit.actions import SYSTEM
from trienkhai.audit.models import Act
from trienkhai.common.verdict import Refused
from trienkhai.conduct import actions, moves, rules
from trienkhai.conduct.models import CellCount, Commitment, Example
from trienkhai.conduct.norms import due_days
from trienkhai.conduct.queries import lines_below, theme_of
from trienkhai.conduct.queries.integrity import left_with_closed
from trienkhai.conduct.tests.make import Cast, at
from trienkhai.norms.models import Norm
from trienkhai.orgs.models import Unit
from trienkhai.orgs.succession import CLOSE, Ending
from trienkhai.orgs.tests.make import make_unit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
ON = date(2017, 8, 1)


def test_the_theme_of_the_nearest_unit_above_holds():
    cast = Cast()
    actions.set_theme(cast.tree.north, year=2017, title="Phong cách", by=cast.above, at=at())
    assert theme_of(cast.unit, 2017).title == "Phong cách" and theme_of(cast.tree.south, 2017) is None
    actions.set_theme(cast.unit, year=2017, title="Tác phong", by=cast.leader, at=at())
    actions.set_theme(cast.unit, year=2017, title="Tác phong", by=cast.leader, at=at())
    assert theme_of(cast.unit, 2017).title == "Tác phong"
    assert Act.objects.filter(verb="conduct.theme_set").count() == 2
    with pytest.raises(Refused):
        actions.set_theme(cast.unit, year=2017, title="Khác", by=cast.member, at=at())


@pytest.mark.parametrize(
    ("numbers", "field"), [((5, 6), "committed"), ((6, 5, 6), "half"), ((6, 5, 5, 6), "whole"), ((-1, 0), "members")]
)
def test_numbers_that_contradict_each_other_are_refused_at_their_field(numbers, field):
    cast = Cast()
    with pytest.raises(ValidationError) as fault:
        cast.count(*numbers)
    assert field in fault.value.message_dict and not CellCount.objects.exists()


def test_numbers_of_branches_are_those_of_their_units():
    cast = Cast()
    cast.comment()
    cast.count(9, 8, 7)
    cast.count(9, 9, 7)
    north, south = (
        next(line for line in lines_below(cast.tree.bloc, 2017, ON) if line.unit == unit)
        for unit in (cast.tree.north, cast.tree.south)
    )
    assert (north.leaders, north.committed, north.half, north.year) == (5, 1, 1, 0)
    assert (north.members, north.members_committed, north.units_told) == (9, 9, 1)
    assert (south.leaders, south.committed, south.members) == (1, 0, 0)


def test_whoever_is_told_below_is_not_counted_again_in_the_number_of_the_unit_above():
    cast = Cast()
    cells = [make_unit(cast.tree.north1, kind="grassroots_cell", code=f"K.B.1.{n}") for n in (1, 2)]
    words = {"year": 2017, "told_on": ON}
    CellCount.objects.create(unit=cast.tree.north1, members=30, committed=20, **words)
    CellCount.objects.create(unit=cast.tree.north2, members=7, committed=6, **words)
    CellCount.objects.create(unit=cast.tree.bloc, members=99, committed=99, **words)
    CellCount.objects.create(unit=cells[0], year=2016, members=3, committed=3, told_on=ON)

    def told(unit: Unit, below: Unit) -> tuple[int, int, int]:
        (line,) = (line for line in lines_below(unit, 2017, ON) if line.unit == below)
        return line.members, line.members_committed, line.units_told

    assert told(cast.tree.bloc, cast.tree.north) == (37, 26, 2)
    for number, cell in enumerate(cells, start=1):
        CellCount.objects.create(unit=cell, members=10 * number, committed=9 * number, **words)
    CellCount.objects.create(unit=cast.tree.north, members=40, committed=40, **words)

    assert told(cast.tree.bloc, cast.tree.north) == (37, 33, 3)
    assert told(cast.tree.north, cast.tree.north1) == (30, 27, 2)
    assert told(cast.tree.north, cast.tree.north2) == (7, 6, 1)


def test_a_good_example_is_spread_to_those_below_and_above_and_taken_back():
    cast = Cast()
    words = {"year": 2017, "title": "Tập thể phòng một", "story": "Không còn văn bản quá hạn"}
    row = actions.add_example(cast.tree.north, **words, by=cast.above, at=at())
    assert actions.add_example(cast.tree.north, **words, by=cast.above, at=at()) == row
    assert rules.visible_examples(cast.member, ON).exists()
    assert not rules.visible_examples(cast.stranger, ON).exists()
    with pytest.raises(Refused):
        actions.remove_example(row.pk, by=cast.member, at=at())
    actions.remove_example(row.pk, by=cast.above, at=at())
    assert not Example.objects.exists()


def test_days_come_from_the_norm_and_without_one_there_are_none():
    assert due_days(2017, "") == {"commit": date(2017, 3, 31), "half": date(2017, 7, 15), "year": date(2017, 12, 31)}
    Norm.objects.filter(key="conduct.due_days").delete()
    assert due_days(2017, "") == {}


def end(cast: Cast, **choices: str) -> None:
    moves.carrier.carry_ending(Ending(cast.unit, cast.tree.north1, ON, choices), SYSTEM, at(1, 8))


def test_commitments_of_the_year_go_to_the_successor_and_past_ones_stay():
    cast = Cast()
    row, past = cast.commit(), cast.commit(year=2016)
    end(cast)
    assert Commitment.objects.get(pk=row.pk).unit == cast.tree.north1
    assert Commitment.objects.get(pk=past.pk).unit == cast.unit


def test_commitments_that_are_closed_have_their_reason_and_take_no_report():
    cast = Cast()
    row = cast.commit()
    end(cast, commitments=CLOSE)
    with pytest.raises(Refused, match="ended"):
        cast.report(row)
    assert left_with_closed(ON) == {}
    Commitment.objects.update(ended="")
    Unit.objects.filter(pk=cast.unit.pk).update(closed_on=ON)
    assert left_with_closed(ON) == {cast.unit.pk: 1}
