"""The public pages of feedback without a name: signed out, without session, cookie or line in a log."""

import logging
from collections.abc import Callable
from functools import wraps
from mimetypes import guess_type
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import ValidationError
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from trienkhai.common import clock
from trienkhai.common.verdict import Refused
from trienkhai.feedback import rules
from trienkhai.feedback.actions import find_by_receipt, send_letter
from trienkhai.feedback.actions.letters import Work, challenge_for, limits_on
from trienkhai.feedback.forms import LetterForm, ReceiptForm
from trienkhai.feedback.middleware import PUBLIC
from trienkhai.feedback.views.tabs import faults_into

logger = logging.getLogger(__name__)
PARTS = f"{PUBLIC}/tep/"
ROOM = 256 * 1024
"""Bytes of a form beside its file."""


class InMemory(MemoryFileUploadHandler):
    """A file stays in memory whatever its size: none is ever laid on the disk as it came."""

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        self.activated = True


def without_trace(view: Callable[..., HttpResponse]) -> Any:
    """Whatever happens is answered as a page (200): a status of a fault would be a line in the log, with its time.

    No cookie is read for a session, none is set; a fault of the program is logged by its kind alone.
    """

    @wraps(view)
    def answer(request: HttpRequest, **words: str) -> HttpResponse:
        request.upload_handlers = [InMemory(request)]
        try:
            response = view(request, **words)
        except Exception as fault:
            logger.error("A page of feedback without a name failed: %s", type(fault).__name__)
            response = _page("fault", {})
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "no-referrer"
        return response

    return login_not_required(csrf_exempt(answer))


def _page(name: str, context: dict[str, Any]) -> HttpResponse:
    """Rendered without the request: nothing of it, neither session nor account, can be looked at.

    What belongs to the page is asked for below its own address too: a proxy logs all others with address and time.
    """
    words = render_to_string(f"feedback/unnamed/{name}.html", {"current": name, **context})
    return HttpResponse(words.replace(f'="{settings.STATIC_URL}', f'="{PARTS}'))


@without_trace
def unnamed_part(request: HttpRequest, name: str) -> HttpResponse:
    """A style, script, font or picture of these pages, as it is served elsewhere."""
    found = finders.find(name) or staticfiles_storage.path(name)
    if not Path(found).is_file():
        return HttpResponseRedirect(PUBLIC)
    return HttpResponse(Path(found).read_bytes(), content_type=guess_type(name)[0] or "application/octet-stream")


@without_trace
def unnamed(request: HttpRequest) -> HttpResponse:
    """What this is, what it is not, and how far it hides who writes."""
    on = clock.today()
    return _page("start", {"units": list(rules.receiving_units(on)), "limits": limits_on(on)})


@without_trace
def unnamed_send(request: HttpRequest) -> HttpResponse:
    """The form; then the receipt code, once."""
    on = clock.today()
    limits = limits_on(on)
    units = {unit.pk: unit for unit in rules.receiving_units(on).order_by("path")} if limits else {}
    if limits is None or not units:
        return _page("start", {"units": [], "limits": limits})
    context: dict[str, Any] = {"megabytes": limits.file_bytes // 1024 // 1024, "pages": limits.pages}
    fresh = {"challenge": challenge_for("gui", limits.send_bits, on)}
    if int(request.META.get("CONTENT_LENGTH") or 0) > limits.file_bytes + ROOM:
        form = LetterForm(units=list(units.values()), initial=fresh)
        return _page("send", context | {"form": form, "refusal": _("The file is too large.")})
    form = _bound(LetterForm, request, fresh, units=list(units.values()))
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        enclosed = values["file"].read() if values["file"] else b""
        try:
            code = send_letter(units[values["unit"]], values["text"], enclosed=enclosed, work=_work(values), on=on)
        except ValidationError as fault:
            faults_into(form, fault, ("text", "file"))
        except Refused as refusal:
            form = _anew(LetterForm, request, fresh, units=list(units.values()))
            context |= {"refusal": str(refusal)}
        else:
            return _page("sent", {"code": code, "unit": units[values["unit"]]})
    return _page("send", context | {"form": form})


def _bound(form: Any, request: HttpRequest, fresh: dict[str, str], **words: Any) -> Any:
    if request.method == "POST":
        return form(request.POST, request.FILES, **words)
    return form(initial=fresh, **words)


def _anew(form: Any, request: HttpRequest, fresh: dict[str, str], **words: Any) -> Any:
    """What was written, with a new sum to solve."""
    kept = {name: request.POST.get(name, "") for name in ("unit", "text", "code")}
    return form(initial=kept | fresh, **words)


def _work(values: dict[str, Any]) -> Work:
    return Work(values["challenge"], values["number"].strip())


@without_trace
def unnamed_answer(request: HttpRequest) -> HttpResponse:
    """The answer for whoever has the receipt code; each attempt costs a sum."""
    on = clock.today()
    limits = limits_on(on)
    if limits is None:
        return _page("start", {"units": [], "limits": None})
    fresh = {"challenge": challenge_for("doc", limits.read_bits, on)}
    form = _bound(ReceiptForm, request, fresh)
    context: dict[str, Any] = {}
    if form.is_bound and form.is_valid():
        try:
            found = find_by_receipt(form.cleaned_data["code"], work=_work(form.cleaned_data), on=on)
        except Refused as refusal:
            context = {"refusal": str(refusal)}
        else:
            if found is not None:
                return _page("answer", {"letter": found, "released": hasattr(found, "answer")})
            context = {"refusal": _("No feedback has this code. Look at each letter of it once more.")}
        form = _anew(ReceiptForm, request, fresh)
    return _page("read", context | {"form": form})
