"""Drawings of the server: bars that fill their width, scales that end at a round number."""

import pytest

from trienkhai.common.templatetags.draw import heat_level, segments, sheet_parts, trend_shape


def test_segments_follow_one_another_and_fill_the_bar():
    parts = [{"tone": "good", "count": 1}, {"tone": "late", "count": 0}, {"tone": "over", "count": 3}]

    drawn = segments(parts)

    assert [(part["x"], part["width"]) for part in drawn] == [("0", "25"), ("25", "0"), ("25", "75")]


def test_a_bar_of_nothing_has_no_width():
    assert [part["width"] for part in segments(sheet_parts({}))] == ["0", "0", "0", "0"]


@pytest.mark.parametrize(
    ("done", "total", "level"), [(0, 9, 0), (None, 9, 0), (3, 0, 0), (1, 100, 1), (50, 100, 3), (9, 9, 5)]
)
def test_the_wash_deepens_with_the_share(done, total, level):
    assert heat_level(done, total) == level


def test_a_trend_scales_to_a_round_number_and_leaves_out_what_is_unknown():
    points = [{"label": "T1", "value": 0}, {"label": "T2", "value": None}, {"label": "T3", "value": 83, "second": 90}]

    shape = trend_shape(points)

    assert [step["value"] for step in shape["grid"]] == ["0", "50", "100"]
    assert [dot["label"] for dot in shape["dots"]] == ["T1", "T3"]
    assert shape["second"].startswith("624,")


def test_one_point_and_no_point_are_drawn():
    assert len(trend_shape([{"label": "T1", "value": 2}])["dots"]) == 1
    assert trend_shape([])["first"] == ""
