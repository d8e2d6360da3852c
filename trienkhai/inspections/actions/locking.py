"""What every action begins with and ends with: rows under their lock, checked words, one act."""

from datetime import datetime
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.audit.models import Act
from trienkhai.common.folding import nfc, printable, squeeze
from trienkhai.common.verdict import Refused, Verdict
from trienkhai.documents.marks import fault_of
from trienkhai.inspections.models import Finding, Inspection, InspectionItem, InspectionProgramme, Point
from trienkhai.inspections.queries.marks import mark_of
from trienkhai.orgs.actors import actor
from trienkhai.people.models import Account

LONGEST = 50_000
MEANWHILE = "meanwhile"
Part = TypeVar("Part", Point, Finding)


def locked_programme(programme_id: int) -> InspectionProgramme:
    """All planning and drawing of a year stands under this one lock: nothing is drawn twice by two at once."""
    rows = InspectionProgramme.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("unit__present").get(pk=programme_id)


def locked_item(item_id: int) -> InspectionItem:
    """The item under the lock of its programme."""
    programme = locked_programme(InspectionItem.objects.values_list("programme", flat=True).get(pk=item_id))
    item = InspectionItem.objects.get(pk=item_id)
    item.programme = programme
    return item


def locked_inspection(inspection_id: int) -> Inspection:
    """All of an inspection is written under this one lock."""
    rows = Inspection.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("unit__present", "held_by__present", "item__programme__unit__present").get(
        pk=inspection_id
    )


def locked_part(kind: type[Part], pk: int) -> tuple[Part, Inspection]:
    """A point or a finding, under the lock of its inspection. Raises Refused for one that was taken out meanwhile."""
    rows = kind._default_manager.filter(pk=pk)
    known = rows.values_list("inspection", flat=True).first()
    inspection = locked_inspection(known) if known else None
    part = rows.first()
    if part is None or inspection is None:
        raise Refused(_("This was taken out meanwhile."))
    part.inspection = inspection
    return part, inspection


def require_seen(seen: str, *stored: object) -> None:
    """seen: the mark of what the person saw there before writing, '' where that was not asked. ValidationError when
    another of the team wrote something else meanwhile: nobody's words are written over unread."""
    if seen and seen != mark_of(*stored):
        said = _("Another person wrote here meanwhile. Nothing of yours is stored yet: compare, then store again.")
        raise ValidationError(said, code=MEANWHILE)


def words(text: str, name: str, limit: int, missing: str) -> str:
    """One line of words; ValidationError beside the field."""
    said = squeeze(_unmarked(text, name))
    if not said:
        raise ValidationError({name: missing})
    if len(said) > limit:
        raise ValidationError({name: _("At most %(limit)s characters.") % {"limit": limit}})
    return said


def passage(text: str, name: str, missing: str = "") -> str:
    """Longer words with their lines."""
    said = nfc(printable(text)).replace("\r\n", "\n").replace("\r", "\n")[:LONGEST].strip()
    if missing and not said:
        raise ValidationError({name: missing})
    return _unmarked(said, name)


def _unmarked(said: str, name: str) -> str:
    if sentence := fault_of(said):
        raise ValidationError({name: sentence})
    return said


def principal_of(verdict: Verdict) -> Account | None:
    """In whose name a delegate acts."""
    principal = verdict.holding.principal if verdict.holding else None
    return principal.account if principal else None


def note(verb: str, inspection: Inspection, verdict: Verdict, by: Account, at: datetime, **data: Any) -> Act:
    """The act names an inspection by subject and year; what was found there is never in it."""
    programme = inspection.item.programme
    label = f"{inspection.unit.short_name}, {programme.year}"
    path = programme.unit.path or ""
    who = actor(by, verdict.holding)
    return record(f"inspection.{verb}", inspection, by=who, at=at, unit_path=path, label=label, **data)


def note_programme(
    verb: str, programme: InspectionProgramme, verdict: Verdict, by: Account, at: datetime, **data: Any
) -> Act:
    label, path = f"{programme.unit.short_name}, {programme.year}", programme.unit.path or ""
    who = actor(by, verdict.holding)
    return record(f"inspection_programme.{verb}", programme, by=who, at=at, unit_path=path, label=label, **data)
