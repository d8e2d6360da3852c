"""Documents as packets: what came and went, taking in, sending, and what is said of one."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.documents.models import Document
from trienkhai.documents.rules import registering_units, visible_documents
from trienkhai.exchange import actions, queries, rules
from trienkhai.exchange.forms import AskBackForm, RecallForm, SendForm, StateForm, TakeForm
from trienkhai.exchange.models import Dispatch
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of

PAGE = 50


@require_GET
def packets(request: HttpRequest) -> HttpResponse:
    """Packets of one's units, newest first, and the way to take in what has arrived."""
    return _packets(request, TakeForm(units=_units(request)))


def _packets(request: HttpRequest, form: TakeForm, status: int = 200) -> HttpResponse:
    rows = queries.newest_dispatches(rules.visible_dispatches(account_of(request), clock.today()))
    asked = request.GET.get("page", "")
    number = max(int(asked), 1) if asked.isdecimal() and len(asked) < 7 else 1
    start = (number - 1) * PAGE
    found = list(rows[start : start + PAGE + 1])
    context = {
        "form": form,
        "rows": queries.with_words(found[:PAGE], clock.today()),
        "number": number,
        "has_previous": start > 0,
        "has_next": len(found) > PAGE,
        "first": start + 1,
        "last": start + len(found[:PAGE]),
        "count": rows.count(),
        "crumbs": [_documents()],
    }
    return page(request, "exchange/packets.html", context, status=status)


def _units(request: HttpRequest) -> list[Any]:
    """Units of ours that exchange packets. 404 for whoever registers for none."""
    units = registering_units(account_of(request), clock.today())
    if not units:
        raise Http404
    return queries.units_on_the_axis(units)


@require_POST
def packets_take(request: HttpRequest) -> HttpResponse:
    """Take in what lies there for one unit, and tell what became of each file."""
    form = TakeForm(request.POST, units=_units(request))
    if not form.is_valid():
        return _packets(request, form, 422)
    try:
        taken = actions.take_packets(
            form.chosen_unit(), not_secret=form.cleaned_data["not_secret"], by=account_of(request), at=clock.now()
        )
    except ValidationError as fault:
        form.add_error(None, fault)
        return _packets(request, form, 422)
    for row in taken:
        tell = messages.error if row.outcome in ("refused", "secret") else messages.success
        tell(request, f"{row.name}: {queries.outcome_word(row.outcome)}. {row.sentence}")
    if not taken:
        messages.info(request, _("Nothing has arrived for this unit."))
    return go(request, "exchange:packets")


@require_http_methods(["GET", "POST"])
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose who receives a document of one's own unit."""
    account, on = account_of(request), clock.today()
    document = get_object_or_404(visible_documents(account, on).select_related("issuer__present"), pk=pk)
    if document.issuer is None or not rules.can_send(account, document, document.issuer, on):
        raise Http404
    posted = request.POST if request.method == "POST" else None
    form = SendForm(posted, known=queries.correspondents_of(document))
    if request.method == "POST" and form.is_valid():
        try:
            sent = actions.send_document(pk, document.issuer, list(form.cleaned_data["to"]), by=account, at=clock.now())
        except ValidationError as fault:
            _show(form, fault)
        else:
            told = ngettext("Sent to %(n)d correspondent.", "Sent to %(n)d correspondents.", len(sent))
            messages.success(request, told % {"n": len(sent)})
            return go(request, "documents:detail", pk)
    context = {"form": form, "document": document, "crumbs": [_documents(), _document(document)]}
    return page(request, "exchange/send.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def dispatch(request: HttpRequest, pk: int) -> HttpResponse:
    """One packet: what was said of it, and what one may say now."""
    account, on = account_of(request), clock.today()
    rows = rules.visible_dispatches(account, on).select_related("unit__present", "document", "correspondent")
    found = get_object_or_404(rows, pk=pk)
    forms = _forms(request, found, account)
    chosen = next((form for form in forms if form.is_bound), None)
    if chosen is not None and chosen.is_valid():
        try:
            chosen.carry_out(found.pk, by=account, at=clock.now())
        except ValidationError as fault:
            _show(chosen, fault)
        else:
            messages.success(request, _("Told."))
            return go(request, "exchange:dispatch", pk)
    context = {
        "dispatch": queries.with_words([found], on)[0],
        "states": queries.states_of(found, on),
        "forms": forms,
        "crumbs": [_documents(), {"label": _("Exchange axis"), "url": reverse("exchange:packets")}],
    }
    return page(request, "exchange/dispatch.html", context, status=422 if chosen and chosen.errors else 200)


def _forms(request: HttpRequest, found: Dispatch, account: Account) -> list[Any]:
    """What the person may say of this packet now; the one that was sent is bound."""
    on = clock.today()
    allowed = (
        (RecallForm, rules.can_answer_recall),
        (StateForm, rules.can_tell_state),
        (AskBackForm, rules.can_ask_back),
    )
    kinds = [form for form, rule in allowed if rule(account, found, on)]
    sent = request.POST.get("act") if request.method == "POST" else None
    return [form(request.POST if form.act == sent else None, on=on) for form in kinds]


def _show(form: Any, fault: ValidationError) -> None:
    """The action's sentences at their fields."""
    if not hasattr(fault, "error_dict"):
        form.add_error(None, fault)
        return
    for name, sentences in fault.message_dict.items():
        form.add_error(name if name in form.fields else None, sentences)


def _documents() -> dict[str, str]:
    return {"label": _("Documents"), "url": reverse("documents:list")}


def _document(document: Document) -> dict[str, str]:
    return {"label": str(document), "url": reverse("documents:detail", args=[document.pk])}
