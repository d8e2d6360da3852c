"""The bloc works with one of its organisations twice: in September, and at the very end of the demo.

What was concluded in September is given on by the organisation to units below it, carried out, and stands at the head
of the second session. That one is played when all else of the year is there, so that its dossier tells of inspections,
proposals and evaluation too; what it concludes comes back as tasks of the organisation, which gives them on as well.
"""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from trienkhai.common.clock import moment
from trienkhai.demo.concretising import Moments, issue_plan
from trienkhai.demo.year import Year
from trienkhai.documents.actions import change_draft, finish_draft
from trienkhai.documents.actions.drafting import WORDS
from trienkhai.documents.models import Document
from trienkhai.orgs.models import Holding, Role, Unit
from trienkhai.people.models import Account
from trienkhai.tasks import actions as tasks
from trienkhai.tasks.models import Assignment, ClauseAnswer, Issue
from trienkhai.tasks.proposals import propose
from trienkhai.tasks.queries.concretising import lines_of
from trienkhai.worksessions import actions
from trienkhai.worksessions.models import Dossier, Session

UNIT, SYMBOL_BODY = "MH.01", "ĐULTSM"
BELOW = "unit:MH.01.001 + unit:MH.01.002 + unit:MH.01.003"
TAKEN, PLANNED, UPDATED, BELOW_DONE, DONE = (
    date(2017, month, day) for month, day in ((9, 25), (9, 27), (10, 20), (11, 9), (11, 13))
)
NOT_OURS = "Nội dung này không giao đơn vị thực hiện."
Conclusions = tuple[tuple[str, date | None], ...]


@dataclass(frozen=True)
class Story:
    """A session: when it is planned and held, what the unit says, what is concluded, when the tasks are given. A
    conclusion without a day is nobody's task.
    """

    planned: date
    held: date
    given: date
    content: str
    difficulty: str
    proposal: str
    conclusions: Conclusions


FIRST = Story(
    date(2017, 9, 8),
    date(2017, 9, 20),
    date(2017, 9, 21),
    "Tình hình thực hiện nhiệm vụ chín tháng năm 2017 và công tác xây dựng tổ chức cơ sở đảng.",
    "Một số chi bộ ở xa, sinh hoạt chưa đúng kỳ vì đảng viên công tác lưu động.",
    "Bố trí thêm một chuyên viên tổng hợp cho văn phòng cấp ủy.",
    (
        ("Rà soát, bổ sung quy chế làm việc của các cấp ủy trực thuộc", date(2017, 11, 15)),
        ("Củng cố các chi bộ sinh hoạt chưa đúng kỳ", date(2017, 11, 30)),
        ("Đồng ý về chủ trương đề nghị bố trí thêm một chuyên viên tổng hợp", None),
    ),
)
LAST = Story(
    date(2017, 12, 4),
    date(2017, 12, 14),
    date(2017, 12, 15),
    "Kết quả năm 2017, phương hướng năm 2018; việc thực hiện kết luận buổi làm việc tháng 9/2017.",
    "Cán bộ chuyên trách của các tổ chức cơ sở đảng thay đổi nhiều trong năm.",
    "Mở lớp bồi dưỡng nghiệp vụ cho cấp ủy viên mới trong quý I/2018.",
    (
        ("Xây dựng chương trình công tác năm 2018 của Đảng bộ, giao rõ đầu mối và thời hạn", date(2018, 1, 20)),
        ("Hoàn thành việc củng cố các chi bộ sinh hoạt chưa đúng kỳ", date(2018, 3, 31)),
    ),
)


