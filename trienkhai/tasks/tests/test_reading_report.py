"""How the reader's proposals are judged by what people made of them."""

import json
from datetime import date

import pytest
from click.testing import CliRunner

from trienkhai.cli import main
from trienkhai.documents.models import Document
from trienkhai.documents.queries import Misread
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import make_holder
from trienkhai.tasks import actions
from trienkhai.tasks.models import Task
from trienkhai.tasks.proposals import propose
from trienkhai.tasks.queries import judged_tasks
from trienkhai.tasks.tests.make import Cast, at

pytestmark = pytest.mark.django_db

PAPER = """ĐẢNG BỘ KHỐI THỬ
ĐẢNG ỦY
*
Số 12-KH/ĐUTHU

ĐẢNG CỘNG SẢN VIỆT NAM
Thành phố Thử, ngày 03 tháng 01 năm 2017

KẾ HOẠCH
công tác thử nghiệm
-----

I- TỔ CHỨC THỰC HIỆN

1. Đảng bộ Bắc chủ trì xây dựng kế hoạch kiểm tra, hoàn thành trước ngày 31/3/2017.

2. Đảng bộ Nam chủ trì, phối hợp với Đảng bộ Bắc tổ chức hội nghị trong quý I/2017.

3. Đảng bộ Trực chủ trì rà soát hồ sơ trong quý II/2017.

T/M ĐẢNG ỦY
BÍ THƯ


Trần Minh Thử
"""


def judged_sheet(*, submit: bool = True) -> Cast:
    """Three proposals: one kept, one with another day, one dropped; and a task that a person added."""
    from trienkhai.documents.tests.make import register

    cast = Cast()
    document = register(cast.tree.bloc, make_holder(cast.tree.bloc, Role.CLERK), text=PAPER, at=at(4))
    rows = propose(document.texts.get(), cast.tree.bloc, at(4).date())
    issue = actions.prepare_issue(document, cast.tree.bloc, rows, by=cast.officer, at=at(4))
    _kept, later, dropped = issue.tasks.order_by("position")
    actions.change_task(later.pk, {"due_on": date(2017, 5, 31)}, by=cast.officer, at=at(5))
    actions.drop_task(dropped.pk, by=cast.officer, at=at(5))
    actions.add_task(issue.pk, {"title": "Việc thêm"}, by=cast.officer, at=at(5))
    if submit:
        actions.submit_issue(issue.pk, by=cast.officer, at=at(5))
    return cast


def test_a_proposal_stays_as_it_was_beside_what_a_person_made_of_it():
    judged_sheet()

    later = Task.objects.get(position=2)
    added = Task.objects.get(title="Việc thêm")
    assert (later.due_on, later.proposed["due_on"]) == (date(2017, 5, 31), "2017-03-31")
    assert later.proposed["lead_words"] == "Đảng bộ Nam"
    assert added.proposed is None


def test_tasks_are_kept_edited_dropped_or_added_and_each_part_is_counted(django_assert_num_queries):
    judged_sheet()

    with django_assert_num_queries(1):
        found = judged_tasks(Document.objects.all())

    counts = {name: (one.kept, one.corrected, one.filled, one.empty) for name, one in found.fields.items()}
    assert (found.proposed, found.kept, found.edited, found.dropped, found.added) == (3, 1, 1, 1, 1)
    assert counts == {
        "text": (2, 0, 0, 0),
        "lead": (2, 0, 0, 0),
        "coordinating": (1, 0, 0, 1),
        "deadline": (1, 1, 0, 0),
        "product": (1, 0, 0, 1),
    }
    assert found.misread[Misread("deadline", "trong quý I/2017 → 2017-03-31", "trong quý I/2017 → 2017-05-31")] == 1


def test_a_sheet_on_which_people_still_work_does_not_count():
    judged_sheet(submit=False)

    assert judged_tasks(Document.objects.all()).proposed == 0


def test_the_command_prints_counts_with_denominators_and_keeps_to_a_branch():
    cast = judged_sheet()

    whole = CliRunner().invoke(main, ["reader", "report"], catch_exceptions=False)
    branch = CliRunner().invoke(main, ["reader", "report", "--unit", cast.tree.north.code, "--json"])
    unknown = CliRunner().invoke(main, ["reader", "report", "--unit", "KHÔNG"])

    assert "máy đề xuất 3 = giữ nguyên 1 + sửa 1 + bỏ 1; người thêm 1" in whole.output
    assert "1/2" in whole.output
    assert json.loads(branch.output)["documents"] == 0
    assert unknown.exit_code == 1
