"""What a person writes of programmes and inspections."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from trienkhai.common.days import OPEN_END
from trienkhai.documents.forms_words import WordsField
from trienkhai.inspections.actions import ItemDetails
from trienkhai.inspections.models import Finding, InspectionItem, Kind, Manner, Result
from trienkhai.orgs.forms import DayField, NearDayField
from trienkhai.orgs.forms_choosing_unit import UnitField
from trienkhai.orgs.models import Holding, Unit


def _area(label: Any, rows: int = 3, **words: Any) -> WordsField:
    return WordsField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **words)


class BasisForm(forms.Form):
    basis = WordsField(
        label=gettext_lazy("Basis"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("The papers that the programme rests on."),
    )


class ProgrammeForm(BasisForm):
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=1990, max_value=2199)
    field_order = ["year", "basis"]


class ItemForm(forms.Form):
    theme = _area(gettext_lazy("What is looked into"), rows=2, max_length=500)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of work"), choices=Kind.choices, widget=forms.RadioSelect)
    manner = forms.ChoiceField(label=gettext_lazy("Manner"), choices=Manner.choices, widget=forms.RadioSelect)
    starts_on = DayField(label=gettext_lazy("From"))
    ends_on = DayField(label=pgettext_lazy("inspections", "Until"))

    def details(self) -> ItemDetails:
        return ItemDetails(**self.cleaned_data)


class TeamForm(forms.Form):
    """Holders of posts of the unit; one leads."""

    people = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Team"), coerce=int, choices=(), widget=forms.CheckboxSelectMultiple
    )
    lead = forms.TypedChoiceField(label=gettext_lazy("Leads the team"), coerce=int, choices=())

    def __init__(self, *args: Any, seats: Sequence[Holding], item: InspectionItem, **kwargs: Any) -> None:
        team = list(item.team.all())
        initial = {
            "people": [row.account_id for row in team],
            "lead": next((row.account_id for row in team if row.leads), ""),
        }
        super().__init__(*args, **({"initial": initial} | kwargs))
        named = [(row.account_id, f"{row.account.name} – {row.post.title}") for row in seats]
        fields: Any = self.fields
        fields["people"].choices = named
        fields["lead"].choices = [("", "–"), *named]


class SubjectForm(forms.Form):
    unit = UnitField(label=gettext_lazy("Unit"))

    def __init__(self, *args: Any, within: Unit, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["unit"].limit(on=on, within=within)


def _number(label: Any, help_text: Any) -> forms.IntegerField:
    attrs = {"inputmode": "numeric", "autocomplete": "off", "size": 6}
    return forms.IntegerField(
        label=label, min_value=0, max_value=200, required=False, widget=forms.TextInput(attrs), help_text=help_text
    )


class DrawForm(forms.Form):
    scope = forms.ChoiceField(
        label=gettext_lazy("Drawn from"),
        choices=[
            ("children", gettext_lazy("units directly below")),
            ("grassroots", gettext_lazy("all grassroots organisations of the branch")),
        ],
        widget=forms.RadioSelect,
    )
    by_risk = _number(gettext_lazy("By risk"), gettext_lazy("The highest scores; equal ones by lot."))
    at_random = _number(gettext_lazy("At random"), gettext_lazy("By lot from the rest."))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        return given | {name: given.get(name) or 0 for name in ("by_risk", "at_random")}


class ReasonForm(forms.Form):
    reason = _area(gettext_lazy("Reason"), max_length=500)


class ExtendForm(ReasonForm):
    days = forms.IntegerField(label=gettext_lazy("Days more"), min_value=1, max_value=1000)
    field_order = ["days", "reason"]


class PointForm(forms.Form):
    text = _area(gettext_lazy("What is looked into"), rows=2, max_length=500)


class SeenForm(forms.Form):
    """`seen`: the mark of what stood there when the person began to write. stands: the mark and the words of now."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, stands: Callable[[], tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stands = stands
        self.fields["seen"].initial = stands()[0]

    def compare(self) -> str:
        """What another wrote meanwhile, to be shown: sent again, it is written over."""
        given: Any = self.data
        given = given.copy()
        given["seen"], words = self.stands()
        self.data = given
        return words


class ResultForm(SeenForm):
    result = forms.ChoiceField(
        label=gettext_lazy("Result"), choices=[row for row in Result.choices if row[0]], widget=forms.RadioSelect
    )
    note = _area(gettext_lazy("What was seen"), rows=6, max_length=50_000, required=False)


class FindingForm(forms.Form):
    text = _area(pgettext_lazy("inspections", "What was found"), max_length=1000)
    remedy = _area(
        gettext_lazy("What has to be done"),
        max_length=1000,
        help_text=gettext_lazy("It becomes the task of the remedy."),
    )
    due_on = NearDayField(label=gettext_lazy("To be done by"), required=False)

    def clean_due_on(self) -> date:
        return self.cleaned_data["due_on"] or OPEN_END


class DeclaredForm(forms.Form):
    not_secret = forms.BooleanField(
        label=gettext_lazy("I declare that this holds no state secret"),
        error_messages={"required": gettext_lazy("Declare that the document holds no state secret.")},
    )


class GiveForm(DeclaredForm):
    """`late`: findings whose day has passed; each is given another."""

    def __init__(self, *args: Any, late: Sequence[Finding], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.late = late
        for row in late:
            label = _("New day for finding %(n)s: %(words)s") % {"n": row.position, "words": row.remedy}
            self.fields[f"day_{row.pk}"] = NearDayField(label=label)
        self.order_fields([*(f"day_{row.pk}" for row in late), "not_secret"])

    def given(self) -> dict[str, Any]:
        """As the action takes it."""
        days = {row.pk: self.cleaned_data[f"day_{row.pk}"] for row in self.late}
        return {"not_secret": self.cleaned_data["not_secret"], "days": days}


class ProofForm(DeclaredForm):
    file = forms.FileField(label=gettext_lazy("File"))
    field_order = ["file", "not_secret"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit = settings.MAX_UPLOAD_BYTES
        too_big = gettext_lazy("A file is larger than %(limit)s MB.") % {"limit": limit // (1024 * 1024)}
        self.fields["file"].widget.attrs.update({"data-max-bytes": limit, "data-too-big": too_big})


class ConclusionForm(SeenForm):
    text = _area(gettext_lazy("Conclusion"), rows=12, max_length=50_000)
    follower = forms.TypedChoiceField(label=gettext_lazy("Follows how it is carried out"), coerce=int, choices=())

    def __init__(self, *args: Any, item: InspectionItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["follower"].choices = [("", "–"), *((row.account_id, str(row)) for row in item.team.order_by("pk"))]


class AcceptForm(forms.Form):
    remark = _area(pgettext_lazy("inspections", "Remark"), max_length=500, required=False)
