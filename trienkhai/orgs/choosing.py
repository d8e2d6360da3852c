"""The selection grammar as a person fills it in: groups and units to tick or to name, units to leave out; in words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count, F, Q
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from trienkhai.common import paths
from trienkhai.common.folding import squeeze
from trienkhai.orgs.models import Relation, Unit, UnitVersion
from trienkhai.orgs.queries import children, kind_names, sector_names
from trienkhai.orgs.selection import Term, describe, parse, select


def groups_for(unit: Unit, on: date) -> list[tuple[str, str]]:
    """The groups that have someone in the unit's branch, with their names: (`grassroots`, 'tổ chức cơ sở') …"""
    language = (get_language() or "vi")[:2]
    rows = Unit.objects.within(unit.path or "").standing(on).exclude(pk=unit.pk).filter(path__isnull=False)
    kinds = set(rows.values_list("present__kind", flat=True).distinct())
    sectors = set(
        rows.filter(present__relation=Relation.SUBORDINATE).values_list("present__sector", flat=True).distinct()
    )
    plain = [("children", _("all direct subordinates")), ("grassroots", _("all grassroots organisations"))]
    by_kind = [(f"kind:{kind}", name) for kind, name in kind_names(on, language).items() if kind in kinds]
    by_sector = [
        (f"sector:{sector}", _("sector: %(name)s") % {"name": name})
        for sector, name in sector_names(on, language).items()
        if sector in sectors
    ]
    return plain + by_kind + by_sector


def in_words(selection: str, unit: Unit, on: date) -> str:
    """A selection as people say it; the empty one gives ''."""
    return all_in_words([selection], unit, on)[selection]


def all_in_words(selections: Iterable[str], unit: Unit, on: date) -> dict[str, str]:
    """Each selection as people say it. The same few queries for one and for many."""
    wanted = {text: parse(text) if text else [] for text in selections}
    codes = {term.argument for terms in wanted.values() for term in terms if term.name in ("unit", "below")}
    names = dict(groups_for(unit, on))
    for found in Unit.objects.filter(present__code__in=codes).select_related("present"):
        names |= {
            f"unit:{found.code}": found.name,
            f"below:{found.code}": _("%(name)s and below") % {"name": found.name},
        }
    return {text: describe(text, names) if text else "" for text in wanted}


@dataclass(frozen=True)
class Counts:
    """How many units a selection takes, by kind and by the unit above them (at most fifty of these), the most first."""

    words: str
    units: int
    kinds: list[tuple[str, int]]
    branches: list[tuple[str, int]]


def counts_of(selection: str, unit: Unit, on: date) -> Counts:
    """Raises ValidationError for a selection that cannot be read."""
    chosen = select(selection, by=unit, on=on).order_by()
    names = kind_names(on, (get_language() or "vi")[:2])
    by_kind = chosen.values_list("present__kind").annotate(n=Count("pk")).order_by("-n", "present__kind")
    by_branch = chosen.values_list("present__parent__present__name").annotate(n=Count("pk"))
    kinds = [(names.get(kind, kind), number) for kind, number in by_kind]
    branches = list(by_branch.order_by("-n", "present__parent__present__sort_key")[:50])
    return Counts(in_words(selection, unit, on), sum(number for _kind, number in kinds), kinds, branches)


def units_called(words: list[str], unit: Unit) -> dict[str, str]:
    """Code, name or short name as it was typed → the code of the one unit called so; others left out. One query.

    Of several units of one name that of the own branch is meant, when it is the only one there.
    """
    called = Q(code__in=words) | Q(name__in=words) | Q(short_name__in=words)
    rows = UnitVersion.objects.filter(called, unit__present=F("pk"), unit__path__isnull=False).select_related("unit")
    found: dict[str, str] = {}
    for piece in words:
        same = [row for row in rows if piece in (row.code, row.name, row.short_name)]
        near = [row for row in same if paths.is_within(row.unit.path or "", unit.path or "")]
        exact = [row for row in same if row.code == piece]
        for candidates in (exact, near, same):
            if len(candidates) == 1:
                found[piece] = candidates[0].code
                break
    return found


def _pieces(text: str) -> list[str]:
    return [squeeze(piece) for piece in re.split("[;,\\n]", text) if piece.strip()]


class SelectionForm(forms.Form):
    """Who receives. `selection` after `is_valid()`: the grammar's text; '' when nothing was chosen nor required."""

    groups = forms.MultipleChoiceField(
        label=gettext_lazy("Groups"), required=False, widget=forms.CheckboxSelectMultiple
    )
    near = forms.MultipleChoiceField(
        label=gettext_lazy("Units directly below"), required=False, widget=forms.CheckboxSelectMultiple
    )
    units = forms.CharField(
        label=gettext_lazy("Other units"),
        required=False,
        help_text=gettext_lazy("Codes or full names of units, with commas between them."),
    )
    without = forms.CharField(
        label=gettext_lazy("Except"),
        required=False,
        help_text=gettext_lazy("Codes or full names of units that are left out."),
    )
    required_words = gettext_lazy("A selection must name someone.")
    selection = ""

    def __init__(self, *args: Any, unit: Unit, on: date, current: str = "", needed: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit, self.on, self.needed = unit, on, needed
        picked = {_text(term) for term in parse(current)} if current else set()
        below = [(f"unit:{child.code}", child.short_name) for child in children(unit)]
        below.sort(key=lambda choice: choice[0] not in picked)
        groups = groups_for(unit, on)
        cast(forms.MultipleChoiceField, self.fields["groups"]).choices = groups
        cast(forms.MultipleChoiceField, self.fields["near"]).choices = below
        if not below:
            del self.fields["near"]
        self.initial = self._taken_apart(current, {value for value, _name in groups}, {value for value, _name in below})

    @property
    def picked_near(self) -> int:
        """How many of the units directly below are ticked."""
        return len(self["near"].value() or []) if "near" in self.fields else 0

    @staticmethod
    def _taken_apart(current: str, groups: set[str], below: set[str]) -> dict[str, Any]:
        if not current:
            return {}
        chosen = [_text(term) for term in parse(current) if term.sign == "+"]
        left_out = [_text(term) for term in parse(current) if term.sign == "-"]
        return {
            "groups": [text for text in chosen if text in groups],
            "near": [text for text in chosen if text in below],
            "units": ", ".join(text.removeprefix("unit:") for text in chosen if text not in groups | below),
            "without": ", ".join(text.removeprefix("unit:") for text in left_out),
        }

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        units, without = (self._terms(name, values.get(name, "")) for name in ("units", "without"))
        chosen = [*values.get("groups", []), *values.get("near", []), *units]
        self.selection = " + ".join(chosen) + "".join(f" - {term}" for term in without) if chosen else ""
        if not chosen and self.needed and not self.errors:
            raise ValidationError(self.required_words)
        if chosen and not self.errors:
            try:
                select(self.selection, by=self.unit, on=self.on)
            except ValidationError as fault:
                self.add_error("units", fault)
        return values

    def _terms(self, name: str, text: str) -> list[str]:
        """What was typed as terms of the grammar; a term itself may be typed too (`below:CODE`)."""
        pieces = _pieces(text)
        known = units_called(pieces, self.unit) if pieces else {}
        terms = []
        for piece in pieces:
            if piece in known:
                terms.append(f"unit:{known[piece]}")
            elif ":" in piece:
                terms.append(piece)
            else:
                sentence = _("No unit, or more than one, is called “%(words)s”; write its code.")
                self.add_error(name, sentence % {"words": piece})
        return terms


def _text(term: Term) -> str:
    return f"{term.name}:{term.argument}" if term.argument else term.name
