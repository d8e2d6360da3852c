"""Answers for a browser and for htmx from the same view."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django_htmx.http import HttpResponseLocation


def page(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, *, part: str = "", status: int = 200
) -> HttpResponse:
    """The whole page for a browser, the named partial of it for htmx."""
    htmx = getattr(request, "htmx", None)
    wants_part = part and htmx and not htmx.boosted
    return render(request, f"{template}#{part}" if wants_part else template, context, status=status)


def go(request: HttpRequest, to: Any, *args: Any, **kwargs: Any) -> HttpResponse:
    """Send the person to another page, by redirect or by htmx."""
    url = resolve_url(to, *args, **kwargs)
    if getattr(request, "htmx", False):
        return HttpResponseLocation(url)
    return HttpResponseRedirect(url)
