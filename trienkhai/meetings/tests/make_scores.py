"""Meetings that can be scored in 2017, and the people of the four steps."""

from datetime import date
from typing import Any

from trienkhai.meetings import actions
from trienkhai.meetings.actions import Marked, Tally
from trienkhai.meetings.grading import Frame
from trienkhai.meetings.models import Meeting, ScoreSheet
from trienkhai.meetings.queries.scores import missing
from trienkhai.meetings.tests.make import Cast, at
from trienkhai.norms.models import Norm


def frame_value(**changes: Any) -> dict[str, Any]:
    return Norm.objects.get(key="meetings.score_sheet").value | changes


def store_norm(key: str, value: Any, first: date = date(2017, 1, 1), last: date = date(2018, 1, 1)) -> Norm:
    return Norm.objects.create(
        key=key, valid_from=first, valid_to=last, value=value, source="Minh họa, không phải quy định", grade="B"
    )


class Scored(Cast):
    """The cell's meeting of 5 January lasted two hours, its minutes went up the next day; a norm says how to score."""

    def __init__(self, **changes: Any) -> None:
        super().__init__()
        store_norm("meetings.score_sheet", frame_value(**changes))
        store_norm("meetings.least_minutes", {"cell": {"regular": 150}})
        store_norm("meetings.papers_days", 1)
        self.meeting: Meeting = self.held()

    def start(self, day: int = 6) -> ScoreSheet:
        return actions.start_score(self.meeting.pk, by=self.secretary, at=at(day))

    def fill(self, sheet: ScoreSheet, **given: Marked) -> ScoreSheet:
        """All that is missing gets its most points, besides what is given."""
        empty = set(missing(sheet))
        full = {one.code: Marked(one.points) for one in Frame.read(sheet.frame).criteria if one.title in empty}
        return actions.mark_score(sheet.pk, full | given, by=self.secretary, at=at(7))

    def bring(self, step: str) -> ScoreSheet:
        """A sheet whose next step is `step`."""
        sheet = self.fill(self.start())
        if step != "self":
            sheet = actions.pass_score(sheet.pk, by=self.secretary, at=at(7))
        if step in ("vote", "upper", "done"):
            sheet = actions.pass_score(sheet.pk, by=self.leader, at=at(8))
        if step in ("upper", "done"):
            sheet = actions.pass_score(sheet.pk, tally=self.tally(), by=self.secretary, at=at(9))
        if step == "done":
            sheet = actions.pass_score(sheet.pk, by=self.above, at=at(10))
        return sheet

    def tally(self, votes_for: int = 9, **votes: int) -> Tally:
        return Tally(self.meeting.pk, votes_for, **votes)
