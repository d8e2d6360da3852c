"""What every action begins with and ends with: the evaluation under its lock, words without a mark, one act."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.audit.models import Act
from trienkhai.common.verdict import Verdict
from trienkhai.documents.marks import fault_of
from trienkhai.evaluation.models import AboveMark, Campaign, Sheet
from trienkhai.evaluation.queries.figures import figures_of
from trienkhai.orgs.actors import actor
from trienkhai.people.models import Account

LONGEST = 5000


def locked_campaign(campaign_id: int) -> Campaign:
    """All of an evaluation, its sheets included, is written under this one lock."""
    rows = Campaign.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("unit__present").get(pk=campaign_id)


def locked_sheet(sheet_id: int) -> Sheet:
    """The sheet with its evaluation locked."""
    found = Sheet.objects.only("campaign_id").get(pk=sheet_id)
    campaign = locked_campaign(found.campaign_id)
    sheet = Sheet.objects.select_related("unit__present", "account", "holding__post").get(pk=sheet_id)
    sheet.campaign = campaign
    return sheet


def figure(sheet: Sheet, on: date) -> None:
    """Read the figures of the sheet anew; the caller stores them."""
    campaign = sheet.campaign
    marked = set(AboveMark.objects.filter(campaign=campaign).values_list("assignment", flat=True))
    sheet.figures = figures_of(sheet.unit, campaign.starts_on, campaign.ends_on, on, marked)
    sheet.figured_on = on


def said(text: str, name: str, missing: str) -> str:
    """Words a person has to give. Raises ValidationError by field."""
    words = text.strip()
    if not words:
        raise ValidationError({name: missing})
    if len(words) > LONGEST:
        raise ValidationError({name: _("At most %(limit)s characters.") % {"limit": LONGEST}})
    if sentence := fault_of(words):
        raise ValidationError({name: sentence})
    return words


def note(verb: str, sheet: Sheet, verdict: Verdict, by: Account, at: datetime, **data: Any) -> Act:
    """The act names a unit by itself and a person by the post; points and levels are never in it."""
    label = f"{sheet.post}, {sheet.unit.short_name}" if sheet.person else sheet.unit.short_name
    return record(
        f"evaluation.{verb}",
        sheet,
        by=actor(by, verdict.holding),
        at=at,
        unit_path=sheet.campaign.unit.path or "",
        label=f"{label} {sheet.campaign.code}",
        **data,
    )


def note_campaign(verb: str, campaign: Campaign, verdict: Verdict, by: Account, at: datetime, **data: Any) -> Act:
    label = f"{campaign.unit.short_name} {campaign.code}"
    path = campaign.unit.path or ""
    return record(
        f"evaluation.{verb}", campaign, by=actor(by, verdict.holding), at=at, unit_path=path, label=label, **data
    )
