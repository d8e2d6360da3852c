"""The list of documents."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from trienkhai.common import clock, slots
from trienkhai.common.htmx import page
from trienkhai.common.templatetags.show import day, num
from trienkhai.documents import queries, rules
from trienkhai.documents.forms import BOOKS
from trienkhai.documents.forms_listing import DocumentFilter, wanted
from trienkhai.documents.models import Published
from trienkhai.documents.search.asking import asked
from trienkhai.people.requests import account_of


@require_GET
def documents(request: HttpRequest) -> HttpResponse:
    """Documents within sight that answer the words and filters: the best first, or the newest; fifty a page."""
    account, on = account_of(request), clock.today()
    own = queries.own_units(account, on)
    later = filters_of_later_areas(request)
    form = filter_form(request, later)
    given = form.values()
    limits = wanted(given)
    rows = queries.narrowed(rules.visible_documents(account, on), limits, own)
    for name in later.keys() & given.keys():
        rows = later[name]["narrow"](rows, given[name])
    question = asked(given.get("q", ""))
    found = queries.find(rows, question, _page_number(request), own, limits.period)
    context = {
        "form": form,
        "more_open": any(field.name in given for field in form.more_fields()),
        "active": active_filters(request, given, form),
        "sentences": _sentences(question.sentence, given, found.nearly),
        "found": found,
        "count": f"{num(queries.MANY)}+" if found.count > queries.MANY else num(found.count),
        "facets": _facets(request, found, queries.facets(found), given),
        "periods": _periods(request, on.year),
        "saved": account.saved_searches.order_by("name"),
        "parts": slots.parts("documents.list.actions", request),
        "can_upload": bool(rules.registering_units(account, on)),
    }
    return page(request, "documents/list.html", context, part="documents")


def filters_of_later_areas(request: HttpRequest) -> dict[str, Any]:
    """Name → `label`, `choices` and `narrow(rows, value)`, as the slot `documents.list.filters` gives them."""
    return {part["name"]: part for part in slots.parts("documents.list.filters", request)}


def filter_form(request: HttpRequest, later: Mapping[str, Any]) -> DocumentFilter:
    return DocumentFilter(request.GET, more={name: (part["label"], part["choices"]) for name, part in later.items()})


def _page_number(request: HttpRequest) -> int:
    given = request.GET.get("page", "")
    return max(int(given), 1) if given.isdecimal() and len(given) < 6 else 1


def _sentences(sentence: Any, given: Mapping[str, Any], nearly: bool) -> list[str]:
    """What to tell about the words and the period."""
    found = [str(sentence)] if sentence else []
    if nearly:
        found.append(_("No document holds all these words; shown are those with a word that begins like the last one."))
    if given.get("tu") and given.get("den") and given["tu"] > given["den"]:
        found.append(_("The period ends before it begins."))
    return found


@dataclass(frozen=True)
class Link:
    """A value to narrow by: its number of documents as shown, the address with it."""

    label: str
    count: str
    url: str


def _facets(
    request: HttpRequest, found: queries.Found, counted: Mapping[str, Any], given: Mapping[str, Any]
) -> list[tuple[str, list[Link]]]:
    """Title and links of each facet that would narrow the list further. Past a thousand hits the numbers bear a “+”."""
    more = "+" if found.count > queries.MANY else ""
    titles = {
        "type": (_("Type"), "loai"),
        "issuer": (_("Issuer"), "co-quan"),
        "year": (_("Year"), "nam"),
    }
    shown = []
    for key, (title, name) in titles.items():
        values = [] if name in given else counted[key]
        links = [Link(_label(name, value), f"{num(n)}{more}", address(request, **{name: value})) for value, n in values]
        if len(links) > 1 or (links and more):
            shown.append((title, links))
    return shown


def _label(name: str, value: Any) -> str:
    named: dict[str, Any] = {"so": dict(BOOKS), "chia-se": dict(Published.choices)}
    return str(day(value) if name in ("tu", "den") else named.get(name, {}).get(value, value))


def _periods(request: HttpRequest, year: int) -> list[Link]:
    """This year and the last one at a touch."""
    return [
        Link(label, "", address(request, nam=number, tu="", den=""))
        for label, number in ((_("This year"), year), (_("Last year"), year - 1))
    ]


def address(request: HttpRequest, **changes: Any) -> str:
    """The list with these parameters changed, on its first page; an empty value takes one away."""
    params = request.GET.copy()
    for name, value in (changes | {"page": ""}).items():
        if value in (None, ""):
            params.pop(name, None)
        else:
            params[name] = str(value)
    return f"{reverse('documents:list')}?{params.urlencode()}" if params else reverse("documents:list")


def active_filters(request: HttpRequest, given: Mapping[str, Any], form: DocumentFilter) -> list[dict[str, str]]:
    """The filters in force, each with the address without it."""
    sentences = {
        "tu": _("from %(value)s"),
        "den": _("to %(value)s"),
        "nam": _("year %(value)s"),
    }
    found = []
    for name in (name for name in given if name != "q"):
        choices = dict(getattr(form.fields[name], "choices", ()))
        value = _label(name, choices.get(given[name], given[name]))
        found.append(
            {"label": sentences.get(name, "%(value)s") % {"value": value}, "url": address(request, **{name: ""})}
        )
    return found
