"""What this area puts into slots of earlier pages."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.common.clock import today
from trienkhai.documents.queries import Wanted, narrowed, newest_first
from trienkhai.documents.rules import can_edit_phrases, visible_documents
from trienkhai.documents.rules_dossiers import KEEPERS
from trienkhai.orgs.models import Unit
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


def menu_dossiers(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    """For those who keep dossiers."""
    if not reach_of(request.user, today()).has(*KEEPERS):
        return None
    return {
        "label": _("Dossiers"),
        "url": reverse("documents:dossiers"),
        "icon": "file",
        "current": request.path.startswith("/ho-so"),
        "order": 52,
    }


def search_documents(request: HttpRequest, words: str) -> dict[str, Any] | None:
    """Documents whose symbol, type, subject, issuer or signer holds all the words, the newest first."""
    rows = narrowed(visible_documents(account_of(request), today()), Wanted(words), ())
    hits = [
        {"url": reverse("documents:detail", args=[row.pk]), "label": row.title, "hint": row.symbol or row.doc_type}
        for row in newest_first(rows, ())[:SHOWN]
    ]
    return {"title": _("Documents"), "hits": hits} if hits else None


def unit_phrases(request: HttpRequest, unit: Unit) -> dict[str, Any] | None:
    """For whoever may change them: the words the unit has taught the reader."""
    if not can_edit_phrases(account_of(request), unit, today()):
        return None
    address = f"{reverse('documents:phrases')}?don-vi={unit.pk}"
    return {"label": _("Words of the office"), "url": address, "icon": "document"}
