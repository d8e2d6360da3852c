"""What a person gives with a further file of a document."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trienkhai.documents.models import FileKind

MEGABYTE = 1024 * 1024


class FileForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("What it is"), widget=forms.RadioSelect)
    file = forms.FileField(label=gettext_lazy("File"), allow_empty_file=True)
    reason = forms.CharField(
        label=gettext_lazy("Why it is added"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Such as: the signed copy came, page 3 was wrong, annex with the table."),
    )
    not_secret = forms.BooleanField(
        label=gettext_lazy("I declare that this file holds no state secret"),
        error_messages={"required": gettext_lazy("Declare that the document holds no state secret.")},
    )

    def __init__(self, *args: Any, has_original: bool, **kwargs: Any) -> None:
        kwargs["initial"] = {"kind": FileKind.ATTACHMENT if has_original else FileKind.ORIGINAL}
        super().__init__(*args, **kwargs)
        kinds = [row for row in FileKind.choices if not (has_original and row[0] == FileKind.ORIGINAL)]
        field: Any = self.fields["kind"]
        field.choices = kinds
        limit = settings.MAX_UPLOAD_BYTES
        too_big = _("The file is larger than %(limit)s MB.") % {"limit": limit // MEGABYTE}
        self.fields["file"].help_text = _("At most %(limit)s MB; versions as .docx, .pdf, .txt, .md or .html.") % {
            "limit": limit // MEGABYTE
        }
        self.fields["file"].widget.attrs |= {"data-max-bytes": limit, "data-too-big": too_big}
