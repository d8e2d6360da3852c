"""Points, levels, the ceiling and its rounding, as arithmetic."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trienkhai.evaluation.scoring import Figure, Subject, computed, level_of, most_under, propose, rounded, score_of

LEVELS: list[dict[str, Any]] = [
    {
        "code": "excellent",
        "least": 90,
        "conditions": {"unit": [{"figure": "done", "least": 100}, {"confirm": "clean"}]},
    },
    {"code": "good", "least": 70},
    {"code": "fair", "least": 50, "conditions": {"unit": [{"figure": "late", "most": 20}]}},
    {"code": "poor", "least": 0},
]
ORDER = [row["code"] for row in LEVELS]
GROUPS = {"unit": [{"criteria": [{"code": "work", "points": 100}]}]}
CHOICES = {
    "ranked": {"levels": ORDER},
    "good_or_better": {"levels": ["excellent", "good"]},
    "good": {"levels": ["good"]},
}


def ceiling(rounding: str = "down", share: tuple[int, int] = (20, 100)) -> dict[str, Any]:
    return {"level": "excellent", "share": list(share), "rounding": rounding, "choices": CHOICES, "of": "ranked"}


def subject(key: int, points: str, **figures: Figure) -> Subject:
    return Subject(key, "unit", {"done": Figure(1, 1)} | figures, {"work": Decimal(points)}, {"clean": True})


def test_a_figure_gives_points_by_bands_by_share_and_none_without_rows():
    bands = {"code": "a", "points": 30, "figure": "done", "bands": [[100, 30], [90, 20], [0, 0]]}
    share = {"code": "b", "points": 30, "figure": "done", "formula": "share"}

    assert [computed(bands, {"done": Figure(num, 10)}) for num in (10, 9, 8)] == [30, 20, 0]
    assert computed(share, {"done": Figure(2, 3)}) == Decimal("20.0")
    assert computed(share, {"done": Figure(1, 7)}) == Decimal("4.3")
    assert computed(bands, {"done": Figure(0, 0)}) is None and computed({"code": "c", "points": 5}, {}) is None


def test_exactly_the_bound_is_enough_and_a_hair_less_is_not():
    assert Figure(1, 3).at_most("33.4") and not Figure(1, 3).at_most("33.3")
    assert Figure(9, 10).at_least(90) and not Figure(899, 1000).at_least(90)


def test_each_level_that_is_missed_says_why():
    late = subject(1, "95", late=Figure(1, 4), done=Figure(3, 4))

    level, reasons = level_of(late, Decimal(95), LEVELS)

    assert level == "good"
    assert [code for code, _words in reasons] == ["score", "too_low", "reached"]
    assert reasons[1][1] == {
        "level": "excellent",
        "figure": "done",
        "num": 3,
        "den": 4,
        "percent": "75.0",
        "bound": "100",
    }
    assert level_of(late, Decimal(60), LEVELS)[0] == "poor"
    unsaid = Subject(1, "unit", {"done": Figure(0, 0)}, {}, {})
    assert [code for code, _words in level_of(unsaid, Decimal(95), LEVELS)[1]] == ["score", "unconfirmed", "reached"]


def test_the_ceiling_moves_the_lowest_down_and_says_at_which_place_they_stand():
    subjects = [subject(key, points) for key, points in ((1, "99"), (2, "95"), (3, "92"), (4, "80"), (5, "75"))]

    found, ceilings = propose(subjects, GROUPS, LEVELS, ceiling(), "ranked")

    assert [found[key].level for key in (1, 2, 3, 4, 5)] == ["excellent", "good", "good", "good", "good"]
    assert found[2].own == "excellent" and found[2].reasons[-1][0] == "over_ceiling"
    assert found[2].reasons[-1][1] == {"level": "excellent", "below": "good", "most": 1, "place": 2, "eligible": 3}
    assert (ceilings["unit"].counted, ceilings["unit"].exact, ceilings["unit"].most) == (5, "1.0", 1)


def test_equal_ones_that_do_not_all_fit_are_left_to_whoever_decides():
    subjects = [subject(key, "95") for key in range(1, 6)]

    found, ceilings = propose(subjects, GROUPS, LEVELS, ceiling(), "ranked")

    assert {one.level for one in found.values()} == {"good"} and ceilings["unit"].proposed == 0
    assert {one.reasons[-1][0] for one in found.values()} == {"tie"}


@pytest.mark.parametrize(
    ("denominator", "rounding", "expected"),
    [("ranked", "down", 1), ("ranked", "half_up", 2), ("good_or_better", "down", 0), ("good", "up", 1)],
)
def test_denominator_and_rounding_are_settings(denominator: str, rounding: str, expected: int):
    own = ["excellent"] * 3 + ["good"] + ["poor"] * 4

    assert most_under(own, ORDER, ceiling(rounding), denominator)[0] == expected


@given(st.integers(0, 10_000), st.integers(1, 100))
def test_roundings_stand_in_order_and_within_one(top: int, bottom: int):
    down, half, up = (rounded(top, bottom, how) for how in ("down", "half_up", "up"))

    assert down <= half <= up <= down + 1
    assert down * bottom <= top <= up * bottom
    assert abs(2 * half * bottom - 2 * top) <= bottom


POINTS = st.integers(0, 1000).map(lambda tenths: str(Decimal(tenths) / 10))


@given(
    st.lists(POINTS, max_size=40),
    st.sampled_from(["down", "half_up", "up"]),
    st.sampled_from(sorted(CHOICES)),
    st.integers(1, 100),
)
def test_no_proposal_goes_over_the_ceiling_and_none_overtakes_a_better_one(
    points: list[str], rounding: str, denominator: str, percent: int
):
    subjects = [subject(key, given_) for key, given_ in enumerate(points)]
    norm = ceiling(rounding, (percent, 100))

    found, ceilings = propose(subjects, GROUPS, LEVELS, norm, denominator)

    proposed = [one for one in found.values() if one.level == "excellent"]
    counted = sum(one.level in CHOICES[denominator]["levels"] for one in found.values())
    assert len(proposed) <= rounded(counted * percent, 100, rounding)
    moved = [one for one in found.values() if one.own == "excellent" != one.level]
    assert all(one.level == "good" for one in moved)
    assert not moved or not proposed or max(one.score for one in moved) < min(one.score for one in proposed)
    assert all(one.level == one.own for one in found.values() if one.own != "excellent")
    if subjects:
        assert len(proposed) == ceilings["unit"].proposed <= max(ceilings["unit"].most, 0)


@given(st.lists(st.integers(0, 60), min_size=1, max_size=8), st.data())
def test_a_score_is_the_sum_of_its_criteria_and_never_beyond_them(weights: list[int], data: st.DataObject):
    groups = [{"criteria": [{"code": f"c{n}", "points": weight} for n, weight in enumerate(weights)]}]
    groups[0]["criteria"].append({"code": "share", "points": 40, "figure": "done", "formula": "share"})
    num, den = data.draw(st.tuples(st.integers(0, 20), st.integers(1, 20)).filter(lambda pair: pair[0] <= pair[1]))
    given_ = {f"c{n}": Decimal(data.draw(st.integers(0, weight))) for n, weight in enumerate(weights)}
    one = Subject(1, "unit", {"done": Figure(num, den)}, given_, {})

    score = score_of(one, groups)

    assert sum(given_.values()) <= score <= sum(given_.values()) + 40
    better = Subject(1, "unit", {"done": Figure(min(num + 1, den), den)}, given_, {})
    assert score_of(better, groups) >= score
