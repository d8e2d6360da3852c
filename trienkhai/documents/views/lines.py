"""One line of a book: what it says, what became of it, and what those who keep the book change."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.documents import actions, rules
from trienkhai.documents.forms_books import EnterForm, LineForm, ReasonForm
from trienkhai.documents.models import Book, RegisterEntry
from trienkhai.documents.queries.books import further_books, open_documents
from trienkhai.documents.queries.slips import slips_of
from trienkhai.documents.queries.urgency import urgent_clocks
from trienkhai.documents.views.books import TITLES, book_crumbs
from trienkhai.documents.views.pages import crumbs, held, list_crumb, seen, show
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of


def seen_entry(account: Account, pk: int, on: date) -> RegisterEntry:
    rows = rules.visible_entries(account, on).select_related(
        "document", "unit__present", "series__term", "entered_by", "cancelled_by"
    )
    return get_object_or_404(rows, pk=pk)


def line_crumbs(entry: RegisterEntry) -> list[dict[str, str]]:
    label = _("No. %(number)s") % {"number": entry.number_shown}
    return [
        *book_crumbs(entry.unit, entry.book),
        {"label": label, "url": reverse("documents:entry", args=[entry.pk])},
    ]


@require_GET
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """A line with its slips in their order."""
    account, on = account_of(request), clock.today()
    line = seen_entry(account, pk, on)
    context = {
        "entry": line,
        "title": TITLES[Book(line.book)],
        "clock": urgent_clocks([line], clock.now()).get(line.pk),
        "opens": line.document_id in open_documents(account, [line], on),
        "slips": slips_of(line),
        "may_edit": rules.can_edit_entry(account, line, on),
        "may_finish": rules.can_handle(account, line, on),
        "may_cancel": rules.can_cancel(account, line, on),
        "may_hand_over": rules.can_hand_over(account, line, on),
        "overdue": bool(line.due_on and line.due_on < on and not line.handled_at),
        "crumbs": book_crumbs(line.unit, line.book),
    }
    return page(request, "documents/entry.html", context)


@require_http_methods(["GET", "POST"])
def entry_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The columns of a line that the document does not say."""
    account, on = account_of(request), clock.today()
    line = seen_entry(account, pk, on)
    if not rules.can_edit_entry(account, line, on):
        raise Http404
    initial = {name: getattr(line, name) for name in LineForm.base_fields}
    form = LineForm(request.POST or None, initial=initial, entry=line)

    def work(values: dict[str, Any]) -> None:
        actions.change_entry(pk, values, by=account, at=clock.now())

    return _answer(request, line, form, work, title=_("Change the line"), label=_("Store"))


@require_http_methods(["GET", "POST"])
def entry_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a number, with the reason; the line stays."""
    account, on = account_of(request), clock.today()
    line = seen_entry(account, pk, on)
    if not rules.can_register(account, line.unit, on):
        raise Http404
    rules.can_cancel(account, line, on).require()
    form = ReasonForm(request.POST or None)

    def work(values: dict[str, Any]) -> None:
        actions.cancel_entry(pk, reason=values["reason"], by=account, at=clock.now())

    title = _("Cancel number %(number)s") % {"number": line.number_shown}
    return _answer(request, line, form, work, title=title, label=_("Cancel the number"))


def _answer(
    request: HttpRequest,
    line: RegisterEntry,
    form: forms.Form,
    work: Callable[[dict[str, Any]], None],
    *,
    title: str,
    label: str,
) -> HttpResponse:
    """Do the work when the form is right and go back to the line; else the form again with what is wrong."""
    if request.method == "POST" and form.is_valid():
        try:
            work(form.cleaned_data)
        except ValidationError as fault:
            show(form, fault)
        else:
            messages.success(request, _("Stored."))
            return go(request, "documents:entry", line.pk)
    context = {
        "form": form,
        "title": title,
        "label": label,
        "lead": f"{line.number_shown} · {line.document or line.reason}",
        "back": reverse("documents:entry", args=[line.pk]),
        "crumbs": line_crumbs(line),
    }
    return page(request, "documents/line_form.html", context, part="form", status=422 if form.errors else 200)


@require_POST
def entry_mark(request: HttpRequest, pk: int, mark: str) -> HttpResponse:
    """Sent on (`chuyen`), or handled (`xong`)."""
    account, on = account_of(request), clock.today()
    line = seen_entry(account, pk, on)
    name = {"chuyen": "handed_over", "xong": "handled"}.get(mark)
    if name is None or not rules.can_register(account, line.unit, on):
        raise Http404
    try:
        actions.mark_entry(pk, name, by=account, at=clock.now())
    except ValidationError as fault:
        messages.error(request, " ".join(fault.messages))
    else:
        messages.success(request, _("Stored."))
    return go(request, "documents:entry", pk)


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a document that is here into the book of a further unit."""
    account, on = account_of(request), clock.today()
    document = seen(account, pk, on)
    units = further_books(document, rules.registering_units(account, on))
    units = [unit for unit in units if rules.can_enter(account, document, unit, Book.IN, on)]
    if not units:
        raise Http404
    form = EnterForm(request.POST or None, units=units, initial={"arrived_on": on, "unit": units[0].pk})
    if request.method == "POST" and form.is_valid():
        unit, given = form.chosen_unit(), form.cleaned_data
        try:
            line = actions.enter_document(pk, unit, given["book"], form.line(), by=account, at=clock.now())
        except ValidationError as fault:
            show(form, fault)
        else:
            messages.success(request, _("Entered under number %(number)s.") % {"number": line.number_shown})
            return go(request, "documents:entry", line.pk)
    context = {
        "form": form,
        "title": _("Enter in the book"),
        "label": _("Enter"),
        "lead": f"{document} · {document.title}",
        "back": reverse("documents:detail", args=[pk]),
        "crumbs": crumbs(document),
    }
    return page(request, "documents/line_form.html", context, part="form", status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that a document was withdrawn; it stays, struck."""
    account, on = account_of(request), clock.today()
    document = held(account, pk, on, rules.can_withdraw)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_document(pk, reason=form.cleaned_data["reason"], by=account, at=clock.now())
        except ValidationError as fault:
            show(form, fault)
        else:
            messages.success(request, _("The document is marked withdrawn; nothing was deleted."))
            return go(request, "documents:detail", pk)
    context = {
        "form": form,
        "title": _("Withdraw the document"),
        "label": _("Withdraw"),
        "lead": f"{document} · {document.title}",
        "back": reverse("documents:detail", args=[pk]),
        "crumbs": [list_crumb(), *crumbs(document)[1:]],
    }
    return page(request, "documents/line_form.html", context, part="form", status=422 if form.errors else 200)
