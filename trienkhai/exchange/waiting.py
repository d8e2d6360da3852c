"""A file between its dry run and its import, kept under the installation's home for an hour at most."""

import re
import secrets
import time
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

KEEP_SECONDS = 3600
TOKEN = re.compile(r"[0-9a-f]{32}\.(csv|xlsx)")


def folder() -> Path:
    return Path(settings.HOME) / "imports"


def keep(upload: UploadedFile) -> str:
    """Store the upload under a random name, which is returned; files left from earlier are removed."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    for old in folder().iterdir():
        if not _fresh(old):
            old.unlink(missing_ok=True)
    token = secrets.token_hex(16) + (".csv" if (upload.name or "").lower().endswith(".csv") else ".xlsx")
    with (folder() / token).open("wb") as target:
        for piece in upload.chunks():
            target.write(piece)
    return token


def path_of(token: str) -> Path | None:
    """The file kept under that name, or None when it is gone. The name is checked: it never leads out of the folder."""
    path = folder() / token
    return path if TOKEN.fullmatch(token) and _fresh(path) else None


def _fresh(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_mtime < KEEP_SECONDS
    except FileNotFoundError:
        return False
