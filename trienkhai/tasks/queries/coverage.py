"""What became of one document: its clauses with and without work, and how far each branch below a unit has gone."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from trienkhai.common import paths
from trienkhai.dissemination.models import Receipt, Sending, SessionState, StudyPlan
from trienkhai.documents.models import Clause, Document
from trienkhai.orgs.models import Relation, Unit
from trienkhai.orgs.places import PRESENT, Places
from trienkhai.orgs.queries import children, children_as_of
from trienkhai.people.models import Account
from trienkhai.tasks import rules
from trienkhai.tasks.models import Assignment, Concretising, State, Task
from trienkhai.tasks.past import givers_then, held_under
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


def first_day(document: Document) -> date | None:
    """When it was first sent down or tasks were given from it; None for never. Two queries."""
    sent = Sending.objects.filter(document=document).aggregate(day=Min("on"))["day"]
    given = Task.objects.filter(document=document).aggregate(day=Min("issued_on"))["day"]
    return min((day for day in (sent, given) if day), default=None)


def branch_rows(document: Document, top: Unit, *, places: Places = PRESENT) -> list[BranchRow]:
    """For each direct subordinate of `top`, by which tree `places` says. Ten queries, however large the branches.

    By the tree of a past day work stands where it was held that day, a receipt where it was sent, a task on where it
    was given first.
    """
    path, day = places.path(top), places.on
    rows = {unit.pk: BranchRow(unit) for unit in _below(top, places)}

    def fill(found: QuerySet[Any], unit: str, **counts: Any) -> None:
        limited = found.filter(places.at(path, unit))
        _fill(rows, places.grouped(limited, path, counts, unit))

    assignments = Assignment.objects.filter(task__document=document).exclude(state=State.WITHDRAWN)
    counts = {
        "given": Count("pk"),
        "reported": Count("pk", filter=Q(percent__gt=0) | Q(submitted_on__isnull=False)),
        "done": Count("pk", filter=Q(state=State.DONE)),
    }
    if day is None:
        fill(assignments, "held_by", **counts)
    else:
        _fill(rows, places.grouped(held_under(assignments, path, places), path, counts, "was_held_by", by_id=True))
    receipts = Receipt.objects.filter(sending__document=document)
    heard = {"sent": Count("pk"), "received": Count("pk", filter=Q(acknowledged_at__isnull=False))}
    fill(receipts.last_sent() if day else receipts.current(), "sent_to" if day else "unit", **heard)
    held = StudyPlan.objects.filter(document=document, sessions__state=SessionState.HELD)
    fill(held, "unit", studied=Count("unit", distinct=True))
    issued = Concretising.objects.filter(Q(result__isnull=False) | Q(draft__document__isnull=False), document=document)
    fill(issued, "unit", papers=Count("pk"))
    given_on = Task.objects.filter(serves__task__document=document, issued_on__isnull=False, dropped=False)
    fill(given_on.exclude(pk__in=list(givers_then(day))) if day else given_on, "assigner", tasks=Count("pk"))
    for row in issued.filter(unit__in=list(rows)).select_related("result", "draft__document"):
        rows[row.unit_id].own = row.paper
    return list(rows.values())


def _below(top: Unit, places: Places) -> list[Unit]:
    """Its direct subordinates that stand, of a past day called as they were called then; by name."""
    if places.on is None:
        rows = children(top, Relation.SUBORDINATE)
        return list(rows.filter(closed_on__gt=places.today) if places.today else rows)
    found = []
    for version in children_as_of(top, places.on):
        if version.relation == Relation.SUBORDINATE:
            version.unit.present = version
            found.append(version.unit)
    return found


def _fill(rows: dict[int, BranchRow], found: dict[str, dict[str, int]]) -> None:
    for branch, counts in found.items():
        if row := rows.get(int(branch[-paths.WIDTH :])):
            for name, number in counts.items():
                setattr(row, name, number)
