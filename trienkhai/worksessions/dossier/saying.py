"""What stands in the way, what the unit proposes, and how the conclusions of the last session stand."""

from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, Subquery

from trienkhai.orgs.queries import names_of
from trienkhai.tasks.models import ProgressReport, Task
from trienkhai.tasks.queries import Cells
from trienkhai.tasks.queries.past import Question, sums_as_of
from trienkhai.worksessions.dossier.shape import Cell, Section, Table
from trienkhai.worksessions.dossier.subject import Subject
from trienkhai.worksessions.dossier.work import line_of, open_rows
from trienkhai.worksessions.models import Session, UnitWord
from trienkhai.worksessions.queries.concluded import tasks_by_conclusion
from trienkhai.worksessions.queries.sessions import last_session

LISTED = 30
"""At most so many open tasks, those due first, with what their last update says."""
STANDING = ["Được giao", "Hoàn thành", "Quá hạn", "Tỷ lệ"]
UPDATED = {
    "bottleneck": "Vướng mắc nêu trong lần cập nhật gần nhất",
    "proposal": "Đề xuất trong lần cập nhật gần nhất",
}


def difficulties(subject: Subject) -> Section:
    """What the unit told for this session, and what the last updates of its open work name."""
    tables = [_words(subject, UnitWord.Kind.DIFFICULTY, "Khó khăn do đơn vị nêu"), _updates(subject, "bottleneck")]
    return _section("difficulties", "Khó khăn, vướng mắc", tables, "Đơn vị chưa nêu khó khăn, vướng mắc.")


def proposals(subject: Subject) -> Section:
    tables = [_words(subject, UnitWord.Kind.PROPOSAL, "Kiến nghị, đề xuất"), _updates(subject, "proposal")]
    return _section("proposals", "Kiến nghị, đề xuất", tables, "Đơn vị chưa có kiến nghị, đề xuất.")


def _updates(subject: Subject, column: str) -> Table:
    """What the last update of each open task says of it: `bottleneck` or `proposal`."""
    latest = ProgressReport.objects.filter(assignment=OuterRef("pk"), on__lte=subject.on).order_by("-at", "-pk")
    newest = open_rows(subject).annotate(report=Subquery(latest.values("pk")[:1]))
    named = ProgressReport.objects.filter(**{f"{column}__gt": ""}).values("pk")
    rows: list[Any] = list(newest.filter(report__in=named)[:LISTED])
    names = names_of({row.was_held_by for row in rows})
    lines: list[list[Cell]] = [
        [{"assignment": row.pk}, {column: row.report}, names[row.was_held_by].short_name] for row in rows
    ]
    return Table(["Nhiệm vụ", UPDATED[column], "Đơn vị thực hiện"], lines)


def _words(subject: Subject, kind: str, head: str) -> Table:
    rows = subject.session.words.filter(kind=kind).order_by("position")
    return Table(["TT", head], [[str(place), row.text] for place, row in enumerate(rows, start=1)])


def _section(key: str, title: str, tables: list[Table], nothing: str) -> Section:
    kept = [table for table in tables if table.rows]
    return Section(key, title, kept, notes=[] if kept else [nothing])


def last_conclusions(subject: Subject) -> Section:
    """Each conclusion of the last session with the unit: its tasks and how they stood that day."""
    title = "Thực hiện kết luận của buổi làm việc trước"
    before = last_session(subject.session)
    if before is None:
        return Section("last", title, notes=["Chưa có buổi làm việc trước trong hệ thống."])
    table = standing_of(before, subject.on)
    notes = [f"Buổi làm việc ngày {before.day:%d/%m/%Y}."]
    return Section("last", title, [table] if table.rows else [], notes=notes)


def standing_of(session: Session, on: date) -> Table:
    """The conclusions of a session, each with its tasks and how these stood at the end of that day."""
    told, rest = tasks_by_conclusion(session)
    issued = [task for row in told for task in row.tasks] + rest
    asked = Question(Task.objects.filter(pk__in=[task.pk for task in issued]))
    sums = sums_as_of(on, "id", held=Q(), asked=asked) if issued else {}
    rows: list[list[Cell]] = []
    for row in told:
        names: list[Cell] = [{"conclusion": row.conclusion.pk}]
        rows += [[*names, *_task(task, sums, on)] for task in row.tasks if (task.pk,) in sums]
        if not any((task.pk,) in sums for task in row.tasks):
            rows.append([*names, "chưa giao thành nhiệm vụ", *["–"] * len(STANDING)])
    rows += [["(nhiệm vụ khác từ thông báo)", *_task(task, sums, on)] for task in rest if (task.pk,) in sums]
    return Table(["Kết luận", "Nhiệm vụ", *STANDING], rows, numbers=len(STANDING))


def _task(task: Task, sums: dict[tuple[Any, ...], Cells], on: date) -> list[Cell]:
    asked = {"nhiem_vu": task.pk, "ngay": on}
    return [{"task": task.pk}, *line_of(sums[task.pk,], ("total", "done", "open_overdue"), **asked)]
