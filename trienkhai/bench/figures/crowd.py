"""Single and bulk writers at once: how many acts, how many deadlocks, and whether the tally is right afterwards."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import OperationalError, connection

from trienkhai.audit.models import Act
from trienkhai.bench.organisation import TODAY, holder
from trienkhai.common.clock import moment
from trienkhai.common.verdict import Refused
from trienkhai.orgs.models import Role
from trienkhai.people.models import Account
from trienkhai.tasks import actions
from trienkhai.tasks.models import Assignment, Task
from trienkhai.tasks.tally import negatives, recount

AT = moment(TODAY, 10)
SINGLE, BULK = 6, 2
HOT_TASKS, HOT_ROWS = 3, 300
DEADLOCK = "40P01"


def measure(seconds: float) -> dict[str, float]:
    """`acts_at_once` written in `seconds` by eight writers, `deadlocks`, `tally_wrong` places afterwards.

    The writers meet on purpose: few tasks, the units of few branches, bulk acts over all that awaits one leader.
    """
    tasks = list(Task.objects.filter(issued_on__isnull=False).order_by("pk").values_list("pk", flat=True)[:HOT_TASKS])
    chosen = Assignment.objects.filter(task__in=tasks).order_by("held_by", "task")[:HOT_ROWS]
    rows = list(chosen.values_list("pk", flat=True))
    before, faults = Act.objects.count(), Counter[str]()
    end = time.monotonic() + seconds
    writers = [lambda chance: _single(chance, rows)] * SINGLE + [lambda chance: _bulk(chance, rows)] * BULK
    threads = [
        threading.Thread(target=_write, args=(writer, random.Random(seed), end, faults))
        for seed, writer in enumerate(writers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {
        "acts_at_once": Act.objects.count() - before,
        "writers": len(writers),
        "deadlocks": faults["deadlock"],
        "other_faults": faults["other"],
        "tally_wrong": len(recount()) + negatives(),
    }


def _write(writer: Callable[[random.Random], None], chance: random.Random, end: float, faults: Counter) -> None:
    try:
        while time.monotonic() < end:
            try:
                writer(chance)
            except (Refused, ValidationError):
                pass  # somebody else was quicker
            except OperationalError as fault:
                state = getattr(fault.__cause__, "sqlstate", "")
                faults["deadlock" if state == DEADLOCK else "other"] += 1
    finally:
        connection.close()


def _single(chance: random.Random, rows: list[int]) -> None:
    """One verb on one row, by someone who may."""
    row = Assignment.objects.get(pk=chance.choice(rows))
    holds, decides = holder(row.held_by_id, Role.FOCAL), holder(row.answers_to_id, Role.LEADER)
    verbs: dict[str, Callable[[], object]] = {
        "assigned": lambda: actions.acknowledge(row.pk, by=holds, at=AT),
        "acknowledged": lambda: actions.submit_report(row.pk, text="Xong.", by=holds, at=AT),
        "in_progress": lambda: actions.submit_report(row.pk, text="Xong.", by=holds, at=AT),
        "returned": lambda: actions.submit_report(row.pk, text="Xong.", by=holds, at=AT),
        "submitted": lambda: actions.approve(row.pk, by=decides, at=AT),
        "done": lambda: actions.reopen(row.pk, reason="Chưa đủ.", by=decides, at=AT),
    }
    if call := verbs.get(row.state):
        call()


def _bulk(chance: random.Random, rows: list[int]) -> None:
    """Approve or return all that awaits one of the leaders."""
    leader: Account = holder(Assignment.objects.get(pk=chance.choice(rows)).answers_to_id, Role.LEADER)
    chosen = Assignment.objects.filter(pk__in=rows)
    if chance.random() < 0.5:
        actions.approve_matching(chosen, selection="đang chờ duyệt", by=leader, at=AT)
    else:
        actions.return_matching(chosen, selection="đang chờ duyệt", reason="Chưa đủ.", by=leader, at=AT)
