"""The signatures of a PDF that bears the mark of one, checked by the library for them. See `signatures`."""

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

from asn1crypto import pem, x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError, ValidationInfoReadingError
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import ValidationError as ChainError

from trienkhai.documents.signatures import Signature

MOST = 50
HARMLESS = (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING)
"""What may come behind a signature: data for later checks, and further signatures."""
BROKEN = (PdfError, SignatureValidationError, ValidationInfoReadingError, ChainError, ValueError, TypeError, KeyError)
"""What a damaged or hostile signature makes the library raise."""


def signatures_of(stream: BinaryIO, roots: str) -> list[Signature]:
    """At most fifty, in the order of the file. roots: folder of certificates, or empty. Raises nothing."""
    stream.seek(0)
    try:
        found = PdfFileReader(stream, strict=False).embedded_regular_signatures[:MOST]
    except (*BROKEN, RecursionError):
        return [Signature(readable=False)]
    return [_checked(signature, roots) for signature in found]


def _checked(signature: Any, roots: str) -> Signature:
    anchors = _anchors(roots) if roots else ()
    context = ValidationContext(trust_roots=list(anchors), allow_fetching=False)
    try:
        with ThreadPoolExecutor(1) as own_thread:  # the library starts an event loop, and here one may run already
            status = own_thread.submit(validate_pdf_signature, signature, context).result()
    except (*BROKEN, RecursionError):
        return Signature(readable=False)
    subject = status.signing_cert.subject.native
    stamp = status.timestamp_validity
    stamped = stamp.timestamp if stamp and stamp.intact and stamp.valid else None
    return Signature(
        signer=_text(subject.get("common_name")),
        organisation=_text(subject.get("organization_name")),
        issued_by=_text(status.signing_cert.issuer.native.get("common_name")),
        intact=bool(status.intact and status.valid),
        whole=status.modification_level in HARMLESS,
        trusted=bool(status.trusted) if anchors else None,
        signed_at=stamped or status.signer_reported_dt,
        stamped=stamped is not None,
    )


def _text(given: Any) -> str:
    """A name of a certificate, which may be a list of names."""
    return ", ".join(given) if isinstance(given, list) else str(given or "")


@lru_cache(maxsize=4)
def _anchors(folder: str) -> tuple[x509.Certificate, ...]:
    return tuple(_certificates(Path(folder)))


def _certificates(folder: Path) -> Iterator[x509.Certificate]:
    """Every certificate in the folder; a file that is none is logged and left out."""
    for path in sorted(folder.glob("*")):
        try:
            content = path.read_bytes()
            blocks = pem.unarmor(content, multiple=True) if pem.detect(content) else [("", {}, content)]
            for _kind, _headers, der in blocks:
                certificate = x509.Certificate.load(der)
                certificate.subject.native  # noqa: B018 - parsed now, so that a wrong file is found here
                yield certificate
        except (OSError, ValueError, TypeError):
            logging.getLogger(__name__).warning("%s is not a certificate", path.name)
