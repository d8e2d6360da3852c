"""A book goes out as a file and an old one comes in: with the numbers it bears, all of it or nothing."""

import io
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from trienkhai.audit.models import Act
from trienkhai.common.verdict import Refused
from trienkhai.documents.models import Book, Document, RegisterEntry, SearchEntry, Series
from trienkhai.documents.queries.books import Page
from trienkhai.documents.tests.make import paper, register
from trienkhai.exchange.actions import WrongLines, import_book
from trienkhai.exchange.columns import BOOK_IN
from trienkhai.exchange.files import Table, read_tables
from trienkhai.exchange.queries import book_rows
from trienkhai.exchange.writing import write_csv, write_xlsx
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.tests.make import DAY, NOON, make_holder, make_unit

pytestmark = pytest.mark.django_db
HEADINGS = [
    "Ngày đến",
    "Số đến",
    "Tác giả",
    "Số, ký hiệu",
    "Ngày văn bản",
    "Tên loại",
    "Trích yếu nội dung",
    "Đơn vị hoặc người nhận",
    "Hạn giải quyết",
    "Ghi chú",
]
ROWS: list[list[Any]] = [
    ["02/03/2016", "01", "Đảng ủy Minh Họa", "05-NQ/ĐUMH", "29/02/2016", "Nghị quyết", "về thử", "Văn phòng", "", ""],
    ["03/03/2016", 2, "Đảng ủy Minh Họa", "7-CV/ĐUMH", "01/03/2016", "Công văn", "mời họp", "", "10/03/2016", "gấp"],
    ["03/03/2016", "2a", "Chi bộ Minh Họa", "", "", "", "đơn đề nghị", "", "", ""],
]


class Office:
    def __init__(self) -> None:
        self.unit = make_unit(kind="upper_committee")
        self.clerk = make_holder(self.unit, Role.CLERK)

    def enter(self, rows: list[list[Any]], headings: list[str] | None = None, **named: Any) -> Any:
        return import_book(
            table(rows, headings), self.unit, Book.IN, **({"not_secret": True, "by": self.clerk, "at": NOON} | named)
        )


def workbook(rows: list[list[Any]], headings: list[str] | None = None) -> io.BytesIO:
    book, target = Workbook(), io.BytesIO()
    book.active.append(headings or HEADINGS)
    for row in rows:
        book.active.append(row)
    book.save(target)
    target.seek(0)
    return target


def table(rows: list[list[Any]], headings: list[str] | None = None) -> Table:
    return read_tables(workbook(rows, headings), "so.xlsx", DAY, (Book.IN,))[Book.IN]


def official(office: Office) -> list[dict[str, Any]]:
    """The book with the columns of the paper book alone."""
    names = [column.name for column in BOOK_IN]
    rows = book_rows(office.clerk, office.unit, Book.IN, Page(), DAY)
    return [{name: row.get(name) or None for name in names} for row in rows]


def lines(unit: Unit) -> list[str]:
    return [row.number_shown for row in RegisterEntry.objects.filter(unit=unit).in_order()]


def test_old_book_comes_in_under_the_numbers_it_bears_and_the_next_paper_goes_on_behind():
    office = Office()

    plan = office.enter(ROWS)
    following = register(office.unit, office.clerk, at=NOON.replace(year=2016, month=6))

    entry = RegisterEntry.objects.get(unit=office.unit, number=2, suffix="")
    assert (len(plan.new), plan.same) == (3, 0)
    assert lines(office.unit) == ["01", "02", "02a", "03"]
    assert (entry.due_on, entry.note, entry.document.symbol) == (date(2016, 3, 10), "gấp", "7-CV/ĐUMH")
    assert entry.document.search_text.strip() == "7-cv/dumh cong van moi hop dang uy minh hoa"
    assert entry.document.declared_by == office.clerk
    assert SearchEntry.objects.filter(document=entry.document).exists()
    assert following.entries.get().number == 3
    assert Series.objects.get(unit=office.unit).first == 1
    act = Act.objects.get(verb="register.imported")
    assert (act.count, len(act.digest)) == (3, 64)


def test_same_file_again_changes_nothing():
    office = Office()
    office.enter(ROWS)

    again = office.enter(ROWS)

    assert (len(again.new), again.same) == (0, 3)
    assert Act.objects.filter(verb="register.imported").count() == 1


