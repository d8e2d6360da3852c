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
    number = next(_numbers)
    row = UnitRow(
        **(
            {
                "code": f"T{number}",
                "name": f"Đơn vị {number}",
                "kind": kind,
                "parent_code": parent.code if parent else "",
                "established_on": date(2010, 1, 1),
            }
            | fields
        )
    )
    unit = establish_units([row], by=SYSTEM, at=at)[row.code]
    return Unit.objects.select_related("present").get(pk=unit.pk)


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
        self.bloc = make_unit(kind="bloc", code="K", name="Đảng bộ Khối Thử")
        self.north = make_unit(self.bloc, kind="upper_committee", code="K.B", name="Đảng bộ Bắc")
        self.south = make_unit(self.bloc, kind="upper_committee", code="K.N", name="Đảng bộ Nam")
        self.direct = make_unit(self.bloc, code="K.T", name="Đảng bộ Trực")
        self.office = make_unit(self.bloc, kind="body", code="K.VP", name="Văn phòng", relation="attached")
        self.north1 = make_unit(self.north, code="K.B.1", name="Đảng bộ Bắc Một")
        self.north2 = make_unit(self.north, kind="grassroots_cell", code="K.B.2", name="Chi bộ Bắc Hai")
        self.south1 = make_unit(self.south, code="K.N.1", name="Đảng bộ Nam Một")
        self.south2 = make_unit(self.south, code="K.N.2", name="Đảng bộ Nam Hai")

    @property
    def grassroots(self) -> list[Unit]:
        return [self.direct, self.north1, self.north2, self.south1, self.south2]
