"""The list of documents."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from trienkhai.common import clock, slots
from trienkhai.common.htmx import page
from trienkhai.documents import queries, rules
from trienkhai.documents.forms import DocumentFilter
from trienkhai.people.requests import account_of

PAGE = 50


@require_GET
def documents(request: HttpRequest) -> HttpResponse:
    """Documents within sight, newest first, fifty a page."""
    account, on = account_of(request), clock.today()
    visible = rules.visible_documents(account, on)
    own = queries.own_units(account, on)
    types, years = queries.types_and_years(visible)
    form = DocumentFilter(request.GET, types=types, years=years)
    wanted = form.wanted()
    rows = queries.narrowed(visible, wanted, own)
    context = {
        "form": form,
        "filtered": bool(wanted.words or wanted.doc_type or wanted.year or wanted.book),
        "parts": slots.parts("documents.list.actions", request),
        "can_upload": bool(rules.registering_units(account, on)),
        **_page_of(queries.newest_first(rows, own), request.GET.get("page", ""), queries.count_up_to(rows)),
    }
    return page(request, "documents/list.html", context, part="documents")


def _page_of(rows: Any, asked: str, count: int) -> dict[str, Any]:
    """The rows of one page, and what the pager needs; a page that is not there shows the first."""
    number = int(asked) if asked.isdecimal() and len(asked) < 7 else 1
    start = (max(number, 1) - 1) * PAGE
    found = list(rows[start : start + PAGE + 1])
    if not found and start:
        return _page_of(rows, "1", count)
    return {
        "rows": found[:PAGE],
        "number": start // PAGE + 1,
        "has_previous": start > 0,
        "has_next": len(found) > PAGE,
        "first": start + 1,
        "last": start + len(found[:PAGE]),
        "count": count,
        "many": queries.MANY,
    }
