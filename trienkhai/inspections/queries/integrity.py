"""Rows of this area that contradict each other: none, as long as only its actions write."""

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from trienkhai.inspections.models import Draw, Finding, Inspection, InspectionState
from trienkhai.inspections.risk import Entry, drawn, score_of
from trienkhai.tasks.models import State


def _sha(said: Any) -> str:
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def digest_of(inspection: Inspection) -> str:
    """SHA-256 over what was concluded: the words and the findings as they were then."""
    findings = inspection.findings.order_by("position").values_list("position", "text", "remedy")
    points = inspection.points.order_by("position").values_list("position", "text", "result", "note")
    return _sha([inspection.unit_id, inspection.conclusion, list(findings), list(points)])


def digest_of_draw(draw: Draw) -> str:
    rows = draw.candidates.order_by("place").values_list("place", "code", "score", "way", "figures")
    return _sha([draw.seed, draw.scope, draw.by_risk, draw.at_random, draw.on.isoformat(), draw.norm, list(rows)])


def altered_conclusions() -> Iterator[int]:
    rows = Inspection.objects.filter(state=InspectionState.CONCLUDED).order_by("pk")
    for row in rows.iterator(chunk_size=500):
        if digest_of(row) != row.digest:
            yield row.pk


def unrepeatable_draws() -> Iterator[int]:
    """Draws that are no longer what was drawn, or whose seed and scores give other subjects."""
    for draw in Draw.objects.order_by("pk").iterator(chunk_size=100):
        if digest_of_draw(draw) != draw.digest or not repeats(draw):
            yield draw.pk


def repeats(draw: Draw) -> bool:
    """Made once more from its seed and its figures, does the draw give the same?"""
    rows = list(draw.candidates.order_by("place"))
    rule = draw.norm.get("value")
    if rule and any(row.score != score_of(counts_kept(row.figures), rule) for row in rows):
        return False
    entries = [Entry(row.unit_id, row.code, row.score) for row in rows]
    again = [(one.key, way) for one, way in drawn(entries, draw.seed, draw.by_risk, draw.at_random)]
    return again == [(row.unit_id, row.way) for row in rows]


def counts_kept(figures: dict[str, Any]) -> dict[str, int]:
    """The numbers that a draw counted for one unit."""
    return {name: value if isinstance(value, int) else len(value) for name, value in figures.items()}


def closed_without_proof() -> QuerySet[Finding, int]:
    """Findings whose remedy was accepted though it is not done, or nothing proves it."""
    done = Q(task__assignments__state=State.DONE)
    proved = Finding.objects.filter(done, task__assignments__reports__evidence__isnull=False).values("pk")
    rows = Finding.objects.exclude(closed_on=None).exclude(pk__in=proved)
    return rows.order_by("pk").values_list("inspection", flat=True)


def left_with_closed(on: date) -> dict[int, int]:
    """Unit that no longer stands → how many unfinished inspections and open findings it still answers for."""
    found: dict[int, int] = {}
    for rows in (
        Inspection.objects.unfinished(),
        Finding.objects.filter(closed_on=None).exclude(inspection__state=InspectionState.DROPPED),
    ):
        left = rows.filter(held_by__closed_on__lte=on).order_by().values("held_by").annotate(n=Count("pk"))
        for unit, number in left.values_list("held_by", "n"):
            found[unit] = found.get(unit, 0) + number
    return found
