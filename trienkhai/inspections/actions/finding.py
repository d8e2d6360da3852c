"""What was found, the remedy asked for, and the files that prove it."""

from datetime import date, datetime
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from trienkhai.common.clock import day_of
from trienkhai.common.days import OPEN_END
from trienkhai.common.verdict import Refused
from trienkhai.documents.actions.filing import remove_files, remove_unused, store_file
from trienkhai.documents.actions.reading import require_declaration
from trienkhai.documents.actions.versions import look_through
from trienkhai.inspections import rules
from trienkhai.inspections.actions.locking import locked_inspection, locked_part, note, words
from trienkhai.inspections.models import Finding, Point, Proof
from trienkhai.people.models import Account

MOST = 200
MOST_FILES = 50


def _said(text: str, remedy: str, due_on: date, on: date) -> dict[str, object]:
    if due_on < on:
        raise ValidationError({"due_on": _("This day is past.")})
    return {
        "text": words(text, "text", 1000, _("Say what was found.")),
        "remedy": words(remedy, "remedy", 1000, _("Say what has to be done.")),
        "due_on": due_on,
    }


@transaction.atomic
def add_finding(
    inspection_id: int, *, text: str, remedy: str, due_on: date = OPEN_END, by: Account, at: datetime
) -> Finding:
    """A shortcoming with what has to be done; the unit that answers now is to do it. The same one sent again is stored
    once. Raises Refused; ValidationError by field."""
    inspection = locked_inspection(inspection_id)
    verdict = rules.can_find(by, inspection, day_of(at)).require()
    values = _said(text, remedy, due_on, day_of(at))
    if same := inspection.findings.filter(**values).first():
        return same
    last = inspection.findings.aggregate(last=Max("position"))["last"] or 0
    if last >= MOST:
        raise Refused(_("An inspection has at most %(n)d findings.") % {"n": MOST})
    finding = Finding.objects.create(inspection=inspection, position=last + 1, held_by=inspection.held_by, **values)
    note("finding_added", inspection, verdict, by, at, finding=finding.position)
    return finding


@transaction.atomic
def change_finding(
    finding_id: int, *, text: str, remedy: str, due_on: date = OPEN_END, by: Account, at: datetime
) -> Finding:
    """Put a finding right before the conclusion is issued."""
    finding, inspection = locked_part(Finding, finding_id)
    verdict = rules.can_find(by, inspection, day_of(at)).require()
    for name, given in _said(text, remedy, due_on, day_of(at)).items():
        setattr(finding, name, given)
    finding.save(update_fields=["text", "remedy", "due_on"])
    note("finding_changed", inspection, verdict, by, at, finding=finding.position)
    return finding


@transaction.atomic
def remove_finding(finding_id: int, *, by: Account, at: datetime) -> None:
    """Take back a finding that proved wrong, with its files, before the conclusion is issued."""
    finding, inspection = locked_part(Finding, finding_id)
    verdict = rules.can_find(by, inspection, day_of(at)).require()
    files = [proof.file for proof in finding.proofs.select_related("file")]
    finding.delete()
    remove_files(files)
    note("finding_removed", inspection, verdict, by, at, finding=finding.position)


def add_proof(
    upload: BinaryIO,
    *,
    point_id: int = 0,
    finding_id: int = 0,
    not_secret: bool,
    by: Account,
    at: datetime,
) -> Proof:
    """Keep a file beside a point or a finding (one of both). Raises Refused; ValidationError for the file."""
    require_declaration(not_secret)
    try:
        with transaction.atomic():
            row, inspection = locked_part(Point, point_id) if point_id else locked_part(Finding, finding_id)
            rule = rules.can_examine if point_id else rules.can_find
            verdict = rule(by, inspection, day_of(at)).require()
            unit = inspection.item.programme.unit
            look_through(upload, getattr(upload, "name", "") or "", unit)
            if row.proofs.count() >= MOST_FILES:
                raise Refused(_("At most %(n)d files stand here.") % {"n": MOST_FILES})
            kept = store_file(upload, owner=unit, by=by, at=at)
            if row.proofs.filter(file__sha256=kept.sha256).exists():
                raise ValidationError({"file": _("This very file is here already.")})
            where = {"point": row} if isinstance(row, Point) else {"finding": row}
            proof = Proof.objects.create(inspection=inspection, file=kept, **where)
            note("proof_added", inspection, verdict, by, at, file=kept.name, sha256=kept.sha256)
            return proof
    except BaseException:
        remove_unused()
        raise
