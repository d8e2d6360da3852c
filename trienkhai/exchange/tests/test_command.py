"""`trienkhai export-units` and `import-units`."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from trienkhai.cli import main
from trienkhai.exchange.tests.make import row_of
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.tests.make import Tree, make_holder

pytestmark = pytest.mark.django_db


def run(*words: object) -> tuple[int, str]:
    answer = CliRunner().invoke(main, [str(word) for word in words])
    return answer.exit_code, answer.output


def test_out_edited_and_in_again(tmp_path: Path):
    tree = Tree()
    make_holder(tree.north, Role.LEADER)
    file = tmp_path / "to-chuc.xlsx"
    assert run("export-units", file, "--of", "K")[0] == 0
    book = load_workbook(file)
    book["Tổ chức"].cell(row_of(book["Tổ chức"], "K.B"), 6).value = "Đảng bộ Phương Bắc"
    book.save(file)

    tried = run("import-units", file, "--of", "K", "--dry-run")
    name_after_trying = Unit.objects.get(pk=tree.north.pk).name
    stored = run("import-units", file, "--of", "K")

    assert (tried[0], stored[0], name_after_trying) == (0, 0, "Đảng bộ Bắc")
    assert "đổi 1" in tried[1]
    assert Unit.objects.get(pk=tree.north.pk).name == "Đảng bộ Phương Bắc"


def test_empty_installation_takes_its_top_from_the_file_and_a_dry_run_or_a_wrong_row_leaves_it_empty(tmp_path: Path):
    right, wrong, marked = tmp_path / "dung.csv", tmp_path / "sai.csv", tmp_path / "loi.xlsx"
    lines = "Mã,Mã cấp trên,Loại hình,Tên\nK,,Đảng bộ khối,Đảng bộ Khối Thử\nK.1,K,Đảng bộ cơ sở,Đảng bộ Một\n"
    right.write_text(lines, encoding="utf-8")
    wrong.write_text(lines + "K.2,K,Hội quán,Đảng bộ Hai\n", encoding="utf-8")

    tried = run("import-units", right, "--of", "K", "--dry-run")
    refused = run("import-units", wrong, "--of", "K", "--marked", marked)
    standing = Unit.objects.count()
    stored = run("import-units", right, "--of", "K")

    assert (tried[0], refused[0], standing, stored[0]) == (0, 1, 0, 0)
    assert "dòng 4" in refused[1]
    assert "Hội quán" in load_workbook(marked)["Tổ chức"].cell(4, 5).value
    assert Unit.objects.count() == 2


def test_csv_holds_the_sheet_that_is_asked_for(tmp_path: Path):
    Tree()

    run("export-units", tmp_path / "a.csv", "--of", "K.B")
    run("export-units", tmp_path / "b.csv", "--of", "K.B", "--sheet", "posts")

    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbfM")
    assert (tmp_path / "a.csv").read_text(encoding="utf-8-sig").count("\n") == 4
    assert (tmp_path / "b.csv").read_text(encoding="utf-8-sig").startswith("Mã đơn vị,Chức danh")


def test_unknown_code_and_a_file_that_is_none_end_with_a_sentence(tmp_path: Path):
    Tree()
    (tmp_path / "a.xlsx").write_bytes(b"%PDF-1.7")

    assert run("export-units", tmp_path / "b.xlsx", "--of", "Z")[0] == 1
    assert run("import-units", tmp_path / "a.xlsx", "--of", "K")[0] == 1
