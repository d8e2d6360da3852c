"""A file between its dry run and its import, kept under the installation's home for an hour at most."""

import secrets
import time
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

KEEP_SECONDS = 3600


def folder() -> Path:
    path = Path(settings.HOME) / "imports"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def keep(upload: UploadedFile) -> str:
    """Store the upload under a random name, which is returned; files left from earlier are removed."""
    for old in folder().iterdir():
        if time.time() - old.stat().st_mtime > KEEP_SECONDS:
            old.unlink(missing_ok=True)
    suffix = ".csv" if (upload.name or "").lower().endswith(".csv") else ".xlsx"
    token = secrets.token_hex(16) + suffix
    with (folder() / token).open("wb") as target:
        for piece in upload.chunks():
            target.write(piece)
    return token


def path_of(token: str) -> Path | None:
    """The file kept under that name, or None when it is gone. The name is checked: it never leads out of the folder."""
    stem, _dot, suffix = token.partition(".")
    if len(stem) != 32 or not stem.isalnum() or suffix not in ("csv", "xlsx"):
        return None
    path = folder() / token
    return path if path.exists() else None
