"""Who a body named in a text is: one unit, a selection, or nobody we know. Never a guess."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from trienkhai.audit.actions import Actor, record
from trienkhai.common import paths
from trienkhai.common.folding import fold
from trienkhai.norms.queries import value
from trienkhai.orgs.models import Relation, ResolvedBody, Unit, UnitVersion
from trienkhai.orgs.queries import grassroots_kinds
from trienkhai.orgs.selection import parse, select

LEVELS_BELOW = 2
LONGEST_KEPT = 300
_EDGES = " .,;:-"


@dataclass(frozen=True)
class Resolution:
    """`selection` '' : not matched. `how`: unit, group, remembered, or undetermined for a group nobody can name."""

    words: str
    selection: str = ""
    how: str = ""

    @property
    def is_group(self) -> bool:
        single = self.selection.startswith("unit:") and " + " not in self.selection
        return self.how == "group" or (self.how == "remembered" and not single)


def comparable(words: str) -> str:
    """Words as names are compared: folded, every dash a hyphen without blanks, '&' as 'và', edges trimmed."""
    text = fold(words).replace("–", "-").replace("—", "-").replace("&", " va ")
    return " ".join(text.replace(" - ", "-").replace("- ", "-").replace(" -", "-").split()).strip(_EDGES)


class Namer:
    """All names that one office may mean on a day, loaded once: its branch to two levels, bodies outside the system.

    Cost: a handful of queries to make, whatever the branch holds; `resolve` asks the database nothing.
    """

    def __init__(self, office: Unit, on: date) -> None:
        self.office, self.on = office, on
        self.inside, self.outside = self._unit_names()
        self.codes = {code for names in (self.inside, self.outside) for found in names.values() for code in found}
        self.present = self._present_groups()
        self.groups = self._group_phrases()
        kept = dict(ResolvedBody.objects.filter(office=office).values_list("folded", "selection"))
        self.remembered = {words: selection for words, selection in kept.items() if self._holds(selection)}

    def _unit_names(self) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
        """Comparable name → codes, of the branch near the office and of bodies outside the system."""
        top = self.office.path or ""
        deepest = len(top) + LEVELS_BELOW * paths.WIDTH
        inside: dict[str, set[str]] = defaultdict(set)
        outside: dict[str, set[str]] = defaultdict(set)
        standing = UnitVersion.objects.filter(
            valid_from__lte=self.on, valid_to__gt=self.on, unit__closed_on__gt=self.on
        ).alias(length=Length("unit__path"))
        near = Q(paths.within(top, "unit__path"), length__lte=deepest, unit__external=False)
        columns = ("unit__external", "code", "name", "short_name", "aliases")
        for external, code, *names, aliases in standing.filter(near | Q(unit__external=True)).values_list(*columns):
            for words in filter(None, (*names, *aliases)):
                (outside if external else inside)[comparable(words)].add(code)
        return inside, outside

    def _present_groups(self) -> set[str]:
        """The groups of the grammar that have someone in the branch: `children`, `grassroots`, `kind:K`, `sector:S`."""
        rows = Unit.objects.within(self.office.path or "").standing(self.on).exclude(pk=self.office.pk).order_by()
        kinds = set(rows.values_list("present__kind", "present__relation").distinct())
        found = {f"kind:{kind}" for kind, _relation in kinds}
        found |= {f"sector:{sector}" for sector in rows.values_list("present__sector", flat=True).distinct()}
        subordinate = {kind for kind, relation in kinds if relation == Relation.SUBORDINATE}
        if subordinate:
            found.add("children")
        if subordinate & set(grassroots_kinds(self.on)):
            found.add("grassroots")
        return found

    def _group_phrases(self) -> dict[str, str]:
        """Comparable phrase → selection; '' where the phrase names nobody in particular, or nobody this branch has.

        Of several groups with one phrase the first that this branch can fill holds.
        """
        kind = self.office.present.kind if self.office.present else ""
        parts = value("group_phrases", on=self.on, place=self.office.path or "", default=[])
        found: dict[str, str] = {}
        for group in (group for part in parts if kind in part["seen_from"] for group in part["groups"]):
            selection = self._selection_of(group)
            for phrase in map(comparable, group["phrases"]):
                found[phrase] = found.get(phrase) or selection
        return found

    def _selection_of(self, group: dict[str, Any]) -> str:
        """A group is written as a selection, or as the names of its units, which must all be known."""
        if names := group.get("names"):
            codes = [self._code_of(comparable(name)) for name in names]
            return " + ".join(f"unit:{code}" for code in codes) if all(codes) else ""
        selection = group.get("selection") or ""
        return selection if selection and self._holds(selection) else ""

    def _holds(self, selection: str) -> bool:
        """Does everyone it takes in stand here that day?"""
        terms = [term for term in parse(selection) if term.sign == "+"]
        return all(
            term.argument in self.codes
            if term.name in ("unit", "below")
            else f"{term.name}:{term.argument}".rstrip(":") in self.present
            for term in terms
        )

    def _code_of(self, key: str) -> str:
        """The only unit of that name: in the branch, else outside the system. '' when none or several bear it."""
        codes = self.inside.get(key) or self.outside.get(key) or set()
        return next(iter(codes)) if len(codes) == 1 else ""

    def resolve(self, words: str) -> Resolution:
        """One mention. A name that two units share matches neither."""
        key = comparable(words)
        if key in self.remembered:
            return Resolution(words, self.remembered[key], "remembered")
        if key in self.groups:
            return Resolution(words, self.groups[key], "group" if self.groups[key] else "undetermined")
        code = self._code_of(key)
        return Resolution(words, f"unit:{code}", "unit") if code else Resolution(words)


def resolve(words: str, office: Unit, on: date) -> Resolution:
    """One mention, for a single question; many are asked of one `Namer`."""
    return Namer(office, on).resolve(words)


@transaction.atomic
def remember(words: str, selection: str, office: Unit, *, by: Actor, at: datetime, on: date) -> ResolvedBody:
    """Keep what a person said a name means in this office; used before anything else from now on.

    Raises ValidationError for empty words, or a selection that cannot be read. The caller has asked the rule.
    """
    if not 0 < len(comparable(words)) <= len(words) <= LONGEST_KEPT or len(selection) > LONGEST_KEPT:
        raise ValidationError({"words": _("A name to remember and what it means have 1 to 300 characters each.")})
    select(selection, by=office, on=on)
    kept, _new = ResolvedBody.objects.update_or_create(
        office=office, folded=comparable(words), defaults={"words": words, "selection": selection}
    )
    record("body.resolved", kept, by=by, at=at, unit_path=office.path or "", words=words, selection=selection)
    return kept
