"""Bringing a file in: planned again under the lock, then all of it or nothing."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.audit.actions import Actor, record
from trienkhai.common.clock import day_of
from trienkhai.exchange import rules
from trienkhai.exchange.actions.posts import alter_holdings, refit_posts, store_holdings, store_posts
from trienkhai.exchange.files import Row, Table
from trienkhai.exchange.planning import Plan, plan_import
from trienkhai.exchange.progress import Stage, Tell, silent
from trienkhai.orgs.actions import UnitRow, establish_many, establish_units, lock_tree, store_change, store_words
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account


class WrongRows(ValidationError):
    """Rows of the file are wrong; `plan` says which. Nothing was stored."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(_("%(n)d rows are wrong; nothing was stored.") % {"n": len(plan.wrong)})
        self.plan = plan


@dataclass
class Storing:
    """How far the storing of a plan is: `begin` after each kind of rows, `done` within it."""

    of: int
    tell: Tell
    before: int = 0

    def done(self, count: int) -> None:
        self.tell(Stage.STORE, self.before + count, self.of)

    def begin(self, ended: int) -> None:
        self.before += ended
        self.done(0)


@transaction.atomic
def apply_import(tables: dict[str, Table], unit: Unit, *, by: Account, at: datetime, tell: Tell = silent) -> Plan:
    """Store what the plan says: new units, changes, moves with their open work, posts, holders; what is left out stays.

    Raises WrongRows when a single row is wrong, Refused when the person may not.
    """
    lock_tree()
    verdict = rules.can_import(by, _fresh(unit), day_of(at)).require()
    return store_import(tables, unit, by=actor(by, verdict.holding), at=at, tell=tell)


@transaction.atomic
def store_import(tables: dict[str, Table], unit: Unit, *, by: Actor, at: datetime, tell: Tell = silent) -> Plan:
    """The import itself, for the command line, whose user owns the machine.

    One act for the file with its counts and the digest of its rows, and one for each unit, post or holding that is
    another afterwards, with old and new values. A file that changes nothing leaves no act. All is written in portions;
    moves, which carry open work along, one by one.
    """
    lock_tree()
    unit = _fresh(unit)
    plan = plan_import(tables, unit, day_of(at), tell=tell)
    if plan.wrong:
        raise WrongRows(plan)
    if plan.is_empty:
        return plan
    counts = plan.counts
    storing = Storing(sum(counts.values()), tell)
    if plan.new:
        plan.unit_ids |= establish_many((_unit_row(row) for row in plan.new), by=by, at=at, tell=storing.done)
    storing.begin(counts["new"])
    _store_changes(plan, storing, by=by, at=at)
    store_posts(plan, storing.done)
    storing.begin(counts["posts"])
    refit_posts(plan, by=by, at=at)
    storing.begin(counts["refitted"])
    opened = store_holdings(plan, storing.done)
    storing.begin(counts["holdings"])
    alter_holdings(plan, storing.done, by=by, at=at)
    record(
        "units.imported",
        unit,
        by=by,
        at=at,
        unit_path=unit.path or "",
        count=storing.of,
        digest=_digest(tables),
        rows=counts | {"accounts": opened},
    )
    return plan


def _fresh(unit: Unit) -> Unit:
    """The unit as it is now that the lock is held."""
    return Unit.objects.select_for_update(of=("self",)).select_related("present__parent__present").get(pk=unit.pk)


def _digest(tables: dict[str, Table]) -> str:
    """SHA-256 of the rows as they were understood, so that a kept file can be shown to be the one brought in.

    Of one JSON text, {"posts": [row, …], "units": [row, …]}, of which a row at a time is in memory.
    """
    digest, opening = hashlib.sha256(b"{"), ""
    for name, table in sorted(tables.items()):
        digest.update(f'{opening}"{name}": ['.encode())
        for number, row in enumerate(table.rows):
            text = json.dumps(row.values, ensure_ascii=False, sort_keys=True, default=str)
            digest.update((f", {text}" if number else text).encode())
        digest.update(b"]")
        opening = ", "
    digest.update(b"}")
    return digest.hexdigest()


def _unit_row(row: Row) -> UnitRow:
    return UnitRow(**{name: value for name, value in row.values.items() if value not in (None, "")})


def _units(codes: Iterable[str]) -> dict[str, Unit]:
    rows = Unit.objects.filter(present__code__in=set(codes)).select_related("present__parent")
    return {row.code: row for row in rows}


def _store_changes(plan: Plan, storing: Storing, *, by: Actor, at: datetime) -> None:
    """Moves from the top down, so that every new parent stands at its place already; then what units are called."""
    changes = {row.values["code"]: dict(values) for row, values in plan.changed}
    for done, row in enumerate(sorted(plan.moved, key=lambda row: plan.depths[row.values["code"]]), start=1):
        code, parent = row.values["code"], row.values["parent_code"]
        found = _units([code, parent])
        store_change(found[code], changes.pop(code, {}) | {"parent": found[parent]}, by=by, at=at)
        storing.done(done)
    storing.begin(len(plan.moved))
    store_words({plan.unit_ids[code]: values for code, values in changes.items()}, by=by, at=at, tell=storing.done)
    storing.begin(len(plan.changed))


@transaction.atomic
def found_top(tables: dict[str, Table], code: str, *, by: Actor, at: datetime) -> Unit | None:
    """Establish the unit at the top of an empty installation from its own row; None when any unit stands already."""
    rows = [row for row in tables["units"].rows if row.values.get("code") == code] if "units" in tables else []
    if Unit.objects.exists() or len(rows) != 1 or rows[0].errors or rows[0].values.get("parent_code"):
        return None
    return establish_units([_unit_row(rows[0])], by=by, at=at)[code]
