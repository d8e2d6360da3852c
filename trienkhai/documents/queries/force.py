"""Whether a document is in force on a day: one rule, said for one document and as a condition for a list.

A day comes from the document itself (`effective_on`, else the day of the paper; `expires_on`) or from documents that
replace, repeal or amend it, each on its own day. Amending ends a part, never the whole. What was withdrawn is in force
no longer and ends nothing. Nothing of it is stored.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from trienkhai.common.clock import day_of, moment
from trienkhai.documents.models import ENDING, Document, DocumentLink, LinkKind
from trienkhai.documents.rules import visible_documents
from trienkhai.people.models import Account


class Force(models.TextChoices):
    COMING = "coming", _("not yet in force")
    WHOLE = "whole", _("in force")
    PART = "part", _("partly no longer in force")
    ENDED = "ended", _("no longer in force")


@dataclass(frozen=True)
class Ending:
    """What another document takes from this one: `on` None when neither link nor source bears a day."""

    on: date | None
    whole: bool


def force_on(on: date, *, starts: date | None, expires: date | None = None, endings: Iterable[Ending] = ()) -> Force:
    """The state on the day `on`. Without a first day it is taken to be in force; an ending without a day ends at once.

    An end comes before a beginning: what was repealed before it came into force never does.
    """
    reached = [ending for ending in endings if ending.on is None or ending.on <= on]
    if (expires and expires <= on) or any(ending.whole for ending in reached):
        return Force.ENDED
    if starts and starts > on:
        return Force.COMING
    return Force.PART if reached else Force.WHOLE


def ending_of(link: DocumentLink) -> Ending:
    """What a link of an ending kind takes; needs its source."""
    own = link.effective_on or link.source.effective_on or link.source.issued_on
    return Ending(own, link.kind != LinkKind.AMENDS and not link.partial)


def force_of(documents: Iterable[Document], on: date) -> dict[int, Force]:
    """The state of each document by id. One query for all."""
    rows = {document.pk: document for document in documents}
    endings: dict[int, list[Ending]] = {}
    links = DocumentLink.objects.live().filter(target__in=rows, kind__in=ENDING)
    for link in links.exclude(source__withdrawn_at__lt=_after(on)).select_related("source"):
        endings.setdefault(link.target_id or 0, []).append(ending_of(link))
    return {
        pk: force_on(on, starts=row.effective_on or row.issued_on, expires=_last(row), endings=endings.get(pk, ()))
        for pk, row in rows.items()
    }


def _last(document: Document) -> date | None:
    """The first day no longer in force by its own words, or the day on which it was withdrawn."""
    withdrawn = day_of(document.withdrawn_at) if document.withdrawn_at else None
    return min((day for day in (document.expires_on, withdrawn) if day), default=None)


def _after(on: date) -> datetime:
    """The moment at which the day is over."""
    return moment(on + timedelta(days=1), 0)


@dataclass(frozen=True)
class Ended:
    """A visible or unnamed document that takes force from another, and from when."""

    link: DocumentLink
    document: Document | None
    ending: Ending


def endings_of(document: Document, account: Account, on: date) -> list[Ended]:
    """What replaces, repeals or amends the document, the earliest first; `document` None outside the sight."""
    links = DocumentLink.objects.live().filter(target=document, kind__in=ENDING).select_related("source")
    seen = visible_documents(account, on).in_bulk([link.source_id for link in links])
    rows = [Ended(link, seen.get(link.source_id), ending_of(link)) for link in links]
    return sorted(rows, key=lambda row: (row.ending.on or date.min, row.link.pk))


def in_force(rows: QuerySet[Document], on: date) -> QuerySet[Document]:
    """Those of `rows` that are in force on the day, wholly or in part."""
    begun = rows.alias(starts=Coalesce("effective_on", "issued_on")).filter(Q(starts=None) | Q(starts__lte=on))
    lasting = begun.filter(Q(expires_on=None) | Q(expires_on__gt=on)).exclude(withdrawn_at__lt=_after(on))
    whole = DocumentLink.objects.live().filter(
        target=OuterRef("pk"), kind__in=(LinkKind.REPLACES, LinkKind.REPEALS), partial=False
    )
    day = Coalesce(F("effective_on"), F("source__effective_on"), F("source__issued_on"))
    whole = whole.exclude(source__withdrawn_at__lt=_after(on))
    return lasting.exclude(Exists(whole.alias(day=day).filter(Q(day=None) | Q(day__lte=on))))
