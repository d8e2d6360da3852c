"""An inspection in a real browser: the inspector draws the subject and finds something, the leader approves and
concludes, the officer gives the remedy; the subject is not let report it without a file, then it is accepted. What
nobody else at the unit may decide is decided by the leader above.
"""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.browser import fits, press
from trienkhai.inspections.models import Finding, Inspection, InspectionItem
from trienkhai.inspections.tests.make import Cast
from trienkhai.inspections.tests.test_climbing import finished
from trienkhai.tasks.models import Assignment

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
SEND = "main form button.primary"


@pytest.mark.parametrize(("javascript", "width"), [(True, 1440), (False, 390)])
def test_from_the_draw_to_the_remedy_that_is_accepted(desk, today: date, tmp_path: Path, javascript: bool, width: int):
    cast = Cast()
    people = (cast.inspector, cast.leader, cast.officer, cast.focal[cast.subject.pk], cast.north_leader)
    inspector, leader, officer, subject, approver = (desk(who, javascript=javascript, width=width) for who in people)

    item = planned_and_drawn(inspector, cast, today)
    leader.goto("/viec-cua-toi")
    press(leader, f"a[href='/kiem-tra/chuong-trinh/{item.programme_id}']")
    assert fits(leader)
    press(leader, SEND)
    row = Inspection.objects.get(unit=cast.subject)
    page = f"/kiem-tra/cuoc/{row.pk}"
    inspector.goto(page)
    press(inspector, SEND)
    subject.goto("/hop-thu")
    assert "Thực hiện nghị quyết" in subject.locator("main").inner_text()
    examined(inspector, row, page, cast, today)

    subject.goto(page)
    assert "Chưa lập bảng" not in subject.locator("main").inner_text()
    leader.goto(page)
    press(leader, f"form[action='{page}/ban-hanh'] button")
    subject.goto(page)
    assert "Chưa lập bảng" in subject.locator("main").inner_text() and fits(subject)
    officer.goto(f"{page}/giao")
    officer.check("input[name=not_secret]")
    press(officer, SEND)
    finding = Finding.objects.select_related("task").get()
    leader.goto(f"/giao-viec/{finding.task.issue_id}")
    assert finding.remedy in leader.locator("main").inner_text()
    press(leader, f"form[action='/giao-viec/{finding.task.issue_id}/ban-hanh'] button")

    remedied(subject, approver, finding, tmp_path)
    inspector.goto("/viec-cua-toi")
    press(inspector, f"a[href='/kiem-tra/ton-tai/{finding.pk}/chap-nhan']")
    press(inspector, SEND)
    finding.refresh_from_db()
    assert finding.closed_on == today and fits(inspector)


def test_what_the_only_leader_wrote_is_issued_by_the_leader_of_the_next_unit_above(desk):
    cast = Cast()
    row = finished(cast)
    page = f"/kiem-tra/cuoc/{row.pk}"
    below, above, subject = (desk(who, width=390) for who in (cast.north_leader, cast.leader, cast.subject_leader))

    below.goto("/viec-cua-toi")
    press(below, f"a[href='{page}']")
    press(below, f"a[href='{page}/ket-luan']")
    below.fill("[name=text]", "Có cố gắng, còn hạn chế.")
    below.select_option("select[name=follower]", str(cast.north_leader.pk))
    press(below, SEND)
    assert below.locator(f"form[action='{page}/ban-hanh']").count() == 0
    below.goto("/viec-cua-toi")
    assert below.locator(f"a[href='{page}']").count() == 0

    above.goto("/viec-cua-toi")
    press(above, f"a[href='{page}']")
    assert cast.north_leader.name in above.locator("main").inner_text() and fits(above)
    press(above, f"form[action='{page}/ban-hanh'] button")
    row.refresh_from_db()
    assert row.concluded_by == cast.leader
    subject.goto(page)
    assert "Có cố gắng, còn hạn chế." in subject.locator("main").inner_text()


def planned_and_drawn(inspector: Any, cast: Cast, today: date) -> InspectionItem:
    """The programme of the year with one item, its team, its subjects drawn by lot, sent for approval."""
    inspector.goto("/kiem-tra")
    assert fits(inspector)
    press(inspector, f"a[href='/kiem-tra/lap/{cast.bloc.pk}']")
    press(inspector, SEND)
    press(inspector, "main a[href$='/them']")
    inspector.fill("[name=theme]", "Thực hiện nghị quyết")
    for name in ("starts_on", "ends_on"):
        inspector.fill(f"input[name={name}]", today.isoformat())
    press(inspector, SEND)
    item = InspectionItem.objects.get()
    inspector.goto(f"/kiem-tra/noi-dung/{item.pk}/doan")
    for person in (cast.inspector, cast.officer):
        inspector.check(f"input[name=people][value='{person.pk}']")
    inspector.select_option("select[name=lead]", str(cast.inspector.pk))
    press(inspector, SEND)
    inspector.goto(f"/kiem-tra/noi-dung/{item.pk}/chon")
    inspector.check("input[name=scope][value=grassroots]")
    inspector.fill("input[name=at_random]", "5")
    press(inspector, SEND)
    press(inspector, "section[aria-labelledby=draws-title] a.title")
    assert cast.subject.name in inspector.locator("main").inner_text() and fits(inspector)
    inspector.goto(f"/kiem-tra/chuong-trinh/{item.programme_id}")
    press(inspector, SEND)
    return item


def examined(inspector: Any, row: Inspection, page: str, cast: Cast, today: date) -> None:
    """Each point of the outline looked at, one finding, the conclusion written."""
    press(inspector, f"form[action='{page}/buoc-sau'] button")
    for point in row.points.order_by("position"):
        inspector.goto(f"/kiem-tra/de-cuong/{point.pk}")
        inspector.check("input[name=result][value=met]")
        press(inspector, SEND)
    press(inspector, f"a[href='{page}/ton-tai']")
    inspector.fill("[name=text]", "Chưa lập bảng theo dõi")
    inspector.fill("[name=remedy]", "Lập bảng theo dõi")
    inspector.fill("input[name=due_on]", today.isoformat())
    press(inspector, SEND)
    assert fits(inspector)
    press(inspector, f"form[action='{page}/buoc-sau'] button")
    press(inspector, f"a[href='{page}/ket-luan']")
    inspector.fill("[name=text]", "Có cố gắng, còn hạn chế.")
    inspector.select_option("select[name=follower]", str(cast.inspector.pk))
    press(inspector, SEND)


def remedied(subject: Any, approver: Any, finding: Finding, folder: Path) -> None:
    """Reported without a file: refused; with one: approved."""
    task = Assignment.objects.get(task=finding.task)
    subject.goto(f"/nhiem-vu/{task.pk}")
    press(subject, f"form[action='/nhiem-vu/{task.pk}/tiep-nhan'] button")
    report(subject, task)
    assert subject.locator("main form p.error").count() == 1 and fits(subject)
    proof = folder / "bang-theo-doi.txt"
    proof.write_text("Bảng theo dõi", encoding="utf-8")
    report(subject, task, proof)
    approver.goto(f"/nhiem-vu/{task.pk}/duyet")
    press(approver, SEND)


def report(page: Any, task: Assignment, proof: Path | None = None) -> None:
    page.goto(f"/nhiem-vu/{task.pk}/bao-cao")
    page.fill("textarea[name=text]", "Đã lập bảng theo dõi")
    if proof:
        page.set_input_files("input[type=file]", proof)
    press(page, SEND)
