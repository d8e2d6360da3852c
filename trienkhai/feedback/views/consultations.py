"""Consultations on drafts: the list, one with its table, opening, closing, its files."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.documents.layouts.docx_file import write_docx
from trienkhai.documents.layouts.pdf_file import write_pdf
from trienkhai.documents.models import Document, Draft
from trienkhai.feedback import actions
from trienkhai.feedback import rules_consulting as rules
from trienkhai.feedback.forms_consulting import ClosingForm, ConsultationForm, SourceForm
from trienkhai.feedback.models import Consultation
from trienkhai.feedback.papers import composition_of
from trienkhai.feedback.queries.consultations import OPINIONS, UNITS, Figures, figures_of, opinions_given, units_asked
from trienkhai.feedback.queries.passages import clauses_of, stamp_of
from trienkhai.feedback.views.tabs import crumb, faults_into, paged, pager, retype, tabs
from trienkhai.orgs.models import Unit
from trienkhai.people.requests import account_of

FILES = {
    "docx": (write_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": (write_pdf, "application/pdf"),
}


@require_GET
def consultations(request: HttpRequest) -> HttpResponse:
    """Those in sight: open ones first, by the day opinions are due; then those closed, the last one first."""
    account, on = account_of(request), clock.today()
    rows = rules.visible_consultations(account, on).select_related("unit__present")
    state = request.GET.get("trang-thai", "")
    if state in ("mo", "xong"):
        rows = rows.filter(closed_on__isnull=state == "mo", withdrawn=False)
    elif state == "da-rut":
        rows = rows.filter(withdrawn=True)
    elif state == "cho-y-kien":
        rows = rows.filter(pk__in=rules.wanted_opinions(account, on).values("consultation"))
    elif state == "cho-giai-trinh":
        rows = rows.filter(pk__in=rules.consultations_to_answer(account, on).values("pk"))
    shown = paged(request, rows.order_by(F("closed_on").desc(nulls_first=True), "due_on", "-pk"))
    context = {
        "rows": [(row, row.is_open and row.due_on < on) for row in shown],
        "pager": pager(shown),
        "asks": bool(rules.asking_ids(account, on)),
        "state": state,
        "tabs": tabs(request, "consultations"),
    }
    return page(request, "feedback/consultations/list.html", context)


def seen(request: HttpRequest, pk: int) -> Consultation:
    rows = rules.visible_consultations(account_of(request), clock.today())
    return get_object_or_404(rows.select_related("unit__present", "draft", "document", "closed_by"), pk=pk)


@require_GET
def consultation(request: HttpRequest, pk: int) -> HttpResponse:
    """Who was asked and what they say; each figure opens its rows (`dv`: of units, `yk`: of opinions)."""
    account, on, found = account_of(request), clock.today(), seen(request, pk)
    asked, given = rules.visible_asked(account, on), rules.visible_opinions(account, on)
    units, opinions = request.GET.get("dv", ""), request.GET.get("yk", "")
    shown = paged(request, opinions_given(given, found, opinions))
    own = rules.wanted_opinions(account, on).filter(consultation=found).select_related("unit__present")
    tiles = tiles_of(figures_of(found, asked, given), units, opinions)
    names = rules.replying_as(account, found.unit, on)
    context = {
        "consultation": found,
        "tiles": tiles,
        "late": found.is_open and found.due_on < on,
        "asked": [(row, row.is_late(found.due_on, on)) for row in units_asked(asked, found, units)],
        "opinions": [(row, rules.is_answerable(row, names)) for row in _with(found, shown)],
        "pager": pager(shown),
        "narrowed": [tile["label"] for tile in tiles if tile["current"]],
        "own": list(own),
        "oversees": rules.oversees(account, found, on),
        "can_close": rules.can_close(account, found, on),
        "can_withdraw": rules.can_withdraw(account, found, on),
        "can_move_day": rules.can_move_day(account, found, on),
        "can_tell_summary": rules.can_tell_summary(account, found, on),
        "moved": found.moved_days.select_related("by").order_by("pk"),
        "ends_early": rules.needs_reason_to_close(found, on),
        "may_close": bool(names),
        "can_see_draft": rules.consulted_drafts(account, on).filter(pk=found.draft_id or 0).exists(),
        "can_see_document": rules.consulted_documents(account, on).filter(pk=found.document_id or 0).exists(),
        "crumbs": [crumb("consultations")],
    }
    return page(request, "feedback/consultations/one.html", context)


def _with(found: Consultation, rows: Any) -> list[Any]:
    """The rows know the consultation that was read: no query for each."""
    for row in rows:
        row.asked.consultation = found
    return list(rows)


def tiles_of(figures: Figures, units: str, opinions: str) -> list[dict[str, Any]]:
    """Each figure with the address of its rows."""
    labels = {
        "da-gui": _("have sent opinions"),
        "tre": _("of these after the day"),
        "chua-gui": _("have not sent any"),
        "khong-con": _("no longer expected"),
        "thong-nhat": _("clauses agreed to"),
        "y-kien-khac": _("other wordings"),
        "tiep-thu": _("taken"),
        "mot-phan": _("taken in part"),
        "khong-tiep-thu": _("not taken"),
        "cho": _("wait for an answer"),
    }
    tiles: list[dict[str, Any]] = [
        {"label": _("units asked"), "count": figures.asked, "url": "?#don-vi", "current": False}
    ]
    for name in UNITS:
        count = figures.units[name]
        tiles.append({"label": labels[name], "count": count, "url": f"?dv={name}#don-vi", "current": units == name})
    for name in OPINIONS:
        count = figures.opinions[name]
        tiles.append({"label": labels[name], "count": count, "url": f"?yk={name}#y-kien", "current": opinions == name})
    return tiles


@require_http_methods(["GET", "POST"])
def consultation_new(request: HttpRequest) -> HttpResponse:
    """First on what (`draft`, `document` in the address), then whom, until when, which clauses."""
    account, on = account_of(request), clock.today()
    if not rules.asking_ids(account, on):
        raise Http404
    chosen = SourceForm(request.GET or None, account=account, on=on)
    if not request.GET or not chosen.is_valid():
        context = {"form": chosen, "crumbs": [crumb("consultations")], "back": reverse("feedback:consultations")}
        return page(request, "feedback/consultations/source.html", context, status=422 if request.GET else 200)
    source: Draft | Document = chosen.cleaned_data["draft"] or chosen.cleaned_data["document"]
    unit: Unit = source.unit if isinstance(source, Draft) else source.owner
    clauses, stamp = clauses_of(source), stamp_of(source)
    form = ConsultationForm(request.POST or None, unit=unit, clauses=clauses, on=on, initial={"stamp": stamp})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        question = actions.Question(
            values["due_on"], values["units"], values["text"], values["clauses"], values["stamp"]
        )
        try:
            made = actions.open_consultation(unit, source, question, by=account, at=clock.now())
        except ValidationError as fault:
            faults_into(form, fault, tuple(form.fields))
            retype(form, stamp=stamp)
        else:
            messages.success(request, _("The units have been asked."))
            return go(request, "feedback:consultation", made.pk)
    context = {
        "form": form,
        "title": _("Ask for opinions on a draft"),
        "lead": f"{source} · {unit.name}",
        "label": _("Ask for opinions"),
        "keep": "text",
        "nothing": not clauses,
        "crumbs": [crumb("consultations")],
        "back": reverse("feedback:consultation_new"),
    }
    return page(request, "feedback/consultations/new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def consultation_close(request: HttpRequest, pk: int) -> HttpResponse:
    """By a button; before the day, while units have sent nothing, by a form that asks why."""
    account, on, found = account_of(request), clock.today(), seen(request, pk)
    rules.can_close(account, found, on).require()
    form = ClosingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            actions.close_consultation(found.pk, reason=reason, by=account, at=clock.now())
        except ValidationError as fault:
            faults_into(form, fault, ("reason",))
        else:
            messages.success(request, _("The consultation is closed; all who were asked are told."))
            return go(request, "feedback:consultation", found.pk)
    back = reverse("feedback:consultation", args=[found.pk])
    context = {
        "form": form,
        "title": _("Close the consultation"),
        "lead": found.title,
        "label": _("Close the consultation"),
        "keep": "reason",
        "crumbs": [crumb("consultations"), {"label": found.title, "url": back}],
        "back": back,
    }
    return page(request, "feedback/form.html", context, status=422 if form.errors else 200)


@require_GET
def consultation_file(request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    """The table of opinions and answers in the official layout, for those who see all of it."""
    found = seen(request, pk)
    if suffix not in FILES or not rules.oversees(account_of(request), found, clock.today()):
        raise Http404
    write, media_type = FILES[suffix]
    response = HttpResponse(write(composition_of(found, clock.today())), content_type=media_type)
    name = f"tong-hop-y-kien-{found.pk}.{suffix}"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"], response["Cache-Control"] = "nosniff", "private, no-store"
    return response
