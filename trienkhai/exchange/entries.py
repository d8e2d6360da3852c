"""What this area puts into slots of earlier pages."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.common.clock import today
from trienkhai.documents.models import Document
from trienkhai.documents.rules import registering_units
from trienkhai.exchange import rules
from trienkhai.exchange.models import Correspondent, Direction, Dispatch
from trienkhai.exchange.queries import units_on_the_axis
from trienkhai.exchange.rules import can_export, exporting_unit
from trienkhai.orgs.models import Unit
from trienkhai.people.requests import account_of


def tree_actions(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    """On the page of the organisation: the way to its file, for the highest branch the person may export."""
    unit = exporting_unit(account_of(request), today())
    return _link(unit) if unit else None


def unit_actions(request: HttpRequest, unit: Unit) -> dict[str, Any] | None:
    return _link(unit) if can_export(account_of(request), unit, today()) else None


def _link(unit: Unit) -> dict[str, Any]:
    return {"label": _("As a file"), "url": reverse("exchange:units", args=[unit.pk]), "icon": "download"}


def list_actions(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    """On the list of documents: the packets of the axis, for units that have a code there."""
    if not units_on_the_axis(registering_units(account_of(request), today())):
        return None
    return {"label": _("Exchange axis"), "url": reverse("exchange:packets"), "icon": "download"}


def document_actions(request: HttpRequest, document: Document) -> dict[str, Any] | None:
    """On the page of a document of one's own unit: the way to send it, with how many have it."""
    account, on = account_of(request), today()
    if (
        document.withdrawn_at
        or document.issuer is None
        or not Correspondent.objects.filter(unit=document.issuer).exists()
    ):
        return None
    if not rules.can_send(account, document, document.issuer, on):
        return None
    sent = Dispatch.objects.filter(document=document, direction=Direction.OUT).count()
    return {"template": "exchange/document_action.html", "document": document, "sent": sent}


def book_actions(request: HttpRequest, book: tuple[Unit, str]) -> dict[str, Any]:
    """On the page of a book, for whoever reads it: the book as a file."""
    unit, slug = book
    return {"label": _("As a file"), "url": reverse("exchange:book", args=[unit.pk, slug]), "icon": "download"}
