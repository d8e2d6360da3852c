"""Dossiers: the list, one dossier with its documents, filling and closing it."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trienkhai.common import clock
from trienkhai.common.folding import fold
from trienkhai.common.htmx import go, page
from trienkhai.documents import queries, rules_dossiers
from trienkhai.documents.actions import dossiers as actions
from trienkhai.documents.forms_dossiers import CloseForm, DossierForm, IntoDossierForm, initial_of
from trienkhai.documents.models import Document, Dossier, DossierDocument
from trienkhai.documents.queries.dossiers import (
    described_dossiers,
    entries_in,
    proposed_retention,
    retention_classes,
    with_words,
)
from trienkhai.documents.rules import visible_documents
from trienkhai.documents.views.pages import crumbs, seen, show
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of

PAGE, FOUND = 50, 10
OPEN_FIRST = (
    F("handed_over_on").asc(nulls_first=True),
    F("closed_on").asc(nulls_first=True),
    "-opened_on",
    "code",
)


def dossier_crumb() -> dict[str, str]:
    return {"label": _("Dossiers"), "url": reverse("documents:dossiers")}


@require_GET
def dossiers(request: HttpRequest) -> HttpResponse:
    """Dossiers in sight, open ones first, then the newest; narrowed by words."""
    account, on = account_of(request), clock.today()
    rows = rules_dossiers.visible_dossiers(account, on)
    for word in fold(request.GET.get("q", "")[:200]).split():
        rows = rows.filter(search_text__contains=word)
    asked = request.GET.get("page", "")
    number = max(int(asked), 1) if asked.isdecimal() and len(asked) < 7 else 1
    start = (number - 1) * PAGE
    found = with_words(described_dossiers(rows).order_by(*OPEN_FIRST)[start : start + PAGE + 1])
    context = {
        "rows": found[:PAGE],
        "words": request.GET.get("q", ""),
        "keeps": rules_dossiers.keeping_units(account, on),
        "number": number,
        "has_previous": number > 1,
        "has_next": len(found) > PAGE,
        "first": start + 1,
        "last": start + len(found[:PAGE]),
        "count": rows.count(),
    }
    return page(request, "documents/dossiers.html", context)


@require_GET
def dossier(request: HttpRequest, pk: int) -> HttpResponse:
    """One dossier: its documents in order, and documents found by words to put into it."""
    account, on = account_of(request), clock.today()
    found = _seen(account, pk, on)
    entries = entries_in(found, account, on)
    may_change = rules_dossiers.can_change_dossier(account, found, on)
    types = [entry.document.doc_type for entry in entries if entry.document]
    context = {
        "dossier": found,
        "entries": entries,
        "kept": with_words([found])[0].kept,  # type: ignore[attr-defined]
        "proposed": _proposed(found, types),
        "may_change": may_change,
        "may_reopen": rules_dossiers.can_reopen_dossier(account, found, on),
        "words": request.GET.get("q", ""),
        "hits": _hits(request, account, on, entries) if may_change else [],
        "close_form": CloseForm(initial={"closed_on": on}),
        "crumbs": [dossier_crumb()],
    }
    return page(request, "documents/dossier.html", context)


def _proposed(found: Dossier, types: list[str]) -> str:
    """The class that the norm proposes for the documents, in words, when it is another than the one that was set."""
    place = found.unit.path or ""
    code = proposed_retention(types, found.opened_on, place)
    return "" if code == found.retention else retention_classes(found.opened_on, place).get(code, "")


def _hits(request: HttpRequest, account: Account, on: date, entries: list[Any]) -> list[Document]:
    words = request.GET.get("q", "")[:200]
    if not words.strip():
        return []
    inside = [entry.place.document_id for entry in entries]
    rows = queries.narrowed(visible_documents(account, on), queries.Wanted(words), ())
    return list(rows.exclude(pk__in=inside).order_by("-issued_on", "-pk")[:FOUND])


def _seen(account: Account, pk: int, on: date) -> Dossier:
    rows = rules_dossiers.visible_dossiers(account, on).select_related("unit__present", "handed_over_by")
    return get_object_or_404(rows, pk=pk)


def _held(account: Account, pk: int, on: date, rule: Any = rules_dossiers.can_change_dossier) -> Dossier:
    """A dossier that the person may change; 404 for who does not keep dossiers of its unit."""
    found = _seen(account, pk, on)
    if not rules_dossiers.can_keep_dossiers(account, found.unit, on):
        raise Http404
    rule(account, found, on).require()
    return found


@require_http_methods(["GET", "POST"])
def dossier_open(request: HttpRequest) -> HttpResponse:
    """A new dossier; opened from a document (`vanban`), it takes its subject, the class for its type and itself."""
    account, on = account_of(request), clock.today()
    units = rules_dossiers.keeping_units(account, on)
    if not units:
        raise Http404
    asked = request.GET.get("vanban", "")
    paper = seen(account, int(asked), on) if asked.isdecimal() and len(asked) < 12 else None
    form = DossierForm(request.POST or None, units=units, classes=retention_classes(on), initial=_first(paper, on))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.open_dossier(form.chosen_unit(), form.described(), by=account, at=clock.now())
        except ValidationError as fault:
            show(form, fault)
        else:
            if paper:
                actions.put_document(made.pk, paper, by=account, at=clock.now())
            messages.success(request, _("The dossier is open."))
            return go(request, "documents:dossier", made.pk)
    context = {"form": form, "crumbs": [dossier_crumb()]}
    return page(request, "documents/dossier_form.html", context, part="form", status=422 if form.errors else 200)


def _first(paper: Document | None, on: date) -> dict[str, Any]:
    if paper is None:
        return {"opened_on": on}
    proposed = proposed_retention([paper.doc_type], on, paper.owner.path or "")
    return {"opened_on": on, "title": paper.title[:500], "retention": proposed}


@require_http_methods(["GET", "POST"])
def dossier_change(request: HttpRequest, pk: int) -> HttpResponse:
    account, on = account_of(request), clock.today()
    found = _held(account, pk, on)
    classes = retention_classes(found.opened_on, found.unit.path or "")
    form = DossierForm(request.POST or None, units=(), classes=classes, initial=initial_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_dossier(pk, form.described(), by=account, at=clock.now())
        except ValidationError as fault:
            show(form, fault)
        else:
            messages.success(request, _("Stored."))
            return go(request, "documents:dossier", pk)
    context = {"form": form, "dossier": found, "crumbs": [dossier_crumb()]}
    return page(request, "documents/dossier_form.html", context, part="form", status=422 if form.errors else 200)


@require_POST
def dossier_close(request: HttpRequest, pk: int) -> HttpResponse:
    account, on = account_of(request), clock.today()
    found = _held(account, pk, on)
    form = CloseForm(request.POST)
    if form.is_valid():
        try:
            actions.close_dossier(pk, **form.cleaned_data, by=account, at=clock.now())
        except ValidationError as fault:
            show(form, fault)
        else:
            messages.success(request, _("The dossier is closed."))
            return go(request, "documents:dossier", pk)
    context = {"dossier": found, "form": form, "crumbs": [dossier_crumb()]}
    return page(request, "documents/dossier_close.html", context, status=422)


@require_POST
def dossier_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    account, on = account_of(request), clock.today()
    _held(account, pk, on, rules_dossiers.can_reopen_dossier)
    actions.reopen_dossier(pk, by=account, at=clock.now())
    messages.success(request, _("The dossier is open."))
    return go(request, "documents:dossier", pk)


@require_POST
def dossier_put(request: HttpRequest, pk: int, document: int) -> HttpResponse:
    account, on = account_of(request), clock.today()
    _held(account, pk, on)
    actions.put_document(pk, seen(account, document, on), by=account, at=clock.now())
    messages.success(request, _("The document lies in the dossier."))
    return go(request, "documents:dossier", pk)


@require_POST
def dossier_take_out(request: HttpRequest, pk: int) -> HttpResponse:
    """`pk` is the place of the document in the dossier."""
    account, on = account_of(request), clock.today()
    place = get_object_or_404(DossierDocument, pk=pk, taken_out_at=None)
    _held(account, place.dossier_id, on)
    actions.take_out_document(pk, by=account, at=clock.now())
    messages.success(request, _("The document was taken out of the dossier; it stays in the register."))
    return go(request, "documents:dossier", place.dossier_id)


@require_http_methods(["GET", "POST"])
def into_dossier(request: HttpRequest, pk: int) -> HttpResponse:
    """A document goes into one of the open dossiers that the person keeps."""
    account, on = account_of(request), clock.today()
    document = seen(account, pk, on)
    units = rules_dossiers.keeping_units(account, on)
    if not units:
        raise Http404
    rows = rules_dossiers.visible_dossiers(account, on).filter(unit__in=units, closed_on=None)
    choices = list(rows.exclude(places__in=document.places.filter(taken_out_at=None)).order_by("code")[:200])
    form = IntoDossierForm(request.POST or None, dossiers=choices)
    if request.method == "POST" and form.is_valid():
        chosen = int(form.cleaned_data["dossier"])
        actions.put_document(chosen, document, by=account, at=clock.now())
        messages.success(request, _("The document lies in the dossier."))
        return go(request, "documents:dossier", chosen)
    inside = rules_dossiers.visible_dossiers(account, on).filter(places__in=document.places.filter(taken_out_at=None))
    context = {"form": form, "document": document, "choices": choices, "inside": inside, "crumbs": crumbs(document)}
    return page(request, "documents/into_dossier.html", context, status=422 if form.errors else 200)
