"""The conclusion is written by the team and issued by a leader; the subject reads it from then on."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.common.clock import day_of
from trienkhai.inspections import rules
from trienkhai.inspections.actions.locking import locked_inspection, note, passage, principal_of, require_seen
from trienkhai.inspections.actions.stepping import TOLD_BELOW, end_step
from trienkhai.inspections.models import Inspection, InspectionState
from trienkhai.inspections.queries.integrity import digest_of
from trienkhai.notices.actions import tell
from trienkhai.people.models import Account


@transaction.atomic
def write_conclusion(
    inspection_id: int, *, text: str, follower: int, seen: str = "", by: Account, at: datetime
) -> Inspection:
    """What was good, what was not. follower: the account of one of the team, who follows how it is carried out. seen:
    as `require_seen` says."""
    said = passage(text, "text", _("Write the conclusion."))
    inspection = locked_inspection(inspection_id)
    verdict = rules.can_write_conclusion(by, inspection, day_of(at)).require()
    if not inspection.item.team.filter(account=follower).exists():
        raise ValidationError({"follower": _("One of the team follows how the conclusion is carried out.")})
    require_seen(seen, inspection.conclusion)
    inspection.conclusion, inspection.follower_id = said, follower
    inspection.written_by, inspection.written_for = by, principal_of(verdict)
    inspection.save(update_fields=["conclusion", "follower", "written_by", "written_for"])
    note("conclusion_written", inspection, verdict, by, at)
    return inspection


@transaction.atomic
def conclude_inspection(inspection_id: int, *, by: Account, at: datetime) -> Inspection:
    """Conclusion, points and findings are fixed; the subject reads conclusion and findings and is told. Raises
    Refused."""
    inspection = locked_inspection(inspection_id)
    verdict = rules.can_conclude(by, inspection, day_of(at)).require()
    inspection.state = InspectionState.CONCLUDED
    inspection.concluded_on, inspection.concluded_by = day_of(at), by
    inspection.digest = digest_of(inspection)
    inspection.save(update_fields=["state", "concluded_on", "concluded_by", "digest"])
    end_step(inspection, day_of(at))
    findings = inspection.findings.count()
    act = note("concluded", inspection, verdict, by, at, digest=inspection.digest, findings=findings)
    words = {"unit": inspection.item.programme.unit.short_name, "theme": inspection.item.theme}
    url = reverse("inspections:inspection", args=[inspection.pk])
    tell(inspection.held_by_id, TOLD_BELOW, "inspection_concluded", url=url, at=at, act=act.pk, **words)
    return inspection
