"""What inspections say of a unit in a period: inspections of it, remedies of what was found, its own programme."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Max, Q

from trienkhai.common.days import OPEN_END
from trienkhai.inspections.models import Finding, Inspection, InspectionState, ProgrammeState

CLEAN, REMEDIED, REMEDIED_LATE, UNREMEDIED, INSPECTED = "clean", "remedied", "remedied_late", "unremedied", "inspected"
OF_REMEDIES = (REMEDIED, REMEDIED_LATE, UNREMEDIED)
NAMES = (CLEAN, *OF_REMEDIES, INSPECTED)

Figures = Mapping[int, Mapping[str, dict[str, list[Any]]]]


def read_inspections(found: Figures, first: date, last: date, on: date) -> None:
    """Into the figures of each unit, as on a day. Three queries for all units."""
    _read_subjects(found, first, min(last, on))
    _read_remedies(found, first, last, on)
    _read_own_programmes(found, first, last, on)


def _read_subjects(found: Figures, first: date, until: date) -> None:
    """Inspections of the unit concluded in the period: those without a finding count."""
    rows = Inspection.objects.filter(held_by__in=found, concluded_on__range=(first, until))
    rows = rows.annotate(faulty=Max("findings")).order_by("concluded_on", "pk")
    for unit, pk, faulty in rows.values_list("held_by", "pk", "faulty"):
        found[unit][CLEAN]["no" if faulty else "yes"].append(pk)


def _read_remedies(found: Figures, first: date, last: date, on: date) -> None:
    """Findings whose remedy was due in the period, or before it and was still open when it began.

    In time is what was reported on or before the due day and accepted since, so that nobody is late by the inspector's
    waiting; reported in time and not accepted yet counts nowhere. One without a due day counts in the period in which
    it was accepted.
    """
    due = Q(due_on__range=(first, last)) | Q(due_on__lt=first) & (Q(closed_on=None) | Q(closed_on__gte=first))
    undated = Q(due_on=OPEN_END, closed_on__range=(first, last))
    rows = Finding.objects.filter(due | undated, held_by__in=found, inspection__concluded_on__lte=min(last, on))
    rows = rows.annotate(reported_on=Max("task__assignments__submitted_on")).order_by("due_on", "pk")
    for unit, pk, due_on, closed, reported in rows.values_list("held_by", "pk", "due_on", "closed_on", "reported_on"):
        handed_in = reported or closed
        in_time = handed_in is not None and handed_in <= due_on
        if closed is None and (in_time or due_on >= on):
            continue
        outcome = UNREMEDIED if closed is None else REMEDIED if in_time else REMEDIED_LATE
        for name in OF_REMEDIES:
            found[unit][name]["yes" if name == outcome else "no"].append(pk)


def _read_own_programmes(found: Figures, first: date, last: date, on: date) -> None:
    """Subjects in the unit's own programme whose time ended in the period: those concluded count; what was not carried
    out was planned all the same."""
    rows = Inspection.objects.filter(
        item__programme__unit__in=found,
        item__programme__state=ProgrammeState.APPROVED,
        item__ends_on__range=(first, last),
    ).order_by("item__ends_on", "pk")
    for unit, pk, state, ends_on in rows.values_list("item__programme__unit", "pk", "state", "item__ends_on"):
        done = state == InspectionState.CONCLUDED
        if done or ends_on < on:
            found[unit][INSPECTED]["yes" if done else "no"].append(pk)
