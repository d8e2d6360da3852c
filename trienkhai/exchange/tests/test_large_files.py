"""Many rows: written in portions, told as they go, and one wrong among them leaves nothing."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from trienkhai.audit.actions import SYSTEM
from trienkhai.audit.models import Act
from trienkhai.cli import main
from trienkhai.exchange.actions import WrongRows, store_import
from trienkhai.exchange.actions import posts as storing
from trienkhai.exchange.files import read_tables
from trienkhai.exchange.planning.units import depths_of
from trienkhai.exchange.tests.make import DAY, csv_lines, edited, fresh
from trienkhai.orgs.actions import establishing
from trienkhai.orgs.models import Holding, Post, Unit, UnitVersion
from trienkhai.orgs.tests.make import NOON, Tree
from trienkhai.people.models import Account

pytestmark = pytest.mark.django_db
UNITS = "Mã,Mã cấp trên,Loại hình,Tên"
POSTS = "Mã đơn vị,Chức danh,Vai trò,Tên đăng nhập,Họ và tên,Từ ngày"


def cells(count: int) -> list[str]:
    return [UNITS, *(f"C{number},K.B.1,cell,Chi bộ {number}" for number in range(count))]


def posts(count: int) -> list[str]:
    return [POSTS, *(f"C{n},Bí thư,bí thư chi bộ,bithu{n},Người {n},01/01/2016" for n in range(count))]


def test_one_wrong_row_behind_the_first_portions_is_named_by_row_and_column_and_nothing_is_stored(tmp_path: Path):
    tree = Tree()
    lines = cells(4500)
    lines[4400] = "C4399,K.B.1,Hội quán,Chi bộ 4399"
    file = tmp_path / "cay.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    before = (Unit.objects.count(), Act.objects.count())

    answer = CliRunner().invoke(main, ["import-units", str(file), "--of", "K"])
    with pytest.raises(WrongRows) as fault:
        store_import(read_tables(csv_lines(*lines), "cay.csv", DAY), tree.bloc, by=SYSTEM, at=NOON)

    assert answer.exit_code == 1
    assert "✗ Tổ chức, dòng 4401, cột C “Loại hình”: “Hội quán” không thuộc" in answer.output
    assert [row.number for _kind, row in fault.value.plan.wrong] == [4401]
    assert (Unit.objects.count(), Act.objects.count()) == before


def test_rows_over_many_portions_all_come_in_and_are_told_as_they_go(monkeypatch):
    monkeypatch.setattr(establishing, "BATCH", 7)
    monkeypatch.setattr(storing, "PORTION", 6)
    tree, told = Tree(), []
    tell = lambda stage, done, of: told.append((str(stage), done, of))  # noqa: E731

    for lines in (cells(30), posts(30)):
        tables = read_tables(csv_lines(*lines), "cay.csv", DAY, tell=tell)
        store_import(tables, fresh(tree.bloc), by=SYSTEM, at=NOON, tell=tell)

    assert Unit.objects.filter(present__parent=tree.north1, present__kind="cell").count() == 30
    assert all(unit.path.startswith(fresh(tree.north1).path) for unit in Unit.objects.filter(present__kind="cell"))
    assert (Post.objects.count(), Holding.objects.count()) == (30, 30)
    assert not Account.objects.get(username="bithu29").has_usable_password()
    stored = [done for stage, done, _of in told if stage == "store"]
    assert {of for stage, _done, of in told if stage == "store"} == {30, 60}
    assert 7 in stored and 28 in stored and stored[-1] == 60
    assert ("judge", 30, 30) in told and told[0] == ("read", 30, 0)


def test_thirty_rows_cost_as_many_statements_as_three():
    tree, counts = Tree(), list[tuple[int, int]]()

    for first, end in ((0, 3), (3, 33)):
        found = []
        for lines in (cells(end), posts(end)):
            tables = read_tables(csv_lines(lines[0], *lines[first + 1 :]), "cay.csv", DAY)
            with CaptureQueriesContext(connection) as captured:
                store_import(tables, fresh(tree.bloc), by=SYSTEM, at=NOON)
            found.append(len(captured))
        counts.append((found[0], found[1]))

    assert Holding.objects.count() == 33
    assert counts[0] == counts[1]


def test_many_units_renamed_have_a_version_and_an_act_each_and_a_second_time_that_day_the_same_version(monkeypatch):
    tree = Tree()
    store_import(read_tables(csv_lines(*cells(30)), "cay.csv", DAY), tree.bloc, by=SYSTEM, at=NOON)
    later = NOON + timedelta(days=9)

    for word in ("đổi", "đổi nữa"):
        lines = [UNITS, *(f"C{number},K.B.1,cell,Chi bộ {word} {number}" for number in range(30))]
        store_import(read_tables(csv_lines(*lines), "cay.csv", DAY), fresh(tree.bloc), by=SYSTEM, at=later)

    unit = Unit.objects.select_related("present").get(present__code="C7")
    assert [row.name for row in unit.versions.order_by("valid_from")] == ["Chi bộ 7", "Chi bộ đổi nữa 7"]
    assert unit.present.search_text.endswith("chi bo doi nua 7")
    assert UnitVersion.objects.filter(unit__present__code__startswith="C").count() == 60
    acts = Act.objects.filter(verb="unit.changed", target_id=unit.pk).order_by("pk")
    assert [act.data for act in acts] == [
        {"old": {"name": "Chi bộ 7"}, "new": {"name": "Chi bộ đổi 7"}},
        {"old": {"name": "Chi bộ đổi 7"}, "new": {"name": "Chi bộ đổi nữa 7"}},
    ]
    assert acts[0].unit_path == unit.path


@given(st.dictionaries(st.sampled_from("ABCDEFGH"), st.sampled_from("ABCDEFGHTX"), max_size=8))
def test_levels_and_circles_are_those_of_walking_up_from_every_unit(parents):
    depths, circles = depths_of(parents, "T", 3)

    for code in parents:
        line = [code]
        while line[-1] in parents and parents[line[-1]] not in line:
            line.append(parents[line[-1]])
        above = parents.get(line[-1])
        assert (code in circles) == (above == code)
        assert depths.get(code) == (3 + len(line) - 1 if line[-1] == "T" else None)


def test_marked_workbook_of_many_rows_keeps_every_row_where_it_stood():
    from openpyxl import load_workbook

    from trienkhai.exchange.planning import plan_import
    from trienkhai.exchange.writing import write_marked

    tree = Tree()

    def change(units, posts):
        for number in range(1500):
            units.append([f"C{number}", "K.B.1", "", "Chi bộ", "", f"Chi bộ {number}"])
        units.cell(1400, 4).value = "Hội quán"

    source, target = edited(tree.bloc, change), io.BytesIO()
    tables = read_tables(source, "tep.xlsx", DAY)
    plan_import(tables, fresh(tree.bloc), DAY)
    write_marked(target, tables, source, "tep.xlsx")
    sheet = load_workbook(target)["Tổ chức"]

    assert sheet.max_row == 1510
    assert "Hội quán" in sheet.cell(1400, 11).value
    assert [row for row in range(2, 1511) if sheet.cell(row, 11).value] == [1400]
