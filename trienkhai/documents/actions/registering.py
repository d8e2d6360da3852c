"""A document goes in: refused with a sentence, or read, stored and entered in the register in one transaction."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import PurePath
from typing import Any, BinaryIO
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.common import paths
from trienkhai.common.clock import day_of
from trienkhai.common.folding import squeeze
from trienkhai.common.verdict import Verdict
from trienkhai.documents import rules
from trienkhai.documents.actions.entering import Line, enter
from trienkhai.documents.actions.filing import remove_unused, store_file
from trienkhai.documents.actions.linking import store_links
from trienkhai.documents.actions.reading import (
    opened_or_scan,
    read_without_secrets,
    require_declaration,
    without_secrets,
)
from trienkhai.documents.actions.signing import check_signatures
from trienkhai.documents.actions.texts import store_text
from trienkhai.documents.models import (
    Book,
    Document,
    DocumentFile,
    ScanJob,
)
from trienkhai.documents.queries import own_phrases
from trienkhai.documents.reader.files import Intake
from trienkhai.documents.reader.force import days_in_force
from trienkhai.documents.reader.model import Reading
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Unit, UnitVersion
from trienkhai.orgs.naming import comparable
from trienkhai.people.models import Account


def register_document(
    unit: Unit,
    upload: BinaryIO | None = None,
    *,
    name: str = "",
    text: str = "",
    not_secret: bool,
    book: str = Book.IN,
    fields: dict[str, Any] | None = None,
    line: Line | None = None,
    sending: UUID | None = None,
    taken: tuple[Intake, Reading] | None = None,
    allowed: Verdict | None = None,
    by: Account,
    at: datetime,
) -> Document:
    """Read a file (or pasted text), store it with clauses and links, and enter it in the unit's book with its number.

    not_secret: the person declares that it holds no state secret. fields: header values that win over what was read.
    line: what the clerk writes in the book beside the document's own values.
    sending: names this sending of a form; the same one again gives the document that it made, and stores nothing.
    taken: what the reader, in another process, has made of the upload already.
    allowed: the yes of a later area's rule, asked under its own lock, for a paper that this area does not know.
    A scan goes in without text where its letters are to be recognised: it then waits for that.
    Raises Refused; ValidationError with a sentence for a file that cannot be read, a secrecy mark, a missing
    declaration. Nothing is stored then.
    """
    (allowed or rules.can_register(by, unit, day_of(at))).require()
    require_declaration(not_secret)
    intake = taken[0] if taken else opened_or_scan(upload, name, text)
    if intake is None:
        read = _unread(name or getattr(upload, "name", ""), book, fields or {})
    else:
        read = without_secrets(*taken) if taken else read_without_secrets(intake, name, own_phrases(unit))
    sent = _Sending(unit, upload, name, book, fields or {}, line or Line(), sending, by, at, allowed)
    try:
        with transaction.atomic():
            return _store(sent, intake, read)
    except IntegrityError:
        remove_unused()
        if made := _made_by(sent):
            return made
        raise
    except BaseException:
        remove_unused()
        raise


def _unread(name: str, book: str, fields: dict[str, Any]) -> Reading:
    """What is known of a scan before its letters are recognised. Raises ValidationError for one going out unnumbered:
    the next number would be given to a paper that bears its own.
    """
    if book == Book.OUT and not fields.get("number"):
        raise ValidationError({"number": _("The file is a scan: type the number that stands on the paper.")})
    return Reading(title=title_of_scan(name))


def title_of_scan(name: str) -> str:
    """What a scan is called until its subject is typed or recognised: the name of its file."""
    return squeeze(PurePath(name).stem)[:250] or "?"


@dataclass(frozen=True)
class _Sending:
    """What was asked for, without what was read."""

    unit: Unit
    upload: BinaryIO | None
    name: str
    book: str
    fields: dict[str, Any]
    line: Line
    uuid: UUID | None
    by: Account
    at: datetime
    allowed: Verdict | None = None


def _made_by(sent: _Sending) -> Document | None:
    """The document that the same sending has made already: of two at once the database lets one through."""
    return Document.objects.filter(uuid=sent.uuid, owner=sent.unit).first() if sent.uuid else None


def _store(sent: _Sending, intake: Intake | None, read: Reading) -> Document:
    unit = Unit.objects.select_related("present").get(pk=sent.unit.pk)
    verdict = (sent.allowed or rules.can_register(sent.by, unit, day_of(sent.at))).require()
    if made := _made_by(sent):
        return made
    document = _document(sent, unit, read, intake.text if intake else "")
    text = store_text(document, intake, read, sent.at) if intake else None
    if sent.upload is not None:
        stored = store_file(sent.upload, owner=unit, by=sent.by, at=sent.at, name=sent.name)
        row = DocumentFile.objects.create(document=document, file=stored, text=text)
        check_signatures(stored, at=sent.at)
        if intake is None:
            ScanJob.objects.create(file=row, at=sent.at)
    store_links(document, read, sent.at)
    entry = enter(unit, document, sent.book, _line(sent, read), by=sent.by, at=sent.at)
    record(
        "document.registered",
        document,
        by=actor(sent.by, verdict.holding),
        at=sent.at,
        unit_path=unit.path or "",
        label=document.reference,
        book=sent.book,
        number=entry.number_shown,
    )
    return document


def _line(sent: _Sending, read: Reading) -> Line:
    """The clerk's line; where it names nobody, what goes out goes to the recipients read from the paper."""
    if sent.book != Book.OUT or sent.line.recipient:
        return sent.line
    return replace(sent.line, recipient="; ".join(read.recipients)[:1000])


