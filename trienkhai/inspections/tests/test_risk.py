"""Scores and lots: whole numbers, the same from the same seed, nobody twice, nobody left out."""

from hypothesis import given
from hypothesis import strategies as st

from trienkhai.inspections.risk import FIGURES, Entry, days_faults, drawn, rule_faults, score_of, share_faults

RULE = {"months": 12, "years": 3, "most": 10, "weights": {"late": 3, "corrected": 2, "unvisited": 10}}

entries = st.lists(st.integers(0, 5), max_size=30).map(
    lambda scores: [Entry(key, f"D{key}", score) for key, score in enumerate(scores)]
)


@given(entries, st.text(min_size=1, max_size=9), st.integers(0, 12), st.integers(0, 12))
def test_every_unit_stands_once_and_the_highest_scores_come_first(rows, seed: str, by_risk: int, at_random: int):
    order = drawn(rows, seed, by_risk, at_random)

    assert sorted(one.key for one, _way in order) == [one.key for one in rows]
    risky = [one for one, way in order if way == "risk"]
    lucky = [one for one, way in order if way == "random"]
    assert len(risky) == min(by_risk, sum(bool(one.score) for one in rows))
    assert len(lucky) == min(at_random, len(rows) - len(risky))
    rest = [one.score for one, way in order if way != "risk"]
    assert len(risky) < by_risk or not rest or not risky or min(one.score for one in risky) >= max(rest)


@given(entries, st.text(min_size=1, max_size=9), st.randoms())
def test_a_draw_repeats_whatever_the_order_of_the_list(rows, seed: str, chance):
    mixed = list(rows)
    chance.shuffle(mixed)

    assert drawn(mixed, seed, 2, 3) == drawn(rows, seed, 2, 3)


@given(st.dictionaries(st.sampled_from(FIGURES), st.integers(0, 100)))
def test_a_score_never_falls_when_a_figure_grows(counts):
    more = {name: number + 1 for name, number in counts.items()}

    assert score_of(more, RULE) >= score_of(counts, RULE) <= 10 * (3 + 2 + 10)


def test_another_seed_gives_another_order():
    rows = [Entry(key, f"D{key}") for key in range(20)]

    assert drawn(rows, "a", 0, 5) != drawn(rows, "b", 0, 5)


def test_norms_that_cannot_be_used_are_named():
    assert rule_faults(RULE) == []
    for bad in ({}, RULE | {"most": 0}, RULE | {"weights": {"other": 1}}, RULE | {"years": "3"}, [], None):
        assert rule_faults(bad)
    assert days_faults({"inspection": {"prepare": 5}}) == [] and days_faults({"inspection": {"prepare": 0}})
    assert days_faults([]) and days_faults({"inspection": 5})
    assert share_faults([1, 3]) == [] and share_faults([1]) and share_faults([0, 3]) and share_faults(None)
