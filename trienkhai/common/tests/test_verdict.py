"""The answer of a rule."""

import pytest

from trienkhai.common.verdict import YES, Refused, no, yes


def test_yes_is_true_and_carries_the_holding_by_which_the_person_may():
    verdict = yes("holding")

    assert verdict and verdict.require() is verdict
    assert verdict.holding == "holding"
    assert YES and YES.holding is None


def test_no_is_false_and_raises_its_sentence_when_required():
    verdict = no("Không được.")

    assert not verdict
    with pytest.raises(Refused, match="Không được"):
        verdict.require()
