"""What every page's frame shows: the menu, the demo's day, the language."""

from typing import Any

from django.http import HttpRequest

from trienkhai.common.clock import demo_today
from trienkhai.common.menu import menu_of


def frame(request: HttpRequest) -> dict[str, Any]:
    """`menu`: entries of the areas; `demo_today`: the demo's day or None. Nothing for an htmx part."""
    if getattr(request, "htmx", False):
        return {}
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    return {"menu": menu_of(request) if signed_in else [], "demo_today": demo_today()}
