"""The list of documents, receiving one, reading one, and what its holder changes."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from trienkhai.common import clock, slots
from trienkhai.common.htmx import go, page
from trienkhai.common.verdict import Verdict
from trienkhai.documents import actions, queries, rules
from trienkhai.documents.forms import CorrectForm, DocumentFilter, PublishForm, UploadForm
from trienkhai.documents.models import Document, DocumentText, StoredFile
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of

PAGE = 50


@require_GET
def documents(request: HttpRequest) -> HttpResponse:
    """Documents within sight, newest first, fifty a page."""
    account, on = account_of(request), clock.today()
    visible = rules.visible_documents(account, on)
    own = queries.own_units(account, on)
    types, years = queries.types_and_years(visible)
    form = DocumentFilter(request.GET, types=types, years=years)
    wanted = form.wanted()
    rows = queries.narrowed(visible, wanted, own)
    context = {
        "form": form,
        "filtered": bool(wanted.words or wanted.doc_type or wanted.year or wanted.book),
        "can_upload": bool(rules.registering_units(account, on)),
        **_page_of(queries.newest_first(rows, own), request.GET.get("page", ""), queries.count_up_to(rows)),
    }
    return page(request, "documents/list.html", context, part="documents")


def _page_of(rows: Any, asked: str, count: int) -> dict[str, Any]:
    """The rows of one page, and what the pager needs; a page that is not there shows the first."""
    number = int(asked) if asked.isdecimal() and len(asked) < 7 else 1
    start = (max(number, 1) - 1) * PAGE
    found = list(rows[start : start + PAGE + 1])
    if not found and start:
        return _page_of(rows, "1", count)
    return {
        "rows": found[:PAGE],
        "number": start // PAGE + 1,
        "has_previous": start > 0,
        "has_next": len(found) > PAGE,
        "first": start + 1,
        "last": start + len(found[:PAGE]),
        "count": count,
        "many": queries.MANY,
    }


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Receive a document for one of one's units: a file or pasted text. Every fault stands at its field."""
    account, on = account_of(request), clock.today()
    units = rules.registering_units(account, on)
    if not units:
        raise Http404
    posted = request.method == "POST"
    form = UploadForm(request.POST, request.FILES, units=units) if posted else UploadForm(units=units)
    if posted and form.is_valid():
        try:
            document = _register(form, account)
        except ValidationError as fault:
            _show(form, fault, form.content_field)
        else:
            messages.success(request, _("The document is registered. Look through what the machine read."))
            return go(request, "documents:detail", document.pk)
    context = {"form": form, "crumbs": [_list_crumb()]}
    return page(request, "documents/upload.html", context, part="form", status=422 if form.errors else 200)


def _register(form: UploadForm, account: Account) -> Document:
    values = form.cleaned_data
    given = values.get("file")
    return actions.register_document(
        form.chosen_unit(),
        given,
        name=given.name if given else "",
        text="" if given else values["text"],
        not_secret=values["not_secret"],
        book=values["book"],
        sending=values.get("sending"),
        by=account,
        at=clock.now(),
    )


