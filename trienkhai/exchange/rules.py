"""Who may take the organisation out as a file and bring it back, and who exchanges documents as packets."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from trienkhai.common.verdict import YES, Verdict, no
from trienkhai.documents.models import Document
from trienkhai.documents.rules import can_register, registering_units, visible_documents
from trienkhai.exchange.models import Direction, Dispatch, FileJob
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.rules import Grant, can_manage_units, reach_of
from trienkhai.people.models import Account

EXPORTERS = (Role.ADMIN, Role.LEADER, Role.OFFICER)
RECALL = "13"
TOLD_BY_HAND = ("04", "05", "06")
"""States that a clerk tells of a document taken in: handed on, being handled, done."""


def can_export(account: Account, unit: Unit, on: date) -> Verdict:
    """Administrators, leaders and officers whose post reaches the whole branch of that unit."""
    if any(grant.covers(unit.path or "") for grant in _branches(account, on, *EXPORTERS)):
        return YES
    return no(_("This unit is outside your reach."))


def can_import(account: Account, unit: Unit, on: date) -> Verdict:
    """Administrators of the whole branch; one whose post reaches the unit alone changes that unit by hand."""
    verdict = can_manage_units(account, on, unit)
    if verdict and not any(grant.covers(unit.path or "") for grant in _branches(account, on, Role.ADMIN)):
        return no(_("Only an administrator of the whole branch brings in a file."))
    return verdict


def visible_file_jobs(account: Account) -> QuerySet[FileJob]:
    """One's own: what a person sends in is its own act."""
    return FileJob.objects.filter(by=account)


def exporting_unit(account: Account, on: date) -> Unit | None:
    """The highest unit whose branch the person may export."""
    grants = _branches(account, on, *EXPORTERS)
    if not grants:
        return None
    chosen = min(grants, key=lambda grant: (len(grant.path), grant.unit_id))
    return Unit.objects.select_related("present").get(pk=chosen.unit_id)


def _branches(account: Account, on: date, *roles: str) -> list[Grant]:
    return [grant for grant in reach_of(account, on).of(*roles).grants if grant.branch]


def visible_dispatches(account: Account, on: date) -> QuerySet[Dispatch]:
    """Packets of the units for which the person registers documents, of documents within its sight."""
    units = [unit.pk for unit in registering_units(account, on)]
    return Dispatch.objects.filter(unit__in=units, document__in=visible_documents(account, on).values("pk"))


def can_take(account: Account, unit: Unit, on: date) -> Verdict:
    """Whoever registers documents for the unit takes in what was sent to it."""
    return can_register(account, unit, on)


def can_send(account: Account, document: Document, unit: Unit, on: date) -> Verdict:
    """Whoever registers for the unit, and only what that unit issued itself and has not withdrawn."""
    if document.issuer_id != unit.pk:
        return no(_("A unit sends the documents that it has issued."))
    if document.withdrawn_at:
        return no(_("The document has been withdrawn already."))
    return can_register(account, unit, on)


def can_ask_back(account: Account, dispatch: Dispatch, on: date) -> Verdict:
    if dispatch.direction != Direction.OUT:
        return no(_("Only what was sent can be asked back."))
    if dispatch.states.filter(code=RECALL).exists():
        return no(_("This document was asked back already."))
    return can_register(account, dispatch.unit, on)


def can_tell_state(account: Account, dispatch: Dispatch, on: date) -> Verdict:
    if dispatch.direction != Direction.IN:
        return no(_("The receiver tells the state of a document."))
    return can_register(account, dispatch.unit, on)


def can_answer_recall(account: Account, dispatch: Dispatch, on: date) -> Verdict:
    if dispatch.direction != Direction.IN or dispatch.state != RECALL:
        return no(_("Nobody asks this document back."))
    return can_register(account, dispatch.unit, on)
