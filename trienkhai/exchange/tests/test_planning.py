"""What rows would do: only what differs, and every fault in its row and column."""

from datetime import date
from typing import Any

import pytest

from trienkhai.audit.models import Act
from trienkhai.exchange.actions import apply_import
from trienkhai.exchange.files import read_tables
from trienkhai.exchange.planning import plan_import
from trienkhai.exchange.queries import post_rows, unit_rows
from trienkhai.exchange.rules import can_export, can_import
from trienkhai.exchange.tests.make import DAY, csv_lines, edited, faults, fresh, plan, row_of
from trienkhai.orgs.models import Holding, Post, Role, Span, UnitVersion
from trienkhai.orgs.tests.make import NOON, Tree, make_account, make_holder
from trienkhai.people.models import Account

pytestmark = pytest.mark.django_db
POSTS = "Mã đơn vị,Chức danh,Vai trò,Phạm vi,Tên đăng nhập,Họ và tên,Hình thức,Từ ngày,Đến trước ngày,Quyết định"


def brought_in(tree: Tree, *lines: str) -> None:
    admin = make_holder(tree.bloc, Role.ADMIN)
    apply_import(read_tables(csv_lines(*lines), "tep.csv", DAY), tree.bloc, by=admin, at=NOON)


def held(username: str) -> Holding:
    return Holding.objects.select_related("post", "account").get(account__username=username)


def test_column_left_out_changes_nothing():
    tree = Tree()

    found = plan(csv_lines("Mã,Loại hình,Tên", "K.B,upper_committee,Đảng bộ Phương Bắc"), tree.bloc, "tep.csv")

    assert found.wrong == []
    assert [(row.values["code"], changes) for row, changes in found.changed] == [
        ("K.B", {"name": "Đảng bộ Phương Bắc"})
    ]
    assert (found.moved, found.left_alone) == ([], 8)


def test_empty_relation_leaves_an_attached_body_attached():
    tree = Tree()

    found = plan(edited(tree.bloc, lambda units, posts: units.cell(row_of(units, "K.VP"), 3, "")), tree.bloc)

    assert found.wrong == []
    assert found.is_empty


UNIT_FAULTS = {
    "a new unit without a parent": ("N,,cell,Chi bộ N,", ["parent_code"]),
    "an unknown parent": ("N,Z,cell,Chi bộ N,", ["parent_code"]),
    "a founding day that changes": ("K.B,K,upper_committee,Đảng bộ Bắc,01/01/2011", ["established_on"]),
    "a founding day to come": ("N,K,cell,Chi bộ N,01/01/2099", ["established_on"]),
    "its own parent": ("K.B,K.B,upper_committee,Đảng bộ Bắc,", ["parent_code"]),
    "two faults": ("K.B,K,Hội quán,,", ["kind", "name"]),
}


@pytest.mark.parametrize(("line", "columns"), UNIT_FAULTS.values(), ids=UNIT_FAULTS.keys())
def test_fault_of_a_unit_is_told_at_its_cell(line, columns):
    tree = Tree()
    source = csv_lines("Mã,Mã cấp trên,Loại hình,Tên,Ngày thành lập", "K,,bloc,Đảng bộ Khối Thử,", line)

    assert faults(plan(source, tree.bloc, "tep.csv")) == [("units", 3, columns)]


def test_only_the_units_of_a_circle_are_said_to_stand_below_themselves():
    tree = Tree()

    def change(units: Any, posts: Any) -> None:
        units.cell(row_of(units, "K.B"), 2).value = "K.N.1"
        units.cell(row_of(units, "K.N"), 2).value = "K.B.1"

    found = plan(edited(tree.bloc, change), tree.bloc)

    assert {row.values["code"] for _kind, row in found.wrong} == {"K.B", "K.B.1", "K.N", "K.N.1"}


def test_two_units_change_places_and_a_new_one_comes_between():
    tree = Tree()
    admin = make_holder(tree.bloc, Role.ADMIN)

    def change(units: Any, posts: Any) -> None:
        units.cell(row_of(units, "K.B.1"), 2).value = "K"
        units.cell(row_of(units, "K.B"), 2).value = "K.M"
        units.append(["K.M", "K.B.1", "", "Đảng bộ cơ sở", "", "Đảng bộ Mới"])

    apply_import(read_tables(edited(tree.bloc, change), "tep.xlsx", DAY), tree.bloc, by=admin, at=NOON)

    parents = {row["code"]: row["parent_code"] for row in unit_rows(fresh(tree.bloc), DAY)}
    assert (parents["K.B.1"], parents["K.M"], parents["K.B"], parents["K.B.2"]) == ("K", "K.B.1", "K.M", "K.B")
    assert fresh(tree.north2).path.startswith(fresh(tree.north1).path)