def _show(form: forms.Form | forms.ModelForm, fault: ValidationError, field: str | None = None) -> None:
    """The action's sentences at their fields; one without a field at `field`."""
    if not hasattr(fault, "error_dict"):
        form.add_error(field, fault)
        return
    for name, sentences in fault.message_dict.items():
        form.add_error(name if name in form.fields else field, sentences)


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A document clause by clause, beside each how far it is carried out."""
    account, on = account_of(request), clock.today()
    document = _seen(account, pk, on)
    text = queries.current_text(document)
    entries, elsewhere = queries.entries_of(document, account, on)
    cited, citing = queries.citations_of(document, account, on)
    context = {
        "document": document,
        "body": queries.pieces_of(text) if text else [],
        "progress": _progress(request, document),
        "warnings": _warnings(text) if text else [],
        "files": [row.file for row in document.files.select_related("file").order_by("pk")],
        "entries": entries,
        "elsewhere": elsewhere,
        "cited": cited,
        "citing": citing,
        "may_correct": rules.can_correct(account, document, on),
        "may_publish": rules.can_publish(account, document, on),
        "may_quarantine": rules.can_quarantine(account, document, on),
        "parts": slots.parts("documents.detail.actions", request, document),
        "crumbs": [_list_crumb()],
    }
    return page(request, "documents/detail.html", context)


def _progress(request: HttpRequest, document: Document) -> dict[int, Any]:
    """Clause id → how much work came from it (`all`), how much of it is `done` and `overdue`, as later areas say."""
    found: dict[int, Any] = {}
    for part in slots.parts("documents.detail.side", request, document):
        found |= part
    return found


def _warnings(text: DocumentText) -> list[str]:
    remarks = [(row["sentence"], row.get("params") or {}) for row in text.warnings]
    return [_(words) % params for words, params in remarks]


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Better values for the header than the machine read."""
    account, on = account_of(request), clock.today()
    document = _held(account, pk, on, rules.can_correct)
    text = queries.current_text(document)
    form = CorrectForm(request.POST or None, instance=document, read=queries.header_read(text))
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct_document(pk, form.cleaned_data, by=account, at=clock.now())
        except ValidationError as fault:
            _show(form, fault)
        else:
            messages.success(request, _("Stored."))
            return go(request, "documents:detail", pk)
    context = {"form": form, "document": document, "crumbs": _crumbs(document)}
    return page(request, "documents/correct.html", context, part="form", status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Who else may read it."""
    account, on = account_of(request), clock.today()
    document = _held(account, pk, on, rules.can_publish)
    form = PublishForm(request.POST or None, initial={"published": document.published})
    if request.method == "POST" and form.is_valid():
        actions.publish_document(pk, form.cleaned_data["published"], by=account, at=clock.now())
        messages.success(request, _("Stored."))
        return go(request, "documents:detail", pk)
    context = {"form": form, "document": document, "crumbs": _crumbs(document)}
    return page(request, "documents/publish.html", context, part="form", status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def quarantine(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, say whom to inform, then remove everything of it."""
    account, on = account_of(request), clock.today()
    document = _held(account, pk, on, rules.can_quarantine)
    if request.method == "POST":
        actions.quarantine_document(pk, by=account, at=clock.now())
        messages.success(request, _("The document was removed. Now inform those concerned, and deal with the backups."))
        return go(request, "documents:list")
    entries, elsewhere = queries.entries_of(document, account, on)
    context = {"document": document, "registers": len(entries) + elsewhere, "crumbs": _crumbs(document)}
    return page(request, "documents/quarantine.html", context)


@require_GET
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file as it was received, always as a download."""
    stored = get_object_or_404(StoredFile, pk=pk)
    if not rules.can_open_file(account_of(request), stored, clock.today()):
        raise Http404
    try:
        content = default_storage.open(stored.path)
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(content, as_attachment=True, filename=stored.name, content_type=stored.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _seen(account: Account, pk: int, on: date) -> Document:
    rows = rules.visible_documents(account, on).select_related("owner__present", "issuer__present", "declared_by")
    return get_object_or_404(rows, pk=pk)


def _held(account: Account, pk: int, on: date, rule: Any) -> Document:
    """A document that the person may change; 404 for everyone else, so that nobody meets a form that only says no."""
    document = _seen(account, pk, on)
    verdict: Verdict = rule(account, document, on)
    if not verdict:
        raise Http404
    return document


def _list_crumb() -> dict[str, str]:
    return {"label": _("Documents"), "url": reverse("documents:list")}


def _crumbs(document: Document) -> list[dict[str, str]]:
    return [_list_crumb(), {"label": str(document), "url": reverse("documents:detail", args=[document.pk])}]
