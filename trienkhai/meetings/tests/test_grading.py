"""Points by a share in whole numbers, levels by a total, sheets that cannot be used."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trienkhai.meetings.grading import Criterion, Frame, frame_faults
from trienkhai.norms.loading import DATA

BANDS = ((90, 5), (75, 4), (65, 3), (0, 1))
ONE = Criterion("a", "A", 5, "attendance", BANDS)


def sheet(**changes: Any) -> dict[str, Any]:
    criteria = [
        {"code": "a", "title": "A", "points": 40, "measure": "attendance", "bands": [[90, 40], [0, 1]]},
        {"code": "b", "title": "B", "points": 60},
    ]
    levels = [[90, "Tốt"], [70, "Khá"], [50, "Trung bình"], [0, "Kém"]]
    return {"scope": "meeting", "bodies": ["cell"], "criteria": criteria, "levels": levels} | changes


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_a_higher_share_never_gives_fewer_points_and_a_band_begins_exactly(top: int, bottom: int):
    points = ONE.points_for(top, bottom)

    assert points <= ONE.points_for(top + 1, bottom) <= 5
    assert (points == 5) == (top * 10 >= bottom * 9)


@given(st.integers(0, 100))
def test_every_total_has_one_level(total: int):
    level = Frame.read(sheet()).level_of(total)

    assert level == ("Tốt" if total >= 90 else "Khá" if total >= 70 else "Trung bình" if total >= 50 else "Kém")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"criteria": [{"code": "a", "title": "A", "points": 99}]}, "99"),
        ({"criteria": [{"code": "a", "title": "A", "points": 50}] * 2}, "cùng một mã"),
        ({"criteria": [{"code": "a", "title": "A", "points": 100, "measure": "moon", "bands": [[0, 1]]}]}, "moon"),
        ({"criteria": [{"code": "a", "title": "A", "points": 100, "measure": "length"}]}, "đi cùng nhau"),
        (
            {"criteria": [{"code": "a", "title": "A", "points": 100, "measure": "length", "bands": [[50, 101]]}]},
            "nhiều hơn",
        ),
        (
            {"criteria": [{"code": "a", "title": "A", "points": 100, "measure": "length", "bands": [[50, 1]]}]},
            "giảm dần",
        ),
        ({"levels": [[50, "A"], [90, "B"], [0, "C"]]}, "giảm dần"),
        ({"levels": [[50, "A"]]}, "đến 0"),
        ({"scope": "day"}, "day"),
        ({"bodies": []}, "thành phần"),
        ({"criteria": 5}, "không đọc được"),
    ],
)
def test_a_sheet_that_cannot_be_used_is_refused_with_its_fault(changes: dict[str, Any], said: str):
    assert frame_faults(sheet()) == []
    assert any(said in fault for fault in frame_faults(sheet(**changes)))


def test_no_shipped_sheet_is_for_a_day_before_the_guidance():
    assert "score_sheet\n  valid_from: 2025-10-28" in (DATA / "meetings.yaml").read_text(encoding="utf-8")
