"""What became of the conclusions of a session: the tasks that were issued from its notice, by their clauses."""

from dataclasses import dataclass, field

from trienkhai.documents.models import Clause
from trienkhai.tasks.models import Task
from trienkhai.worksessions.models import Conclusion, Session


@dataclass(frozen=True)
class Concluded:
    conclusion: Conclusion
    tasks: list[Task] = field(default_factory=list)


def tasks_by_conclusion(session: Session) -> tuple[list[Concluded], list[Task]]:
    """The conclusions in order, each with the tasks issued from the clause of the notice that bears its number; and
    the tasks of the notice that name no such clause. At most five queries.
    """
    rows = [Concluded(row) for row in session.conclusions.select_related("lead__present").order_by("position")]
    paper = session.paper
    if paper is None:
        return rows, []
    issued = Task.objects.filter(document=paper, dropped=False, issued_on__isnull=False)
    rest = []
    for task in issued.prefetch_related("clauses__parent").order_by("position", "pk"):
        place = next((number for clause in task.clauses.all() if (number := _place(clause))), 0)
        if 0 < place <= len(rows):
            rows[place - 1].tasks.append(task)
        else:
            rest.append(task)
    return rows, rest


def _place(clause: Clause) -> int:
    """The number of the conclusion that the clause, or the one above it, is."""
    for one in (clause, clause.parent):
        if one is not None and one.label.rstrip(".").isdecimal():
            return int(one.label.rstrip("."))
    return 0
