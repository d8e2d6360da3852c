"""The books of a unit: their lines in a period, missing numbers, numbers kept."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from trienkhai.common import clock, slots
from trienkhai.common.htmx import go, page
from trienkhai.documents import actions, rules
from trienkhai.documents.forms_books import BOOKS, BookFilter, GapForm, ReasonForm
from trienkhai.documents.models import Book, RegisterEntry, Series
from trienkhai.documents.queries.books import BOOK_SLUGS, books_in_sight, lines_of, open_documents, series_of
from trienkhai.documents.queries.numbering import gaps_of_book, misses_term
from trienkhai.documents.queries.urgency import UrgentClock, urgent_clocks
from trienkhai.documents.views.pages import list_crumb, show
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of

PAGE, WHOLE = 50, 1000
TITLES = {
    Book.IN: gettext_lazy("Book of incoming documents"),
    Book.OUT: gettext_lazy("Book of outgoing documents"),
    Book.INTERNAL: gettext_lazy("Book of internal documents"),
}


@dataclass(frozen=True)
class BookLine:
    """A line with the clock of an urgent paper, whether its day has passed, and whether the person may open it."""

    entry: RegisterEntry
    clock: UrgentClock | None
    overdue: bool
    opens: bool


def slug_of(book: str) -> str:
    return next(slug for slug, name in BOOK_SLUGS.items() if name == book)


def book_url(unit: Unit, book: str) -> str:
    return reverse("documents:book", args=[unit.pk, slug_of(book)])


def book_crumbs(unit: Unit, book: str) -> list[dict[str, str]]:
    title = f"{TITLES[Book(book)]}, {unit.short_name}"
    return [list_crumb(), {"label": title, "url": book_url(unit, book)}]


@require_GET
def books(request: HttpRequest) -> HttpResponse:
    """The units whose books the person reads; of a single one the incoming book at once."""
    units = books_in_sight(account_of(request), clock.today())
    if not units:
        raise Http404
    rows = [(unit, [(label, book_url(unit, book)) for book, label in BOOKS]) for unit in units]
    return page(request, "documents/books.html", {"rows": rows, "crumbs": [list_crumb()]})


@require_GET
def book(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """One book in a period, as the paper one reads; `in` gives the whole period on one page, for printing."""
    account, on = account_of(request), clock.today()
    unit = get_object_or_404(rules.visible_books(account, on).select_related("present"), pk=pk)
    name = BOOK_SLUGS.get(slug)
    if name is None:
        raise Http404
    runs = series_of(unit, name)
    form = BookFilter(request.GET, series=runs, on=on, handled=name != Book.OUT)
    wanted = form.wanted()
    rows = lines_of(account, unit, name, wanted, on)
    whole = bool(request.GET.get("in"))
    entries, pager = _paged(rows, request.GET.get("page", ""), WHOLE if whole else PAGE)
    keeps = rules.can_register(account, unit, on)
    context = {
        "unit": unit,
        "book": str(name),
        "title": TITLES[name],
        "tabs": [(label, book_url(unit, other), other == name) for other, label in BOOKS],
        "form": form,
        "wanted": wanted,
        "lines": _lines(account, entries, on),
        "gaps": gaps_of_book(unit, name) if keeps else [],
        "runs": runs if keeps else [],
        "keeps": keeps,
        "misses_term": keeps and misses_term(unit, name, on),
        "whole": whole,
        "parts": slots.parts("documents.book.actions", request, (unit, slug)),
        "crumbs": [list_crumb()],
        **pager,
    }
    return page(request, "documents/book.html", context, part="lines")


def _lines(account: Account, entries: list[RegisterEntry], on: date) -> list[BookLine]:
    clocks, opens = urgent_clocks(entries, clock.now()), open_documents(account, entries, on)
    return [
        BookLine(entry, clocks.get(entry.pk), _is_overdue(entry, on), entry.document_id in opens) for entry in entries
    ]


def _is_overdue(entry: RegisterEntry, on: date) -> bool:
    return bool(entry.due_on and entry.due_on < on and not entry.handled_at and not entry.cancelled_at)


def _paged(rows: QuerySet[RegisterEntry], asked: str, size: int) -> tuple[list[RegisterEntry], dict[str, Any]]:
    """The lines of one page and what the pager needs; the last page unless one is asked for, as a book is opened."""
    count = rows.count()
    pages = max(1, -(-count // size))
    number = min(max(int(asked), 1), pages) if asked.isdecimal() and len(asked) < 7 else pages
    start = (number - 1) * size
    shown = list(rows[start : start + size])
    return shown, {
        "number": number,
        "has_previous": number > 1,
        "has_next": number < pages,
        "first": start + 1 if shown else 0,
        "last": start + len(shown),
        "count": count,
    }


def _kept_series(request: HttpRequest, pk: int, on: date) -> Series:
    """A run of numbers that the person keeps; 404 for everyone else."""
    series = get_object_or_404(Series.objects.select_related("unit__present", "term"), pk=pk)
    if not rules.can_explain(account_of(request), series.unit, on):
        raise Http404
    return series


@require_http_methods(["GET", "POST"])
def gap(request: HttpRequest, pk: int) -> HttpResponse:
    """Account for missing numbers of a run; `tu`, `den`: the first and last of them."""
    account, on = account_of(request), clock.today()
    series = _kept_series(request, pk, on)
    asked = {"first": request.GET.get("tu", ""), "last": request.GET.get("den", "")}
    form = GapForm(request.POST or None, initial=asked)
    if request.method == "POST" and form.is_valid():
        try:
            actions.explain_gap(series.pk, **form.cleaned_data, by=account, at=clock.now())
        except ValidationError as fault:
            show(form, fault)
        else:
            messages.success(request, _("Stored."))
            return go(request, book_url(series.unit, series.book))
    return _form_page(request, series, form, _("Account for missing numbers"), _("Store"))


@require_http_methods(["GET", "POST"])
def reserve(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the next number of a run for a paper to come."""
    account, on = account_of(request), clock.today()
    series = _kept_series(request, pk, on)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            entry = actions.reserve_number(series.pk, reason=form.cleaned_data["reason"], by=account, at=clock.now())
        except ValidationError as fault:
            show(form, fault)
        else:
            messages.success(request, _("Number %(number)s is kept.") % {"number": entry.number_shown})
            return go(request, book_url(series.unit, series.book))
    title = _("Keep number %(number)s") % {"number": f"{series.last + 1:02d}"}
    return _form_page(request, series, form, title, _("Keep the number"))


def _form_page(request: HttpRequest, series: Series, form: Any, title: str, label: str) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "label": label,
        "lead": f"{TITLES[Book(series.book)]} · {series} · {series.unit.name}",
        "back": book_url(series.unit, series.book),
        "crumbs": book_crumbs(series.unit, series.book),
    }
    return page(request, "documents/line_form.html", context, part="form", status=422 if form.errors else 200)
