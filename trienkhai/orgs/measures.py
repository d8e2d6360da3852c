"""The figures by which models of the organisation are compared, each with the units behind it.

Others add figures of their own by `register_figures`, as `measures_members` does; a later area may.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Exists, OuterRef
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from trienkhai.norms.queries import value
from trienkhai.orgs.actions.reorganising import key_of
from trienkhai.orgs.models import Holding, Post, Relation, Unit
from trienkhai.orgs.rules_comparing import ANSWERING
from trienkhai.orgs.simulating import CHANGED, ENDED, MOVED, NEW, RENAMED, Change, Forest

TENTH = Decimal("0.1")
Number = int | Decimal


@dataclass(frozen=True)
class Found:
    """A figure. `keys`: the units behind it; None where it stands for no list."""

    value: Number | None
    keys: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Facts:
    """What is read once for all columns: posts with a holder that day, by unit; the norm."""

    on: date
    most: int
    posts: list[tuple[str, str, bool]] = field(default_factory=list)


def facts(office: Unit, on: date) -> Facts:
    """Two queries, one row for each post of the branch."""
    held = Holding.objects.on(on).filter(post=OuterRef("pk"))
    rows = Post.objects.standing(on).filter(unit__in=Unit.objects.within(office.path or "").standing(on))
    posts = [
        (key_of(unit), role, is_held)
        for unit, role, is_held in rows.annotate(held=Exists(held)).values_list("unit", "role", "held")
    ]
    return Facts(on, limit(on), posts)


def limit(on: date) -> int:
    """With more direct subordinates than this a unit is listed (norm `span_of_control`)."""
    return int(value("span_of_control", on=on, default={"most": 0})["most"])


Figures = Mapping[str, Found]
Filler = Callable[[Sequence[Forest], date], Sequence[Figures]]
"""What is found in each of the trees that day, the present one first."""
Labels = Callable[[date], Mapping[str, str | Promise]]
_fillers: list[tuple[str | Promise, Filler, Labels]] = []


def register_figures(title: str | Promise, filler: Filler, labels: Labels) -> None:
    """A further group of figures: by name what is found in each tree that day, and the words of each name."""
    if filler not in [known for _title, known, _labels in _fillers]:
        _fillers.append((title, filler, labels))


def added_groups() -> list[tuple[str | Promise, Filler, Labels]]:
    return list(_fillers)


def of_changes(found: list[Change], after: Forest) -> dict[str, Found]:
    """What a draft does. A unit that moves counts once; `along` are those that go with it, lying below."""
    names = {
        mark: [change.key for change in found if mark in change.marks] for mark in (NEW, ENDED, MOVED, RENAMED, CHANGED)
    }
    moved = set(names[MOVED])
    fresh = set(names[NEW])
    along = [key for key in after.levels if key not in moved | fresh and moved & set(after.above(key))]
    return {mark: listed(keys) for mark, keys in names.items()} | {"along": listed(along)}


def listed(keys: Iterable[str]) -> Found:
    chosen = tuple(keys)
    return Found(len(chosen), chosen)


def of_tree(tree: Forest, known: Facts) -> dict[str, Found]:
    """Units, levels, span of control and posts of one tree."""
    return _units(tree) | _levels(tree) | _spans(tree, known.most) | _posts(tree, known)


def _units(tree: Forest) -> dict[str, Found]:
    below = [tree.spots[key] for key in tree.levels if key != tree.top]
    kinds = sorted({spot.kind for spot in below})
    by_kind = {f"kind-{kind}": listed(spot.key for spot in below if spot.kind == kind) for kind in kinds}
    return {"units": listed(spot.key for spot in below)} | by_kind


def _levels(tree: Forest) -> dict[str, Found]:
    levels = {spot.key: tree.levels[spot.key] for spot in tree.bases if spot.key in tree.levels}
    if not levels:
        return {"deepest": Found(None), "mean-level": Found(None)}
    most = max(levels.values())
    deepest = tuple(key for key, level in levels.items() if level == most)
    return {"deepest": Found(most, deepest), "mean-level": Found(_mean(list(levels.values())))}


def _mean(numbers: list[int]) -> Decimal | None:
    return (Decimal(sum(numbers)) / len(numbers)).quantize(TENTH, ROUND_HALF_UP) if numbers else None


def _spans(tree: Forest, most: int) -> dict[str, Found]:
    spans = {key: len(tree.subordinates(key)) for key in tree.levels}
    leading = {key: n for key, n in spans.items() if n}
    widest = max(leading.values(), default=0)
    return {
        "direct": listed(spot.key for spot in tree.subordinates(tree.top)),
        "mean-span": Found(_mean(list(leading.values()))),
        "widest": Found(widest, tuple(key for key, n in leading.items() if n == widest)),
        "wide": listed(key for key, n in leading.items() if n > most),
        "single": listed(key for key, n in leading.items() if n == 1),
    }


def _posts(tree: Forest, known: Facts) -> dict[str, Found]:
    """Posts of the units that stand; a new unit has none yet."""
    here = [row for row in known.posts if row[0] in tree.spots]
    leaders = [(key, held) for key, role, held in here if role in ANSWERING]
    led = {key for key, _held in leaders}
    without = [key for key in tree.levels if key not in led and tree.spots[key].relation == Relation.SUBORDINATE]
    return {
        "posts": Found(len(here)),
        "held": Found(sum(held for _key, _role, held in here)),
        "leaders": Found(len(leaders), _once(key for key, _held in leaders)),
        "vacant": Found(sum(not held for _key, held in leaders), _once(key for key, held in leaders if not held)),
        "unled": listed(without),
    }


def _once(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(keys))


CHANGES: dict[str, str | Promise] = {
    NEW: pgettext_lazy("figure", "new units"),
    ENDED: pgettext_lazy("figure", "units that end"),
    MOVED: pgettext_lazy("figure", "units that move"),
    "along": pgettext_lazy("figure", "units that go along with them"),
    RENAMED: pgettext_lazy("figure", "units with a new name"),
    CHANGED: pgettext_lazy("figure", "units of another kind, relation, sector or code"),
}
LEVELS: dict[str, str | Promise] = {
    "deepest": gettext_lazy("deepest level of a grassroots organisation (the office: 1)"),
    "mean-level": gettext_lazy("mean level of grassroots organisations"),
}
SPANS: dict[str, str | Promise] = {
    "direct": gettext_lazy("direct subordinates of the office"),
    "mean-span": gettext_lazy("subordinates of a unit that has any, mean"),
    "widest": gettext_lazy("most subordinates of one unit"),
    "wide": gettext_lazy("units with more than %(n)s subordinates"),
    "single": gettext_lazy("units with one subordinate only"),
}
POSTS: dict[str, str | Promise] = {
    "posts": gettext_lazy("posts of units that stand"),
    "held": gettext_lazy("posts that are held"),
    "leaders": gettext_lazy("posts of leaders"),
    "vacant": gettext_lazy("vacant posts of leaders"),
    "unled": gettext_lazy("units without a leader's post"),
}
