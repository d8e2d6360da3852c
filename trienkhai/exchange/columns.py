"""The columns of the sheets and how their cells are written and read.

A heading is known by its Vietnamese, its English or its technical name; a kind, sector, relation, role, reach or manner
by its code or by its word on screen in either language.
"""

import csv
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _

from trienkhai.common.days import OPEN_END
from trienkhai.common.folding import fold, nfc, squeeze
from trienkhai.norms.queries import value
from trienkhai.orgs.models import Manner, Relation, Role, Span

FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r]")
ERROR_VALUES = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})
NOT_WRITTEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")
BREAKS = re.compile(r"\r\n?")
YES, NO = "có", "không"
YES_OR_NO = {"co": True, "x": True, "yes": True, "true": True, "1": True, "khong": False, "no": False, "false": False}
YES_OR_NO |= {"0": False}
DAYS = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y")


@dataclass(frozen=True)
class Column:
    """`name` in the code, `vi` and `en` as headings; `choices`: key of `Words`.

    kind: text, lines (text that keeps its line breaks), day, list, number (1 to 999), yes (yes or no).
    others: further headings that paper books and other systems use for it.
    """

    name: str
    vi: str
    en: str
    kind: str = "text"
    choices: str = ""
    needed: bool = False
    limit: int = 250
    others: tuple[str, ...] = ()

    def headings(self) -> set[str]:
        return {fold(words) for words in (self.vi, self.en, self.name, *self.others)}


