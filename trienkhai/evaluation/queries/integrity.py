"""Results that contradict what they were made from: none, as long as only this area's actions write."""

import hashlib
import json
from collections.abc import Iterator
from datetime import date

from django.db.models import Count, F, Prefetch, QuerySet

from trienkhai.evaluation.models import Campaign, CampaignState, Points, Sheet, Step
from trienkhai.evaluation.queries.sheets import proposals_of


def digest_of(campaign: Campaign) -> str:
    """SHA-256 over the decided result: norms, figures, points, votes, proposals, levels."""
    columns = (
        "unit", "person", "name", "post", "step", "figures", "words", "confirmed", "present", "cast", "votes",
        "proposal", "level", "reason",
    )  # fmt: skip
    said = [
        campaign.code,
        campaign.denominator,
        campaign.norms,
        campaign.ceilings,
        list(campaign.sheets.order_by("pk").values_list(*columns)),
        [
            (sheet, step, code, f"{points:.1f}")
            for sheet, step, code, points in Points.objects.filter(sheet__campaign=campaign)
            .order_by("sheet", "step", "code")
            .values_list("sheet", "step", "code", "points")
        ],
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def scored(campaign: Campaign) -> list[Sheet]:
    """The sheets that count, as `proposals_of` reads them. Two queries."""
    rows = campaign.sheets.counted().select_related("campaign").order_by("pk")
    return list(rows.prefetch_related(Prefetch("points", Points.objects.order_by("pk"))))


def altered_results() -> Iterator[Campaign]:
    """Decided evaluations whose result is not what was frozen, or does not follow from its own figures and norms."""
    rows = Campaign.objects.filter(state=CampaignState.DECIDED).select_related("unit__present")
    for campaign in rows.order_by("pk").iterator(chunk_size=50):
        sheets = scored(campaign)
        proposals, ceilings = proposals_of(campaign, sheets)
        same = ceilings == campaign.ceilings and all(proposals[row.pk] == row.proposal for row in sheets)
        if not same or digest_of(campaign) != campaign.digest:
            yield campaign


def voted_too_many() -> QuerySet[Sheet]:
    return Sheet.objects.filter(cast__gt=F("present")).order_by("pk")


def left_with_closed(on: date) -> dict[int, int]:
    """Unit that no longer stands → how many open sheets or evaluations it still holds."""
    open_sheets = Sheet.objects.exclude(step__in=(Step.DECIDED, Step.LEFT_OUT)).filter(unit__closed_on__lte=on)
    found = dict(open_sheets.order_by().values("unit").annotate(n=Count("pk")).values_list("unit", "n"))
    led = Campaign.objects.exclude(state=CampaignState.DECIDED).filter(unit__closed_on__lte=on)
    for unit, n in led.order_by().values("unit").annotate(n=Count("pk")).values_list("unit", "n"):
        found[unit] = found.get(unit, 0) + n
    return found
