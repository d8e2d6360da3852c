"""What this area puts into slots of earlier pages."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.common.clock import day_of, now, today
from trienkhai.common.folding import fold
from trienkhai.dissemination import actions, rules
from trienkhai.dissemination.models import Receipt, ReceiptQuerySet, StudyPlan
from trienkhai.dissemination.queries.sending import figures_of, own_receipts, receipts_of, receipts_waiting
from trienkhai.dissemination.queries.study import is_sent_or_studied, study_by_branch
from trienkhai.documents.models import Document
from trienkhai.orgs.models import Unit
from trienkhai.orgs.rules import work_reach
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of

SHOWN = 8
WAITING = 50


def menu(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    """What there is to study, for whoever studies somewhere: members too."""
    if not rules.units_studied_at(account_of(request), today()):
        return None
    url = reverse("dissemination:mine")
    return {
        "label": _("Study"),
        "url": url,
        "icon": "study",
        "current": request.path.startswith(url),
        "group": "meetings",
        "order": 20,
    }


def search_plans(request: HttpRequest, words: str) -> dict[str, Any] | None:
    """Study plans in sight whose document answers all the words."""
    rows = rules.visible_plans(account_of(request), today())
    for word in fold(words).split():
        rows = rows.filter(document__search_text__contains=word)
    found = rows.select_related("document", "unit__present").order_by("-pk")[:SHOWN]
    hits = [
        {
            "url": reverse("dissemination:plan", args=[row.pk]),
            "label": row.document.title,
            "hint": f"{row.document.reference} · {row.unit.short_name}",
        }
        for row in found
    ]
    return {"title": _("Study"), "hits": hits} if hits else None


def _waiting(account: Account, on: date) -> ReceiptQuerySet:
    return receipts_waiting(rules.units_receiving(account, on, "acknowledge"), on)


def waiting(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    """In the queue of my work: what own units were sent and have not acknowledged."""
    account, on = account_of(request), today()
    receipts = list(_waiting(account, on)[:WAITING])
    if not receipts:
        return None
    late = {row.pk for row in receipts if row.is_late(on)}
    return {"template": "dissemination/waiting.html", "receipts": receipts, "late": late}


def waiting_count(request: HttpRequest, obj: Any) -> int | None:
    account, on = account_of(request), today()
    count = _waiting(account, on).order_by()[:WAITING].count()
    return count or None


def document_actions(request: HttpRequest, document: Document) -> dict[str, Any] | None:
    """On the page of a document: acknowledge it for own units, send it down. To look at the page is to open it."""
    account, at = account_of(request), now()
    on = day_of(at)
    actions.mark_opened(document, by=account, at=at)
    units = rules.units_receiving(account, on, "acknowledge")
    mine = Receipt.objects.filter(sending__document=document, unit__in=units).missing().standing(on)
    receipts = list(mine.select_related("unit__present", "sending").order_by("pk")[:SHOWN]) if units else []
    sends = not document.withdrawn_at and bool(rules.sending_units(account, on))
    if not receipts and not sends:
        return None
    several = len(receipts) > 1
    return {
        "template": "dissemination/document_action.html",
        "document": document,
        "receipts": receipts,
        "several": several,
        "sends": sends,
    }


def document_panel(request: HttpRequest, document: Document) -> dict[str, Any] | None:
    """Beside a document: how far it was sent, and what the person's highest unit and those below did with it."""
    account, on = account_of(request), today()
    top = own_top(account, on)
    if top is None or not is_sent_or_studied(document):
        return None
    sending = rules.visible_sendings(account, on).filter(document=document, sender=top).order_by("-pk").first()
    return {
        "template": "dissemination/document_panel.html",
        "document": document,
        "unit": top,
        "study": study_by_branch(document, top, on, alone=not rules.reads_branch(account, top, on)).total,
        "sending": sending,
        "figures": figures_of(receipts_of(sending, on), on) if sending else None,
        "receipt": own_receipts(document, top).first(),
        "plan": StudyPlan.objects.filter(document=document, unit=top).first(),
    }


def own_top(account: Account, on: date) -> Unit | None:
    """The highest unit whose work the person sees, or None."""
    grants = work_reach(account, on).grants
    if not grants:
        return None
    top = min(grants, key=lambda grant: (len(grant.path), grant.unit_id))
    return Unit.objects.select_related("present").get(pk=top.unit_id)
