"""Defining an indicator, changing what it means or serves, closing it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.documents.models import Document
from trienkhai.documents.rules import visible_documents
from trienkhai.indicators import actions, rules
from trienkhai.indicators.forms import AddForm, ChangeForm, EndForm, LinksForm, link_fields, show
from trienkhai.indicators.models import Indicator
from trienkhai.indicators.views.pages import context_of, indicator_of, list_crumb, number_asked
from trienkhai.people.requests import account_of
from trienkhai.tasks.models import Focus
from trienkhai.tasks.rules_programme import visible_focuses

OFFERED = 100


def _links(request: HttpRequest, form: forms.Form) -> None:
    """The newest documents and the focuses that the person sees."""
    account, on = account_of(request), clock.today()
    documents = visible_documents(account, on).order_by("-issued_on", "-pk")[:OFFERED]
    focuses = visible_focuses(account, on).filter(valid_to__gt=on).distinct().order_by("title")[:OFFERED]
    link_fields(form, documents, focuses, on)


def _chosen(values: dict[str, Any]) -> tuple[Document | None, Focus | None]:
    document = Document.objects.filter(pk=values["document"]).first() if values["document"] else None
    focus = Focus.objects.filter(pk=values["focus"]).first() if values["focus"] else None
    return document, focus


def _done(form: forms.Form, act: Callable[[], Any]) -> bool:
    """Was the form right and the act done? What the action finds wrong is shown in the form."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        act()
    except ValidationError as fault:
        show(form, fault)
        return False
    return True


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new indicator of a unit, for its branch."""
    account, on = account_of(request), clock.today()
    units = rules.defining_units(account, on)
    unit = next((unit for unit in units if unit.pk == number_asked(request)), units[0] if units else None)
    if unit is None:
        raise Http404
    form = AddForm(request.POST or None, initial={"valid_from": on.replace(month=1, day=1), "period": "quarter"})
    _links(request, form)
    made: list[Indicator] = []

    def act() -> None:
        frame = form.frame(*_chosen(form.cleaned_data))
        made.append(actions.define_indicator(unit, frame, form.meant(), by=account, at=clock.now()))

    if _done(form, act):
        messages.success(request, _("The indicator is defined. Now give it down."))
        return go(request, "indicators:give", made[0].pk)
    context = {
        "form": form,
        "unit": unit,
        "others": [one for one in units if one.pk != unit.pk],
        "crumbs": [list_crumb(unit)],
    }
    return page(request, "indicators/add.html", context, part="form", status=422 if form.errors else 200)


def _own(request: HttpRequest, pk: int) -> Indicator:
    found = indicator_of(request, pk)
    rules.can_change(account_of(request), found, clock.today()).require()
    return found


def _answer(
    request: HttpRequest, template: str, found: Indicator, form: forms.Form, act: Callable[[], Any], **more: Any
) -> HttpResponse:
    if _done(form, act):
        messages.success(request, _("Stored."))
        return go(request, "indicators:indicator", found.pk)
    title = actions.giving.title_of(found)
    context = context_of(found, title, found.unit, form=form, **more)
    return page(request, template, context, part="form", status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    found, on = _own(request, pk), clock.today()
    last = found.definitions.order_by("-version").first()
    form = ChangeForm(request.POST or None, definition=last)
    form.initial["from_day"] = max(on, found.valid_from)

    def act() -> None:
        day = form.cleaned_data["from_day"]
        actions.change_definition(found.pk, form.meant(), from_day=day, by=account_of(request), at=clock.now())

    return _answer(request, "indicators/change.html", found, form, act, last=last)


@require_http_methods(["GET", "POST"])
def links(request: HttpRequest, pk: int) -> HttpResponse:
    found = _own(request, pk)
    kept = {"document": found.document_id, "focus": found.focus_id, "work_area": found.work_area}
    form = LinksForm(request.POST or None, initial=kept)
    _links(request, form)

    def act() -> None:
        document, focus = _chosen(form.cleaned_data)
        area = form.cleaned_data["work_area"]
        who: Any = {"by": account_of(request), "at": clock.now()}
        actions.change_links(found.pk, document=document, focus=focus, work_area=area, **who)

    return _answer(request, "indicators/links.html", found, form, act)


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    found = _own(request, pk)
    form = EndForm(request.POST or None, initial={"last_day": clock.today()})

    def act() -> None:
        actions.close_indicator(found.pk, **form.cleaned_data, by=account_of(request), at=clock.now())

    return _answer(request, "indicators/close.html", found, form, act)
