"""The file that is brought in, and what is said of packets."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trienkhai.documents.forms_words import WordsField
from trienkhai.exchange.actions import answer_recall, ask_back, tell_state
from trienkhai.exchange.models import Correspondent
from trienkhai.exchange.queries import state_label
from trienkhai.exchange.rules import TOLD_BY_HAND
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account


class ImportForm(forms.Form):
    """A workbook or a CSV file within the installation's limit."""

    file = forms.FileField(
        label=gettext_lazy("File (.xlsx or .csv)"),
        help_text=gettext_lazy("The dry run stores nothing and shows what the file would change."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit = settings.MAX_UPLOAD_BYTES
        self.too_big = _("The file is larger than %(n)d MB.") % {"n": limit // 1024**2}
        self.fields["file"].widget.attrs |= {
            "accept": ".xlsx,.csv",
            "data-max-bytes": limit,
            "data-too-big": self.too_big,
        }

    def clean_file(self) -> UploadedFile:
        upload: UploadedFile = self.cleaned_data["file"]
        if (upload.size or 0) > settings.MAX_UPLOAD_BYTES:
            raise forms.ValidationError(self.too_big)
        return upload


class TakeForm(forms.Form):
    """For which unit packets are taken in, with the declaration that every intake asks for."""

    unit = forms.ChoiceField(label=gettext_lazy("For which unit"))
    not_secret = forms.BooleanField(
        label=gettext_lazy("I declare that these documents hold no state secret"),
        error_messages={"required": gettext_lazy("Declare that the document holds no state secret.")},
    )

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {str(unit.pk): unit for unit in units}
        choices: Any = self.fields["unit"]
        choices.choices = [(unit.pk, unit.name) for unit in units]

    def chosen_unit(self) -> Unit:
        return self.units[self.cleaned_data["unit"]]


class SendForm(forms.Form):
    """The correspondents who have not got the document yet."""

    to = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Who receives it"),
        queryset=Correspondent.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one.")},
    )

    def __init__(self, *args: Any, known: QuerySet[Correspondent], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["to"]
        field.queryset = known


class _Saying(forms.Form):
    """Something said of a packet; `act` tells the forms of one page apart."""

    act = ""
    title: Any = ""
    button: Any = ""

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class StateForm(_Saying):
    act, title, button = "state", gettext_lazy("Tell the sender how far it is"), gettext_lazy("Tell")

    code = forms.ChoiceField(label=gettext_lazy("State"))
    description = forms.CharField(label=gettext_lazy("Note"), max_length=500, required=False)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, on=on, **kwargs)
        field: Any = self.fields["code"]
        field.choices = [(code, state_label(code, on)) for code in TOLD_BY_HAND]

    def carry_out(self, pk: int, *, by: Account, at: datetime) -> None:
        tell_state(pk, self.cleaned_data["code"], self.cleaned_data["description"], by=by, at=at)


class AskBackForm(_Saying):
    act, title, button = "recall", gettext_lazy("Ask the document back"), gettext_lazy("Ask it back")

    reason = WordsField(label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def carry_out(self, pk: int, *, by: Account, at: datetime) -> None:
        ask_back(pk, self.cleaned_data["reason"], by=by, at=at)


class RecallForm(_Saying):
    act, title, button = "answer", gettext_lazy("The sender asks it back"), gettext_lazy("Answer")

    agree = forms.ChoiceField(
        label=gettext_lazy("Answer"),
        choices=[("yes", gettext_lazy("Give it back")), ("no", gettext_lazy("Keep it"))],
        widget=forms.RadioSelect,
    )
    reason = WordsField(
        label=gettext_lazy("Reason"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def carry_out(self, pk: int, *, by: Account, at: datetime) -> None:
        answer_recall(pk, self.cleaned_data["agree"] == "yes", self.cleaned_data["reason"], by=by, at=at)
