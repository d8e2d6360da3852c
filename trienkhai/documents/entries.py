"""What this area puts into slots of earlier pages."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.common.clock import today
from trienkhai.documents.queries import ranked
from trienkhai.documents.rules import visible_documents
from trienkhai.documents.search.asking import asked
from trienkhai.orgs.rules import reach_of
from trienkhai.people.requests import account_of

SHOWN = 8


def menu(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    if not reach_of(request.user, today()).grants:
        return None
    return {
        "label": _("Documents"),
        "url": reverse("documents:list"),
        "icon": "document",
        "current": request.path.startswith("/van-ban"),
        "order": 50,
    }


def search_documents(request: HttpRequest, words: str) -> dict[str, Any] | None:
    """Documents that answer the words, the best first; the last word may be typed half."""
    question = asked(words)
    rows = visible_documents(account_of(request), today())
    found = ranked(rows, (*question.stages, *question.nearly), SHOWN, "title", "symbol", "doc_type")
    hits = [
        {"url": reverse("documents:detail", args=[pk]), "label": title, "hint": symbol or doc_type}
        for pk, title, symbol, doc_type in found
    ]
    return {"title": _("Documents"), "hits": hits} if hits else None
