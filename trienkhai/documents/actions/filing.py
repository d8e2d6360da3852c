"""Files, kept bit for bit under their SHA-256."""

import hashlib
import mimetypes
import threading
from collections.abc import Collection
from datetime import datetime
from pathlib import PurePath
from typing import BinaryIO
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.common.folding import squeeze
from trienkhai.documents.models import StoredFile
from trienkhai.documents.preview.pages import forget
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account

CHUNK = 1024 * 1024
REFUSED = (
    ".exe",
    ".bat",
    ".cmd",
    ".com",
    ".js",
    ".vbs",
    ".scr",
    ".msi",
    ".docm",
    ".xlsm",
    ".pptm",
    ".ps1",
    ".sh",
    ".svg",
)


def store_file(upload: BinaryIO, *, owner: Unit, by: Account | None, at: datetime, name: str = "") -> StoredFile:
    """Store an upload as it is, streamed. Part of the caller's transaction.

    Each row has a file of its own, so that removing one never takes away what another, not yet committed, stands on.

    name: as the person calls it (default: the upload's own). Raises ValidationError for an empty file, one over the
    size limit, or a kind that runs on the reader's machine. When the transaction fails, `remove_unused` takes it away.
    """
    called = squeeze(PurePath(name or getattr(upload, "name", "") or "").name)[:250]
    if PurePath(called.lower()).suffix in REFUSED:
        raise ValidationError(_("Files of this kind are not kept: “%(name)s”.") % {"name": called})
    digest, size = _measure(upload)
    upload.seek(0)
    path = default_storage.save(f"{digest[:2]}/{digest}-{uuid4().hex[:12]}", File(upload))
    _note(path)
    media_type = mimetypes.guess_type(called)[0] or "application/octet-stream"
    return StoredFile.objects.create(
        sha256=digest,
        name=called or digest[:12],
        media_type=media_type,
        size=size,
        path=path,
        owner=owner,
        stored_by=by,
        stored_at=at,
    )


def _measure(upload: BinaryIO) -> tuple[str, int]:
    """SHA-256 and size, read once in pieces of a megabyte; nothing is held in memory whole."""
    digest, size = hashlib.sha256(), 0
    upload.seek(0)
    while piece := upload.read(CHUNK):
        size += len(piece)
        if size > settings.MAX_UPLOAD_BYTES:
            limit = settings.MAX_UPLOAD_BYTES // (1024 * 1024)
            raise ValidationError(_("The file is larger than %(limit)s MB.") % {"limit": limit})
        digest.update(piece)
    if not size:
        raise ValidationError(_("The file is empty."))
    return digest.hexdigest(), size


def remove_files(files: Collection[StoredFile]) -> None:
    """Delete files that must not be here: their rows at once, what lies on disk once the transaction is committed."""
    StoredFile.objects.filter(pk__in=[file.pk for file in files]).delete()
    transaction.on_commit(lambda: _remove_from_disk(files))


def _remove_from_disk(files: Collection[StoredFile]) -> None:
    for file in files:
        default_storage.delete(file.path)
        forget(file.sha256)


def remove_unused() -> int:
    """Remove files written by transactions of this thread that did not commit; returns how many."""
    paths, _written.paths = _written.paths, []
    removed = 0
    for path in paths:
        if not StoredFile.objects.filter(path=path).exists() and default_storage.exists(path):
            default_storage.delete(path)
            removed += 1
    return removed


class _Written(threading.local):
    """Paths written in the open transaction of a thread, since Django has no hook for a rollback.

    Another thread's open transaction must not lose its files to this one's fault.
    """

    def __init__(self) -> None:
        self.paths: list[str] = []


_written = _Written()


def _note(path: str) -> None:
    _written.paths.append(path)
    transaction.on_commit(lambda: _written.paths.remove(path) if path in _written.paths else None)
