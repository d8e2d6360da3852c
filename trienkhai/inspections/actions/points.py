"""The outline, point by point, and what was seen of each."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from trienkhai.common.clock import day_of
from trienkhai.common.verdict import Refused
from trienkhai.inspections import rules
from trienkhai.inspections.actions.locking import (
    locked_inspection,
    locked_part,
    note,
    passage,
    require_seen,
    words,
)
from trienkhai.inspections.models import Point, Result
from trienkhai.people.models import Account

MOST = 200


@transaction.atomic
def add_point(inspection_id: int, *, text: str, by: Account, at: datetime) -> Point:
    """One more point at the end; the same words once. Raises Refused; ValidationError by field."""
    said = words(text, "text", 500, _("Say what is looked into."))
    inspection = locked_inspection(inspection_id)
    verdict = rules.can_outline(by, inspection, day_of(at)).require()
    if same := inspection.points.filter(text=said).first():
        return same
    last = inspection.points.aggregate(last=Max("position"))["last"] or 0
    if last >= MOST:
        raise Refused(_("An outline has at most %(n)d points.") % {"n": MOST})
    point = Point.objects.create(inspection=inspection, position=last + 1, text=said)
    note("point_added", inspection, verdict, by, at, point=point.position)
    return point


@transaction.atomic
def remove_point(point_id: int, *, by: Account, at: datetime) -> None:
    """Leave a point out; one that was looked into stays. Raises Refused."""
    point, inspection = locked_part(Point, point_id)
    verdict = rules.can_outline(by, inspection, day_of(at)).require()
    if point.result or point.note or point.proofs.exists():
        raise Refused(_("This point was looked into: it stays."))
    point.delete()
    note("point_removed", inspection, verdict, by, at, point=point.position)


@transaction.atomic
def tell_point(point_id: int, *, result: str, note_text: str, seen: str = "", by: Account, at: datetime) -> Point:
    """What was seen. A point that is not fully met needs words. seen: as `require_seen` says. Raises Refused;
    ValidationError by field."""
    if not result or result not in Result.values:
        raise ValidationError({"result": _("Choose one of the values shown.")})
    said = passage(note_text, "note")
    if result in (Result.PARTLY, Result.UNMET) and not said:
        raise ValidationError({"note": _("Say what was seen.")})
    point, inspection = locked_part(Point, point_id)
    verdict = rules.can_examine(by, inspection, day_of(at)).require()
    require_seen(seen, point.result, point.note)
    point.result, point.note, point.by, point.at = result, said, by, at
    point.save()
    note("point_told", inspection, verdict, by, at, point=point.position, result=result)
    return point
