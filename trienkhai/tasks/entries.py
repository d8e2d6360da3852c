"""What this area puts into slots of earlier pages."""

from typing import Any

from django.http import HttpRequest


def menu_my_work(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    return None


def menu_approvals(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    return None


def search_tasks(request: HttpRequest, words: str) -> dict[str, Any] | None:
    return None


def document_actions(request: HttpRequest, document: Any) -> dict[str, Any] | None:
    return None


def document_progress(request: HttpRequest, document: Any) -> dict[str, Any] | None:
    return None
