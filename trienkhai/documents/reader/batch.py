"""Many files read at the same time, each in a process of its own, in the order given.

At most one file more than there are processes is open or waiting to be fetched, so what is in memory is bounded by the
largest documents. A process that dies takes only its own file with it.
"""

import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from multiprocessing import connection, get_context, parent_process
from pathlib import Path

from .files import SIZE_LIMIT, Intake, open_document
from .grammar import OwnPhrases
from .model import Reading
from .reading import read_text
from .refusals import Unreadable


@dataclass(frozen=True)
class Taken:
    """What came of one file: `intake` and `reading`, or the `refusal` with what fills it, as Unreadable has them."""

    intake: Intake | None = None
    reading: Reading | None = None
    refusal: str = ""
    params: tuple[tuple[str, object], ...] = ()


Work = Callable[[Path], Taken]


def take(path: Path, limit: int = SIZE_LIMIT, phrases: OwnPhrases | None = None) -> Taken:
    """Open and read one file; every fault of the file is an answer, not an exception."""
    try:
        intake = open_document(path, limit=limit)
    except Unreadable as fault:
        return Taken(refusal=fault.code, params=tuple(fault.params.items()))
    except OSError:
        return Taken(refusal="not_there")
    return Taken(intake, read_text(intake.text, name=path.name, wrapped=intake.wrapped, phrases=phrases))


def read_files(
    paths: Iterable[Path], *, workers: int, limit: int = SIZE_LIMIT, phrases: OwnPhrases | None = None
) -> Iterator[tuple[Path, Taken]]:
    """Each path with what came of it. `paths` is drawn from only as fast as the answers are fetched."""
    pool, work = _pool(workers), partial(take, limit=limit, phrases=phrases)
    waiting: deque[tuple[Path, Future[Taken]]] = deque()
    left = iter(paths)
    try:
        while True:
            while len(waiting) <= workers and (path := next(left, None)) is not None:
                waiting.append((path, _sent(pool, work, path)))
            if not waiting:
                return
            path, future = waiting.popleft()
            try:
                taken = future.result()
            except BrokenProcessPool:
                taken, pool = _alone(work, path), _pool(workers)
                waiting = deque((other, _sent(pool, work, other)) for other, _broken in waiting)
            yield path, taken
    finally:
        pool.shutdown(cancel_futures=True)


def _sent(pool: ProcessPoolExecutor, work: Work, path: Path) -> Future[Taken]:
    try:
        return pool.submit(work, path)
    except BrokenProcessPool as fault:
        broken: Future[Taken] = Future()
        broken.set_exception(fault)
        return broken


def _alone(work: Work, path: Path) -> Taken:
    """The file in a process of its own: when that too dies, it is the file."""
    with _pool(1) as pool:
        try:
            return pool.submit(work, path).result()
        except BrokenProcessPool:
            return Taken(refusal="reader_died")


def _pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_end_with_parent)


def _end_with_parent() -> None:
    """A process whose parent was killed would wait for work for ever."""
    parent = parent_process()

    def wait() -> None:
        if parent is not None:
            connection.wait([parent.sentinel])
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
