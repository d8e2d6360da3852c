"""Numbers as people type them, and formulas."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from trienkhai.reports import formula
from trienkhai.reports.figures import read_number, show_number, typed_number


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("text", "decimals", "number"),
    [
        ("12", 0, "12"),
        ("12,5", 1, "12.5"),
        ("12.5", 1, "12.5"),
        ("1.234", 0, "1234"),
        ("1,234", 0, "1234"),
        ("1 234", 0, "1234"),
        ("1\u00a0234,5", 1, "1234.5"),
        ("1.234,5", 1, "1234.5"),
        ("1,234.5", 1, "1234.5"),
        ("1.234.567", 2, "1234567.00"),
        ("0,125", 3, "0.125"),
        ("-3", 0, "-3"),
        ("−3,0", 0, "-3"),
        ("2,50", 1, "2.5"),
        ("007", 0, "7"),
    ],
)
def test_comma_or_point_is_understood(text: str, decimals: int, number: str):
    assert read_number(text, decimals) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "decimals", "said"),
    [
        ("mười", 0, "not a number"),
        ("1.2.3", 1, "not a number"),
        ("12a", 0, "not a number"),
        ("", 0, "not a number"),
        ("1e5", 0, "not a number"),
        ("2,5", 0, "whole number"),
        ("2,55", 1, "At most 1"),
        ("1.234", 3, "may mean two numbers"),
        ("9" * 39, 0, "too large"),
        ("9" * 60, 0, "not a number"),
        ("=1+1", 0, "not a number"),
    ],
)
def test_what_is_no_number_or_may_mean_two_is_refused(text: str, decimals: int, said: str):
    with pytest.raises(ValidationError, match=said):
        read_number(text, decimals)


@given(st.decimals(-(10**12), 10**12, places=2, allow_nan=False))
def test_what_a_page_writes_is_read_as_it_was(number: Decimal):
    for language in ("vi", "en"):
        with translation.override(language):
            assert read_number(show_number(number, 2), 2) == number
            assert read_number(typed_number(str(number), 2), 2) == number


def worked(text: str, **values: str) -> Decimal | None:
    node = formula.read(text)
    known = {name: Decimal(value) for name, value in values.items()}
    return formula.work_out(node, known.get, lambda field, column: [Decimal(1), Decimal(2)])


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1 + 2 × 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("a − b", "4"),
        ("a ÷ b", "3"),
        ("a : b", "3"),
        ("-a + 10", "4"),
        ("50% × a", "3"),
        ("tổng(b1.t2)", "3"),
        ("sum(a, b, zz)", "8"),
        ("share(b; a)", "33.3333"),
        ("tỷ_lệ(a; a)", "100"),
        ("1,5 × 2", "3"),
    ],
)
def test_a_formula_is_worked_out(text: str, number: str):
    found = worked(text, a="6", b="2")
    assert found is not None and abs(found - Decimal(number)) < Decimal("0.001")


@pytest.mark.parametrize("text", ["a / 0", "a + zz", "share(a; 0)", "zz"])
def test_a_missing_number_or_a_division_by_nothing_is_no_result(text: str):
    assert worked(text, a="6") is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1 +",
        "(1",
        "1)",
        "__import__('os')",
        "a.b.c",
        "max(1; 2)",
        "share(1)",
        "1 ++",
        "a b",
        "(" * 40 + "1",
        "x" * 600,
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(text: str):
    with pytest.raises(formula.Unreadable) as fault:
        formula.read(text)
    assert str(fault.value)


@given(st.integers(-99, 99), st.integers(-99, 99), st.integers(-99, 99))
def test_arithmetic_is_that_of_python(a: int, b: int, c: int):
    expected = Decimal(a) + Decimal(b) * Decimal(c) - (Decimal(a) - Decimal(c))

    assert worked("a + b × c − (a − c)", a=str(a), b=str(b), c=str(c)) == expected