UNITS = (
    Column("code", "Mã", "Code", needed=True, limit=40),
    Column("parent_code", "Mã cấp trên", "Parent code", limit=40),
    Column("relation", "Quan hệ", "Relation", choices="relation"),
    Column("kind", "Loại hình", "Kind", choices="kind", needed=True),
    Column("sector", "Khối", "Sector", choices="sector"),
    Column("name", "Tên", "Name", needed=True),
    Column("short_name", "Tên gọi tắt", "Short name", limit=120),
    Column("aliases", "Tên gọi khác", "Other names", kind="list", limit=2000),
    Column("established_on", "Ngày thành lập", "Established on", kind="day"),
    Column("symbol", "Ký hiệu văn bản", "Symbol in documents", limit=20),
)
POSTS = (
    Column("unit_code", "Mã đơn vị", "Unit code", needed=True, limit=40),
    Column("title", "Chức danh", "Title", needed=True, limit=160),
    Column("role", "Vai trò", "Role", choices="role", needed=True),
    Column("reach", "Phạm vi", "Reach", choices="reach"),
    Column("username", "Tên đăng nhập", "User name", limit=60),
    Column("holder", "Họ và tên", "Full name", limit=120),
    Column("manner", "Hình thức", "Manner", choices="manner"),
    Column("valid_from", "Từ ngày", "From", kind="day"),
    Column("valid_to", "Đến trước ngày", "Until before", kind="day"),
    Column("decision", "Quyết định", "Decision", limit=120),
    Column("decided_on", "Ngày quyết định", "Decided on", kind="day"),
    Column("seats", "Số lượng", "Seats", kind="number"),
    Column("classes", "Phân loại", "Class", kind="list", choices="class", limit=1000),
    Column("requirements", "Yêu cầu của chức danh", "Requirements", kind="lines", limit=4000),
    Column("term_bound", "Theo nhiệm kỳ", "By the term", kind="yes"),
    Column("may_issue", "Được ban hành", "May issue", kind="yes"),
    Column("established_on", "Có từ ngày", "Stands since", kind="day"),
)
_TYPE = Column("doc_type", "Tên loại", "Type", limit=60, others=("Loại văn bản", "Tên loại văn bản"))
_TITLE = Column(
    "title",
    "Trích yếu nội dung",
    "Subject",
    needed=True,
    limit=1000,
    others=("Trích yếu", "Tên loại và trích yếu nội dung", "Tên loại và trích yếu nội dung văn bản", "Nội dung"),
)
_SYMBOL = Column("symbol", "Số, ký hiệu", "Symbol", limit=80, others=("Số ký hiệu", "Số và ký hiệu"))
_NOTE = Column("note", "Ghi chú", "Note", limit=500)
_SECRECY = Column("secrecy", "Mức độ mật", "Secrecy", limit=40, others=("Độ mật",))
BOOK_IN = (
    Column("on", "Ngày đến", "Arrived on", kind="day", needed=True),
    Column("number", "Số đến", "Number", needed=True, limit=10),
    Column("issuer_name", "Tác giả", "Issuer", others=("Cơ quan ban hành", "Nơi ban hành")),
    _SYMBOL,
    Column("issued_on", "Ngày, tháng văn bản", "Date", kind="day", others=("Ngày văn bản", "Ngày tháng")),
    _TYPE,
    _TITLE,
    Column("recipient", "Đơn vị hoặc người nhận", "Recipient", limit=1000, others=("Đơn vị, người nhận",)),
    Column("due_on", "Hạn giải quyết", "Handle by", kind="day", others=("Thời hạn giải quyết",)),
    _NOTE,
    _SECRECY,
)
BOOK_OUT = (
    Column("number", "Số", "Number", needed=True, limit=10, others=("Số văn bản",)),
    _SYMBOL,
    Column("issued_on", "Ngày, tháng văn bản", "Date", kind="day", needed=True, others=("Ngày văn bản", "Ngày tháng")),
    _TYPE,
    _TITLE,
    Column("signer_name", "Người ký", "Signer", limit=120),
    Column("recipient", "Nơi nhận văn bản", "Recipients", limit=1000, others=("Nơi nhận",)),
    Column("drafted_by", "Đơn vị soạn thảo", "Drafted by", limit=160, others=("Đơn vị soạn",)),
    Column(
        "copy_kept_by",
        "Đơn vị, người nhận bản lưu",
        "Copy kept by",
        limit=160,
        others=("Người nhận bản lưu", "Nơi nhận bản lưu"),
    ),
    Column("copies", "Số lượng bản", "Copies", limit=5, others=("Số bản",)),
    _NOTE,
    _SECRECY,
)
ORGANISATION = ("units", "posts")
SHEETS = {
    "units": ("Tổ chức", UNITS),
    "posts": ("Chức danh", POSTS),
    "in": ("Sổ văn bản đến", BOOK_IN),
    "out": ("Sổ văn bản đi", BOOK_OUT),
    "internal": ("Sổ văn bản nội bộ", BOOK_OUT),
}
ERROR = Column("error", "Lỗi", "Error", limit=5000)
VIETNAMESE = {
    "role": {
        "clerk": "văn thư",
        "officer": "chuyên viên theo dõi",
        "leader": "lãnh đạo",
        "focal": "đầu mối",
        "cell_secretary": "bí thư chi bộ",
        "inspector": "ủy ban kiểm tra",
        "mass_organisation": "đại diện đoàn thể",
        "member": "đảng viên",
        "administrator": "quản trị",
    },
    "relation": {
        "subordinate": "trực thuộc",
        "attached": "cơ quan tham mưu, giúp việc",
        "external": "ngoài hệ thống",
    },
    "reach": {"own": "đơn vị này", "branch": "cả các cấp dưới"},
    "manner": {"holds": "giữ chức", "acting": "quyền", "in_charge": "phụ trách"},
}
SHORTER = {
    "role": {"đoàn thể": "mass_organisation"},
    "relation": {"cơ quan tham mưu": "attached"},
    "reach": {"cả nhánh": "branch"},
    "manner": {},
}
ON_SCREEN = {"role": Role, "relation": Relation, "reach": Span, "manner": Manner}


class Words:
    """The codes and words of every choice on a day: `code(choices, text)` and `word(choices, code)`."""

    def __init__(self, on: date) -> None:
        self.words: dict[str, dict[str, str]] = {}
        self.codes: dict[str, dict[str, str]] = {}
        for choices, norm in (("kind", "unit_kinds"), ("sector", "sectors"), ("class", "posts.classes")):
            rows = value(norm, on=on, default={})
            self._add(choices, {code: row["vi"] for code, row in rows.items()})
            self.codes[choices] |= {fold(row["en"]): code for code, row in rows.items()}
        for choices, words in VIETNAMESE.items():
            self._add(choices, words)
            self.codes[choices] |= {fold(word): code for word, code in SHORTER[choices].items()}
            for language in ("vi", "en"):
                with translation.override(language):
                    shown = ((str(label), code) for code, label in ON_SCREEN[choices].choices if code in words)
                    self.codes[choices] |= {fold(label): code for label, code in shown}

    def _add(self, choices: str, words: dict[str, str]) -> None:
        self.words[choices] = words
        self.codes[choices] = {fold(word): code for code, word in words.items()} | {fold(code): code for code in words}

    def word(self, choices: str, code: str) -> str:
        return self.words[choices].get(code, code)

    def code(self, choices: str, text: str) -> str:
        """The code of a word. Raises ValidationError for a word that is none."""
        found = self.codes[choices].get(fold(text))
        if found is None:
            listed = "; ".join(self.words[choices].values())
            raise ValidationError(_("“%(text)s” is not one of: %(words)s.") % {"text": text, "words": listed})
        return found


