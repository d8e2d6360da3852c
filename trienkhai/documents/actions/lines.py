"""What is changed on a line of a book after its entry, and the marks that it was sent on and handled."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.common.clock import day_of
from trienkhai.common.verdict import Refused
from trienkhai.documents import rules
from trienkhai.documents.models import Book, RegisterEntry
from trienkhai.orgs.actors import actor
from trienkhai.people.models import Account

COLUMNS = ("arrived_at", "recipient", "due_on", "drafted_by", "copy_kept_by", "copies", "deliver_by", "note")
MARKS = ("handed_over", "handled")


def _locked(entry_id: int) -> RegisterEntry:
    rows = RegisterEntry.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("unit__present", "document", "series").get(pk=entry_id)


@transaction.atomic
def change_entry(entry_id: int, changes: dict[str, Any], *, by: Account, at: datetime) -> RegisterEntry:
    """Write other columns of a line; the number, the day and the document stay. One act with old and new values.

    Raises Refused; ValidationError for an arrival on another day than the line's.
    """
    entry = _locked(entry_id)
    verdict = rules.can_edit_entry(by, entry, day_of(at)).require()
    arrived = changes.get("arrived_at")
    if arrived and (day_of(arrived) != entry.on or arrived > at):
        raise ValidationError({"arrived_at": _("The hour belongs to the day of the line and lies behind us.")})
    old = {name: getattr(entry, name) for name in COLUMNS if name in changes and changes[name] != getattr(entry, name)}
    if not old:
        return entry
    for name in old:
        setattr(entry, name, changes[name])
    entry.save(update_fields=list(old))
    record(
        "entry.changed",
        entry,
        by=actor(by, verdict.holding),
        at=at,
        unit_path=entry.unit.path or "",
        label=_label(entry),
        old={name: str(given or "") for name, given in old.items()},
        new={name: str(changes[name] or "") for name in old},
    )
    return entry


@transaction.atomic
def mark_entry(entry_id: int, mark: str, *, by: Account, at: datetime) -> RegisterEntry:
    """`handed_over`: sent on. `handled`: done, or for information only; what was handed over by slip is done there.

    Raises Refused when it is so already or a slip is open.
    """
    entry = _locked(entry_id)
    verdict = rules.can_edit_entry(by, entry, day_of(at)).require()
    if mark not in MARKS or (mark == "handled" and entry.book == Book.OUT):
        raise ValidationError(_("Choose one of the values shown."))
    if mark == "handled" and entry.slips.filter(state__in=("given", "received")).exists():
        raise Refused(_("The document has been handed over and is not handled yet."))
    if getattr(entry, f"{mark}_at"):
        raise Refused(_("This has been noted already."))
    setattr(entry, f"{mark}_at", at)
    if mark == "handled":
        entry.handed_over_at = entry.handed_over_at or at
    entry.save(update_fields=["handed_over_at", "handled_at"])
    who = actor(by, verdict.holding)
    record(f"entry.{mark}", entry, by=who, at=at, unit_path=entry.unit.path or "", label=_label(entry))
    return entry


def _label(entry: RegisterEntry) -> str:
    return f"{entry.number_shown}: {entry.document.reference if entry.document else ''}"
