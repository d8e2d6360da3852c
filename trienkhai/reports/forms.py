"""What a person writes of a form, its fields and its reports."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from trienkhai.common.folding import fold, squeeze
from trienkhai.documents.forms_words import WordsField
from trienkhai.orgs.forms import DayField
from trienkhai.orgs.forms_choosing_unit import UnitField
from trienkhai.reports.actions import FormDetails
from trienkhai.reports.answers import FROM, Typed
from trienkhai.reports.design import KINDS, MOST_DECIMALS, MOST_ROWS, SUMS, Design, Field
from trienkhai.reports.models import AnswerRule, Moves, PeriodKind
from trienkhai.reports.queries.prefilling import LISTS, SOURCES

AFTER = [
    (0, gettext_lazy("of the period's last month")),
    (1, gettext_lazy("of the month after it")),
    (2, gettext_lazy("of the second month after it")),
    (3, gettext_lazy("of the third month after it")),
]
KIND_CHOICES = [
    (PeriodKind.MONTH, gettext_lazy("every month")),
    (PeriodKind.QUARTER, gettext_lazy("every quarter")),
    (PeriodKind.HALF, gettext_lazy("every half-year")),
    (PeriodKind.NINE_MONTHS, gettext_lazy("nine months of each year")),
    (PeriodKind.YEAR, gettext_lazy("every year")),
    (PeriodKind.ONCE, gettext_lazy("once")),
]


class DetailsForm(forms.Form):
    """Title, period, days; recipients stand in a form of their own."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=250)
    kind = forms.ChoiceField(label=pgettext_lazy("reports", "Reported"), choices=KIND_CHOICES)
    once_from = DayField(label=gettext_lazy("First day, for a form filled once"), required=False)
    once_to = DayField(label=gettext_lazy("Last day, for a form filled once"), required=False)
    cut_day = forms.IntegerField(
        label=gettext_lazy("Figures are cut off on day"),
        min_value=0,
        max_value=31,
        initial=14,
        help_text=gettext_lazy("0 for the last day of the month."),
    )
    cut_months = forms.TypedChoiceField(label=gettext_lazy("Month of the cut-off"), choices=AFTER, coerce=int)
    due_day = forms.IntegerField(label=gettext_lazy("To be sent by day"), min_value=0, max_value=31, initial=20)
    due_months = forms.TypedChoiceField(label=gettext_lazy("Month of the due day"), choices=AFTER, coerce=int)
    moves = forms.ChoiceField(
        label=gettext_lazy("A due day on a day off moves"), choices=Moves.choices, initial=Moves.AFTER
    )
    answer_rule = forms.ChoiceField(
        label=gettext_lazy("Reports go"), choices=AnswerRule.choices, initial=AnswerRule.BY_LEVEL
    )

    def details(self, selection: str) -> FormDetails:
        return FormDetails(selection=selection, **self.cleaned_data)


class SectionForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Name of the section"), max_length=250)


