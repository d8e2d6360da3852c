"""What the pages of this area have in common: the tabs on top, pages of a list."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.common import clock
from trienkhai.feedback import rules
from trienkhai.people.requests import account_of

PAGE = 50


def tabs(request: HttpRequest, current: str) -> list[dict[str, Any]]:
    """Proposals and feedback by name for all; feedback without a name for those who receive it."""
    account, on = account_of(request), clock.today()
    known = [
        ("overview", _("Proposals")),
        ("consultations", _("Opinions on drafts")),
        ("remarks", _("Feedback by name")),
    ]
    if rules.receiving_holdings(account, on):
        known.append(("letters", _("Feedback without a name")))
    return [{"url": reverse(f"feedback:{name}"), "label": label, "current": name == current} for name, label in known]


def crumb(name: str = "overview") -> dict[str, str]:
    labels = {
        "overview": _("Voice from below"),
        "consultations": _("Opinions on drafts"),
        "remarks": _("Feedback by name"),
        "letters": _("Feedback without a name"),
    }
    return {"label": labels[name], "url": reverse(f"feedback:{name}")}


def paged(request: HttpRequest, rows: Any) -> Page[Any]:
    return Paginator(rows, PAGE).get_page(request.GET.get("page"))


def pager(shown: Page[Any]) -> dict[str, Any]:
    """What the component of pages takes."""
    return {
        "number": shown.number,
        "has_previous": shown.has_previous(),
        "has_next": shown.has_next(),
        "first": shown.start_index(),
        "last": shown.end_index(),
        "count": shown.paginator.count,
    }


def faults_into(form: Any, fault: Any, known: Sequence[str]) -> None:
    """The sentences of an action's ValidationError beside the fields they are about."""
    for name, sentences in getattr(fault, "error_dict", {None: fault.messages}).items():
        form.add_error(name if name in known else None, sentences)


def retype(form: Any, **values: str) -> None:
    """The form shows these values in place of what was sent; the rest stays as it was typed."""
    data = form.data.copy()
    for name, given in values.items():
        data[name] = given
    form.data = data
