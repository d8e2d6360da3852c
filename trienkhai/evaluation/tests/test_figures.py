"""Figures as on a day: what is still running counts neither as reached nor as missed."""

from datetime import date
from decimal import Decimal

import pytest

from trienkhai.evaluation.queries.figures import counts_of, figures_of
from trienkhai.evaluation.tests.make import Cast
from trienkhai.indicators.tests.make import Q1, Q2, Q3, Q4
from trienkhai.indicators.tests.make import Cast as IndicatorCast
from trienkhai.tasks.models import Assignment

pytestmark = pytest.mark.django_db


def test_a_period_of_an_indicator_counts_once_it_has_ended():
    cast = IndicatorCast()
    unit = cast.tree.north1
    cast.give(targets=dict.fromkeys((Q1, Q2, Q3, Q4), Decimal(4)))
    cast.told(unit, "5")

    def of(day: date) -> tuple[int, int]:
        figure = counts_of(figures_of([unit], date(2017, 1, 1), date(2017, 12, 31), day, ())[unit.pk])["indicators"]
        return figure.num, figure.den

    assert of(date(2017, 3, 31)) == (0, 0) and of(date(2017, 1, 1)) == (0, 0)
    assert of(date(2017, 4, 1)) == (1, 1)
    assert of(date(2017, 12, 15)) == (1, 3)
    assert of(date(2018, 1, 1)) == (1, 4)


def test_a_task_on_its_last_day_is_not_missed_yet():
    cast = Cast()
    cast.work(done=1, open_=1)
    last = Assignment.objects.filter(held_by=cast.tree.north1).latest("pk").due_on

    def of(day: date) -> tuple[int, int]:
        unit = cast.tree.north1
        figure = counts_of(figures_of([unit], date(2017, 1, 1), date(2017, 12, 31), day, ())[unit.pk])["on_time"]
        return figure.num, figure.den

    assert of(last) == (1, 1)
    assert of(date.fromordinal(last.toordinal() + 1)) == (1, 2)
