"""A form reaches the own branch only; one that cannot be opened holds up no other; its days are days of a calendar."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from trienkhai.orgs.models import Role, UnitVersion
from trienkhai.orgs.tests.make import NOON, make_holder
from trienkhai.reports import actions
from trienkhai.reports.actions import FormDetails
from trienkhai.reports.models import PeriodReport, ReportForm
from trienkhai.reports.tests.make import Cast
from trienkhai.tasks.tests.make import at

pytestmark = pytest.mark.django_db


def once(first: date, last: date) -> FormDetails:
    return FormDetails("Báo cáo một lần", "once", "grassroots", once_from=first, once_to=last, due_months=3)


@pytest.mark.parametrize("other", ["south", "bloc", "south1"])
def test_nobody_asks_a_unit_outside_the_own_branch_for_a_report(other):
    cast = Cast()
    officer = make_holder(cast.tree.north, Role.OFFICER)
    details = FormDetails("Báo cáo tháng", "month", f"children + unit:{getattr(cast.tree, other).code}")

    with pytest.raises(ValidationError) as fault:
        actions.begin_form(cast.tree.north, details, by=officer, at=NOON)

    assert list(fault.value.message_dict) == ["selection"]


def test_a_form_kept_from_before_asks_its_own_branch_only():
    cast = Cast()
    form = cast.form(cast.tree.north, selection="children")
    ReportForm.objects.filter(pk=form.pk).update(selection=f"children + unit:{cast.tree.south1.code}")

    actions.open_periods(on=date(2017, 1, 2), at=at(2))

    assert not PeriodReport.objects.filter(held_by=cast.tree.south1).exists()
    assert PeriodReport.objects.filter(held_by=cast.tree.north1).exists()


def test_a_form_whose_recipients_nobody_knows_any_more_holds_up_no_other(caplog):
    cast = Cast()
    broken = cast.form(selection=f"unit:{cast.tree.north1.code}")
    sound = cast.form()
    UnitVersion.objects.filter(unit=cast.tree.north1).update(code="KHAC")

    assert actions.open_periods(on=date(2017, 1, 2), at=at(2)) == 5

    assert (broken.periods.count(), sound.periods.count()) == (0, 1)
    assert f"report form {broken.pk} is not opened" in caplog.text
    UnitVersion.objects.filter(unit=cast.tree.north1).update(code="K.B.1")
    assert actions.open_periods(on=date(2017, 1, 2), at=at(2)) == 1


def test_the_days_of_a_form_filled_once_stay_when_it_is_in_force():
    cast = Cast()
    first, last = date(2017, 3, 1), date(2017, 3, 31)
    form = cast.form(kind="once", once_from=first, once_to=last, start=first)

    with pytest.raises(ValidationError):
        actions.change_details(form.pk, once(date(2017, 2, 1), last), by=cast.officer, at=NOON)

    actions.change_details(form.pk, once(first, last), by=cast.officer, at=NOON)
    assert actions.open_periods(on=first, at=at(1, 3)) == 5


@pytest.mark.parametrize(("first", "last"), [(date(1, 1, 1), date(2017, 1, 1)), (date(2017, 1, 1), date(9999, 12, 31))])
def test_a_form_filled_once_has_days_of_this_age(first, last):
    cast = Cast()

    with pytest.raises(ValidationError):
        actions.begin_form(cast.tree.bloc, once(first, last), by=cast.officer, at=NOON)
