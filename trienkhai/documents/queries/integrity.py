"""Is a stored file what was stored?"""

import hashlib

from django.core.files.storage import default_storage

from trienkhai.documents.models import StoredFile

PIECE = 1024 * 1024


def altered(row: StoredFile) -> bool:
    """True when the file is there and its SHA-256 is another; one that is missing is told elsewhere.

    Read in pieces of a megabyte.
    """
    digest = hashlib.sha256()
    try:
        with default_storage.open(row.path) as content:
            while piece := content.read(PIECE):
                digest.update(piece)
    except FileNotFoundError:
        return False
    return digest.hexdigest() != row.sha256
