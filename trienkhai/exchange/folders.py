"""The folders between this installation and whatever carries its packets: `in`, `out`, `refused`.

A file appears in `out` under its name when its transaction commits, and only whole: a carrier never takes half of one,
nor one of which the database knows nothing.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from django.conf import settings
from django.db import transaction

SUFFIX, PART, TAKING = ".edxml", ".part", ".taking"
FORGOTTEN_AFTER = 3600
"""Seconds after which a part belongs to a transaction that was rolled back, and nobody is at a file any more."""


def folder(name: str) -> Path:
    path = Path(settings.EDXML_FOLDER) / name
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


@contextmanager
def outgoing(stem: str) -> Iterator[BinaryIO]:
    """A new file for `out`, within the caller's transaction. Names sort in the order in which files were written."""
    _sweep()
    path = folder("out") / f"{time.time_ns()}-{stem}-{uuid4().hex[:6]}{SUFFIX}"
    part = path.with_suffix(PART)
    try:
        with part.open("wb") as target:
            yield target
            target.flush()
            os.fsync(target.fileno())
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    transaction.on_commit(lambda: part.replace(path))


def _sweep() -> None:
    """Parts that no commit will ever name."""
    for part in folder("out").glob(f"*{PART}"):
        if time.time() - part.stat().st_mtime > FORGOTTEN_AFTER:
            part.unlink(missing_ok=True)


def withdraw(mark: str) -> None:
    """Take away the files whose stem ends with `mark`, if no carrier has fetched them; when the transaction commits."""

    def remove() -> None:
        for path in folder("out").glob(f"*-{mark}-*"):
            path.unlink(missing_ok=True)

    transaction.on_commit(remove)


def incoming() -> list[Path]:
    """What lies in `in`, by name."""
    for left in folder("in").glob(f"*{TAKING}"):
        with suppress(FileNotFoundError):  # whoever had it is done with it
            if time.time() - left.stat().st_mtime > FORGOTTEN_AFTER:
                left.rename(left.with_suffix(""))
    return sorted(path for path in folder("in").iterdir() if path.suffix.lower() in (SUFFIX, ".xml") and path.is_file())


@contextmanager
def claimed(path: Path) -> Iterator[Path | None]:
    """A file of `in` under a name that nobody else looks for; None when another has it.

    What is still there at the end goes back to its place, also after a fault.
    """
    mine = path.with_name(f"{path.name}{TAKING}")
    try:
        path.rename(mine)
    except FileNotFoundError:
        yield None
        return
    os.utime(mine)
    try:
        yield mine
    finally:
        if mine.exists():
            mine.rename(path)


def set_aside(claim: Path) -> None:
    """Out of `in`, to be looked at by a person."""
    path = claim.with_suffix("")
    claim.replace(folder("refused") / f"{path.stem}-{uuid4().hex[:6]}{path.suffix}")
