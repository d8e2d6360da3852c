"""Gửi xuống: the form, and the page on which the sender sees how far it has come."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.dissemination import actions, rules
from trienkhai.dissemination.forms import SendForm
from trienkhai.dissemination.models import Reopens, Sending
from trienkhai.dissemination.queries import sending as queries
from trienkhai.dissemination.views.pages import branch_crumbs, document_crumb, document_of, number_asked, paged, show
from trienkhai.documents.models import Document
from trienkhai.orgs.choosing import SelectionForm, all_in_words, counts_of
from trienkhai.orgs.models import Unit
from trienkhai.orgs.places import Places, asked_places, switch
from trienkhai.people.requests import account_of


@require_http_methods(["GET", "POST"])
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose who gets the document, count them, send it to all in one act."""
    account, on = account_of(request), clock.today()
    document = document_of(request, pk)
    units = [unit for unit in rules.sending_units(account, on) if rules.can_send(account, document, unit, on)]
    if not units:
        raise Http404
    sender = next((unit for unit in units if unit.pk == number_asked(request)), units[0])
    forms = _Forms(request, document, sender)
    counts = None
    if request.method == "POST" and forms.is_valid():
        if "preview" in request.POST:
            counts = counts_of(forms.chosen.selection, sender, on)
        elif sent := _sent(request, document, sender, forms):
            return go(request, "dissemination:sending", sent.pk)
    context = {
        "document": document,
        "sender": sender,
        "others": [unit for unit in units if unit.pk != sender.pk],
        "form": forms.order,
        "chosen": forms.chosen,
        "again": forms.again,
        "last": forms.last,
        "counts": counts,
        "crumbs": [document_crumb(document)],
    }
    wrong = forms.order.errors or forms.chosen.errors or (forms.again and forms.again.errors)
    return page(request, "dissemination/send.html", context, part="form", status=422 if wrong else 200)


class _Forms:
    """The selection, the order, and for a later version the selection of those that get it again."""

    def __init__(self, request: HttpRequest, document: Document, sender: Unit) -> None:
        posted = request.POST if request.method == "POST" else None
        self.last = queries.last_sending(document, sender)
        newest = document.texts.order_by("-version").values_list("version", flat=True).first() or 0
        later = self.last is not None and self.last.version != newest
        given: dict[str, Any] = {"unit": sender, "on": clock.today()}
        current = self.last.selection if self.last else "children"
        self.chosen = SelectionForm(posted, current=current, **given)
        self.order = SendForm(posted, new_version=later)
        self.again = SelectionForm(posted, prefix="lai", needed=False, **given) if later else None

    def is_valid(self) -> bool:
        parts = [self.chosen, self.order, *([self.again] if self.again else [])]
        return all([part.is_valid() for part in parts])


def _sent(request: HttpRequest, document: Document, sender: Unit, forms: _Forms) -> Sending | None:
    values = forms.order.cleaned_data
    order = actions.Order(
        selection=forms.chosen.selection,
        acknowledge_by=values["acknowledge_by"],
        note=values["note"],
        reopens=values.get("reopens", Reopens.NOBODY),
        reopened=forms.again.selection if forms.again else "",
    )
    try:
        sent = actions.send_document(document.pk, sender, order, by=account_of(request), at=clock.now())
    except ValidationError as fault:
        show(forms.order, fault, "reopens" if "reopened" in getattr(fault, "error_dict", {}) else None)
        return None
    words = ngettext("Sent to %(n)d unit.", "Sent to %(n)d units.", sent.count)
    messages.success(request, words % {"n": sent.count})
    return sent


@require_GET
def sending(request: HttpRequest, pk: int) -> HttpResponse:
    """Sent, delivered, opened, acknowledged; by branch; who is missing; by version; what is late."""
    account, on = account_of(request), clock.today()
    rows = rules.visible_sendings(account, on).select_related("document", "sender__present", "sent_by")
    found = get_object_or_404(rows, pk=pk)
    days = [found.on, *([found.acknowledge_by] if found.has_day else [])]
    places, as_of = asked_places(request, days, on), switch(request, days, on)
    branch, filed = _branch(request, found.sender, places), queries.filed_under(places)
    receipts = queries.receipts_of(found, on, places=places)
    if branch.pk != found.sender_id:
        receipts = receipts.filter(places.at(places.path(branch), filed))
    own, lines, outside = queries.figures_by_branch(receipts, branch, on, places=places)
    address = reverse("dissemination:sending", args=[found.pk])
    missing = paged(request, queries.missing_in(receipts, branch, places=places))
    versions, by_version = list(queries.sendings_of(found)), queries.figures_by_version(found, on)
    context = {
        "sending": found,
        "branch": branch,
        "as_of": as_of,
        "figures": sum((line.figures for line in lines), own + outside),
        "own": own,
        "lines": lines,
        "outside": outside,
        "missing": missing,
        "filed": places.named(row.sent_to_id for row in missing) if places.on else {},
        "late": {row.pk for row in missing if row.is_late(on)},
        "versions": [(row, by_version.get(row.pk, queries.Figures())) for row in versions],
        "selections": all_in_words({row.selection for row in versions}, found.sender, found.on),
        "closed": queries.closed_since(found, on),
        "can_remind": rules.can_remind(account, found, on),
        "can_send": rules.can_send(account, found.document, found.sender, on),
        "crumbs": [document_crumb(found.document), *branch_crumbs(found.sender, branch, address, places)],
    }
    return page(request, "dissemination/sending.html", context)


def _branch(request: HttpRequest, top: Unit, places: Places) -> Unit:
    """The branch asked for, within that of the sender as the tree is read; else the sender's own."""
    asked = number_asked(request)
    below = Unit.objects.filter(places.at(places.path(top))).select_related("present")
    return (below.filter(pk=asked).first() if asked else None) or top


@require_POST
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    account, on = account_of(request), clock.today()
    found = get_object_or_404(rules.visible_sendings(account, on), pk=pk)
    reminded = actions.remind_missing(found.pk, by=account, at=clock.now())
    words = ngettext("%(n)d unit was reminded.", "%(n)d units were reminded.", reminded)
    messages.success(request, words % {"n": reminded})
    return go(request, "dissemination:sending", found.pk)
