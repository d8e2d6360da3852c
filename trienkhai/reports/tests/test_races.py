"""People and workers at the same time: one opening, one sending, one approval of each report."""

import threading
import time
from datetime import date

import pytest
from django.db import transaction

from trienkhai.audit.models import Act
from trienkhai.common.verdict import Refused
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import make_holder
from trienkhai.reports import actions
from trienkhai.reports.models import IssuedSheet, Period, PeriodReport
from trienkhai.reports.tests.make import Cast, report_of
from trienkhai.tasks.tests.make import at
from trienkhai.tasks.tests.test_races import at_once, fresh

pytestmark = pytest.mark.django_db(transaction=True)


def refused(results: list[object]) -> int:
    return sum(isinstance(result, Refused) for result in results)


def test_two_workers_open_each_period_once():
    cast = Cast()
    cast.form()

    results = at_once(*[lambda: actions.open_periods(on=date(2017, 2, 3), at=at(3, 2))] * 2)

    assert sum(results) == 10, results
    assert (Period.objects.count(), PeriodReport.objects.count()) == (2, 10)
    assert Act.objects.filter(verb="period.opened").count() == 2


def test_two_bulk_approvals_at_once_approve_each_report_once():
    cast = Cast()
    period = cast.opened()
    second = make_holder(cast.tree.north, Role.LEADER)
    for unit in (cast.tree.north1, cast.tree.north2):
        cast.send(period, unit)

    results = at_once(
        *[
            lambda who=who: actions.approve_matching(
                PeriodReport.objects.filter(period=period), selection="kỳ", by=fresh(who), at=at(9)
            )
            for who in (cast.north_leader, second)
        ]
    )

    assert refused(results) == 1 and 2 in results, results
    assert IssuedSheet.objects.count() == 2
    assert sum(Act.objects.filter(verb="period_report.approved").values_list("count", flat=True)) == 2


def test_of_two_who_send_at_once_one_wins():
    cast = Cast()
    period = cast.opened()
    unit = cast.tree.north1
    second = make_holder(unit, Role.LEADER)
    report = cast.fill(period, unit)

    results = at_once(
        *[lambda who=who: actions.submit(report.pk, by=fresh(who), at=at(6)) for who in (cast.focal[unit.pk], second)]
    )

    assert refused(results) == 1, results
    assert Act.objects.filter(verb="period_report.submitted").count() == 1


def test_two_summaries_begun_at_once_are_one():
    cast = Cast()
    period = cast.opened()

    results = at_once(
        *[
            lambda who=who: actions.begin_summary(period.pk, cast.tree.bloc, by=fresh(who), at=at(26))
            for who in (cast.officer, cast.leader)
        ]
    )

    assert len({row.pk for row in results}) == 1 and report_of(period, cast.tree.bloc).summary


def test_two_people_who_store_at_once_lose_nothing():
    cast = Cast()
    period = cast.opened()
    unit = cast.tree.north1
    second = make_holder(unit, Role.LEADER)
    report = actions.begin(report_of(period, unit).pk, by=cast.focal[unit.pk], at=at(5))

    at_once(
        lambda: actions.save_draft(report.pk, {"c1": "4"}, base=1, by=fresh(cast.focal[unit.pk]), at=at(6)),
        lambda: actions.save_draft(report.pk, {"n1": "Lời"}, base=1, by=fresh(second), at=at(6)),
    )

    report.refresh_from_db()
    assert (report.values["c1"], report.values["n1"], report.revision) == ("4", "Lời", 3)


def test_a_report_carried_away_while_another_waits_for_it_is_found_all_the_same():
    cast = Cast()
    period = cast.opened()
    report = report_of(period, cast.tree.north1)
    held = threading.Event()

    def carry() -> object:
        with transaction.atomic():
            moved = actions.carry_to(report.pk, cast.tree.north2, reason="Sáp nhập", by=fresh(cast.officer), at=at(9))
            held.set()
            time.sleep(0.5)
            return moved

    def close() -> object:
        held.wait()
        return actions.close(report.pk, reason="Thôi", by=fresh(cast.leader), at=at(9))

    results = at_once(carry, close)

    assert [row.held_by_id for row in results] == [cast.tree.north2.pk] * 2, results
