"""The words of rows of other areas that a dossier names: read when it is shown, of those in the reader's sight."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from trienkhai.evaluation.rules import visible_sheets
from trienkhai.feedback.rules import visible_proposals
from trienkhai.inspections.models import Finding, InspectionState
from trienkhai.inspections.rules import visible_inspections
from trienkhai.people.models import Account
from trienkhai.tasks.models import ProgressReport, Task
from trienkhai.tasks.rules import visible_assignments
from trienkhai.worksessions.models import Conclusion
from trienkhai.worksessions.rules import visible_sessions

GONE = "…"


@dataclass(frozen=True)
class Kind:
    """`rows`: of these ids the rows in sight; `column`: what they say; `route`, `named_by`: the page of a row."""

    rows: Callable[[Account, date, set[int]], QuerySet[Any]]
    column: str
    route: str = ""
    named_by: str = "pk"


def _assignments(account: Account, on: date, ids: set[int]) -> QuerySet[Any]:
    return visible_assignments(account, on).filter(pk__in=ids)


def _tasks(account: Account, on: date, ids: set[int]) -> QuerySet[Any]:
    return Task.objects.filter(pk__in=visible_assignments(account, on).filter(task__in=ids).values("task"))


def _updates(account: Account, on: date, ids: set[int]) -> QuerySet[Any]:
    return ProgressReport.objects.filter(pk__in=ids, assignment__in=visible_assignments(account, on))


def _conclusions(account: Account, on: date, ids: set[int]) -> QuerySet[Any]:
    return Conclusion.objects.filter(pk__in=ids, session__in=visible_sessions(account, on))


def _inspections(account: Account, on: date, ids: set[int]) -> QuerySet[Any]:
    return visible_inspections(account, on).filter(pk__in=ids, state=InspectionState.CONCLUDED)


def _findings(account: Account, on: date, ids: set[int]) -> QuerySet[Any]:
    concluded = visible_inspections(account, on).filter(state=InspectionState.CONCLUDED)
    return Finding.objects.filter(pk__in=ids, inspection__in=concluded)


def _proposals(account: Account, on: date, ids: set[int]) -> QuerySet[Any]:
    return visible_proposals(account, on).filter(pk__in=ids)


def _sheets(account: Account, on: date, ids: set[int]) -> QuerySet[Any]:
    return visible_sheets(account, on).filter(pk__in=ids)


KINDS = {
    "assignment": Kind(_assignments, "task__title", "tasks:assignment"),
    "task": Kind(_tasks, "title"),
    "bottleneck": Kind(_updates, "bottleneck"),
    "proposal": Kind(_updates, "proposal"),
    "conclusion": Kind(_conclusions, "text"),
    "inspection": Kind(_inspections, "item__theme", "inspections:inspection"),
    "finding": Kind(_findings, "text", "inspections:inspection", "inspection"),
    "sent": Kind(_proposals, "title", "feedback:proposal"),
    "sheet": Kind(_sheets, "name", "evaluation:sheet"),
}


class Words:
    """As many queries for any number of rows named: `named` gives their kinds and ids."""

    def __init__(self, named: Iterable[tuple[str, int]], account: Account, on: date) -> None:
        ids: dict[str, set[int]] = {}
        for kind, pk in named:
            ids.setdefault(kind, set()).add(pk)
        self.known = {kind: _read(KINDS[kind], account, on, wanted) for kind, wanted in ids.items()}

    def sees(self, kind: str, pk: int) -> bool:
        return pk in self.known.get(kind, {})

    def of(self, kind: str, pk: int) -> str:
        return self.known.get(kind, {}).get(pk, ("", 0))[0] or GONE

    def url(self, kind: str, pk: int) -> str:
        """The page of the row; '' where it has none or is out of sight."""
        route = KINDS[kind].route
        return reverse(route, args=[self.known[kind][pk][1]]) if route and self.sees(kind, pk) else ""


def _read(kind: Kind, account: Account, on: date, ids: set[int]) -> dict[int, tuple[str, int]]:
    rows = kind.rows(account, on, ids).values_list("pk", kind.column, kind.named_by)
    return {pk: (words, page) for pk, words, page in rows}
