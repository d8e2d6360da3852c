"""What a person writes to urge, and the ladder of an office."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trienkhai.documents.forms_words import WordsField
from trienkhai.orgs.models import Unit
from trienkhai.urging.actions.calling import LONGEST
from trienkhai.urging.ladder import FARTHEST, FOCUS, KINDS, ONCE, RECURRING, Ladder, To

ROWS = 8
KIND_NAMES = {ONCE: _("Given once"), RECURRING: _("Every period anew"), FOCUS: _("Of a focus of the assigner")}
TO_NAMES = {
    To.HOLDER: _("the unit that holds it"),
    To.HEAD: _("the head of that unit"),
    To.ABOVE: _("the unit above, that approves"),
    To.ASSIGNER: _("the assigner"),
}


class CallForm(forms.Form):
    text = WordsField(
        label=_("What is expected"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Two sentences at most. It stands in the history of the task, and in the inbox of the unit."),
    )


class CallAllForm(CallForm):
    """Also in the name of which unit, where the person may urge for several."""

    tu = forms.TypedChoiceField(label=_("In the name of"), coerce=int)
    field_order = ["tu", "text"]

    def __init__(self, *args: Any, units: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["tu"]
        field.choices = [(unit.pk, unit.name) for unit in units]
        if len(units) == 1:
            field.widget, self.initial["tu"] = forms.HiddenInput(), units[0].pk


class LadderForm(forms.Form):
    """Eight lines for each kind of duty; an empty line is no step. A kind without steps goes by *given once*."""

    def __init__(self, *args: Any, ladder: Ladder | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "–"), *TO_NAMES.items()]
        for kind in KINDS:
            steps = sorted(ladder.steps.get(kind, ()) if ladder else (), key=lambda step: (step.days, step.to))
            for number in range(ROWS):
                step = steps[number] if number < len(steps) else None
                self.fields[f"{kind}-{number}-days"] = forms.IntegerField(
                    label=_("Working days after the due day"),
                    required=False,
                    min_value=-FARTHEST,
                    max_value=FARTHEST,
                    initial=step.days if step else None,
                )
                self.fields[f"{kind}-{number}-to"] = forms.ChoiceField(
                    label=_("Who is told"), choices=choices, required=False, initial=step.to if step else ""
                )

    def rows(self) -> list[tuple[Any, list[tuple[forms.BoundField, forms.BoundField]]]]:
        """Name of the kind → its lines of two fields."""
        return [
            (KIND_NAMES[kind], [(self[f"{kind}-{n}-days"], self[f"{kind}-{n}-to"]) for n in range(ROWS)])
            for kind in KINDS
        ]

    def value(self) -> dict[str, list[dict[str, Any]]]:
        """The ladder as a norm keeps it."""
        found: dict[str, list[dict[str, Any]]] = {}
        for kind in KINDS:
            given = [(self.cleaned_data[f"{kind}-{n}-days"], self.cleaned_data[f"{kind}-{n}-to"]) for n in range(ROWS)]
            steps = [{"days": days, "to": to} for days, to in given if to or days is not None]
            if steps or kind == ONCE:
                found[kind] = steps
        return found

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for kind in KINDS:
            for number in range(ROWS):
                days, to = values.get(f"{kind}-{number}-days"), values.get(f"{kind}-{number}-to")
                if to and days is None and f"{kind}-{number}-days" not in self.errors:
                    self.add_error(f"{kind}-{number}-days", _("Say after how many working days."))
                if days is not None and not to:
                    self.add_error(f"{kind}-{number}-to", _("Say who is told."))
        return values
