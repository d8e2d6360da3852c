"""What there is to study; the study of a document by a unit and all below it; its plan."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from trienkhai.common import clock
from trienkhai.common.days import OPEN_END
from trienkhai.common.htmx import go, page
from trienkhai.dissemination import actions, rules
from trienkhai.dissemination.entries import own_top
from trienkhai.dissemination.forms import PlanForm
from trienkhai.dissemination.models import Attendance, Receipt, Sending, SessionState, StudyPlan
from trienkhai.dissemination.queries import sending as receipts
from trienkhai.dissemination.queries import study as queries
from trienkhai.dissemination.views.pages import (
    PAGE,
    branch_crumbs,
    document_crumb,
    document_of,
    number_asked,
    paged,
    show,
    study_crumb,
)
from trienkhai.documents.models import Document
from trienkhai.documents.rules import visible_documents
from trienkhai.orgs.models import Unit
from trienkhai.orgs.places import asked_places, switch
from trienkhai.orgs.rules import can_read_unit, visible_units
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What the person's units have to acknowledge and to study, and how far what they sent down has come."""
    account, on = account_of(request), clock.today()
    units = rules.units_studied_at(account, on)
    plans = StudyPlan.objects.filter(unit__in=units)
    listed = plans.select_related("document", "unit__present").order_by("-pk")
    shown = paged(request, listed)
    waiting = list(receipts.receipts_waiting(rules.units_receiving(account, on, "acknowledge"), on)[:PAGE])
    context = {
        "receipts": waiting,
        "late": {row.pk for row in waiting if row.is_late(on)},
        "unplanned": _unplanned(account, on),
        "sessions": queries.upcoming(plans)[:PAGE],
        "page": shown,
        "turnouts": queries.turnouts_of_plans(plan.pk for plan in shown),
        "open_end": OPEN_END,
        "tells": set(rules.units_planning(account, on)),
        "today": on,
        "sent": receipts.last_sendings(rules.own_sendings(account, on), on, PAGE),
    }
    return page(request, "dissemination/mine.html", context)


def _unplanned(account: Account, on: date) -> list[Receipt]:
    """What own units have acknowledged, neither closed nor planned to study."""
    units = rules.units_planning(account, on)
    rows = Receipt.objects.filter(unit__in=units, acknowledged_at__isnull=False, closed_as="").current().standing(on)
    planned = StudyPlan.objects.filter(unit__in=units).values_list("document", "unit")
    known = set(planned)
    listed = rows.select_related("sending__document", "unit__present").order_by("-acknowledged_at", "-pk")
    return [row for row in listed[: 4 * PAGE] if (row.sending.document_id, row.unit_id) not in known][:PAGE]


@require_GET
def study(request: HttpRequest, pk: int) -> HttpResponse:
    """A document in a unit and all below it: received, studied, attended of convened; who has not studied it."""
    account, on = account_of(request), clock.today()
    document = document_of(request, pk)
    top = own_top(account, on)
    if top is None:
        raise Http404
    unit = _asked_unit(request, account, on) or top
    alone = not rules.reads_branch(account, unit, on)
    first = Sending.objects.filter(document=document).order_by("on").values_list("on", flat=True).first() or on
    places, as_of = asked_places(request, [first], on), switch(request, [first], on)
    table = queries.study_by_branch(document, unit, on, alone=alone, places=places)
    address = reverse("dissemination:study", args=[document.pk])
    receipt, plan = receipts.own_receipts(document, unit).first(), _plan_of(document, unit)
    came = queries.attendance_of(document, unit, alone=alone, places=places)
    missing = None if alone else paged(request, queries.not_studied(document, unit, on, places=places))
    below = [line.unit.pk for line in table.lines] + [row.pk for row in missing or ()]
    context = {
        "document": document,
        "unit": unit,
        "table": table,
        "audiences": queries.audiences(on, (get_language() or "vi")[:2]),
        "by_audience": queries.turnout_by_audience(came),
        "as_of": as_of,
        "branches": set(visible_units(account, on).filter(pk__in=below).values_list("pk", flat=True)),
        "named": places.named(row.pk for row in missing or ()),
        "missing": missing,
        "receipt": receipt,
        "can_close": receipt and rules.can_close(account, receipt, on),
        "can_acknowledge": receipt and rules.can_acknowledge(account, receipt, on),
        "plan": plan,
        "can_plan": plan is None and rules.can_plan_document(account, document, unit, on),
        "sending": rules.visible_sendings(account, on).filter(document=document, sender=unit).order_by("-pk").first(),
        "crumbs": [document_crumb(document), *branch_crumbs(top, unit, address, places)],
    }
    return page(request, "dissemination/study.html", context)


