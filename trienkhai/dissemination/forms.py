"""What a person writes when sending down, receiving and telling of study."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from trienkhai.common.days import OPEN_END
from trienkhai.dissemination.models import Closing, Form, Kind, Reopens, Use
from trienkhai.dissemination.queries.study import absence_reasons, audiences
from trienkhai.documents.forms_words import WordsField
from trienkhai.orgs.forms import NearDayField

MEGABYTE = 1024 * 1024


class OpenDayField(NearDayField):
    """A day that may be left out: then it is the open end."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> date:
        return super().clean(value) or OPEN_END


class SendForm(forms.Form):
    """Beside the selections: the day, the words, and which holders of an earlier version get this one."""

    acknowledge_by = OpenDayField(label=gettext_lazy("To be acknowledged by"))
    note = WordsField(
        label=gettext_lazy("Accompanying words"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reopens = forms.ChoiceField(
        label=gettext_lazy("Units that hold an earlier version and get this one to acknowledge"),
        choices=Reopens.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("The others keep their receipt of the earlier version."),
    )

    def __init__(self, *args: Any, new_version: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("reopens", Reopens.ACKNOWLEDGED)
        if not new_version:
            del self.fields["reopens"]


class CloseForm(forms.Form):
    closed_as = forms.ChoiceField(
        label=gettext_lazy("What came of it here"),
        choices=[row for row in Closing.choices if row[0]],
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Most documents are to be studied only; that is a full answer."),
    )


class PlanForm(forms.Form):
    finish_by = OpenDayField(label=gettext_lazy("To be finished by"))
    note = WordsField(
        label=gettext_lazy("What is to be done"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class SessionForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of session"),
        choices=Kind.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("A make-up session is for those who were absent: they are not counted twice."),
    )
    day = NearDayField(label=gettext_lazy("Day"))
    hour = forms.TimeField(
        label=gettext_lazy("Hour"),
        input_formats=["%H:%M", "%H:%M:%S", "%Hh%M", "%Hh"],
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )
    place = forms.CharField(label=gettext_lazy("Held at"), max_length=250)
    form = forms.ChoiceField(label=gettext_lazy("Form"), choices=Form.choices)
    convened_by = forms.CharField(label=gettext_lazy("Convened by"), max_length=250, required=False)
    reporter = forms.CharField(
        label=gettext_lazy("Reporter"),
        max_length=250,
        required=False,
        help_text=gettext_lazy("The post of who speaks, such as: Deputy secretary of the committee."),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        day, hour = values.pop("day", None), values.pop("hour", None)
        if day and hour is not None:
            values["starts_at"] = timezone.make_aware(datetime.combine(day, hour))
        return values


class CancelForm(forms.Form):
    reason = WordsField(label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class ResultForm(forms.Form):
    """How many of each audience were convened and came, and how many were absent for which reason; empty for none."""

    use_required_attribute = False

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = (get_language() or "vi")[:2]
        self.audiences, self.reasons = audiences(on, language), absence_reasons(on, language)
        for code in self.audiences:
            self.fields[f"convened_{code}"] = _people(_("Convened"))
            self.fields[f"attended_{code}"] = _people(_("Came"))
        for code, name in self.reasons.items():
            self.fields[f"absent_{code}"] = _people(name)

    @property
    def rows(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        return [(name, self[f"convened_{code}"], self[f"attended_{code}"]) for code, name in self.audiences.items()]

    @property
    def absent(self) -> list[forms.BoundField]:
        return [self[f"absent_{code}"] for code in self.reasons]

    @property
    def counts(self) -> dict[str, tuple[int, int]]:
        values = self.cleaned_data
        return {code: (values[f"convened_{code}"], values[f"attended_{code}"]) for code in self.audiences}

    @property
    def absences(self) -> dict[str, int]:
        return {code: self.cleaned_data[f"absent_{code}"] for code in self.reasons}


class PeopleField(forms.IntegerField):
    """A number of people; empty for nobody. A point or blank that parts thousands is understood, a fraction is not."""

    def clean(self, value: Any) -> int:
        return 0 if value in (None, "") else super().clean(_without_marks(value))


def _without_marks(value: Any) -> Any:
    """1.234 and 1 234 as 1234; what is no such grouping (2,5 or 1.23) stays and is refused."""
    if not isinstance(value, str):
        return value
    for mark in (".", ",", " ", "\u00a0"):
        head, *groups = value.strip().split(mark)
        if groups and head.isdecimal() and 1 <= len(head) <= 3 and all(len(g) == 3 and g.isdecimal() for g in groups):
            return head + "".join(groups)
    return value


def _people(label: str) -> PeopleField:
    attrs = {"inputmode": "numeric", "autocomplete": "off", "size": 6}
    wrong = {"invalid": gettext_lazy("Write a whole number of people.")}
    return PeopleField(
        label=label,
        min_value=0,
        max_value=1_000_000,
        widget=forms.TextInput(attrs),
        error_messages=wrong,
    )


class SessionFileForm(forms.Form):
    use = forms.ChoiceField(label=gettext_lazy("What it is"), choices=Use.choices, widget=forms.RadioSelect)
    file = forms.FileField(label=gettext_lazy("File"), allow_empty_file=True)
    not_secret = forms.BooleanField(
        label=gettext_lazy("I declare that this file holds no state secret"),
        error_messages={"required": gettext_lazy("Declare that the document holds no state secret.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit = settings.MAX_UPLOAD_BYTES
        too_big = _("The file is larger than %(limit)s MB.") % {"limit": limit // MEGABYTE}
        self.fields["file"].widget.attrs |= {"data-max-bytes": limit, "data-too-big": too_big}