class FieldForm(forms.Form):
    """One field of a design. Columns, rows and answers: one a line."""

    section = forms.ChoiceField(label=gettext_lazy("Section"))
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=list(KINDS.items()))
    label = forms.CharField(label=gettext_lazy("What the unit tells"), max_length=300)
    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("For formulas; small letters and digits. Left empty, one is given."),
    )
    unit = forms.CharField(label=gettext_lazy("Unit of measure"), max_length=40, required=False)
    decimals = forms.IntegerField(
        label=gettext_lazy("Decimals"), min_value=0, max_value=MOST_DECIMALS, initial=0, required=False
    )
    least = forms.CharField(label=gettext_lazy("Least value"), max_length=30, required=False)
    most = forms.CharField(label=gettext_lazy("Largest value"), max_length=30, required=False)
    rule = forms.ChoiceField(label=gettext_lazy("In the summary"), choices=list(SUMS.items()), initial="sum")
    source = forms.ChoiceField(label=gettext_lazy("The machine fills in"), required=False)
    formula = forms.CharField(
        label=gettext_lazy("Formula"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("For computed numbers: c1 + c2, (c1 − c2) ÷ c1, sum(b1.t2), share(c2; c1)."),
    )
    columns = WordsField(
        label=gettext_lazy("Columns of the table"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("One a line; “: number” or “: number 2” (decimals) behind its name for numbers."),
    )
    rows = WordsField(
        label=gettext_lazy("Fixed rows"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("One a line; none: each unit adds the rows it needs."),
    )
    options = WordsField(
        label=gettext_lazy("Answers to choose from"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    help = forms.CharField(label=gettext_lazy("Explanation"), max_length=500, required=False)
    required = forms.BooleanField(label=gettext_lazy("Has to be answered"), required=False)

    def __init__(self, *args: Any, design: Design, more_sources: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.design = design
        fields: Any = self.fields
        fields["section"].choices = [(one.code, one.title) for one in design.sections]
        known = [*SOURCES.items(), *LISTS.items(), *more_sources]
        fields["source"].choices = [("", gettext_lazy("nothing")), *known]
        fields["formula"].needed_for = gettext_lazy("needed for a computed number")
        fields["columns"].needed_for = gettext_lazy("needed for a table")
        fields["options"].needed_for = gettext_lazy("needed for a choice")

    def kept(self) -> dict[str, Any]:
        """The field as a design keeps it; what its kind does not use is left out."""
        values = self.cleaned_data
        kind = values["kind"]
        row: dict[str, Any] = {"code": values["code"] or self._free_code(kind), "kind": kind}
        row |= {"label": squeeze(values["label"]), "help": squeeze(values["help"]), "rule": values["rule"]}
        row["required"] = values["required"] and kind != "computed"
        if kind in ("number", "computed"):
            row |= {"unit": squeeze(values["unit"]), "decimals": values["decimals"] or 0}
        if kind == "number":
            row |= {"least": values["least"].strip(), "most": values["most"].strip()}
        if (kind == "number" and values["source"] not in LISTS) or (
            kind == "text" and values["source"] in ("", *LISTS)
        ):
            row["source"] = values["source"]
        if kind == "computed":
            row["formula"] = squeeze(values["formula"])
        if kind == "table":
            row |= {"columns": _columns(values["columns"]), "rows": _lines(values["rows"])}
        if kind == "choice":
            row["options"] = _lines(values["options"])
        return row

    def _free_code(self, kind: str) -> str:
        letter = {"table": "b", "text": "n", "choice": "l", "computed": "t"}.get(kind, "c")
        taken, number = set(self.design.by_code), 1
        while f"{letter}{number}" in taken:
            number += 1
        return f"{letter}{number}"

    @classmethod
    def typed(cls, one: Field) -> dict[str, Any]:
        """The field as the form shows it for changing."""
        names = (
            "kind",
            "label",
            "code",
            "unit",
            "decimals",
            "least",
            "most",
            "rule",
            "source",
            "formula",
            "help",
            "required",
        )
        lists = {"rows": "\n".join(one.rows), "options": "\n".join(one.options)}
        return {name: getattr(one, name) for name in names} | lists | {"columns": _columns_typed(one)}


_NUMBER = re.compile(r"\s*:\s*(?:so|number)\s*(\d?)\s*$")


def _lines(text: str) -> list[str]:
    return [line for line in map(squeeze, text.splitlines()) if line]


def _columns(text: str) -> list[dict[str, Any]]:
    """`Nội dung`, `Số người: số`, `Kinh phí: số 2` as columns with codes t1, t2 …"""
    found = []
    for number, line in enumerate(_lines(text), start=1):
        mark = _NUMBER.search(fold(line))
        row: dict[str, Any] = {"code": f"t{number}", "label": line[: line.rindex(":")].strip() if mark else line}
        if mark:
            row |= {"kind": "number", "decimals": int(mark[1] or 0)}
        found.append(row)
    return found


def _columns_typed(one: Field) -> str:
    word = _("number")
    return "\n".join(
        f"{column.label}: {word} {column.decimals or ''}".rstrip() if column.kind == "number" else column.label
        for column in one.columns
    )


class ReleaseForm(forms.Form):
    holds_from = forms.ChoiceField(label=gettext_lazy("Holds from the period"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["holds_from"]
        field.choices = choices


class ReasonForm(forms.Form):
    reason = WordsField(
        label=gettext_lazy("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 2000}),
    )


class CloseForm(ReasonForm):
    """Empty `unit`: nobody reports; else the unit that goes on with it."""

    unit = UnitField(
        label=gettext_lazy("Carried on by"),
        required=False,
        help_text=gettext_lazy("Name or code of the unit that takes it over; left empty, the report is closed."),
    )


def typed_answers(given: QueryDict, design: Design) -> Typed:
    """The answers of a posted page: `f-<code>`, for tables `f-<code>-<row>-<column>`. Fields it lacks are left out."""
    found: Typed = {}
    for one in design.fields():
        name = f"f-{one.code}"
        if one.kind == "table":
            if f"{name}-rows" in given:
                found[one.code] = _rows(given, one, name)
        elif name in given:
            found[one.code] = given[name]
    return found


def _rows(given: QueryDict, one: Field, name: str) -> list[dict[str, str]]:
    count = given.get(f"{name}-rows", "0")
    number = min(int(count), MOST_ROWS) if count.isdecimal() and len(count) < 5 else 0
    codes = [FROM, *(column.code for column in one.columns)]
    return [
        {code: str(given[key]) for code in codes if (key := f"{name}-{line}-{code}") in given} for line in range(number)
    ]


def show(form: forms.Form, fault: ValidationError) -> None:
    """The action's sentences at their fields; others above the form."""
    if not hasattr(fault, "error_dict"):
        form.add_error(None, fault)
        return
    for name, sentences in fault.message_dict.items():
        form.add_error(name if name in form.fields else None, sentences)
