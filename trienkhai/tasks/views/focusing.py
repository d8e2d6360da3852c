"""Trọng tâm, trọng điểm, giải pháp đột phá: the focuses of a unit, how one stands, its reviews."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from trienkhai.common import clock, paths, slots
from trienkhai.common.htmx import go, page
from trienkhai.orgs.models import Unit
from trienkhai.orgs.rules import BRANCH_READERS, reads_below, visible_units, work_reach
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of
from trienkhai.tasks import actions
from trienkhai.tasks import rules_programme as rules
from trienkhai.tasks.forms_focusing import EndFocusForm, FocusForm, ReviewForm
from trienkhai.tasks.links import list_url
from trienkhai.tasks.models import Focus, FocusReview
from trienkhai.tasks.queries import cells_of, due_soon_day
from trienkhai.tasks.queries.focusing import Branch, Looked, branches_of, since_of
from trienkhai.tasks.views.giving import show_fault
from trienkhai.tasks.views.programme import asked_unit
from trienkhai.tasks.views.rows import number_of


def _focus(request: HttpRequest, pk: int) -> Focus:
    rows = rules.visible_focuses(account_of(request), clock.today())
    return get_object_or_404(rows.select_related("unit__present", "owner").distinct(), pk=pk)


def _kept_focus(request: HttpRequest, pk: int) -> Focus:
    found = _focus(request, pk)
    if not rules.can_keep(account_of(request), found.unit, clock.today()):
        raise Http404
    return found


def _crumbs(focus: Focus | None = None) -> list[dict[str, str]]:
    found = [{"label": _("Focus and breakthrough solutions"), "url": reverse("tasks:focuses")}]
    if focus:
        found.append({"label": focus.title, "url": reverse("tasks:focus", args=[focus.pk])})
    return found


@require_GET
def focuses(request: HttpRequest) -> HttpResponse:
    """The focuses the person sees, those in force first, each with its last decision and the next review."""
    account, on = account_of(request), clock.today()
    rows = rules.visible_focuses(account, on).select_related("unit__present", "owner").distinct()
    asked = number_of(request.GET.get("don-vi"))
    if asked:
        rows = rows.filter(unit=asked)
    found = sorted(rows[:200], key=lambda row: (row.valid_to <= on, row.unit.path or "", row.pk))
    reads = [row.pk for row in found if rules.reads_focus(account, row, on)]
    last = {review.focus_id: review for review in FocusReview.objects.filter(focus__in=reads).order_by("on")}
    context = {
        "rows": [(row, last.get(row.pk)) for row in found],
        "on": on,
        "keeps": rules.keeping_units(account, on),
    }
    return page(request, "tasks/focuses.html", context)


def _top(request: HttpRequest, focus: Focus, account: Account, on: date) -> Unit | None:
    """Whose subordinates are shown: the unit asked for, else the unit of the focus or the highest below it in reach."""
    asked = number_of(request.GET.get("don-vi"))
    seen = visible_units(account, on).select_related("present")
    if asked and (found := seen.filter(pk=asked).first()):
        return found
    if rules.reads_focus(account, focus, on):
        return focus.unit
    grants = work_reach(account, on).of(*BRANCH_READERS).grants
    below = [grant for grant in grants if paths.is_within(grant.path, focus.unit.path or "-")]
    highest = min(below, key=lambda grant: len(grant.path), default=None)
    return seen.filter(pk=highest.unit_id).first() if highest else None


@require_GET
def focus(request: HttpRequest, pk: int) -> HttpResponse:
    """Which units moved since the last review, which stand still and why, what was decided."""
    account, on = account_of(request), clock.today()
    found = _focus(request, pk)
    reads = rules.reads_focus(account, found, on)
    reviews = list(found.reviews.select_related("by").order_by("-on")[:24]) if reads else []
    last = reviews[0] if reviews else None
    since, top = since_of(found, last), _top(request, found, account, on)
    below = top is not None and reads_below(account, top, on)
    branches = branches_of(found, top, since, on) if top and below else []
    tasks = rules.tasks_of_focus(found)
    context = {
        "focus": found,
        "on": on,
        "last_day": found.valid_to - timedelta(days=1),
        "is_over": found.valid_to <= on,
        "top": top,
        "cells": cells_of(top, on=on, soon=due_soon_day(on), tasks=tasks) if top and below else None,
        "urls": _urls(found, top, None, since) if top else {},
        "held_url": list_url(trong_tam=found.pk),
        "since": since,
        "reviews": reviews,
        "last": last,
        "late_review": bool(last and last.next_on and last.next_on < on and found.valid_to > on),
        "still": [_row(row, found, top, since) for row in branches if row.is_open and not row.moved],
        "moved": [_row(row, found, top, since) for row in branches if row.moved or not row.is_open],
        "parts": slots.parts("tasks.focus.part", request, Looked(found, top, since, below)),
        "can_keep": rules.can_keep(account, found.unit, on),
        "crumbs": _crumbs(),
    }
    return page(request, "tasks/focus.html", context)


def _row(row: Branch, found: Focus, top: Unit | None, since: date) -> tuple[Branch, dict[str, str]]:
    return row, _urls(found, top, row.unit, since) if top else {}


def _urls(found: Focus, top: Unit, unit: Unit | None, since: date) -> dict[str, str]:
    """The list behind each number."""
    base: dict[str, Any] = {"bang": top.pk, "don_vi": unit.pk if unit else "", "trong_tam": found.pk}
    names = ("total", "done", "open_overdue", "silent", "blocked", "done_on_time", "done_late", "open_in_time")
    return {name: list_url(**base, o=name) for name in names} | {
        "moved": list_url(**base, doi_tu=since.isoformat()),
        "still": list_url(**base, dung_tu=since.isoformat()),
    }


@require_http_methods(["GET", "POST"])
def focus_add(request: HttpRequest) -> HttpResponse:
    account, on = account_of(request), clock.today()
    unit = asked_unit(request, rules.keeping_units(account, on))
    if unit is None:
        raise Http404
    form = FocusForm(request.POST if request.method == "POST" else None, unit=unit, on=on)

    def store() -> Focus:
        return actions.set_focus(unit, form.cleaned_data, by=account, at=clock.now())

    return _form(request, form, store, _("New focus"), unit.name, None)


@require_http_methods(["GET", "POST"])
def focus_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = _kept_focus(request, pk)
    data = request.POST if request.method == "POST" else None
    form = FocusForm(data, unit=found.unit, on=clock.today(), focus=found)

    def change() -> Focus:
        return actions.change_focus(found.pk, form.cleaned_data, by=account_of(request), at=clock.now())

    return _form(request, form, change, _("Change the focus"), found.unit.name, found)


@require_http_methods(["GET", "POST"])
def focus_end(request: HttpRequest, pk: int) -> HttpResponse:
    found = _kept_focus(request, pk)
    form = EndFocusForm(request.POST if request.method == "POST" else None, initial={"last_day": clock.today()})

    def end() -> Focus:
        return actions.end_focus(found.pk, **form.cleaned_data, by=account_of(request), at=clock.now())

    return _form(request, form, end, _("End the focus"), found.title, found, _("End it"))


@require_http_methods(["GET", "POST"])
def focus_review(request: HttpRequest, pk: int) -> HttpResponse:
    """What was found and decided at a review."""
    found = _kept_focus(request, pk)
    form = ReviewForm(request.POST if request.method == "POST" else None, initial={"on": clock.today()})

    def review() -> Focus:
        actions.review_focus(found.pk, **form.cleaned_data, by=account_of(request), at=clock.now())
        return found

    return _form(request, form, review, _("Review of the focus"), found.title, found, _("Keep the review"))


def _form(
    request: HttpRequest,
    form: Form,
    work: Callable[[], Focus],
    title: str,
    lead: str,
    found: Focus | None,
    label: str = "",
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            stored = work()
        except ValidationError as fault:
            show_fault(form, fault)
        else:
            return go(request, "tasks:focus", stored.pk)
    back = reverse("tasks:focus", args=[found.pk]) if found else reverse("tasks:focuses")
    context = {
        "form": form,
        "title": title,
        "lead": lead,
        "label": label or _("Store"),
        "back": back,
        "crumbs": _crumbs(found),
    }
    return page(request, "tasks/reason.html", context, status=422 if form.errors else 200)
