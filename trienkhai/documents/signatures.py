"""Digital signatures in a PDF: is what was signed intact, by whom, when. Values in, values out; nothing is stored here.

A signature is shown and never required. Certificates that may vouch for a signer are the files of the folder
`TRIENKHAI_TRUST_ROOTS` (PEM or DER); without them every signer is one whose chain was not checked. Nothing is fetched.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

MARK, PIECE = b"/ByteRange", 1024 * 1024


@dataclass(frozen=True)
class Signature:
    """One signature as found.

    intact: what it covers is bit for bit what was signed, and the signature belongs to the certificate. whole: nothing
    but further signatures was added behind it. trusted: a certificate of the installation vouches for the signer; None
    where there is none to ask. signed_at: as a time stamp attests (`stamped`), else as the signer's own clock said.
    """

    signer: str = ""
    organisation: str = ""
    issued_by: str = ""
    intact: bool = False
    whole: bool = False
    trusted: bool | None = None
    signed_at: datetime | None = None
    stamped: bool = False
    readable: bool = True


def looks_signed(stream: BinaryIO) -> bool:
    """Does the file hold the mark that every PDF signature has? Reads it once, a megabyte at a time."""
    stream.seek(0)
    rest = b""
    while piece := stream.read(PIECE):
        seen = rest + piece
        if MARK in seen:
            return True
        rest = seen[-len(MARK) :]
    return False


def signatures_of(stream: BinaryIO, roots: str = "") -> list[Signature]:
    """The signatures of a PDF, at most fifty, in the order of the file; one that cannot be read says so.

    roots: folder of certificates. Never raises for what stands in the file. Cost: the file is hashed once for each.
    """
    if not looks_signed(stream):
        return []
    from trienkhai.documents import signed_pdf  # its library takes half a second to load, and most programs need none

    return signed_pdf.signatures_of(stream, roots)
