"""Questions about the tree: children, subtrees of any day, units by code, names of many units at once."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.db.models.functions import Length

from trienkhai.common import paths
from trienkhai.common.days import OPEN_END
from trienkhai.common.folding import fold
from trienkhai.norms.queries import value
from trienkhai.orgs.models import Holding, Post, Relation, Role, Term, Unit, UnitPlace, UnitQuerySet, UnitVersion


def subtree(unit: Unit, on: date) -> UnitQuerySet:
    """The unit and all below it as the tree stood that day: one range, whatever the day."""
    top = (
        UnitPlace.objects.filter(unit=unit, valid_from__lte=on, valid_to__gt=on).values_list("path", flat=True).first()
    )
    if top is None:
        return Unit.objects.none()
    placed = UnitPlace.objects.filter(paths.within(top), valid_from__lte=on, valid_to__gt=on)
    return Unit.objects.filter(pk__in=placed.values("unit"))


def present_subtree(unit: Unit) -> UnitQuerySet:
    return Unit.objects.within(unit.path or "")


def children(unit: Unit, relation: str = "") -> UnitQuerySet:
    """Present children by name; `relation` limits to one. Reads two tables once."""
    rows = Unit.objects.filter(present__parent=unit, path__isnull=False).select_related("present")
    return (rows.filter(present__relation=relation) if relation else rows).order_by("present__sort_key")


def children_as_of(unit: Unit | None, on: date) -> list[UnitVersion]:
    """The versions of that day whose parent was `unit` (None: the roots), by name; `.has_children` on each."""
    below = UnitVersion.objects.filter(parent=OuterRef("unit"), valid_from__lte=on, valid_to__gt=on)
    rows = UnitVersion.objects.filter(parent=unit, valid_from__lte=on, valid_to__gt=on, unit__closed_on__gt=on)
    return list(rows.annotate(has_children=Exists(below)).select_related("unit").order_by("relation", "sort_key"))


def child_counts(unit_ids: Iterable[int], on: date) -> dict[int, int]:
    """How many direct subordinates each unit had that day; units without any left out."""
    rows = UnitVersion.objects.filter(
        parent__in=list(unit_ids),
        relation=Relation.SUBORDINATE,
        valid_from__lte=on,
        valid_to__gt=on,
        unit__closed_on__gt=on,
    )
    return dict(rows.values_list("parent").annotate(count=Count("pk")))


def found_units(
    words: str, on: date, limit: int = 50, *, among: QuerySet[UnitVersion] | None = None, highest: bool = False
) -> list[tuple[UnitVersion, list[UnitVersion]]]:
    """Units of that day with words in code or name that begin so, each with those above it, root first. Three queries.

    By name; highest: those nearest to the top of the tree first.
    """
    rows = UnitVersion.objects.filter(valid_from__lte=on, valid_to__gt=on, unit__closed_on__gt=on)
    rows = rows if among is None else among
    rows = rows.filter(search_text__words=fold(words).split())
    order = (Length("unit__path"), "sort_key", "pk") if highest else ("sort_key", "pk")
    found = list(rows.order_by(*order)[:limit])
    places = UnitPlace.objects.filter(unit__in=[row.unit_id for row in found], valid_from__lte=on, valid_to__gt=on)
    above = {place.unit_id: paths.ids(place.path)[:-1] for place in places}
    needed = {pk for ids in above.values() for pk in ids}
    names = {
        row.unit_id: row for row in UnitVersion.objects.filter(unit__in=needed, valid_from__lte=on, valid_to__gt=on)
    }
    return [(row, [names[pk] for pk in above.get(row.unit_id, []) if pk in names]) for row in found]


def version_on(unit: Unit, on: date) -> UnitVersion | None:
    return UnitVersion.objects.filter(unit=unit, valid_from__lte=on, valid_to__gt=on).first()


def term_on(unit: Unit, on: date) -> Term | None:
    """The term of office in which the day falls: the unit's own, else that of the nearest unit above that has one."""
    rows = Term.objects.filter(unit__in=paths.ids(unit.path or ""), starts_on__lte=on, ends_on__gt=on)
    return max(rows.select_related("unit"), key=lambda term: term.unit.depth, default=None)


