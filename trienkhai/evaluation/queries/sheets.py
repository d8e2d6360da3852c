"""Sheets as they are scored: what people gave in which step, what is still missing, what the machine proposes."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from trienkhai.evaluation import scoring
from trienkhai.evaluation.models import Appeal, Campaign, Sheet, Step
from trienkhai.evaluation.norms import named
from trienkhai.evaluation.queries.figures import counts_of

SCORED = (Step.SELF, Step.COLLECTIVE, Step.UPPER)


def given_in(sheets: Iterable[Sheet]) -> dict[int, dict[str, dict[str, Decimal]]]:
    """Sheet → step → criterion → points. Asks nothing where points are prefetched."""
    found: dict[int, dict[str, dict[str, Decimal]]] = {}
    for sheet in sheets:
        steps = found.setdefault(sheet.pk, {step: {} for step in SCORED})
        for row in sheet.points.all():
            steps[row.step][row.code] = row.points
    return found


def appealed(sheets: Iterable[Sheet]) -> dict[int, str]:
    """Sheet → the level that its last appeal brought. One query."""
    rows = Appeal.objects.filter(sheet__in=[sheet.pk for sheet in sheets], answered_at__isnull=False).exclude(level="")
    return dict(rows.order_by("answered_at", "pk").values_list("sheet", "level"))


def by_hand(sheet: Sheet) -> list[dict[str, Any]]:
    """Criteria that people fill: without a figure, or whose figure has no rows in the period."""
    figures = counts_of(sheet.figures)
    rows = scoring.criteria_of(sheet.campaign.groups(sheet.kind))
    return [row for row in rows if scoring.computed(row, figures) is None]


def confirmations(sheet: Sheet) -> list[dict[str, Any]]:
    """The conditions of all levels that people confirm, each once."""
    found: dict[str, dict[str, Any]] = {}
    for level in sheet.campaign.levels:
        for row in level.get("conditions", {}).get(sheet.kind, []):
            if "confirm" in row:
                found.setdefault(row["confirm"], row)
    return list(found.values())


def missing_in(sheet: Sheet, step: str) -> list[str]:
    """The names of what nobody filled in that step: criteria, and in the appraisal the conditions to confirm."""
    filled = set(sheet.points.filter(step=step).values_list("code", flat=True))
    missing = [named(row) for row in by_hand(sheet) if row["code"] not in filled]
    if step == Step.UPPER:
        missing += [named(row) for row in confirmations(sheet) if row["confirm"] not in sheet.confirmed]
    return missing


def score_in(sheet: Sheet, given: Mapping[str, Decimal]) -> Decimal:
    return scoring.score_of(_subject(sheet, given), sheet.campaign.groups(sheet.kind))


def _subject(sheet: Sheet, given: Mapping[str, Decimal]) -> scoring.Subject:
    return scoring.Subject(sheet.pk, sheet.kind, counts_of(sheet.figures), given, sheet.confirmed)


def proposals_of(campaign: Campaign, sheets: Iterable[Sheet]) -> tuple[dict[int, dict[str, Any]], dict[str, Any]]:
    """Proposals by sheet and ceilings by kind, as they are stored: from figures, points and norms alone."""
    rows = list(sheets)
    given = given_in(rows)
    found, ceilings = scoring.propose(
        [_subject(sheet, given[sheet.pk][Step.UPPER]) for sheet in rows],
        campaign.criteria,
        campaign.levels,
        campaign.ceiling,
        campaign.denominator,
    )
    stored = {
        key: {
            "score": str(one.score),
            "own": one.own,
            "level": one.level,
            "reasons": [[code, words] for code, words in one.reasons],
        }
        for key, one in found.items()
    }
    return stored, {kind: asdict(one) | {"share": list(one.share)} for kind, one in ceilings.items()}
