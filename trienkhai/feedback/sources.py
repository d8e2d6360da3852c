"""What leaves with a document that is locked away: the link to it from the proposals it carried."""

from trienkhai.documents.models import Document
from trienkhai.feedback.models import Proposal


def unlink(document: Document) -> dict[str, list[int]]:
    """The answers stay; they are words of the unit and bear no mark of secrecy."""
    Proposal.objects.filter(document=document).update(document=None)
    return {}
