"""Out as a file, edited, in again: all of it or nothing, with what is wrong written in the file's own rows."""

import io
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from trienkhai.audit.models import Act
from trienkhai.exchange.actions import WrongRows, apply_import
from trienkhai.exchange.files import read_tables
from trienkhai.exchange.queries import unit_rows
from trienkhai.exchange.tests.make import DAY, csv_of, edited, fresh, plan, row_of, xlsx_of
from trienkhai.orgs.models import Holding, Post, Role, UnitVersion
from trienkhai.orgs.tests.make import NOON, Tree, make_holder, make_unit
from trienkhai.tasks.tally import recount
from trienkhai.tasks.tests.make import Cast, make_issue

pytestmark = pytest.mark.django_db


def test_file_brought_back_as_it_is_changes_nothing_in_either_format():
    tree = Tree()
    make_holder(tree.north, Role.LEADER)

    workbook = plan(xlsx_of(tree.bloc), tree.bloc)
    lines = plan(csv_of(tree.bloc, "units"), tree.bloc, "tep.csv")

    for found in (workbook, lines):
        assert found.wrong == []
        assert found.is_empty
        assert found.same == 9


def test_renamed_moved_and_new_units_and_posts_come_back_as_edited():
    tree = Tree()
    admin = make_holder(tree.bloc, Role.ADMIN)

    def change(units: Any, posts: Any) -> None:
        units.cell(row_of(units, "K.B"), 6).value = "Đảng bộ Bắc mới"
        units.cell(row_of(units, "K.N.1"), 2).value = "K.B"
        units.append(
            [
                "K.M",
                "K",
                "trực thuộc",
                "Đảng bộ cơ sở",
                "Báo chí, xuất bản",
                "Đảng bộ Mới",
                "Mới",
                "Mới A; Mới B",
                "01/02/2016",
            ]
        )
        posts.append(
            ["K.M", "Bí thư", "lãnh đạo", "cả nhánh", "bithu.moi", "Trần Thị Mới", "", date(2016, 2, 1), None, "QĐ 1"]
        )

    source = edited(tree.bloc, change)
    apply_import(read_tables(source, "tep.xlsx", DAY), tree.bloc, by=admin, at=NOON)

    rows = {row["code"]: row for row in unit_rows(fresh(tree.bloc), DAY)}
    assert rows["K.B"]["name"] == "Đảng bộ Bắc mới"
    assert rows["K.N.1"]["parent_code"] == "K.B"
    assert (rows["K.M"]["sector"], rows["K.M"]["aliases"]) == ("press", ["Mới A", "Mới B"])
    holding = Holding.objects.get(account__username="bithu.moi")
    assert (holding.post.unit.code, holding.post.role, holding.account.has_usable_password()) == (
        "K.M",
        "leader",
        False,
    )
    assert plan(xlsx_of(fresh(tree.bloc)), tree.bloc).is_empty
    assert Act.objects.filter(verb="units.imported").count() == 1


def test_moved_unit_takes_its_open_work_along():
    cast = Cast()
    make_issue(cast, [{}, {}])
    admin = make_holder(cast.tree.bloc, Role.ADMIN)
    source = edited(cast.tree.bloc, lambda units, posts: units.cell(row_of(units, "K.N.1"), 2, "K.B"))

    apply_import(read_tables(source, "tep.xlsx", DAY), cast.tree.bloc, by=admin, at=NOON)

    assert recount() == []


WRONG = {
    "a code twice": lambda units, posts: units.cell(row_of(units, "K.T"), 1, "K.B"),
    "no name": lambda units, posts: units.cell(row_of(units, "K.T"), 6, ""),
    "an unknown kind": lambda units, posts: units.cell(row_of(units, "K.T"), 4, "Hội quán"),
    "an unknown parent": lambda units, posts: units.cell(row_of(units, "K.T"), 2, "K.X"),
    "a circle": lambda units, posts: units.cell(row_of(units, "K.B"), 2, "K.B.1"),
    "a wrong day": lambda units, posts: units.cell(row_of(units, "K.T"), 9, "31/02/2016"),
    "a formula": lambda units, posts: units.cell(row_of(units, "K.T"), 7, "=1+1"),
    "a moved top": lambda units, posts: units.cell(row_of(units, "K"), 2, "K.B"),
    "a post without a unit": lambda units, posts: posts.append(["K.X", "Bí thư", "lãnh đạo"]),
    "an unknown role": lambda units, posts: posts.append(["K.B", "Bí thư", "thủ quỹ"]),
    "an unknown account": lambda units, posts: posts.append(
        ["K.B", "Bí thư", "lãnh đạo", "", "ai.do", "", "", "01/01/2017"]
    ),
    "a span backward": lambda units, posts: posts.append(
        ["K.B", "Bí thư", "lãnh đạo", "", "ai", "Ai Đó", "", "01/02/2017", "01/01/2017"]
    ),
}


