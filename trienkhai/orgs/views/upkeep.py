"""What an administrator changes: units, posts, who holds them. Each form is a page of its own with one action."""

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
from trienkhai.orgs.forms import AppointForm, EndHoldingForm, NewUnitForm, PostForm, TermForm, UnitForm
from trienkhai.orgs.kinds import cautions
from trienkhai.orgs.models import Holding, Post, Term, Unit
from trienkhai.people.requests import account_of

Work = Callable[[dict[str, Any], datetime], object]


def _managed(request: HttpRequest, pk: int, on: date) -> Unit:
    """The unit, for those who administer it; 404 for everyone else, so that nobody meets a form that only says no."""
    account = account_of(request)
    return get_object_or_404(rules.managed_units(account, on).select_related("present__parent__present"), pk=pk)


def _answer(
    request: HttpRequest, unit: Unit, form: forms.Form, work: Work, *, title: str, label: str, done: str
) -> HttpResponse:
    """Do the work when the form is right and go back to the unit; else the form again with what is wrong."""
    if request.method == "POST" and form.is_valid():
        try:
            work(form.cleaned_data, clock.now())
        except ValidationError as fault:
            _show(form, fault)
        else:
            messages.success(request, done)
            return go(request, "orgs:unit", unit.pk)
    back = reverse("orgs:unit", args=[unit.pk])
    context = {
        "unit": unit,
        "form": form,
        "title": title,
        "label": label,
        "back": back,
        "crumbs": [{"label": unit.name, "url": back}],
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
    unit = _managed(request, pk, on)
    fields = ("name", "short_name", "symbol", "code", "kind", "sector", "relation")
    initial = {name: getattr(unit.present, name) for name in fields}
    initial["parent"] = unit.present.parent_id if unit.present else None
    form = UnitForm(request.POST or None, initial=initial, on=on, unit=unit)

    def work(values: dict[str, Any], at: datetime) -> None:
        changed = actions.change_unit(unit.pk, values, by=account_of(request), at=at)
        _warn(request, changed.pk, on)

    return _answer(request, unit, form, work, title=_("Change the unit"), label=_("Store"), done=_("Stored."))


@require_http_methods(["GET", "POST"])
def unit_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A new unit below this one."""
    on = clock.today()
    above = _managed(request, pk, on)
    form = NewUnitForm(request.POST or None, initial={"established_on": on}, on=on, above=above)

    def work(values: dict[str, Any], at: datetime) -> None:
        verdict = rules.can_manage_units(account_of(request), on, above).require()
        row = actions.UnitRow(parent_code=above.code, **values)
        made = actions.establish_units([row], by=actor(account_of(request), verdict.holding), at=at)
        _warn(request, made[row.code].pk, on)

    title = _("New unit below %(unit)s") % {"unit": above.name}
    return _answer(request, above, form, work, title=title, label=_("Store"), done=_("The unit has been added."))


@require_http_methods(["GET", "POST"])
def post_add(request: HttpRequest, pk: int) -> HttpResponse:
    unit = _managed(request, pk, clock.today())
    form = PostForm(request.POST or None)

    def work(values: dict[str, Any], at: datetime) -> None:
        actions.create_post(unit, **values, by=account_of(request), at=at)

    return _answer(
        request, unit, form, work, title=_("New post"), label=_("Add the post"), done=_("The post has been added.")
    )


@require_http_methods(["GET", "POST"])
def post_give(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a post to a person."""
    on = clock.today()
    account = account_of(request)
    posts = Post.objects.filter(unit__in=rules.managed_units(account, on)).select_related("unit__present")
    post = get_object_or_404(posts, pk=pk)
    form = AppointForm(request.POST or None, initial={"valid_from": on})

    def work(values: dict[str, Any], at: datetime) -> None:
        actions.appoint(post, **values, by=account, at=at)

    title = _("Who holds the post: %(post)s") % {"post": post.title}
    return _answer(request, post.unit, form, work, title=title, label=_("Give the post"), done=_("Stored."))


@require_http_methods(["GET", "POST"])
def holding_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a person's holding of a post end."""
    on = clock.today()
    account = account_of(request)
    held = Holding.objects.filter(post__unit__in=rules.managed_units(account, on), valid_to__gt=on)
    holding = get_object_or_404(held.select_related("post__unit__present", "account"), pk=pk)
    form = EndHoldingForm(request.POST or None, initial={"on": on})

    def work(values: dict[str, Any], at: datetime) -> None:
        actions.end_holding(holding.pk, **values, by=account, at=at)

    title = _("%(name)s leaves the post: %(post)s") % {"name": holding.account, "post": holding.post.title}
    return _answer(request, holding.post.unit, form, work, title=title, label=_("End this holding"), done=_("Stored."))


@require_http_methods(["GET", "POST"])
def term_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A term of office of the unit: numbers of its documents may run through it."""
    unit = _managed(request, pk, clock.today())
    return _term(request, unit, None, _("New term of office"))


@require_http_methods(["GET", "POST"])
def term_edit(request: HttpRequest, pk: int) -> HttpResponse:
    managed = rules.managed_units(account_of(request), clock.today())
    term = get_object_or_404(Term.objects.filter(unit__in=managed).select_related("unit__present"), pk=pk)
    return _term(request, term.unit, term, _("Change the term of office"))


def _term(request: HttpRequest, unit: Unit, term: Term | None, title: str) -> HttpResponse:
    initial = {name: getattr(term, name) for name in ("name", "starts_on", "ends_on")} if term else {}
    form = TermForm(request.POST or None, initial=initial)

    def work(values: dict[str, Any], at: datetime) -> None:
        actions.set_term(unit, **values, term_id=term.pk if term else None, by=account_of(request), at=at)

    return _answer(request, unit, form, work, title=title, label=_("Store"), done=_("Stored."))
