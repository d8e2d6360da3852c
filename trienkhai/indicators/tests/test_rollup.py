"""Roll-ups over the tree: own value and children, missing and excluded, units that leave, targets, query counts."""

import random
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from trienkhai.audit.actions import SYSTEM
from trienkhai.common.clock import moment
from trienkhai.indicators import actions
from trienkhai.indicators.actions import Gift
from trienkhai.indicators.models import Holder
from trienkhai.indicators.queries import reading, rollup, values_for
from trienkhai.indicators.queries.tables import table_of
from trienkhai.indicators.tests.make import AFTER_Q1, AFTER_Q2, JANUARY, Q1, Q2, Cast, quarter
from trienkhai.orgs.actions import store_change

pytestmark = pytest.mark.django_db

RATIO = {"kind": "ratio", "numerator": "số dự", "denominator": "số triệu tập", "factor": Decimal(100)}
ALL = [
    ("sum", {}),
    ("mean", {}),
    ("weighted", {}),
    ("ratio", RATIO),
    ("last", {}),
    ("none", {}),
    ("mean", RATIO),
]


def test_a_sum_opens_into_units_in_waiting_missing_and_excluded():
    cast = Cast()
    cast.give()
    tree = cast.tree
    cast.told(tree.north1, "10"), cast.told(tree.south1, "5")
    cast.tell(tree.north2, "3")
    cast.told(tree.direct, "", not_applicable=True, remark="Không có đảng viên dự bị")

    summed = rollup(cast.indicator, tree.bloc, quarter(cast.indicator))

    total = summed.total
    assert (summed.number, total.counted, total.waiting, total.missing, total.excluded) == (15, 2, 1, 1, 1)
    assert dict((unit, total.top) for unit, total in summed.branches()) == {
        tree.north.pk: 10,
        tree.south.pk: 5,
        tree.direct.pk: 0,
    }
    assert rollup(cast.indicator, tree.north, quarter(cast.indicator)).number == 10


@pytest.mark.parametrize(("rule", "kind"), ALL)
def test_the_rows_make_the_number_of_every_cell(rule, kind):
    cast = Cast(aggregation=rule, **kind)
    cast.give("grassroots + children")
    dice = random.Random(7)
    for unit in [cast.tree.north, *cast.tree.grassroots]:
        Holder.objects.filter(unit=unit).update(weight=Decimal(dice.randint(1, 900)) / 4)
        number = f"{dice.randint(0, 9)},{dice.randint(10, 99)}"
        typed = {"top": number, "bottom": str(dice.randint(10, 20))} if kind else {"number": number}
        if dice.random() < 0.8:
            cast.told(unit, typed)

    for unit in (cast.tree.bloc, cast.tree.north, cast.tree.south, cast.tree.north1):
        summed = rollup(cast.indicator, unit, quarter(cast.indicator))
        branches = [total for _unit, total in summed.branches()]
        assert summed.total.top == sum(total.top for total in branches) == sum(part.top for part in summed.parts)
        assert summed.total.bottom == sum(total.bottom for total in branches)
        assert summed.total.counted == sum(total.counted for total in branches)


def test_a_ratio_of_sums_is_not_the_mean_of_ratios():
    cast = Cast(aggregation="ratio", **RATIO)
    cast.give()
    cast.told(cast.tree.north1, {"top": "90", "bottom": "100"})
    cast.told(cast.tree.south1, {"top": "1", "bottom": "2"})

    number = rollup(cast.indicator, cast.tree.bloc, quarter(cast.indicator)).number

    assert round(number, 4) == Decimal("89.2157")


def test_a_unit_that_moves_in_mid_period_counts_where_it_stands_on_the_last_day():
    cast = Cast()
    cast.give()
    tree = cast.tree
    cast.told(tree.north1, "10"), cast.told(tree.north2, "1")
    store_change(tree.north1, {"parent": tree.south}, by=SYSTEM, at=moment(date(2017, 5, 9)))
    tree.north1.refresh_from_db()
    cast.told(tree.north1, "7", start=Q2, when=AFTER_Q2)

    def number(unit, start):
        return rollup(cast.indicator, unit, quarter(cast.indicator, start)).number

    assert [number(tree.north, start) for start in (Q1, Q2)] == [11, None]
    assert [number(tree.south, start) for start in (Q1, Q2)] == [None, 7]
    assert [number(tree.bloc, start) for start in (Q1, Q2)] == [11, 7]
    left = rollup(cast.indicator, tree.north, quarter(cast.indicator, Q2))
    assert {part.unit_id: part.why for part in left.parts}[tree.north1.pk] == "left"


