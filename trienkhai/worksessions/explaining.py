"""Which documents are seen because they tell the conclusions of a session. As `sources` says."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from trienkhai.documents.models import Document
from trienkhai.orgs.explaining import Way, at_units
from trienkhai.worksessions.models import Session


def ways_to_document(document: Document, on: date) -> Iterator[Way]:
    held = Session.objects.filter(notice__document=document)
    yield Way(
        _("the document tells the conclusions of a working session of the unit"), at_units(on, held.values("upper"))
    )
    yield Way(
        _("the document tells the conclusions of a working session with the unit"), at_units(on, held.values("unit"))
    )
