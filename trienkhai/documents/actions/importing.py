"""A folder of documents goes into a unit's register, each in a transaction of its own, so that it can go on later."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid5

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from trienkhai.common.clock import day_of
from trienkhai.documents import rules
from trienkhai.documents.actions.reading import SCAN
from trienkhai.documents.actions.registering import register_document
from trienkhai.documents.models import Book, Document, StoredFile
from trienkhai.documents.queries import own_phrases
from trienkhai.documents.reader.batch import Taken, read_files
from trienkhai.documents.reader.refusals import Unreadable
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account

CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Outcome:
    """What became of one file: registered now, known from before, or refused with a sentence."""

    path: Path
    document: Document | None = None
    known: bool = False
    refused: str = ""


def import_documents(
    unit: Unit,
    files: Iterable[Path],
    *,
    not_secret: bool,
    book: str = Book.IN,
    workers: int = 2,
    by: Account,
    at: datetime,
) -> Iterator[Outcome]:
    """Register the files in their order, read by `workers` processes; one act and one transaction a document.

    A file whose content the unit has already registered is not stored again, whatever its name, so an import that was
    broken off is started anew and goes on. Raises Refused and ValidationError before the first file is touched.
    """
    rules.can_register(by, unit, day_of(at)).require()
    if not not_secret:
        raise ValidationError({"not_secret": _("Declare that the documents hold no state secret.")})
    return _imported(unit, files, book, workers, by, at)


def _imported(
    unit: Unit, files: Iterable[Path], book: str, workers: int, by: Account, at: datetime
) -> Iterator[Outcome]:
    digests: dict[Path, str] = {}
    settled: list[Outcome] = []

    def new() -> Iterator[Path]:
        met: set[str] = set()
        for path in files:
            try:
                digest = _digest(path)
            except OSError as fault:
                settled.append(Outcome(path, refused=fault.strerror or str(fault)))
                continue
            if digest in met or _is_registered(unit, digest):
                settled.append(Outcome(path, known=True))
                continue
            met.add(digest)
            digests[path] = digest
            yield path

    for path, taken in read_files(new(), workers=workers, limit=settings.MAX_UPLOAD_BYTES, phrases=own_phrases(unit)):
        yield from settled
        settled.clear()
        yield _registered(unit, path, digests.pop(path), taken, book, by, at)
    yield from settled


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _is_registered(unit: Unit, digest: str) -> bool:
    return StoredFile.objects.filter(sha256=digest, documents__document__owner=unit).exists()


def _registered(unit: Unit, path: Path, digest: str, taken: Taken, book: str, by: Account, at: datetime) -> Outcome:
    read = (taken.intake, taken.reading) if taken.intake and taken.reading else None
    if read is None and not (taken.refusal == SCAN and settings.OCR):
        fault = Unreadable(taken.refusal, **dict(taken.params))
        return Outcome(path, refused=_(fault.sentence) % fault.params)
    try:
        with path.open("rb") as upload:
            document = register_document(
                unit,
                upload,
                name=path.name,
                taken=read,
                not_secret=True,
                book=book,
                sending=uuid5(unit.uuid, digest),
                by=by,
                at=at,
            )
    except ValidationError as fault:
        return Outcome(path, refused=" ".join(fault.messages))
    return Outcome(path, document)
