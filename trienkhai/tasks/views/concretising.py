"""Cụ thể hóa: answer an upper document clause by clause; what became of a document; the work behind one clause."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.documents.models import Clause, Document
from trienkhai.documents.queries import top_for
from trienkhai.documents.rules import visible_documents
from trienkhai.orgs.models import Unit
from trienkhai.orgs.places import asked_places, switch
from trienkhai.orgs.rules import reads_below, visible_units
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of
from trienkhai.tasks import actions, rules
from trienkhai.tasks import rules_concretising as making
from trienkhai.tasks.forms_concretising import PaperForm, answers_of
from trienkhai.tasks.models import ClauseAnswer, Concretising
from trienkhai.tasks.queries import clause_progress
from trienkhai.tasks.queries.concretising import answered, tasks_below
from trienkhai.tasks.queries.coverage import branch_rows, clause_rows, first_day
from trienkhai.tasks.views.rows import number_of


def _document(request: HttpRequest, pk: int) -> Document:
    return get_object_or_404(visible_documents(account_of(request), clock.today()), pk=pk)


def _crumbs(document: Document) -> list[dict[str, str]]:
    return [{"label": str(document), "url": reverse("documents:detail", args=[document.pk])}]


def _unit(request: HttpRequest, document: Document, account: Account, on: date) -> Unit:
    """The unit asked for by `don-vi` among those for which the person may answer, else the highest of them."""
    units = [unit for unit in making.making_units(account, on) if unit.pk != document.issuer_id]
    asked = number_of(request.GET.get("don-vi"))
    found = next((unit for unit in units if unit.pk == asked), None) if asked else next(iter(units), None)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
def concretise(request: HttpRequest, pk: int) -> HttpResponse:
    """Each clause with the unit's answer: taken over, adapted with own targets, not applicable for a reason."""
    account, on = account_of(request), clock.today()
    document = _document(request, pk)
    unit = _unit(request, document, account, on)
    row = Concretising.objects.filter(document=document, unit=unit).select_related("draft__document", "result").first()
    faults: dict[str, list[str]] = {}
    given = answers_of(request.POST) if request.method == "POST" else {}
    if request.method == "POST":
        try:
            row = actions.answer_clauses(document, unit, given, by=account, at=clock.now())
        except ValidationError as fault:
            faults = fault.message_dict
        else:
            if "draft" in request.POST:
                draft = actions.draft_programme(row.pk, by=account, at=clock.now())
                return go(request, "documents:draft_edit", draft.pk)
            messages.success(request, _("The answers are stored."))
            return go(request, reverse("tasks:concretise", args=[pk]) + f"?don-vi={unit.pk}")
    clauses, gone = answered(document, row)
    lines: list[dict[str, Any]] = [
        {
            "line": line,
            "given": given.get(line.clause.pk) or _answer(line.answer),
            "fault": faults.get(str(line.clause.pk)),
        }
        for line in clauses
    ]
    context = {
        "document": document,
        "unit": unit,
        "units": [one for one in making.making_units(account, on) if one.pk != document.issuer_id],
        "row": row,
        "lines": lines,
        "anew": sum(bool(line.before) for line in clauses),
        "gone": gone,
        "answered": sum(bool(one["given"]["kind"]) for one in lines),
        "kinds": ClauseAnswer.Kind.choices,
        "may": making.can_concretise(account, document, unit, on),
        "faults": faults,
        "crumbs": _crumbs(document),
    }
    return page(request, "tasks/concretise.html", context, status=422 if faults else 200)


def _answer(answer: ClauseAnswer | None) -> dict[str, str]:
    if answer is None:
        return {"kind": "", "words": "", "reason": ""}
    return {"kind": answer.kind, "words": answer.words, "reason": answer.reason}


@require_http_methods(["GET", "POST"])
def concretise_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Name the programme that the unit issued elsewhere."""
    account, on = account_of(request), clock.today()
    row = get_object_or_404(
        making.visible_concretisings(account, on).select_related("document", "unit__present"), pk=pk
    )
    if not making.can_concretise(account, row.document, row.unit, on):
        raise Http404
    papers = visible_documents(account, on).filter(owner=row.unit).exclude(pk=row.document_id)
    form = PaperForm(request.POST or None, papers=papers.order_by("-issued_on", "-pk"))
    back = reverse("tasks:concretise", args=[row.document_id]) + f"?don-vi={row.unit_id}"
    if request.method == "POST" and form.is_valid():
        actions.name_paper(row.pk, form.cleaned_data["paper"], by=account, at=clock.now())
        return go(request, back)
    context = {
        "form": form,
        "title": _("The unit's own programme"),
        "lead": str(row.document),
        "label": _("Store"),
        "back": back,
        "crumbs": _crumbs(row.document),
    }
    return page(request, "tasks/reason.html", context, status=422 if form.errors else 200)


@require_GET
def coverage(request: HttpRequest, pk: int) -> HttpResponse:
    """Clauses with and without work; how far each branch below a unit has gone with the document."""
    account, on = account_of(request), clock.today()
    document = _document(request, pk)
    asked = number_of(request.GET.get("don-vi"))
    top = visible_units(account, on).select_related("present").filter(pk=asked).first() if asked else None
    top = top or top_for(document, account, on)
    rows = clause_rows(document, account, on)
    day = first_day(document)
    days = [day] if day else []
    places = asked_places(request, days, on)
    shown = top if top and reads_below(account, top, on) else None
    context = {
        "document": document,
        "top": top,
        "as_of": switch(request, days, on) if shown else None,
        "clauses": rows,
        "with_work": sum(bool(row.tasks) for row in rows),
        "branches": branch_rows(document, shown, places=places) if shown else [],
        "crumbs": _crumbs(document),
    }
    return page(request, "tasks/coverage.html", context)


@require_GET
def clause(request: HttpRequest, pk: int) -> HttpResponse:
    """Every unit's work on one clause, at any depth."""
    account, on = account_of(request), clock.today()
    found = get_object_or_404(
        Clause.objects.filter(text__document__in=visible_documents(account, on)).select_related("text__document"), pk=pk
    )
    document = found.text.document
    below = tasks_below([found.pk], account, on)
    seen = rules.visible_assignments(account, on)
    figures = clause_progress(seen.filter(task__document=document), on).get(found.pk)
    context = {
        "clause": found,
        "document": document,
        "words": " ".join(found.text.text[found.start : found.end].split()),
        "rows": [{"depth": depth, "task": task} for depth, task in below],
        "figures": figures,
        "crumbs": _crumbs(document),
    }
    return page(request, "tasks/clause.html", context)
