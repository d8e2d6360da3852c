"""The day on which everything is due: nine reports a second, each with a file, while boards and lists are read.

The clock runs whatever the server does: a report that had to wait for its turn is as late as it is to the person who
pressed the button. Every tenth person presses twice.
"""

import hashlib
import http.client
import random
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse
from django.utils.crypto import get_random_string

from trienkhai.bench.organisation import TODAY, Organisation, holder
from trienkhai.bench.site import PATIENCE, serving, session_of
from trienkhai.common.clock import moment
from trienkhai.orgs.models import Role
from trienkhai.people.models import Account
from trienkhai.tasks import actions
from trienkhai.tasks.models import Assignment, Evidence, ProgressReport, ReportState, State

A_SECOND = 9
FILE_BYTES = 200_000
TWICE = 10
READS_A_SECOND = 2
WORKERS = 2
CROWD = 32
AT = moment(TODAY, 8)
BOUNDARY = "to-khai-7d1c"


@dataclass(frozen=True)
class Filing:
    """One person's report: when it is sent, in seconds from the start, and what."""

    at: float
    assignment: int
    session: str
    token: str
    file: bytes

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.file).hexdigest()


def measure(organisation: Organisation, seconds: float) -> dict[str, float]:
    """`deadline_sent` reports, how many of them were `lost` or `doubled`, and how long 95 % waited at the most.

    Lost: no report of completion stands, or its file is not the one sent, bit for bit.
    """
    filings = _filings(int(A_SECOND * seconds))
    with serving(WORKERS) as (_process, port):
        for path in _reads(organisation):
            _get(port, session_of(organisation.full), path)
        sent, read = _play(port, filings, organisation, seconds)
    return {
        "deadline_sent": len(filings),
        "deadline_lost": sum(not _stands(filing) for filing in filings),
        "deadline_doubled": _doubled(filings),
        "deadline_p50_ms": 1000 * median(sent),
        "deadline_p95_ms": 1000 * quantiles(sent, n=20)[-1],
        "deadline_read_p95_ms": 1000 * quantiles(read, n=20)[-1],
    }


@transaction.atomic
def _filings(number: int) -> list[Filing]:
    """What units have not begun of the first tasks, acknowledged; the file of each is another."""
    chance = random.Random(31)
    people: dict[int, tuple[Account, str]] = {}
    filings = []
    new = Assignment.objects.filter(state=State.ASSIGNED).order_by("task", "held_by")
    for turn, row in enumerate(new[:number]):
        if row.held_by_id not in people:
            who = holder(row.held_by_id, Role.FOCAL)
            people[row.held_by_id] = who, session_of(who)
        who, session = people[row.held_by_id]
        actions.acknowledge(row.pk, by=who, at=AT)
        content = chance.randbytes(FILE_BYTES)
        filings.append(Filing(turn / A_SECOND, row.pk, session, uuid.uuid4().hex, content))
    return filings


def _play(
    port: int, filings: list[Filing], organisation: Organisation, seconds: float
) -> tuple[list[float], list[float]]:
    """Seconds from the moment each report and each page was asked for until its answer was there."""
    reader, pages = session_of(organisation.full), _reads(organisation)
    begin = time.monotonic() + 1
    with ThreadPoolExecutor(CROWD) as crowd:
        sent: list[Future[float]] = []
        read: list[Future[float]] = []
        for at, kind, turn in sorted(_moments(filings, seconds)):
            time.sleep(max(0, begin + at - time.monotonic()))
            if kind == "read":
                read.append(crowd.submit(_timed, begin + at, _get, port, reader, pages[turn % len(pages)]))
            else:
                sent.append(crowd.submit(_timed, begin + at, _post, port, filings[turn]))
        return [each.result() for each in sent], [each.result() for each in read]


def _moments(filings: list[Filing], seconds: float) -> Iterator[tuple[float, str, int]]:
    for turn, filing in enumerate(filings):
        yield filing.at, "file", turn
        if turn % TWICE == 0:
            yield filing.at, "file again", turn
    for turn in range(int(READS_A_SECOND * seconds)):
        yield turn / READS_A_SECOND, "read", turn


def _timed(asked_at: float, call: Callable[..., None], *words: Any) -> float:
    call(*words)
    return time.monotonic() - asked_at


def _reads(organisation: Organisation) -> list[str]:
    return [
        reverse("dashboards:board", args=[organisation.root.pk]),
        reverse("tasks:list"),
        reverse("tasks:approvals"),
    ]


def _get(port: int, session: str, path: str) -> None:
    _ask(port, "GET", path, None, {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session}"}, (200,))


def _post(port: int, filing: Filing) -> None:
    """Hand the form in as a browser does. An answer that is neither the way on nor a sentence is a loss, seen later."""
    secret = get_random_string(32)
    cookies = f"{settings.SESSION_COOKIE_NAME}={filing.session}; {settings.CSRF_COOKIE_NAME}={secret}"
    head = {"Cookie": cookies, "Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    fields = {"csrfmiddlewaretoken": secret, "token": filing.token, "text": "Đã hoàn thành; có biên bản kèm theo."}
    path = reverse("tasks:submit", args=[filing.assignment])
    _ask(port, "POST", path, _multipart(fields, filing.file), head, (302, 409))


def _ask(port: int, method: str, path: str, body: bytes | None, head: dict[str, str], wanted: tuple[int, ...]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request(method, path, body, head)
        answer = connection.getresponse()
        answer.read()
    finally:
        connection.close()
    if answer.status not in wanted:
        raise RuntimeError(f"{method} {path} answered {answer.status}")


def _multipart(fields: dict[str, str], file: bytes) -> bytes:
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    named = 'Content-Disposition: form-data; name="evidence"; filename="bien-ban.pdf"\r\nContent-Type: application/pdf'
    start = f"{''.join(parts)}--{BOUNDARY}\r\n{named}\r\n\r\n".encode()
    return start + file + f"\r\n--{BOUNDARY}--\r\n".encode()


def _stands(filing: Filing) -> bool:
    found = Evidence.objects.filter(report__assignment=filing.assignment, report__state=ReportState.SUBMITTED)
    stored = list(found.values_list("file__path", flat=True))
    state = Assignment.objects.values_list("state", flat=True).get(pk=filing.assignment)
    return state == State.SUBMITTED and any(_digest(path) == filing.digest for path in stored)


def _digest(path: str) -> str:
    with default_storage.open(path) as file:
        return hashlib.sha256(file.read()).hexdigest()


def _doubled(filings: list[Filing]) -> int:
    """Reports and files beyond the one of each person."""
    ids = [filing.assignment for filing in filings]
    reports = Counter(ProgressReport.objects.filter(assignment__in=ids).values_list("assignment", flat=True))
    files = Counter(Evidence.objects.filter(report__assignment__in=ids).values_list("report__assignment", flat=True))
    return sum(max(0, count - 1) for counted in (reports, files) for count in counted.values())
