"""What holds on a day at a place."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from trienkhai.common.paths import segment
from trienkhai.norms.models import Norm
from trienkhai.norms.queries import days_off, holidays_known, norm, stretches, value

pytestmark = pytest.mark.django_db
BLOC, NORTH, SOUTH = segment(1), segment(1) + segment(2), segment(1) + segment(3)


def make_norm(given: object, *, valid_from: date = date(2015, 1, 1), **fields) -> Norm:
    values = {"key": "test_days", "source": "01-QĐ/ĐUMH", "grade": "L"} | fields
    return Norm.objects.create(value=given, valid_from=valid_from, **values)


def test_norm_holds_from_its_first_day_until_the_day_before_its_last():
    make_norm(3, valid_to=date(2017, 1, 1))
    make_norm(5, valid_from=date(2017, 1, 1))

    days = [date(2014, 12, 31), date(2015, 1, 1), date(2016, 12, 31), date(2017, 1, 1), date(2100, 1, 1)]
    assert [value("test_days", on=day) for day in days] == [None, 3, 3, 5, 5]


def test_missing_norm_is_none_and_its_value_the_default():
    assert norm("test_days", on=date(2017, 1, 3)) is None
    assert value("test_days", on=date(2017, 1, 3), default=7) == 7


def test_value_of_false_or_zero_is_no_missing_norm():
    make_norm(0)

    assert value("test_days", on=date(2017, 1, 3), default=7) == 0


def test_norm_of_the_nearest_branch_above_wins():
    make_norm(3)
    make_norm(4, place=BLOC)
    make_norm(5, place=NORTH, valid_to=date(2017, 6, 1))

    def at(place: str, day: date = date(2017, 1, 3)) -> int:
        return value("test_days", on=day, place=place)

    assert [at(""), at(BLOC), at(SOUTH), at(NORTH), at(NORTH + segment(9))] == [3, 4, 4, 5, 5]
    assert at(NORTH, date(2017, 6, 1)) == 4
    assert at(segment(2)) == 3


def test_of_two_norms_in_force_at_one_place_the_later_one_holds():
    make_norm(9, valid_from=date(2017, 1, 1))
    make_norm(3, valid_from=date(2015, 1, 1))

    assert value("test_days", on=date(2018, 1, 1)) == 9
    assert value("test_days", on=date(2016, 1, 1)) == 3


def test_span_of_a_norm_runs_forward():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_norm(3, valid_to=date(2015, 1, 1))


def test_days_off_join_the_holidays_of_all_years_in_between():
    off = days_off(date(2017, 12, 1), date(2018, 3, 1))

    assert date(2018, 1, 1) in off and date(2018, 2, 16) in off and date(2017, 9, 4) in off
    assert date(2018, 1, 2) not in off


def test_saturday_worked_in_exchange_is_no_day_off():
    off = days_off(date(2025, 4, 1), date(2025, 5, 5))

    assert date(2025, 4, 26) not in off
    assert date(2025, 5, 2) in off and date(2025, 4, 27) in off


def test_year_without_a_list_of_holidays_is_known_as_such():
    assert holidays_known(date(2017, 5, 1))
    assert not holidays_known(date(2031, 5, 1))
    assert date(2031, 9, 2) not in days_off(date(2031, 1, 1), date(2031, 12, 31))


@pytest.mark.parametrize("place", ["", BLOC, NORTH])
def test_stretches_say_of_each_day_what_holds_on_it(place: str):
    make_norm(1, valid_from=date(2016, 12, 20), valid_to=date(2017, 1, 5))
    make_norm(2, valid_from=date(2017, 1, 8), valid_to=date(2017, 2, 20))
    make_norm(3, valid_from=date(2017, 1, 12), valid_to=date(2017, 1, 15))
    make_norm(4, place=BLOC, valid_from=date(2017, 1, 10), valid_to=date(2017, 1, 20))
    make_norm(5, place=NORTH, valid_from=date(2017, 1, 4), valid_to=date(2017, 1, 6))
    first, last = date(2017, 1, 1), date(2017, 1, 31)

    found = stretches("test_days", first, last, place)

    for day in (date(2017, 1, number) for number in range(1, 32)):
        there = [held for begins, ends, held in found if begins <= day <= ends]
        assert there == [held for held in [value("test_days", on=day, place=place)] if held is not None]
    assert found[0][0] == first and found[-1][1] == last


def test_no_stretch_where_no_norm_holds():
    make_norm(1, valid_to=date(2017, 1, 1))

    assert stretches("test_days", date(2017, 1, 1), date(2017, 1, 31)) == []
