"""What the pages of this area share: the unit and year asked for, a form with one action, the way back."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.common.htmx import go, page
from trienkhai.conduct import rules
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.rules import work_reach
from trienkhai.people.models import Account


def year_of(request: HttpRequest, on: date) -> int:
    asked = request.GET.get("nam", "")
    return int(asked) if asked.isdecimal() and len(asked) < 6 and 1990 <= int(asked) <= 2199 else on.year


def own_units(account: Account, on: date) -> list[Unit]:
    ids = rules.own_ids(account, on, *rules.EVERYONE)
    return list(Unit.objects.filter(pk__in=ids).select_related("present").order_by("path"))


def unit_of(request: HttpRequest, account: Account, on: date, own: list[Unit]) -> Unit:
    """The unit asked for, own or in reach; else the highest own one. 404 for nobody's."""
    asked = request.GET.get("don-vi", "")
    if not asked:
        if not own:
            raise Http404
        return own[0]
    if found := next((unit for unit in own if str(unit.pk) == asked), None):
        return found
    number = int(asked) if asked.isdecimal() and len(asked) < 12 else 0
    seen = Unit.objects.filter(work_reach(account, on).q()).select_related("present")
    return get_object_or_404(seen, pk=number)


def reads_names(account: Account, unit: Unit, on: date) -> bool:
    """Leaders above and the inspector read by name who committed in the branch; all others see numbers."""
    return rules.held_reach(account, on, Role.LEADER, Role.INSPECTOR).covers(unit.path)


def address(unit: Unit, year: int) -> str:
    return f"{reverse('conduct:year')}?don-vi={unit.pk}&nam={year}"


def crumbs(unit: Unit, year: int) -> list[dict[str, str]]:
    return [{"label": _("Setting an example"), "url": address(unit, year)}]


def bound(request: HttpRequest, kind: type[forms.Form], **words: Any) -> Any:
    """Bound to what was sent, files too."""
    if request.method == "POST":
        words.pop("initial", None)
        return kind(request.POST, request.FILES, **words)
    return kind(**words)


def _show(form: forms.Form, fault: ValidationError) -> None:
    if not hasattr(fault, "error_dict"):
        form.add_error(None, fault)
        return
    for name, errors in fault.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


def answer(
    request: HttpRequest, form: forms.Form, act: Callable[[], object], back: str, **context: Any
) -> HttpResponse:
    """The form with `title`, `lead`, `crumbs`, or after the act the page that it leads to."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except ValidationError as fault:
            _show(form, fault)
        else:
            messages.success(request, _("Stored."))
            return go(request, back)
    given = {"form": form, "back": back} | context
    return page(request, "conduct/form.html", given, part="form", status=422 if form.errors else 200)
