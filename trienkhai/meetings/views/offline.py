"""The worker that keeps the minutes and the attendance of a meeting on a device."""

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

SCRIPT = Path(__file__).parent.parent / "static" / "meetings-worker.js"


@never_cache
@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """From below /cuoc-hop/: a worker reaches no page beside the folder that it is served from."""
    return HttpResponse(SCRIPT.read_bytes(), content_type="text/javascript; charset=utf-8")
