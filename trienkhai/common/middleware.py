"""A rule's no becomes a page or a strip with its sentence; every page says which sources it may load; a slash too many
is forgiven."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import is_valid_path
from django.utils.http import escape_leading_slashes

from trienkhai.common import clock
from trienkhai.common.verdict import Refused


class RefusedMiddleware:
    """`Refused` → 409 with the sentence: a full page for a browser, the strip alone for htmx."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        htmx = getattr(request, "htmx", False)
        template = "components/strip.html" if htmx else "409.html"
        response = render(request, template, {"reason": str(exception), "level": "error"}, status=409)
        if htmx:
            response["HX-Retarget"], response["HX-Reswap"] = "#strip", "innerHTML"
        return response


class ClockMiddleware:
    """A request asks the database once which day it is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with clock.reading_once():
            return self.get_response(request)


class ContentSecurityMiddleware:
    """The browser may load from this site alone and run no inline script."""

    policy = (
        "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; object-src 'none'; "
        "frame-ancestors 'none'; base-uri 'self'; form-action 'self'"
    )

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        return response


class SlashMiddleware:
    """An address typed with a slash at its end leads to the page without one: no address of this site has one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info
        if request.method == "GET" and path.endswith("/") and not is_valid_path(path):
            shorter = path.rstrip("/")
            if shorter and is_valid_path(shorter):
                query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
                return HttpResponseRedirect(escape_leading_slashes(shorter) + query)
        return self.get_response(request)
