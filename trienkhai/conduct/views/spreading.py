"""The theme of a year, numbers of members, good examples."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from trienkhai.common import clock
from trienkhai.common.htmx import go
from trienkhai.common.verdict import Verdict
from trienkhai.conduct import actions, rules
from trienkhai.conduct.forms import CountForm, ExampleForm, ThemeForm
from trienkhai.conduct.models import CellCount, Theme
from trienkhai.conduct.views.common import address, answer, bound, crumbs, year_of
from trienkhai.orgs.models import Unit
from trienkhai.people.requests import account_of


def _unit(request: HttpRequest, pk: int, rule: Callable[..., Verdict]) -> Unit:
    found = get_object_or_404(Unit.objects.select_related("present"), pk=pk)
    rule(account_of(request), found, clock.today()).require()
    return found


@require_http_methods(["GET", "POST"])
def theme(request: HttpRequest, unit: int) -> HttpResponse:
    found, on = _unit(request, unit, rules.can_set_theme), clock.today()
    account, year = account_of(request), year_of(request, on)
    known = Theme.objects.filter(unit=found, year=year).first()
    initial = {"title": known.title, "document": known.document_id} if known else {}
    form = bound(request, ThemeForm, account=account, on=on, known=initial.get("document"), initial=initial)

    def act() -> None:
        actions.set_theme(found, year=year, **form.cleaned_data, by=account, at=clock.now())

    title = _("Theme of %(year)s") % {"year": year}
    return answer(request, form, act, address(found, year), title=title, lead=found.name, crumbs=crumbs(found, year))


@require_http_methods(["GET", "POST"])
def count(request: HttpRequest, unit: int) -> HttpResponse:
    found = _unit(request, unit, rules.can_count)
    year = year_of(request, clock.today())
    known = CellCount.objects.filter(unit=found, year=year).first()
    names = ("members", "committed", "half", "whole")
    form = bound(request, CountForm, initial={name: getattr(known, name) for name in names} if known else {})

    def act() -> None:
        actions.tell_count(found, form.figures(), year=year, by=account_of(request), at=clock.now())

    title = _("Members of %(year)s as numbers") % {"year": year}
    return answer(request, form, act, address(found, year), title=title, lead=found.name, crumbs=crumbs(found, year))


@require_http_methods(["GET", "POST"])
def example_add(request: HttpRequest, unit: int) -> HttpResponse:
    found = _unit(request, unit, rules.can_count)
    year = year_of(request, clock.today())
    form = bound(request, ExampleForm)

    def act() -> None:
        actions.add_example(found, year=year, **form.cleaned_data, by=account_of(request), at=clock.now())

    title = _("A good example")
    return answer(request, form, act, address(found, year), title=title, lead=found.name, crumbs=crumbs(found, year))


@require_POST
def example_remove(request: HttpRequest, pk: int) -> HttpResponse:
    rows = rules.visible_examples(account_of(request), clock.today()).select_related("unit__present")
    row = get_object_or_404(rows, pk=pk)
    actions.remove_example(row.pk, by=account_of(request), at=clock.now())
    messages.success(request, _("The example was taken back."))
    return go(request, address(row.unit, row.year))