@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG.keys())
def test_one_wrong_row_stores_nothing_and_is_told_in_its_row(change):
    tree = Tree()
    admin = make_holder(tree.bloc, Role.ADMIN)
    before = (UnitVersion.objects.count(), Post.objects.count(), Act.objects.count())

    tables = read_tables(edited(tree.bloc, change), "tep.xlsx", DAY)
    with pytest.raises(WrongRows) as fault:
        apply_import(tables, tree.bloc, by=admin, at=NOON)

    assert fault.value.plan.wrong[0][1].errors
    assert (UnitVersion.objects.count(), Post.objects.count(), Act.objects.count()) == before


def test_ninth_level_is_refused_in_its_row():
    unit = top = make_unit(kind="bloc", code="S1")
    for level in range(2, 9):
        unit = make_unit(unit, code=f"S{level}")
    change = lambda units, posts: units.append(["S9", "S8", "", "Chi bộ", "", "Tầng chín"])  # noqa: E731

    found = plan(edited(top, change), top)

    assert [row.values["code"] for _kind, row in found.wrong] == ["S9"]


def test_code_that_a_unit_outside_the_branch_bears_is_refused():
    tree = Tree()
    change = lambda units, posts: units.append(["K.N.1", "K.B", "", "Đảng bộ cơ sở", "", "Trùng mã"])  # noqa: E731

    found = plan(edited(tree.north, change), tree.north)

    assert len(found.wrong) == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("tep.xlsx", b""),
        ("tep.xlsx", b"PK\x03\x04 not a workbook"),
        ("tep.xlsx", b"%PDF-1.7"),
        ("tep.csv", b"\xff\xfe\x00"),
        ("tep.csv", "Cột lạ,Cột khác\n1,2\n".encode()),
        ("tep.csv", "Mã,Loại hình\nA,bloc\n".encode()),
        ("tep.csv", "Mã,Loại hình,Tên,Cột lạ\nA,bloc,Tên,x\n".encode()),
    ],
)
def test_file_that_is_no_list_of_units_gets_a_sentence_on_the_page(client, name, content):
    tree = Tree()
    client.force_login(make_holder(tree.bloc, Role.ADMIN))

    answer = client.post(
        reverse("exchange:units_try", args=[tree.bloc.pk]), {"file": SimpleUploadedFile(name, content)}
    )

    assert answer.status_code == 422


def test_administrator_tries_downloads_the_errors_mends_and_brings_in(client):
    tree = Tree()
    client.force_login(make_holder(tree.bloc, Role.ADMIN))
    wrong = edited(tree.bloc, WRONG["an unknown kind"]).getvalue()
    right = edited(tree.bloc, lambda units, posts: units.cell(row_of(units, "K.T"), 6, "Tên mới")).getvalue()
    url = {
        name: reverse(f"exchange:{name}", args=[tree.bloc.pk]) for name in ("units_try", "units_marked", "units_import")
    }

    tried = client.post(url["units_try"], {"file": SimpleUploadedFile("tep.xlsx", wrong)})
    marked = load_workbook(io.BytesIO(client.get(url["units_marked"]).content))["Tổ chức"]
    refused = client.post(url["units_import"])
    client.post(url["units_try"], {"file": SimpleUploadedFile("tep.xlsx", right)})
    stored = client.post(url["units_import"])

    assert (tried.status_code, refused.status_code, stored.status_code) == (422, 409, 302)
    assert "Hội quán" in marked.cell(row_of(marked, "K.T"), 11).value
    assert UnitVersion.objects.get(unit=tree.direct, valid_to__year=9999).name == "Tên mới"


def test_leader_takes_it_out_and_does_not_bring_it_in(client):
    tree = Tree()
    client.force_login(make_holder(tree.north, Role.LEADER))

    own = client.get(reverse("exchange:units_xlsx", args=[tree.north.pk]))
    foreign = client.get(reverse("exchange:units_xlsx", args=[tree.south.pk]))
    bring = client.post(reverse("exchange:units_try", args=[tree.north.pk]), {})

    assert (own.status_code, foreign.status_code, bring.status_code) == (200, 404, 409)


def test_workbook_without_rows_is_told():
    target = io.BytesIO()
    Workbook().save(target)

    with pytest.raises(Exception, match=r"no rows|không có dòng"):
        read_tables(target, "tep.xlsx", DAY)
