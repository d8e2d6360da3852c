"""What became of one document: its clauses with and without work, and how far each branch below a unit has gone."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Substr

from trienkhai.common import paths
from trienkhai.dissemination.models import Receipt, SessionState, StudyPlan
from trienkhai.documents.models import Clause, Document
from trienkhai.orgs.models import Relation, Unit
from trienkhai.orgs.queries import children
from trienkhai.people.models import Account
from trienkhai.tasks import rules
from trienkhai.tasks.models import Assignment, Concretising, State, Task
from trienkhai.tasks.queries.lists import clause_progress


@dataclass(frozen=True)
class ClauseRow:
    """A clause with what came of it: tasks issued from it, rows of work in sight, how many are done or overdue."""

    clause: Clause
    tasks: int = 0
    all: int = 0
    done: int = 0
    overdue: int = 0


def clause_rows(document: Document, account: Account, on: date) -> list[ClauseRow]:
    """Every clause of the present text that has a label or a heading, in order. Four queries."""
    text = document.texts.order_by("-version").first()
    if text is None:
        return []
    visible = rules.visible_tasks(account, on).filter(document=document, issued_on__isnull=False)
    given = dict(visible.values("clauses").annotate(n=Count("pk", distinct=True)).values_list("clauses", "n"))
    work = clause_progress(rules.visible_assignments(account, on).filter(task__document=document), on)
    rows = Clause.objects.filter(text=text).exclude(label="", heading="").order_by("position")
    return [ClauseRow(row, tasks=given.get(row.pk, 0), **work.get(row.pk, {})) for row in rows]


@dataclass
class BranchRow:
    """One unit next below and its branch.

    `sent`: units of it to which the document was sent, of which `received` have acknowledged it; `studied`: units that
    have held a study of it. `given`: rows of work from it held in the branch, of which `reported` have said something
    and `done` are done. `papers`: units with a programme of their own, `own` the unit's. `tasks`: what units of the
    branch gave on to make that work concrete.
    """

    unit: Unit
    sent: int = 0
    received: int = 0
    studied: int = 0
    given: int = 0
    reported: int = 0
    done: int = 0
    papers: int = 0
    own: Document | None = None
    tasks: int = 0


def branch_rows(document: Document, top: Unit) -> list[BranchRow]:
    """For each direct subordinate of `top`. Seven queries, however large the branches."""
    below = list(children(top, Relation.SUBORDINATE))
    rows = {unit.path or "": BranchRow(unit) for unit in below}
    width = len(top.path or "") + paths.WIDTH
    assignments = Assignment.objects.filter(task__document=document).exclude(state=State.WITHDRAWN)
    reported = Q(percent__gt=0) | Q(submitted_on__isnull=False)
    counts = {
        "given": Count("pk"),
        "reported": Count("pk", filter=reported),
        "done": Count("pk", filter=Q(state=State.DONE)),
    }
    for found in _by_branch(assignments, "held_by__path", top, width, **counts):
        _fill(rows, found, *counts)
    receipts = Receipt.objects.filter(sending__document=document, current=True)
    heard = {"sent": Count("pk"), "received": Count("pk", filter=Q(acknowledged_at__isnull=False))}
    for found in _by_branch(receipts, "unit__path", top, width, **heard):
        _fill(rows, found, *heard)
    held = StudyPlan.objects.filter(document=document, sessions__state=SessionState.HELD)
    for found in _by_branch(held, "unit__path", top, width, studied=Count("unit", distinct=True)):
        _fill(rows, found, "studied")
    issued = Concretising.objects.filter(Q(result__isnull=False) | Q(draft__document__isnull=False), document=document)
    for found in _by_branch(issued, "unit__path", top, width, papers=Count("pk")):
        _fill(rows, found, "papers")
    given_on = Task.objects.filter(serves__task__document=document, issued_on__isnull=False, dropped=False)
    for found in _by_branch(given_on, "assigner__path", top, width, tasks=Count("pk")):
        _fill(rows, found, "tasks")
    for row in issued.filter(unit__in=below).select_related("result", "draft__document", "unit"):
        rows[row.unit.path or ""].own = row.paper
    return list(rows.values())


def _by_branch(rows: QuerySet, column: str, top: Unit, width: int, **counts: Any) -> list[dict[str, Any]]:
    """Counted by the path of the unit next below `top`. One query."""
    within = rows.filter(paths.within(top.path or "", column)).order_by()
    return list(within.annotate(branch=Substr(F(column), 1, width)).values("branch").annotate(**counts))


def _fill(rows: dict[str, BranchRow], found: dict[str, Any], *names: str) -> None:
    if row := rows.get(found["branch"]):
        for name in names:
            setattr(row, name, found[name])
