"""What the pages of documents share."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.common.verdict import Verdict
from trienkhai.documents import rules
from trienkhai.documents.models import Document
from trienkhai.people.models import Account


def seen(account: Account, pk: int, on: date) -> Document:
    rows = rules.visible_documents(account, on).select_related("owner__present", "issuer__present", "declared_by")
    return get_object_or_404(rows, pk=pk)


def held(account: Account, pk: int, on: date, rule: Any) -> Document:
    """A document that the person may change; 404 for everyone else, so that nobody meets a form that only says no."""
    document = seen(account, pk, on)
    verdict: Verdict = rule(account, document, on)
    if not verdict:
        raise Http404
    return document


def list_crumb() -> dict[str, str]:
    return {"label": _("Documents"), "url": reverse("documents:list")}


def crumbs(document: Document) -> list[dict[str, str]]:
    return [list_crumb(), {"label": str(document), "url": reverse("documents:detail", args=[document.pk])}]


def show(form: forms.Form | forms.ModelForm, fault: ValidationError, field: str | None = None) -> None:
    """The action's sentences at their fields; one without a field at `field`."""
    if not hasattr(fault, "error_dict"):
        form.add_error(field, fault)
        return
    for name, sentences in fault.message_dict.items():
        form.add_error(name if name in form.fields else field, sentences)
