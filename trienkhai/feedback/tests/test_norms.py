"""A norm of this area that would lock people out, or let floods in, is refused before it is stored."""

import pytest
import yaml

from trienkhai.feedback.norms import ANSWER_DAYS, BOUNDS, LONGEST, UNNAMED
from trienkhai.norms.loading import DATA
from trienkhai.norms.soundness import faults

GOOD = {"send_bits": 19, "read_bits": 19, "file_megabytes": 5, "pages": 20}


def test_the_norms_that_come_with_the_system_are_sound():
    for row in yaml.safe_load((DATA / "feedback.yaml").read_text()):
        assert faults(row["key"], row["value"]) == []


@pytest.mark.parametrize("value", [None, [], 19, {}, {"send_bits": 19}, GOOD | {"more": 1}])
def test_limits_of_another_shape_are_one_fault(value):
    assert len(faults(UNNAMED, value)) == 1


@pytest.mark.parametrize("name", BOUNDS)
def test_each_limit_is_a_whole_number_within_its_bounds(name):
    least, most = BOUNDS[name]
    for sound in (least, most):
        assert faults(UNNAMED, GOOD | {name: sound}) == []
    for wrong in (least - 1, most + 1, "19", 19.0, True, None):
        assert len(told := faults(UNNAMED, GOOD | {name: wrong})) == 1 and name in told[0]


def test_days_to_answer_are_whole_and_few():
    assert faults(ANSWER_DAYS, 1) == faults(ANSWER_DAYS, LONGEST) == []
    for wrong in (0, -1, LONGEST + 1, "15", 1.5, True, None):
        assert len(faults(ANSWER_DAYS, wrong)) == 1
