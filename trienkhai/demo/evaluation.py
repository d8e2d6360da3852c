"""The demo's evaluations by the illustrative pack of 2017: the bloc has decided the third quarter of three of its
organisations and their heads, one of them has begun the year of its own four; commendations, most in one decision.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from trienkhai.audit.actions import record
from trienkhai.common.clock import moment
from trienkhai.evaluation import actions
from trienkhai.evaluation.models import Campaign, Commendation, CommendationState, Kind, Sheet, Step
from trienkhai.evaluation.queries.sheets import by_hand
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Holding, Role, Unit
from trienkhai.people.models import Account

QUARTER, YEAR = "2017-Q3", "2017"
OPENED, DECIDED, BEGUN = date(2017, 12, 4), date(2017, 12, 8), date(2017, 12, 11)
EVALUATED = ("MH.01", "MH.02", "MH.03")
BRANCH = "MH.01"
SHARES = {"MH.01": "0.95", "MH.02": "0.9", "MH.03": "0.8"}
STEPS = (Step.SELF, Step.COLLECTIVE, Step.UPPER, Step.READY)
"""Where the sheets of the branch stand, in the order of its units."""
DECISION, COMMENDED = "63-QĐ/ĐUMH", date(2017, 12, 12)
NUMBERS = {Kind.CELL: 125, Kind.ORGANISATION: 53, Kind.PERSON: 16}
ACHIEVEMENT = "Hoàn thành tốt nhiệm vụ năm 2017, có nhiều đổi mới trong sinh hoạt."


@transaction.atomic
def make_evaluations(bloc: Unit) -> tuple[int, int]:
    """How many sheets were opened, and how many commendations stand in the register."""
    leader, officer = (Account.objects.get(username=name) for name in ("lanhdao", "chuyenvien"))
    decided = _open(bloc, QUARTER, _units(EVALUATED), OPENED, leader, heads=True)
    for sheet in decided.sheets.order_by("pk"):
        _advance(sheet, Step.READY, officer, DECIDED)
    at = moment(DECIDED, 15)
    actions.propose_levels(decided.pk, by=officer, at=at)
    actions.decide(decided.pk, {}, {}, by=leader, at=moment(DECIDED, 16))
    _appeal(decided.sheets.get(unit__present__code=EVALUATED[2], person=0), leader)
    _branch()
    return Sheet.objects.count(), _commend(bloc, leader)


def _units(codes: Any) -> list[Unit]:
    return list(Unit.objects.filter(present__code__in=codes).select_related("present").order_by("path"))


def _head(unit_id: int) -> Account:
    return Account.objects.get(holdings__post__unit=unit_id, holdings__post__role=Role.LEADER)


def _open(unit: Unit, code: str, units: list[Unit], day: date, by: Account, *, heads: bool) -> Campaign:
    return actions.open_campaign(unit, code, units, heads=heads, by=by, at=moment(day, 9))


def _advance(sheet: Sheet, to: str, above: Account, day: date) -> None:
    """Filled in each step by whose turn it is; the only head of a unit is spoken of by the unit above."""
    head = sheet.account or _head(sheet.unit_id)
    share = Decimal(SHARES.get(sheet.unit.code, "0.85"))
    for step in (Step.SELF, Step.COLLECTIVE, Step.VOTE, Step.UPPER):
        if step == to:
            return
        by = head if step == Step.SELF or (step != Step.UPPER and not sheet.person) else above
        who: dict[str, Any] = {"by": by, "at": moment(day, 10)}
        if step == Step.SELF:
            given = {row["code"]: (share * row["points"]).quantize(Decimal(1)) for row in by_hand(sheet)}
            actions.give_points(sheet.pk, given, words="Đã kiểm điểm theo các tiêu chí, có số liệu kèm theo.", **who)
        if step == Step.VOTE:
            actions.tell_vote(sheet.pk, present=15, votes={"excellent": 4, "good": 10, "invalid": 1}, **who)
        actions.pass_on(sheet.pk, **who)


def _appeal(sheet: Sheet, leader: Account) -> None:
    at = moment(date(2017, 12, 13), 9)
    text = "Hai nhiệm vụ hoàn thành đúng hạn nhưng báo cáo được duyệt muộn, đề nghị xem lại."
    actions.appeal(sheet.pk, text=text, by=_head(sheet.unit_id), at=at)
    answer = "Đã đối chiếu: tính theo ngày báo cáo, hai nhiệm vụ này đã được tính đúng hạn. Giữ nguyên mức xếp loại."
    actions.answer_appeal(sheet.pk, answer=answer, by=leader, at=moment(date(2017, 12, 14), 9))


def _branch() -> None:
    unit = Unit.objects.select_related("present").get(present__code=BRANCH)
    leader = _head(unit.pk)
    below = _units([f"{BRANCH}.{number:03}" for number in range(1, len(STEPS) + 1)])
    campaign = _open(unit, YEAR, below, BEGUN, leader, heads=False)
    for sheet, step in zip(campaign.sheets.order_by("unit__path"), STEPS, strict=True):
        _advance(sheet, step, leader, date(2017, 12, 13))


def _commend(bloc: Unit, leader: Account) -> int:
    """One by its file, one that waits, and the list of the year in one act."""
    given, waiting = _units(EVALUATED[:2])
    row = _propose(given, Sheet.objects.get(unit=given, person=0, step=Step.DECIDED))
    actions.give_opinion(
        row.pk, text="Đồng ý với đề nghị.", by=Account.objects.get(username="chuyenvien"), at=moment(COMMENDED, 8)
    )
    actions.commend(row.pk, number="62-QĐ/ĐUMH", decided_on=COMMENDED, by=leader, at=moment(COMMENDED, 9))
    _propose(waiting)
    return 1 + _list_of_year(bloc, leader, besides=[given.pk, waiting.pk])


def _propose(unit: Unit, sheet: Sheet | None = None) -> Commendation:
    words: dict[str, Any] = {"kind": Kind.ORGANISATION, "name": unit.name, "form": "certificate", "year": 2017}
    at = moment(BEGUN, 14)
    return actions.propose_commendation(unit, **words, achievement=ACHIEVEMENT, sheet=sheet, by=_head(unit.pk), at=at)


def _list_of_year(bloc: Unit, leader: Account, besides: list[int]) -> int:
    """As many as the year had, with the one organisation commended by its file."""
    below = Unit.objects.within(bloc.path or "").filter(closed_on__gt=COMMENDED).exclude(pk__in=besides)
    kinds = {
        Kind.CELL: below.filter(present__kind__in=("cell", "grassroots_cell")),
        Kind.ORGANISATION: below.filter(present__kind__in=("grassroots_committee", "upper_committee")),
    }
    listed = {Kind.CELL: NUMBERS[Kind.CELL], Kind.ORGANISATION: NUMBERS[Kind.ORGANISATION] - 1}
    found = [(kind, unit, unit.name) for kind, rows in kinds.items() for unit in rows.order_by("path")[: listed[kind]]]
    heads = Holding.objects.filter(post__role=Role.LEADER, post__unit__present__kind="grassroots_committee")
    people = heads.select_related("account", "post__unit__present").order_by("pk")[: NUMBERS[Kind.PERSON]]
    found += [(Kind.PERSON, row.post.unit, row.account.name) for row in people]
    rows = Commendation.objects.bulk_create(
        Commendation(
            unit=unit, decider=bloc, kind=kind, name=name, form="certificate", year=2017, achievement=ACHIEVEMENT,
            state=CommendationState.DECIDED, proposed_by=leader, proposed_at=moment(BEGUN, 15), number=DECISION,
            decided_on=COMMENDED, decided_by=leader,
        )
        for kind, unit, name in found
    )  # fmt: skip
    holding = Holding.objects.get(account=leader, post__unit=bloc, post__role=Role.LEADER)
    words: dict[str, Any] = {"by": actor(leader, holding), "at": moment(COMMENDED, 16), "unit_path": bloc.path or ""}
    record("commendation.decided", **words, count=len(rows), label=f"danh sách kèm {DECISION}", number=DECISION)
    return len(rows)
