"""The last days of the demo's year: a deputy decides in the leader's name, work changes hands, parts are answered."""

from datetime import date, timedelta
from typing import Any

from trienkhai.common.clock import moment
from trienkhai.demo.books import Office, office
from trienkhai.orgs.actions import delegate
from trienkhai.orgs.models import Holding, Role, Unit
from trienkhai.people.models import Account
from trienkhai.tasks import actions
from trienkhai.tasks.models import HOLDERS_TURN, Assignment, RequestKind, Share, ShareKind, State
from trienkhai.urging.actions import begin_letter

FROM, TODAY, LAST = date(2017, 12, 11), date(2017, 12, 14), date(2017, 12, 22)
DECIDED, PARTS, URGED = 1, 3, 2
OFFICE = "MH.VP"
HANDING, TAKING = "MH.02.002", "MH.02.003"


def let_others_stand_in(bloc: Unit) -> dict[str, int]:
    """How many reports a deputy decided, parts were answered, requests granted, hands changed, letters begun."""
    people = office()
    return {
        "decided": _deputy(bloc, people),
        "parts": _parts(),
        "granted": _requests(people),
        "handed_over": _hand_over(),
        "letters": _letter(bloc, people),
    }


def _deputy(bloc: Unit, people: Office) -> int:
    """The leader is away for two weeks; the head of the office approves in the leader's name."""
    leader = Holding.objects.filter(post__unit=bloc, account=people.leader).select_related("post__unit").earliest("pk")
    heads = Holding.objects.filter(post__unit__present__code=OFFICE, post__role=Role.LEADER)
    deputy = heads.select_related("account").earliest("pk").account
    span = {"valid_from": FROM, "valid_to": LAST + timedelta(days=1)}
    delegate(leader, deputy, acts=["approve"], **span, by=people.leader, at=moment(FROM, 8))
    waiting = Assignment.objects.filter(answers_to=bloc, state=State.SUBMITTED, since_on__lte=TODAY)
    rows = list(waiting.order_by("due_on", "pk").values_list("pk", flat=True)[:DECIDED])
    for pk in rows:
        actions.approve(pk, remark="Đồng ý.", by=deputy, at=moment(TODAY, 15))
    return len(rows)


def _parts() -> int:
    """Co-ordinating units inside the tree answer what is theirs."""
    shares = Share.objects.filter(kind=ShareKind.PART, answered_on=None, unit__external=False)
    done = 0
    for share in shares.order_by("pk")[:PARTS]:
        who = Account.objects.filter(holdings__post__unit=share.unit, holdings__post__role=Role.FOCAL).first()
        if who:
            actions.answer_part(share.pk, answer="Đã gửi tài liệu phối hợp.", by=who, at=moment(TODAY, 14))
            done += 1
    return done


def _open_work(code: str) -> list[Assignment]:
    held = Assignment.objects.filter(held_by__present__code=code, state__in=HOLDERS_TURN, since_on__lte=TODAY)
    return list(held.order_by("due_on", "pk"))


def _requests(people: Office) -> int:
    """One asks for other content, another that a second unit does the work; both are granted."""
    focal = Account.objects.get(username="daumoi2")
    rows, other = _open_work(HANDING)[:2], Unit.objects.get(present__code=TAKING)
    asked: tuple[dict[str, Any], ...] = (
        {"kind": RequestKind.ADJUST, "reason": "Đề nghị ghép nội dung này với hội nghị tổng kết năm."},
        {"kind": RequestKind.TRANSFER, "unit": other, "reason": "Nội dung thuộc phạm vi của đơn vị bạn."},
    )
    for row, request in zip(rows, asked, strict=False):
        made = actions.ask(row.pk, **request, by=focal, at=moment(TODAY, 9))
        actions.decide_request(made.pk, grant=True, answer="Đồng ý.", by=people.leader, at=moment(TODAY, 16))
    return len(rows)


def _hand_over() -> int:
    """One piece of work goes from the person first named to the head of the unit."""
    focal = Account.objects.get(username="daumoi")
    row = next((row for row in _open_work("MH.01.001") if row.person_id == focal.pk), None)
    if row is None:
        return 0
    head = Account.objects.filter(holdings__post__unit=row.held_by, holdings__post__role=Role.LEADER).earliest("pk")
    reason = "Đồng chí được cử đi học từ ngày 18/12."
    actions.name_person(row.pk, head, reason=reason, by=focal, at=moment(TODAY, 17))
    return 1


def _letter(bloc: Unit, people: Office) -> int:
    """The urging letter to the two branches with most work overdue is begun as a draft."""
    late = Assignment.objects.filter(due_on__lt=TODAY, state__in=HOLDERS_TURN, answers_to=bloc)
    units = list(dict.fromkeys(late.order_by("due_on", "held_by").values_list("held_by", flat=True)[:50]))[:URGED]
    if not units:
        return 0
    begin_letter(bloc, list(Unit.objects.filter(pk__in=units)), by=people.officer, at=moment(TODAY, 17))
    return 1
