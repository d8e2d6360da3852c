"""A unit's book as a file: taken out, an old one tried and brought in."""

import io
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.common.verdict import Refused
from trienkhai.documents.models import Book
from trienkhai.documents.queries.books import BOOK_SLUGS, Page
from trienkhai.documents.rules import can_register, visible_books
from trienkhai.exchange import actions, queries
from trienkhai.exchange.columns import SHEETS
from trienkhai.exchange.files import read_tables
from trienkhai.exchange.forms import ImportForm
from trienkhai.exchange.planning.books import plan_book
from trienkhai.exchange.planning.summary import faults
from trienkhai.exchange.views.waiting_file import download, forget, keep, kept, kept_path
from trienkhai.exchange.writing import write_csv, write_marked, write_xlsx
from trienkhai.orgs.models import Unit
from trienkhai.people.requests import account_of


def _book(request: HttpRequest, pk: int, slug: str) -> tuple[Unit, str]:
    """The unit and the book, for those who read it; 404 for all others."""
    if slug not in BOOK_SLUGS:
        raise Http404
    rows = visible_books(account_of(request), clock.today()).select_related("present")
    return get_object_or_404(rows, pk=pk), BOOK_SLUGS[slug]


def _purpose(unit: Unit, book: str) -> str:
    return f"book-{unit.pk}-{book}"


def _show(request: HttpRequest, unit: Unit, book: str, slug: str, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "unit": unit,
        "slug": slug,
        "title": _title(book),
        "form": ImportForm(),
        "can_import": can_register(account_of(request), unit, clock.today()),
        "crumbs": [
            {"label": f"{_title(book)}, {unit.short_name}", "url": reverse("documents:book", args=[unit.pk, slug])}
        ],
        **more,
    }
    return page(request, "exchange/book.html", context, status=status)


def _title(book: str) -> str:
    return {
        Book.IN: _("Incoming book"),
        Book.OUT: _("Outgoing book"),
        Book.INTERNAL: _("Internal book"),
    }[Book(book)]


@require_GET
def book(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Download of a book, and upload of an old one."""
    unit, name = _book(request, pk, slug)
    return _show(request, unit, name, slug)


@require_GET
def book_xlsx(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """The whole book as a workbook with the official columns."""
    unit, name = _book(request, pk, slug)
    on, target = clock.today(), io.BytesIO()
    write_xlsx(target, {name: queries.book_rows(account_of(request), unit, name, Page(), on)}, on)
    return download(target.getvalue(), f"so-van-ban-{slug}-{unit.code}.xlsx")


@require_GET
def book_csv(request: HttpRequest, pk: int, slug: str) -> StreamingHttpResponse:
    """The whole book as CSV, streamed."""
    unit, name = _book(request, pk, slug)
    on = clock.today()
    rows = queries.book_rows(account_of(request), unit, name, Page(), on)
    response = StreamingHttpResponse(write_csv(name, rows, on), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"so-van-ban-{slug}-{unit.code}.csv")
    return response


@require_POST
def book_try(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Dry run of an old book: what would be entered, and what is wrong in which row. Nothing is stored."""
    unit, name = _book(request, pk, slug)
    can_register(account_of(request), unit, clock.today()).require()
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, unit, name, slug, 422, form=form)
    upload = form.cleaned_data["file"]
    try:
        tables = read_tables(upload, upload.name, clock.today(), (name,))
        plan = plan_book(tables[name], unit, name, clock.today())
    except ValidationError as fault:
        form.add_error("file", fault)
        return _show(request, unit, name, slug, 422, form=form)
    keep(request, upload, _purpose(unit, name))
    wrong = faults(plan.wrong, plan.tables)
    return _show(request, unit, name, slug, 422 if wrong else 200, plan=plan, wrong=wrong, name=upload.name)


@require_GET
def book_marked(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """The file that was tried, with what is wrong written in its own rows."""
    unit, name = _book(request, pk, slug)
    can_register(account_of(request), unit, clock.today()).require()
    path, target = kept_path(request, _purpose(unit, name)), io.BytesIO()
    with path.open("rb") as source:
        tables = read_tables(source, path.name, clock.today(), (name,))
        plan_book(tables[name], unit, name, clock.today())
        write_marked(target, tables, source, path.name)
    return download(target.getvalue(), f"so-van-ban-{slug}-{unit.code}-loi.xlsx")


@require_POST
def book_import(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Enter the rows of the file that was tried."""
    unit, name = _book(request, pk, slug)
    can_register(account_of(request), unit, clock.today()).require()
    table = kept(request, _purpose(unit, name), (name,))[name]
    declared = request.POST.get("not_secret") == "on"
    try:
        plan = actions.import_book(table, unit, name, not_secret=declared, by=account_of(request), at=clock.now())
    except ValidationError as fault:
        raise Refused(" ".join(fault.messages)) from fault
    forget(request)
    told = ngettext("%(n)d line entered in “%(book)s”.", "%(n)d lines entered in “%(book)s”.", len(plan.new))
    messages.success(request, told % {"n": len(plan.new), "book": SHEETS[name][0]})
    return go(request, "exchange:book", unit.pk, slug)
