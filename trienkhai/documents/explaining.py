"""Who may see a document, and why: the ways of `rules.visible_documents`, told for one document."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from trienkhai.common import paths
from trienkhai.documents.models import Document, Published, RegisterEntry, Slip
from trienkhai.documents.rules import RECEIVERS, visible_documents
from trienkhai.orgs.explaining import Kind, Way, at_units, giving_rights, reaching
from trienkhai.orgs.models import HoldingQuerySet

KIND = Kind(
    name="van-ban",
    label=_("Document"),
    things=lambda: Document.objects.select_related("owner__present", "issuer__present"),
    title=str,
    url=lambda document: reverse("documents:detail", args=[document.pk]),
    owners=lambda document: [document.owner],
    visible=visible_documents,
)


def ways(document: Document, on: date) -> Iterator[Way]:
    yield Way(_("the unit that holds the document stands in the reach of the post"), reaching(on, [document.owner]))
    if document.issuer_id:
        yield Way(_("the unit issued the document"), at_units(on, [document.issuer_id]))
    if document.published == Published.ALL:
        yield Way(_("published to everyone who holds a post"), giving_rights(on))
    if document.published == Published.BRANCH:
        below = giving_rights(on).filter(paths.within(document.owner.path or "", "post__unit__path"))
        yield Way(_("published to the branch of the unit that holds it"), below)
    entered = RegisterEntry.objects.filter(document=document).values("unit")
    yield Way(_("it stands in the unit's book of documents"), at_units(on, entered))
    yield Way(_("it was handed over by a slip"), _handed_over(document, on))


def _handed_over(document: Document, on: date) -> HoldingQuerySet:
    """To the person, to the post, or to the unit: then to those who receive for it."""
    slips = Slip.objects.filter(entry__document=document)
    rows = giving_rights(on)
    persons = slips.exclude(person=None).values("person")
    posts = slips.filter(person=None).exclude(post=None).values("post")
    units = slips.filter(person=None, post=None).values("unit")
    able = Q(post__in=posts) | Q(post__unit__in=units, post__role__in=RECEIVERS)
    unable = [row.pk for row in rows.filter(able).exclude(acts=[]) if not row.allows("handle")]
    return rows.filter(Q(account__in=persons) | (able & ~Q(pk__in=unable)))
