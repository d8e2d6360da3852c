"""Who works on what hangs on a document takes the document first, as whoever locks it away does."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from trienkhai.common.verdict import Refused
from trienkhai.documents.models import Document


def hold_document(documents: QuerySet[Document]) -> Document:
    """The one of these, locked until the transaction ends. Raises Refused when it was locked away meanwhile."""
    held = documents.select_for_update(of=("self",), no_key=True).order_by("pk").first()
    if held is None:
        raise Refused(_("The document was locked away."))
    return held
