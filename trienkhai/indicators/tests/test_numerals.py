"""Numbers as people type them."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from trienkhai.indicators.numerals import read_number, typed, written

NUMBERS = st.decimals(min_value=-(10**10), max_value=10**10, places=4)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1 234 567", "1234567"),
        ("1.234.567", "1234567"),
        ("1,234,567.89", "1234567.89"),
        ("12,5", "12.5"),
        ("12.50", "12.5"),
        ("0,123", "0.123"),
        ("1234.567", "1234.567"),
        ("-3,25", "-3.25"),
        ("1234", "1234"),
        ("1,2340", "1.234"),
        ("007", "7"),
    ],
)
def test_comma_and_point_are_read_as_people_mean_them(text, number):
    assert read_number(text) == Decimal(number)


@pytest.mark.parametrize("text", ["1.234", "1,234", "12.345", "999,000"])
def test_what_can_be_read_in_two_ways_is_asked_about(text):
    with pytest.raises(ValidationError) as raised:
        read_number(text)

    assert raised.value.code == "ambiguous"
    assert text.replace(".", "").replace(",", "") in raised.value.messages[0]


@pytest.mark.parametrize(
    "text",
    ["", "abc", "1.2.3", "12.34,5", "1,23.4", "1..2", ",5", "5,", "1,2,3.4", "1.234,56789", "9" * 12, "1e5", "½"],
)
def test_what_is_no_number_is_said_to_be_none(text):
    with pytest.raises(ValidationError) as raised:
        read_number(text)

    assert raised.value.code in ("no_number", "too_fine", "too_large")


@given(NUMBERS)
def test_a_number_shown_in_a_field_is_read_back_as_itself(number):
    assert read_number(typed(number)) == number


@given(NUMBERS, st.sampled_from(["vi", "en"]))
def test_a_number_written_for_people_is_read_back_or_asked_about_never_another(number, language):
    try:
        assert read_number(written(number, language)) == number
    except ValidationError as fault:
        assert fault.code == "ambiguous"