@pytest.mark.parametrize(
    ("place", "cell", "sentence"),
    [
        (1, "", "trống"),
        (1, "mười", "không phải là số"),
        (0, "", "trống"),
        (0, "02/03/2027", "chưa đến"),
        (0, "hôm qua", "không phải là ngày"),
        (6, "", "trống"),
        (6, "=A1", "công thức"),
    ],
)
def test_one_wrong_cell_is_named_and_nothing_is_stored(place: int, cell: str, sentence: str):
    office = Office()
    wrong = [*ROWS[0][:place], cell, *ROWS[0][place + 1 :]]

    with pytest.raises(WrongLines) as fault:
        office.enter([*ROWS[1:], wrong])

    [(_sheet, row)] = fault.value.plan.wrong
    assert row.number == 4
    assert sentence in " ".join(row.errors)
    assert (
        Document.objects.count(),
        RegisterEntry.objects.count(),
        Act.objects.filter(verb="register.imported").count(),
    ) == (0, 0, 0)


def test_number_twice_in_the_file_or_taken_by_another_paper_is_wrong():
    office = Office()
    office.enter(ROWS[:1])
    other = [*ROWS[0][:6], "về việc khác", *ROWS[0][7:]]

    with pytest.raises(WrongLines) as taken:
        office.enter([other])
    with pytest.raises(WrongLines) as twice:
        office.enter([ROWS[1], ROWS[1]])

    assert "văn bản khác" in str(taken.value.plan.wrong[0][1].errors)
    assert "dòng 2" in str(twice.value.plan.wrong[0][1].errors)


def test_row_with_a_mark_of_secrecy_is_wrong():
    office = Office()

    with pytest.raises(WrongLines) as fault:
        office.enter([[*ROWS[0], "Mật"]], [*HEADINGS, "Độ mật"])

    assert "mật" in str(fault.value.plan.wrong[0][1].errors)


def test_without_the_declaration_or_the_right_nothing_comes_in():
    office = Office()

    with pytest.raises(ValidationError, match="bí mật nhà nước"):
        office.enter(ROWS, not_secret=False)
    with pytest.raises(Refused):
        office.enter(ROWS, by=make_holder(make_unit(), Role.CLERK))

    assert Document.objects.count() == 0


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_book_taken_out_and_brought_in_elsewhere_is_the_same_book(kind: str):
    here, there = Office(), Office()
    here.enter(ROWS)
    register(here.unit, here.clerk, text=paper(), at=NOON)
    rows = official(here)
    target = io.BytesIO()
    if kind == "xlsx":
        write_xlsx(target, {Book.IN: rows}, DAY)
    else:
        target.write("".join(write_csv(Book.IN, rows, DAY)).encode())

    came = read_tables(target, f"so.{kind}", DAY, (Book.IN,))[Book.IN]
    import_book(came, there.unit, Book.IN, not_secret=True, by=there.clerk, at=NOON)

    assert official(there) == rows


def test_clerk_tries_a_wrong_file_mends_it_and_brings_it_in(client: Any):
    office = Office()
    client.force_login(office.clerk)
    keys = [office.unit.pk, "den"]
    wrong = workbook([*ROWS[:2], [*ROWS[2][:1], "x", *ROWS[2][2:]]])
    wrong.name = "so.xlsx"

    tried = client.post(reverse("exchange:book_try", args=keys), {"file": wrong})
    marked = client.get(reverse("exchange:book_marked", args=keys))
    refused = client.post(reverse("exchange:book_import", args=keys), {"not_secret": "on"})
    good = workbook(ROWS)
    good.name = "so.xlsx"
    shown = client.post(reverse("exchange:book_try", args=keys), {"file": good})
    undeclared = client.post(reverse("exchange:book_import", args=keys))
    done = client.post(reverse("exchange:book_import", args=keys), {"not_secret": "on"}, follow=True)
    out = client.get(reverse("exchange:book_xlsx", args=keys))

    errors = load_workbook(io.BytesIO(marked.content)).active
    assert (tried.status_code, refused.status_code, undeclared.status_code) == (422, 409, 409)
    assert "không phải là số" in errors.cell(4, len(HEADINGS) + 1).value
    assert shown.status_code == 200
    assert "3 dòng" in done.content.decode()
    assert load_workbook(io.BytesIO(out.content)).active.max_row == 4
    assert lines(office.unit) == ["01", "02", "02a"]


def test_gap_closes_when_the_cited_paper_comes_with_an_old_book():
    office = Office()
    citing = register(office.unit, office.clerk, text=paper(basis="05-NQ/ĐUMH", basis_day="29/02/2016"))
    assert citing.links.get().target is None

    row = list(ROWS[0])
    row[2] = "Đảng ủy Khối Thử"
    office.enter([row])

    assert citing.links.get().target == Document.objects.get(symbol="05-NQ/ĐUMH")
