"""Paths of a tree: ids of fixed width one after another, without a separator.

`000000010000002a` is unit 42 below unit 1 (ids are written in decimal: `0000000100000042`). A subtree is one range:
`path >= p AND path < next_path(p)`; never LIKE, which scans on both databases.
"""

from django.db.models import Q

WIDTH = 8
MAX_DEPTH = 8
LARGEST_ID = 10**WIDTH - 1


def segment(pk: int) -> str:
    if not 0 < pk <= LARGEST_ID:
        raise ValueError(f"an id in a path lies between 1 and {LARGEST_ID}: {pk}")
    return f"{pk:0{WIDTH}d}"


def child_path(parent: str, pk: int) -> str:
    """The path of `pk` below `parent` ('' for a root). Raises ValueError beyond eight levels."""
    if depth(parent) >= MAX_DEPTH:
        raise ValueError(f"a tree has at most {MAX_DEPTH} levels")
    return parent + segment(pk)


def depth(path: str) -> int:
    """1 for a root, 0 for the empty path."""
    return len(path) // WIDTH


def ids(path: str) -> list[int]:
    """The ids along a path, root first, the unit itself last."""
    return [int(path[i : i + WIDTH]) for i in range(0, len(path), WIDTH)]


def next_path(path: str) -> str:
    """The smallest string greater than every path of the subtree: the last id, as a number, plus one.

    An id of eight nines is refused by `segment`'s callers long before; ':' follows '9' and keeps the order then.
    """
    last = int(path[-WIDTH:]) + 1
    return path[:-WIDTH] + (f"{last:0{WIDTH}d}" if last <= LARGEST_ID else ":")


def is_within(path: str, top: str) -> bool:
    """Is `path` the unit of `top` or one below it?"""
    return path.startswith(top)


def within(top: str, field: str = "path") -> Q:
    """The unit of `top` and all below it, as one range on `field`."""
    return Q(**{f"{field}__gte": top, f"{field}__lt": next_path(top)})


def only(path: str, field: str = "path") -> Q:
    """That unit alone, written as a range so that lists of reaches stay one shape."""
    return Q(**{f"{field}__gte": path, f"{field}__lt": path + "0"})
