"""Numbers of the branches directly below a unit: leaders by step, members as they were told."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Substr

from trienkhai.common import paths
from trienkhai.conduct import rules
from trienkhai.conduct.models import CellCount, Commitment, Period
from trienkhai.orgs.models import Relation, Unit


@dataclass(frozen=True)
class BranchLine:
    """A unit directly below with all below it. `leaders`: people who commit by name, and how many of these have
    committed themselves, wherever, and were commented on; `units_told`: units that told
    their numbers of members."""

    unit: Unit
    leaders: int = 0
    committed: int = 0
    half: int = 0
    year: int = 0
    members: int = 0
    members_committed: int = 0
    units_told: int = 0


def lines_below(unit: Unit, year: int, on: date) -> list[BranchLine]:
    """One line for each unit directly below, by name. Three queries, however many people there are."""
    top = unit.path or ""
    seats = rules.signing_in(year, on).filter(paths.within(top, "post__unit__path"))
    made = Commitment.objects.going_on().filter(year=year, member=None)
    done = {"reviews__commented_on__isnull": False}
    leaders = _by_head(
        seats,
        "post__unit__path",
        top,
        leaders=Count("account", distinct=True),
        committed=_people(made),
        half=_people(made.filter(reviews__period=Period.HALF, **done)),
        year=_people(made.filter(reviews__period=Period.YEAR, **done)),
    )
    told = CellCount.objects.filter(paths.within(top, "unit__path"), year=year)
    counts = _by_head(
        told,
        "unit__path",
        top,
        in_all=Sum("members"),
        members_committed=Sum("committed"),
        units_told=Count("pk"),
    )
    below = Unit.objects.filter(present__parent=unit, path__isnull=False, closed_on__gt=on)
    below = below.filter(present__relation=Relation.SUBORDINATE).select_related("present")
    lines = []
    for one in below.order_by("present__sort_key", "pk"):
        given: dict[str, Any] = {}
        for found in (leaders, counts):
            given |= found.get(one.path or "", {})
        given.pop("head", None)
        given["members"] = given.pop("in_all", 0)
        lines.append(BranchLine(one, **given))
    return lines


def _people(made: QuerySet[Commitment]) -> Count:
    return Count("account", filter=Q(account__in=made.values("account")), distinct=True)


def _by_head(rows: QuerySet[Any], field: str, top: str, **counted: Any) -> dict[str, dict[str, Any]]:
    """Path of the unit directly below → its numbers."""
    head = Substr(F(field), 1, len(top) + paths.WIDTH)
    found = rows.order_by().annotate(head=head).values("head").annotate(**counted)
    return {row["head"]: row for row in found}
