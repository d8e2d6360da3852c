"""The indicators of the demo's standing programmes: administrative reform, mass mobilisation; plainly invented.

Four organisations that go ahead hold them and told three quarters of 2017.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from trienkhai.common.clock import moment
from trienkhai.demo.books import office
from trienkhai.demo.indicators import DEFINED, PERCENT, QUARTERS, TOLD
from trienkhai.indicators import actions
from trienkhai.indicators.actions import Frame, Gift, Meaning, Telling
from trienkhai.indicators.models import Holder, Indicator
from trienkhai.orgs.models import Holding, Role, Unit
from trienkhai.people.models import Account
from trienkhai.tasks.models import Focus

AHEAD = ("MH.04", "MH.05", "MH.06", "MH.08")
RATIO: dict[str, Any] = {"aggregation": "ratio", **PERCENT}
MEASURED: tuple[tuple[str, str, str, str, dict[str, Any], tuple[int, ...]], ...] = (
    (
        "reform", "MH-CC-01", "Tỷ lệ văn bản đến xử lý đúng hạn (giả định)", "%",
        {"numerator": "Số văn bản xử lý đúng hạn", "denominator": "Số văn bản đến", **RATIO}, (90, 92, 95, 95),
    ),
    (
        "reform", "MH-CC-02", "Số biểu mẫu, chế độ báo cáo đã bỏ hoặc gộp (giả định)", "biểu mẫu",
        {"cumulative": True}, (1, 2, 3, 4),
    ),
    (
        "mobilisation", "MH-DV-01", "Số việc thiết thực với cơ sở đã làm (giả định)", "việc",
        {"cumulative": True}, (1, 2, 3, 4),
    ),
    (
        "mobilisation", "MH-DV-02", "Số cuộc đối thoại của người đứng đầu cấp ủy (giả định)", "cuộc",
        {"cumulative": True}, (0, 1, 1, 2),
    ),
)  # fmt: skip
NUMBERS: tuple[tuple[tuple[str | tuple[str, str], ...], ...], ...] = (
    ((("112", "120"), "1", "1", "1"), (("131", "140"), "2", "2", "1"), (("139", "144"), "3", "4", "1")),
    ((("85", "96"), "0", "1", "0"), (("90", "98"), "1", "2", "0"), (("97", "101"), "2", "3", "0")),
    ((("60", "64"), "1", "2", "0"), (("66", "71"), "2", "3", "1"), (("70", "75"), "4", "3", "1")),
    ((("143", "155"), "2", "1", "0"), (("150", "160"), "2", "1", "0"), (("149", "151"), "2", "3", "2")),
)
"""By organisation and quarter, one for each indicator; of a ratio both its numbers."""


@transaction.atomic
def measure_standing(bloc: Unit) -> int:
    """Defined, given, told and approved; returns how many values."""
    people = office()
    made = [_given(bloc, row, people.officer) for row in MEASURED]
    units = list(Unit.objects.filter(present__code__in=AHEAD).select_related("present").order_by("present__code"))
    return sum(_tell(units, made, place, people.leader) for place in range(len(TOLD)))


def _given(bloc: Unit, row: tuple[Any, ...], officer: Account) -> Indicator:
    kind, code, title, measure, words, numbers = row
    focus = Focus.objects.get(unit=bloc, kind=kind)
    meaning, at = Meaning(title, measure, **words), moment(DEFINED, 11)
    found = actions.define_indicator(bloc, Frame(code, "quarter", QUARTERS[0], focus=focus), meaning, by=officer, at=at)
    targets = {start: Decimal(number) for start, number in zip(QUARTERS, numbers, strict=True)}
    chosen = " + ".join(f"unit:{unit}" for unit in AHEAD)
    actions.give_indicator(found.pk, bloc, Gift(chosen, targets), by=officer, at=moment(DEFINED, 14))
    return found


def _tell(units: list[Unit], made: list[Indicator], place: int, leader: Account) -> int:
    focal = Holding.objects.filter(post__unit__in=units, post__role=Role.FOCAL).select_related("account", "post")
    people = {row.post.unit_id: row.account for row in focal.order_by("-pk")}
    holders = {(row.unit_id, row.indicator_id): row.pk for row in Holder.objects.filter(indicator__in=made)}
    day, sent = TOLD[place], []
    for unit, quarters in zip(units, NUMBERS, strict=True):
        tellings = [
            Telling(holders[unit.pk, one.pk], QUARTERS[place], _typed(told))
            for one, told in zip(made, quarters[place], strict=True)
        ]
        done = actions.tell_values(unit, tellings, submit=True, by=people[unit.pk], at=moment(day, 17))
        sent += [value.pk for value in done.sent]
    approved = moment(date(day.year, day.month, day.day + 3), 11)
    return actions.approve_values(sent, selection="số liệu quý của chương trình thường xuyên", by=leader, at=approved)


def _typed(told: str | tuple[str, str]) -> dict[str, str]:
    return {"number": told} if isinstance(told, str) else {"top": told[0], "bottom": told[1]}
