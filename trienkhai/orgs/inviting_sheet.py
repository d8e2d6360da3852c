"""People to invite, read from a spreadsheet and checked whole; the sheet with their links written."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font, PatternFill

from trienkhai.common.folding import fold, printable, squeeze
from trienkhai.orgs.actions.inviting import Guest, Invited
from trienkhai.orgs.models import Post, UnitQuerySet
from trienkhai.orgs.naming_accounts import short_name, user_name_fault
from trienkhai.people.models import Account

MOST_ROWS = 500
MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 50 * 1024 * 1024
Columns = Mapping[str, tuple[str | Promise, tuple[str, ...]]]
COLUMNS: Columns = {
    "name": (gettext_lazy("Full name"), ("ho ten", "ho va ten", "full name", "name")),
    "username": (gettext_lazy("User name"), ("ten dang nhap", "user name", "username")),
    "email": (gettext_lazy("E-mail"), ("thu dien tu", "e-mail", "email")),
    "unit_code": (gettext_lazy("Unit code"), ("ma don vi", "unit code")),
    "post": (gettext_lazy("Post"), ("chuc danh", "post", "title")),
    "valid_from": (gettext_lazy("From day"), ("tu ngay", "from day", "from")),
}
NEEDED = ("name", "unit_code", "post")
DAYS = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y")
ODD = ("=", "+", "-", "@")


@dataclass(frozen=True)
class Fault:
    """What is wrong, where: the row as the file counts it, the column's heading ('' for the row as a whole)."""

    row: int
    column: str | Promise
    sentence: str


Cells = dict[str, str]
Numbered = tuple[int, Cells]


def read_rows(
    source: BinaryIO, name: str, columns: Columns = COLUMNS, needed: Sequence[str] = NEEDED
) -> list[Numbered]:
    """The filled rows by column, each with its number in the file.

    columns: the headings a sheet of another sort has, `needed` those it cannot be without.

    Raises ValidationError for a file that is no workbook and no CSV, too large, without rows, or with headings that
    are unknown, twice or missing.
    """
    content = source.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise ValidationError(_("The file is far larger than a list of people. It was not opened."))
    grid = list(_csv(content) if name.lower().endswith(".csv") else _workbook(content))
    if not grid:
        raise ValidationError(_("The file has no rows."))
    places = _places(grid[0][1], columns, needed)
    rows = [
        (number, {column: cells[place] if place < len(cells) else "" for column, place in places.items()})
        for number, cells in grid[1:]
    ]
    if not rows:
        raise ValidationError(_("The file has no rows."))
    if len(rows) > MOST_ROWS:
        raise ValidationError(_("The file has more than %(n)d rows.") % {"n": MOST_ROWS})
    return rows


def _csv(content: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        text = content.decode("utf-8-sig")
        if "\x00" in text:
            raise csv.Error
        first = text.split("\n", 1)[0]
        delimiter = max(",;\t", key=first.count)
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=1):
            if any(cell.strip() for cell in cells):
                yield number, [_text(cell) for cell in cells]
    except (UnicodeDecodeError, csv.Error) as fault:
        raise ValidationError(_("This is not a workbook (.xlsx) or a CSV file in UTF-8.")) from fault