class Play:
    """One session, act by act."""

    def __init__(self, bloc: Unit, story: Story) -> None:
        self.bloc, self.story = bloc, story
        self.officer, self.clerk, self.leader = (
            Account.objects.get(username=name) for name in ("chuyenvien", "vanthu", "lanhdao")
        )
        self.unit = Unit.objects.select_related("present").get(present__code=UNIT)
        self.head, self.focal = holder(self.unit, Role.LEADER), holder(self.unit, Role.FOCAL)
        self.session: Session | None = None

    def prepare(self) -> Session:
        story, at = self.story, moment(self.story.planned, 9)
        details = actions.Details(moment(story.held, 8), "Trụ sở Đảng ủy Khối Minh Họa", story.content)
        self.session = actions.plan_session(self.bloc, self.unit, details, by=self.officer, at=at)
        people = [one.pk for one in (self.leader, self.officer, self.focal, self.head)]
        actions.name_people(self.session.pk, people, by=self.officer, at=at)
        for kind, text in (("difficulty", story.difficulty), ("proposal", story.proposal)):
            actions.add_word(self.session.pk, kind=kind, text=text, by=self.focal, at=moment(story.planned, 15))
        return self.session

    def dossier(self) -> Dossier:
        held = self.story.held
        return actions.make_dossier(self._pk, day=held, by=self.officer, at=moment(held, 7))

    def hold(self) -> Document:
        """The conclusions; the notice issued in the afternoon."""
        held = self.story.held
        for text, due in self.story.conclusions:
            given: dict[str, Any] = {"lead": self.unit, "due_on": due} if due else {}
            actions.add_conclusion(self._pk, text=text, **given, by=self.officer, at=moment(held, 11))
        actions.end_session(self._pk, by=self.officer, at=moment(held, 12))
        draft = actions.draft_notice(self._pk, by=self.officer, at=moment(held, 14))
        words: dict[str, Any] = {name: getattr(draft, name) for name in WORDS}
        words |= {"place": "Minh Họa", "signer_role": "Phó Bí thư Thường trực", "signer_name": self.leader.name}
        draft = change_draft(draft.pk, words, base=draft.version, by=self.officer, at=moment(held, 15))
        base, at = draft.version, moment(held, 16)
        return finish_draft(draft.pk, base=base, issued_on=held, not_secret=True, by=self.clerk, at=at)

    def give(self) -> Issue:
        """What the reader finds in the notice, issued by the leader."""
        paper, given = self.paper(), self.story.given
        rows = propose(paper.texts.latest("version"), self.bloc, given)
        issue = tasks.start_issue(paper, self.bloc, rows, by=self.officer, at=moment(given, 9))
        return tasks.issue_tasks(issue.pk, by=self.leader, at=moment(given, 10))

    def acknowledge(self, day: date) -> int:
        """The unit takes what was concluded."""
        rows = self.concluded()
        for pk in rows:
            tasks.acknowledge(pk, by=self.focal, at=moment(day, 11))
        return len(rows)

    def give_on(self, answered: date, issued: date, selection: str) -> Issue:
        """The unit's plan for what it was given, and the work of those below it that serves this."""
        paper = self.paper()
        held = {row.task.clauses.first(): row for row in self._rows().select_related("task")}
        ours = {clause.pk: row for clause, row in held.items() if clause}
        answers = {line.clause.pk: _answer(line.clause.pk in ours) for line in lines_of(paper, None)}
        first, then, last = (moment(answered, hour) for hour in (13, 14, 15))
        when = Moments(first, then, last, moment(issued, 16))
        recipients = "Đảng ủy Khối (để báo cáo)\nCác tổ chức đảng trực thuộc\nLưu Văn phòng"
        words = {"symbol_body": SYMBOL_BODY, "signer_name": self.head.name, "recipients": recipients}
        plan = issue_plan(paper, self.unit, answers, words, self.head, when)
        rows = [
            {"title": f"Tổ chức thực hiện tại đơn vị: {row.task.title}", "due_on": row.due_on, "serves": row}
            for row in ours.values()
        ]
        at = moment(issued, 17)
        issue = tasks.prepare_issue(plan, self.unit, rows, selection=selection, on=issued, by=self.head, at=at)
        return tasks.issue_tasks(issue.pk, by=self.head, at=at)

    @property
    def _pk(self) -> int:
        assert self.session is not None
        return self.session.pk

    def paper(self) -> Document:
        session = Session.objects.select_related("notice__document").get(pk=self._pk)
        assert session.paper is not None
        return session.paper

    def _rows(self) -> QuerySet[Assignment]:
        return Assignment.objects.filter(task__document=self.paper(), held_by=self.unit).order_by("pk")

    def concluded(self) -> list[int]:
        """What the unit holds of what was concluded."""
        return list(self._rows().values_list("pk", flat=True))


