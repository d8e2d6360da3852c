"""What leaves with a document that is locked away."""

from trienkhai.documents.models import Document
from trienkhai.exchange import folders


def remove_packets(document: Document) -> dict[str, list[int]]:
    """Packets with its files, those that ask it back and states of it that still lie in the folder; what was told of
    them goes with the document's own row.
    """
    folders.withdraw(document.uuid.hex)
    return {}
