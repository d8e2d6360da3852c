"""A file looked at in the page, beside the text that was read from it."""

from pathlib import PurePath
from typing import IO, cast

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from trienkhai.common import clock
from trienkhai.common.htmx import page
from trienkhai.documents import rules
from trienkhai.documents.models import DocumentFile, StoredFile
from trienkhai.documents.preview.pages import page_count, page_image
from trienkhai.documents.preview.word import word_as_html
from trienkhai.documents.reader.refusals import Unreadable
from trienkhai.documents.views.pages import crumbs
from trienkhai.people.requests import account_of

SANDBOX = "sandbox; default-src 'none'; style-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"


def _open_file(request: HttpRequest, pk: int) -> StoredFile:
    """A file of a document that the person sees; 404 for every other."""
    stored = get_object_or_404(StoredFile, pk=pk)
    if not stored.can_preview or not rules.can_open_file(account_of(request), stored, clock.today()):
        raise Http404
    return stored


@require_GET
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The file at the left, page by page or whole, and what the reader read of it at the right."""
    account, on = account_of(request), clock.today()
    stored = _open_file(request, pk)
    visible = rules.visible_documents(account, on)
    rows = DocumentFile.objects.filter(file=stored, document__in=visible)
    row = rows.select_related("document", "text").order_by("pk")[0]
    pages, fault = _pages(stored)
    asked = request.GET.get("trang", "")
    number = min(max(int(asked), 1), max(pages, 1)) if asked.isdecimal() and len(asked) < 6 else 1
    context = {
        "document": row.document,
        "row": row,
        "file": stored,
        "text": row.text,
        "pages": pages,
        "number": number,
        "fault": fault,
        "crumbs": crumbs(row.document),
    }
    return page(request, "documents/preview.html", context)


def _pages(stored: StoredFile) -> tuple[int, str]:
    """How many pages a PDF has (0: not a PDF), or why it cannot be shown."""
    try:
        if PurePath(stored.name).suffix.lower() == ".pdf":
            return page_count(stored), ""
        if not default_storage.exists(stored.path):
            raise FileNotFoundError
    except Unreadable as fault:
        return 0, _(fault.sentence) % fault.params
    except FileNotFoundError:
        return 0, _("The file is not where it was stored.")
    return 0, ""


@require_GET
def preview_page(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """One page of a PDF as a picture."""
    stored = _open_file(request, pk)
    try:
        path = page_image(stored, number)
        content = path.open("rb")
    except (Unreadable, IndexError, FileNotFoundError):
        raise Http404 from None
    return _guarded(FileResponse(content, content_type="image/png"))


@require_GET
def preview_word(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A Word document as a page of its own that may run nothing and load nothing but its style."""
    stored = _open_file(request, pk)
    try:
        with default_storage.open(stored.path) as content:
            shown = word_as_html(cast(IO[bytes], content))
    except (Unreadable, FileNotFoundError):
        raise Http404 from None
    return _guarded(render(request, "documents/preview_word.html", {"page": shown, "name": stored.name}))


def _guarded(response: HttpResponseBase) -> HttpResponseBase:
    response["Content-Security-Policy"] = SANDBOX
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