def _document(sent: _Sending, unit: Unit, read: Reading, text: str) -> Document:
    given = {key: value for key, value in sent.fields.items() if value not in (None, "")}
    values = fitting(header_values(read, text) | given)
    issuer, known = known_issuer(values["issuer_name"], unit)
    if issuer and "issuer_name" not in sent.fields:
        values["issuer_name"] = known
    return Document.objects.create(
        uuid=sent.uuid or uuid4(),
        owner=unit,
        issuer=issuer,
        declared_by=sent.by,
        declared_at=sent.at,
        created_at=sent.at,
        **values,
    )


def fitting(values: dict[str, Any]) -> dict[str, Any]:
    """The values of a header, words cut to what their columns hold."""
    limits = {key: getattr(Document._meta.get_field(key), "max_length", None) for key in values}
    return {
        key: squeeze(given)[: limits[key]] if isinstance(given, str) and limits[key] else given
        for key, given in values.items()
    }


def header_values(read: Reading, text: str) -> dict[str, Any]:
    """The header as read; without a title the first line of the text stands for it."""
    dated = date.fromisoformat(read.date) if read.date else None
    force = days_in_force(read.text or text, dated)
    return {
        "doc_type": read.doc_type or "",
        "number": read.number or "",
        "symbol": read.symbol or "",
        "issuer_name": read.issuer or "",
        "place": read.place or "",
        "issued_on": dated,
        "effective_on": force.starts if force.starts != dated else None,
        "expires_on": force.ends,
        "title": read.title or _first_line(text),
        "signer_name": (read.signer and read.signer.name) or "",
        "signer_role": (read.signer and read.signer.role) or "",
        "urgency": read.urgency or "",
    }


def _first_line(text: str) -> str:
    return next((squeeze(line) for line in text.splitlines() if line.strip()), "?")[:1000]


def issuer_of(name: str, unit: Unit) -> Unit | None:
    """The unit that bears the issuer's name, when exactly the register's owner or one above it does."""
    return known_issuer(name, unit)[0]


def known_issuer(name: str, unit: Unit) -> tuple[Unit | None, str]:
    """That unit, and the name as the organisation writes it: a letterhead in capitals does not tell."""
    wanted = comparable(name)
    rows = UnitVersion.objects.filter(
        unit__present__pk__isnull=False, unit__in=paths.ids(unit.path or "")
    ).select_related("unit")
    found = {
        row.unit: words
        for row in rows
        for words in (*row.aliases, row.short_name, row.name)
        if comparable(words) == wanted
    }
    return found.popitem() if wanted and len(found) == 1 else (None, name)