def ancestors(unit: Unit) -> list[Unit]:
    """Units above by present place, root first, itself last."""
    found = Unit.objects.select_related("present").in_bulk(paths.ids(unit.path or ""))
    return [found[pk] for pk in paths.ids(unit.path or "") if pk in found]


def unit_by_code(code: str) -> Unit | None:
    """The unit that bears the code at present, or bore it last while nobody has taken it over."""
    version = UnitVersion.objects.filter(code=code.strip(), unit__present__pk__isnull=False, valid_to=OPEN_END)
    row = version.filter(unit__present__code=code.strip()).select_related("unit__present").first()
    return row.unit if row else None


def names_of(unit_ids: Iterable[int]) -> dict[int, Unit]:
    """Units by id with their present versions, in one query."""
    return Unit.objects.select_related("present").in_bulk(list(unit_ids))


def grassroots_kinds(on: date) -> list[str]:
    """Kinds of unit that count as grassroots organisations that day (norm `unit_kinds`)."""
    kinds = value("unit_kinds", on=on, default={})
    return sorted(kind for kind, row in kinds.items() if row.get("grassroots"))


def kind_names(on: date, language: str) -> dict[str, str]:
    return {kind: row.get(language, kind) for kind, row in value("unit_kinds", on=on, default={}).items()}


def sector_names(on: date, language: str) -> dict[str, str]:
    return {code: row.get(language, code) for code, row in value("sectors", on=on, default={}).items()}


def counted_below(unit: Unit, on: date) -> dict[str, int]:
    """How many direct subordinates, grassroots organisations and units there are: `direct`, `grassroots`, `units`.

    Attached and external bodies are not counted, nor kinds that the norm does not count, such as cells.
    """
    kinds = value("unit_kinds", on=on, default={})
    left_out = [kind for kind, row in kinds.items() if not row.get("counted", True)]
    below = Unit.objects.within(unit.path or "").standing(on).filter(present__relation=Relation.SUBORDINATE)
    grassroots = below.filter(present__kind__in=[kind for kind, row in kinds.items() if row.get("grassroots")])
    direct = below.filter(present__parent=unit)
    counted = below.exclude(present__kind__in=left_out).exclude(pk=unit.pk)
    return {"direct": direct.count(), "grassroots": grassroots.count(), "units": counted.count() + 1}


def holders(unit_ids: Iterable[int], roles: Iterable[str], on: date) -> dict[int, list[Holding]]:
    """Present holders of posts in `roles` at each unit, by unit id."""
    rows = Holding.objects.on(on).filter(post__unit_id__in=list(unit_ids), post__role__in=list(roles))
    found: dict[int, list[Holding]] = {}
    for row in rows.select_related("account", "post"):
        found.setdefault(row.post.unit_id, []).append(row)
    return found


def posts_with_holders(unit: Unit, on: date) -> list[tuple[Post, list[Holding]]]:
    held: dict[int, list[Holding]] = {}
    for row in Holding.objects.on(on).filter(post__unit=unit).select_related("account", "principal__account"):
        held.setdefault(row.post_id, []).append(row)
    return [(post, held.get(post.pk, [])) for post in Post.objects.filter(unit=unit).standing(on).order_by("pk")]


def offices_of_leaders(unit_ids: Iterable[int], on: date) -> set[int]:
    """Which of these units have someone in a leader's post."""
    rows = Holding.objects.on(on).filter(post__unit_id__in=list(unit_ids), post__role=Role.LEADER)
    return set(rows.values_list("post__unit_id", flat=True))


def standing_for(unit: Unit, on: date) -> Unit:
    """The unit while it stands, afterwards the last that took over everything from it."""
    known = {unit.pk}
    while unit.closed_on <= on:
        heir = Unit.objects.filter(predecessors__unit=unit, predecessors__main=True).exclude(pk__in=known).first()
        if heir is None:
            break
        known.add(heir.pk)
        unit = heir
    return unit
