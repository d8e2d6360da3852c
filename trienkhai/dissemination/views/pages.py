"""What the pages of this area share."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.common import clock
from trienkhai.documents.models import Document
from trienkhai.documents.rules import visible_documents
from trienkhai.orgs.models import Unit
from trienkhai.orgs.places import PRESENT, Places
from trienkhai.people.requests import account_of

PAGE = 50


def document_of(request: HttpRequest, pk: int) -> Document:
    rows = visible_documents(account_of(request), clock.today()).select_related("owner__present")
    return get_object_or_404(rows, pk=pk)


def number_asked(request: HttpRequest, name: str = "don-vi") -> int | None:
    """An id from the address; None for what is none."""
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 18 else None


def paged(request: HttpRequest, rows: QuerySet[Any]) -> Page:
    return Paginator(rows, PAGE).get_page(request.GET.get("page"))


def study_crumb() -> dict[str, str]:
    return {"label": _("Study"), "url": reverse("dissemination:mine")}


def document_crumb(document: Document) -> dict[str, str]:
    return {"label": document.reference, "url": reverse("documents:detail", args=[document.pk])}


def branch_crumbs(top: Unit, unit: Unit, address: str, places: Places = PRESENT) -> list[dict[str, str]]:
    """The way from the top of the figures down to the branch shown, without the branch itself."""
    return [
        {"label": step.short_name, "url": places.kept(address if step.pk == top.pk else f"{address}?don-vi={step.pk}")}
        for step in places.way(top, unit)
    ]


def show(form: forms.Form, fault: ValidationError, field: str | None = None) -> None:
    """The action's sentences at their fields; one without a field above the form."""
    if not hasattr(fault, "error_dict"):
        form.add_error(field, fault)
        return
    for name, sentences in fault.message_dict.items():
        form.add_error(name if name in form.fields else field, sentences)
