"""Figures as on a day: what is still running counts neither as reached nor as missed."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from trienkhai.common.clock import day_of, moment
from trienkhai.evaluation.actions import open_campaign
from trienkhai.evaluation.models import Campaign
from trienkhai.evaluation.queries.figures import counts_of, figures_of
from trienkhai.evaluation.tests.make import Cast
from trienkhai.indicators.tests.make import Q1, Q2, Q3, Q4
from trienkhai.indicators.tests.make import Cast as IndicatorCast
from trienkhai.meetings.tests.make import Cast as MeetingCast
from trienkhai.notices.models import Notice
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.tests.make import make_holder, make_unit
from trienkhai.tasks.models import Assignment
from trienkhai.tasks.tests.make import DUE, make_waiting
from trienkhai.tasks.tests.make import Cast as TaskCast

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


def test_a_report_in_time_that_waits_for_its_approval_is_in_time_and_no_task_left_undone():
    cast = TaskCast()
    make_waiting(cast, 4, tasks=2)
    unit, after = cast.tree.north1, date.fromordinal(DUE.toordinal() + 1)

    figures = counts_of(figures_of([unit], date(2017, 1, 1), date(2017, 12, 31), after, ())[unit.pk])

    told = {name: (figures[name].num, figures[name].den) for name in ("done", "on_time", "late")}
    assert told == {"done": (0, 0), "on_time": (2, 2), "late": (0, 2)}


def test_a_meeting_of_the_day_itself_is_not_missed_yet():
    cast = MeetingCast()
    meeting = cast.plan()
    day = day_of(meeting.starts_at)

    def of(day: date) -> tuple[int, int]:
        first, last = date(day.year, 1, 1), date(day.year, 12, 31)
        figure = counts_of(figures_of([meeting.unit], first, last, day, ())[meeting.unit_id])["meetings"]
        return figure.num, figure.den

    assert of(day) == (0, 0)
    assert of(date.fromordinal(day.toordinal() + 1)) == (0, 1)
    cast.begin(meeting)
    assert of(day) == (1, 1)


def test_opening_asks_as_often_for_ten_units_with_indicators_as_for_one():
    cast = IndicatorCast()
    north = cast.tree.north
    units = [make_unit(north) for _n in range(10)]
    for unit in units:
        make_holder(unit, Role.LEADER)
    cast.give(targets=dict.fromkeys((Q1, Q2), Decimal(4)))
    cast.focal |= {unit.pk: make_holder(unit, Role.FOCAL) for unit in units}
    for number, unit in enumerate(units):
        cast.told(unit, str(number))

    def opened(code: str, chosen: list[Unit]) -> tuple[int, Campaign]:
        when = moment(date(2017, 12, 15), 9)
        with CaptureQueriesContext(connection) as asked:
            campaign = open_campaign(north, code, chosen, heads=True, by=cast.north_leader, at=when)
        return len(asked), campaign

    one, _first = opened("2017-Q1", units[:1])
    ten, campaign = opened("2017", units)

    assert ten == one
    reached = {sheet.unit_id for sheet in campaign.sheets.all() if sheet.figures["indicators"]["yes"]}
    assert reached == {unit.pk for unit in units[4:]}
    assert Notice.objects.filter(kind="evaluation_opened", params__period="2017", account__isnull=False).count() == 10
