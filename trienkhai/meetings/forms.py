"""What a person writes of a meeting."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from trienkhai.common.days import OPEN_END
from trienkhai.documents.forms_words import WordsField
from trienkhai.documents.models import Document
from trienkhai.documents.rules import visible_documents
from trienkhai.meetings.actions import Details
from trienkhai.meetings.models import Conclusion, Kind, Meeting
from trienkhai.meetings.norms import bodies
from trienkhai.orgs.forms import DayField, NearDayField
from trienkhai.orgs.forms_choosing_unit import UnitField
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account

LISTED = 100


def language() -> str:
    return (get_language() or "vi")[:2]


def names(rows: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """The words of a norm that is a list of names, as the person reads them."""
    return {code: str(row.get(language(), code)) for code, row in rows.items()}


def body_names(unit: Unit, on: date) -> dict[str, str]:
    return names(bodies(on, unit.path or ""))


def hour_field(label: Any, **words: Any) -> forms.TimeField:
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    return forms.TimeField(label=label, input_formats=["%H:%M", "%H:%M:%S", "%Hh%M", "%Hh"], widget=widget, **words)


def _at(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))


class MeetingForm(forms.Form):
    """`unit`: whose meeting it is."""

    body = forms.ChoiceField(label=gettext_lazy("Who meets"), choices=())
    kind = forms.ChoiceField(label=gettext_lazy("Kind of meeting"), choices=Kind.choices, widget=forms.RadioSelect)
    day = NearDayField(label=gettext_lazy("Day"))
    hour = hour_field(gettext_lazy("Hour"))
    place = forms.CharField(label=gettext_lazy("Held at"), max_length=250)
    title = WordsField(
        label=gettext_lazy("Title"),
        max_length=250,
        required=False,
        help_text=gettext_lazy("Empty: made of body, kind and month."),
    )

    def __init__(self, *args: Any, unit: Unit, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["body"].choices = list(body_names(unit, on).items())

    def details(self) -> Details:
        given = self.cleaned_data
        starts_at = _at(given["day"], given["hour"])
        return Details(given["body"], starts_at, given["place"], given["kind"], given["title"])


class YearForm(forms.Form):
    """Regular meetings of a year at one stroke."""

    body = forms.ChoiceField(label=gettext_lazy("Who meets"), choices=())
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=1990, max_value=2199)
    day_of_month = forms.IntegerField(
        label=gettext_lazy("Day of the month"),
        min_value=1,
        max_value=31,
        help_text=gettext_lazy("In a shorter month its last day. Each meeting can be moved afterwards."),
    )
    hour = hour_field(gettext_lazy("Hour"))
    place = forms.CharField(label=gettext_lazy("Held at"), max_length=250)
    months = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Months"),
        coerce=int,
        choices=[(number, str(number)) for number in range(1, 13)],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, unit: Unit, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["body"].choices = list(body_names(unit, on).items())

    def details(self) -> Details:
        """On the wanted day of January, which has them all."""
        given = self.cleaned_data
        return Details(given["body"], _at(date(given["year"], 1, given["day_of_month"]), given["hour"]), given["place"])


class CancelForm(forms.Form):
    reason = WordsField(label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class ItemForm(forms.Form):
    title = WordsField(label=gettext_lazy("Item"), max_length=500)
    presenter = WordsField(
        label=gettext_lazy("Presented by"), max_length=160, required=False, help_text=gettext_lazy("A post.")
    )
    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), min_value=0, max_value=1440, required=False)

    def clean_minutes(self) -> int:
        return self.cleaned_data["minutes"] or 0


class PaperForm(forms.Form):
    """One of the newest documents that the person sees."""

    document = forms.ModelChoiceField(Document.objects.none(), label=gettext_lazy("Document"))

    def __init__(self, *args: Any, account: Account, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = visible_documents(account, on)
        newest = list(seen.order_by("-issued_on", "-pk").values_list("pk", flat=True)[:LISTED])
        fields: Any = self.fields
        fields["document"].queryset = Document.objects.filter(pk__in=newest).order_by("-issued_on", "-pk")
        fields["document"].label_from_instance = lambda row: f"{row.reference} – {row.title}"[:160]


class HourForm(forms.Form):
    """When a meeting began or ended."""

    hour = hour_field(gettext_lazy("Hour"))

    def moment(self, day: date) -> datetime:
        return _at(day, self.cleaned_data["hour"])


class EndForm(HourForm):
    """`day`: the last one of a meeting of several days; empty for the day on which it began."""

    day = DayField(label=gettext_lazy("Day"), required=False)
    field_order = ("day", "hour")

    def moment(self, day: date) -> datetime:
        return super().moment(self.cleaned_data["day"] or day)


def votes_field(label: Any) -> forms.IntegerField:
    attrs = {"inputmode": "numeric", "autocomplete": "off", "size": 6}
    return forms.IntegerField(
        label=label, min_value=0, max_value=1_000_000, required=False, widget=forms.TextInput(attrs)
    )


class BallotForm(forms.Form):
    """A tally; nothing else of a vote is asked or kept."""

    question = WordsField(label=gettext_lazy("What is voted on"), max_length=500)
    secret = forms.TypedChoiceField(
        label=gettext_lazy("How"),
        choices=[("", gettext_lazy("open vote")), ("1", gettext_lazy("secret ballot"))],
        coerce=bool,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    votes_for = votes_field(gettext_lazy("In favour"))
    against = votes_field(gettext_lazy("Against"))
    blank = votes_field(gettext_lazy("Blank"))
    invalid = votes_field(gettext_lazy("Invalid"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        return given | {name: given.get(name) or 0 for name in ("votes_for", "against", "blank", "invalid")}

    def clean_secret(self) -> bool:
        return bool(self.cleaned_data["secret"])


class ConclusionForm(forms.Form):
    text = WordsField(label=gettext_lazy("Conclusion"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    lead = UnitField(label=gettext_lazy("Who does it"), required=False)
    due_on = NearDayField(label=gettext_lazy("Due day"), required=False)

    def __init__(self, *args: Any, meeting: Meeting, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["lead"].limit(on=on, within=meeting.unit)

    def clean_due_on(self) -> date:
        return self.cleaned_data["due_on"] or OPEN_END


class CorrectForm(forms.Form):
    text = WordsField(label=gettext_lazy("What is put right"), widget=forms.Textarea(attrs={"rows": 4}))
    reason = WordsField(label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class GiveForm(forms.Form):
    """`due_on`: asked for where the day of the conclusion has passed."""

    due_on = NearDayField(label=gettext_lazy("New due day"))
    not_secret = forms.BooleanField(
        label=gettext_lazy("I declare that these conclusions hold no state secret"),
        error_messages={"required": gettext_lazy("Declare that the document holds no state secret.")},
    )

    def __init__(self, *args: Any, conclusion: Conclusion, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if conclusion.due_on >= on:
            del self.fields["due_on"]
        else:
            said = _("The day set at the meeting, %(day)s, is past.") % {"day": f"{conclusion.due_on:%d/%m/%Y}"}
            self.fields["due_on"].help_text = said
