"""Rows for tests: an indicator of the bloc, given to its small tree, with values."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from trienkhai.common.clock import moment
from trienkhai.indicators import actions
from trienkhai.indicators.actions import Frame, Gift, Meaning, Outcome, Telling
from trienkhai.indicators.checking import NUMBER
from trienkhai.indicators.models import Holder, Indicator, Value
from trienkhai.indicators.periods import Period, period_of
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.tests.make import Tree, make_holder
from trienkhai.people.models import Account

Q1, Q2, Q3, Q4 = (date(2017, month, 1) for month in (1, 4, 7, 10))
JANUARY = moment(date(2017, 1, 10), 9)
AFTER_Q1, AFTER_Q2 = moment(date(2017, 4, 5), 9), moment(date(2017, 7, 5), 9)


class Cast:
    """The small tree with its people, and a quarterly indicator of the bloc."""

    def __init__(self, **meaning: Any) -> None:
        self.tree = Tree()
        self.officer = make_holder(self.tree.bloc, Role.OFFICER)
        self.leader = make_holder(self.tree.bloc, Role.LEADER)
        self.north_leader = make_holder(self.tree.north, Role.LEADER)
        self.focal = {unit.pk: make_holder(unit, Role.FOCAL) for unit in self.all_units}
        self.indicator = self.define("CT1", **meaning)

    @property
    def all_units(self) -> list[Unit]:
        tree = self.tree
        return [tree.bloc, tree.north, tree.south, *tree.grassroots]

    def define(self, code: str, *, frame: Mapping[str, Any] | None = None, **meaning: Any) -> Indicator:
        details = Frame(**({"code": code, "period": "quarter", "valid_from": Q1} | dict(frame or {})))
        words = Meaning(**({"title": "Số đảng viên mới kết nạp", "measure": "đảng viên"} | meaning))
        return actions.define_indicator(self.tree.bloc, details, words, by=self.officer, at=JANUARY)

    def give(self, selection: str = "grassroots", *, to: Indicator | None = None, **gift: Any) -> Any:
        indicator = to or self.indicator
        return actions.give_indicator(
            indicator.pk, self.tree.bloc, Gift(selection, **gift), by=self.officer, at=JANUARY
        )

    def holder(self, unit: Unit, indicator: Indicator | None = None) -> Holder:
        return Holder.objects.get(indicator=indicator or self.indicator, unit=unit)

    def tell(
        self,
        unit: Unit,
        number: str | dict[str, str],
        *,
        start: date = Q1,
        when: datetime = AFTER_Q1,
        submit: bool = True,
        indicator: Indicator | None = None,
        by: Account | None = None,
        **words: Any,
    ) -> Outcome:
        typed = number if isinstance(number, dict) else {NUMBER: number}
        telling = Telling(self.holder(unit, indicator).pk, start, typed, **words)
        return actions.tell_values(unit, [telling], submit=submit, by=by or self.focal[unit.pk], at=when)

    def approve(self, *values: Value, when: datetime = AFTER_Q1, by: Account | None = None) -> int:
        return actions.approve_values([value.pk for value in values], by=by or self.leader, at=when)

    def told(self, unit: Unit, number: str | dict[str, str], **words: Any) -> Value:
        """Told and approved."""
        outcome = self.tell(unit, number, **words)
        assert not outcome.faults, outcome.faults
        self.approve(*outcome.sent, when=words.get("when", AFTER_Q1))
        outcome.sent[0].refresh_from_db()
        return outcome.sent[0]


def quarter(indicator: Indicator, start: date = Q1) -> Period:
    return period_of(indicator, start)


def dec(text: str) -> Decimal:
    return Decimal(text)
