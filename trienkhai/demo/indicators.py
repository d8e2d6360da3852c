"""The demo's indicators: plainly invented, given by the bloc to its 63 organisations, told by quarter of 2017."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from trienkhai.common.clock import moment
from trienkhai.indicators import actions
from trienkhai.indicators.actions import Frame, Gift, Meaning, Telling
from trienkhai.indicators.models import Direction, Holder, Indicator, Kind
from trienkhai.orgs.models import Holding, Role, Unit
from trienkhai.people.models import Account
from trienkhai.tasks.models import Focus

DEFINED = date(2017, 1, 9)
QUARTERS = tuple(date(2017, month, 1) for month in (1, 4, 7, 10))
TOLD = tuple(date(2017, month, 6) for month in (4, 7, 10))
BRANCH, SILENT, OUTLIER = "MH.01", "MH.16", "MH.07"
PERCENT: dict[str, Any] = {"kind": Kind.RATIO, "factor": Decimal(100), "lowest": Decimal(0), "highest": Decimal(100)}
MEANINGS: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    ("MH-01", "Số đảng viên mới kết nạp (giả định)", "đảng viên", {"cumulative": True, "usual_high": Decimal(400)}),
    (
        "MH-02",
        "Tỷ lệ đảng viên dự học tập nghị quyết (giả định)",
        "%",
        {"numerator": "Số đảng viên dự học", "denominator": "Số đảng viên được triệu tập", "aggregation": "ratio"}
        | PERCENT,
    ),
    (
        "MH-03",
        "Số buổi sinh hoạt chuyên đề (giả định)",
        "buổi",
        {"split_by": "cấp", "categories": ("đảng bộ", "chi bộ")},
    ),
    (
        "MH-04",
        "Số ngày trung bình xử lý một văn bản đến (giả định)",
        "ngày",
        {"aggregation": "mean", "direction": Direction.LOWER, "usual_high": Decimal(15)},
    ),
    (
        "MH-05",
        "Mức thực hiện dân chủ ở cơ sở (giả định)",
        "",
        {"kind": Kind.CHOICE, "aggregation": "none", "choices": ("chưa đạt", "đạt", "khá", "tốt")},
    ),
)
OF_FOCUS = ("MH-01", "MH-02")
TARGETS = ((8, 18, 30, 45), (95, 95, 96, 96), (12, 12, 12, 12), (5, 5, 4, 4), (3, 3, 3, 4))


def make_indicators(bloc: Unit) -> tuple[int, int]:
    """Define them, give them down, tell and approve three quarters; returns how many indicators and values."""
    officer, leader = (Account.objects.get(username=name) for name in ("chuyenvien", "lanhdao"))
    with transaction.atomic():
        made = _given(bloc, officer)
        teller = _Tellers(made)
        told = sum(teller.quarter(place, leader) for place in range(len(TOLD)))
    return len(made), told


def _given(bloc: Unit, officer: Account) -> list[Indicator]:
    focus = Focus.objects.filter(unit=bloc).order_by("pk").first()
    made = []
    for (code, title, measure, words), numbers in zip(MEANINGS, TARGETS, strict=True):
        frame = Frame(code, "quarter", QUARTERS[0], focus=focus if code in OF_FOCUS else None)
        at = moment(DEFINED, 9)
        found = actions.define_indicator(bloc, frame, Meaning(title, measure, **words), by=officer, at=at)
        targets = {start: Decimal(number) for start, number in zip(QUARTERS, numbers, strict=True)}
        actions.give_indicator(found.pk, bloc, Gift("children", targets), by=officer, at=moment(DEFINED, 10))
        made.append(found)
    _give_on(made[0])
    return made


def _give_on(indicator: Indicator) -> None:
    """One organisation gives the first indicator on to those below it."""
    unit = Unit.objects.select_related("present").get(present__code=BRANCH)
    leaders = Holding.objects.filter(post__unit=unit, post__role=Role.LEADER).select_related("account")
    leader = leaders.order_by("pk")[0].account
    targets = {start: Decimal(number) for start, number in zip(QUARTERS, (1, 2, 3, 4), strict=True)}
    gift = Gift("children", targets, own=False)
    actions.give_indicator(indicator.pk, unit, gift, by=leader, at=moment(DEFINED + timedelta(days=2), 9))


class _Tellers:
    """Each unit tells its values of a quarter in one act; the bloc's leader approves them in another."""

    def __init__(self, indicators: Sequence[Indicator]) -> None:
        self.chance, self.places = random.Random(71), {one.pk: place for place, one in enumerate(indicators)}
        self.held: dict[Unit, list[Holder]] = {}
        rows = Holder.objects.filter(indicator__in=indicators, enters=True, giver=indicators[0].unit_id)
        for row in rows.select_related("unit__present").order_by("unit__path", "indicator__code"):
            self.held.setdefault(row.unit, []).append(row)
        focal = Holding.objects.filter(post__role=Role.FOCAL, post__unit__in=self.held).select_related(
            "account", "post"
        )
        self.focal = {row.post.unit_id: row.account for row in focal.order_by("-pk")}
        self.joined = {unit.pk: 0 for unit in self.held}

    def quarter(self, place: int, leader: Account) -> int:
        sent = []
        for unit, holders in self.held.items():
            late = place == len(TOLD) - 1 and self.chance.random() < 0.12
            if unit.code == SILENT or late or unit.pk not in self.focal:
                continue
            tellings = [self._telling(unit, row, place) for row in holders]
            when = moment(TOLD[place], self.chance.randint(8, 16))
            done = actions.tell_values(unit, tellings, submit=True, by=self.focal[unit.pk], at=when)
            sent += done.sent
        held_back = len(sent) - 20 if place == len(TOLD) - 1 else len(sent)
        at = moment(TOLD[place] + timedelta(days=3), 10)
        ids = [value.pk for value in sent[:held_back]]
        return actions.approve_values(ids, selection="số liệu quý", by=leader, at=at)

    def _telling(self, unit: Unit, holder: Holder, place: int) -> Telling:
        typed, remark = self._typed(unit, self.places[holder.indicator_id], place)
        return Telling(holder.pk, QUARTERS[place], typed, remark=remark)

    def _typed(self, unit: Unit, number: int, place: int) -> tuple[dict[str, str], str]:
        chance = self.chance
        if number == 0:
            outlier = unit.code == OUTLIER and place == 2
            self.joined[unit.pk] += 420 if outlier else chance.randint(5, 16)
            return {"number": str(self.joined[unit.pk])}, "Tiếp nhận một đảng bộ chuyển đến." if outlier else ""
        if number == 1:
            called = chance.randint(120, 900)
            return {"top": str(called - chance.randint(0, called // 12)), "bottom": str(called)}, ""
        if number == 2:
            parts = chance.randint(2, 6), chance.randint(5, 11)
            return {"number": str(sum(parts)), "split0": str(parts[0]), "split1": str(parts[1])}, ""
        if number == 3:
            return {"number": f"{chance.randint(2, 6)},{chance.randint(1, 9)}"}, ""
        return {"grade": str(chance.choices((1, 2, 3, 4), (1, 3, 8, 6))[0])}, ""
