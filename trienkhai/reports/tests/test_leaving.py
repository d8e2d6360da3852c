"""Units that leave or move in mid-period: carried, closed with the reason, answering to the new place."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from trienkhai.common.verdict import Refused
from trienkhai.orgs.actions import change_unit
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.tests.make import make_holder, make_unit
from trienkhai.orgs.tests.make_ending import end_unit
from trienkhai.reports import actions
from trienkhai.reports.queries.completeness import total_of
from trienkhai.reports.queries.summing import below
from trienkhai.reports.tests.make import Cast, report_of
from trienkhai.tasks.tests.make import at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def cast() -> Cast:
    return Cast()


def test_the_report_of_a_unit_that_ended_is_closed_with_the_reason_and_leaves_the_counts(cast: Cast):
    period = cast.opened()
    Unit.objects.filter(pk=cast.tree.north1.pk).update(closed_on=date(2017, 1, 15))

    assert actions.close_left(on=date(2017, 1, 14), at=at(14)) == 0
    assert actions.close_left(on=date(2017, 1, 15), at=at(15)) == 1
    assert actions.close_left(on=date(2017, 1, 16), at=at(16)) == 0

    report = report_of(period, cast.tree.north1)
    assert report.state == "closed" and report.reason
    assert total_of(period, date(2017, 1, 20)).expected == 4
    assert [row.pk for row in below(period, cast.tree.bloc).left_out] == [report.pk]


def test_a_report_is_carried_to_the_successor_with_what_was_written(cast: Cast):
    period = cast.opened()
    report = cast.fill(period, cast.tree.north1, c1="9")
    with pytest.raises(Refused):
        actions.carry_to(report.pk, cast.tree.south1, reason="Sáp nhập", by=cast.south_leader, at=at(9))
    with pytest.raises(ValidationError):
        actions.carry_to(report.pk, cast.tree.south1, reason=" ", by=cast.officer, at=at(9))

    actions.carry_to(report.pk, cast.tree.south1, reason="Sáp nhập", by=cast.officer, at=at(9))

    carried = report_of(period, cast.tree.north1)
    assert (carried.held_by, carried.answers_to, carried.values["c1"]) == (cast.tree.south1, cast.tree.south, "9")
    actions.submit(carried.pk, by=cast.focal[cast.tree.south1.pk], at=at(10))
    with pytest.raises(Refused):
        actions.close(carried.pk, reason="Thôi", by=cast.focal[cast.tree.south1.pk], at=at(11))


def test_a_report_is_closed_by_the_office_with_a_reason(cast: Cast):
    period = cast.opened()
    report = report_of(period, cast.tree.direct)

    actions.close(report.pk, reason="Chưa có đảng viên", by=cast.officer, at=at(9))

    with pytest.raises(Refused, match="Chưa có đảng viên"):
        actions.begin(report.pk, by=cast.focal[cast.tree.direct.pk], at=at(10))


def test_a_unit_that_moves_within_the_branch_answers_to_its_new_place(cast: Cast):
    period = cast.opened()
    admin = make_holder(cast.tree.bloc, Role.ADMIN)
    unit = Unit.objects.select_related("present").get(pk=cast.tree.north1.pk)

    _move(unit, "K.N", admin)

    assert report_of(period, cast.tree.north1).answers_to == cast.tree.south


def test_a_unit_that_moves_out_of_the_branch_of_the_form_closes_its_report(cast: Cast):
    cast.form(cast.tree.north, selection="children")
    actions.open_periods(on=date(2017, 1, 3), at=at(3))
    admin = make_holder(cast.tree.bloc, Role.ADMIN)
    unit = Unit.objects.select_related("present").get(pk=cast.tree.north1.pk)

    _move(unit, "K.N", admin)

    report = unit.period_reports.get()
    assert report.state == "closed" and "chuyển khỏi" in report.reason


def _move(unit: Unit, parent: str, admin) -> None:
    change_unit(unit.pk, {"parent": Unit.objects.get(present__code=parent)}, by=admin, at=at(20))


def test_a_unit_founded_in_mid_period_is_asked_from_the_next_one(cast: Cast):
    period = cast.opened()
    make_unit(cast.tree.north, code="K.B.3", established_on=date(2017, 1, 20))

    actions.open_periods(on=date(2017, 2, 1), at=at(1, 2))

    assert (period.count, period.form.periods.latest("starts_on").count) == (5, 6)


def test_the_successor_of_a_unit_that_ends_goes_on_with_its_reports_and_its_forms(cast: Cast):
    period = cast.opened()
    own = cast.form(cast.tree.north, selection="children")
    actions.open_periods(on=date(2017, 1, 3), at=at(3))
    written = cast.fill(period, cast.tree.north2, c1="9")
    admin = make_holder(cast.tree.bloc, Role.ADMIN)

    end_unit(cast.tree.north2.pk, cast.tree.south1.pk, by=admin, at=at(20))

    written.refresh_from_db()
    assert (written.held_by, written.answers_to, written.values["c1"]) == (cast.tree.south1, cast.tree.south, "9")
    assert report_of(own.periods.get(), cast.tree.north2).state == "closed"
    assert report_of(own.periods.get(), cast.tree.north1).state == "expected"