def written(column: Column, given: Any, words: Words) -> Any:
    """A value as a cell. Text that a spreadsheet would take for a formula gets an apostrophe before it."""
    if column.kind == "day":
        return None if given in (None, OPEN_END) else given
    if column.kind == "number":
        return given
    if column.kind == "yes":
        return "" if given is None else YES if given else NO
    if column.kind == "lines":
        given = lines(given or "")
    elif column.kind == "list":
        named = (words.word(column.choices, piece) if column.choices else piece for piece in given or [])
        given = "; ".join(_quoted(piece) for piece in named)
    elif column.choices:
        given = words.word(column.choices, given) if given else ""
    return guarded(NOT_WRITTEN.sub("", str(given or "")))


def lines(text: str) -> str:
    """Text as a cell keeps it: line breaks of one kind, none at the ends."""
    return nfc(BREAKS.sub("\n", text)).strip()


def guarded(text: str) -> str:
    return f"'{text}" if FORMULA.match(text.lstrip("'")) else text


def unguarded(text: str) -> str:
    return text[1:] if text.startswith("'") and FORMULA.match(text.lstrip("'")) else text


def _quoted(piece: str) -> str:
    return '"' + piece.replace('"', '""') + '"' if any(sign in piece for sign in ';"') else piece


def read_cell(column: Column, cell: Any, words: Words) -> Any:
    """A cell as a value. Raises ValidationError with its sentence."""
    text = read_text(cell)
    if text.startswith("="):
        raise ValidationError(_("A formula stands here; write the value itself."))
    if text in ERROR_VALUES:
        raise ValidationError(_("The spreadsheet put an error here: %(text)s.") % {"text": text})
    if column.needed and not text:
        raise ValidationError(_("“%(column)s” is empty.") % {"column": column.vi})
    if column.kind == "day":
        return read_day(cell)
    if column.kind == "number":
        return _read_number(column, text)
    if column.kind == "yes":
        return _read_yes(text)
    text = unguarded(lines(str(cell)) if column.kind == "lines" and text else text)
    if len(text) > column.limit:
        raise ValidationError(
            _("“%(column)s” is longer than %(n)d letters.") % {"column": column.vi, "n": column.limit}
        )
    if column.kind == "list":
        pieces = next(csv.reader([text], delimiter=";", skipinitialspace=True), [])
        listed = [squeezed for piece in pieces if (squeezed := squeeze(piece))]
        return sorted({words.code(column.choices, piece) for piece in listed}) if column.choices else listed
    return words.code(column.choices, text) if column.choices and text else text


def _read_number(column: Column, text: str) -> int | None:
    if text and not (text.isdecimal() and 1 <= int(text[:4]) <= 999):
        raise ValidationError(_("“%(column)s” is a whole number from 1 to 999.") % {"column": column.vi})
    return int(text) if text else None


def _read_yes(text: str) -> bool | None:
    if text and fold(text) not in YES_OR_NO:
        raise ValidationError(_("Write “%(yes)s” or “%(no)s”.") % {"yes": YES, "no": NO})
    return YES_OR_NO[fold(text)] if text else None


def read_text(cell: Any) -> str:
    """What stands in a cell, blanks collapsed. Raises ValidationError for signs that are no text."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = "" if cell is None else squeeze(str(cell))
    if NOT_WRITTEN.search(text):
        raise ValidationError(_("There are signs here that are no letters."))
    return text


def read_day(cell: Any) -> date | None:
    """A day as a spreadsheet's date, 31/12/2017 or 2017-12-31; None when empty. Raises ValidationError."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = squeeze(str(cell))
    for form in DAYS:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise ValidationError(_("“%(text)s” is not a day; write 31/12/2017.") % {"text": text})
