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
from trienkhai.worksessions.dossier.work import HEADS, line_of, open_rows
from trienkhai.worksessions.models import Session, UnitWord
from trienkhai.worksessions.queries.concluded import tasks_by_conclusion
from trienkhai.worksessions.queries.sessions import last_session

LISTED = 30


def difficulties(subject: Subject) -> Section:
    """What the unit told for this session, and what the last updates of its open work name."""
    tables = [_words(subject, UnitWord.Kind.DIFFICULTY, "Khó khăn do đơn vị nêu")]
    latest = ProgressReport.objects.filter(assignment=OuterRef("pk"), on__lte=subject.on).order_by("-at", "-pk")
    newest = open_rows(subject).annotate(report=Subquery(latest.values("pk")[:1]))
    named = ProgressReport.objects.filter(bottleneck__gt="").values("pk")
    rows = list(newest.filter(report__in=named)[: LISTED + 1])
    names = names_of({row.was_held_by for row in rows})
    lines: list[list[Cell]] = [
        [{"assignment": row.pk}, {"told": row.report}, names[row.was_held_by].short_name] for row in rows[:LISTED]
    ]
    if lines:
        heads = ["Nhiệm vụ", "Vướng mắc nêu trong lần cập nhật gần nhất", "Đơn vị thực hiện"]
        tables.append(Table(heads, lines))
    notes = [f"Bảng nêu {LISTED} nhiệm vụ đến hạn sớm nhất có vướng mắc."] if len(rows) > LISTED else []
    return _section("difficulties", "Khó khăn, vướng mắc", tables, notes, "Đơn vị chưa nêu khó khăn, vướng mắc.")


def proposals(subject: Subject) -> Section:
    tables = [_words(subject, UnitWord.Kind.PROPOSAL, "Kiến nghị, đề xuất")]
    return _section("proposals", "Kiến nghị, đề xuất", tables, [], "Đơn vị chưa có kiến nghị, đề xuất.")


def _words(subject: Subject, kind: str, head: str) -> Table:
    rows = subject.session.words.filter(kind=kind).order_by("position")
    return Table(["TT", head], [[str(place), row.text] for place, row in enumerate(rows, start=1)])


def _section(key: str, title: str, tables: list[Table], notes: list[str], nothing: str) -> Section:
    kept = [table for table in tables if table.rows]
    return Section(key, title, kept, notes=notes if kept else [nothing])


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
            rows.append([*names, "chưa giao thành nhiệm vụ", *["–"] * len(HEADS)])
    rows += [["(nhiệm vụ khác từ thông báo)", *_task(task, sums, on)] for task in rest if (task.pk,) in sums]
    return Table(["Kết luận", "Nhiệm vụ", *HEADS], rows, numbers=len(HEADS))


def _task(task: Task, sums: dict[tuple[Any, ...], Cells], on: date) -> list[Cell]:
    asked = {"nhiem_vu": task.pk, "ngay": on}
    return [{"task": task.pk}, *line_of(sums[task.pk,], **asked)]