def test_file_that_changes_nothing_leaves_no_act_and_no_version():
    tree = Tree()
    admin = make_holder(tree.bloc, Role.ADMIN)
    before = (UnitVersion.objects.count(), Act.objects.count())

    apply_import(read_tables(edited(tree.bloc, lambda *_: None), "tep.xlsx", DAY), tree.bloc, by=admin, at=NOON)

    assert (UnitVersion.objects.count(), Act.objects.count()) == before


def test_holding_gets_the_end_manner_and_decision_of_the_file_and_its_delegations_end_too():
    tree = Tree()
    make_holder(tree.north, Role.LEADER, account=Account.objects.create_user("an", None, name="An"))
    holding = held("an")
    Holding.objects.create(
        post=holding.post, account=make_account(), manner="delegated", principal=holding, valid_from=DAY
    )
    title = holding.post.title

    brought_in(tree, POSTS, f"K.B,{title},lãnh đạo,,an,An,quyền,01/01/2010,01/06/2017,12-QĐ/ĐU")

    holding.refresh_from_db()
    assert (holding.valid_to, holding.manner, holding.decision) == (date(2017, 6, 1), "acting", "12-QĐ/ĐU")
    assert holding.delegations.get().valid_to == date(2017, 6, 1)
    assert Act.objects.get(verb="post.ended").data["old"]["valid_to"] == "9999-12-31"


def test_two_people_come_into_one_new_post_and_one_account_into_two():
    tree = Tree()

    brought_in(
        tree,
        POSTS,
        "K.B,Chuyên viên,chuyên viên theo dõi,cả các cấp dưới,binh,Trần Bình,,01/01/2016,01/01/2017,",
        "K.B,Chuyên viên,chuyên viên theo dõi,cả các cấp dưới,chi,Lê Chi,phụ trách,01/01/2017,,",
        "K.N,Văn thư,văn thư,,chi,Lê Chi,,01/01/2017,,",
    )

    assert Post.objects.get(unit=tree.north).reach == Span.BRANCH
    assert {row.account.username for row in Holding.objects.filter(post__unit=tree.north)} == {"binh", "chi"}
    assert Account.objects.filter(username__in=["binh", "chi"]).count() == 2
    assert Holding.objects.filter(account__username="chi").count() == 2
    assert Act.objects.get(verb="units.imported").data["rows"]["accounts"] == 2
    assert [row["unit_code"] for row in post_rows(tree.bloc, DAY) if row.get("username") == "chi"] == ["K.B", "K.N"]


def test_new_post_gets_as_many_seats_as_people_hold_it_at_once():
    tree = Tree()

    brought_in(
        tree,
        POSTS,
        "K.B,Ủy viên,đảng viên,,mot,Lê Một,,01/01/2016,01/01/2017,",
        "K.B,Ủy viên,đảng viên,,hai,Lê Hai,,01/06/2016,,",
        "K.B,Ủy viên,đảng viên,,ba,Lê Ba,,01/01/2017,,",
        "K.N,Ủy viên,đảng viên,,,,,,,",
    )

    assert Post.objects.get(unit=tree.north).seats == 2
    assert Post.objects.get(title="Ủy viên", unit__present__code="K.N").seats == 1


