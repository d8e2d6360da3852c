"""Scans that wait are recognised in the background, one at a time, by whichever worker takes one up first."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse

from trienkhai.audit.actions import SYSTEM, record
from trienkhai.common.clock import day_of
from trienkhai.common.verdict import Refused
from trienkhai.documents.actions.keeping import lock_away
from trienkhai.documents.actions.linking import store_links, take_turn
from trienkhai.documents.actions.registering import fitting, header_values, known_issuer, title_of_scan
from trienkhai.documents.actions.texts import store_text
from trienkhai.documents.models import Book, Document, RegisterEntry, ScanJob, ScanState
from trienkhai.documents.queries import own_phrases
from trienkhai.documents.reader import read_text
from trienkhai.documents.reader.files import Intake
from trienkhai.documents.reader.model import Reading
from trienkhai.documents.reader.pdf_file import PDF
from trienkhai.documents.reader.refusals import gettext_noop
from trienkhai.documents.reader.scans import NotRecognised, Recognised, Stopped, recognise
from trienkhai.notices.actions import tell_posts
from trienkhai.orgs.models import Holding

TRIES = 3
REST = timedelta(minutes=1)
BROKE_OFF = gettext_noop("Recognising the letters of the scan broke off.")
GONE = gettext_noop("The file of the scan cannot be opened.")
HAS_WORK = gettext_noop(
    "The scan bears a mark of secrecy, but work stands on it: withdraw the work, then lock the document away at once."
)


def recognise_next(*, now: Callable[[], datetime], stopped: Callable[[], bool] = lambda: False) -> bool:
    """Recognise one scan that is due and store what it says; False when none is due.

    The programs run outside of any transaction; a worker that is killed meanwhile loses the scan to the next one when
    its time is over. stopped: True breaks off, and the scan waits on as if it had not been taken up.
    """
    at = now()
    # asked first without a transaction: on SQLite each one would keep other writers out for a moment
    job = _take(at) if ScanJob.objects.due(at).exists() else None
    if job is None:
        return False
    try:
        with default_storage.open(job.file.file.path) as scan:
            found = recognise(scan.chunks(), seconds=settings.OCR_SECONDS, stopped=stopped)
    except Stopped:
        ScanJob.objects.filter(pk=job.pk, tries=job.tries).update(tries=job.tries - 1, taken_until=None)
    except NotRecognised as fault:
        _fail(job, fault.sentence, now())
    except OSError:
        _fail(job, GONE, now())
    else:
        _store(job, found, now())
    return True


@transaction.atomic
def _take(at: datetime) -> ScanJob | None:
    """A scan that is due, now this worker's for as long as recognising may last. Those taken up too often are over."""
    for worn in ScanJob.objects.select_for_update(skip_locked=True).due(at).filter(tries__gte=TRIES):
        _give_up(worn, BROKE_OFF, at)
    rows = ScanJob.objects.select_for_update(skip_locked=True, of=("self",)).due(at).order_by("pk")
    job = rows.select_related("file__file", "file__document").first()
    if job:
        job.tries, job.at = job.tries + 1, at
        job.taken_until = at + timedelta(seconds=settings.OCR_SECONDS) + REST
        job.save()
    return job


def _held(job: ScanJob) -> ScanJob | None:
    """The row, locked, while it is still this worker's; None when another has it, or its document is gone."""
    rows = ScanJob.objects.select_for_update(of=("self",)).select_related("file__file", "file__document__owner")
    return rows.filter(pk=job.pk, tries=job.tries, state=ScanState.WAITING).first()


@transaction.atomic
def _fail(job: ScanJob, sentence: str, at: datetime) -> None:
    """It rests and is tried again, three times in all."""
    held = _held(job)
    if held and held.tries >= TRIES:
        _give_up(held, sentence, at)
    elif held:
        held.error, held.at, held.taken_until = sentence, at, at + REST
        held.save()


def _give_up(job: ScanJob, sentence: str, at: datetime) -> None:
    job.state, job.error, job.at, job.taken_until = ScanState.FAILED, sentence, at, None
    job.save()
    document = job.file.document
    url = reverse("documents:detail", args=[document.pk])
    tell_posts(_posts(job, at), "scan_failed", url=url, at=at, document=str(document))


def _posts(job: ScanJob, at: datetime) -> list[int]:
    """The posts of whoever stored the scan, at the unit that holds it."""
    held = Holding.objects.on(day_of(at)).filter(account=job.file.file.stored_by_id, post__unit=job.file.file.owner_id)
    return list(held.values_list("post", flat=True))


@transaction.atomic
def _store(job: ScanJob, found: Recognised, at: datetime) -> None:
    """All that was read of it in one transaction, or, where it bears a mark of secrecy, its removal."""
    take_turn()
    locked = Document.objects.select_for_update(of=("self",)).select_related("owner__present")
    document = locked.filter(pk=job.file.document_id).first()
    held = _held(job) if document else None
    if document is None or held is None:
        return
    text = found.text
    read = read_text(text, name=held.file.file.name, wrapped=True, phrases=own_phrases(document.owner))
    if found.secrecy or read.secrecy:
        _lock_away(held, document, at)
        return
    filled = _fill(document, read, text, title_of_scan(held.file.file.name))
    held.file.text = store_text(document, Intake(text, PDF), read, at, machine_read=True)
    held.file.save(update_fields=["text"])
    store_links(document, read, at)
    held.state, held.error, held.at, held.taken_until = ScanState.DONE, "", at, None
    held.save()
    path, label = document.owner.path or "", document.reference
    act = record("document.recognised", document, by=SYSTEM, at=at, unit_path=path, label=label, filled=filled)
    url = reverse("documents:detail", args=[document.pk])
    tell_posts(_posts(held, at), "scan_recognised", url=url, at=at, act=act.pk, document=str(document))


def _lock_away(job: ScanJob, document: Document, at: datetime) -> None:
    posts = _posts(job, at)
    entries = RegisterEntry.objects.filter(document=document, unit=document.owner_id)
    number = "; ".join(entry.number_shown for entry in entries.order_by("pk"))
    try:
        with transaction.atomic():
            lock_away(document, SYSTEM, by=None, at=at)
    except Refused:
        _give_up(job, HAS_WORK, at)
    else:
        tell_posts(posts, "scan_secret", url=reverse("documents:list"), at=at, number=number)


def _fill(document: Document, read: Reading, text: str, title: str) -> list[str]:
    """Write what was read where nothing stands yet; what a person typed stays. Returns the names of the fields.

    title: the one that stood in for it. The day of a paper in the outgoing book is the clerk's: its number hangs on it.
    """
    found: dict[str, Any] = fitting(header_values(read, text))
    if document.title != title or not read.title:
        del found["title"]
    if RegisterEntry.objects.in_force().filter(document=document, book=Book.OUT, unit=document.owner).exists():
        del found["issued_on"]
    new = {name: given for name, given in found.items() if given and (name == "title" or not getattr(document, name))}
    if "issuer_name" in new:
        document.issuer, new["issuer_name"] = known_issuer(new["issuer_name"], document.owner)
    for name, given in new.items():
        setattr(document, name, given)
    document.save()
    return sorted(new)
