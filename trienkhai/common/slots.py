"""Slots: a page names a place, later areas fill it from their `apps.py`.

A filler is `f(request, object) -> part | None`; a part is what the page's template expects there (for most slots a dict
with `template` and what that template needs). Fillers run in the order of the areas.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

Filler = Callable[[HttpRequest, Any], Any]
_fillers: dict[str, list[Filler]] = defaultdict(list)


def fill(slot: str, filler: Filler) -> None:
    """Register `filler` for `slot`; called once from an area's `AppConfig.ready`."""
    if filler not in _fillers[slot]:
        _fillers[slot].append(filler)


def parts(slot: str, request: HttpRequest, obj: Any = None) -> list[Any]:
    """What the areas put into `slot` for this request and object; empty parts left out."""
    return [part for filler in _fillers[slot] if (part := filler(request, obj)) is not None]
