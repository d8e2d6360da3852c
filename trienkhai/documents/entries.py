"""What this area puts into slots of earlier pages."""

from typing import Any

from django.http import HttpRequest


def menu(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    return None


def search_documents(request: HttpRequest, words: str) -> dict[str, Any] | None:
    return None
