"""The inbox."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.notices.actions import mark_read
from trienkhai.notices.queries import inbox_of, unread_count
from trienkhai.notices.wording import icon, sentence
from trienkhai.people.requests import account_of

PAGE = 50


@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """Notices to the posts the person holds today, unread first, fifty a page. Reading the page marks nothing."""
    account = account_of(request)
    on = clock.today()
    rows = Paginator(inbox_of(account, on), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": rows,
        "rows": [(notice, sentence(notice), icon(notice)) for notice in rows],
        "unread": unread_count(account, on),
    }
    return page(request, "notices/inbox.html", context, part="inbox")


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    account = account_of(request)
    mark_read(account, on=clock.today(), at=clock.now())
    return go(request, "notices:inbox")


@require_POST
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one notice read and go where it leads."""
    account = account_of(request)
    on = clock.today()
    notice = inbox_of(account, on).filter(pk=pk).first()
    if notice is None:
        return redirect("notices:inbox")
    mark_read(account, on=on, at=clock.now(), only=pk)
    return redirect(notice.url or "notices:inbox")
