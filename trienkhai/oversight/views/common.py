"""What the pages of this area share: a form with one action, the year that is asked for, the way back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.common.htmx import go, page
from trienkhai.oversight.models import Subject


@dataclass(frozen=True)
class Sheet:
    """What stands around a form: its title, whose it is, where its end leads, the word on its button, a remark."""

    title: str
    lead: str
    back: str
    button: str = ""
    remark: str = ""


def show(form: forms.Form, fault: ValidationError) -> None:
    """Each sentence beside its field; those of no field of this form above them."""
    if not hasattr(fault, "error_dict"):
        form.add_error(None, fault)
        return
    for name, errors in fault.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


def answer(
    request: HttpRequest, form: forms.Form, sheet: Sheet, act: Callable[[], object], crumbs: list[dict[str, str]]
) -> HttpResponse:
    """The form, or after the act the page that it leads to."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except ValidationError as fault:
            show(form, fault)
        else:
            messages.success(request, _("Stored."))
            return go(request, sheet.back)
    context = {"form": form, "sheet": sheet, "crumbs": crumbs}
    return page(request, "oversight/form.html", context, part="form", status=422 if form.errors else 200)


def year_of(request: HttpRequest, on: date) -> int:
    asked = request.GET.get("nam", "")
    return int(asked) if asked.isdecimal() and len(asked) < 6 and 1990 <= int(asked) <= 2199 else on.year


def number_of(words: str) -> int:
    return int(words) if words.isdecimal() and len(words) < 12 else 0


def plans_crumb() -> dict[str, str]:
    return {"label": _("Supervision and criticism"), "url": reverse("oversight:plans")}


def subject_crumbs(found: Subject) -> list[dict[str, str]]:
    return [plans_crumb(), {"label": found.title[:60], "url": reverse("oversight:subject", args=[found.pk])}]


def form_of(request: HttpRequest, kind: type[forms.Form], **words: Any) -> Any:
    """Bound to what was sent, files too."""
    if request.method == "POST":
        words.pop("initial", None)
        return kind(request.POST, request.FILES, **words)
    return kind(**words)