POST_FAULTS = {
    "a unit outside": ("Z,Thường trực,lãnh đạo,,,,,,,", ["unit_code"]),
    "an unknown role": ("K.B,Thường trực,thủ quỹ,,,,,,,", ["role"]),
    "another role than the post has": ("K.B,Bí thư,văn thư,,,,,,,", ["role"]),
    "another reach than the post has": ("K.B,Bí thư,lãnh đạo,đơn vị này,,,,,,", ["reach"]),
    "no name for a new account": ("K.B,Bí thư,lãnh đạo,,moi,,,01/01/2017,,", ["username", "holder"]),
    "an account under another name": ("K.B,Bí thư,lãnh đạo,,an,Bình,,01/01/2010,,", ["holder"]),
    "a user name of strange signs": ("K.B,Bí thư,lãnh đạo,,a b/c,Bình,,01/01/2017,,", ["username"]),
    "a person without user name": ("K.B,Bí thư,lãnh đạo,,,Bình,,,,", ["username"]),
    "a day without a person": ("K.B,Bí thư,lãnh đạo,,,,,01/01/2017,,", ["username"]),
    "no first day": ("K.B,Bí thư,lãnh đạo,,an,An,,,,", ["valid_from"]),
    "an end before the first day": ("K.B,Bí thư,lãnh đạo,,an,An,,01/01/2010,01/01/2009,", ["valid_to"]),
    "a first day that changes": ("K.B,Bí thư,lãnh đạo,,an,An,,01/01/2012,,", ["valid_from"]),
    "no seat left": ("K.B,Bí thư,lãnh đạo,,moi,Mới,,01/01/2017,,", ["username"]),
    "a closed account": ("K.B,Bí thư,lãnh đạo,,dong,Đóng,,01/01/2017,,", ["username"]),
    "a manner that is a delegation": ("K.B,Bí thư,lãnh đạo,,an,An,ủy quyền,01/01/2010,,", ["manner"]),
}


@pytest.mark.parametrize(("line", "columns"), POST_FAULTS.values(), ids=POST_FAULTS.keys())
def test_fault_of_a_post_is_told_at_its_cell(line, columns):
    tree = Tree()
    make_holder(tree.north, Role.LEADER, account=Account.objects.create_user("an", None, name="An"))
    Post.objects.filter(unit=tree.north).update(title="Bí thư")
    Account.objects.create_user("dong", None, name="Đóng", is_active=False)

    assert faults(plan(csv_lines(POSTS, line), tree.bloc, "tep.csv")) == [("posts", 2, columns)]


def test_nobody_is_put_into_a_post_beyond_the_day_on_which_it_is_abolished():
    tree = Tree()
    Post.objects.create(unit=tree.north, title="Bí thư", role=Role.LEADER, abolished_on=date(2017, 6, 1))
    within = "K.B,Bí thư,lãnh đạo,,mot,Lê Một,,01/01/2017,01/06/2017,"
    beyond = "K.B,Bí thư,lãnh đạo,,hai,Lê Hai,,01/06/2017,,"

    assert faults(plan(csv_lines(POSTS, within), tree.bloc, "tep.csv")) == []
    assert faults(plan(csv_lines(POSTS, beyond), tree.bloc, "tep.csv")) == [("posts", 2, ["title"])]


def test_one_user_name_with_two_names_and_one_post_with_two_roles_are_faults():
    tree = Tree()
    source = csv_lines(
        POSTS,
        "K.B,Bí thư,lãnh đạo,,moi,Lê Một,,01/01/2017,,",
        "K.N,Bí thư,lãnh đạo,,moi,Lê Hai,,01/01/2017,,",
        "K.B,Bí thư,văn thư,,,,,,,",
    )

    assert faults(plan(source, tree.bloc, "tep.csv")) == [("posts", 3, ["holder"]), ("posts", 4, ["role"])]


def test_post_that_reaches_one_unit_opens_neither_the_file_of_its_branch_nor_an_import():
    tree = Tree()
    admin = make_holder(tree.north, Role.ADMIN, reach=Span.OWN)
    leader = make_holder(tree.north, Role.LEADER, reach=Span.OWN)

    assert not can_import(admin, tree.north, DAY)
    assert not can_export(leader, tree.north, DAY)
    assert can_import(make_holder(tree.north, Role.ADMIN), tree.north1, DAY)
    assert not can_import(make_holder(tree.north, Role.ADMIN), tree.bloc, DAY)


def test_plan_costs_the_same_queries_for_one_row_and_for_many(django_assert_max_num_queries):
    tree = Tree()
    one = read_tables(csv_lines("Mã,Loại hình,Tên", "K,bloc,Tên"), "tep.csv", DAY)
    for unit in tree.grassroots:
        make_holder(unit, Role.FOCAL)
    many = read_tables(edited(tree.bloc, lambda *_: None), "tep.xlsx", DAY)

    for tables in (one, many):
        with django_assert_max_num_queries(6):
            plan_import(tables, fresh(tree.bloc), DAY)
