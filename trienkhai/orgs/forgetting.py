"""What later areas keep of a member by name goes with the name. Each area registers from its `apps.py`."""

from collections.abc import Callable, Collection

Forget = Callable[[Collection[int]], object]
_areas: list[Forget] = []


def register(forget: Forget) -> None:
    """`forget(members)`: delete what the area keeps of these members, inside the caller's transaction."""
    if forget not in _areas:
        _areas.append(forget)


def forget_all(members: Collection[int]) -> None:
    """Called before names are erased or members deleted; ids."""
    for forget in _areas:
        forget(members)
