"""Rows for tests: a cell with leaders, a secretary, a member; people above and beside it; a commitment at each step."""

from datetime import date, datetime
from typing import Any

from trienkhai.common.clock import moment
from trienkhai.conduct import actions
from trienkhai.conduct.actions import Figures, Told
from trienkhai.conduct.models import CellCount, Commitment, Review, Theme
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import Tree, make_holder

WORDS, SAID, COMMENT = "Xử lý văn bản trong ngày", "Không còn văn bản quá hạn", "Tập thể nhất trí"


def at(day: int = 5, month: int = 3) -> datetime:
    return moment(date(2017, month, day), 12)


class Cast:
    """The cell `north2`: leader, deputy, secretary, clerk, member; leader, officer, inspector of `north` above it;
    `north1` with one leader alone; a stranger in `south`."""

    def __init__(self) -> None:
        self.tree = Tree()
        self.unit = self.tree.north2
        self.leader, self.deputy = (make_holder(self.unit, Role.LEADER) for _ in range(2))
        self.secretary = make_holder(self.unit, Role.SECRETARY)
        self.clerk = make_holder(self.unit, Role.CLERK)
        self.member = make_holder(self.unit, Role.MEMBER)
        self.above = make_holder(self.tree.north, Role.LEADER)
        self.officer = make_holder(self.tree.north, Role.OFFICER)
        self.inspector = make_holder(self.tree.north, Role.INSPECTOR)
        self.alone = make_holder(self.tree.north1, Role.LEADER)
        self.stranger = make_holder(self.tree.south, Role.LEADER)

    def theme(self, year: int = 2017) -> Theme:
        """The theme that `north` sets: without one nobody is asked to commit."""
        return actions.set_theme(self.tree.north, year=year, title="Phong cách, tác phong", by=self.above, at=at(1))

    def commit(self, **words: Any) -> Commitment:
        given: dict[str, Any] = {"year": 2017, "text": WORDS, "by": self.leader, "at": at()} | words
        return actions.commit(given.pop("unit", self.unit), **given)

    def report(self, row: Commitment | None = None, period: str = "half", **words: Any) -> Review:
        given: dict[str, Any] = {"by": self.leader, "at": at(10, 7)} | words
        told = given.pop("told", Told(SAID))
        return actions.report((row or self.commit()).pk, period, told, **given)

    def comment(self, review: Review | None = None, **words: Any) -> Review:
        given: dict[str, Any] = {"text": COMMENT, "met_on": date(2017, 7, 12), "by": self.secretary, "at": at(14, 7)}
        return actions.comment((review or self.report()).pk, **given | words)

    def count(self, *numbers: int, **words: Any) -> CellCount:
        given: dict[str, Any] = {"year": 2017, "by": self.secretary, "at": at()} | words
        return actions.tell_count(self.unit, Figures(*numbers), **given)
