"""Text from outside turned into a comparison, its figures of cost, and what units say."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from trienkhai.common.folding import squeeze
from trienkhai.orgs.actions.comparing import MOST_LINES, Cost
from trienkhai.orgs.forms import DayField
from trienkhai.orgs.models import Preference, Reorganisation
from trienkhai.orgs.queries import unit_by_code
from trienkhai.orgs.queries_comparing import as_number, written

EMPTY_LINES = 3
_GROUPED = re.compile(r"-?\d{1,3}(\.\d{3})+(,\d{1,2})?|-?\d{1,3}(,\d{3})+(\.\d{1,2})?")
_PLAIN = re.compile(r"-?\d{1,13}([.,]\d{1,2})?")


class ComparisonForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=250)
    question = forms.CharField(
        label=gettext_lazy("What is to be found out"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The aim of the comparison; the units that are asked read it too."),
    )
    drafts = forms.TypedMultipleChoiceField(
        label=pgettext_lazy("comparison", "Drafts"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "One to five drafts of one office; the present organisation is always the first column."
        ),
    )

    def __init__(self, *args: Any, files: Iterable[Reorganisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = list(files)
        several = len({file.office_id for file in rows}) > 1
        fields: Any = self.fields
        fields["drafts"].choices = [
            (file.pk, f"{file.title} – {file.office.short_name}" if several else file.title) for file in rows
        ]


class WordsForm(ComparisonForm):
    """Once opinions were asked the drafts stay."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, files=(), **kwargs)
        del self.fields["drafts"]


class AskForm(forms.Form):
    due_on = DayField(label=gettext_lazy("Opinions until"))
    units = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Units concerned"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Units that some draft touches; the leader of each answers for the unit."),
    )
    others = forms.CharField(
        label=gettext_lazy("Other units"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Codes, with commas between."),
    )

    def __init__(self, *args: Any, units: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["units"].choices = list(units)
        if not fields["units"].choices:
            del self.fields["units"]

    def clean_others(self) -> list[int]:
        found = []
        for code in filter(None, (squeeze(part) for part in re.split(r"[,;\n]", self.cleaned_data["others"]))):
            unit = unit_by_code(code)
            if unit is None:
                raise ValidationError(_("There is no unit with the code “%(code)s”.") % {"code": code})
            found.append(unit.pk)
        return found

    def chosen(self) -> list[int]:
        return [*self.cleaned_data.get("units", []), *self.cleaned_data["others"]]


class OpinionForm(forms.Form):
    preference = forms.ChoiceField(label=gettext_lazy("The unit prefers"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=gettext_lazy("Opinion of the unit"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("It stands in the name of the unit. Say why when the unit prefers none."),
    )

    def __init__(self, *args: Any, drafts: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        none = [(Preference.NONE.value, _("none of the drafts"))]
        fields: Any = self.fields
        fields["preference"].choices = [(str(pk), label) for pk, label in drafts] + none

    def values(self) -> dict[str, Any]:
        """As the action takes them."""
        chosen = self.cleaned_data["preference"]
        if chosen == Preference.NONE:
            return {"preference": Preference.NONE, "text": self.cleaned_data["text"]}
        return {"preference": Preference.DRAFT, "draft": int(chosen), "text": self.cleaned_data["text"]}


class ChooseForm(forms.Form):
    draft = forms.TypedChoiceField(label=gettext_lazy("Draft chosen"), coerce=int, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("The other drafts are set aside with this reason."),
    )

    def __init__(self, *args: Any, drafts: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["draft"].choices = list(drafts)


def read_amount(text: str) -> str:
    """Decimal text of an amount typed as 1.234.567,5, 1,234,567.5 or 1234,5; '' for nothing. Raises ValidationError.

    One separator with three digits behind it groups thousands, as offices write them.
    """
    typed = re.sub(r"\s", "", text)
    if not typed:
        return ""
    if len(typed) <= 20 and _GROUPED.fullmatch(typed):
        point = "," if "." in typed and (typed.find(".") < typed.find(",") or "," not in typed) else "."
        plain = typed.replace("." if point == "," else ",", "").replace(point, ".")
    elif _PLAIN.fullmatch(typed):
        plain = typed.replace(",", ".")
    else:
        raise ValidationError(_("“%(text)s” is no amount; write it as 1.250.000,5.") % {"text": text[:40]})
    number = Decimal(plain)
    return str(number.normalize() if number != number.to_integral_value() else number.to_integral_value())


def cost_rows(posted: Mapping[str, str] | None, columns: list[str], lines: Iterable[Any]) -> list[dict[str, Any]]:
    """What the page of costs shows: what was typed, else what is stored, and some empty lines."""
    if posted is not None:
        return [_typed(posted, number, columns) for number in range(MOST_LINES) if f"ten-{number}" in posted]
    stored = [
        {
            "name": row.name,
            "measure": row.measure,
            "note": row.note,
            "amounts": {column: written(as_number(text)) for column, text in row.amounts.items()},
        }
        for row in lines
    ]
    stored += [{"name": "", "measure": "", "note": "", "amounts": {}} for _number in range(EMPTY_LINES)]
    return stored[:MOST_LINES]


def _typed(posted: Mapping[str, str], number: int, columns: list[str]) -> dict[str, Any]:
    amounts = {column: posted.get(f"so-{number}-{column}", "")[:60] for column in columns}
    names = {"name": "ten", "measure": "do", "note": "ghi"}
    return {name: posted.get(f"{field}-{number}", "")[:1000] for name, field in names.items()} | {"amounts": amounts}


def read_costs(rows: list[dict[str, Any]]) -> list[Cost]:
    """The lines that say something. Raises ValidationError for an amount that is none, or without a name."""
    found = []
    for row in rows:
        amounts = {column: read_amount(text) for column, text in row["amounts"].items()}
        kept = {column: text for column, text in amounts.items() if text}
        if kept or squeeze(row["name"]):
            found.append(Cost(row["name"], row["measure"], row["note"], kept))
    return found
