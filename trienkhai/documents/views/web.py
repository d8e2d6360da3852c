"""How a document stands to others: the page of it, relations entered and corrected, days in force, gaps."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.documents import actions, queries, rules
from trienkhai.documents.forms_links import ForceForm, LinkForm, OnDayForm, initial_of
from trienkhai.documents.models import Document, DocumentLink
from trienkhai.documents.queries.chains import Chain
from trienkhai.documents.queries.force import endings_of
from trienkhai.documents.queries.links import Candidate
from trienkhai.documents.views.pages import crumbs, held, list_crumb, seen, show
from trienkhai.orgs.models import Unit
from trienkhai.orgs.rules import visible_units
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of

PAGE = 30


@require_GET
def web(request: HttpRequest, pk: int) -> HttpResponse:
    """In force on a chosen day or not, what it stands on, what stands on it, what every unit below made of it."""
    account, today = account_of(request), clock.today()
    document = seen(account, pk, today)
    chosen = OnDayForm(request.GET or None, initial={"ngay": today})
    on = chosen.day(today) if chosen.is_bound else today
    up, down = queries.stands_on(document, account, today), queries.standing_on(document, account, today)
    cited, citing = queries.citations_of(document, account, today)
    near = [document, *_documents(up), *_documents(down), *citing, *(row.document for row in cited if row.document)]
    context = {
        "document": document,
        "form": chosen,
        "on": on,
        "force": queries.force_of(near, on),
        "endings": endings_of(document, account, today),
        "up": up,
        "down": down,
        "cited": cited,
        "citing": citing,
        "corrections": queries.corrections_of(document),
        "may_link": rules.can_link(account, document, today),
        "crumbs": crumbs(document),
        **_made(request, document, account, today),
    }
    return page(request, "documents/web.html", context)


def _documents(chain: Chain) -> list[Document]:
    return [step.document for step in chain.steps if step.document]


def _made(request: HttpRequest, document: Document, account: Account, on: date) -> dict[str, Any]:
    """The table units × documents below the unit asked for by `donvi`, by default the highest in sight."""
    top = _asked_unit(request.GET.get("donvi", ""), account, on) or queries.top_for(document, account, on)
    rows = queries.made_below(document, top, account, on) if top else []
    return {"top": top, "made": rows, "with_any": sum(bool(row.documents) for row in rows)}


def _asked_unit(value: str, account: Account, on: date) -> Unit | None:
    if not value.isdecimal() or len(value) > 12:
        return None
    return visible_units(account, on).select_related("present").filter(pk=int(value)).first()


@require_http_methods(["GET", "POST"])
def link_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A relation that the machine did not read."""
    account, on = account_of(request), clock.today()
    document = held(account, pk, on, rules.can_link)
    candidates = _named_by(request.POST.get("symbol", ""), document, account, on)
    form = LinkForm(request.POST or None, candidates=[row.document for row in candidates])
    if request.method == "POST" and _asks(form, candidates):
        form.add_error("target", _("Several documents may be meant; choose one."))
    elif request.method == "POST" and form.is_valid():
        try:
            actions.add_link(pk, form.cited(), by=account, at=clock.now())
        except ValidationError as fault:
            show(form, fault, "symbol")
        else:
            messages.success(request, _("Stored."))
            return go(request, "documents:web", pk)
    context = {"form": form, "document": document, "crumbs": crumbs(document)}
    return page(request, "documents/link_form.html", context, part="form", status=422 if form.errors else 200)


def _asks(form: LinkForm, candidates: list[Candidate]) -> bool:
    """Should the person choose: several documents bear the symbol, and nothing was chosen yet?"""
    return form.is_valid() and len(candidates) > 1 and "target" not in form.data


def _named_by(symbol: str, source: Document, account: Account, on: date) -> list[Candidate]:
    return queries.candidates_for(queries.citing_as(source, symbol), account, on)


@require_http_methods(["GET", "POST"])
def link_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """A better relation in place of one that was read or entered, or the document that an unclear citation means."""
    account, on = account_of(request), clock.today()
    link = _held_link(account, pk, on)
    candidates = queries.candidates_for(link, account, on)
    form = LinkForm(request.POST or None, initial=initial_of(link), candidates=[row.document for row in candidates])
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct_link(pk, form.cited(), by=account, at=clock.now())
        except ValidationError as fault:
            show(form, fault, "symbol")
        else:
            messages.success(request, _("Stored."))
            return go(request, "documents:web", link.source_id)
    context = {
        "form": form,
        "document": link.source,
        "link": link,
        "faults": [row.fault for row in candidates if row.fault],
        "quote": _quote(link),
        "crumbs": crumbs(link.source),
    }
    return page(request, "documents/link_form.html", context, part="form", status=422 if form.errors else 200)


def _held_link(account: Account, pk: int, on: date) -> DocumentLink:
    """A relation that the person may change; 404 for everyone else."""
    rows = DocumentLink.objects.live().select_related("source__owner__present")
    link = get_object_or_404(rows.filter(source__in=rules.visible_documents(account, on)), pk=pk)
    if not rules.can_change_link(account, link, on):
        raise Http404
    return link


def _quote(link: DocumentLink) -> str:
    """The words around the citation, for one that the machine read."""
    text = queries.text_of_link(link)
    if text is None or link.start is None or link.end is None:
        return ""
    return text.text[max(0, link.start - 120) : link.end + 80].strip()


@require_POST
def link_remove(request: HttpRequest, pk: int) -> HttpResponse:
    account, on = account_of(request), clock.today()
    link = _held_link(account, pk, on)
    actions.remove_link(pk, by=account, at=clock.now())
    messages.success(request, _("The relation was removed; the machine will not propose it again."))
    return go(request, "documents:web", link.source_id)


@require_http_methods(["GET", "POST"])
def force_days(request: HttpRequest, pk: int) -> HttpResponse:
    """The first day in force and the first day no longer, beside what the machine reads."""
    account, on = account_of(request), clock.today()
    document = held(account, pk, on, rules.can_correct)
    given = {"effective_on": document.effective_on, "expires_on": document.expires_on}
    form = ForceForm(request.POST if request.method == "POST" else None, initial=given)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_days_in_force(pk, **form.cleaned_data, by=account, at=clock.now())
        except ValidationError as fault:
            show(form, fault)
        else:
            messages.success(request, _("Stored."))
            return go(request, "documents:web", pk)
    read = queries.force_read(queries.current_text(document))
    context = {"form": form, "document": document, "read": read, "crumbs": crumbs(document)}
    return page(request, "documents/force.html", context, part="form", status=422 if form.errors else 200)


@require_GET
def gaps(request: HttpRequest) -> HttpResponse:
    """Papers that one's own registers cite and do not hold, the most cited first."""
    account, on = account_of(request), clock.today()
    own = queries.own_units(account, on)
    if not own:
        raise Http404
    rows = queries.gaps_of(own, account, on)
    asked = request.GET.get("page", "")
    number = max(int(asked), 1) if asked.isdecimal() and len(asked) < 7 else 1
    start = (number - 1) * PAGE
    keys = list(rows[start : start + PAGE + 1])
    context = {
        "rows": queries.described(keys[:PAGE], own, account, on),
        "number": number,
        "has_previous": number > 1,
        "has_next": len(keys) > PAGE,
        "first": start + 1,
        "last": start + len(keys[:PAGE]),
        "count": rows.count(),
        "changeable": {unit.pk for unit in rules.registering_units(account, on)},
        "crumbs": [list_crumb()],
    }
    return page(request, "documents/gaps.html", context)
