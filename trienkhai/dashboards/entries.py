"""What this area puts into slots of earlier pages."""

from typing import Any

from django.http import HttpRequest


def menu_board(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    return None


def menu_tree(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    return None


def menu_acts(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    return None
