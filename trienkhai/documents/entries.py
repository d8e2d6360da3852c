"""What this area puts into slots of earlier pages."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.common.clock import today
from trienkhai.documents.models import Document
from trienkhai.documents.queries import Wanted, narrowed, newest_first
from trienkhai.documents.rules import visible_documents
from trienkhai.documents.rules_drafting import drafting_units
from trienkhai.orgs.rules import reach_of
from trienkhai.people.requests import account_of

SHOWN = 8
DRAFTING = ("/van-ban/du-thao", "/van-ban/mau")


def menu(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    if not reach_of(request.user, today()).grants:
        return None
    return {
        "label": _("Documents"),
        "url": reverse("documents:list"),
        "icon": "document",
        "current": request.path.startswith("/van-ban") and not request.path.startswith(DRAFTING),
        "order": 50,
    }


def menu_drafts(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    """Writing documents, for those who do."""
    if not drafting_units(account_of(request), today()):
        return None
    return {
        "label": _("Drafts"),
        "url": reverse("documents:drafts"),
        "icon": "edit",
        "current": request.path.startswith(DRAFTING),
        "order": 55,
    }


def concretise(request: HttpRequest, document: Document) -> dict[str, Any] | None:
    """Beside a document: a draft of one's own that carries it out."""
    if not drafting_units(account_of(request), today()):
        return None
    return {"template": "documents/draft_begin.html", "document": document}


def search_documents(request: HttpRequest, words: str) -> dict[str, Any] | None:
    """Documents whose symbol, type, subject, issuer or signer holds all the words, the newest first."""
    rows = narrowed(visible_documents(account_of(request), today()), Wanted(words), ())
    hits = [
        {"url": reverse("documents:detail", args=[row.pk]), "label": row.title, "hint": row.symbol or row.doc_type}
        for row in newest_first(rows, ())[:SHOWN]
    ]
    return {"title": _("Documents"), "hits": hits} if hits else None
