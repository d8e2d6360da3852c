"""The items of programmes as they stand, and their counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from trienkhai.common import paths
from trienkhai.common.days import OPEN_END
from trienkhai.documents.layouts.markup import Piece, written
from trienkhai.orgs.models import Term, Unit
from trienkhai.tasks import periods
from trienkhai.tasks.models import OPEN_STATES, Assignment, Programme, ProgrammeItem, Standing, State

SIZES = (Programme.Kind.QUARTER, Programme.Kind.YEAR, Programme.Kind.TERM)
COUNTED = ("all", "added", "late", *Standing.values)
HEADS = ("TT", "Nội dung công việc", "Thời gian", "Chủ trì", "Sản phẩm")
UNSORTED = "Công việc khác"


@dataclass(frozen=True)
class Counts:
    """Items of one programme. `added`: of all, those that came after it was in force; `late`: open past their day."""

    all: int = 0
    planned: int = 0
    given: int = 0
    done: int = 0
    dropped: int = 0
    carried: int = 0
    added: int = 0
    late: int = 0


def counts_of(programmes: Iterable[Programme], on: date) -> dict[int, Counts]:
    """By programme; one query, whatever the number."""
    pks = [row.pk for row in programmes]
    if not pks:
        return {}
    rows = ProgrammeItem.objects.filter(programme__in=pks).standing()
    kinds = {f"n_{name}": Count("pk", filter=Q(standing=name)) for name in Standing.values}
    found: Any = rows.order_by().values("programme").annotate(
        n_all=Count("pk"),
        n_added=Count("pk", filter=~Q(added_reason="")),
        n_late=Count("pk", filter=late(on)),
        **kinds,
    )  # fmt: skip
    counts = {row["programme"]: Counts(**{name: row[f"n_{name}"] for name in COUNTED}) for row in found}
    return {pk: counts.get(pk, Counts()) for pk in pks}


def late(on: date) -> Q:
    return Q(standing__in=(Standing.PLANNED, Standing.GIVEN), due_on__lt=on)


def items_of(programme: Programme, shown: str, on: date) -> QuerySet[ProgrammeItem]:
    """In their order. shown: a standing, `added`, `late`, `open`; anything else shows all."""
    rows = ProgrammeItem.objects.filter(programme=programme).standing()
    limits = {
        "added": ~Q(added_reason=""),
        "late": late(on),
        "open": Q(standing__in=(Standing.PLANNED, Standing.GIVEN)),
    } | {name: Q(standing=name) for name in Standing.values}
    rows = rows.filter(limits[shown]) if shown in limits else rows
    related = ("unit__present", "task__issue", "from_item__programme", "carried_to__programme", "clause__text")
    return rows.select_related(*related, "carried_from__programme").order_by("position", "pk")


def refined_counts(programme: Programme) -> dict[int, int]:
    """Item → how many items of other programmes come from it; items that none does are left out. One query."""
    rows = ProgrammeItem.objects.filter(from_item__programme=programme).exclude(closed=ProgrammeItem.Closed.DROPPED)
    counted = rows.order_by().values_list("from_item").annotate(n=Count("pk"))
    return {pk: number for pk, number in counted if pk}


def span_of(kind: str, starts_on: date, ends_on: date | None) -> tuple[date, date | None]:
    """First and last day: a year and a quarter follow from any day in them, a term is as it was given."""
    if kind == Programme.Kind.TERM:
        return starts_on, ends_on
    return periods.start_of(kind, starts_on), periods.next_start(kind, starts_on) - timedelta(days=1)


def term_at(unit: Unit, on: date) -> Term | None:
    return Term.objects.filter(unit=unit, starts_on__lte=on, ends_on__gt=on).first()


def longer_programmes(programme: Programme) -> QuerySet[Programme]:
    """What it may be part of: the unit's own longer ones, those in force of units above, that hold its days."""
    longer = SIZES[SIZES.index(Programme.Kind(programme.kind)) + 1 :]
    own = Q(unit=programme.unit, kind__in=longer)
    above = [pk for pk in paths.ids(programme.unit.path or "") if pk != programme.unit_id]
    upper = Q(unit__in=above, state=Programme.State.IN_FORCE)
    rows = Programme.objects.filter(own | upper).exclude(pk=programme.pk)
    held = rows.filter(starts_on__lte=programme.starts_on, ends_on__gte=programme.ends_on)
    return held.select_related("unit__present").order_by("-unit__path", "-starts_on")


def next_programmes(programme: Programme) -> QuerySet[Programme]:
    """Where open items may go on: the unit's own later programmes of that kind, the nearest first."""
    rows = Programme.objects.filter(unit=programme.unit, kind=programme.kind, starts_on__gt=programme.ends_on)
    return rows.order_by("starts_on")


def work_left(item: ProgrammeItem) -> tuple[int, int]:
    """Of the item's task: how many parts are open, how many were done."""
    if not item.task_id:
        return 0, 0
    held = Assignment.objects.filter(task=item.task_id)
    return held.filter(state__in=OPEN_STATES).count(), held.filter(state=State.DONE).count()


def next_number(programme: Programme) -> int:
    return (programme.items.aggregate(last=Max("position"))["last"] or 0) + 1


def with_programmes(units: QuerySet[Unit]) -> QuerySet[Unit]:
    return units.filter(Exists(Programme.objects.filter(unit=OuterRef("pk"))))


def body_of(programme: Programme, areas: dict[str, str]) -> str:
    """The items as the body of a paper in the markup of drafts: a heading for each area of work, its items as a table.

    areas: code → name, in the order in which they are printed. What was dropped is not printed.
    """
    rows = list(items_of(programme, "", programme.starts_on).exclude(Q(standing=Standing.DROPPED)))
    groups = {code: [row for row in rows if row.work_area == code] for code in areas}
    groups[UNSORTED] = [row for row in rows if row.work_area not in areas]
    shown = [(areas.get(code, UNSORTED), items) for code, items in groups.items() if items]
    pieces: list[Piece] = []
    for number, (name, items) in enumerate(shown):
        pieces.append(Piece("roman", name.upper(), ROMAN[number] if number < len(ROMAN) else str(number + 1)))
        lines = [_cells(place, item) for place, item in enumerate(items, start=1)]
        pieces.append(Piece("table", rows=(HEADS, *lines)))
    pieces.append(Piece("roman", "TỔ CHỨC THỰC HIỆN", ROMAN[min(len(shown), len(ROMAN) - 1)]))
    return written(tuple(pieces)) if rows else ""


ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")


def _cells(place: int, item: ProgrammeItem) -> tuple[str, ...]:
    day = "" if item.due_on == OPEN_END else f"{item.due_on:%d/%m/%Y}"
    cells = (item.title, item.time_words or day, leads(item), item.product)
    return (str(place), *(" ".join(cell.replace("|", "/").split()) or " " for cell in cells))


def leads(item: ProgrammeItem) -> str:
    return str(item.unit.name) if item.unit and not item.lead_words else item.lead_words
