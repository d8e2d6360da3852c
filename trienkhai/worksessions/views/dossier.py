"""Making a dossier, reading it, the rows behind its numbers, its files."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from trienkhai.common import clock
from trienkhai.common.htmx import page
from trienkhai.documents.layouts.docx_file import write_docx
from trienkhai.documents.layouts.pdf_file import write_pdf
from trienkhai.people.requests import account_of
from trienkhai.worksessions import actions, rules
from trienkhai.worksessions.dossier.listing import rows_behind
from trienkhai.worksessions.dossier.paper import composition_of
from trienkhai.worksessions.dossier.shape import read
from trienkhai.worksessions.dossier.showing import KEYS, show
from trienkhai.worksessions.forms import DossierForm
from trienkhai.worksessions.models import Dossier
from trienkhai.worksessions.views.common import answer, seen_session, session_crumbs

ASKED = (("muc", "units"), ("loai", ""), ("o", ""))
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_http_methods(["GET", "POST"])
def dossier_make(request: HttpRequest, pk: int) -> HttpResponse:
    """One act: the figures of the unit for a day, stored."""
    found = seen_session(request, pk, rules.can_make_dossier)
    form = DossierForm(request.POST or None, initial={"day": min(found.day, clock.today())})

    def act() -> None:
        actions.make_dossier(found.pk, day=form.cleaned_data["day"], by=account_of(request), at=clock.now())

    return answer(request, "dossier_make", form, found, act)


def _seen(request: HttpRequest, pk: int) -> Dossier:
    rows = rules.visible_dossiers(account_of(request), clock.today())
    rows = rows.select_related("session__upper__present", "session__unit__present", "unit__present", "made_by")
    return get_object_or_404(rows, pk=pk)


def _crumbs(found: Dossier) -> list[dict[str, Any]]:
    own = {"label": _("Dossier no. %(number)s") % {"number": found.number}}
    own["url"] = reverse("worksessions:dossier", args=[found.pk])
    return [*session_crumbs(found.session), own]


@require_GET
def dossier(request: HttpRequest, pk: int) -> HttpResponse:
    """As it was stored; each number opens into its rows as of that day."""
    found = _seen(request, pk)
    context = {
        "dossier": found,
        "session": found.session,
        "sections": show(read(found.content), account_of(request), clock.today(), found.pk),
        "tones": KEYS,
        "crumbs": _crumbs(found)[:-1],
    }
    return page(request, "worksessions/dossier.html", context)


@require_GET
def dossier_rows(request: HttpRequest, pk: int) -> HttpResponse:
    """`muc`: units or a section that keeps its rows; `loai`: a kind or form; `o`: which of them."""
    found = _seen(request, pk)
    section, kind, which = (request.GET.get(name, usual)[:80] for name, usual in ASKED)
    asked = section, kind, which
    listed = rows_behind(found, asked, request.GET.get("page"), account_of(request), clock.today())
    if listed is None:
        raise Http404
    rows, shown = listed
    context = {"dossier": found, "rows": rows, "page": shown, "crumbs": _crumbs(found)}
    return page(request, "worksessions/dossier_rows.html", context)


@require_GET
def dossier_file(request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    """The dossier as .docx or PDF, with its charts."""
    found = _seen(request, pk)
    if suffix not in ("docx", "pdf"):
        raise Http404
    composition = composition_of(found, account_of(request), clock.today())
    made, kind = (write_docx(composition), DOCX) if suffix == "docx" else (write_pdf(composition), "application/pdf")
    name = f"ho-so-lam-viec-{found.unit.code}-{found.on:%Y-%m-%d}-{found.number}.{suffix}"
    response = HttpResponse(made, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
