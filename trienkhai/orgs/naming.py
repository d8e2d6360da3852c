"""Who a body named in a text is: one unit, a selection, or nobody we know. Never a guess."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from trienkhai.audit.actions import Actor, record
from trienkhai.common import paths
from trienkhai.common.folding import fold
from trienkhai.norms.queries import value
from trienkhai.orgs.models import ResolvedBody, Unit, UnitVersion
from trienkhai.orgs.selection import select

LEVELS_BELOW = 2
_EDGES = " .,;:-"


@dataclass(frozen=True)
class Resolution:
    """`selection` '' : not matched. `how`: unit, group, remembered, or undetermined for a group nobody can name."""

    words: str
    selection: str = ""
    how: str = ""

    @property
    def is_group(self) -> bool:
        return self.how == "group" or (self.how == "remembered" and not self.selection.startswith("unit:"))


def comparable(words: str) -> str:
    """Words as names are compared: folded, every dash one hyphen, '&' as 'và', no blanks around hyphens, edges trimmed."""
    text = fold(words).replace("–", "-").replace("—", "-").replace("&", " va ")
    return " ".join(text.replace(" - ", "-").replace("- ", "-").replace(" -", "-").split()).strip(_EDGES)


class Namer:
    """All names that one office may mean on a day, loaded once: its branch to two levels, and bodies outside the system.

    Cost: four queries to make; `resolve` asks the database nothing.
    """

    def __init__(self, office: Unit, on: date) -> None:
        self.office, self.on = office, on
        self.remembered = dict(ResolvedBody.objects.filter(office=office).values_list("folded", "selection"))
        self.groups = self._group_phrases()
        self.units = self._unit_names()

    def _group_phrases(self) -> dict[str, str | None]:
        kind = self.office.present.kind if self.office.present else ""
        parts = value("group_phrases", on=self.on, place=self.office.path or "", default=[])
        groups = [group for part in parts if kind in part["seen_from"] for group in part["groups"]]
        return {comparable(phrase): group["selection"] for group in groups for phrase in group["phrases"]}

    def _unit_names(self) -> dict[str, set[str]]:
        top = self.office.path or ""
        deepest = len(top) + LEVELS_BELOW * paths.WIDTH
        near = Q(paths.within(top, "unit__path"))
        rows = UnitVersion.objects.filter(
            near | Q(unit__external=True), valid_from__lte=self.on, valid_to__gt=self.on, unit__closed_on__gt=self.on
        ).values_list("unit__path", "code", "name", "short_name", "aliases")
        found: dict[str, set[str]] = defaultdict(set)
        for path, code, name, short_name, aliases in rows:
            if len(path or "") <= deepest:
                for words in (name, short_name, *aliases):
                    if words:
                        found[comparable(words)].add(code)
        return found

    def resolve(self, words: str) -> Resolution:
        """One mention. A name that two units share matches neither."""
        key = comparable(words)
        if key in self.remembered:
            return Resolution(words, self.remembered[key], "remembered")
        if key in self.groups:
            selection = self.groups[key]
            return Resolution(words, selection or "", "group" if selection else "undetermined")
        codes = self.units.get(key, set())
        if len(codes) == 1:
            return Resolution(words, f"unit:{next(iter(codes))}", "unit")
        return Resolution(words)


def resolve(words: str, office: Unit, on: date) -> Resolution:
    """One mention, for a single question; many are asked of one `Namer`."""
    return Namer(office, on).resolve(words)


@transaction.atomic
def remember(words: str, selection: str, office: Unit, *, by: Actor, at: datetime, on: date) -> ResolvedBody:
    """Keep what a person said a name means in this office; used before anything else from now on.

    Raises ValidationError for a selection that cannot be read. The caller has asked the rule.
    """
    if not comparable(words):
        raise ValidationError("words")
    select(selection, by=office, on=on)
    kept, _new = ResolvedBody.objects.update_or_create(
        office=office, folded=comparable(words), defaults={"words": words, "selection": selection}
    )
    record("body.resolved", kept, by=by, at=at, unit_path=office.path or "", words=words, selection=selection)
    return kept
