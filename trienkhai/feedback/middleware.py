"""A request for the public pages of feedback without a name loses who it is from before anything else sees it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import is_valid_path

PUBLIC = "/gop-y"
TELLING = ("HTTP_COOKIE", "HTTP_USER_AGENT", "HTTP_REFERER", "HTTP_VIA", "HTTP_FORWARDED", "HTTP_FROM")
STARTS = ("REMOTE_", "HTTP_X_", "HTTP_SEC_", "SSL_", "HTTP_AUTH")
"""First letters of what servers and browsers add: addresses, forwarded ones, certificates, kinds of browser."""


class NamelessMiddleware:
    """Stands before sessions: without a cookie no session is looked for, and none is made or deleted. An address
    that is mistyped behind the public one leads back to it: “not found” would be a line in the log, with its time.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info
        if not path.lower().startswith(PUBLIC):
            return self.get_response(request)
        if not is_valid_path(path):
            shorter = path.rstrip("/")
            return HttpResponseRedirect(shorter if is_valid_path(shorter) else PUBLIC)
        for name in [name for name in request.META if name in TELLING or name.startswith(STARTS)]:
            if name != "HTTP_X_FORWARDED_PROTO":
                del request.META[name]
        return self.get_response(request)
