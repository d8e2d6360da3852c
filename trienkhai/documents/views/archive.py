"""Dossiers whose time has come are handed over to the archive: the list on the page, on paper and as a file."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.documents.actions.dossiers import hand_over as hand_over_dossiers
from trienkhai.documents.forms_dossiers import HandOverForm
from trienkhai.documents.models import Dossier
from trienkhai.documents.queries.dossiers import described_dossiers, handover_months, to_hand_over, with_words
from trienkhai.documents.rules import registering_units
from trienkhai.documents.views.dossiers import dossier_crumb
from trienkhai.documents.views.pages import show
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _unit(request: HttpRequest, account: Account, on: date) -> tuple[Unit, list[Unit]]:
    """The unit asked for by `donvi` among those for which the person may hand over, else the first of them."""
    units = registering_units(account, on)
    if not units:
        raise Http404
    asked = {str(unit.pk): unit for unit in units}.get(request.GET.get("donvi", ""))
    return asked or units[0], units


@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest) -> HttpResponse:
    """What is due, and what was handed over before; printed it is the list that goes with the boxes."""
    account, on = account_of(request), clock.today()
    unit, units = _unit(request, account, on)
    due = with_words(to_hand_over(unit, on))
    form = HandOverForm(request.POST if request.method == "POST" else None, due=due, today=on)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            chosen = [int(pk) for pk in values["dossiers"]]
            count = hand_over_dossiers(unit, chosen, on=values["on"], to=values["to"], by=account, at=clock.now())
        except ValidationError as fault:
            show(form, fault)
        else:
            messages.success(request, _("%(n)s dossiers are marked as handed over.") % {"n": count})
            return go(request, f"{request.path}?donvi={unit.pk}")
    done = described_dossiers(Dossier.objects.filter(unit=unit, handed_over_on__isnull=False))
    context = {
        "months": handover_months(unit, on),
        "unit": unit,
        "units": units,
        "due": due,
        "done": with_words(done.order_by("-handed_over_on", "code")[:200]),
        "form": form,
        "on": on,
        "crumbs": [dossier_crumb()],
    }
    return page(request, "documents/hand_over.html", context, status=422 if form.errors else 200)


@require_GET
def hand_over_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The list that is due as a CSV file, UTF-8 with a byte order mark."""
    account, on = account_of(request), clock.today()
    unit, _units = _unit(request, account, on)
    response = StreamingHttpResponse(_lines(with_words(to_hand_over(unit, on))), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"muc-luc-nop-luu-{unit.code}.csv")
    return response


def _lines(rows: list[Dossier]) -> Iterator[str]:
    headings = (
        pgettext("order", "No."),
        _("Number and symbol of the dossier"),
        pgettext("dossier", "Title"),
        _("From the day"),
        _("To the day"),
        _("Kept for"),
        _("Documents"),
        _("Closed on"),
    )
    yield "\ufeff" + _line(headings)
    for number, row in enumerate(rows, start=1):
        described: Any = row
        yield _line(
            (number, row.code, row.title, _day(described.first_on), _day(described.last_on), described.kept,
             described.papers, _day(row.closed_on))
        )  # fmt: skip


def _line(cells: tuple[Any, ...]) -> str:
    """One line; a text that a spreadsheet would take for a formula is marked as text."""
    buffer = io.StringIO()
    csv.writer(buffer).writerow([f"'{cell}" if str(cell).startswith(FORMULA) else cell for cell in cells])
    return buffer.getvalue()


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
