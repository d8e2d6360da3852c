"""Reading a document, and opening its files."""

from datetime import date
from typing import Any

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from trienkhai.common import clock, slots
from trienkhai.common.htmx import page
from trienkhai.documents import queries, rules, rules_dossiers
from trienkhai.documents.models import Document, DocumentText, FileKind, StoredFile
from trienkhai.documents.queries.books import further_books
from trienkhai.documents.queries.scans import scan_remarks
from trienkhai.documents.views.pages import list_crumb, seen
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A document clause by clause, beside each how far it is carried out."""
    account, on = account_of(request), clock.today()
    document = seen(account, pk, on)
    texts = list(document.texts.order_by("-version").values_list("version", flat=True))
    files = list(document.files.select_related("file").prefetch_related("file__signatures").order_by("version"))
    text = queries.text_version(document, request.GET.get("ban", ""))
    entries, elsewhere = queries.entries_of(document, account, on)
    cited, citing = queries.citations_of(document, account, on)
    context = {
        "document": document,
        "force": queries.force_of([document], on)[document.pk],
        "version": text.version if text else 0,
        "newest": texts[0] if texts else 0,
        "body": queries.pieces_of(text) if text else [],
        "progress": queries.carried_over(_progress(request, document), text),
        "warnings": [*scan_remarks(document, text), *(_warnings(text) if text else [])],
        "files": [row.file for row in files],
        "main_file": next((row.file for row in reversed(files) if row.kind != FileKind.ATTACHMENT), None),
        "entries": entries,
        "elsewhere": elsewhere,
        "cited": cited,
        "citing": citing,
        "may_correct": rules.can_correct(account, document, on),
        "may_publish": rules.can_publish(account, document, on),
        "keeps_dossiers": rules_dossiers.keeping_units(account, on),
        "may_quarantine": rules.can_quarantine(account, document, on),
        "may_withdraw": rules.can_withdraw(account, document, on),
        "may_enter": _may_enter(account, document, on),
        "books": set(
            rules.visible_books(account, on).filter(register_entries__in=entries).values_list("pk", flat=True)
        ),
        "parts": slots.parts("documents.detail.actions", request, document),
        "crumbs": [list_crumb()],
    }
    return page(request, "documents/detail.html", context)


def _may_enter(account: Account, document: Document, on: date) -> bool:
    """Is there a unit for which the person registers, that sees the document and has not entered it?"""
    units = further_books(document, rules.registering_units(account, on))
    return bool(units) and rules.units_see(units, document, on)


def _progress(request: HttpRequest, document: Document) -> dict[int, Any]:
    """Clause id → how much work came from it (`all`), how much of it is `done` and `overdue`, as later areas say."""
    found: dict[int, Any] = {}
    for part in slots.parts("documents.detail.side", request, document):
        found |= part
    return found


def _warnings(text: DocumentText) -> list[str]:
    remarks = [(row["sentence"], row.get("params") or {}) for row in text.warnings]
    return [_(words) % params for words, params in remarks]


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
