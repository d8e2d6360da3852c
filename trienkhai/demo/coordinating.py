"""The demo's partners: two at agencies of the bloc, one regulation with its duties, opinions asked, work that waits."""

from datetime import date
from typing import Any

from trienkhai.audit.actions import SYSTEM
from trienkhai.common.clock import moment
from trienkhai.demo.books import Office, office
from trienkhai.demo.documents import MARK
from trienkhai.documents.actions import publish_document, register_document
from trienkhai.documents.models import Document
from trienkhai.orgs.actions import UnitRow, establish_units
from trienkhai.orgs.models import Role, Unit
from trienkhai.people.models import Account
from trienkhai.tasks import actions
from trienkhai.tasks.models import Assignment, State

SIGNED, GIVEN, KNOWN, TOLD, TODAY = (
    date(2017, 11, 20), date(2017, 12, 4), date(2017, 12, 5), date(2017, 12, 12), date(2017, 12, 14),
)  # fmt: skip
SINCE, ENDED = date(2016, 3, 1), date(2017, 11, 30)
BODIES = (
    ("NG.04", "Ban Cán sự đảng Cơ quan Minh Họa Núi Xanh", "Ban Cán sự đảng Núi Xanh", "MH.01"),
    ("NG.05", "Đảng đoàn Hội Minh Họa Đồng Lúa", "Đảng đoàn Đồng Lúa", "MH.02"),
)
DUTIES = (
    ("Chuẩn bị cuộc họp giao ban sáu tháng với các cơ quan phối hợp", "MH.DV", date(2017, 12, 22)),
    ("Rà soát việc thực hiện quy chế phối hợp, đề xuất nội dung năm 2018", "MH.KT", date(2017, 12, 29)),
)


def make_coordination(bloc: Unit) -> tuple[int, int]:
    """Partners and opinions; how many of each."""
    people = office()
    rows = [
        UnitRow(code, name, "external", short_name=short, relation="external", established_on=SINCE)
        for code, name, short, _agency in BODIES
    ]
    bodies = establish_units(rows, by=SYSTEM, at=moment(SIGNED, 8))
    who: dict[str, Any] = {"by": people.officer, "at": moment(SIGNED, 9)}
    first, second = (
        actions.open_partnership(_unit(agency), _unit(code), valid_from=SINCE, basis="Quyết định 15-QĐ/ĐUMH", **who)
        for code, _name, _short, agency in BODIES
    )
    late = actions.ask_opinion(
        bloc, second.partner, subject="Dự thảo chương trình phối hợp năm 2018", due_on=date(2017, 11, 24), **who
    )
    regulation = _paper(bloc, people, "05-QC/ĐUMH", "Quy chế", "phối hợp công tác với các cơ quan", SIGNED)
    actions.add_paper(first.pk, regulation, kind="regulation", **who)
    answer = _paper(bloc, people, "12-CV/ĐĐĐL", "Công văn", "góp ý dự thảo chương trình phối hợp", date(2017, 11, 28))
    said = "Nhất trí; đề nghị bổ sung nội dung kiểm tra chung."
    actions.answer_opinion(late.pk, answer=said, document=answer, by=people.officer, at=moment(date(2017, 11, 29), 9))
    basis = "Quyết định 31-QĐ/ĐUMH"
    actions.end_partnership(second.pk, last_day=ENDED, basis=basis, by=people.officer, at=moment(ENDED, 9))
    _give(bloc, regulation, first.partner.code, people)
    conclusion = _paper(bloc, people, "21-KL/ĐUMH", "Kết luận", "cuộc họp giao ban với cơ quan phối hợp", TOLD)
    now: dict[str, Any] = {"by": people.officer, "at": moment(TODAY, 9)}
    actions.add_paper(first.pk, conclusion, kind="conclusion", **now)
    asked = (
        (first.partner, "Dự thảo kế hoạch kiểm tra chung năm 2018", date(2017, 12, 20)),
        (_unit("MH.01.001"), "Dự thảo hướng dẫn sinh hoạt chi bộ chuyên đề", date(2017, 12, 19)),
    )
    for unit, subject, due_on in asked:
        actions.ask_opinion(bloc, unit, subject=subject, question="Đề nghị góp ý bằng văn bản.", due_on=due_on, **now)
    _wait(_unit("MH.01.001"))
    return len(bodies), 1 + len(asked)


def _unit(code: str) -> Unit:
    return Unit.objects.select_related("present").get(present__code=code)


def _paper(bloc: Unit, people: Office, symbol: str, kind: str, title: str, on: date) -> Document:
    head = f"ĐẢNG ỦY KHỐI MINH HỌA\n*\nSố {symbol}\n\nMinh Họa, ngày {on:%d} tháng {on:%m} năm {on:%Y}\n\n{MARK}\n\n"
    fields = {"doc_type": kind, "number": symbol.split("-")[0], "symbol": symbol, "title": title, "issued_on": on}
    fields |= {"issuer_name": "Đảng ủy Khối Minh Họa", "signer_name": people.leader.name, "signer_role": "Bí thư"}
    text = f"{head}{kind.upper()}\n{title}\n\nNội dung được lược bớt trong bản minh họa.\n"
    paper = register_document(bloc, text=text, not_secret=True, fields=fields, by=people.clerk, at=moment(on, 8))
    return publish_document(paper.pk, "branch", by=people.clerk, at=moment(on, 8))


def _give(bloc: Unit, regulation: Document, partner: str, people: Office) -> None:
    """The duties of the regulation, with the partner as a co-ordinating body; one is carried out."""
    rows = [
        {"title": title, "due_on": due, "mode": "joint", "selection": f"unit:{lead}", "work_area": "political_tasks"}
        | {"coordinating_selection": f"unit:{partner}"}
        for title, lead, due in DUTIES
    ]
    issue = actions.prepare_issue(regulation, bloc, rows, selection="children", by=people.officer, at=moment(GIVEN, 9))
    actions.issue_tasks(issue.pk, by=people.leader, at=moment(GIVEN, 10))
    for row in Assignment.objects.filter(task__issue=issue).order_by("task__position"):
        head = Account.objects.filter(holdings__post__unit=row.held_by, holdings__post__role=Role.LEADER).earliest("pk")
        actions.acknowledge(row.pk, by=head, at=moment(KNOWN, 9))
        actions.name_person(row.pk, head, by=head, at=moment(KNOWN, 10))
    done = Assignment.objects.filter(task__issue=issue).earliest("task__position")
    head = Account.objects.filter(holdings__post__unit=done.held_by, holdings__post__role=Role.LEADER).earliest("pk")
    actions.submit_report(done.pk, text="Đã họp giao ban, có kết luận chung.", by=head, at=moment(TOLD, 9))
    actions.approve(done.pk, by=people.leader, at=moment(TOLD, 15))


def _wait(unit: Unit) -> None:
    """The unit whose focal point signs in names who answers for some work, and waits for another with one of it."""
    focal = Account.objects.get(username="daumoi")
    held = Assignment.objects.filter(held_by=unit, state__in=(State.ACKNOWLEDGED, State.IN_PROGRESS))
    rows = list(held.filter(since_on__lte=TODAY).order_by("due_on", "pk")[:3])
    who: dict[str, Any] = {"by": focal, "at": moment(TODAY, 10)}
    for row in rows[:2]:
        actions.name_person(row.pk, focal, **who)
    if rows:
        what = "Hướng dẫn nghiệp vụ của Ủy ban Kiểm tra"
        actions.wait_for(rows[-1].pk, unit=_unit("MH.KT"), what=what, until=date(2017, 12, 22), **who)
