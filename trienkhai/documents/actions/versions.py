"""A later version of a document's file, or an attachment: kept beside the earlier ones, the newest read again."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.common.clock import day_of
from trienkhai.common.folding import squeeze
from trienkhai.documents import rules
from trienkhai.documents.actions.filing import remove_unused, store_file
from trienkhai.documents.actions.linking import store_links, take_turn
from trienkhai.documents.actions.reading import opened_or_scan, read_without_secrets, require_declaration
from trienkhai.documents.actions.signing import check_signatures
from trienkhai.documents.actions.texts import store_text
from trienkhai.documents.models import Document, DocumentFile, FileKind, ScanJob
from trienkhai.documents.queries.phrases import own_phrases
from trienkhai.documents.reader.files import KINDS, Intake
from trienkhai.documents.reader.model import Reading
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account

UNREAD_ATTACHMENTS = ("scan", "blank", "too_long")


@dataclass(frozen=True)
class _Given:
    upload: BinaryIO
    kind: str
    reason: str
    name: str
    by: Account
    at: datetime


def add_file(
    document_id: int,
    upload: BinaryIO,
    *,
    kind: str,
    reason: str,
    not_secret: bool,
    name: str = "",
    by: Account,
    at: datetime,
) -> DocumentFile:
    """Store a file of a document under the next number, say who added it and why, and read it as the newest text.

    An attachment is looked through for a mark of secrecy where it can be read, but is not the document's text. Earlier
    files and texts stay. Raises Refused, and ValidationError at `kind`, `reason`, `not_secret` or for the file itself.
    """
    require_declaration(not_secret)
    if kind not in FileKind.values:
        raise ValidationError({"kind": _("Choose one of the values shown.")})
    if kind != FileKind.ORIGINAL and not squeeze(reason):
        raise ValidationError({"reason": _("Say why this file is added.")})
    called = name or getattr(upload, "name", "") or ""
    owner = Document.objects.select_related("owner").get(pk=document_id).owner
    content = _content(upload, called, kind, owner)
    try:
        with transaction.atomic():
            return _store(document_id, _Given(upload, kind, squeeze(reason)[:300], called, by, at), content)
    except BaseException:
        remove_unused()
        raise


def _content(upload: BinaryIO, name: str, kind: str, owner: Unit) -> tuple[Intake, Reading] | None:
    """What the file says; None for a scan to be recognised, and an attachment of a kind that cannot be read."""
    attached = kind == FileKind.ATTACHMENT
    if attached and PurePath(name).suffix.lower() not in KINDS:
        return None
    try:
        intake = opened_or_scan(upload, name, "")
    except ValidationError as fault:
        if attached and fault.code in UNREAD_ATTACHMENTS:
            return None
        raise
    return (intake, read_without_secrets(intake, name, own_phrases(owner))) if intake else None


def look_through(upload: BinaryIO, name: str, owner: Unit) -> None:
    """Raises ValidationError for an attachment that bears a mark of secrecy, as far as it can be read."""
    _content(upload, name, FileKind.ATTACHMENT, owner)


def _store(document_id: int, given: _Given, content: tuple[Intake, Reading] | None) -> DocumentFile:
    take_turn()
    rows = Document.objects.select_for_update(of=("self",), no_key=True).select_related("owner__present")
    document = rows.get(pk=document_id)
    verdict = rules.can_add_file(given.by, document, day_of(given.at)).require()
    if given.kind == FileKind.ORIGINAL and document.files.filter(kind=FileKind.ORIGINAL).exists():
        raise ValidationError({"kind": _("The original is here already; add a revised or signed version.")})
    stored = store_file(given.upload, owner=document.owner, by=given.by, at=given.at, name=given.name)
    if same := document.files.filter(file__sha256=stored.sha256).first():
        raise ValidationError(_("This very file is here already, as number %(number)s.") % {"number": same.version})
    check_signatures(stored, at=given.at)
    text = None
    if content and given.kind != FileKind.ATTACHMENT:
        text = store_text(document, *content, given.at)
        store_links(document, content[1], given.at)
    row = DocumentFile.objects.create(
        document=document,
        file=stored,
        kind=given.kind,
        version=(document.files.aggregate(last=Max("version"))["last"] or 0) + 1,
        reason=given.reason,
        text=text,
    )
    if content is None and given.kind != FileKind.ATTACHMENT:
        ScanJob.objects.create(file=row, at=given.at)
    record(
        "file.added",
        document,
        by=actor(given.by, verdict.holding),
        at=given.at,
        unit_path=document.owner.path or "",
        label=document.reference,
        file=given.kind,
        number=row.version,
        sha256=stored.sha256,
        personal={"reason": given.reason} if given.reason else None,
    )
    return row
