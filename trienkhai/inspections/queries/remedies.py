"""How far the remedy of each finding is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from trienkhai.inspections.models import Finding
from trienkhai.tasks.models import Assignment, Evidence, ProgressReport, State


@dataclass(frozen=True)
class Remedy:
    """`rows`: the assignments that remedy the finding; `missing`: why it cannot be accepted, '' when it can.
    `reporters`: accounts that reported on them, who do not accept it."""

    rows: list[Assignment]
    missing: str
    reporters: frozenset[int] = frozenset()

    def is_late(self, on: date) -> bool:
        return any(row.is_open and row.due_on < on for row in self.rows)


def proof_of_remedy(finding: Finding) -> Remedy:
    return remedies_of([finding])[finding.pk]


def remedies_of(findings: Iterable[Finding]) -> dict[int, Remedy]:
    """By finding. Two queries."""
    wanted = list(findings)
    proved = Evidence.objects.filter(report__assignment=OuterRef("pk"))
    rows = Assignment.objects.filter(task__in=[row.task_id for row in wanted if row.task_id])
    found: dict[int, list[Assignment]] = {}
    for row in rows.select_related("held_by__present").annotate(proved=Exists(proved)).order_by("pk"):
        found.setdefault(row.task_id, []).append(row)
    reported: dict[int, set[int]] = {}
    reports = ProgressReport.objects.filter(assignment__task__in=found).order_by()
    for task, *people in reports.values_list("assignment__task", "by", "principal"):
        reported.setdefault(task, set()).update(pk for pk in people if pk)
    return {
        one.pk: Remedy(
            mine := found.get(one.task_id or 0, []), _missing(one, mine), frozenset(reported.get(one.task_id or 0, ()))
        )
        for one in wanted
    }


def _missing(finding: Finding, rows: list[Assignment]) -> str:
    if not finding.task_id:
        return _("The remedy has not been given as a task yet.")
    counted = [row for row in rows if row.state != State.WITHDRAWN]
    if not counted:
        return _("The task of the remedy has not been issued, or was withdrawn.")
    if any(row.state != State.DONE for row in counted):
        return _("The task of the remedy is not done and approved yet.")
    if not all(getattr(row, "proved", False) for row in counted):
        return _("No file proves that the remedy was carried out.")
    return ""
