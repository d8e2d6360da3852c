"""Many rows of one list at once, from a spreadsheet: all of them or none, tried beforehand by the same code."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from trienkhai.audit.actions import record
from trienkhai.common.clock import day_of
from trienkhai.common.verdict import Refused
from trienkhai.orgs import rules_roster
from trienkhai.orgs.actions.roster import keeping
from trienkhai.orgs.actions.roster.numbers import settle
from trienkhai.orgs.actors import actor
from trienkhai.orgs.inviting_sheet import Fault
from trienkhai.orgs.models import RosterSpan, Unit
from trienkhai.orgs.roster_sheet import COLUMNS, Line, column_of
from trienkhai.people.models import Account

ADDED, CHANGED, CORRECTED, SAME = "added", "class_changed", "corrected", "same"


class Faulty(Exception):
    """Rows that cannot be taken; nothing was stored."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__()
        self.faults = faults


class _Trial(Exception):
    """Rolls back what was done to see what would come of it."""


def try_lines(unit: Unit, lines: Sequence[Line], *, by: Account, at: datetime) -> tuple[list[str], list[Fault]]:
    """What would become of each line (`ADDED` …), or the faults. Nothing stays."""
    done: list[str] = []
    try:
        with transaction.atomic():
            done = store_lines(unit, lines, by=by, at=at)
            raise _Trial
    except _Trial:
        return done, []
    except Faulty as found:
        return [], found.faults


@transaction.atomic
def store_lines(unit: Unit, lines: Sequence[Line], *, by: Account, at: datetime) -> list[str]:
    """Take the lines over; returns what became of each. Raises Refused, and Faulty with every line that cannot be."""
    unit = keeping.hold(unit)
    verdict = rules_roster.can_keep_roster(by, unit, day_of(at)).require()
    done, faults = [], []
    for line in lines:
        try:
            with transaction.atomic():
                done.append(_take(unit, line, at))
        except ValidationError as fault:
            column, sentence = column_of(fault)
            faults.append(Fault(line.number, COLUMNS[column][0], sentence))
        except Refused as fault:
            faults.append(Fault(line.number, COLUMNS["row"][0], str(fault)))
    if faults:
        raise Faulty(faults)
    settle(unit, day_of(at))
    counts = Counter(done)
    words: dict[str, Any] = {"by": actor(by, verdict.holding), "at": at, "unit_path": unit.path}
    record("roster.imported", unit, count=max(1, len(lines)), new=dict(counts), **words)
    return done


def _take(unit: Unit, line: Line, at: datetime) -> str:
    """A new row; or one that goes on in another class from a later day, is put right, or is as it was."""
    if line.span is None:
        listed = keeping.Listed(line.name, line.kind, line.valid_from, line.post, line.account)
        keeping.store_row(unit, listed, at)
        return ADDED
    span = RosterSpan.objects.select_for_update(of=("self",)).select_related("member", "unit").get(pk=line.span.pk)
    keeping.check_open(span)
    outcome = SAME
    if line.kind != span.kind and line.valid_from > span.valid_from:
        span = keeping.store_class(span, line.kind, line.valid_from, at)
        outcome = CHANGED
    words: dict[str, Any] = {"name": line.name, "kind": line.kind, "valid_from": line.valid_from}
    words["post"] = line.post if "post" in line.columns else keeping.KEEP
    words["account"] = line.account if "username" in line.columns else keeping.KEEP
    if keeping.store_correction(span, at, **words) and outcome == SAME:
        outcome = CORRECTED
    return outcome
