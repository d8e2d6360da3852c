"""A small organisation whose northern branch keeps its members by name, for tests."""

from datetime import date, datetime
from typing import Any

from trienkhai.common.clock import moment
from trienkhai.orgs.actions import roster
from trienkhai.orgs.actions.roster.keeping import Listed
from trienkhai.orgs.models import MemberCount, Role, RosterSpan, RosterSwitch, Unit
from trienkhai.orgs.queries_members import members_by_branch
from trienkhai.orgs.tests.make import DAY, NOON, Tree, make_holder
from trienkhai.people.models import Account

SPRING, SUMMER = date(2017, 3, 6), date(2017, 6, 20)
LATER = moment(SUMMER, 9)


class Branch:
    """`cell` and `other` are units below `tree.north`, where the list is switched on; each has its secretary."""

    def __init__(self, *, on: bool = True) -> None:
        self.tree = Tree()
        self.cell, self.other = self.tree.north2, self.tree.north1
        self.admin = make_holder(self.tree.north, Role.ADMIN)
        self.secretary, self.second = (make_holder(unit, Role.SECRETARY) for unit in (self.cell, self.other))
        self.switch = self.switch_on() if on else None

    def switch_on(self, unit: Unit | None = None, at: datetime = NOON) -> RosterSwitch:
        words = {"decision": "12-QĐ/ĐUMH", "decided_on": DAY, "by": self.admin, "at": at}
        return roster.switch_on(unit or self.tree.north, **words)

    def add(self, name: str = "Trần Thị Lan", **fields: Any) -> RosterSpan:
        """A row of the cell's list, full member from the first day on unless said."""
        at, by = fields.pop("at", LATER), fields.pop("by", self.secretary)
        unit = fields.pop("unit", self.cell)
        words: dict[str, Any] = {"name": name, "kind": "full", "valid_from": DAY} | fields
        return roster.add_member(unit, Listed(**words), by=by, at=at)

    def add_other(self, name: str = "Lê Văn Bình", **fields: Any) -> RosterSpan:
        return self.add(name, unit=self.other, by=self.second, **fields)


def numbers_of(unit: Unit, on: date) -> dict[str, int]:
    """Members by class of the branch on a day, as every page reads them."""
    return members_by_branch(unit, on)[0].numbers


def stored(unit: Unit) -> list[tuple[date, str, int]]:
    rows = MemberCount.objects.filter(unit=unit).order_by("counted_on", "kind")
    return list(rows.values_list("counted_on", "kind", "number"))


def fresh(account: Account) -> Account:
    return Account.objects.get(pk=account.pk)
