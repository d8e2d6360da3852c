"""The demo's inspections of 2017: one concluded with a finding remedied and one open, one going on, subjects drawn."""

from datetime import date
from io import BytesIO
from typing import Any

from django.db import transaction

from trienkhai.common.clock import moment
from trienkhai.demo.books import Office, office
from trienkhai.demo.documents import MARK
from trienkhai.documents.actions.filing import store_file
from trienkhai.inspections import actions
from trienkhai.inspections.actions import ItemDetails
from trienkhai.inspections.models import Inspection, InspectionItem
from trienkhai.orgs.models import Holding, Role, Unit
from trienkhai.people.models import Account
from trienkhai.tasks import actions as work
from trienkhai.tasks.models import Assignment

SEED = "2017120400000000000000000000minh"
PLANNED, APPROVED, BEGUN, SEEN, WRITTEN, CONCLUDED, GIVEN, DRAWN, REMEDIED, ACCEPTED = (
    moment(date(2017, month, day), hour)
    for month, day, hour in (
        (1, 9, 9), (1, 16, 9), (10, 16, 9), (10, 30, 9), (11, 24, 9), (11, 29, 15), (12, 5, 9), (12, 4, 9),
        (12, 13, 9), (12, 15, 9),
    )
)  # fmt: skip
ITEMS = (
    ItemDetails(
        "Lãnh đạo, chỉ đạo, tổ chức thực hiện nghị quyết, chỉ thị của cấp trên",
        "inspection", "programme", date(2017, 10, 2), date(2017, 12, 29),
    ),
    ItemDetails(
        "Việc cập nhật kết quả và chấp hành chế độ báo cáo", "supervision", "thematic",
        date(2017, 12, 4), date(2017, 12, 29),
    ),
)  # fmt: skip
SUBJECT, OTHER = "MH.01.001", "MH.02.002"
FINDINGS = (
    (
        "Chưa lập bảng theo dõi nhiệm vụ đến từng chi bộ.",
        "Lập bảng theo dõi nhiệm vụ đến từng chi bộ",
        date(2017, 12, 15),
    ),
    (
        "Một số nhiệm vụ cập nhật chậm, thiếu minh chứng.",
        "Rà soát, cập nhật kết quả và bổ sung minh chứng các nhiệm vụ của năm 2017",
        date(2017, 12, 29),
    ),
)
CONCLUSION = (
    "Ưu điểm: cấp ủy đã quán triệt, có phân công và theo dõi.\n\n"
    "Hạn chế: chưa theo dõi đến từng chi bộ; một số việc cập nhật chậm.\n\n"
    "Yêu cầu khắc phục các tồn tại, hạn chế nêu dưới đây và báo cáo kèm minh chứng."
)


@transaction.atomic
def make_inspections(bloc: Unit) -> tuple[int, int]:
    """How many inspections there are and how many findings are open."""
    people, inspector = office(), Account.objects.get(username="kiemtra")
    programme = actions.begin_programme(
        bloc, year=2017, basis="Quyết định 30-QĐ/ĐUMH (minh họa)", by=inspector, at=PLANNED
    )
    first, second = (_item(programme.pk, details, people, inspector) for details in ITEMS)
    actions.submit_programme(programme.pk, by=inspector, at=PLANNED)
    actions.approve_programme(programme.pk, by=people.leader, at=APPROVED)
    done, going = (_subject(first, code, inspector) for code in (SUBJECT, OTHER))
    for row in (done, going):
        actions.start_inspection(row.pk, by=inspector, at=BEGUN)
    findings = _examine(done, people, inspector)
    _remedy(done, findings[0], people, inspector)
    actions.go_on(going.pk, by=inspector, at=CONCLUDED)
    actions.extend_step(going.pk, days=5, reason="Chờ số liệu quyết toán của đơn vị.", by=people.leader, at=GIVEN)
    words: dict[str, Any] = {"scope": "children", "by_risk": 2, "at_random": 2}
    actions.draw_subjects(second.pk, **words, seed=SEED, by=inspector, at=DRAWN)
    return Inspection.objects.count(), len(findings) - 1


def _item(programme: int, details: ItemDetails, people: Office, inspector: Account) -> InspectionItem:
    item = actions.add_item(programme, details, by=inspector, at=PLANNED)
    team = [inspector.pk, people.officer.pk]
    return actions.set_team(item.pk, team, lead=inspector.pk, by=inspector, at=PLANNED)


def _subject(item: InspectionItem, code: str, inspector: Account) -> Inspection:
    unit = Unit.objects.select_related("present").get(present__code=code)
    return actions.add_subject(item.pk, unit, by=inspector, at=APPROVED)


def _file(name: str) -> BytesIO:
    file = BytesIO(f"{MARK}\n\nBiên bản, bảng theo dõi được lược bớt trong bản minh họa.".encode())
    file.name = f"{name} - {MARK}.txt"
    return file


def _examine(row: Inspection, people: Office, inspector: Account) -> list[int]:
    """From the outline to the conclusion; the findings."""
    actions.go_on(row.pk, by=inspector, at=SEEN)
    for point in row.points.order_by("position"):
        met = point.position % 2 == 1
        result, said = ("met", "") if met else ("partly", "Có làm, chưa đều ở các chi bộ.")
        actions.tell_point(point.pk, result=result, note_text=said, by=inspector, at=WRITTEN)
    found = [
        actions.add_finding(row.pk, text=text, remedy=remedy, due_on=due, by=inspector, at=WRITTEN)
        for text, remedy, due in FINDINGS
    ]
    actions.add_proof(_file("Biên bản làm việc"), finding_id=found[0].pk, not_secret=True, by=inspector, at=WRITTEN)
    actions.go_on(row.pk, by=inspector, at=WRITTEN)
    actions.write_conclusion(row.pk, text=CONCLUSION, follower=inspector.pk, by=inspector, at=WRITTEN)
    actions.conclude_inspection(row.pk, by=people.leader, at=CONCLUDED)
    return [one.pk for one in found]


def _remedy(row: Inspection, finding: int, people: Office, inspector: Account) -> None:
    """Both are given as tasks; the first is done, proved, approved and accepted."""
    issue = actions.give_remedies(row.pk, not_secret=True, by=people.officer, at=GIVEN)
    work.issue_tasks(issue.pk, by=people.leader, at=GIVEN)
    rows = Assignment.objects.filter(task__remedies=finding).select_related("held_by", "answers_to")
    task = rows.get()
    focal = Account.objects.get(username="daumoi")
    kept = store_file(_file("Bảng theo dõi"), owner=task.held_by, by=focal, at=REMEDIED)
    work.acknowledge(task.pk, by=focal, at=REMEDIED)
    work.submit_report(task.pk, text="Đã lập bảng theo dõi đến từng chi bộ.", files=[kept], by=focal, at=REMEDIED)
    leader = Holding.objects.filter(post__unit=task.answers_to, post__role=Role.LEADER).order_by("pk")[0].account
    work.approve(task.pk, by=leader, at=ACCEPTED)
    actions.accept_remedy(finding, remark="Đã kiểm tra bảng theo dõi.", by=inspector, at=ACCEPTED)
