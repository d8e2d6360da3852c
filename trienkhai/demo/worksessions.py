"""The bloc works with one of its organisations twice: in September, and on the last days of the demo's year.

What was concluded in September is carried out and stands at the head of the second session, with its dossier; what the
second concludes comes back as tasks of the unit on the demo's last day.
"""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from trienkhai.common.clock import moment
from trienkhai.demo.year import Year
from trienkhai.documents.actions import change_draft, finish_draft
from trienkhai.documents.actions.drafting import WORDS
from trienkhai.documents.models import Document
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account
from trienkhai.tasks import actions as tasks
from trienkhai.tasks.models import Assignment, Issue
from trienkhai.tasks.proposals import propose
from trienkhai.worksessions import actions
from trienkhai.worksessions.models import Session

UNIT = "MH.01"
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
    """Both sessions, each act planned on its day."""

    def __init__(self, year: Year) -> None:
        self.year = year
        self.officer, self.clerk = (Account.objects.get(username=name) for name in ("chuyenvien", "vanthu"))
        self.unit = Unit.objects.select_related("present").get(present__code=UNIT)
        self.focal, self.leader = year.focal[self.unit.pk], year.leader[year.bloc.pk]
        self.sessions: dict[Story, Session] = {}

    def plan(self) -> None:
        for story in (FIRST, LAST):
            for day, act in (
                (story.planned, self._prepare),
                (story.held, self._hold),
                (story.given, self._give),
            ):
                self.year.plan(day, "worksession", partial(act, story))
        for day, verb in ((date(2017, 9, 25), "acknowledge"), (date(2017, 10, 20), "update")):
            self.year.plan(day, "worksession", partial(self._carry, verb))
        self.year.plan(date(2017, 11, 13), "worksession", self._finish)

    def _prepare(self, story: Story) -> Session:
        at = moment(story.planned, 9)
        details = actions.Details(moment(story.held, 8), "Trụ sở Đảng ủy Khối Minh Họa", story.content)
        session = actions.plan_session(self.year.bloc, self.unit, details, by=self.officer, at=at)
        people = [self.leader.pk, self.officer.pk, self.focal.pk, self.year.leader[self.unit.pk].pk]
        actions.name_people(session.pk, people, by=self.officer, at=at)
        for kind, text in (("difficulty", story.difficulty), ("proposal", story.proposal)):
            actions.add_word(session.pk, kind=kind, text=text, by=self.focal, at=moment(story.planned, 15))
        self.sessions[story] = session
        return session

    def _hold(self, story: Story) -> Document:
        """For the last one a dossier in the morning; the conclusions; the notice issued in the afternoon."""
        session, held = self.sessions[story], story.held
        if story is LAST:
            actions.make_dossier(session.pk, day=held, by=self.officer, at=moment(held, 7))
        for text, due in story.conclusions:
            given: dict[str, Any] = {"lead": self.unit, "due_on": due} if due else {}
            actions.add_conclusion(session.pk, text=text, **given, by=self.officer, at=moment(held, 11))
        actions.end_session(session.pk, by=self.officer, at=moment(held, 12))
        draft = actions.draft_notice(session.pk, by=self.officer, at=moment(held, 14))
        words: dict[str, Any] = {name: getattr(draft, name) for name in WORDS}
        words |= {"signer_role": "Phó Bí thư Thường trực", "signer_name": self.leader.name}
        draft = change_draft(draft.pk, words, base=draft.version, by=self.officer, at=moment(held, 15))
        base, at = draft.version, moment(held, 16)
        return finish_draft(draft.pk, base=base, issued_on=held, not_secret=True, by=self.clerk, at=at)

    def _give(self, story: Story) -> Issue:
        """What the reader finds in the notice, issued by the leader."""
        session = Session.objects.select_related("notice__document").get(pk=self.sessions[story].pk)
        assert session.paper is not None
        rows = propose(session.paper.texts.latest("version"), self.year.bloc, story.given)
        issue = tasks.start_issue(session.paper, self.year.bloc, rows, by=self.officer, at=moment(story.given, 9))
        issue = tasks.issue_tasks(issue.pk, by=self.leader, at=moment(story.given, 10))
        self.year.single |= set(self._given(issue).values_list("pk", flat=True))
        return issue

    def _given(self, issue: Issue) -> Any:
        return Assignment.objects.filter(task__issue=issue).order_by("pk")

    def _carry(self, verb: str) -> int:
        """The unit takes what September concluded, and tells how far it is."""
        at, text = moment(self.year.today, 9), "Đã có kế hoạch, đang triển khai."
        rows = self._september()
        for number, pk in enumerate(rows):
            if verb == "acknowledge":
                tasks.acknowledge(pk, by=self.focal, at=at)
            else:
                trouble = "Đảng viên công tác lưu động, khó bố trí ngày sinh hoạt." if number else ""
                tasks.update_progress(pk, percent=60, text=text, bottleneck=trouble, by=self.focal, at=at)
        return len(rows)

    def _finish(self) -> int:
        """The first is done and approved; the second is still open when its day has passed."""
        pk, at = self._september()[0], moment(self.year.today, 9)
        text = "Các cấp ủy trực thuộc đã ban hành quy chế làm việc sửa đổi."
        tasks.submit_report(pk, text=text, by=self.focal, at=at)
        tasks.approve(pk, by=self.leader, at=moment(self.year.today, 15))
        return pk

    def _september(self) -> list[int]:
        session = Session.objects.select_related("notice").get(pk=self.sessions[FIRST].pk)
        rows = Assignment.objects.filter(task__document=session.notice.document_id if session.notice else None)
        return list(rows.order_by("pk").values_list("pk", flat=True))


def plan_sessions(year: Year) -> None:
    Play(year).plan()
