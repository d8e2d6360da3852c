"""No text bears a mark of secrecy: one sentence for drafts, reports, remarks, reasons, opinions."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from trienkhai.documents.reader.secrecy import secrecy_mark


def fault_of(text: str) -> str:
    """The sentence for a text in which a mark stands alone, empty for any other."""
    if not (mark := secrecy_mark(text)):
        return ""
    said = _("The text bears the mark “%(mark)s”. State secrets are not written in this system.")
    return said % {"mark": mark}


def refuse_mark(text: str) -> None:
    """A validator of fields with free text. Raises ValidationError; nothing of the text is kept then."""
    if sentence := fault_of(text):
        raise ValidationError(sentence)
