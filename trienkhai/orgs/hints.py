"""Numbers and signs that stand on every page, such as those of the menu, kept for a minute: hints, never a right.

They are kept in the process that serves, under the person, the day, the posts held and the last thing the person did:
whoever acts, or whose posts change, sees the true number on the next page; what others did shows within
`settings.HINT_SECONDS`. Source: decision 0027.
"""

from collections.abc import Callable
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from trienkhai.common.clock import today
from trienkhai.orgs.rules import reach_of
from trienkhai.people.requests import account_of

ACTED = "acted"
"""The cookie with a random word, a new one after each thing a signed-in person sends: any process then knows."""
REFUSED_UNREAD = (403, 404, 405)
"""Answers to what was sent in vain, by somebody without the right or to no such page: nothing changed."""


def hint(request: HttpRequest, name: str, ask: Callable[[], Any], *, fresh: bool = False) -> Any:
    """What `ask` answers for this person, or answered less than a minute ago.

    fresh: ask in any case; for the page that shows the rows behind the number.
    """
    account, on = account_of(request), today()
    held = hash((on, reach_of(account, on), request.COOKIES.get(ACTED, "")))
    key = f"{name}:{account.pk}:{held}"
    if not fresh:
        return cache.get_or_set(key, ask, settings.HINT_SECONDS)
    answer = ask()
    cache.set(key, answer, settings.HINT_SECONDS)
    return answer


class ActedMiddleware:
    """What was kept before a person sent something is not shown afterwards, whichever process answers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        sent = request.method == "POST" and response.status_code not in REFUSED_UNREAD
        if sent and settings.SESSION_COOKIE_NAME in request.COOKIES:
            secure = settings.SESSION_COOKIE_SECURE
            response.set_cookie(ACTED, token_hex(8), secure=secure, httponly=True, samesite="Lax")
        return response
