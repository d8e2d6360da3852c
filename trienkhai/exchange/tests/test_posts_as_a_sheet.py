"""Seats, classes and requirements of posts as cells: out, into an empty site, out again the same."""

import io
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from openpyxl import load_workbook

from trienkhai.audit.actions import SYSTEM
from trienkhai.audit.models import Act
from trienkhai.common.days import OPEN_END
from trienkhai.exchange.actions import found_top, store_import
from trienkhai.exchange.files import read_tables
from trienkhai.exchange.tests.make import DAY, csv_lines, csv_of, faults, fresh, plan, xlsx_of
from trienkhai.orgs.models import Holding, Post, PostClass, Role, Unit, UnitPlace, UnitVersion
from trienkhai.orgs.tests.make import NOON, Tree, make_holder
from trienkhai.people.models import Account

pytestmark = pytest.mark.django_db
HEADINGS = "Mã đơn vị,Chức danh,Vai trò,Tên đăng nhập,Họ và tên,Từ ngày,Số lượng,Phân loại,Yêu cầu của chức danh"


def grid(source: io.BytesIO) -> dict[str, list[tuple[object, ...]]]:
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in load_workbook(source).worksheets}


def empty_site() -> None:
    Holding.objects.all().delete()
    Post.objects.all().delete()
    Unit.objects.update(present=None, path=None)
    UnitVersion.objects.all().delete()
    UnitPlace.objects.all().delete()
    Unit.objects.all().delete()
    Account.objects.all().delete()


def made() -> Tree:
    """Posts of every sort: many seats and classes, requirements over lines, an over-full post, an empty one."""
    tree = Tree()
    UnitVersion.objects.filter(unit=tree.north).update(symbol="ĐU", aliases=["Bắc; cũ"])
    for title, role, more in (
        (
            "Bí thư",
            Role.LEADER,
            {"seats": 1, "term_bound": True, "requirements": "Ba năm công tác;\n- lý luận: cao cấp"},
        ),
        ("Chuyên viên", Role.OFFICER, {"seats": 3, "may_issue": True, "requirements": "=không phải công thức"}),
        ("Ủy viên", Role.MEMBER, {"seats": 12}),
    ):
        make_holder(tree.north, role)
        post = Post.objects.filter(unit=tree.north).latest("pk")
        Post.objects.filter(pk=post.pk).update(title=title, **more)
    full = Post.objects.get(title="Bí thư")
    PostClass.objects.bulk_create(PostClass(post=full, name=name) for name in ("key", "standing", "committee"))
    other = Account.objects.create_user("hai", None, name="Lê Hai")
    Holding.objects.create(post=full, account=other, valid_from=DAY, decision="1-QĐ", decided_on=DAY)
    Post.objects.create(unit=tree.south, title="Khuyết", role=Role.CLERK, seats=2)
    return tree


def test_out_into_an_empty_site_and_out_again_is_the_same_in_every_cell_and_byte():
    tree = made()
    book, lines = xlsx_of(fresh(tree.bloc)), csv_of(fresh(tree.bloc), "posts").getvalue()
    empty_site()

    tables = read_tables(book, "tep.xlsx", DAY)
    top = found_top(tables, "K", by=SYSTEM, at=NOON)
    stored = store_import(tables, top, by=SYSTEM, at=NOON)

    assert grid(xlsx_of(fresh(top))) == grid(book)
    assert csv_of(fresh(top), "posts").getvalue() == lines
    assert stored.crowded == 1
    assert plan(book, top).is_empty


def test_seats_classes_and_requirements_of_a_post_that_stands_are_changed_by_its_first_row():
    tree = made()
    lines = [
        HEADINGS,
        'K.B,Bí thư,lãnh đạo,,,,4,"Cán bộ chủ chốt; Cấp ủy viên",Mới',
        "K.B,Ủy viên,đảng viên,,,,,,",
    ]

    store_import(read_tables(csv_lines(*lines), "tep.csv", DAY), fresh(tree.bloc), by=SYSTEM, at=NOON)

    post = Post.objects.get(title="Bí thư")
    assert (post.seats, post.requirements, post.term_bound) == (4, "Mới", True)
    assert sorted(post.classes.values_list("name", flat=True)) == ["committee", "key"]
    assert Post.objects.get(title="Ủy viên").seats == 12
    act = Act.objects.get(verb="post.changed")
    assert (act.data["old"]["seats"], act.data["new"]["classes"]) == (1, "committee, key")
    assert act.unit_path == tree.north.path


FAULTS = {
    "fewer seats than holders": ("K.B,Ủy viên,đảng viên,,,,1,,", ["seats"]),
    "no number": ("K.B,Ủy viên,đảng viên,,,,nhiều,,", ["seats"]),
    "no seat": ("K.B,Ủy viên,đảng viên,,,,0,,", ["seats"]),
    "an unknown class": ("K.B,Ủy viên,đảng viên,,,,,Cán bộ nguồn,", ["classes"]),
    "more people than the seats it gets": ("K.B,Bí thư,lãnh đạo,moi,Mới,01/01/2017,2,,", ["username"]),
}


@pytest.mark.parametrize(("line", "columns"), FAULTS.values(), ids=FAULTS.keys())
def test_what_a_post_cannot_be_is_told_at_its_cell(line, columns):
    tree = made()
    uy_vien = Post.objects.get(title="Ủy viên")
    for number in range(2):
        account = Account.objects.create_user(f"uv{number}", None, name=f"Ủy viên {number}")
        Holding.objects.create(post=uy_vien, account=account, valid_from=DAY)

    assert faults(plan(csv_lines(HEADINGS, line), tree.bloc, "tep.csv")) == [("posts", 2, columns)]


def test_two_rows_of_one_post_that_say_different_things_are_a_fault_of_the_later():
    tree = made()
    lines = [
        HEADINGS,
        "K.N,Mới,văn thư,a,An,01/01/2016,2,,",
        "K.N,Mới,văn thư,b,Ba,01/01/2016,3,,",
        "K.N,Mới,văn thư,c,Chi,01/01/2017,,,",
    ]

    assert faults(plan(csv_lines(*lines), tree.bloc, "tep.csv")) == [("posts", 3, ["seats"])]


def test_a_file_does_not_end_the_last_administrator_but_lets_one_follow_another():
    tree = Tree()
    make_holder(tree.north, Role.ADMIN)
    held = Holding.objects.get(post__unit=tree.north)
    ends = "Mã đơn vị,Chức danh,Tên đăng nhập,Từ ngày,Đến trước ngày,Vai trò,Họ và tên"
    post, last = held.post.title, f"{DAY + timedelta(days=40):%d/%m/%Y}"
    ending = f"K.B,{post},{held.account.username},{held.valid_from:%d/%m/%Y},{last},quản trị,"
    following = f"K.B,{post},sau,{last},,quản trị,Lê Sau"

    with pytest.raises(ValidationError, match="quản trị"):
        store_import(read_tables(csv_lines(ends, ending), "tep.csv", DAY), tree.bloc, by=SYSTEM, at=NOON)
    held.refresh_from_db()
    untouched = held.valid_to
    store_import(read_tables(csv_lines(ends, ending, following), "tep.csv", DAY), tree.bloc, by=SYSTEM, at=NOON)
    held.refresh_from_db()

    assert untouched == OPEN_END and held.valid_to == DAY + timedelta(days=40)
    assert Holding.objects.get(account__username="sau").valid_from == held.valid_to
