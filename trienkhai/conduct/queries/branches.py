"""Numbers of the branches directly below a unit: leaders by step, members as they were told."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Left, Length, Substr

from trienkhai.common import paths
from trienkhai.conduct import rules
from trienkhai.conduct.models import CellCount, Commitment, Period
from trienkhai.orgs.models import Holding, Relation, Unit
from trienkhai.people.models import Account


@dataclass(frozen=True)
class BranchLine:
    """A unit directly below with all below it. `leaders`: people who commit by name, and how many of these have
    committed themselves, wherever, and were commented on; `units_told`: units that told their numbers of members, of
    a unit with such units below it those below."""

    unit: Unit
    leaders: int = 0
    committed: int = 0
    half: int = 0
    year: int = 0
    members: int = 0
    members_committed: int = 0
    units_told: int = 0

    @property
    def numbers(self) -> list[tuple[str, int]]:
        return [(name, getattr(self, name)) for name in (*PEOPLE, *UNITS)]


PEOPLE = ("leaders", "committed", "half", "year")
UNITS = ("members", "members_committed", "units_told")
"""Numbers of a line that count people by name, and those summed from what units told."""


def _made(year: int) -> dict[str, QuerySet[Commitment]]:
    """The commitments by which a leader counts at each step."""
    made = Commitment.objects.going_on().filter(year=year, member=None)
    done = {"reviews__commented_on__isnull": False}
    return {
        "committed": made,
        "half": made.filter(reviews__period=Period.HALF, **done),
        "year": made.filter(reviews__period=Period.YEAR, **done),
    }


def people_behind(unit: Unit, year: int, fact: str, on: date) -> QuerySet[Account]:
    """Those whom a number of PEOPLE counts in the unit's line, by name."""
    seats = rules.signing_in(year, on).filter(paths.within(unit.path or "", "post__unit__path"))
    found = Account.objects.filter(pk__in=seats.values("account"))
    made = _made(year).get(fact)
    return (found if made is None else found.filter(pk__in=made.values("account"))).order_by("sort_key", "pk")


def seats_of(people: list[Account], unit: Unit, year: int, on: date) -> dict[int, list[Holding]]:
    """Account → the posts in the unit's branch for which it signs."""
    rows = rules.signing_in(year, on).filter(paths.within(unit.path or "", "post__unit__path"), account__in=people)
    found: dict[int, list[Holding]] = {}
    for row in rows.select_related("post__unit__present").order_by("post__unit__path", "post__pk"):
        found.setdefault(row.account_id, []).append(row)
    return found


def lines_below(unit: Unit, year: int, on: date) -> list[BranchLine]:
    """One line for each unit directly below, by name. Three queries, however many people there are."""
    top = unit.path or ""
    seats = rules.signing_in(year, on).filter(paths.within(top, "post__unit__path"))
    leaders = _by_head(
        seats,
        "post__unit__path",
        top,
        leaders=Count("account", distinct=True),
        **{name: _people(made) for name, made in _made(year).items()},
    )
    counts = _by_head(
        counts_within(top, year),
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


def counts_within(top: str, year: int) -> QuerySet[CellCount]:
    """Numbers that were told in the branch at `top`: of a unit with numbers told below it those below, so that nobody
    is counted twice."""
    told = CellCount.objects.filter(paths.within(top, "unit__path"), year=year)
    counted = told
    for width in range(max(len(top), paths.WIDTH), paths.WIDTH * paths.MAX_DEPTH, paths.WIDTH):
        lower = told.annotate(size=Length("unit__path")).filter(size__gt=width)
        counted = counted.exclude(unit__path__in=lower.values(head=Left("unit__path", width)))
    return counted


def _people(made: QuerySet[Commitment]) -> Count:
    return Count("account", filter=Q(account__in=made.values("account")), distinct=True)


def _by_head(rows: QuerySet[Any], field: str, top: str, **counted: Any) -> dict[str, dict[str, Any]]:
    """Path of the unit directly below → its numbers."""
    head = Substr(F(field), 1, len(top) + paths.WIDTH)
    found = rows.order_by().annotate(head=head).values("head").annotate(**counted)
    return {row["head"]: row for row in found}
