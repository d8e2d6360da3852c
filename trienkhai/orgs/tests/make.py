"""Rows for tests: a small tree, people in posts."""

import itertools
from datetime import date, datetime
from typing import Any

from trienkhai.audit.actions import SYSTEM
from trienkhai.common.clock import moment
from trienkhai.orgs.actions import UnitRow, establish_units
from trienkhai.orgs.models import Holding, Post, Role, Span, Unit
from trienkhai.people.models import Account

DAY = date(2017, 1, 3)
NOON = moment(DAY, 12)
_numbers = itertools.count(1)

BRANCH_ROLES = (Role.LEADER, Role.OFFICER, Role.INSPECTOR, Role.ADMIN)


def make_account(name: str = "", **fields: Any) -> Account:
    number = next(_numbers)
    return Account.objects.create_user(f"nguoi{number}", None, name=name or f"Người Thứ {number}", **fields)


def make_unit(
    parent: Unit | None = None, *, kind: str = "grassroots_committee", at: datetime = NOON, **fields: Any
) -> Unit:
    row = _row(parent.code if parent else "", kind=kind, **fields)
    return _established([row], at)[row.code]


def _row(parent_code: str, **fields: Any) -> UnitRow:
    number = next(_numbers)
    usual = {"code": f"T{number}", "name": f"Đơn vị {number}", "kind": "grassroots_committee"}
    return UnitRow(**usual | {"parent_code": parent_code, "established_on": date(2010, 1, 1)} | fields)


def _established(rows: list[UnitRow], at: datetime) -> dict[str, Unit]:
    units = establish_units(rows, by=SYSTEM, at=at)
    found = Unit.objects.select_related("present").filter(pk__in=[unit.pk for unit in units.values()])
    return {unit.code: unit for unit in found}


def make_holder(unit: Unit, role: str, *, reach: str = "", account: Account | None = None, **fields: Any) -> Account:
    """A person in a post at `unit`; officers, leaders, inspectors and administrators reach the branch unless said."""
    account = account or make_account()
    reach = reach or (Span.BRANCH if role in BRANCH_ROLES else Span.OWN)
    post = Post.objects.create(unit=unit, title=f"{role} {next(_numbers)}", role=role, reach=reach)
    Holding.objects.create(**({"post": post, "account": account, "valid_from": date(2010, 1, 1)} | fields))
    return account


class Tree:
    """A bloc with two upper committees of two grassroots each, one direct grassroots, and an attached office."""

    def __init__(self) -> None:
        rows = [
            _row("", kind="bloc", code="K", name="Đảng bộ Khối Thử"),
            _row("K", kind="upper_committee", code="K.B", name="Đảng bộ Bắc"),
            _row("K", kind="upper_committee", code="K.N", name="Đảng bộ Nam"),
            _row("K", code="K.T", name="Đảng bộ Trực"),
            _row("K", kind="body", code="K.VP", name="Văn phòng", relation="attached"),
            _row("K.B", code="K.B.1", name="Đảng bộ Bắc Một"),
            _row("K.B", kind="grassroots_cell", code="K.B.2", name="Chi bộ Bắc Hai"),
            _row("K.N", code="K.N.1", name="Đảng bộ Nam Một"),
            _row("K.N", code="K.N.2", name="Đảng bộ Nam Hai"),
        ]
        made = _established(rows, NOON)
        self.bloc = made["K"]
        self.north = made["K.B"]
        self.south = made["K.N"]
        self.direct = made["K.T"]
        self.office = made["K.VP"]
        self.north1 = made["K.B.1"]
        self.north2 = made["K.B.2"]
        self.south1 = made["K.N.1"]
        self.south2 = made["K.N.2"]

    @property
    def grassroots(self) -> list[Unit]:
        return [self.direct, self.north1, self.north2, self.south1, self.south2]
