"""Foreign files: found wanting with a sentence, or read in the rows they have."""

import io
import zipfile
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from openpyxl import Workbook, load_workbook

from trienkhai.exchange import files
from trienkhai.exchange.files import read_tables
from trienkhai.exchange.tests.make import DAY, csv_lines, edited, plan, row_of
from trienkhai.exchange.writing import write_marked
from trienkhai.orgs.tests.make import Tree

pytestmark = pytest.mark.django_db
HEADINGS = ["Mã", "Mã cấp trên", "Loại hình", "Tên"]


def book_of(*rows: list[object], sheets: int = 1) -> io.BytesIO:
    book = Workbook()
    book.remove(book.active)
    for number in range(sheets):
        sheet = book.create_sheet(f"Trang {number}")
        for row in rows:
            sheet.append(row)
    target = io.BytesIO()
    book.save(target)
    return target


def zip_of(**members: bytes) -> io.BytesIO:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target


BAD = {
    "nothing": (io.BytesIO(), "tep.xlsx"),
    "an empty csv": (io.BytesIO(), "tep.csv"),
    "headings alone": (csv_lines("Mã,Loại hình,Tên"), "tep.csv"),
    "blank rows": (csv_lines("Mã,Loại hình,Tên", ",,", " , ,"), "tep.csv"),
    "a zip of another kind": (zip_of(mimetype=b"application/vnd.oasis"), "tep.xlsx"),
    "a zip that unpacks to 60 MB": (zip_of(sheet=b"0" * 60_000_000), "tep.xlsx"),
    "a workbook of broken XML": (zip_of(**{"[Content_Types].xml": b"<a", "xl/workbook.xml": b"<"}), "tep.xlsx"),
    "UTF-16": (io.BytesIO("Mã,Loại hình,Tên".encode("utf-16")), "tep.csv"),
    "a cell of 200,000 letters": (csv_lines("Mã,Loại hình,Tên", f"A,bloc,{'x' * 200_000}"), "tep.csv"),
    "an unknown heading": (csv_lines("Mã,Loại hình,Tên,Cột lạ", "A,bloc,Tên,x"), "tep.csv"),
    "a missing heading": (csv_lines("Mã,Loại hình", "A,bloc"), "tep.csv"),
    "a heading twice": (csv_lines("Mã,Loại hình,Tên,Name", "A,bloc,Tên,x"), "tep.csv"),
    "two sheets of one kind": (book_of(HEADINGS, ["A", "", "bloc", "Tên"], sheets=2), "tep.xlsx"),
    "a sheet of notes": (book_of(["Ghi chú"], ["A"]), "tep.xlsx"),
}


@pytest.mark.parametrize(("source", "name"), BAD.values(), ids=BAD.keys())
def test_file_that_is_no_list_gets_a_sentence(source, name):
    with pytest.raises(ValidationError):
        read_tables(source, name, DAY)


def test_more_rows_than_the_limit_are_refused_and_blank_ones_do_not_count(monkeypatch):
    monkeypatch.setattr(files, "MOST_ROWS", 5)
    rows = [[f"A{number}", "K", "bloc", "Tên"] for number in range(6)]

    spaced = book_of(HEADINGS, *([row for pair in zip(rows[:5], [[]] * 5, strict=True) for row in pair] + [[]] * 50))
    found = read_tables(spaced, "tep.xlsx", DAY)["units"]

    assert [row.number for row in found.rows] == [2, 4, 6, 8, 10]
    with pytest.raises(ValidationError):
        read_tables(book_of(HEADINGS, *rows), "tep.xlsx", DAY)


def test_workbook_with_one_cell_at_the_far_end_is_read_without_filling_the_grid():
    book = Workbook()
    for row in (HEADINGS, ["A", "K", "bloc", "Tên"]):
        book.active.append(row)
    book.active.cell(1_048_576, 16_384).value = "x"
    target = io.BytesIO()
    book.save(target)

    found = read_tables(target, "tep.xlsx", DAY)["units"]

    longest = [len(cells) for _title, rows in files.filled_sheets(target, "tep.xlsx") for _number, cells in rows]
    assert len(found.rows) == 1
    assert max(longest) <= files.MOST_COLUMNS


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_with_any_usual_delimiter_and_in_both_languages(delimiter):
    line = delimiter.join
    tables = read_tables(
        csv_lines(line(["Code", "Parent code", "Kind", "NAME"]), line(["A", "K", "cell", "Chi bộ A"])), "tep.csv", DAY
    )

    assert tables["units"].rows[0].values == {"code": "A", "parent_code": "K", "kind": "cell", "name": "Chi bộ A"}


def test_marked_file_says_in_its_own_rows_what_is_wrong_and_runs_nothing():
    tree = Tree()

    def change(units, posts):
        units.insert_rows(3)
        units.cell(row_of(units, "K.T"), 4).value = "Hội quán"
        units.cell(row_of(units, "K.T"), 6).value = '=HYPERLINK("http://x")'
        units.cell(row_of(units, "K.B"), 9).value = date(2016, 5, 4)

    source, target = edited(tree.bloc, change), io.BytesIO()
    write_marked(target, plan(source, tree.bloc).tables, source, "tep.xlsx")
    sheet = load_workbook(target)["Tổ chức"]
    row = row_of(sheet, "K.T")

    assert sheet.cell(1, 11).value == "Lỗi"
    assert [cell.value for cell in sheet[3]] == [None] * 11
    assert "Hội quán" in sheet.cell(row, 11).value
    assert sheet.cell(row, 6).data_type == "s"
    fills = [sheet.cell(row, column).fill.fgColor.rgb for column in (4, 5, 6)]
    assert fills[0] == fills[2] != fills[1]
    assert sheet.cell(row_of(sheet, "K.N"), 11).value is None


def test_marked_file_mended_is_read_again_with_its_column_of_errors():
    tree = Tree()
    source = edited(tree.bloc, lambda units, posts: units.cell(row_of(units, "K.T"), 4, "Hội quán"))
    target = io.BytesIO()
    write_marked(target, plan(source, tree.bloc).tables, source, "tep.xlsx")
    book = load_workbook(target)
    book["Tổ chức"].cell(row_of(book["Tổ chức"], "K.T"), 4).value = "Đảng bộ cơ sở"
    mended = io.BytesIO()
    book.save(mended)

    found = plan(mended, tree.bloc)

    assert found.wrong == []
    assert found.is_empty