def _asked_unit(request: HttpRequest, account: Account, on: date) -> Unit | None:
    """The unit of the address; 404 for one outside the person's reach."""
    asked = number_asked(request)
    if asked is None:
        return None
    unit = get_object_or_404(Unit.objects.select_related("present"), pk=asked)
    if not can_read_unit(account, unit, on):
        raise Http404
    return unit


def _plan_of(document: Document, unit: Unit) -> StudyPlan | None:
    return StudyPlan.objects.filter(document=document, unit=unit).first()


@require_http_methods(["GET", "POST"])
def plan_make(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the study of a document in one of the person's units."""
    account, on = account_of(request), clock.today()
    document = document_of(request, pk)
    rows = Unit.objects.filter(pk__in=rules.units_planning(account, on)).select_related("present").order_by("path")
    units = [unit for unit in rows if rules.can_plan_document(account, document, unit, on)]
    if not units:
        raise Http404
    unit = next((unit for unit in units if unit.pk == number_asked(request)), units[0])
    made = _plan_of(document, unit)
    if made is not None and request.method == "GET":
        return go(request, "dissemination:plan", made.pk)
    form = PlanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.make_plan(document, unit, by=account, at=clock.now(), **form.cleaned_data)
        except ValidationError as fault:
            show(form, fault)
        else:
            messages.success(request, _("The plan is made: now set its sessions."))
            return go(request, "dissemination:plan", made.pk)
    context = {
        "form": form,
        "document": document,
        "unit": unit,
        "others": [other for other in units if other.pk != unit.pk],
        "crumbs": [document_crumb(document)],
    }
    return page(request, "dissemination/plan_form.html", context, part="form", status=422 if form.errors else 200)


@require_GET
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan of one unit: its sessions, their figures and files, who came of each audience."""
    account, on = account_of(request), clock.today()
    found = _plan(request, pk)
    sessions = found.sessions.prefetch_related("attendance", "absences", "files__file").order_by("starts_at", "pk")
    held = Attendance.objects.filter(session__plan=found, session__state=SessionState.HELD)
    language = (get_language() or "vi")[:2]
    context: dict[str, Any] = {
        "plan": found,
        "sessions": sessions,
        "turnout": queries.turnout_of(held),
        "by_audience": queries.turnout_by_audience(held),
        "audiences": queries.audiences(on, language),
        "reasons": queries.absence_reasons(on, language),
        "can_plan": rules.can_plan(account, found.unit, on),
        "opens": visible_documents(account, on).filter(pk=found.document_id).exists(),
        "today": on,
        "crumbs": [study_crumb()],
    }
    return page(request, "dissemination/plan.html", context)


def _plan(request: HttpRequest, pk: int) -> StudyPlan:
    rows = rules.visible_plans(account_of(request), clock.today())
    return get_object_or_404(rows.select_related("document", "unit__present", "made_by"), pk=pk)


@require_http_methods(["GET", "POST"])
def plan_change(request: HttpRequest, pk: int) -> HttpResponse:
    account = account_of(request)
    found = _plan(request, pk)
    rules.can_plan(account, found.unit, clock.today()).require()
    day = found.finish_by if found.has_day else None
    form = PlanForm(request.POST or None, initial={"finish_by": day, "note": found.note})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_plan(found.pk, by=account, at=clock.now(), **form.cleaned_data)
        except ValidationError as fault:
            show(form, fault)
        else:
            messages.success(request, _("Stored."))
            return go(request, "dissemination:plan", found.pk)
    context = {
        "form": form,
        "document": found.document,
        "unit": found.unit,
        "plan": found,
        "crumbs": [study_crumb()],
    }
    return page(request, "dissemination/plan_form.html", context, part="form", status=422 if form.errors else 200)
