"""A file with its people, for tests: an administrator prepares, a leader of the same office approves."""

from datetime import date, datetime
from typing import Any

from trienkhai.common.clock import moment
from trienkhai.orgs.actions import reorganising
from trienkhai.orgs.actions.reorganising import key_of
from trienkhai.orgs.models import Reorganisation, Role, Step, Unit
from trienkhai.orgs.tests.make import make_holder

TODAY = date(2017, 6, 20)
AT = moment(TODAY, 9)


class Office:
    """Whoever prepares and approves files of `unit`."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.admin, self.leader = make_holder(unit, Role.ADMIN), make_holder(unit, Role.LEADER)

    def file(self, *steps: tuple[str, dict[str, Any]], at: datetime = AT, **fields: Any) -> Reorganisation:
        """A draft with these steps (kind, payload)."""
        values: dict[str, Any] = {"title": "Phương án sắp xếp", "effective_on": TODAY, "decision": "12-QĐ/ĐU"} | fields
        file = reorganising.prepare_reorganisation(self.unit, **values, by=self.admin, at=at)
        for kind, payload in steps:
            self.step(file, kind, payload, at)
        return file

    def step(self, file: Reorganisation, kind: str, payload: dict[str, Any], at: datetime = AT) -> Step:
        return reorganising.add_step(file.pk, kind, payload, by=self.admin, at=at)

    def submit(self, file: Reorganisation, at: datetime = AT) -> Reorganisation:
        return reorganising.submit_reorganisation(file.pk, by=self.admin, at=at)

    def carry_out(self, file: Reorganisation, at: datetime = AT) -> Reorganisation:
        """Submitted and approved; what the trial before the submission counted is what was carried out."""
        tried = self.submit(file, at).outcome
        done = reorganising.approve_and_carry_out(file.pk, by=self.leader, at=at)
        assert done.outcome == tried
        return done


def new(code: str, name: str = "", kind: str = "grassroots_cell", **fields: str) -> dict[str, str]:
    """What a step says of a unit that it makes."""
    words = {"code": code, "name": name or f"Chi bộ {code}", "kind": kind, "relation": "subordinate"}
    return words | fields


def move(parent: Unit | str, *units: Unit) -> tuple[str, dict[str, Any]]:
    return "move", {"units": [key_of(unit) for unit in units], "parent": key(parent)}


def merge(*units: Unit, into: Unit | str = "", **given: Any) -> tuple[str, dict[str, Any]]:
    return "merge", {"units": [key_of(unit) for unit in units], "into": key(into)} | given


def dissolve(unit: Unit, successor: Unit | str = "", **given: Any) -> tuple[str, dict[str, Any]]:
    return "dissolve", {"unit": key_of(unit), "successor": key(successor)} | given


def key(unit: Unit | str) -> str:
    return unit if isinstance(unit, str) else key_of(unit)


def fresh(unit: Unit) -> Unit:
    return Unit.objects.select_related("present__parent__present").get(pk=unit.pk)
