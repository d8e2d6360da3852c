"""Bringing a file in: planned again under the lock, then all of it or nothing."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.audit.actions import Actor, record
from trienkhai.common.clock import day_of
from trienkhai.common.days import OPEN_END
from trienkhai.exchange import rules
from trienkhai.exchange.files import Row, Table
from trienkhai.exchange.planning import Plan, plan_import
from trienkhai.orgs.actions import UnitRow, establish_units, store_change
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Holding, Post, Relation, Span, Unit
from trienkhai.orgs.queries import unit_by_code
from trienkhai.people.models import Account


class WrongRows(ValidationError):
    """Rows of the file are wrong; `plan` says which. Nothing was stored."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(_("%(n)d rows are wrong; nothing was stored.") % {"n": len(plan.wrong)})
        self.plan = plan


@transaction.atomic
def apply_import(tables: dict[str, Table], unit: Unit, *, by: Account, at: datetime) -> Plan:
    """Store what the plan says: new units, changes, moves with their open work, posts, holders; rows left out stay as
    they are.

    Raises WrongRows when a single row is wrong, Refused when the person may not.
    """
    unit = Unit.objects.select_for_update(of=("self",)).select_related("present__parent__present").get(pk=unit.pk)
    verdict = rules.can_import(by, unit, day_of(at)).require()
    return store_import(tables, unit, by=actor(by, verdict.holding), at=at)


@transaction.atomic
def store_import(tables: dict[str, Table], unit: Unit, *, by: Actor, at: datetime) -> Plan:
    """The import itself, for the command line, whose user owns the machine."""
    plan = plan_import(tables, unit, day_of(at))
    if plan.wrong:
        raise WrongRows(plan)
    if plan.new:
        establish_units([_unit_row(row) for row in plan.new], by=by, at=at)
    for row in sorted(plan.moved, key=lambda row: plan.depths[row.values["code"]]):
        store_change(_unit(row.values["code"]), {"parent": _unit(row.values["parent_code"])}, by=by, at=at)
    for row, changes in plan.changed:
        store_change(_unit(row.values["code"]), changes, by=by, at=at)
    _store_posts(plan)
    record(
        "units.imported",
        unit,
        by=by,
        at=at,
        unit_path=unit.path or "",
        count=len(plan.new) + len(plan.changed) + len(plan.moved),
        new=len(plan.new),
        changed=len(plan.changed),
        moved=len(plan.moved),
        posts=len(plan.posts),
        holdings=len(plan.holdings),
    )
    return plan


def _unit(code: str) -> Unit:
    found = unit_by_code(code)
    if found is None:
        raise ValidationError(_("There is no unit with the code “%(code)s”.") % {"code": code})
    return found


def _unit_row(row: Row) -> UnitRow:
    given = {name: value for name, value in row.values.items() if value not in (None, "")}
    return UnitRow(**({"relation": Relation.SUBORDINATE} | given))


def _store_posts(plan: Plan) -> None:
    for row in plan.posts:
        values = row.values
        unit = _unit(values["unit_code"])
        Post.objects.create(
            unit=unit, title=values["title"], role=values["role"], reach=values.get("reach") or Span.OWN
        )
    for row in plan.holdings:
        values = row.values
        post = Post.objects.get(unit=_unit(values["unit_code"]), title=values["title"])
        Holding.objects.create(
            post=post,
            account=_account(values),
            valid_from=values["valid_from"],
            valid_to=values.get("valid_to") or OPEN_END,
            decision=values.get("decision", ""),
        )


def _account(values: dict[str, str]) -> Account:
    """The account, made without a password when it is new: an administrator lets the person in afterwards."""
    username = values["username"].lower()
    found = Account.objects.filter(username=username).first()
    return found or Account.objects.create_user(username, None, name=values["holder"])


@transaction.atomic
def found_top(tables: dict[str, Table], code: str, *, by: Actor, at: datetime) -> Unit | None:
    """Establish the unit at the top of an empty installation from its own row; None when any unit stands already."""
    rows = [row for row in tables["units"].rows if row.values.get("code") == code] if "units" in tables else []
    if Unit.objects.exists() or len(rows) != 1 or rows[0].errors or rows[0].values.get("parent_code"):
        return None
    return establish_units([_unit_row(rows[0])], by=by, at=at)[code]
