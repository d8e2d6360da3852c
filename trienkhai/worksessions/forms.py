"""What a person writes of a working session."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy, pgettext_lazy

from trienkhai.common.days import OPEN_END
from trienkhai.documents.forms_words import WordsField
from trienkhai.orgs.forms import DayField, NearDayField
from trienkhai.orgs.forms_choosing_unit import UnitField
from trienkhai.orgs.models import Holding, Unit
from trienkhai.worksessions.actions import Details
from trienkhai.worksessions.models import Session, UnitWord


class SessionForm(forms.Form):
    """`upper`: who leads it. With whom is asked only when it is planned."""

    unit = UnitField(label=gettext_lazy("Unit worked with"))
    day = NearDayField(label=gettext_lazy("Day"))
    hour = forms.TimeField(
        label=gettext_lazy("Hour"),
        input_formats=["%H:%M", "%H:%M:%S", "%Hh%M", "%Hh"],
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )
    place = WordsField(label=gettext_lazy("Held at"), max_length=250)
    content = WordsField(
        label=gettext_lazy("What it is about"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    guests = WordsField(
        label=gettext_lazy("Others who take part"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("People from elsewhere, one a line. Those of the two units are named on the next page."),
    )

    def __init__(self, *args: Any, upper: Unit, on: date, planned: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        if planned:
            del fields["unit"]
        else:
            fields["unit"].limit(on=on, within=upper, apart=[upper.pk])

    def details(self) -> Details:
        given = self.cleaned_data
        starts_at: datetime = timezone.make_aware(datetime.combine(given["day"], given["hour"]))
        return Details(starts_at, given["place"], given["content"], given["guests"])


class PeopleForm(forms.Form):
    """Holders of posts of both units, each ticked or not."""

    def __init__(self, *args: Any, sides: Sequence[tuple[Unit, Sequence[Holding]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, (unit, seats) in enumerate(sides):
            self.fields[f"side_{number}"] = forms.TypedMultipleChoiceField(
                label=unit.name,
                coerce=int,
                choices=[(row.account_id, f"{row.account.name} – {row.post.title}") for row in seats],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )

    def chosen(self) -> list[int]:
        return sorted({pk for name in self.fields for pk in self.cleaned_data[name]})


class CancelForm(forms.Form):
    reason = WordsField(label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class WordForm(forms.Form):
    kind = forms.ChoiceField(
        label=pgettext_lazy("working session", "Kind"), choices=UnitWord.Kind.choices, widget=forms.RadioSelect
    )
    text = WordsField(label=gettext_lazy("Content"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class DossierForm(forms.Form):
    day = DayField(
        label=gettext_lazy("As on the day"),
        help_text=gettext_lazy("Today or a past day: figures by states, places and names of the end of that day."),
    )


class ConclusionForm(forms.Form):
    text = WordsField(label=gettext_lazy("Conclusion"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    lead = UnitField(label=gettext_lazy("Who does it"), required=False)
    due_on = NearDayField(label=gettext_lazy("Due day"), required=False)

    def __init__(self, *args: Any, session: Session, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["lead"].limit(on=on, within=session.upper)

    def clean_due_on(self) -> date:
        return self.cleaned_data["due_on"] or OPEN_END
