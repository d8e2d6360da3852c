"""Rows for tests: the bloc's inspector, leader and officer, a programme, an inspection at any step of its way."""

from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

from trienkhai.common.clock import moment
from trienkhai.documents.actions.filing import store_file
from trienkhai.inspections import actions
from trienkhai.inspections.actions import ItemDetails
from trienkhai.inspections.models import Draw, Finding, Inspection, InspectionItem, InspectionProgramme
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.tests.make import NOON, make_holder
from trienkhai.tasks import actions as work
from trienkhai.tasks.models import Assignment, Issue
from trienkhai.tasks.tests.make import Cast as WorkCast

SEED = "a" * 32


def at(day: int, month: int = 1, hour: int = 9) -> datetime:
    return moment(date(2017, month, day), hour)


def upload(name: str = "bien-ban.txt", text: str = "Biên bản làm việc") -> BytesIO:
    file = BytesIO(text.encode())
    file.name = name
    return file


class Cast(WorkCast):
    """The small tree; besides who gives and does work, the bloc's inspector, and the leaders of `north1`."""

    def __init__(self) -> None:
        super().__init__()
        self.bloc = self.tree.bloc
        self.inspector = make_holder(self.bloc, Role.INSPECTOR)
        self.subject = self.tree.north1
        self.subject_leader = make_holder(self.subject, Role.LEADER)

    def details(self, **words: Any) -> ItemDetails:
        given: dict[str, Any] = {
            "theme": "Thực hiện nghị quyết về công tác thử",
            "kind": "inspection",
            "manner": "programme",
            "starts_on": date(2017, 1, 3),
            "ends_on": date(2017, 6, 30),
        }
        return ItemDetails(**(given | words))

    def item(self, *, programme: InspectionProgramme | None = None, **words: Any) -> InspectionItem:
        if programme is None:
            programme = actions.begin_programme(self.bloc, year=2017, by=self.inspector, at=NOON)
        by = self.leader if programme.is_approved else self.inspector
        item = actions.add_item(programme.pk, self.details(**words), by=by, at=NOON)
        people = [self.inspector.pk, self.officer.pk]
        return actions.set_team(item.pk, people, lead=self.inspector.pk, by=self.inspector, at=NOON)

    def approve(self, item: InspectionItem) -> InspectionItem:
        if not item.programme.is_approved:
            if item.programme.state == "draft":
                actions.submit_programme(item.programme_id, by=self.inspector, at=NOON)
            actions.approve_programme(item.programme_id, by=self.leader, at=NOON)
        return InspectionItem.objects.select_related("programme").get(pk=item.pk)

    def named(self, unit: Unit | None = None, item: InspectionItem | None = None, **words: Any) -> Inspection:
        item = self.approve(item or self.item(**words))
        return actions.add_subject(item.pk, unit or self.subject, by=self.inspector, at=NOON)

    def draw(self, item: InspectionItem, by_risk: int = 0, at_random: int = 1, **words: Any) -> Draw:
        given: dict[str, Any] = {"scope": "grassroots", "seed": SEED, "by": self.inspector, "at": NOON} | words
        return actions.draw_subjects(item.pk, by_risk=by_risk, at_random=at_random, **given)

    def started(self, **words: Any) -> Inspection:
        return actions.start_inspection(self.named(**words).pk, by=self.inspector, at=at(4))

    def conducted(self, **words: Any) -> Inspection:
        row = self.started(**words)
        return actions.go_on(row.pk, by=self.inspector, at=at(5))

    def find(self, row: Inspection, text: str = "Chưa cập nhật kết quả thực hiện", **words: Any) -> Finding:
        given: dict[str, Any] = {"remedy": f"Khắc phục: {text}", "due_on": date(2017, 3, 31)} | words
        return actions.add_finding(row.pk, text=text, **given, by=self.inspector, at=at(6))

    def examined(self, **words: Any) -> Inspection:
        row = self.conducted(**words)
        for point in row.points.all():
            actions.tell_point(point.pk, result="met", note_text="", by=self.inspector, at=at(6))
        return row

    def written(self, **words: Any) -> Inspection:
        """One finding, every point looked into, the conclusion written."""
        row = self.examined(**words)
        self.find(row)
        actions.go_on(row.pk, by=self.inspector, at=at(9))
        text, follower = "Ưu điểm. Hạn chế.", self.inspector.pk
        return actions.write_conclusion(row.pk, text=text, follower=follower, by=self.inspector, at=at(9))

    def concluded(self, **words: Any) -> Inspection:
        return actions.conclude_inspection(self.written(**words).pk, by=self.leader, at=at(10))

    def given(self, row: Inspection) -> list[Assignment]:
        """The remedies as tasks, issued by the leader."""
        issue: Issue = actions.give_remedies(row.pk, not_secret=True, by=self.officer, at=at(11))
        work.issue_tasks(issue.pk, by=self.leader, at=at(11))
        return list(Assignment.objects.filter(task__issue=issue).select_related("held_by").order_by("pk"))

    def report(self, assignment: Assignment, *, proved: bool = True) -> None:
        by = self.focal[assignment.held_by_id]
        work.acknowledge(assignment.pk, by=by, at=at(12))
        files = [store_file(upload(), owner=assignment.held_by, by=by, at=at(13))] if proved else []
        work.submit_report(assignment.pk, text="Đã khắc phục", files=files, by=by, at=at(13))

    def remedied(self, assignment: Assignment) -> None:
        self.report(assignment)
        work.approve(assignment.pk, by=self.north_leader, at=at(16))


def later(days: int) -> datetime:
    return at(4) + timedelta(days=days)
