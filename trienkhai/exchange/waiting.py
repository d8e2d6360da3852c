"""A file between its dry run and its import, kept under the installation's home for an hour at most.

Beside it, of a file that is worked on in the background: how far it is (`….progress`), which a database could not tell
from inside the transaction that stores the rows, and the file with its errors (`….errors.xlsx`).
"""

import json
import os
import re
import secrets
import time
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from trienkhai.exchange.progress import Stage

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


def forget(token: str) -> None:
    if TOKEN.fullmatch(token):
        for path in (folder() / token, _progress(token), errors_of(token)):
            path.unlink(missing_ok=True)


def keep_on(path: Path) -> None:
    """The hour begins anew."""
    os.utime(path)


def errors_of(token: str) -> Path:
    """Where the file with its errors stands."""
    return folder() / f"{token}.errors.xlsx"


def tell_progress(token: str, stage: Stage, done: int, of: int) -> None:
    path = _progress(token)
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps([stage, done, of]))
    draft.replace(path)


def progress_of(token: str) -> tuple[Stage, int, int] | None:
    """How far it is; None before the first rows and after the end."""
    try:
        stage, done, of = json.loads(_progress(token).read_text())
    except FileNotFoundError:
        return None
    return Stage(stage), done, of


def end_progress(token: str) -> None:
    _progress(token).unlink(missing_ok=True)


def is_worked_on(token: str, within: float) -> bool:
    """Did whoever works on the file tell of it in the last `within` seconds?"""
    try:
        return time.time() - _progress(token).stat().st_mtime < within
    except FileNotFoundError:
        return False


def _progress(token: str) -> Path:
    return folder() / f"{token}.progress"


def _fresh(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_mtime < KEEP_SECONDS
    except FileNotFoundError:
        return False
