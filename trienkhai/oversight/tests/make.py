"""Rows for tests: mass organisations of `north`, people who supervise, answer, keep lists, read; rows at each step."""

from datetime import date, datetime
from typing import Any

from trienkhai.common.clock import moment
from trienkhai.orgs.models import Post, Role
from trienkhai.orgs.tests.make import Tree, make_holder
from trienkhai.oversight import actions
from trienkhai.oversight.actions import Details, Shown
from trienkhai.oversight.models import Matter, Plan, Proof, Question, Recommendation, Subject


def at(day: int = 5, month: int = 1, hour: int = 12) -> datetime:
    return moment(date(2017, month, day), hour)


class Cast:
    """`north` with its mass organisations, leader, clerk, member; the cell `north2` below with leaders, focal point."""

    def __init__(self) -> None:
        self.tree = Tree()
        self.unit, self.cell = self.tree.north, self.tree.north2
        self.mass = make_holder(self.unit, Role.MASS)
        self.leader = make_holder(self.unit, Role.LEADER)
        self.clerk = make_holder(self.unit, Role.CLERK)
        self.member = make_holder(self.unit, Role.MEMBER)
        self.head = make_holder(self.cell, Role.LEADER)
        self.deputy = make_holder(self.cell, Role.LEADER)
        self.focal = make_holder(self.cell, Role.FOCAL)
        self.above = make_holder(self.tree.bloc, Role.LEADER)
        self.stranger = make_holder(self.tree.south, Role.LEADER)
        self.other_mass = make_holder(self.tree.south, Role.MASS)

    @property
    def post(self) -> Post:
        return Post.objects.get(holdings__account=self.head)

    def plan(self, title: str = "Giám sát năm 2017") -> Plan:
        return actions.make_plan(self.unit, organisation="union", year=2017, title=title, by=self.mass, at=at())

    def subject(self, plan: Plan | None = None, **words: Any) -> Subject:
        given: dict[str, Any] = {
            "kind": "supervision",
            "title": "Thực hiện quy chế dân chủ",
            "form": "dialogue",
            "addressee": self.cell,
            "planned_on": date(2017, 1, 20),
        } | words
        return actions.add_subject((plan or self.plan()).pk, Details(**given), by=self.mass, at=at())

    def announced(self, **words: Any) -> Subject:
        row = self.subject(**words)
        actions.announce_plan(row.plan_id, by=self.mass, at=at())
        return Subject.objects.get(pk=row.pk)

    def held(self, **words: Any) -> Subject:
        row = self.announced(**words)
        said = {"held_on": date(2017, 1, 10), "held_at": "Hội trường", "findings": "Niêm yết chưa đủ ngày"}
        return actions.tell_held(row.pk, **said, by=self.mass, at=at(10))

    def recommended(self, subject: Subject | None = None, due_on: date | None = None) -> Recommendation:
        subject = subject or self.held()
        text = "Niêm yết đủ thời hạn"
        return actions.recommend(subject.pk, text=text, due_on=due_on, by=self.mass, at=at(10))

    def reply(self, row: Recommendation, **words: Any) -> Recommendation:
        given: dict[str, Any] = {"outcome": "taken", "text": "Đã niêm yết lại", "by": self.head, "at": at(12)} | words
        return actions.reply(row.pk, **given)

    def matter(self, **words: Any) -> Matter:
        given: dict[str, Any] = {
            "kind": "public",
            "title": "Chương trình công tác",
            "due_on": date(2017, 1, 31),
        } | words
        return actions.add_matter(self.unit, **given, by=self.clerk, at=at())

    def proof(self, matter: Matter, **words: Any) -> Proof:
        given: dict[str, Any] = {
            "place": "Bảng tin tầng 1",
            "from_on": date(2017, 1, 10),
            "until_on": date(2017, 2, 8),
            "link": "https://tin.minhhoa.vn/1",
        } | words
        return actions.add_proof(matter.pk, Shown(**given), by=self.clerk, at=at(20))

    def question(self, text: str = "Bao giờ công khai quy chế chi tiêu?", **words: Any) -> Question:
        given: dict[str, Any] = {"text": text, "asked_on": date(2017, 1, 5), "by": self.mass, "at": at()} | words
        return actions.enter_question(self.unit, **given)
