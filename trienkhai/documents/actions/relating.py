"""What people say of the web of documents: relations entered, corrected and removed, days in force."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.common.clock import day_of
from trienkhai.common.folding import squeeze
from trienkhai.common.verdict import Refused
from trienkhai.documents import rules
from trienkhai.documents.actions.linking import link_key, take_turn
from trienkhai.documents.models import ENDING, ORDERING, Document, DocumentLink, LinkKind, Origin
from trienkhai.documents.queries.chains import above, circle
from trienkhai.documents.queries.matching import Matcher
from trienkhai.documents.symbols import symbol_key
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Holding
from trienkhai.people.models import Account


@dataclass(frozen=True)
class Cited:
    """What a person says of a link. `target`: the document chosen, None when the symbol is to find it."""

    kind: str
    symbol: str = ""
    doc_type: str = ""
    cited_on: date | None = None
    issuer_name: str = ""
    title: str = ""
    partial: bool = False
    effective_on: date | None = None
    target: Document | None = None


@transaction.atomic
def add_link(source_id: int, cited: Cited, *, by: Account, at: datetime) -> DocumentLink:
    """A person says how a document stands to another, which may not be in the register yet.

    Raises Refused for a circle or without the right; ValidationError for a link that is there or says nothing.
    """
    take_turn()
    source = _source(source_id)
    verdict = rules.can_link(by, source, day_of(at)).require()
    link = _entered(source, cited, by, at)
    _record("document.link_added", link, verdict.holding, by, at)
    return link


@transaction.atomic
def correct_link(link_id: int, cited: Cited, *, by: Account, at: datetime) -> DocumentLink:
    """Set a link aside and put a better one in its place; what was proposed stays to be compared."""
    take_turn()
    old = DocumentLink.objects.select_related("source").get(pk=link_id)
    source = _source(old.source_id)
    verdict = rules.can_change_link(by, old, day_of(at)).require()
    _set_aside(old, by, at)
    link = _entered(source, cited, by, at, corrects=old)
    _record("document.link_corrected", link, verdict.holding, by, at, old=old.kind)
    return link


@transaction.atomic
def remove_link(link_id: int, *, by: Account, at: datetime) -> DocumentLink:
    """A link that does not hold: set aside, and not proposed again."""
    take_turn()
    link = DocumentLink.objects.select_related("source").get(pk=link_id)
    _source(link.source_id)
    verdict = rules.can_change_link(by, link, day_of(at)).require()
    _set_aside(link, by, at)
    _record("document.link_removed", link, verdict.holding, by, at)
    return link


def _source(pk: int) -> Document:
    rows = Document.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("owner__present").get(pk=pk)


def _set_aside(link: DocumentLink, by: Account, at: datetime) -> None:
    link.set_aside_by, link.set_aside_at = by, at
    link.save(update_fields=["set_aside_by", "set_aside_at"])


def _entered(
    source: Document, cited: Cited, by: Account, at: datetime, corrects: DocumentLink | None = None
) -> DocumentLink:
    link = _link_of(source, cited)
    link.corrects, link.added_by, link.added_at, link.origin = corrects, by, at, Origin.PERSON
    if link.target is None:
        link.target = Matcher([link.symbol_key]).match(link).document
    if link.target_id == source.pk or (link.symbol_key and link.key == source.symbol_key):
        raise ValidationError({"symbol": _("A document does not stand to itself.")})
    same = source.links.live().filter(kind=link.kind)
    if same.filter(key=link.key).exists() or (link.target and same.filter(target=link.target).exists()):
        raise ValidationError({"symbol": _("This relation is entered already.")})
    if link.target and link.kind in ORDERING and source.pk in above(link.target.pk):
        raise Refused(circle(source, link.target))
    link.save()
    return link


def _link_of(source: Document, cited: Cited) -> DocumentLink:
    """The row of what a person said; a chosen document lends its symbol, type and day, never its subject."""
    if cited.kind not in LinkKind.values:
        raise ValidationError({"kind": _("Choose one of the values shown.")})
    chosen = cited.target
    link = DocumentLink(
        source=source,
        target=chosen,
        kind=cited.kind,
        symbol=squeeze(chosen.symbol if chosen else cited.symbol)[:80],
        doc_type=squeeze(chosen.doc_type if chosen else cited.doc_type)[:60],
        cited_on=chosen.issued_on if chosen else cited.cited_on,
        issuer_name=squeeze(cited.issuer_name)[:250],
        title="" if chosen else squeeze(cited.title)[:500],
        partial=cited.partial and cited.kind in ENDING,
        effective_on=cited.effective_on if cited.kind in ENDING else None,
    )
    link.symbol_key = symbol_key(link.symbol)
    link.key = link_key(link.symbol_key, link.cited_on, link.title) or (f"#{chosen.pk}" if chosen else "")
    if not link.key:
        raise ValidationError({"symbol": _("Give the symbol of the document, or its subject.")})
    return link


def _record(verb: str, link: DocumentLink, holding: Holding | None, by: Account, at: datetime, **data: Any) -> None:
    """The act names both papers by their symbols, never by their subjects."""
    record(
        verb,
        link.source,
        by=actor(by, holding),
        at=at,
        unit_path=link.source.owner.path or "",
        label=link.source.reference,
        relation=link.kind,
        cited=link.symbol,
        day=link.cited_on.isoformat() if link.cited_on else "",
        **data,
    )


@transaction.atomic
def set_days_in_force(
    document_id: int, *, effective_on: date | None, expires_on: date | None, by: Account, at: datetime
) -> Document:
    """First day in force and first day no longer, as a person reads them; empty days are the paper's own and never."""
    document = _source(document_id)
    verdict = rules.can_correct(by, document, day_of(at)).require()
    starts = effective_on or document.issued_on
    if expires_on and starts and expires_on <= starts:
        raise ValidationError({"expires_on": _("This day lies before the first day in force.")})
    old = (document.effective_on, document.expires_on)
    if old == (effective_on, expires_on):
        return document
    document.effective_on, document.expires_on = effective_on, expires_on
    document.save(update_fields=["effective_on", "expires_on"])
    record(
        "document.force_set",
        document,
        by=actor(by, verdict.holding),
        at=at,
        unit_path=document.owner.path or "",
        label=document.reference,
        old=[day.isoformat() if day else "" for day in old],
        new=[day.isoformat() if day else "" for day in (effective_on, expires_on)],
    )
    return document
