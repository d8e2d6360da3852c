"""How a focus stands in each branch: what moved since the last review, what stands still and why."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Substr

from trienkhai.common.paths import WIDTH
from trienkhai.orgs.models import Unit
from trienkhai.tasks.models import OPEN_STATES, Assignment, Focus, FocusReview, ProgressReport, State, Task
from trienkhai.tasks.queries.lists import due_soon_day, silent_filter
from trienkhai.tasks.queries.sheets import Cells, cells_by_child, counted_at


def latest_bottleneck() -> Subquery:
    """What the last report of an assignment names as standing in the way, '' for nothing."""
    rows = ProgressReport.objects.filter(assignment=OuterRef("pk")).order_by("-at", "-pk")
    return Subquery(rows.values("bottleneck")[:1])


def bottleneck_filter(rows: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """Open work whose last report names a bottleneck."""
    named = rows.filter(state__in=OPEN_STATES).alias(in_the_way=latest_bottleneck())
    return named.filter(in_the_way__gt="")


def moved_since(day: date) -> Q:
    """Changed state or reported on that day or later."""
    told = ProgressReport.objects.filter(assignment=OuterRef("pk"), on__gte=day)
    return Q(Q(since_on__gte=day, since_on__gt=F("issued_on")) | Exists(told))


def still_since(day: date) -> Q:
    """Open, given before that day, and neither changed nor reported on since."""
    return Q(~moved_since(day), state__in=OPEN_STATES, issued_on__lt=day)


@dataclass(frozen=True)
class Branch:
    """A direct subordinate with its sheet of the focus. `words`: the newest bottleneck told there."""

    unit: Unit
    cells: Cells
    silent: int = 0
    moved: int = 0
    still: int = 0
    blocked: int = 0
    words: str = ""

    @property
    def is_open(self) -> bool:
        return self.cells.total > self.cells.done


@dataclass(frozen=True)
class Looked:
    """What a person looks at on the page of a focus: how it stands at `top`, also `below` it, moved since when.

    top: None where the person guides no branch that the focus reaches.
    """

    focus: Focus
    top: Unit | None
    since: date
    below: bool


def since_of(focus: Focus, review: FocusReview | None) -> date:
    """The day from which movement is judged: the last review, else the first day of the focus."""
    return review.on if review else focus.valid_from


def branches_of(focus: Focus, top: Unit, since: date, on: date) -> list[Branch]:
    """One row for each direct subordinate of `top` that has work of the focus, those that stand still first.

    Five queries, whatever the number of units.
    """
    tasks = Task.objects.filter(focus=focus)
    sheets = cells_by_child(top, on=on, soon=due_soon_day(on), tasks=tasks)
    rows = Assignment.objects.filter(counted_at(top), task__in=tasks).exclude(state=State.WITHDRAWN)
    rows = rows.annotate(branch=Substr("held_by__path", 1, len(top.path or "") + WIDTH))
    live: dict[str, Any] = {
        row["branch"]: row
        for row in rows.order_by().values("branch").annotate(
            n_silent=Count("pk", filter=silent_filter(on)),
            n_moved=Count("pk", filter=moved_since(since)),
            n_still=Count("pk", filter=still_since(since)),
        )
    }  # fmt: skip
    blocked = _blocked(rows)
    units = Unit.objects.filter(pk__in=list(sheets)).select_related("present")
    found = [_branch(unit, sheets[unit.pk], live, blocked) for unit in units if sheets[unit.pk].total]
    return sorted(found, key=lambda row: (row.moved > 0 or not row.is_open, -row.still, row.unit.path or ""))


def _blocked(rows: QuerySet[Assignment]) -> dict[str, tuple[int, str]]:
    """Branch → how much of its work has something in its way, and the newest words on it."""
    told = ProgressReport.objects.filter(assignment=OuterRef("pk")).order_by("-at", "-pk")
    named = bottleneck_filter(rows).annotate(words=latest_bottleneck(), told_at=Subquery(told.values("at")[:1]))
    found: dict[str, tuple[int, str]] = {}
    for branch, words in named.order_by("told_at", "pk").values_list("branch", "words"):
        found[branch] = (found.get(branch, (0, ""))[0] + 1, words)
    return found


def _branch(unit: Unit, cells: Cells, live: dict[str, Any], blocked: dict[str, tuple[int, str]]) -> Branch:
    row = live.get(unit.path or "", {})
    count, words = blocked.get(unit.path or "", (0, ""))
    return Branch(
        unit, cells, row.get("n_silent", 0), row.get("n_moved", 0), row.get("n_still", 0), count, words
    )  # fmt: skip
