"""A draft leaves the desk: as a file to look at, as an issued document, or put aside. The office's templates."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.documents import actions
from trienkhai.documents import rules_drafting as rules
from trienkhai.documents.actions.issuing import file_name, word_file
from trienkhai.documents.forms_drafting import FinishForm, TemplateForm
from trienkhai.documents.layouts.composing import Composition
from trienkhai.documents.layouts.docx_file import write_docx
from trienkhai.documents.layouts.office_template import NAMES, starting_template
from trienkhai.documents.layouts.pdf_file import write_pdf
from trienkhai.documents.models import Draft, System
from trienkhai.documents.queries import drafts as queries
from trienkhai.documents.reader.docx_file import DOCX
from trienkhai.documents.reader.pdf_file import PDF
from trienkhai.documents.views.drafting import crumbs, drafts_crumb, open_draft, seen
from trienkhai.documents.views.pages import show
from trienkhai.people.requests import account_of


def _docx(draft: Draft, composition: Composition) -> bytes:
    return word_file(draft, composition)


def _pdf(draft: Draft, composition: Composition) -> bytes:
    return write_pdf(composition)


WRITERS: dict[str, tuple[str, Callable[[Draft, Composition], bytes]]] = {"docx": (DOCX, _docx), "pdf": (PDF, _pdf)}


@require_GET
def draft_file(request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    """The draft as a Word file or PDF, made on the spot."""
    account, on = account_of(request), clock.today()
    draft = seen(account, pk, on)
    if suffix not in WRITERS:
        raise Http404
    media_type, write = WRITERS[suffix]
    composition = queries.composition_of(draft, on)
    try:
        content = write(draft, composition)
    except ValidationError as fault:
        messages.error(request, " ".join(fault.messages))
        return go(request, "documents:draft", pk)
    return _download(content, file_name(composition, suffix), media_type)


def _download(content: bytes, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "POST"])
def draft_finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Number and date; then the draft is an outgoing document of the unit."""
    account, on = account_of(request), clock.today()
    draft = seen(account, pk, on)
    if not draft.document and not rules.can_finish(account, draft, on):
        raise Http404
    initial = {"base": draft.version, "issued_on": draft.issued_on or on}
    form = FinishForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            document = actions.finish_draft(pk, **form.cleaned_data, by=account, at=clock.now())
        except ValidationError as fault:
            show(form, fault)
        except actions.Overtaken as overtaken:
            form.add_error(None, str(overtaken))
        else:
            messages.success(request, _("The document is issued and entered in the book of outgoing documents."))
            return go(request, "documents:detail", document.pk)
    context = {
        "draft": draft,
        "form": form,
        "composition": queries.composition_of(draft, on),
        "layout": queries.layout_of_draft(draft, on),
        "template": queries.template_for(draft),
        "crumbs": crumbs(draft),
    }
    return page(request, "documents/draft_finish.html", context, part="form", status=422 if form.errors else 200)


@require_POST
def draft_drop(request: HttpRequest, pk: int) -> HttpResponse:
    account = account_of(request)
    open_draft(account, pk, clock.today())
    actions.drop_draft(pk, by=account, at=clock.now())
    messages.success(request, _("The draft was put aside. Its versions stay, and it can be copied."))
    return go(request, "documents:drafts")


@require_http_methods(["GET", "POST"])
def templates(request: HttpRequest) -> HttpResponse:
    """The office's own Word templates, the names that may stand in one, and the built-in ones to begin from."""
    account, on = account_of(request), clock.today()
    units = rules.drafting_units(account, on)
    if not units:
        raise Http404
    posted = request.method == "POST"
    form = TemplateForm(request.POST if posted else None, request.FILES or None, units=units, on=on)
    if posted and form.is_valid():
        values = form.cleaned_data
        try:
            actions.store_template(
                form.chosen_unit(),
                values["file"],
                name=values["file"].name,
                system=values["system"],
                kind=values["kind"],
                by=account,
                at=clock.now(),
            )
        except ValidationError as fault:
            show(form, fault, "file")
        else:
            messages.success(request, _("The template is stored and serves from now on."))
            return go(request, "documents:templates")
    rows = rules.visible_templates(account, on).select_related("unit__present", "file", "stored_by")
    named = [(row, queries.layout_of(row.system, on=on).layout.kinds.get(row.kind)) for row in rows.order_by("pk")]
    context = {"form": form, "rows": named, "names": _names(), "systems": System.choices, "crumbs": drafts_crumb()}
    return page(request, "documents/templates.html", context, part="form", status=422 if form.errors else 200)


@require_POST
def template_remove(request: HttpRequest, pk: int) -> HttpResponse:
    account, on = account_of(request), clock.today()
    get_object_or_404(rules.visible_templates(account, on), pk=pk)
    actions.remove_template(pk, by=account, at=clock.now())
    messages.success(request, _("The built-in template serves again."))
    return go(request, "documents:templates")


@require_GET
def template_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """An office's template as it was stored."""
    kept = get_object_or_404(rules.visible_templates(account_of(request), clock.today()).select_related("file"), pk=pk)
    with default_storage.open(kept.file.path) as stream:
        return _download(stream.read(), kept.file.name, DOCX)


@require_GET
def template_start(request: HttpRequest, system: str) -> HttpResponse:
    """The built-in template with its placeholders, for an office to change."""
    account, on = account_of(request), clock.today()
    if system not in System.values or not rules.drafting_units(account, on):
        raise Http404
    content = write_docx(starting_template(queries.layout_of(system, on=on).layout))
    return _download(content, f"mau-{system}.docx", DOCX)


def _names() -> list[tuple[str, str]]:
    """What may stand in a template, each name with what it holds."""
    words = {
        "parent": _("Body above the issuer"),
        "issuer": _("Issuer"),
        "number": _("Number and symbol"),
        "dateline": _("Place and date"),
        "type": _("Type"),
        "on_behalf": _("Body in whose name it is issued"),
        "title": _("Subject"),
        "subject": _("Subject of a letter, under its number"),
        "urgency": _("Urgency"),
        "circulation": _("Marking of its circulation"),
        "signer_role": _("Signer's office"),
        "signer_name": _("Signer's name"),
        "note": _("Note above the paper, on samples only"),
        "body": _("Body of the paper"),
        "addressees": _("Addressees"),
        "recipients": _("Distribution list"),
        "authority": _("On whose behalf it is signed"),
    }
    return [(name, words[name]) for name in NAMES]
