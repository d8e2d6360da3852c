"""Rows for tests: a cell below a committee with the people who hold its meetings, a meeting at any step of its way."""

from datetime import date, datetime
from typing import Any

from trienkhai.common.clock import moment
from trienkhai.meetings import actions
from trienkhai.meetings.actions import ClassTold, Details
from trienkhai.meetings.actions.writing import Typed
from trienkhai.meetings.models import Meeting
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import NOON, Tree, make_holder

HELD = date(2017, 1, 5)
WORDS = "Bàn việc riêng"


def at(day: int = 5, hour: int = 12, minute: int = 0) -> datetime:
    return moment(date(2017, 1, day), hour, minute)


class Cast:
    """The small tree; the cell `north2` with secretary, deputy leader and a member; a leader and an officer above."""

    def __init__(self) -> None:
        self.tree = Tree()
        self.cell = self.tree.north2
        self.secretary = make_holder(self.cell, Role.SECRETARY)
        self.leader = make_holder(self.cell, Role.LEADER)
        self.member = make_holder(self.cell, Role.MEMBER)
        self.above = make_holder(self.tree.north, Role.LEADER)
        self.officer = make_holder(self.tree.north, Role.OFFICER)
        self.stranger = make_holder(self.tree.south1, Role.LEADER)

    def plan(self, day: int = 5, **words: Any) -> Meeting:
        given: dict[str, Any] = {"body": "cell", "starts_at": at(day, 8), "place": "Phòng họp"} | words
        return actions.plan_meeting(self.cell, Details(**given), by=self.secretary, at=NOON)

    def begin(self, meeting: Meeting | None = None, **words: Any) -> Meeting:
        meeting = meeting or self.plan(**words)
        began = moment(meeting.day, 8)
        return actions.begin_meeting(meeting.pk, began_at=began, by=self.secretary, at=moment(meeting.day, 9))

    def tell(
        self, meeting: Meeting, *, named: str = "present", full: ClassTold | None = None, **classes: ClassTold
    ) -> Meeting:
        """Both named holders with that presence, and the full members as numbers."""
        told = {"full": full or ClassTold(8, 8)} | classes
        who = {row.pk: named for row in meeting.participants.all()}
        return actions.tell_turnout(meeting.pk, who, told, by=self.secretary, at=at(5, 9))

    def write(self, meeting: Meeting, text: str = WORDS, *, key: str = "opening", **words: Any) -> actions.Saved:
        given: dict[str, Any] = {"by": self.secretary, "at": at(5, 9), "base": 0, "decided": None} | words
        typed = {key: Typed(text, given.pop("base"))}
        return actions.save_minutes(meeting.pk, typed, **given)

    def vote(self, meeting: Meeting, votes_for: int, *, secret: bool = False, **votes: int) -> Any:
        words: dict[str, Any] = {"question": "Thông qua nghị quyết", "secret": secret, "votes_for": votes_for, **votes}
        return actions.add_ballot(meeting.pk, **words, by=self.secretary, at=at(5, 9))

    def conclude(self, meeting: Meeting, text: str = "Hoàn thành rà soát đảng viên", **words: Any) -> Any:
        return actions.add_conclusion(meeting.pk, text=text, **words, by=self.secretary, at=at(5, 9))

    def close(self, meeting: Meeting) -> Meeting:
        return actions.close_minutes(meeting.pk, ended_at=at(5, 10), by=self.secretary, at=at(5, 11))

    def held(self, **told: Any) -> Meeting:
        """A meeting with turnout, one passage, one vote, one conclusion, its minutes closed."""
        meeting = self.tell(self.begin(), **told)
        self.write(meeting)
        self.conclude(meeting)
        return self.close(meeting)
