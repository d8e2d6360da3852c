"""What the pages of this area share: what is in sight, the way back, a form with one action."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.common.verdict import Verdict
from trienkhai.evaluation import rules
from trienkhai.evaluation.models import Campaign, Sheet
from trienkhai.evaluation.wording import period_of
from trienkhai.people.requests import account_of


def seen_campaign(request: HttpRequest, pk: int) -> Campaign:
    rows = rules.visible_campaigns(account_of(request), clock.today()).select_related("unit__present", "decided_by")
    return get_object_or_404(rows, pk=pk)


def seen_sheet(request: HttpRequest, pk: int, rule: Callable[..., Verdict] | None = None) -> Sheet:
    """A sheet in sight for which the rule allows; its sentence when it does not."""
    account, on = account_of(request), clock.today()
    rows = rules.visible_sheets(account, on).select_related("campaign__unit__present", "unit__present", "account")
    found = get_object_or_404(rows, pk=pk)
    if rule is not None:
        rule(account, found, on).require()
    return found


def list_crumb() -> dict[str, str]:
    return {"label": _("Evaluation"), "url": reverse("evaluation:list")}


def campaign_crumbs(campaign: Campaign) -> list[dict[str, str]]:
    url = reverse("evaluation:campaign", args=[campaign.pk])
    return [list_crumb(), {"label": f"{campaign.unit.short_name}, {period_of(campaign)}", "url": url}]


def sheet_crumbs(sheet: Sheet) -> list[dict[str, str]]:
    url = reverse("evaluation:sheet", args=[sheet.pk])
    return [*campaign_crumbs(sheet.campaign), {"label": sheet.name, "url": url}]


def show(form: forms.Form, fault: ValidationError) -> None:
    """Each sentence beside its field; those of no field of this form above them."""
    if not hasattr(fault, "error_dict"):
        form.add_error(None, fault)
        return
    for name, errors in fault.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


def answer(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[], object],
    *,
    back: str,
    said: str = "",
    to: str = "",
    template: str = "form_page",
    **context: Any,
) -> HttpResponse:
    """A page with one form, or after the act the page that it leads to. back: where the page came from."""
    if request.method == "POST" and form.is_valid():
        try:
            done = act()
        except ValidationError as fault:
            show(form, fault)
        else:
            messages.success(request, said or _("Stored."))
            return go(request, reverse(to, args=[done.pk]) if to else back)  # type: ignore[attr-defined]
    given = {"form": form, "back": back} | context
    return page(request, f"evaluation/{template}.html", given, part="form", status=422 if form.errors else 200)


def download(content: bytes, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
