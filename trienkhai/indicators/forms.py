"""What a person types: definitions, gifts, targets, ends. Values are kept as typed and read by `checking`."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trienkhai.common.days import OPEN_END
from trienkhai.common.folding import squeeze
from trienkhai.documents.forms_words import WordsField
from trienkhai.documents.models import Document
from trienkhai.indicators.actions import Frame, Meaning
from trienkhai.indicators.models import Aggregation, Definition, Direction, Holder, Indicator, Kind, PeriodKind
from trienkhai.indicators.numerals import read_number, rounded, typed
from trienkhai.indicators.periods import Period
from trienkhai.orgs.forms import DayField
from trienkhai.tasks.models import Focus
from trienkhai.tasks.queries.areas import area_names


class NumberField(forms.CharField):
    """A number with comma or point as decimal sign; one that can mean two things is asked about."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "number", "autocomplete": "off"})
        super().__init__(max_length=40, widget=widget, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return typed(value) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value)
        return rounded(read_number(text)) if text else None


class LinesField(WordsField):
    """Several names, one on each line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, (list, tuple)) else value

    def clean(self, value: Any) -> tuple[str, ...]:
        return tuple(squeeze(line) for line in (super().clean(value) or "").splitlines() if line.strip())


class MeaningForm(forms.Form):
    """What an indicator means."""

    title = forms.CharField(label=gettext_lazy("Name"), max_length=300)
    meaning = WordsField(
        label=gettext_lazy("What is counted, and how"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    measure = forms.CharField(label=gettext_lazy("Unit of measure"), max_length=60, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Kind.choices)
    direction = forms.ChoiceField(label=gettext_lazy("Direction"), choices=Direction.choices)
    aggregation = forms.ChoiceField(label=gettext_lazy("Summed up by"), choices=Aggregation.choices)
    cumulative = forms.BooleanField(
        label=gettext_lazy("Each value counts from the beginning of the year"), required=False
    )
    baseline = NumberField(label=gettext_lazy("Baseline"), required=False)
    baseline_of = forms.CharField(label=gettext_lazy("Baseline of"), max_length=40, required=False)
    numerator = forms.CharField(label=gettext_lazy("Numerator"), max_length=200, required=False)
    denominator = forms.CharField(label=gettext_lazy("Denominator"), max_length=200, required=False)
    factor = NumberField(
        label=gettext_lazy("Multiplied by"), required=False, help_text=gettext_lazy("100 for percent; 1 when empty.")
    )
    choices = LinesField(
        label=gettext_lazy("Grades"), required=False, help_text=gettext_lazy("One on each line, the lowest first.")
    )
    split_by = forms.CharField(label=gettext_lazy("Disaggregated by"), max_length=80, required=False)
    categories = LinesField(
        label=gettext_lazy("Categories"), required=False, help_text=gettext_lazy("One on each line.")
    )
    lowest = NumberField(label=gettext_lazy("Impossible below"), required=False)
    highest = NumberField(label=gettext_lazy("Impossible above"), required=False)
    usual_low = NumberField(label=gettext_lazy("Unusual below"), required=False)
    usual_high = NumberField(label=gettext_lazy("Unusual above"), required=False)
    largest_change = NumberField(label=gettext_lazy("Unusual when it changes by more than, %"), required=False)

    def __init__(self, *args: Any, definition: Definition | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needed_for = {
            "measure": _("needed unless it is told in grades"),
            "numerator": _("needed for a ratio"),
            "denominator": _("needed for a ratio"),
            "choices": _("needed where it is told in grades"),
            "categories": _("needed where it is disaggregated"),
        }
        for name, words in needed_for.items():
            self.fields[name].needed_for = words  # type: ignore[attr-defined]
        if definition:
            self.initial = {field.name: getattr(definition, field.name) for field in fields(Meaning)}

    def meant(self) -> Meaning:
        names = {field.name for field in fields(Meaning)}
        values = {name: value for name, value in self.cleaned_data.items() if name in names}
        return Meaning(**(values | {"factor": values.get("factor") or Decimal(1)}))


class ChangeForm(MeaningForm):
    """And from which day on."""

    from_day = DayField(
        label=gettext_lazy("Holds from the period of"),
        help_text=gettext_lazy("Values told before keep the old definition."),
    )


def link_fields(form: forms.Form, documents: Iterable[Document], focuses: Iterable[Focus], on: date) -> None:
    """What an indicator may serve, each left out when there is nothing to choose."""
    rows: dict[str, list[tuple[Any, str]]] = {
        "document": [(row.pk, f"{row.reference} – {row.title}"[:120]) for row in documents],
        "focus": [(row.pk, row.title) for row in focuses],
        "work_area": list(area_names(on).items()),
    }
    for name, choices in rows.items():
        field: Any = form.fields[name]
        field.choices = [("", "–"), *choices]


class LinksForm(forms.Form):
    document = forms.TypedChoiceField(
        label=gettext_lazy("Document it serves"), coerce=int, required=False, empty_value=None
    )
    focus = forms.TypedChoiceField(label=gettext_lazy("Focus it serves"), coerce=int, required=False, empty_value=None)
    work_area = forms.ChoiceField(label=gettext_lazy("Area of work"), required=False)


class AddForm(MeaningForm, LinksForm):
    """A new indicator: its frame, its first definition, what it serves."""

    code = forms.CharField(label=gettext_lazy("Code"), max_length=40)
    period = forms.ChoiceField(label=gettext_lazy("Told every"), choices=PeriodKind.choices)
    valid_from = DayField(label=gettext_lazy("From day"))
    last_day = DayField(
        label=gettext_lazy("Last day"),
        required=False,
        help_text=gettext_lazy("Empty when no end is set. One of the term needs it."),
    )
    enters = forms.BooleanField(label=gettext_lazy("The unit also tells a value of its own"), required=False)

    def frame(self, document: Document | None, focus: Focus | None) -> Frame:
        values = self.cleaned_data
        last = values["last_day"]
        return Frame(
            code=values["code"],
            period=values["period"],
            valid_from=values["valid_from"],
            valid_to=last + timedelta(days=1) if last and last < OPEN_END else OPEN_END,
            document=document,
            focus=focus,
            work_area=values["work_area"],
            enters=values["enters"],
        )


class EndForm(forms.Form):
    """Closing an indicator, or taking it back from a unit."""

    last_day = DayField(label=gettext_lazy("Last day"))
    reason = WordsField(
        label=gettext_lazy("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class GiftForm(forms.Form):
    """Beside the selection: what each unit is to reach in each period of the year, and whether the giver tells too."""

    own = forms.BooleanField(label=gettext_lazy("This unit also tells a value of its own"), required=False)

    def __init__(self, *args: Any, periods: list[Period], own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.periods, self.initial["own"] = periods, own
        for period in periods:
            self.fields[period.start.isoformat()] = NumberField(label=period.label, required=False)

    def aims(self) -> list[forms.BoundField]:
        return [self[period.start.isoformat()] for period in self.periods]

    def targets(self) -> dict[date, Decimal]:
        found = {period.start: self.cleaned_data[period.start.isoformat()] for period in self.periods}
        return {start: number for start, number in found.items() if number is not None}


class TargetsForm(forms.Form):
    """Holders × periods, one field each."""

    def __init__(
        self,
        *args: Any,
        indicator: Indicator,
        holders: list[int],
        periods: list[Period],
        known: dict[tuple[int, date], Decimal],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.keys = {f"{pk}-{period.start.isoformat()}": (pk, period.start) for pk in holders for period in periods}
        for name, key in self.keys.items():
            self.fields[name] = NumberField(label=_("Target"), required=False, initial=known.get(key))

    def row(self, holder: int) -> list[forms.BoundField]:
        return [self[name] for name, (pk, _start) in self.keys.items() if pk == holder]

    def numbers(self) -> dict[tuple[int, date], Decimal | None]:
        return {key: self.cleaned_data[name] for name, key in self.keys.items()}


class WeightsForm(forms.Form):
    """One weight for each holder."""

    def __init__(self, *args: Any, holders: Iterable[Holder], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.holders = {str(row.pk): row for row in holders}
        for name, row in self.holders.items():
            self.fields[name] = NumberField(label=row.unit.name, required=True, initial=row.weight)

    def weights(self) -> dict[int, Decimal]:
        return {row.pk: self.cleaned_data[name] for name, row in self.holders.items()}


class FileForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("File"))
    not_secret = forms.BooleanField(label=gettext_lazy("The file holds no state secret"))


def show(form: forms.Form, fault: ValidationError) -> None:
    """The action's sentences at their fields; one without a field above the form."""
    if not hasattr(fault, "error_dict"):
        form.add_error(None, fault)
        return
    for name, sentences in fault.message_dict.items():
        form.add_error(name if name in form.fields else None, sentences)
