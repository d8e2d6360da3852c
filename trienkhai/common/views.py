"""Pages without a domain: faults, language, the search of Ctrl+K, the health of the site."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET

from trienkhai.common import slots
from trienkhai.common.folding import squeeze
from trienkhai.common.htmx import page


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _refusal(request, 404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _refusal(request, 403)


def _refusal(request: HttpRequest, status: int) -> HttpResponse:
    """A page with the sentence; nothing for htmx, for which the page that is open has the sentence of each status."""
    if getattr(request, "htmx", False):
        return HttpResponse(status=status)
    return render(request, f"{status}.html", status=status)


def fault(request: HttpRequest) -> HttpResponse:
    """Without context processors, which read the database that may be the fault."""
    return HttpResponse(render_to_string("500.html"), status=500)


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from a page left open too long: the person is told to go back; the draft stays in the browser."""
    return render(request, "403.html", {"form_expired": True}, status=403)


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Units, documents and tasks that match `q`, at most eight of each, all within the person's sight."""
    words = squeeze(request.GET.get("q", ""))[:100]
    groups = slots.parts("search", request, words) if len(words) > 1 else []
    return page(request, "common/search.html", {"q": words, "groups": groups}, part="results")


@login_not_required
@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """`ok`, and below it a line for each trouble that areas name in the slot `health`: numbers, never names."""
    return HttpResponse("\n".join(["ok", *slots.parts("health", request)]), content_type="text/plain")
