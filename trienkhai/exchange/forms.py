"""The file that is brought in."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


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
