"""What the list of documents may be narrowed by, and the name of a search to keep."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from trienkhai.documents.actions.saving import LONGEST_NAME
from trienkhai.documents.forms import BOOKS
from trienkhai.documents.models import Published
from trienkhai.documents.queries import Wanted
from trienkhai.documents.reader.grammar import load
from trienkhai.documents.search.asking import LONGEST

Choices = Iterable[tuple[Any, Any]]


class DocumentFilter(forms.Form):
    """`q`, `loai`, `tu`, `den`, `so`, `chia-se`, `co-quan`, `nam`, and those of later areas; an unknown value limits
    nothing."""

    q = forms.CharField(
        label=gettext_lazy("Words, symbol, issuer or signer"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "maxlength": LONGEST * 2, "autocomplete": "off"}),
    )

    def __init__(self, given: QueryDict, *, more: Mapping[str, tuple[str, Choices]]) -> None:
        super().__init__(given)
        kinds = dict.fromkeys([row["name"] for row in load("document_types")] + [given.get("loai", "")])
        fields = {
            "loai": _choice(gettext_lazy("Type"), [(kind, kind) for kind in kinds if kind]),
            "tu": _day(gettext_lazy("From day")),
            "den": _day(gettext_lazy("To day")),
            "so": _choice(gettext_lazy("Book"), BOOKS),
            "chia-se": _choice(gettext_lazy("Shown to"), Published.choices),
            **{name: _choice(label, choices) for name, (label, choices) in more.items()},
        }
        for name in ("co-quan", "nam"):
            if given.get(name):
                fields[name] = forms.CharField(widget=forms.HiddenInput, required=False)
        self.fields.update(fields)

    def first_fields(self) -> list[forms.BoundField]:
        return [self["q"], self["loai"]]

    def more_fields(self) -> list[forms.BoundField]:
        """Those most searches do without."""
        return [field for field in self.visible_fields() if field.name not in ("q", "loai")]

    def values(self) -> dict[str, Any]:
        """Those given and valid."""
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}


def wanted(values: Mapping[str, Any]) -> Wanted:
    year = str(values.get("nam", ""))
    return Wanted(
        doc_type=values.get("loai", ""),
        issuer=values.get("co-quan", ""),
        year=int(year) if re.fullmatch("[1-9][0-9]{3}", year) else None,
        since=values.get("tu"),
        until=values.get("den"),
        book=values.get("so", ""),
        published=values.get("chia-se", ""),
    )


def _choice(label: Any, rows: Choices) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", gettext_lazy("All")), *rows], required=False)


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, required=False, widget=widget, input_formats=["%Y-%m-%d", "%d/%m/%Y"])


class SaveSearchForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name of the search"), max_length=LONGEST_NAME)
