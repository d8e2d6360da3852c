"""A finished draft becomes an outgoing document: numbered, written as Word file and PDF, read back, entered."""

from datetime import date, datetime
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.common.clock import day_of
from trienkhai.documents import rules_drafting as rules
from trienkhai.documents.actions.drafting import Overtaken, locked_draft
from trienkhai.documents.actions.entering import enter
from trienkhai.documents.actions.filing import remove_unused, store_file
from trienkhai.documents.actions.linking import store_links, take_turn
from trienkhai.documents.actions.reading import read_without_secrets
from trienkhai.documents.actions.registering import issuer_of
from trienkhai.documents.actions.texts import store_text
from trienkhai.documents.layouts.composing import Composition, compose
from trienkhai.documents.layouts.docx_file import write_docx
from trienkhai.documents.layouts.office_template import Faulty, fill_template
from trienkhai.documents.layouts.pdf_file import write_pdf
from trienkhai.documents.models import Book, Document, DocumentFile, Draft, DraftState
from trienkhai.documents.queries.drafts import label_of, layout_of_draft, paper_of, template_for
from trienkhai.documents.queries.phrases import own_phrases
from trienkhai.documents.reader.files import open_document
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account

NEEDED = ("title", "issuer_name", "symbol_body", "place", "body", "signer_name", "signer_role")


def finish_draft(
    draft_id: int, *, base: int, issued_on: date, not_secret: bool, number: str = "", by: Account, at: datetime
) -> Document:
    """Issue a draft as an outgoing document of its unit, with its .docx and .pdf; in one transaction.

    number: as the clerk gives it; empty takes the number of the book's entry. The same draft again gives its document.
    Raises Refused; Overtaken; ValidationError by field for what is missing, a number already used, a secrecy mark.
    """
    try:
        with transaction.atomic():
            return _finish(draft_id, base, issued_on, not_secret, number.strip(), by, at)
    except BaseException:
        remove_unused()
        raise


def _finish(draft_id: int, base: int, on: date, not_secret: bool, number: str, by: Account, at: datetime) -> Document:
    take_turn()
    draft = locked_draft(draft_id)
    if draft.document:
        return draft.document
    verdict = rules.can_finish(by, draft, day_of(at)).require()
    if draft.version != base:
        raise Overtaken(draft)
    _check(draft, on, not_secret, number, day_of(at))
    unit = Unit.objects.select_related("present").get(pk=draft.unit_id)
    draft.issued_on = on
    document = _document(draft, unit, on, by, at)
    _number(draft, unit, document, number, on, by, at)
    _write(draft, document, by, at)
    draft.state, draft.document = DraftState.FINISHED, document
    draft.changed_by, draft.changed_at = by, at
    draft.save()
    who, path = actor(by, verdict.holding), unit.path or ""
    record("draft.finished", draft, by=who, at=at, unit_path=path, label=f"#{draft.pk}", symbol=document.symbol)
    record("document.registered", document, by=who, at=at, unit_path=path, label=document.reference, book=Book.OUT)
    return document


def _check(draft: Draft, on: date, not_secret: bool, number: str, today: date) -> None:
    if not not_secret:
        raise ValidationError({"not_secret": _("Declare that the document holds no state secret.")})
    if number and (not number[0].isdigit() or len(number) > 20):
        raise ValidationError({"number": _("A number begins with a digit, such as 5 or 05a.")})
    if on > today:
        raise ValidationError({"issued_on": _("A document is not issued on a day to come.")})
    missing = [label_of(name) for name in NEEDED if not getattr(draft, name).strip()]
    if missing:
        raise ValidationError(_("The draft does not yet say: %(names)s.") % {"names": ", ".join(missing)})


def _document(draft: Draft, unit: Unit, on: date, by: Account, at: datetime) -> Document:
    layout = layout_of_draft(draft, on).layout
    paper = paper_of(draft, layout, issued_on=on)
    return Document.objects.create(
        doc_type=paper.kind.name,
        issuer=issuer_of(draft.issuer_name, unit) or unit,
        issuer_name=draft.issuer_name,
        owner=unit,
        place=draft.place,
        issued_on=on,
        title=draft.title,
        signer_name=draft.signer_name,
        signer_role=draft.signer_role,
        urgency=draft.urgency,
        declared_by=by,
        declared_at=at,
        created_at=at,
    )


def _number(draft: Draft, unit: Unit, document: Document, number: str, on: date, by: Account, at: datetime) -> None:
    """Enter the document in the unit's outgoing book, under the clerk's number or the next of its run."""
    layout = layout_of_draft(draft, on).layout

    def symbol(given: str) -> str:
        return compose(paper_of(draft, layout, number=given, issued_on=on), layout).symbol

    if number:
        document.number, document.symbol = number, symbol(number)
        document.save()
    enter(unit, document, Book.OUT, symbol=symbol, by=by, at=at)


def _write(draft: Draft, document: Document, by: Account, at: datetime) -> None:
    """Both files, and the text as the reader reads it from the Word file: what others will cite and carry out."""
    layout = layout_of_draft(draft, document.issued_on or day_of(at)).layout
    composition = compose(paper_of(draft, layout, number=document.number, issued_on=document.issued_on), layout)
    word = word_file(draft, composition)
    intake = open_document(BytesIO(word), name=file_name(composition, "docx"))
    read = read_without_secrets(intake, "", own_phrases(draft.unit))
    text = store_text(document, intake, read, at)
    for version, (content, suffix) in enumerate(((word, "docx"), (write_pdf(composition), "pdf")), start=1):
        name = file_name(composition, suffix)
        stored = store_file(BytesIO(content), owner=draft.unit, by=by, at=at, name=name)
        read_from = text if version == 1 else None
        DocumentFile.objects.create(document=document, file=stored, version=version, text=read_from)
    store_links(document, read, at)


def word_file(draft: Draft, composition: Composition) -> bytes:
    """By the office's own template where it keeps one, else by the built-in one.

    Raises ValidationError when the kept template no longer serves.
    """
    own = template_for(draft)
    if own is None:
        return write_docx(composition)
    with default_storage.open(own.file.path) as stream:
        content = stream.read()
    try:
        return fill_template(content, composition)
    except Faulty as fault:
        raise ValidationError(_(fault.sentence) % fault.params) from fault


def file_name(composition: Composition, suffix: str) -> str:
    """ "05-NQ-ĐUMH.docx"; a sample says before it that it is worthless."""
    called = composition.symbol if composition.paper.number else composition.paper.title[:80]
    called = "".join("-" if letter in '/\\:*?"<>|' else letter for letter in called).strip(" .") or "du-thao"
    return " – ".join(filter(None, (composition.note, f"{called}.{suffix}")))
