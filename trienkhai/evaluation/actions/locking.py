"""What every action begins with and ends with: the evaluation under its lock, words without a mark, one act."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.audit.models import Act
from trienkhai.common.verdict import Verdict
from trienkhai.documents.marks import fault_of
from trienkhai.evaluation import climbing
from trienkhai.evaluation.models import AboveMark, Campaign, Sheet
from trienkhai.evaluation.queries.figures import Rows, figures_of
from trienkhai.notices.actions import json_object_sql, tell_each, tell_selected
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Unit
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
    sheet.figures, sheet.figured_on = figures_in(sheet.campaign, [sheet.unit], on)[sheet.unit_id], on


def figures_in(campaign: Campaign, units: Sequence[Unit], on: date) -> dict[int, dict[str, Rows]]:
    """By unit, with what is marked in the evaluation as above requirement."""
    marked = set(AboveMark.objects.filter(campaign=campaign).values_list("assignment", flat=True))
    return figures_of(units, campaign.starts_on, campaign.ends_on, on, marked)


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


def tell_subjects(campaign: Campaign, sheets: Iterable[Sheet], kind: str, at: datetime, act: Act) -> None:
    """One notice for each sheet: to whom it is of, of a unit to its heads. One statement for all people, one for all
    units."""
    words = {"unit": campaign.unit.short_name, "period": campaign.code}
    rows = list(sheets)
    people = [
        (sheet.person, sheet.holding.post_id, reverse("evaluation:sheet", args=[sheet.pk]))
        for sheet in rows
        if sheet.holding
    ]
    tell_each(people, kind, at=at, act=act.pk, **words)
    units = [sheet.pk for sheet in rows if not sheet.person]
    if not units:
        return
    before, _zero, after = reverse("evaluation:sheet", args=[0]).rpartition("0")
    params = json_object_sql(unit="CAST(%s AS TEXT)", period="CAST(%s AS TEXT)")
    tell_selected(
        f"SELECT s.unit_id, CAST(%s AS TEXT) AS kind, {params} AS params, '{before}' || s.id || '{after}' AS url "
        f"FROM evaluation_sheet s WHERE s.id IN ({', '.join(['%s'] * len(units))})",
        [kind, words["unit"], words["period"], *units],
        climbing.HEADS,
        at=at,
        act=act.pk,
    )