def test_units_read_together_read_as_each_alone(monkeypatch):
    cast = Cast()
    north, south, north1 = cast.tree.north, cast.tree.south, cast.tree.north1
    for selection in ("children", "grassroots"):
        cast.give(selection, targets={Q1: Decimal(3)})
    for unit, number in ((north1, "5"), (cast.tree.south1, "7")):
        cast.told(unit, number)
    store_change(north1, {"parent": south}, by=SYSTEM, at=moment(date(2017, 5, 9)))
    units = [cast.tree.bloc, north, south, north1, cast.tree.direct]
    span = date(2017, 1, 1), date(2017, 12, 31)
    alone = {unit.pk: values_for(unit, *span) for unit in units}

    for portion in (2, 50):
        monkeypatch.setattr(reading, "PORTION", portion)
        assert reading.values_for_each(units, *span) == alone
    assert any(part.why == "left" for row in alone[north.pk] for part in row.rollup.parts)


def test_targets_roll_up_from_the_nearest_holders_beside_the_own_one():
    cast = Cast()
    cast.give("children", targets={Q1: Decimal(50)})
    actions.give_indicator(
        cast.indicator.pk,
        cast.tree.north,
        Gift("children", {Q1: Decimal(30)}),
        by=cast.north_leader,
        at=JANUARY,
    )
    own = cast.holder(cast.tree.bloc).pk
    actions.set_targets(cast.indicator.pk, cast.tree.bloc, {(own, Q1): Decimal(160)}, by=cast.officer, at=JANUARY)

    bloc = rollup(cast.indicator, cast.tree.bloc, quarter(cast.indicator))
    north = rollup(cast.indicator, cast.tree.north, quarter(cast.indicator))

    assert (bloc.target, bloc.target_below, bloc.gap) == (160, 150, -10)
    assert (north.target, north.target_below, north.gap) == (50, 60, 10)


def test_values_for_gives_every_indicator_with_own_value_target_and_roll_up():
    cast = Cast()
    second = cast.define("CT2", title="Số buổi", measure="buổi", aggregation="mean")
    cast.give("grassroots + children", targets={Q1: Decimal(4)}), cast.give(to=second)
    cast.told(cast.tree.north, "2"), cast.told(cast.tree.north1, "3")
    cast.told(cast.tree.north1, "8", indicator=second)

    found = values_for(cast.tree.north, date(2017, 1, 1), date(2017, 3, 31))

    assert [row.indicator.code for row in found] == ["CT1"]
    assert (found[0].value.number, found[0].target, found[0].rollup.number) == (2, 4, 5)
    whole_year = values_for(cast.tree.bloc, date(2017, 1, 1), date(2017, 12, 31))
    assert [(row.indicator.code, row.rollup.period.start.month) for row in whole_year] == [
        (code, month) for code in ("CT1", "CT2") for month in (1, 4, 7, 10)
    ]
    assert whole_year[0].value is None and whole_year[4].rollup.number == 8


def queries_of(work) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        work()
    return len(captured)


def test_reading_takes_the_same_few_queries_for_one_indicator_and_three():
    cast = Cast()
    cast.give()
    cast.told(cast.tree.north1, "3")
    span = (date(2017, 1, 1), date(2017, 12, 31))
    one = queries_of(lambda: values_for(cast.tree.bloc, *span))
    for code in ("CT2", "CT3"):
        other = cast.define(code)
        cast.give(to=other)
        cast.told(cast.tree.south1, "3", indicator=other)
    three = queries_of(lambda: values_for(cast.tree.bloc, *span))

    assert one == three <= 8
    table = queries_of(lambda: table_of(cast.indicator, cast.tree.bloc, *span, on=date(2017, 12, 1), below=True))
    assert table <= 10


def test_the_table_has_a_row_for_each_unit_directly_below_with_signs():
    cast = Cast()
    cast.give(targets={Q1: Decimal(10), Q2: Decimal(10)})
    cast.told(cast.tree.north1, "10"), cast.told(cast.tree.north2, "8"), cast.told(cast.tree.south1, "30")
    cast.told(cast.tree.direct, "2")

    table = table_of(cast.indicator, cast.tree.bloc, Q1, date(2017, 6, 30), on=AFTER_Q1.date(), below=True)

    signs = {row.unit.short_name: [cell.sign for cell in row.cells] for row in table.rows}
    assert signs == {
        "Đảng bộ Bắc": ["near", "no_data"],
        "Đảng bộ Nam": ["met", "no_data"],
        "Đảng bộ Trực": ["missed", "no_data"],
    }
    assert (table.own.cells[0].actual, table.own.cells[0].target, table.own.cells[0].below) == (50, 50, True)
