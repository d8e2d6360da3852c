"""Looking at the digital signatures of a file and keeping what was found."""

from dataclasses import asdict
from datetime import datetime
from typing import BinaryIO, cast

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone

from trienkhai.documents.models import FileSignature, StoredFile
from trienkhai.documents.signatures import Signature, signatures_of

NAMES = ("signer", "organisation", "issued_by")
PDF = ".pdf"


def check_signatures(file: StoredFile, *, at: datetime) -> list[FileSignature]:
    """Check every signature of a stored PDF and keep the result in place of an earlier one; other files have none.

    Part of the caller's transaction. It tells what is there and refuses nothing.
    """
    if not file.name.lower().endswith(PDF):
        return []
    with default_storage.open(file.path) as content:
        found = signatures_of(cast(BinaryIO, content), settings.TRUST_ROOTS)
    file.signatures.all().delete()
    return FileSignature.objects.bulk_create(
        FileSignature(file=file, position=number, checked_at=at, **_values(row)) for number, row in enumerate(found)
    )


def _values(row: Signature) -> dict[str, object]:
    """Names cut to what is kept; a signer's clock without a zone is taken as the installation's."""
    values = asdict(row)
    values |= {name: values[name][:250] for name in NAMES}
    if row.signed_at is not None and timezone.is_naive(row.signed_at):
        values["signed_at"] = timezone.make_aware(row.signed_at)
    return values