def _workbook(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """The first sheet. What openpyxl raises over a broken file is of every kind."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
                raise ValidationError(_("The file is far larger than a list of people. It was not opened."))
        sheet = load_workbook(io.BytesIO(content), read_only=True).worksheets[0]
        for number, cells in enumerate(sheet.iter_rows(max_col=20, values_only=True), start=1):
            if number > MOST_ROWS * 10:
                return
            if any(cell is not None and str(cell).strip() for cell in cells):
                yield number, [_text(cell) for cell in cells]
    except ValidationError:
        raise
    except Exception as fault:
        raise ValidationError(_("This is not a workbook (.xlsx) or a CSV file in UTF-8.")) from fault


def _text(cell: Any) -> str:
    if isinstance(cell, (datetime, date)):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return squeeze(printable("" if cell is None else str(cell)))


def _places(headings: Sequence[str], columns: Columns, needed: Sequence[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, heading in enumerate(headings):
        if not heading:
            continue
        column = next((name for name, (_words, known) in columns.items() if fold(heading) in known), None)
        if column is None:
            raise ValidationError(_("The column “%(heading)s” is not known.") % {"heading": heading})
        if column in places:
            raise ValidationError(_("The column “%(heading)s” stands there twice.") % {"heading": heading})
        places[column] = place
    if missing := [str(columns[column][0]) for column in needed if column not in places]:
        raise ValidationError(_("The column “%(heading)s” is missing.") % {"heading": ", ".join(missing)})
    return places


def check_rows(rows: Sequence[Numbered], managed: UnitQuerySet, on: date) -> tuple[list[Guest], list[Fault]]:
    """Every row turned into a person to invite, and every fault of the whole file. Three queries.

    managed: the units whose posts may be given. A user name left out is made from the name.
    """
    checked = _Checked(rows, managed, on)
    guests = [guest for number, cells in rows if (guest := checked.guest(number, cells))]
    return guests, checked.faults


class _Checked:
    """What is known beforehand for all rows, and the faults found so far."""

    def __init__(self, rows: Sequence[Numbered], managed: UnitQuerySet, on: date) -> None:
        self.on, self.faults = on, list[Fault]()
        codes = {cells["unit_code"] for _number, cells in rows}
        self.units = {unit.code: unit for unit in managed.filter(present__code__in=codes).select_related("present")}
        here = Post.objects.standing(on).filter(unit__in=[unit.pk for unit in self.units.values()])
        posts = here.select_related("unit__present")
        self.posts = {(post.unit_id, fold(post.title)): post for post in posts}
        bases = {short_name(cells["name"]) for _number, cells in rows}
        asked = {cells.get("username", "").lower() for _number, cells in rows}
        self.taken = _names_like(bases) | set(
            Account.objects.filter(username__in=asked).values_list("username", flat=True)
        )
        self.rows_of: dict[str, int] = {}

    def fault(self, number: int, column: str, sentence: str) -> None:
        self.faults.append(Fault(number, COLUMNS[column][0], sentence))

    def guest(self, number: int, cells: Cells) -> Guest | None:
        before = len(self.faults)
        name, post = self._name(number, cells["name"]), self._post(number, cells)
        username = self._username(number, cells.get("username", "").lower(), name)
        email, day = self._email(number, cells.get("email", "")), self._day(number, cells.get("valid_from", ""))
        if len(self.faults) > before or post is None or day is None:
            return None
        return Guest(name=name, username=username, post=post, valid_from=day, email=email)

    def _name(self, number: int, name: str) -> str:
        if not name:
            self.fault(number, "name", _("The name is missing."))
        elif len(name) > 120:
            self.fault(number, "name", _("The name is longer than 120 letters."))
        elif name.startswith(ODD):
            self.fault(number, "name", _("A name does not begin like a formula."))
        return name

    def _post(self, number: int, cells: Cells) -> Post | None:
        unit = self.units.get(cells["unit_code"])
        if unit is None:
            words = _("No unit of your branch has the code “%(code)s”.") % {"code": cells["unit_code"]}
            self.fault(number, "unit_code", words)
            return None
        post = self.posts.get((unit.pk, fold(cells["post"])))
        if post is None:
            words = _("%(unit)s has no post “%(post)s”.") % {"unit": unit.name, "post": cells["post"]}
            self.fault(number, "post", words)
        return post

    def _username(self, number: int, asked: str, name: str) -> str:
        if not asked:
            return self._proposed(number, name)
        if fault := user_name_fault(asked):
            self.fault(number, "username", fault)
        elif asked in self.rows_of:
            words = _("Row %(row)d already has the user name “%(name)s”.") % {"row": self.rows_of[asked], "name": asked}
            self.fault(number, "username", words)
        elif asked in self.taken:
            self.fault(number, "username", _("Another account has the user name “%(name)s”.") % {"name": asked})
        self.rows_of[asked] = number
        return asked

    def _proposed(self, number: int, name: str) -> str:
        base = short_name(name)
        if not base:
            if name:
                self.fault(number, "name", _("No user name can be made from this name; write one."))
            return ""
        proposed, count = base, 1
        while proposed in self.taken or proposed in self.rows_of:
            count += 1
            proposed = f"{base}{count}"
        self.rows_of[proposed] = number
        return proposed

    def _email(self, number: int, email: str) -> str:
        if email:
            try:
                validate_email(email)
            except ValidationError:
                self.fault(number, "email", _("This is no e-mail address."))
        return email

    def _day(self, number: int, written: str) -> date | None:
        if not written:
            return self.on
        if day := read_day(written):
            return day
        self.fault(number, "valid_from", _("“%(day)s” is not a day such as 30/06/2017.") % {"day": written})
        return None


def read_day(written: str) -> date | None:
    """A day as people write it; None for what is none."""
    for form in DAYS:
        try:
            return datetime.strptime(written, form).date()
        except ValueError:
            continue
    return None


def _names_like(bases: Iterable[str]) -> set[str]:
    """User names that begin like one of these, in one query however many there are."""
    wanted = sorted(filter(None, bases))
    found: set[str] = set()
    for start in range(0, len(wanted), 100):
        begun = Account.objects.none()
        for base in wanted[start : start + 100]:
            begun = begun | Account.objects.filter(username__startswith=base)
        found |= set(begun.values_list("username", flat=True))
    return found


HEADING, BOLD = PatternFill("solid", fgColor="EFEBE2"), Font(bold=True)


def write_links(invited: Sequence[tuple[Invited, str, bool]]) -> bytes:
    """The sheet to hand out: who, unit and post, the address that lets in once and until when, mailed or not."""
    heads = [
        *(COLUMNS[name][0] for name in ("name", "username", "email")),
        _("Unit"),
        COLUMNS["post"][0],
        _("One-time link"),
        _("Valid until"),
        _("Sent by e-mail"),
    ]
    rows = [
        [
            one.account.name,
            one.account.username,
            one.account.email,
            one.holding.post.unit.name if one.holding else "",
            one.holding.post.title if one.holding else "",
            address,
            f"{one.link.expires_at:%d/%m/%Y}",
            _("yes") if mailed else _("no"),
        ]
        for one, address, mailed in invited
    ]
    return write_sheet(_("Links"), heads, rows)


def write_model(example: Sequence[str]) -> bytes:
    """An empty sheet with the headings and one example."""
    return write_sheet(_("People to invite"), [words for words, _known in COLUMNS.values()], [example])


def write_sheet(title: str, heads: Sequence[str | Promise], rows: Iterable[Sequence[str]]) -> bytes:
    """Every cell is text, whatever stands in it."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:30])
    sheet.freeze_panes = "A2"
    for letter in "ABCDEFGH":
        sheet.column_dimensions[letter].width = 26
    for number, row in enumerate([heads, *rows]):
        cells = []
        for given in row:
            cell = WriteOnlyCell(sheet, str(given))
            cell.data_type = "s"
            if number == 0:
                cell.font, cell.fill = BOLD, HEADING
            cells.append(cell)
        sheet.append(cells)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
