"""The list of one unit by spreadsheet: taken along, brought in, tried first, every fault by row and column."""

import io
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook

from trienkhai.audit.models import Act
from trienkhai.orgs.actions import create_post, roster
from trienkhai.orgs.actions.roster.importing import Faulty, store_lines, try_lines
from trienkhai.orgs.models import MemberCount, Role, RosterMember, RosterSpan
from trienkhai.orgs.roster_sheet import check_lines, read_roster_rows, write_roster
from trienkhai.orgs.tests.make import DAY, NOON, make_holder
from trienkhai.orgs.tests.make_roster import LATER, SPRING, SUMMER, Branch, numbers_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
HEADS = ["Số", "Họ và tên", "Phân loại", "Từ ngày"]


@pytest.fixture
def branch() -> Branch:
    return Branch()


def workbook(*rows: list[object], heads: list[str] = HEADS) -> io.BytesIO:
    book = Workbook()
    for row in (heads, *rows):
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    target.seek(0)
    return target


def lines_of(branch: Branch, source: io.BytesIO):
    return check_lines(read_roster_rows(source, "list.xlsx"), branch.cell, SUMMER)


def test_what_was_taken_along_comes_back_without_a_change(branch: Branch):
    post = create_post(
        branch.cell, title="Phó Bí thư", role=Role.MEMBER, by=make_holder(branch.tree.bloc, Role.ADMIN), at=NOON
    )
    branch.add(post=post, account=branch.secretary)
    branch.add("Lê Văn Bình", kind="probationary", valid_from=SPRING)
    rows = roster.export_roster(branch.cell, by=branch.secretary, at=LATER)
    content = write_roster(rows, SUMMER)
    before = list(RosterSpan.objects.order_by("pk").values())

    lines, faults = lines_of(branch, io.BytesIO(content))
    done = store_lines(branch.cell, lines, by=branch.secretary, at=LATER)

    assert faults == [] and done == ["same", "same"]
    assert list(RosterSpan.objects.order_by("pk").values()) == before
    assert load_workbook(io.BytesIO(content)).sheetnames == ["Sensitive personal data"]


def test_new_rows_other_classes_and_corrections_come_in_one_file(branch: Branch):
    changed = branch.add(kind="probationary")
    wrong = branch.add("Lê Văn Bìn", account=branch.secretary)
    source = workbook(
        [changed.pk, "Trần Thị Lan", "Đảng viên chính thức", SPRING],
        [wrong.pk, "Lê Văn Bình", "full members", "03/01/2017"],
        [None, "Phạm Thị Cúc", "dang vien du bi", "2017-06-20"],
    )
    lines, faults = lines_of(branch, source)

    assert (try_lines(branch.cell, lines, by=branch.secretary, at=LATER), faults) == (
        (["class_changed", "corrected", "added"], []),
        [],
    )
    assert RosterMember.objects.count() == 2 and not Act.objects.filter(verb="roster.imported").exists()
    store_lines(branch.cell, lines, by=branch.secretary, at=LATER)

    assert numbers_of(branch.cell, SUMMER) == {"full": 2, "probationary": 1}
    assert RosterMember.objects.get(name="Lê Văn Bình").account == branch.secretary
    act = Act.objects.get(verb="roster.imported")
    assert act.data["new"] == {"class_changed": 1, "corrected": 1, "added": 1} and "Cúc" not in str(act.data)


def test_every_fault_is_named_by_row_and_column_and_nothing_is_stored(branch: Branch):
    known = branch.add()
    stored = list(MemberCount.objects.values())
    source = workbook(
        [999999, "A", "full", SPRING],
        [known.pk, "", "full", SPRING],
        [known.pk, "B", "friend", "soon"],
        [None, "Đúng", "full", SPRING],
        ["x", "C", "full", SPRING],
    )
    lines, faults = lines_of(branch, source)

    assert [(fault.row, str(fault.column)) for fault in faults] == [
        (2, "Number"), (3, "Full name"), (4, "Number"), (4, "Class of member"), (4, "From day"), (6, "Number")
    ]  # fmt: skip
    assert [line.name for line in lines] == ["Đúng"]

    lines, faults = lines_of(
        branch,
        workbook([None, "=1", "full", SPRING], [None, "Đúng", "full", SPRING], [None, "Sớm", "full", date(2016, 1, 1)]),
    )
    assert faults == []
    with pytest.raises(Faulty) as found:
        store_lines(branch.cell, lines, by=branch.secretary, at=LATER)
    assert [(fault.row, str(fault.column)) for fault in found.value.faults] == [(2, "Full name"), (4, "From day")]
    assert RosterMember.objects.count() == 1 and list(MemberCount.objects.values()) == stored


def test_unknown_posts_and_accounts_of_others_are_faults(branch: Branch):
    heads = [*HEADS, "Chức danh", "Tên đăng nhập"]
    source = workbook([None, "A", "full", DAY, "Thợ", branch.second.username], heads=heads)

    _lines, faults = lines_of(branch, source)

    assert [str(fault.column) for fault in faults] == ["Post", "User name"]


def test_an_erased_name_is_in_no_file_and_a_row_on_the_way_is_not_changed(branch: Branch):
    erased, asked = branch.add(), branch.add("Lê Văn Bình")
    roster.erase_member(erased.pk, by=branch.admin, at=LATER)
    roster.ask_transfer(asked.pk, branch.other, on=SPRING, by=branch.secretary, at=LATER)
    rows = roster.export_roster(branch.cell, by=branch.secretary, at=LATER)

    lines, _faults = lines_of(branch, io.BytesIO(write_roster(rows, SUMMER)))

    assert [line.name for line in lines] == ["Lê Văn Bình"]
    assert [str(fault.column) for fault in try_lines(branch.cell, lines, by=branch.secretary, at=LATER)[1]] == [
        "Number"
    ]
