"""Which documents are seen because they were sent or are studied. As `sources` says."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from trienkhai.dissemination.models import Receipt, Sending, SendingBranch, StudyPlan
from trienkhai.documents.models import Document
from trienkhai.orgs.explaining import Way, at_units
from trienkhai.orgs.models import Role, Span
from trienkhai.orgs.rules import BRANCH_READERS


def ways_to_document(document: Document, on: date) -> Iterator[Way]:
    received = Receipt.objects.filter(sending__document=document).values("unit")
    senders = Sending.objects.filter(document=document).values("sender")
    reached = SendingBranch.objects.filter(sending__document=document).values("unit")
    studied = StudyPlan.objects.filter(document=document).values("unit")
    below = at_units(on, reached, BRANCH_READERS).filter(post__reach=Span.BRANCH)
    yield Way(_("the document was sent to the unit"), at_units(on, received))
    yield Way(_("the unit sent the document down"), at_units(on, senders))
    yield Way(_("the document was sent to a unit below"), below)
    yield Way(_("the unit studies the document; its members read it"), at_units(on, studied, (Role.MEMBER,)))
