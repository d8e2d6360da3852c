"""What this area puts into slots of earlier pages."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from trienkhai.common.clock import day_of, now, today
from trienkhai.documents.models import Document, RegisterEntry
from trienkhai.documents.queries import in_force, ranked
from trienkhai.documents.queries.slips import slips_waiting
from trienkhai.documents.queries.urgency import UrgentClock, urgent_clocks, urgent_waiting
from trienkhai.documents.rules import REGISTRARS, can_edit_phrases, visible_books, visible_documents
from trienkhai.documents.rules_dossiers import KEEPERS
from trienkhai.documents.rules_drafting import drafts
from trienkhai.documents.search.asking import asked
from trienkhai.documents.symbols import symbol_key
from trienkhai.orgs.models import Reorganisation, Role, Unit
from trienkhai.orgs.rules import reach_of
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of

SHOWN = 8
BOOK_PAGES = ("/van-ban/so", "/van-ban/vao-so", "/van-ban/day-so", "/van-ban/phieu")
WAITING = 50
DRAFTING = ("/van-ban/du-thao", "/van-ban/mau")


def menu(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    if not reach_of(request.user, today()).grants:
        return None
    return {
        "label": _("Documents"),
        "url": reverse("documents:list"),
        "icon": "document",
        "current": request.path.startswith("/van-ban") and not request.path.startswith((*BOOK_PAGES, *DRAFTING)),
        "group": "documents",
        "order": 10,
    }


def menu_dossiers(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    """For those who keep dossiers."""
    if not reach_of(request.user, today()).has(*KEEPERS):
        return None
    return {
        "label": _("Dossiers"),
        "url": reverse("documents:dossiers"),
        "icon": "folder",
        "current": request.path.startswith("/ho-so"),
        "group": "documents",
        "order": 40,
    }


def menu_books(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    """The books, for those who keep or inspect one; straight to the incoming one of whoever keeps a single unit's."""
    reach = reach_of(request.user, today())
    kept = {grant.unit_id for grant in reach.of(*REGISTRARS).grants}
    if not kept and not reach.has(Role.INSPECTOR):
        return None
    single = len(kept) == 1 and not reach.has(Role.INSPECTOR)
    return {
        "label": _("Books of documents"),
        "url": reverse("documents:book", args=[*kept, "den"]) if single else reverse("documents:books"),
        "icon": "book",
        "current": request.path.startswith(BOOK_PAGES)
        or (request.path.startswith("/to-chuc/") and "/so/" in request.path),
        "group": "documents",
        "order": 20,
    }


def menu_drafts(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    """Writing documents, for those who do."""
    if not drafts(account_of(request), today()):
        return None
    return {
        "label": _("Drafts"),
        "url": reverse("documents:drafts"),
        "icon": "edit",
        "current": request.path.startswith(DRAFTING),
        "group": "documents",
        "order": 30,
    }


def unit_books(request: HttpRequest, unit: Unit) -> dict[str, Any] | None:
    """On the page of a unit, for whoever reads its books."""
    if not visible_books(account_of(request), today()).filter(pk=unit.pk).exists():
        return None
    return {"label": _("Books of documents"), "url": reverse("documents:book", args=[unit.pk, "den"]), "icon": "book"}


def waiting(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    """In the queue of my work: slips addressed to the person, and the urgent papers of the books it keeps."""
    account, at = account_of(request), now()
    slips = list(slips_waiting(account, day_of(at))[:WAITING])
    urgent = _urgent(account, at)
    if not slips and not urgent:
        return None
    late = {slip.pk for slip in slips if slip.is_late(day_of(at))}
    return {"template": "documents/waiting.html", "slips": slips, "late": late, "urgent": urgent}


def _urgent(account: Account, at: datetime) -> list[tuple[RegisterEntry, UrgentClock]]:
    """With their clocks, those that run out first on top; a mark that no norm knows has no clock."""
    rows = list(urgent_waiting(account, at)[:WAITING])
    clocks = urgent_clocks(rows, at)
    return sorted(((row, clocks[row.pk]) for row in rows if row.pk in clocks), key=lambda pair: pair[1].until)


def waiting_count(request: HttpRequest, obj: Any) -> int | None:
    """How much of it there is; None for whoever neither keeps a book nor was handed anything."""
    account, at = account_of(request), now()
    count = slips_waiting(account, day_of(at)).order_by()[:WAITING].count()
    count += len(_urgent(account, at))
    return count if count or reach_of(account, day_of(at)).has(*REGISTRARS) else None


def _hint(known: str, withdrawn: datetime | None) -> str:
    return f"{known} · {pgettext('document', 'withdrawn')}" if withdrawn else known


def concretise(request: HttpRequest, document: Document) -> dict[str, Any] | None:
    """Beside a document that stands: a draft of one's own that carries it out."""
    if document.withdrawn_at or not drafts(account_of(request), today()):
        return None
    return {"template": "documents/draft_begin.html", "document": document}


def in_force_filter(request: HttpRequest, obj: Any) -> dict[str, Any]:
    """On the list of documents: only those in force today."""
    return {
        "name": "hieu-luc",
        "label": _("Force"),
        "choices": [("con", _("in force"))],
        "narrow": lambda rows, value: in_force(rows, today()),
    }


def search_documents(request: HttpRequest, words: str) -> dict[str, Any] | None:
    """Documents that answer the words, the best first; the last word may be typed half."""
    question = asked(words)
    rows = visible_documents(account_of(request), today())
    found = ranked(rows, (*question.stages, *question.nearly), SHOWN, "title", "symbol", "doc_type", "withdrawn_at")
    hits = [
        {"url": reverse("documents:detail", args=[pk]), "label": title, "hint": _hint(symbol or doc_type, withdrawn)}
        for pk, title, symbol, doc_type, withdrawn in found
    ]
    return {"title": _("Documents"), "hits": hits} if hits else None


def unit_phrases(request: HttpRequest, unit: Unit) -> dict[str, Any] | None:
    """For whoever may change them: the words the unit has taught the reader."""
    if not can_edit_phrases(account_of(request), unit, today()):
        return None
    address = f"{reverse('documents:phrases')}?don-vi={unit.pk}"
    return {"label": _("Words of the office"), "url": address, "icon": "document"}


def decision_of_reorganisation(request: HttpRequest, file: Reorganisation) -> dict[str, str] | None:
    """On a reorganisation file: the registered decision of that symbol, for whoever may see it."""
    if not file.decision:
        return None
    rows = visible_documents(account_of(request), today()).filter(symbol_key=symbol_key(file.decision))
    found = rows.order_by("-pk").first()
    return {"url": reverse("documents:detail", args=[found.pk]), "label": str(found)} if found else None
