"""The list of one unit as a spreadsheet: written, and read back with every fault by row and column.

A row with its number (*Số*) is one of the list, a row without one is new. What the file leaves out stays as it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trienkhai.common.folding import fold
from trienkhai.norms.queries import value
from trienkhai.orgs.inviting_sheet import Columns, Fault, Numbered, read_day, read_rows, write_sheet
from trienkhai.orgs.models import Holding, Post, RosterSpan, Unit
from trienkhai.orgs.queries_roster import roster_on
from trienkhai.people.models import Account

COLUMNS: Columns = {
    "row": (gettext_lazy("Number"), ("so", "number")),
    "name": (gettext_lazy("Full name"), ("ho ten", "ho va ten", "full name", "name")),
    "kind": (gettext_lazy("Class of member"), ("phan loai", "dien dang vien", "class of member", "class")),
    "valid_from": (gettext_lazy("From day"), ("tu ngay", "from day", "from")),
    "post": (gettext_lazy("Post"), ("chuc danh", "post", "title")),
    "username": (gettext_lazy("User name"), ("ten dang nhap", "user name", "username")),
}
NEEDED = ("name", "kind", "valid_from")


@dataclass(frozen=True)
class Line:
    """One row of the file as values. `span`: the row of the list that it speaks of; None for a new one.

    columns: those that the file has; what it does not have says nothing.
    """

    number: int
    span: RosterSpan | None
    name: str
    kind: str
    valid_from: date
    post: Post | None
    account: Account | None
    columns: frozenset[str] = frozenset(COLUMNS)


def read_roster_rows(source: BinaryIO, name: str) -> list[Numbered]:
    return read_rows(source, name, COLUMNS, NEEDED)


def write_roster(rows: Sequence[RosterSpan], on: date) -> bytes:
    """The rows that stand; the sheet's name says that they are sensitive personal data."""
    classes = value("members.classes", on=on, default={})
    lines = [
        [
            str(row.pk),
            row.member.name,
            classes.get(row.kind, {}).get("vi", row.kind),
            f"{row.valid_from:%d/%m/%Y}",
            row.post.title if row.post else "",
            row.member.account.username if row.member.account else "",
        ]
        for row in rows
        if row.member.name
    ]
    return write_sheet(_("Sensitive personal data"), [words for words, _known in COLUMNS.values()], lines)


def check_lines(rows: Sequence[Numbered], unit: Unit, on: date) -> tuple[list[Line], list[Fault]]:
    """Every row of the file as values, and every fault of its own. Four queries, however many rows."""
    checked = _Checked(unit, on)
    lines = [line for number, cells in rows if (line := checked.line(number, cells))]
    return lines, checked.faults


class _Checked:
    def __init__(self, unit: Unit, on: date) -> None:
        self.faults: list[Fault] = []
        self.seen: dict[int, int] = {}
        self.spans = {row.pk: row for row in roster_on(unit, on)}
        self.posts = {fold(post.title): post for post in Post.objects.filter(unit=unit)}
        held = Holding.objects.on(on).seated().filter(post__unit=unit).select_related("account")
        self.accounts = {row.account.username: row.account for row in held}
        for row in self.spans.values():
            if row.member.account:
                self.accounts[row.member.account.username] = row.member.account
        classes = value("members.classes", on=on, default={})
        self.kinds = {fold(word): key for key, words in classes.items() for word in (key, *map(str, words.values()))}

    def fault(self, number: int, column: str, sentence: str) -> None:
        self.faults.append(Fault(number, COLUMNS[column][0], sentence))

    def line(self, number: int, cells: dict[str, str]) -> Line | None:
        before = len(self.faults)
        span = self._span(number, cells.get("row", ""))
        kind, day = self.kinds.get(fold(cells["kind"])), read_day(cells["valid_from"])
        if not cells["name"]:
            self.fault(number, "name", _("The name is missing."))
        if kind is None:
            self.fault(number, "kind", _("There is no class “%(kind)s” of members.") % {"kind": cells["kind"]})
        if day is None:
            words = _("“%(day)s” is not a day such as 30/06/2017.") % {"day": cells["valid_from"]}
            self.fault(number, "valid_from", words)
        post, account = self._post(number, cells.get("post", "")), self._account(number, cells.get("username", ""))
        if len(self.faults) > before or kind is None or day is None:
            return None
        return Line(number, span, cells["name"], kind, day, post, account, frozenset(cells))

    def _span(self, number: int, written: str) -> RosterSpan | None:
        if not written:
            return None
        pk = int(written) if written.isascii() and written.isdecimal() and len(written) < 19 else 0
        if pk not in self.spans:
            self.fault(number, "row", _("The list has no row %(number)s.") % {"number": written})
        elif pk in self.seen:
            self.fault(number, "row", _("Row %(row)d of the file speaks of it already.") % {"row": self.seen[pk]})
        self.seen[pk] = number
        return self.spans.get(pk)

    def _post(self, number: int, written: str) -> Post | None:
        if written and fold(written) not in self.posts:
            self.fault(number, "post", _("The unit has no post “%(post)s”.") % {"post": written})
        return self.posts.get(fold(written))

    def _account(self, number: int, written: str) -> Account | None:
        if written and written.lower() not in self.accounts:
            self.fault(
                number, "username", _("Nobody with the user name “%(name)s” holds a post here.") % {"name": written}
            )
        return self.accounts.get(written.lower())


def column_of(fault: ValidationError) -> tuple[str, str]:
    """Where the sentence of an action belongs: a column of the sheet, and the sentence."""
    if hasattr(fault, "error_dict"):
        name, sentences = next(iter(fault.message_dict.items()))
        column = {"account": "username", "on": "valid_from"}.get(name, name)
        return (column if column in COLUMNS else "name"), " ".join(sentences)
    return "name", " ".join(fault.messages)
