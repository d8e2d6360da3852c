"""What every page's frame shows: the menu, the demo's day, the language."""

from typing import Any

from django.http import HttpRequest

from trienkhai.common import slots
from trienkhai.common.clock import demo_today

LAST = 99


def frame(request: HttpRequest) -> dict[str, Any]:
    """`menu`: entries of the areas by their `order`; `demo_today`: the demo's day or None. Nothing for an htmx part."""
    if getattr(request, "htmx", False):
        return {}
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    menu = slots.parts("menu", request) if signed_in else []
    return {"menu": sorted(menu, key=lambda entry: entry.get("order", LAST)), "demo_today": demo_today()}
