"""The demo's documents go down to every unit: most acknowledge, one branch is silent, some study what they received."""

import random
from collections.abc import Callable
from datetime import date, datetime, timedelta

from trienkhai.common.clock import moment
from trienkhai.demo.year import Year
from trienkhai.dissemination import actions
from trienkhai.dissemination.actions import Order, SessionDetails
from trienkhai.dissemination.models import Receipt, Sending
from trienkhai.documents.models import Document
from trienkhai.orgs.models import Role, Unit
from trienkhai.people.models import Account

DOWN = "children + grassroots"
SILENT = "MH.16"
STUDYING = ("MH.01", "MH.02", "MH.03")
SHOWN, CELL = "MH.01.001", "MH.01.001.01"
REASONS = ("duty", "illness", "leave")


def send_down(document: Document, bloc: Unit, *, by: Account, at: datetime) -> Sending:
    """To all directly subordinate and all grassroots organisations, to be acknowledged within ten days."""
    order = Order(DOWN, at.date() + timedelta(days=10), note="Đề nghị tổ chức học tập, quán triệt đến từng chi bộ.")
    return actions.send_document(document.pk, bloc, order, by=by, at=at)


class Spreading:
    """Plans what units do with what they were sent; with a `chance` of its own, so that the rest of the year stays."""

    def __init__(self, year: Year, sendings: list[Sending]) -> None:
        self.year, self.sendings, self.chance = year, sendings, random.Random(63)
        self.units = {unit.code: unit for unit in Unit.objects.select_related("present").order_by("path")}

    def _at(self, day: date) -> datetime:
        return moment(day, self.chance.randint(8, 16), self.chance.randint(0, 59))

    def plan(self) -> None:
        """Two rounds of acknowledging, then study of the first resolution in several branches."""
        for first, second in zip(self.sendings[::2], self.sendings[1::2]):
            self._acknowledge([first, second])
        for code in self._studying():
            self._study(self.units[code])
        self._cell()
        self.year.plan(date(2017, 3, 15), "remind", self._remind)

    def _acknowledge(self, sendings: list[Sending]) -> None:
        day = sendings[-1].on + timedelta(days=1)
        ids = [sending.pk for sending in sendings]
        silent = self.units[SILENT].path or ""
        reached = set(Receipt.objects.filter(sending__in=ids).values_list("unit", flat=True))
        for unit in self.units.values():
            if unit.pk not in reached or (unit.path or "").startswith(silent):
                continue
            if self.chance.random() < 0.05 and unit.code != SHOWN:
                continue
            when = day + timedelta(days=self.chance.randint(0, 9))
            self.year.plan(when, "acknowledge_receipts", self._receive(unit, ids))

    def _receive(self, unit: Unit, sendings: list[int]) -> Callable[[], object]:
        def run() -> object:
            rows = Receipt.objects.filter(sending__in=sendings, unit=unit).missing()
            who, at = self.year.focal[unit.pk], self._at(self.year.today)
            return actions.acknowledge_receipts(rows, selection="văn bản mới gửi đến", by=who, at=at)

        return run

    def _remind(self) -> int:
        by = Account.objects.get(username="vanthu")
        return actions.remind_missing(self.sendings[-1].pk, by=by, at=self._at(self.year.today))

    def _studying(self) -> list[str]:
        """Half of the grassroots organisations of some branches; the one whose focal point signs in among them."""
        below = [code for code in self.units if code.startswith(STUDYING) and code.count(".") == 2]
        return sorted({SHOWN, *self.chance.sample(below, len(below) // 2)})

    def _study(self, unit: Unit) -> None:
        day = self.sendings[0].on + timedelta(days=self.chance.randint(20, 45))
        self.year.plan(day, "study", lambda: self._hold(unit, self.year.today))

    def _hold(self, unit: Unit, day: date) -> object:
        """A plan and its session with figures; who was absent in the shown unit makes up."""
        document, who, at = self.sendings[0].document, self.year.focal[unit.pk], moment(day, 17)
        cadres, members = self.chance.randint(5, 15), self.chance.randint(30, 120)
        counts = {
            "key_cadres": (cadres, cadres - self.chance.randint(0, 1)),
            "members": (members, members - self.chance.randint(3, 8)),
        }
        absent = sum(convened - came for convened, came in counts.values())
        plan = actions.make_plan(document, unit, by=who, at=at)
        details = SessionDetails(moment(day, 8), "Hội trường cơ quan", reporter="Phó Bí thư cấp ủy")
        session = actions.plan_session(plan.pk, details, by=who, at=at)
        actions.tell_attendance(session.pk, counts, {self.chance.choice(REASONS): absent}, by=who, at=at)
        if unit.code == SHOWN:
            missed = counts["members"][0] - counts["members"][1]
            later = SessionDetails(moment(day, 16), "Phòng họp", kind="make_up", form="online")
            again = actions.plan_session(plan.pk, later, by=who, at=at)
            actions.tell_attendance(again.pk, {"members": (missed, missed - 1)}, {}, by=who, at=at)
        return plan

    def _cell(self) -> None:
        """The shown unit passes the resolution on to its cells; a cell has one session behind and one before it."""
        unit, document = self.units[SHOWN], self.sendings[0].document

        def run() -> object:
            at = self._at(self.year.today)
            sent = actions.send_document(document.pk, unit, Order("children"), by=self.year.leader[unit.pk], at=at)
            cell = self.units[CELL]
            secretary = Account.objects.get(holdings__post__unit=cell, holdings__post__role=Role.SECRETARY)
            actions.acknowledge_receipt(Receipt.objects.get(sending=sent, unit=cell).pk, by=secretary, at=at)
            plan = actions.make_plan(document, cell, by=secretary, at=at)
            coming = SessionDetails(moment(date(2017, 12, 20), 14), "Phòng họp chi bộ", reporter="Bí thư Chi bộ")
            actions.plan_session(plan.pk, coming, by=secretary, at=at)
            return sent

        self.year.plan(date(2017, 12, 5), "send", run)
