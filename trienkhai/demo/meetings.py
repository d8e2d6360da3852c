"""The demo's meetings: a year of one cell and of the committees above it, five of the cell's held, a vote, a conclusion
that became a task, one score through its four steps. The norms they are computed by are marked as an illustration.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from trienkhai.common.clock import moment
from trienkhai.meetings import actions
from trienkhai.meetings.actions import ClassTold, Details, Marked, Tally
from trienkhai.meetings.actions.writing import Typed
from trienkhai.meetings.grading import Frame
from trienkhai.meetings.models import Kind, Meeting, ScoreSheet
from trienkhai.meetings.queries.scores import missing
from trienkhai.norms.loading import load_norms
from trienkhai.orgs.models import Holding, Role, Unit
from trienkhai.people.models import Account
from trienkhai.tasks.actions import acknowledge, approve, issue_tasks, submit_report
from trienkhai.tasks.models import Assignment

CELL, COMMITTEE = "MH.01.001.01", "MH.01.001"
NORMS = Path(__file__).parent / "data" / "norms"
BEGUN = date(2017, 6, 26)
MONTHS = range(7, 13)
WORDS = (
    ("opening", "Chủ trì khai mạc, giới thiệu thành phần và chương trình."),
    ("closing", "Chủ trì kết luận, phân công thực hiện."),
)
CONCLUSION = "Rà soát, bổ sung kế hoạch học tập chuyên đề năm 2018 của chi bộ"
CHECKED = "Rà soát việc thực hiện nghị quyết của các chi bộ trực thuộc, báo cáo cấp ủy"
PREPARED = "Chuẩn bị hội nghị tổng kết công tác năm 2017, triển khai nhiệm vụ năm 2018 của Đảng bộ Khối"
DUE = date(2017, 12, 28)
REPORTED = "Chi bộ đã bổ sung ba chuyên đề vào kế hoạch học tập năm 2018."


@dataclass(frozen=True)
class Place:
    """Whose meetings they are, who writes them, and how many of its members are counted besides."""

    unit: Unit
    body: str
    writer: Account
    members: int = 0
    conclusion: str = CONCLUSION


def make_meetings(bloc: Unit) -> tuple[int, int]:
    """How many meetings are planned, how many of them were held."""
    load_norms(NORMS)
    cell = Place(_unit(CELL), "cell", _holder(CELL, Role.SECRETARY), members=12)
    committee = Place(_unit(COMMITTEE), "committee", _holder(COMMITTEE, Role.LEADER), conclusion=CHECKED)
    planned = 0
    for place, day in ((cell, 3), (committee, 20)):
        details = Details(place.body, moment(date(2017, 1, day), 14), "Phòng họp")
        at = moment(BEGUN, 9)
        planned += len(actions.plan_year(place.unit, details, year=2017, months=list(MONTHS), by=place.writer, at=at))
    theme = Details("cell", moment(date(2017, 9, 15), 14), "Phòng họp", Kind.THEMATIC)
    actions.plan_meeting(cell.unit, theme, by=cell.writer, at=moment(BEGUN, 9))
    top = Place(bloc, "committee", _holder("MH", Role.LEADER), conclusion=PREPARED)
    details = Details(top.body, moment(date(2017, 1, 27), 8), "Trụ sở Đảng ủy Khối")
    planned += len(
        actions.plan_year(bloc, details, year=2017, months=[9, 10, 11, 12], by=top.writer, at=moment(BEGUN, 9))
    )
    held = [_hold(cell, row, late=number == 1) for number, row in enumerate(_meetings(cell)[:5])]
    held += [_hold(committee, row) for row in _meetings(committee)[:2]]
    held += [_hold(top, row) for row in _meetings(top)[:3]]
    _give(cell, held[4])
    _score(cell, held[4])
    return planned + 1, len(held)


def _unit(code: str) -> Unit:
    return Unit.objects.select_related("present__parent").get(present__code=code)


def _holder(code: str, role: str) -> Account:
    row = Holding.objects.filter(post__unit__present__code=code, post__role=role).select_related("account")
    return row.order_by("pk")[0].account


def _meetings(place: Place) -> list[Meeting]:
    return list(Meeting.objects.filter(unit=place.unit).order_by("starts_at", "pk"))


def _hold(place: Place, meeting: Meeting, *, late: bool = False) -> Meeting:
    """Invited two days before, held, voted on, closed, its minutes sent up where a unit stands above. late: it
    begins late, they go up late."""
    start = meeting.starts_at
    who: dict[str, Any] = {"by": place.writer, "at": start - timedelta(days=2)}
    seats = {row.account_id: row.votes for row in meeting.participants.all()}
    actions.invite(meeting.pk, seats, [], **who)
    begun = start + timedelta(minutes=25 if late else 0)
    now: dict[str, Any] = {"by": place.writer, "at": start + timedelta(minutes=60)}
    actions.begin_meeting(meeting.pk, began_at=begun, **now)
    presences = {row.pk: "present" for row in meeting.participants.all()}
    full = {"full": ClassTold(place.members, place.members - 2, {"approved": 2})} if place.members else {}
    speakers = 6 if place.members else None
    actions.tell_turnout(meeting.pk, presences, full, speakers=speakers, **now)
    actions.save_minutes(meeting.pk, {key: Typed(text, 0) for key, text in WORDS}, **now)
    present = len(presences) + max(0, place.members - 2)
    actions.add_ballot(meeting.pk, question="Thông qua kết luận cuộc họp", secret=False, votes_for=present, **now)
    actions.add_conclusion(meeting.pk, text=place.conclusion, lead=place.unit, due_on=DUE, **now)
    ended = start + timedelta(minutes=100)
    actions.close_minutes(meeting.pk, ended_at=ended, by=place.writer, at=ended)
    if place.unit.present and place.unit.present.parent_id:
        sent = start + timedelta(days=5 if late else 1)
        actions.send_minutes_up(meeting.pk, by=place.writer, at=sent)
    return Meeting.objects.get(pk=meeting.pk)


def _give(place: Place, meeting: Meeting) -> None:
    """The conclusion becomes a task of the cell, given and reported by its secretary; nobody else leads the cell, so
    the leader above approves."""
    at = meeting.starts_at + timedelta(days=2)
    issue = actions.give_conclusion(meeting.conclusions.get().pk, not_secret=True, by=place.writer, at=at)
    issue_tasks(issue.pk, by=place.writer, at=at)
    work = Assignment.objects.get(task__issue=issue)
    acknowledge(work.pk, by=place.writer, at=at)
    submit_report(work.pk, text=REPORTED, by=place.writer, at=at + timedelta(days=10))
    approve(work.pk, by=_holder(COMMITTEE, Role.LEADER), at=at + timedelta(days=12))


def _score(place: Place, meeting: Meeting) -> ScoreSheet:
    """All four steps; the committee takes two points of the content back, with its reason."""
    above = _holder(COMMITTEE, Role.LEADER)

    def after(days: int) -> datetime:
        return meeting.starts_at + timedelta(days=days)

    own: dict[str, Any] = {"by": place.writer}
    sheet = actions.start_score(meeting.pk, **own, at=after(4))
    empty = set(missing(sheet))
    rows = [one for one in Frame.read(sheet.frame).criteria if one.title in empty]
    given = {one.code: Marked(one.points - (one.points >= 10)) for one in rows}
    actions.mark_score(sheet.pk, given, **own, at=after(4))
    actions.pass_score(sheet.pk, **own, at=after(4))
    less = {"content": Marked(17, "Thảo luận còn chung chung")}
    actions.mark_score(sheet.pk, less, **own, at=after(5))
    actions.pass_score(sheet.pk, **own, at=after(5))
    actions.pass_score(sheet.pk, tally=Tally(meeting.pk, 10, against=1), **own, at=after(6))
    return actions.pass_score(sheet.pk, by=above, at=after(8))
