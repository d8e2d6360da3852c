"""Which documents are seen because they are laid before a meeting. As `sources` says."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trienkhai.documents.models import Document
from trienkhai.meetings.models import Invitation, Meeting
from trienkhai.orgs.explaining import Way, at_units
from trienkhai.orgs.models import Role


def ways_to_document(document: Document, on: date) -> Iterator[Way]:
    held = Meeting.objects.filter(items__papers__document=document)
    sent = held.exclude(invited_at=None)
    own = Q(unit=document.owner_id) | Q(unit=document.issuer_id) if document.issuer_id else Q(unit=document.owner_id)
    asked = Invitation.objects.filter(meeting__in=sent.filter(own)).values("unit")
    yield Way(_("the document is laid before a meeting of the unit"), at_units(on, held.values("unit")))
    yield Way(_("the unit is invited to a meeting before which the document is laid"), at_units(on, asked))
    yield Way(
        _("the document is laid before a meeting of the unit; its members read it"),
        at_units(on, sent.values("unit"), (Role.MEMBER,)),
    )
