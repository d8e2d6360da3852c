"""Points of a score sheet, with a reason where they differ from what stood; in the step of the vote its tally."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trienkhai.documents.forms_words import WordsField
from trienkhai.meetings.actions import Marked, Tally
from trienkhai.meetings.forms import votes_field
from trienkhai.meetings.models import Meeting, ScoreSheet, Step
from trienkhai.meetings.queries.scores import Line

VOTES = ("votes_for", "against", "blank", "invalid")
LABELS = (gettext_lazy("In favour"), gettext_lazy("Against"), gettext_lazy("Blank"), gettext_lazy("Invalid"))


class ScoreForm(forms.Form):
    """`lines`: the criteria of the sheet; `held`: meetings at which the vote may have been held."""

    use_required_attribute = False

    def __init__(
        self, *args: Any, sheet: ScoreSheet, lines: Sequence[Line], held: Sequence[Meeting], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lines, self.votes = lines, sheet.step == Step.VOTE
        fields: Any = self.fields
        for line in lines:
            own, code = line.marks.get(sheet.step), line.criterion.code
            fields[f"points_{code}"] = forms.IntegerField(
                label=_("Points (at most %(most)s)") % {"most": line.criterion.points},
                min_value=0,
                max_value=line.criterion.points,
                required=False,
                initial=line.points,
                widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "size": 4}),
            )
            fields[f"reason_{code}"] = WordsField(
                label=_("Why it is changed"), max_length=500, required=False, initial=own.reason if own else ""
            )
        if self.votes:
            choices = [(row.pk, str(row)) for row in held]
            fields["meeting"] = forms.TypedChoiceField(
                label=_("The vote was held at"), choices=choices, coerce=int, required=False
            )
            for name, label in zip(VOTES, LABELS, strict=True):
                fields[name] = votes_field(label)

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [
            {
                "line": line,
                "points": self[f"points_{line.criterion.code}"],
                "reason": self[f"reason_{line.criterion.code}"],
            }
            for line in self.lines
        ]

    @property
    def vote_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in VOTES] if self.votes else []

    def marked(self) -> dict[str, Marked]:
        given = self.cleaned_data
        codes = [line.criterion.code for line in self.lines]
        known = {code: given[f"points_{code}"] for code in codes if given[f"points_{code}"] is not None}
        return {code: Marked(points, given[f"reason_{code}"]) for code, points in known.items()}

    def tally(self) -> Tally | None:
        if not self.votes:
            return None
        given = self.cleaned_data
        return Tally(given["meeting"] or 0, *(given[name] or 0 for name in VOTES))
