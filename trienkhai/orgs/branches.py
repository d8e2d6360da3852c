"""What the tree shows of a day: rows below several units at once, what differs from today, days of change."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from trienkhai.common import paths
from trienkhai.common.days import OPEN_END
from trienkhai.common.folding import fold
from trienkhai.orgs.models import Relation, Unit, UnitPlace, UnitVersion

PAGE = 100
MOST_DAYS = 60


def standing_rows(on: date) -> QuerySet[UnitVersion]:
    """Every unit that stood that day, as it was then."""
    return UnitVersion.objects.filter(valid_from__lte=on, valid_to__gt=on, unit__closed_on__gt=on)


def rows_below(parents: Collection[int], on: date, *, start: int = 0, size: int = PAGE) -> list[UnitVersion]:
    """Who stood directly below each of these units that day, by name, at most `size` of each relation from `start`.

    One query, whatever the number of parents; one row too many would not be seen: ask `numbers_below` how many.
    """
    place = Window(
        RowNumber(), partition_by=[F("parent"), F("relation")], order_by=[F("sort_key").asc(), F("unit").asc()]
    )
    rows = standing_rows(on).filter(parent__in=parents).annotate(place=place)
    return list(rows.filter(place__gt=start, place__lte=start + size).order_by("sort_key", "unit"))


def numbers_below(unit_ids: Iterable[int], on: date) -> dict[int, dict[str, int]]:
    """How many units of each relation stood directly below; units without any are left out. One query."""
    rows = standing_rows(on).filter(parent__in=list(unit_ids))
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for parent, relation, count in rows.values_list("parent", "relation").annotate(count=Count("pk")):
        found[parent][relation] = count
    return dict(found)


def came_later(parents: Collection[int], on: date, today: date, limit: int = PAGE) -> list[UnitVersion]:
    """Who stands directly below these units today but did not on the past day: founded or moved there since."""
    before = standing_rows(on).filter(unit=OuterRef("unit"), parent=OuterRef("parent"))
    rows = standing_rows(today).filter(parent__in=parents).exclude(Exists(before))
    return list(rows.select_related("unit").order_by("sort_key", "unit")[:limit])


@dataclass(frozen=True)
class Difference:
    """How a row of a past day differs from today: `kind` renamed | moved | kind | ended | new, and a sentence."""

    kind: str
    words: str


def differences(rows: Iterable[UnitVersion], today: date, kinds: dict[str, str]) -> dict[int, list[Difference]]:
    """For rows of a past day, by unit: what is otherwise today. One query."""
    shown = {row.unit_id: row for row in rows}
    present = UnitVersion.objects.filter(unit__in=list(shown), valid_from__lte=today, valid_to__gt=today)
    found: dict[int, list[Difference]] = {}
    for now in present.select_related("unit", "parent__present"):
        then, told = shown[now.unit_id], []
        if now.unit.closed_on <= today:
            told.append(Difference("ended", _("ended on %(day)s") % {"day": _written(now.unit.closed_on)}))
        if now.name != then.name:
            told.append(Difference("renamed", _("now called %(name)s") % {"name": now.name}))
        if now.parent_id != then.parent_id:
            told.append(Difference("moved", _("now below %(name)s") % {"name": now.parent.name if now.parent else "–"}))
        if now.kind != then.kind:
            told.append(Difference("kind", _("now: %(kind)s") % {"kind": kinds.get(now.kind, now.kind)}))
        if told:
            found[now.unit_id] = told
    return found


def came_how(row: UnitVersion, on: date) -> Difference:
    """What is said of a unit that came to stand here after the past day."""
    founded = row.unit.established_on
    if founded > on:
        return Difference("new", _("founded on %(day)s") % {"day": _written(founded)})
    return Difference("new", _("came here after that day"))


def _written(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def days_of_change(unit: Unit, until: date, limit: int = MOST_DAYS) -> list[date]:
    """The last days, at most `limit` and newest first, at which the branch of the unit changed, whatever its place was.

    A unit in it was founded, changed or ended, joined or left. Three queries over the branch.
    """
    tops = list(UnitPlace.objects.filter(unit=unit).values_list("path", flat=True).distinct())
    if not tops:
        return []
    inside = reduce(or_, (paths.within(top) for top in tops))
    places = UnitPlace.objects.filter(inside)
    members = Q(unit__in=places.values("unit"))
    versions = UnitVersion.objects.filter(
        reduce(or_, (paths.within(top, "unit__path") for top in tops))
        | members & Q(unit__in=places.filter(valid_to__lt=OPEN_END).values("unit")),
        valid_from__lte=until,
    )
    ended = Unit.objects.filter(pk__in=places.values("unit"), closed_on__lte=until)
    days: set[date] = set()
    for rows, field in ((places.filter(valid_from__lte=until), "valid_from"), (versions, "valid_from")):
        days.update(rows.order_by(f"-{field}").values_list(field, flat=True).distinct()[:limit])
    days.update(
        places.filter(valid_to__lte=until).order_by("-valid_to").values_list("valid_to", flat=True).distinct()[:limit]
    )
    days.update(ended.order_by("-closed_on").values_list("closed_on", flat=True).distinct()[:limit])
    return sorted(days, reverse=True)[:limit]


@dataclass(frozen=True)
class Piece:
    words: str
    found: bool = False


def marked(text: str, asked: str) -> list[Piece]:
    """The text in pieces, those marked that hold a word of `asked`; accents count on neither side."""
    letters, at = [], []
    for position, letter in enumerate(text):
        for plain in fold(letter) or (" " if letter.isspace() else ""):
            letters.append(plain)
            at.append(position)
    plain, hits = "".join(letters), [False] * len(text)
    for word in fold(asked).split():
        start = plain.find(word)
        while start >= 0:
            first, last = at[start], at[start + len(word) - 1]
            hits[first : last + 1] = [True] * (last + 1 - first)
            start = plain.find(word, start + len(word))
    pieces: list[Piece] = []
    for letter, hit in zip(text, hits, strict=True):
        if pieces and pieces[-1].found == hit:
            pieces[-1] = Piece(pieces[-1].words + letter, hit)
        else:
            pieces.append(Piece(letter, hit))
    return pieces


def split(rows: Iterable[UnitVersion]) -> dict[int | None, dict[str, list[UnitVersion]]]:
    """Rows by the unit above and by relation."""
    found: dict[int | None, dict[str, list[UnitVersion]]] = defaultdict(lambda: {name: [] for name in Relation.values})
    for row in rows:
        found[row.parent_id][row.relation].append(row)
    return found
