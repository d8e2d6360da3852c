"""What an administrator changes: units and terms of office. Each form is a page of its own with one action."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.orgs import actions, rules
from trienkhai.orgs.actors import actor
from trienkhai.orgs.forms import NewUnitForm, TermForm, UnitForm
from trienkhai.orgs.kinds import cautions
from trienkhai.orgs.models import Term, Unit
from trienkhai.people.requests import account_of

Work = Callable[[dict[str, Any], datetime], object]


def managed(request: HttpRequest, pk: int, on: date) -> Unit:
    """The unit, for those who administer it; 404 for everyone else, so that nobody meets a form that only says no."""
    account = account_of(request)
    return get_object_or_404(rules.managed_units(account, on).select_related("present__parent__present"), pk=pk)


def answer(
    request: HttpRequest,
    unit: Unit,
    form: forms.Form,
    work: Work,
    *,
    title: str,
    label: str,
    done: str,
    back: str = "",
    kept: str = "upkeep",
) -> HttpResponse:
    """Do the work when the form is right and go `back` (to the unit unless said); else the form again with what is
    wrong. kept: the name under which the browser keeps a draft of the form; empty for sensitive words."""
    if request.method == "POST" and form.is_valid():
        try:
            work(form.cleaned_data, clock.now())
        except ValidationError as fault:
            _show(form, fault)
        else:
            messages.success(request, done)
            return go(request, back or reverse("orgs:unit", args=[unit.pk]))
    of_unit = reverse("orgs:unit", args=[unit.pk])
    context = {
        "unit": unit,
        "form": form,
        "title": title,
        "label": label,
        "back": back or of_unit,
        "kept": kept,
        "crumbs": [{"label": unit.name, "url": of_unit}],
    }
    return page(request, "orgs/upkeep.html", context, part="form", status=422 if form.errors else 200)


def _show(form: forms.Form, fault: ValidationError) -> None:
    """The action's sentences at their fields, others above the form."""
    if not hasattr(fault, "error_dict"):
        form.add_error(None, fault)
        return
    for name, sentences in fault.message_dict.items():
        form.add_error(name if name in form.fields else None, sentences)


def _warn(request: HttpRequest, unit_id: int, on: date) -> None:
    """What the norms say against the unit as it now stands; it stands nevertheless."""
    for sentence in cautions(Unit.objects.select_related("present__parent__present").get(pk=unit_id), on):
        messages.warning(request, sentence)


@require_http_methods(["GET", "POST"])
def unit_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Name, code, kind, sector, relation and place of a unit, from today on."""
    on = clock.today()
    unit = managed(request, pk, on)
    fields = ("name", "short_name", "symbol", "code", "kind", "sector", "relation")
    initial = {name: getattr(unit.present, name) for name in fields}
    initial["parent"] = unit.present.parent_id if unit.present else None
    form = UnitForm(request.POST or None, initial=initial, on=on, unit=unit)

    def work(values: dict[str, Any], at: datetime) -> None:
        changed = actions.change_unit(unit.pk, values, by=account_of(request), at=at)
        _warn(request, changed.pk, on)

    return answer(request, unit, form, work, title=_("Change the unit"), label=_("Store"), done=_("Stored."))


@require_http_methods(["GET", "POST"])
def unit_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A new unit below this one."""
    on = clock.today()
    above = managed(request, pk, on)
    form = NewUnitForm(request.POST or None, initial={"established_on": on}, on=on, above=above)

    def work(values: dict[str, Any], at: datetime) -> None:
        verdict = rules.can_manage_units(account_of(request), on, above).require()
        row = actions.UnitRow(parent_code=above.code, **values)
        made = actions.establish_units([row], by=actor(account_of(request), verdict.holding), at=at)
        _warn(request, made[row.code].pk, on)

    title = _("New unit below %(unit)s") % {"unit": above.name}
    return answer(request, above, form, work, title=title, label=_("Store"), done=_("The unit has been added."))


@require_http_methods(["GET", "POST"])
def term_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A term of office of the unit: numbers of its documents may run through it."""
    unit = managed(request, pk, clock.today())
    return _term(request, unit, None, _("New term of office"))


@require_http_methods(["GET", "POST"])
def term_edit(request: HttpRequest, pk: int) -> HttpResponse:
    administered = rules.managed_units(account_of(request), clock.today())
    term = get_object_or_404(Term.objects.filter(unit__in=administered).select_related("unit__present"), pk=pk)
    return _term(request, term.unit, term, _("Change the term of office"))


def _term(request: HttpRequest, unit: Unit, term: Term | None, title: str) -> HttpResponse:
    initial = {name: getattr(term, name) for name in ("name", "starts_on", "ends_on")} if term else {}
    form = TermForm(request.POST or None, initial=initial)

    def work(values: dict[str, Any], at: datetime) -> None:
        actions.set_term(unit, **values, term_id=term.pk if term else None, by=account_of(request), at=at)

    return answer(request, unit, form, work, title=title, label=_("Store"), done=_("Stored."))
