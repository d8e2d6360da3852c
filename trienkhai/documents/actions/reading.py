"""An upload is opened and read before anything is stored; what must not be here is refused."""

from io import BytesIO
from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from trienkhai.documents.reader import OwnPhrases, read_text
from trienkhai.documents.reader.files import Intake, open_document
from trienkhai.documents.reader.model import Reading
from trienkhai.documents.reader.refusals import Unreadable

SECRET = "secret"
"""Code of the ValidationError for a document that bears a mark of secrecy."""
SCAN = "scan"
"""Code of the ValidationError for pictures of pages without letters."""


def opened(upload: BinaryIO | None, name: str, text: str) -> Intake:
    """The text of the upload, or the pasted one, by the same reader. Raises ValidationError with its sentence."""
    try:
        return _open(upload, name, text)
    except Unreadable as fault:
        raise _refusal(fault) from fault


def opened_or_scan(upload: BinaryIO | None, name: str, text: str) -> Intake | None:
    """As `opened`; None for a scan that is to be recognised later, where that is switched on."""
    try:
        return _open(upload, name, text)
    except Unreadable as fault:
        if fault.code != SCAN or not settings.OCR:
            raise _refusal(fault) from fault
        words = {"pages": fault.params["pages"], "limit": settings.OCR_PAGES}
        if int(str(words["pages"])) > settings.OCR_PAGES:
            sentence = _("The file is a scan of %(pages)s pages; at most %(limit)s are recognised by machine.")
            raise ValidationError(sentence % words, code=SCAN) from fault
        return None


def _open(upload: BinaryIO | None, name: str, text: str) -> Intake:
    source: BinaryIO = upload if upload is not None else BytesIO(text.encode("utf-8", "replace"))
    called = (name or getattr(upload, "name", "") or "") if upload is not None else "van-ban.txt"
    source.seek(0)
    return open_document(source, name=called, limit=settings.MAX_UPLOAD_BYTES)


def _refusal(fault: Unreadable) -> ValidationError:
    sentence = _(fault.sentence) % fault.params
    if fault.code == SCAN and not settings.OCR:
        sentence += " " + _("An administrator can switch on that scans are recognised by machine.")
    return ValidationError(sentence, code=fault.code)


def read_without_secrets(intake: Intake, name: str, phrases: OwnPhrases | None = None) -> Reading:
    """What the text says, read with an office's own words. Raises ValidationError when it bears a mark of secrecy."""
    return without_secrets(intake, read_text(intake.text, name=name, wrapped=intake.wrapped, phrases=phrases))


def without_secrets(intake: Intake, read: Reading) -> Reading:
    """The reading, unless it bears a mark of secrecy."""
    if mark := intake.secrecy or read.secrecy:
        raise ValidationError(
            _("The document bears the mark “%(mark)s”. Documents with state secrets are not put into this system.")
            % {"mark": mark},
            code=SECRET,
        )
    return read


def require_declaration(not_secret: bool) -> None:
    if not not_secret:
        raise ValidationError({"not_secret": _("Declare that the document holds no state secret.")})