def holder(unit: Unit, role: str) -> Account:
    return Holding.objects.filter(post__unit=unit, post__role=role).select_related("account").earliest("pk").account


def _answer(is_ours: bool) -> dict[str, str]:
    if is_ours:
        return {"kind": ClauseAnswer.Kind.TAKEN}
    return {"kind": ClauseAnswer.Kind.NOT_APPLICABLE, "reason": NOT_OURS}


class September:
    """The first session in the year, and what becomes of what it concluded until the second."""

    def __init__(self, year: Year) -> None:
        self.year, self.play, self.below = year, Play(year.bloc, FIRST), list[int]()

    def plan(self) -> None:
        play, story = self.play, FIRST
        for day, act in (
            (story.planned, play.prepare),
            (story.held, play.hold),
            (story.given, self._give),
            (TAKEN, partial(play.acknowledge, TAKEN)),
            (PLANNED, self._give_on),
            (UPDATED, self._update),
            (BELOW_DONE, self._done_below),
            (DONE, self._finish),
        ):
            self.year.plan(day, "worksession", act)

    def _give(self) -> Issue:
        """The year's own approving in bulk leaves this work alone."""
        issue = self.play.give()
        self._apart(issue)
        return issue

    def _apart(self, issue: Issue) -> list[int]:
        rows = list(Assignment.objects.filter(task__issue=issue).order_by("pk").values_list("pk", flat=True))
        self.year.single |= set(rows)
        return rows

    def _give_on(self) -> Issue:
        issue = self.play.give_on(PLANNED, PLANNED, BELOW)
        self.below = self._apart(issue)
        return issue

    def _update(self) -> int:
        """The unit tells how far it is; those below take theirs."""
        text, at = "Đã có kế hoạch, đang triển khai.", moment(UPDATED, 9)
        for number, pk in enumerate(self.play.concluded()):
            trouble = "Đảng viên công tác lưu động, khó bố trí ngày sinh hoạt." if number else ""
            tasks.update_progress(pk, percent=60, text=text, bottleneck=trouble, by=self.play.focal, at=at)
        for pk in self.below:
            tasks.acknowledge(pk, by=self._focal_of(pk), at=at)
        return len(self.below)

    def _focal_of(self, pk: int) -> Account:
        return self.year.focal[Assignment.objects.get(pk=pk).held_by_id]

    def _done_below(self) -> int:
        """Those below report, all but the last; the unit approves."""
        for pk in self.below[:-1]:
            text = "Đã tổ chức thực hiện, có biên bản kèm theo."
            tasks.submit_report(pk, text=text, by=self._focal_of(pk), at=moment(BELOW_DONE, 9))
            tasks.approve(pk, by=self.play.head, at=moment(BELOW_DONE, 15))
        return len(self.below) - 1

    def _finish(self) -> int:
        """The first is done and approved; the second is still open when its day has passed."""
        pk = self.play.concluded()[0]
        text = "Các cấp ủy trực thuộc đã ban hành quy chế làm việc sửa đổi."
        tasks.submit_report(pk, text=text, by=self.play.focal, at=moment(DONE, 9))
        tasks.approve(pk, by=self.play.leader, at=moment(DONE, 15))
        return pk


def plan_sessions(year: Year) -> None:
    September(year).plan()


@transaction.atomic
def end_with_session(bloc: Unit) -> tuple[int, int]:
    """The last session of the year, its dossier made in the morning; how much work its conclusions became for the
    unit, and for those below.
    """
    play = Play(bloc, LAST)
    play.prepare()
    play.dossier()
    play.hold()
    issue = play.give()
    play.acknowledge(LAST.given)
    given_on = play.give_on(LAST.given, LAST.given, "children")
    return issue.count, given_on.count
