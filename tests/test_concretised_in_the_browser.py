"""Making concrete in a real browser: a unit answers a resolution line by line, issues its plan, its tasks hang on the
assignment they serve; the unit above opens its coverage down to the evidence of a cell.
"""

from datetime import date
from pathlib import Path

import pytest

from tests.browser import fits, press
from trienkhai.documents.models import Clause, Document, DocumentText, Draft
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import NOON, make_holder
from trienkhai.tasks import actions
from trienkhai.tasks.models import Assignment, Issue
from trienkhai.tasks.tests.make import DUE, Cast, make_document

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
POINTS = ("1. Nâng cao chất lượng sinh hoạt chi bộ.", "2. Bồi dưỡng cấp ủy viên ngoài nước.")


@pytest.fixture
def given(today: date) -> tuple[Cast, Document]:
    """A resolution of the bloc with two points, the first of which was given to its branches."""
    cast, words = Cast(), "\n".join(POINTS)
    document = make_document(cast.tree.bloc)
    text = DocumentText.objects.create(document=document, sha256="1" * 64, text=words, created_at=NOON)
    clauses = [
        Clause.objects.create(
            text=text, kind="arabic", label=point[0], heading=point[3:], position=number,
            start=words.index(point), end=words.index(point) + len(point),
        )
        for number, point in enumerate(POINTS)
    ]  # fmt: skip
    rows = [{"title": POINTS[0][3:], "due_on": DUE, "clauses": [clauses[0].pk]}]
    issue = actions.prepare_issue(document, cast.tree.bloc, rows, selection="children", by=cast.officer, at=NOON)
    actions.issue_tasks(issue.pk, by=cast.leader, at=NOON)
    return cast, document


def test_from_the_line_of_the_resolution_to_the_evidence_of_a_unit_two_levels_below(desk, given, tmp_path: Path):
    cast, document = given
    north = cast.tree.north
    first, second = Clause.objects.order_by("position")
    officer, leader = desk(make_holder(north, Role.OFFICER)), desk(cast.north_leader)
    focal, above = desk(cast.focal[cast.tree.north2.pk]), desk(cast.officer)

    officer.goto(f"/van-ban/{document.pk}")
    press(officer, f"a[href='/van-ban/{document.pk}/cu-the-hoa']")
    officer.check(f"input[name=kind-{first.pk}][value=adapted]")
    officer.fill(
        f"textarea[name=words-{first.pk}]",
        "Các đảng bộ, chi bộ cơ sở kiểm tra việc sinh hoạt mỗi quý, xong trước ngày 30/6/2017.",
    )
    officer.check(f"input[name=kind-{second.pk}][value=not_applicable]")
    press(officer, "button[name=draft]")
    assert officer.locator("main .error").count() >= 1
    officer.fill(f"textarea[name=reason-{second.pk}]", "Đảng bộ không có tổ chức ở ngoài nước.")
    press(officer, "button[name=draft]")
    draft = Draft.objects.get()
    assert "mỗi quý" in draft.body and str(draft.pk) in officer.url
    issue_the_plan(officer, draft)
    plan = Document.objects.exclude(pk=document.pk).get()

    officer.goto(f"/van-ban/{plan.pk}")
    press(officer, "form[action*='giao-viec/tu-van-ban'] button")
    issue = Issue.objects.get(document=plan)
    assert issue.tasks.get().serves.held_by_id == north.pk
    press(officer, f"form[action='/giao-viec/{issue.pk}/trinh'] button")
    leader.goto(f"/giao-viec/{issue.pk}")
    press(leader, f"form[action='/giao-viec/{issue.pk}/ban-hanh'] button")

    work = Assignment.objects.get(task__issue=issue, held_by=cast.tree.north2)
    focal.goto(f"/nhiem-vu/{work.pk}")
    press(focal, "form[action$='/tiep-nhan'] button")
    evidence = tmp_path / "bien-ban.txt"
    evidence.write_text("Biên bản sinh hoạt", encoding="utf-8")
    focal.goto(f"/nhiem-vu/{work.pk}/bao-cao")
    focal.fill("textarea[name=text]", "Đã kiểm tra đủ bốn quý.")
    focal.set_input_files("input[type=file]", evidence)
    press(focal, "main form button.primary")

    above.goto(f"/van-ban/{document.pk}")
    press(above, f"a[href='/van-ban/{document.pk}/do-phu']")
    branch = above.locator("tbody tr", has_text="Đảng bộ Bắc").first.inner_text()
    assert str(plan) in branch and fits(above)
    press(above, f"a[href='/dieu-khoan/{first.pk}']")
    press(above, f"a[href*='nhiem-vu={work.task_id}']")
    press(above, f"main a[href='/nhiem-vu/{work.pk}']")
    served = above.locator("main a", has_text=POINTS[0][3:])
    assert (
        served.get_attribute("href") == f"/nhiem-vu/{Assignment.objects.get(task__document=document, held_by=north).pk}"
    )
    with above.expect_download() as waiting:
        above.click("ul.files a")
    assert Path(waiting.value.path()).read_text(encoding="utf-8") == "Biên bản sinh hoạt"


def issue_the_plan(officer, draft: Draft) -> None:
    """What the layout asks for is added, and the plan goes into the outgoing book."""
    officer.goto(f"/van-ban/du-thao/{draft.pk}/sua")
    for name, words in {
        "recipients": "Các chi bộ\nLưu Văn phòng",
        "authority": "T/M Đảng ủy",
        "issuer_name": "Đảng ủy Bắc",
        "parent_name": "Đảng bộ Khối Thử",
        "symbol_body": "ĐUTHU",
        "place": "Thử",
        "signer_role": "Bí thư",
        "signer_name": "Trần Minh Thử",
    }.items():
        field = officer.locator(f"[name={name}]")
        if field.count() and not field.input_value():
            field.fill(words)
    press(officer, "#draft-form button.primary")
    officer.goto(f"/van-ban/du-thao/{draft.pk}/ban-hanh")
    officer.check("input[name=not_secret]")
    press(officer, "main form button.primary")
