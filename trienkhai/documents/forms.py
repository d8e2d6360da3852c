"""What a person gives: a file or pasted text, better values for the header, who may see a document."""

import uuid
from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from trienkhai.documents.actions.entering import Line
from trienkhai.documents.actions.keeping import CORRECTABLE
from trienkhai.documents.forms_books import BOOKS, DayField
from trienkhai.documents.models import Book, Document, Published
from trienkhai.documents.reader.files import KINDS
from trienkhai.orgs.models import Unit

MEGABYTE = 1024 * 1024
SHOWN_KINDS = ".docx, .pdf, .txt, .md, .html"


class UploadForm(forms.Form):
    """A file or the text itself; `sending` lets a form that was sent twice count once."""

    unit = forms.ChoiceField(label=gettext_lazy("For which unit"))
    book = forms.ChoiceField(label=gettext_lazy("Book"), choices=BOOKS, widget=forms.RadioSelect)
    file = forms.FileField(label=gettext_lazy("File of the document"), required=False, allow_empty_file=True)
    text = forms.CharField(
        label=gettext_lazy("Or paste the text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("Only when there is no file. What is pasted is kept as the text of the document."),
    )
    not_secret = forms.BooleanField(
        label=gettext_lazy("I declare that this document holds no state secret"),
        error_messages={"required": gettext_lazy("Declare that the document holds no state secret.")},
    )
    arrived_on = DayField(label=gettext_lazy("Day of arrival"), required=False)
    due_on = DayField(label=gettext_lazy("To be handled by"), required=False)
    recipient = forms.CharField(label=gettext_lazy("Unit or person that receives it"), max_length=1000, required=False)
    note = forms.CharField(label=pgettext_lazy("book", "Remark"), max_length=500, required=False)
    number = forms.CharField(
        label=gettext_lazy("Number on the paper"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("For outgoing documents. Empty: as the machine reads it; without any, the next number."),
    )
    sending = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        initial = {"unit": units[0].pk if units else "", "book": Book.IN, "sending": uuid.uuid4()}
        kwargs["initial"] = initial | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.units = {str(unit.pk): unit for unit in units}
        fields: Any = self.fields
        fields["unit"].choices = [(unit.pk, unit.name) for unit in units]
        limit = settings.MAX_UPLOAD_BYTES
        fields["file"].help_text = _("%(kinds)s; at most %(limit)s MB.") % {
            "kinds": SHOWN_KINDS,
            "limit": limit // MEGABYTE,
        }
        too_big = _("The file is larger than %(limit)s MB.") % {"limit": limit // MEGABYTE}
        fields["file"].widget.attrs |= {"accept": ",".join(KINDS), "data-max-bytes": limit, "data-too-big": too_big}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        text = values.get("text") or ""
        if not self.has_error("file") and not self.has_error("text"):
            if not values.get("file") and not text.strip():
                self.add_error("file", _("Choose a file, or paste the text."))
            elif values.get("file") and text.strip():
                self.add_error("text", _("Give either a file or the text, not both."))
        return values

    @property
    def content_field(self) -> str:
        """The field that a fault of the content belongs to."""
        return "file" if self.cleaned_data.get("file") else "text"

    def forget_text(self) -> None:
        """Show the form again without the pasted text, which must not be here."""
        left = cast(QueryDict, self.data).copy()
        left[self.add_prefix("text")] = ""
        self.data = left

    def chosen_unit(self) -> Unit:
        return self.units[self.cleaned_data["unit"]]

    def line(self) -> Line:
        """What the book asks for; the day of arrival and the receiver are those of what comes in."""
        given = self.cleaned_data
        if given["book"] == Book.OUT:
            return Line(note=given["note"])
        return Line(given["arrived_on"], given["recipient"], given["due_on"], given["note"])

    def fields_given(self) -> dict[str, Any]:
        number = self.cleaned_data["number"] if self.cleaned_data["book"] == Book.OUT else ""
        return {"number": number} if number else {}


class CorrectForm(forms.ModelForm):
    """The values of the header; each says beside it what the machine read."""

    issued_on = forms.DateField(
        label=gettext_lazy("Date"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
    )

    class Meta:
        model = Document
        fields = CORRECTABLE
        widgets = {"title": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, read: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name in read:
                field.help_text = _("The machine read: %(value)s") % {"value": read[name] or _("nothing")}


class PublishForm(forms.Form):
    published = forms.ChoiceField(label=gettext_lazy("Shown to"), choices=Published.choices, widget=forms.RadioSelect)
