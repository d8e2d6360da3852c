"""What people write in evaluations."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from trienkhai.documents.forms_words import WordsField
from trienkhai.evaluation.models import INVALID, Campaign, Sheet, Step
from trienkhai.evaluation.norms import named, pack_on
from trienkhai.evaluation.queries.sheets import by_hand, confirmations
from trienkhai.orgs.models import Relation, Unit, UnitQuerySet
from trienkhai.tasks.periods import named_days, period_name

QUARTERS = ("Q1", "Q2", "Q3", "Q4")
PERIODS_SHOWN = 2


def words_field(label: Any, rows: int = 3, **more: Any) -> WordsField:
    return WordsField(label=label, max_length=5000, widget=forms.Textarea(attrs={"rows": rows}), **more)


def subjects_below(unit: Unit, on: date) -> UnitQuerySet:
    rows = Unit.objects.filter(present__parent=unit, present__relation=Relation.SUBORDINATE, closed_on__gt=on)
    return rows.select_related("present").order_by("present__sort_key", "pk")


def periods(unit: Unit, on: date) -> list[tuple[str, str]]:
    """This year and the last with their quarters as far as they have begun; what no norm covers says so."""
    found = []
    for year in range(on.year, on.year - PERIODS_SHOWN, -1):
        for code in (str(year), *(f"{year}-{quarter}" for quarter in QUARTERS)):
            days = named_days(code)
            if days is None or days[0] > on:
                continue
            name = period_name(code)
            if pack_on(days[1], unit.path or "", quarter="Q" in code) is None:
                name = _("%(period)s (no regulation yet)") % {"period": name}
            found.append((code, name[:1].upper() + name[1:]))
    return found


class SubjectsForm(forms.Form):
    """`unit`: the evaluating one."""

    units = forms.ModelMultipleChoiceField(
        Unit.objects.none(), label=gettext_lazy("Units evaluated"), widget=forms.CheckboxSelectMultiple
    )
    heads = forms.BooleanField(
        label=gettext_lazy("Also whoever leads them, with the figures of the unit led"), required=False
    )

    def __init__(self, *args: Any, unit: Unit, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["units"].queryset = subjects_below(unit, on)
        fields["units"].label_from_instance = lambda row: row.name
        fields["units"].initial = list(fields["units"].queryset)


class OpenForm(SubjectsForm):
    code = forms.ChoiceField(label=gettext_lazy("Period"), choices=())
    denominator = forms.ChoiceField(
        label=gettext_lazy("The ceiling is reckoned from"), required=False, widget=forms.RadioSelect
    )
    field_order = ("code", "units", "heads", "denominator")

    def __init__(self, *args: Any, unit: Unit, on: date, **kwargs: Any) -> None:
        super().__init__(*args, unit=unit, on=on, **kwargs)
        fields: Any = self.fields
        fields["code"].choices = periods(unit, on)
        pack = pack_on(on, unit.path or "", quarter=False) or pack_on(on, unit.path or "", quarter=True)
        known = pack["ceiling"]["value"]["choices"] if pack else {}
        fields["denominator"].choices = [
            ("", _("as the regulation of the period says")),
            *((code, named(row)) for code, row in known.items()),
        ]


class PointsForm(forms.Form):
    """The criteria that people fill in the present step, words, and in the appraisal the conditions."""

    def __init__(self, *args: Any, sheet: Sheet, given: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheet = sheet
        for row in by_hand(sheet):
            self.fields[f"c_{row['code']}"] = forms.DecimalField(
                label=_("%(criterion)s (at most %(points)s)") % {"criterion": named(row), "points": row["points"]},
                min_value=0,
                max_value=row["points"],
                decimal_places=1,
                required=False,
                localize=True,
                initial=given.get(row["code"]),
                widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 6, "autocomplete": "off"}),
            )
            self._needed(f"c_{row['code']}")
        if sheet.step == Step.UPPER:
            for row in confirmations(sheet):
                self._add_confirmation(row["confirm"], named(row))
        words = words_field(gettext_lazy("Remarks"), required=False)
        words.initial = sheet.words.get(sheet.step, "")
        self.fields["words"] = words

    def _add_confirmation(self, code: str, label: str) -> None:
        said = self.sheet.confirmed.get(code)
        self.fields[f"k_{code}"] = forms.ChoiceField(
            label=label,
            choices=[("yes", pgettext_lazy("condition", "holds")), ("no", pgettext_lazy("condition", "does not hold"))],
            required=False,
            widget=forms.RadioSelect,
            initial={True: "yes", False: "no"}.get(said) if said is not None else None,
        )
        self._needed(f"k_{code}")

    def _needed(self, name: str) -> None:
        field: Any = self.fields[name]
        field.needed_for = _("needed to pass on")

    def points(self) -> dict[str, Any]:
        return {name[2:]: value for name, value in self.cleaned_data.items() if name.startswith("c_")}

    def confirmed(self) -> dict[str, bool]:
        return {
            name[2:]: value == "yes" for name, value in self.cleaned_data.items() if name.startswith("k_") and value
        }


class VoteForm(forms.Form):
    """A tally by level; nothing else of a vote is asked or kept. told: is a tally entered before shown?"""

    def __init__(self, *args: Any, sheet: Sheet, told: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = {"present": _("Present with a vote")}
        names |= {f"v_{level['code']}": named(level) for level in sheet.campaign.levels}
        names[f"v_{INVALID}"] = _("Invalid or blank")
        for name, label in names.items():
            before = sheet.present if name == "present" else sheet.votes.get(name[2:])
            self.fields[name] = forms.IntegerField(
                label=label,
                min_value=0,
                max_value=1_000_000,
                required=name == "present",
                initial=before if told and sheet.cast else None,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 6, "autocomplete": "off"}),
            )

    def votes(self) -> dict[str, int]:
        return {name[2:]: value or 0 for name, value in self.cleaned_data.items() if name.startswith("v_")}


class ReasonForm(forms.Form):
    reason = words_field(gettext_lazy("Reason"))


class GroundForm(forms.Form):
    ground = words_field(gettext_lazy("On which ground is the result above requirement?"))


class AppealForm(forms.Form):
    text = words_field(gettext_lazy("What is wrong with the level, and why"), 5)


class AnswerForm(forms.Form):
    answer = words_field(gettext_lazy("Answer"), 5)
    level = forms.ChoiceField(label=gettext_lazy("Level after the appeal"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["level"].choices = [("", _("stays as decided")), *((row["code"], named(row)) for row in campaign.levels)]


class DecideForm(forms.Form):
    """The level of every sheet as proposed, and a reason where it is another one."""

    def __init__(self, *args: Any, campaign: Campaign, sheets: list[Sheet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(row["code"], named(row)) for row in campaign.levels]
        self.sheets = sheets
        for sheet in sheets:
            self.fields[f"level_{sheet.pk}"] = forms.ChoiceField(
                label=_("Level of %(name)s") % {"name": sheet.name},
                choices=choices,
                required=False,
                initial=sheet.proposal.get("level"),
            )
            self.fields[f"reason_{sheet.pk}"] = WordsField(
                label=_("Reason, if other than proposed: %(name)s") % {"name": sheet.name},
                max_length=1000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 1}),
            )

    def levels(self) -> dict[int, str]:
        return {sheet.pk: self.cleaned_data[f"level_{sheet.pk}"] for sheet in self.sheets}

    def reasons(self) -> dict[int, str]:
        return {sheet.pk: self.cleaned_data[f"reason_{sheet.pk}"] for sheet in self.sheets}
