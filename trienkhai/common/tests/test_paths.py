"""Ranges on paths say the same as comparing prefixes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trienkhai.common import paths

LARGEST = paths.LARGEST_ID
ids = st.one_of(st.integers(1, 12), st.integers(1, LARGEST), st.sampled_from([LARGEST - 1, LARGEST]))
some_paths = st.lists(ids, min_size=1, max_size=paths.MAX_DEPTH).map(lambda found: "".join(map(paths.segment, found)))


@st.composite
def relatives(draw: st.DrawFn) -> tuple[str, str]:
    """Two paths that often share a beginning."""
    first = draw(some_paths)
    kept = draw(st.integers(0, paths.depth(first)))
    return first, first[: kept * paths.WIDTH] + draw(some_paths)[: (paths.MAX_DEPTH - kept) * paths.WIDTH]


def in_range(path: str, condition) -> bool:
    bounds = dict(condition.children)
    return bounds["path__gte"] <= path < bounds["path__lt"]


@given(relatives())
def test_subtree_as_one_range_holds_exactly_the_paths_that_begin_with_it(pair):
    for top, path in (pair, pair[::-1]):
        if path:
            assert in_range(path, paths.within(top)) == path.startswith(top) == paths.is_within(path, top)


@given(relatives())
def test_one_unit_alone_as_a_range_holds_itself_and_nothing_below(pair):
    for top, path in (pair, pair[::-1]):
        if path:
            assert in_range(path, paths.only(top)) == (path == top)


@given(st.lists(ids, min_size=1, max_size=paths.MAX_DEPTH))
def test_path_tells_its_ids_and_depth_again(found):
    path = ""
    for pk in found:
        path = paths.child_path(path, pk)

    assert paths.ids(path) == found
    assert paths.depth(path) == len(found)


def test_siblings_whose_ids_begin_alike_do_not_stand_below_each_other():
    parent = paths.segment(4)

    assert not in_range(paths.segment(42), paths.within(parent))
    assert paths.next_path(paths.segment(9)) == paths.segment(10)


def test_ninth_level_is_refused():
    eight = "".join(paths.segment(pk) for pk in range(1, 9))

    with pytest.raises(ValueError, match="at most 8 levels"):
        paths.child_path(eight, 9)


@pytest.mark.parametrize("pk", [0, -1, LARGEST + 1])
def test_id_that_does_not_fit_its_width_is_refused(pk):
    with pytest.raises(ValueError, match="between 1 and"):
        paths.segment(pk)
