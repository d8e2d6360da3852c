"""What becomes of a registered document: corrected, shown to more people, locked away."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from trienkhai.audit.actions import Actor, erase_personal, record
from trienkhai.audit.models import Act, ActDetail
from trienkhai.common.clock import day_of
from trienkhai.common.traces import empty_log
from trienkhai.documents import rules, sight
from trienkhai.documents.actions.derived import clear_derived
from trienkhai.documents.actions.entering import follow_correction
from trienkhai.documents.actions.filing import remove_files
from trienkhai.documents.actions.linking import settle, take_turn
from trienkhai.documents.actions.numbers import void_entries
from trienkhai.documents.actions.registering import issuer_of
from trienkhai.documents.models import (
    Document,
    DocumentFile,
    DocumentLink,
    DocumentText,
    Published,
    StoredFile,
)
from trienkhai.documents.search import engines
from trienkhai.notices.actions import take_back
from trienkhai.orgs.actors import actor
from trienkhai.people.models import Account

CORRECTABLE = (
    "doc_type",
    "number",
    "symbol",
    "issuer_name",
    "place",
    "issued_on",
    "title",
    "signer_name",
    "signer_role",
    "urgency",
)


def _locked(document_id: int) -> Document:
    return Document.objects.select_for_update(of=("self",)).select_related("owner__present").get(pk=document_id)


@transaction.atomic
def correct_document(document_id: int, changes: dict[str, Any], *, by: Account, at: datetime) -> Document:
    """Write what a person read better than the reader. The reading itself stays beside it, so both can be compared.

    The act keeps old and new values apart, where they can be erased should the document be locked away later.
    """
    take_turn()
    document = _locked(document_id)
    verdict = rules.can_correct(by, document, day_of(at)).require()
    symbol = document.symbol_key
    old = {
        name: getattr(document, name)
        for name in CORRECTABLE
        if name in changes and changes[name] != getattr(document, name)
    }
    if not old:
        return document
    if not str(changes.get("title", document.title)).strip():
        raise ValidationError({"title": _("Say what the document is about.")})
    for name in old:
        setattr(document, name, changes[name])
    if "issuer_name" in old:
        document.issuer = issuer_of(document.issuer_name, document.owner)
    document.save()
    moved = follow_correction(document) if {"number", "symbol", "doc_type", "issued_on"} & set(old) else {}
    if {"symbol", "issued_on", "issuer_name"} & old.keys():
        settle(symbol, document.symbol_key, *document.links.live().values_list("symbol_key", flat=True))
    record(
        "document.corrected",
        document,
        by=actor(by, verdict.holding),
        at=at,
        unit_path=document.owner.path or "",
        label=document.reference,
        personal={name: f"{_plain(given)} → {_plain(changes[name])}" for name, given in old.items()},
        **moved,
    )
    return document


def _plain(given: Any) -> str:
    return given.isoformat() if isinstance(given, date) else str(given or "–")


@transaction.atomic
def publish_document(document_id: int, published: str, *, by: Account, at: datetime) -> Document:
    """Show a document to the owner's branch, to everyone, or again only to those concerned."""
    document = _locked(document_id)
    verdict = rules.can_publish(by, document, day_of(at)).require()
    if published not in Published.values:
        raise ValidationError({"published": _("Choose one of the values shown.")})
    old, document.published = document.published, published
    document.save(update_fields=["published"])
    record(
        "document.published",
        document,
        by=actor(by, verdict.holding),
        at=at,
        unit_path=document.owner.path or "",
        label=document.reference,
        old=old,
        new=published,
    )
    return document


@transaction.atomic
def quarantine_document(document_id: int, *, by: Account, at: datetime) -> None:
    """Remove a document that must not be here: file, text, clauses, links, drafts, notices, its entry in the index.

    An act with id and time alone stays.
    Raises Refused while work issued from it is not withdrawn: that is for its assigner to do first.
    """
    take_turn()
    document = _locked(document_id)
    verdict = rules.can_quarantine(by, document, day_of(at)).require()
    lock_away(document, actor(by, verdict.holding), by=by, at=at)


def lock_away(document: Document, who: Actor, *, by: Account | None, at: datetime) -> None:
    """The removal itself, for a person or, with `by` None, for the system; part of the caller's transaction, in which
    the document is locked.
    """
    touched = sight.remove_made(document) | clear_derived(document)
    files = list(StoredFile.objects.filter(documents__document=document))
    DocumentFile.objects.filter(document=document).delete()
    DocumentText.objects.filter(document=document).delete()
    pk, symbol = document.pk, document.symbol_key
    touched |= void_entries(document, by=by, at=at) | {Document._meta.label_lower: [pk]}
    DocumentLink.objects.filter(target=document).update(target=None)
    document.delete()
    settle(symbol)
    engines.forget(connection)
    remove_files(files)
    for table, ids in touched.items():
        known = (
            {"pk__among": ids} if table == Act._meta.label_lower else {"target_type": table, "target_id__among": ids}
        )
        _silence(Act.objects.filter(**known), who, at)
    record("document.quarantined", by=who, at=at, label=f"#{pk}", document=pk)
    transaction.on_commit(lambda: empty_log(connection))


def _silence(acts: QuerySet[Act], by: Actor, at: datetime) -> None:
    """What acts about the document and what was made of it said, old and new, and the notices of them."""
    said = ActDetail.objects.filter(act_id__in=acts.values("pk"), erased_at=None)
    for act, key in said.values_list("act_id", "key"):
        erase_personal(act, key, by=by, at=at)
    take_back(acts.values("pk"))
