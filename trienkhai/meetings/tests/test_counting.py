"""Who counts and how many are needed."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trienkhai.meetings.counting import Share, Turnout, share_faults, shares_faults

PEOPLE = st.integers(0, 10**6)
SHARES = st.tuples(st.integers(1, 9), st.integers(1, 9)).filter(lambda pair: pair[0] <= pair[1])


@given(PEOPLE, SHARES)
def test_needed_is_the_fewest_that_reach_the_share(counted: int, pair: tuple[int, int]):
    least = Share(*pair, more=False).needed(counted)

    assert least >= 1 and Fraction(least) >= Fraction(counted * pair[0], pair[1])
    assert least == 1 or Fraction(least - 1) < Fraction(counted * pair[0], pair[1])


@given(PEOPLE, SHARES)
def test_more_than_a_share_is_never_exactly_the_share(counted: int, pair: tuple[int, int]):
    needed = Share(*pair, more=True).needed(counted)

    assert Fraction(needed) > Fraction(counted * pair[0], pair[1]) >= Fraction(needed - 1)


def test_half_of_ten_is_not_more_than_half():
    assert (Share(1, 2, more=True).needed(10), Share(1, 2, more=False).needed(10)) == (6, 5)


@given(st.lists(st.tuples(PEOPLE, PEOPLE, PEOPLE)))
def test_turnouts_add_up(rows: list[tuple[int, int, int]]):
    whole = sum((Turnout(*row) for row in rows), Turnout())

    assert whole.counted == sum(summoned - excused for summoned, excused, _present in rows)


@pytest.mark.parametrize("value", [{}, {"more_than": [2, 1]}, {"half": [1, 2]}, [1, 2], {"more_than": "x"}, None])
def test_a_share_that_is_none_is_named_before_it_is_stored(value):
    assert share_faults(value) and shares_faults({"cell": value})
    assert share_faults({"at_least": [2, 3]}) == []
