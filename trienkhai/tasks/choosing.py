"""The selection grammar as a person fills it in: groups to tick, codes to name, codes to leave out; and back into
words.
"""

from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from trienkhai.orgs.models import Relation, Unit
from trienkhai.orgs.queries import kind_names, sector_names
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
    """A selection as people say it; the empty one gives ''. Two queries."""
    if not selection:
        return ""
    codes = [term.argument for term in parse(selection) if term.name in ("unit", "below")]
    names = dict(groups_for(unit, on))
    for found in Unit.objects.filter(present__code__in=codes).select_related("present"):
        names |= {
            f"unit:{found.code}": found.name,
            f"below:{found.code}": _("%(name)s and below") % {"name": found.name},
        }
    return describe(selection, names)


def _codes(text: str) -> list[str]:
    return [piece.strip() for piece in text.replace(";", ",").replace("\n", ",").split(",") if piece.strip()]


class SelectionForm(forms.Form):
    """Who receives. `selection` after `is_valid()` is the grammar's text; '' when nothing was chosen and none is
    required.
    """

    groups = forms.MultipleChoiceField(label=_lazy("Groups"), required=False, widget=forms.CheckboxSelectMultiple)
    units = forms.CharField(
        label=_lazy("Single units"), required=False, help_text=_lazy("Codes of units, with commas between them.")
    )
    without = forms.CharField(
        label=_lazy("Except"), required=False, help_text=_lazy("Codes of units that are left out.")
    )
    required_words = _lazy("A selection must name someone.")

    def __init__(self, *args: Any, unit: Unit, on: date, current: str = "", needed: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit, self.on, self.needed = unit, on, needed
        cast(forms.MultipleChoiceField, self.fields["groups"]).choices = groups_for(unit, on)
        self.initial = self._taken_apart(current)

    def _taken_apart(self, current: str) -> dict[str, Any]:
        if not current:
            return {}
        terms = parse(current)
        named = [term for term in terms if term.name == "unit"]
        return {
            "groups": [_text(term) for term in terms if term.sign == "+" and term.name != "unit"],
            "units": ", ".join(term.argument for term in named if term.sign == "+"),
            "without": ", ".join(term.argument for term in named if term.sign == "-"),
        }

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        chosen = [*values.get("groups", []), *(f"unit:{code}" for code in _codes(values.get("units", "")))]
        self.selection = " + ".join(chosen) + "".join(f" - unit:{code}" for code in _codes(values.get("without", "")))
        if not chosen:
            self.selection = ""
            if self.needed:
                raise ValidationError(self.required_words)
            return values
        try:
            select(self.selection, by=self.unit, on=self.on)
        except ValidationError as fault:
            self.add_error("units", fault)
        return values


def _text(term: Term) -> str:
    return f"{term.name}:{term.argument}" if term.argument else term.name
