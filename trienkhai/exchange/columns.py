"""The columns of the two sheets and how their cells are written and read.

A heading is known by its Vietnamese, its English or its technical name; a kind, sector, relation, role or reach by its
code or by its word in either language.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from trienkhai.common.days import OPEN_END
from trienkhai.common.folding import fold, squeeze
from trienkhai.norms.queries import value
from trienkhai.orgs.models import Relation, Role, Span

FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Column:
    """`name` in the code, `vi` and `en` as headings; `choices`: key of `Words`; `kind`: text, day, list."""

    name: str
    vi: str
    en: str
    kind: str = "text"
    choices: str = ""
    needed: bool = False
    limit: int = 250


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
)
POSTS = (
    Column("unit_code", "Mã đơn vị", "Unit code", needed=True, limit=40),
    Column("title", "Chức danh", "Title", needed=True, limit=160),
    Column("role", "Vai trò", "Role", choices="role", needed=True),
    Column("reach", "Phạm vi", "Reach", choices="reach"),
    Column("username", "Tên đăng nhập", "User name", limit=60),
    Column("holder", "Họ và tên", "Full name", limit=120),
    Column("valid_from", "Từ ngày", "From", kind="day"),
    Column("valid_to", "Đến ngày", "To", kind="day"),
    Column("decision", "Quyết định", "Decision", limit=120),
)
SHEETS = {"units": ("Tổ chức", UNITS), "posts": ("Chức danh", POSTS)}
ERROR = Column("error", "Lỗi", "Error")
ROLE_WORDS = {
    "clerk": "văn thư",
    "officer": "chuyên viên theo dõi",
    "leader": "lãnh đạo",
    "focal": "đầu mối",
    "cell_secretary": "bí thư chi bộ",
    "inspector": "ủy ban kiểm tra",
    "mass_organisation": "đoàn thể",
    "member": "đảng viên",
    "administrator": "quản trị",
}
RELATION_WORDS = {"subordinate": "trực thuộc", "attached": "cơ quan tham mưu", "external": "ngoài hệ thống"}
REACH_WORDS = {"own": "đơn vị này", "branch": "cả nhánh"}


class Words:
    """The codes and words of every choice on a day: `code(choices, text)` and `word(choices, code)`."""

    def __init__(self, on: date) -> None:
        kinds, sectors = value("unit_kinds", on=on, default={}), value("sectors", on=on, default={})
        self.words = {
            "kind": {code: row["vi"] for code, row in kinds.items()},
            "sector": {code: row["vi"] for code, row in sectors.items()},
            "relation": RELATION_WORDS,
            "role": ROLE_WORDS,
            "reach": REACH_WORDS,
        }
        english = {
            "kind": {code: row["en"] for code, row in kinds.items()},
            "sector": {code: row["en"] for code, row in sectors.items()},
            "relation": {code: code for code in Relation.values},
            "role": {code: code.replace("_", " ") for code in Role.values},
            "reach": {code: code for code in Span.values},
        }
        self.codes = {
            choices: {fold(word): code for table in (words, english[choices]) for code, word in table.items()}
            | {fold(code): code for code in words}
            for choices, words in self.words.items()
        }

    def word(self, choices: str, code: str) -> str:
        return self.words[choices].get(code, code)

    def code(self, choices: str, text: str) -> str:
        """The code of a word. Raises ValidationError for a word that is none."""
        found = self.codes[choices].get(fold(text))
        if found is None:
            raise ValidationError(
                _("“%(text)s” is not one of: %(words)s.") % {"text": text, "words": self._listed(choices)}
            )
        return found

    def _listed(self, choices: str) -> str:
        return ", ".join(self.words[choices].values())


def written(column: Column, given: Any, words: Words) -> Any:
    """A value as a cell. Text that a spreadsheet would take for a formula gets an apostrophe before it."""
    if column.kind == "day":
        return None if given in (None, OPEN_END) else given
    if column.kind == "list":
        given = "; ".join(given or [])
    if column.choices:
        given = words.word(column.choices, given) if given else ""
    text = str(given or "")
    return f"'{text}" if text.startswith(FORMULA) else text


def read_cell(column: Column, cell: Any, words: Words) -> Any:
    """A cell as a value. Raises ValidationError with its sentence."""
    if column.kind == "day":
        return read_day(cell)
    text = squeeze(str(cell)) if cell is not None else ""
    if text.startswith("'") and text[1:].startswith(FORMULA):
        text = text[1:]
    elif text.startswith("="):
        raise ValidationError(_("A formula stands here; write the value itself."))
    if column.needed and not text:
        raise ValidationError(_("“%(column)s” is empty.") % {"column": column.vi})
    if len(text) > column.limit:
        raise ValidationError(
            _("“%(column)s” is longer than %(n)d letters.") % {"column": column.vi, "n": column.limit}
        )
    if column.kind == "list":
        return [piece for piece in (squeeze(part) for part in text.split(";")) if piece]
    return words.code(column.choices, text) if column.choices and text else text


def read_day(cell: Any) -> date | None:
    """A day as a spreadsheet's date, 31/12/2017 or 2017-12-31; None when empty. Raises ValidationError."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = squeeze(str(cell))
    for form in ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise ValidationError(_("“%(text)s” is not a day; write 31/12/2017.") % {"text": text})
