"""What the pages of this area share: rows in sight, the way back, a form with one action."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.common.verdict import Verdict
from trienkhai.inspections import rules
from trienkhai.inspections.actions.locking import MEANWHILE
from trienkhai.inspections.forms import SeenForm
from trienkhai.inspections.models import Inspection, InspectionItem, InspectionProgramme
from trienkhai.orgs.models import Unit
from trienkhai.orgs.rules import work_reach
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of

Crumbs = list[dict[str, str]]


def seen_programme(request: HttpRequest, pk: int, rule: Callable[..., Verdict] | None = None) -> InspectionProgramme:
    """A programme in sight for which the rule allows; its sentence when it does not."""
    account, on = account_of(request), clock.today()
    rows = rules.visible_programmes(account, on).select_related(
        "unit__present", "submitted_by", "submitted_for", "approved_by"
    )
    found = get_object_or_404(rows, pk=pk)
    if rule is not None:
        rule(account, found, on).require()
    return found


def seen_item(request: HttpRequest, pk: int) -> InspectionItem:
    account, on = account_of(request), clock.today()
    rows = rules.visible_items(account, on).select_related("programme__unit__present", "programme__approved_by")
    return get_object_or_404(rows, pk=pk)


def seen_inspection(request: HttpRequest, pk: int, rule: Callable[..., Verdict] | None = None) -> Inspection:
    account, on = account_of(request), clock.today()
    rows = rules.visible_inspections(account, on).select_related(
        "unit__present",
        "held_by__present",
        "item__programme__unit__present",
        "follower",
        "written_by",
        "written_for",
        "concluded_by",
        "paper",
    )
    found = get_object_or_404(rows, pk=pk)
    if rule is not None:
        rule(account, found, on).require()
    return found


def programme_crumbs(found: InspectionProgramme) -> Crumbs:
    url = f"{reverse('inspections:programmes')}?don-vi={found.unit_id}"
    return [{"label": _("Inspection"), "url": url}]


def opening(account: Account, on: date, *units: int) -> set[int]:
    """Of these units, those whose history the person may open."""
    return set(Unit.objects.filter(work_reach(account, on).q(), pk__in=units).values_list("pk", flat=True))


def item_crumbs(found: InspectionItem) -> Crumbs:
    own = {"label": str(found.programme.year), "url": reverse("inspections:programme", args=[found.programme_id])}
    return [*programme_crumbs(found.programme), own]


def inspection_crumbs(request: HttpRequest, found: Inspection) -> Crumbs:
    """Through the programme for who sees it; for the subject through its own list."""
    if rules.can_see_inside(account_of(request), found, clock.today()):
        own = {"label": found.item.theme[:60], "url": reverse("inspections:item", args=[found.item_id])}
        return [*item_crumbs(found.item), own]
    return [{"label": _("Inspection"), "url": reverse("inspections:programmes")}]


def show(form: forms.Form, fault: ValidationError) -> None:
    """Each sentence beside its field; those of no field of this form above them."""
    if not hasattr(fault, "error_dict"):
        form.add_error("file" if "file" in form.fields else None, fault)
        return
    for name, errors in fault.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


def answer(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[dict[str, Any]], Any],
    to: tuple[Any, ...],
    *,
    title: str,
    lead: str,
    button: str = "",
    said: str = "",
    template: str = "form",
    **context: Any,
) -> HttpResponse:
    """The form, or after the act the page that it leads to. to: name of an address with what it takes."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except ValidationError as fault:
            show(form, fault)
            if getattr(fault, "code", "") == MEANWHILE and isinstance(form, SeenForm):
                context["stands"] = form.compare()
        else:
            messages.success(request, said or _("Stored."))
            return go(request, *to)
    given = {
        "form": form,
        "title": title,
        "lead": lead,
        "button": button or _("Store"),
        "back": reverse(to[0], args=to[1:]),
    }
    status = 422 if form.errors else 200
    return page(request, f"inspections/{template}.html", given | context, part="form", status=status)


def act_and_return(request: HttpRequest, act: Callable[[], object], said: str, to: tuple[Any, ...]) -> HttpResponse:
    """An act without a form: its words, or what was wrong, above the page that follows."""
    try:
        act()
    except ValidationError as fault:
        for sentence in fault.messages:
            messages.error(request, sentence)
    else:
        messages.success(request, said)
    return go(request, *to)
