"""Bringing a file in: planned again under the lock, then all of it or nothing."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.audit.actions import Actor, record
from trienkhai.common.clock import day_of
from trienkhai.common.days import OPEN_END
from trienkhai.common.folding import squeeze
from trienkhai.exchange import rules
from trienkhai.exchange.files import Row, Table
from trienkhai.exchange.planning import Plan, plan_import
from trienkhai.orgs.actions import UnitRow, establish_units, lock_tree, store_change
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Holding, Manner, Post, Span, Unit
from trienkhai.orgs.seats import fullest
from trienkhai.people.models import Account


class WrongRows(ValidationError):
    """Rows of the file are wrong; `plan` says which. Nothing was stored."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(_("%(n)d rows are wrong; nothing was stored.") % {"n": len(plan.wrong)})
        self.plan = plan


@transaction.atomic
def apply_import(tables: dict[str, Table], unit: Unit, *, by: Account, at: datetime) -> Plan:
    """Store what the plan says: new units, changes, moves with their open work, posts, holders; what is left out stays.

    Raises WrongRows when a single row is wrong, Refused when the person may not.
    """
    lock_tree()
    verdict = rules.can_import(by, _fresh(unit), day_of(at)).require()
    return store_import(tables, unit, by=actor(by, verdict.holding), at=at)


@transaction.atomic
def store_import(tables: dict[str, Table], unit: Unit, *, by: Actor, at: datetime) -> Plan:
    """The import itself, for the command line, whose user owns the machine.

    One act for the file with its counts and the digest of its rows, and one for each unit or holding that is another
    afterwards, with old and new values. A file that changes nothing leaves no act.
    """
    lock_tree()
    unit = _fresh(unit)
    plan = plan_import(tables, unit, day_of(at))
    if plan.wrong:
        raise WrongRows(plan)
    if plan.is_empty:
        return plan
    if plan.new:
        establish_units([_unit_row(row) for row in plan.new], by=by, at=at)
    _store_changes(plan, by=by, at=at)
    opened = _store_posts(plan)
    _alter_holdings(plan, by=by, at=at)
    counts = {name: len(getattr(plan, name)) for name in ("new", "changed", "moved", "posts", "holdings", "altered")}
    record(
        "units.imported",
        unit,
        by=by,
        at=at,
        unit_path=unit.path or "",
        count=sum(counts.values()),
        digest=_digest(tables),
        rows=counts | {"accounts": opened},
    )
    return plan


def _fresh(unit: Unit) -> Unit:
    """The unit as it is now that the lock is held."""
    return Unit.objects.select_for_update(of=("self",)).select_related("present__parent__present").get(pk=unit.pk)


def _digest(tables: dict[str, Table]) -> str:
    """SHA-256 of the rows as they were understood, so that a kept file can be shown to be the one brought in."""
    rows = {name: [row.values for row in table.rows] for name, table in sorted(tables.items())}
    text = json.dumps(rows, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _unit_row(row: Row) -> UnitRow:
    return UnitRow(**{name: value for name, value in row.values.items() if value not in (None, "")})


def _units(codes: Iterable[str]) -> dict[str, Unit]:
    rows = Unit.objects.filter(present__code__in=set(codes)).select_related("present")
    return {row.code: row for row in rows}


def _store_changes(plan: Plan, *, by: Actor, at: datetime) -> None:
    """Moves from the top down, so that every new parent stands at its place already; then what units are called."""
    changes = {row.values["code"]: dict(values) for row, values in plan.changed}
    for row in sorted(plan.moved, key=lambda row: plan.depths[row.values["code"]]):
        code, parent = row.values["code"], row.values["parent_code"]
        found = _units([code, parent])
        store_change(found[code], changes.pop(code, {}) | {"parent": found[parent]}, by=by, at=at)
    units = _units(changes)
    for code, values in changes.items():
        store_change(units[code], values, by=by, at=at)


def _store_posts(plan: Plan) -> int:
    """The posts and holdings of the plan in bulk; returns how many accounts were opened for them."""
    units = _units(row.values["unit_code"] for row in [*plan.posts, *plan.holdings])
    most = _most_at_once(plan.holdings)
    Post.objects.bulk_create(
        Post(
            unit=units[row.values["unit_code"]],
            title=row.values["title"],
            role=row.values["role"],
            reach=row.values.get("reach") or Span.OWN,
            seats=max(1, most[row.values["unit_code"], row.values["title"]]),
        )
        for row in plan.posts
    )
    stored = Post.objects.filter(unit__in=list(units.values()))
    posts = {(post.unit_id, squeeze(post.title)): post for post in stored}
    accounts, opened = _accounts(plan.holdings)
    Holding.objects.bulk_create(
        Holding(
            post=posts[units[row.values["unit_code"]].pk, row.values["title"]],
            account=accounts[row.values["username"].lower()],
            manner=row.values.get("manner") or Manner.HOLDS,
            valid_from=row.values["valid_from"],
            valid_to=row.values.get("valid_to") or OPEN_END,
            decision=row.values.get("decision", ""),
        )
        for row in plan.holdings
    )
    return opened


def _most_at_once(rows: list[Row]) -> dict[tuple[str, str], int]:
    """How many of the people whom the file puts into a post hold it on one day, by code of the unit and title."""
    spans: dict[tuple[str, str], list[tuple[date, date]]] = defaultdict(list)
    for row in rows:
        values = row.values
        span = (values["valid_from"], values.get("valid_to") or OPEN_END)
        spans[values["unit_code"], values["title"]].append(span)
    return defaultdict(int, {key: fullest(held, date.min, OPEN_END)[0] for key, held in spans.items()})


def _accounts(rows: list[Row]) -> tuple[dict[str, Account], int]:
    """Accounts by user name; a new one has no password: an administrator lets the person in afterwards."""
    names = {row.values["username"].lower(): row.values.get("holder", "") for row in rows}
    found = {row.username: row for row in Account.objects.filter(username__in=names)}
    missing = [username for username in names if username not in found]
    for username in missing:
        found[username] = Account.objects.create_user(username, None, name=names[username])
    return found, len(missing)


def _alter_holdings(plan: Plan, *, by: Actor, at: datetime) -> None:
    """Another end, manner or decision of a holding; its delegations end with it."""
    for holding, changes in plan.altered:
        old = {name: str(getattr(holding, name)) for name in changes}
        for name, value in changes.items():
            setattr(holding, name, value)
        holding.save(update_fields=list(changes))
        end = holding.valid_to
        Holding.objects.filter(principal=holding, valid_to__gt=end, valid_from__lt=end).update(valid_to=end)
        new = {name: str(value) for name, value in changes.items()}
        record(
            "post.given" if end == OPEN_END else "post.ended",
            holding.post,
            by=by,
            at=at,
            unit_path=holding.post.unit.path,
            account=holding.account_id,
            old=old,
            new=new,
        )


@transaction.atomic
def found_top(tables: dict[str, Table], code: str, *, by: Actor, at: datetime) -> Unit | None:
    """Establish the unit at the top of an empty installation from its own row; None when any unit stands already."""
    rows = [row for row in tables["units"].rows if row.values.get("code") == code] if "units" in tables else []
    if Unit.objects.exists() or len(rows) != 1 or rows[0].errors or rows[0].values.get("parent_code"):
        return None
    return establish_units([_unit_row(rows[0])], by=by, at=at)[code]
