"""Co-ordination ready for each of its actions: a partner at the agency of north, its regulation, an opinion asked."""

from collections.abc import Callable
from datetime import date
from typing import Any

from trienkhai.documents.models import Document
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.tests.make import make_holder, make_unit
from trienkhai.tasks import actions
from trienkhai.tasks.models import Opinion, Partnership
from trienkhai.tasks.tests.make import Cast, at, make_document

FIRST, UNTIL = date(2016, 1, 1), date(2017, 2, 10)


class Partners:
    """A party affairs committee at the agency of north, with a focal point of its own."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.north = cast, cast.tree.north
        self.body: Unit = make_unit(kind="external", relation="external", code="NG.7", name="Ban cán sự đảng Thử")
        self.focal = make_holder(self.body, Role.FOCAL)

    def open(self, **days: date) -> Partnership:
        given: dict[str, Any] = {"valid_from": FIRST} | days
        return actions.open_partnership(self.north, self.body, **given, by=self.cast.officer, at=at(4))

    def paper(self, **fields: Any) -> Document:
        named = {"symbol": "05-QC/ĐUTHU", "published": "branch"} | fields
        return make_document(self.cast.tree.bloc, **named)

    def ask(self, *, due_on: date = UNTIL, day: int = 5, **words: Any) -> Opinion:
        given = {"subject": "Dự thảo quy chế", "due_on": due_on} | words
        return actions.ask_opinion(self.cast.tree.bloc, self.body, **given, by=self.cast.officer, at=at(day))


def _opened(cast: Cast) -> tuple[Partners, Partnership]:
    partners = Partners(cast)
    return partners, partners.open()


def open_partnership(cast: Cast) -> Callable[[], object]:
    partners = Partners(cast)
    days = {"valid_from": FIRST}
    return lambda: actions.open_partnership(partners.north, partners.body, **days, by=cast.officer, at=at(9))


def end_partnership(cast: Cast) -> Callable[[], object]:
    _partners, row = _opened(cast)
    said = {"last_day": date(2017, 1, 31), "basis": "Quyết định 1-QĐ/ĐUTHU"}
    return lambda: actions.end_partnership(row.pk, **said, by=cast.officer, at=at(9))


def add_paper(cast: Cast) -> Callable[[], object]:
    partners, row = _opened(cast)
    paper = partners.paper()
    return lambda: actions.add_paper(row.pk, paper, kind="regulation", by=cast.officer, at=at(9))


def ask_opinion(cast: Cast) -> Callable[[], object]:
    partners, _row = _opened(cast)
    return lambda: partners.ask(day=9)


def answer_opinion(cast: Cast) -> Callable[[], object]:
    partners, _row = _opened(cast)
    asked = partners.ask()
    return lambda: actions.answer_opinion(asked.pk, answer="Nhất trí", by=partners.focal, at=at(9))


def withdraw_opinion(cast: Cast) -> Callable[[], object]:
    partners, _row = _opened(cast)
    asked = partners.ask()
    return lambda: actions.withdraw_opinion(asked.pk, reason="Không còn cần", by=cast.officer, at=at(9))


COORDINATING = {
    turn.__name__: turn
    for turn in (open_partnership, end_partnership, add_paper, ask_opinion, answer_opinion, withdraw_opinion)
}
