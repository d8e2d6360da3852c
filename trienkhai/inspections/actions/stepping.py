"""An inspection begins, goes from step to step, gets more time, or is not carried out."""

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.common.clock import day_of
from trienkhai.common.days import OPEN_END
from trienkhai.common.verdict import Refused
from trienkhai.inspections import norms, rules
from trienkhai.inspections.actions.locking import locked_inspection, note, words
from trienkhai.inspections.models import (
    Extension,
    Inspection,
    InspectionState,
    Point,
    Step,
    StepRow,
)
from trienkhai.notices.actions import tell
from trienkhai.orgs.models import Role
from trienkhai.people.models import Account

TOLD_BELOW = (Role.LEADER, Role.SECRETARY, Role.FOCAL)


@transaction.atomic
def start_inspection(inspection_id: int, *, by: Account, at: datetime) -> Inspection:
    """It begins with its preparation and the usual outline; the subject is told. Raises Refused, for a subject that has
    ended with the name of its successor."""
    inspection = locked_inspection(inspection_id)
    on, item = day_of(at), inspection.item
    verdict = rules.can_start(by, inspection, on).require()
    place = item.programme.unit.path or ""
    whole = norms.total_ruling(item.kind, item.manner, on=on, place=place)
    inspection.state, inspection.began_on = InspectionState.PREPARE, on
    inspection.due_on = on + timedelta(days=whole.value) if whole else OPEN_END
    inspection.save(update_fields=["state", "began_on", "due_on"])
    _begin(inspection, Step.PREPARE, on)
    usual = norms.checklist_of(item.kind, on=on, place=place)
    Point.objects.bulk_create(
        Point(inspection=inspection, position=number, text=text[:500]) for number, text in enumerate(usual, start=1)
    )
    act = note("begun", inspection, verdict, by, at)
    _tell_subject(inspection, "inspection_begun", act.pk, at)
    return inspection


def _begin(inspection: Inspection, step: str, on: date) -> StepRow:
    """Its last day by the norm of its first, not later than that of the whole."""
    item = inspection.item
    found = norms.step_ruling(item.kind, step, on=on, place=item.programme.unit.path or "")
    due = min(on + timedelta(days=found.value), inspection.due_on) if found else inspection.due_on
    values = {"days": found.value, "norm": found.kept} if found else {}
    return StepRow.objects.create(inspection=inspection, step=step, began_on=on, due_on=due, **values)


def _tell_subject(inspection: Inspection, kind: str, act: int, at: datetime) -> None:
    programme = inspection.item.programme
    said = {"unit": programme.unit.short_name, "theme": inspection.item.theme}
    url = reverse("inspections:inspection", args=[inspection.pk])
    tell(inspection.held_by_id, TOLD_BELOW, kind, url=url, at=at, act=act, **said)


@transaction.atomic
def go_on(inspection_id: int, *, by: Account, at: datetime) -> Inspection:
    """From the preparation to the conduct, from there to the conclusion. Raises Refused."""
    inspection = locked_inspection(inspection_id)
    verdict = rules.can_go_on(by, inspection, day_of(at)).require()
    step = Step.CONDUCT if inspection.state == Step.PREPARE else Step.FINISH
    end_step(inspection, day_of(at))
    inspection.state = InspectionState(step)
    inspection.save(update_fields=["state"])
    _begin(inspection, step, day_of(at))
    note("step_begun", inspection, verdict, by, at, step=str(step))
    return inspection


def end_step(inspection: Inspection, on: date) -> None:
    inspection.steps.filter(ended_on=None).update(ended_on=on)


@transaction.atomic
def extend_step(inspection_id: int, *, days: int, reason: str, by: Account, at: datetime) -> Extension:
    """More days for the present step, as far as the norm allows of the step and of the whole. Raises Refused, also
    where no norm sets a time; ValidationError with the most that is left."""
    said = words(reason, "reason", 500, _("Say why."))
    inspection = locked_inspection(inspection_id)
    verdict = rules.can_extend(by, inspection, day_of(at)).require()
    step = inspection.steps.get(ended_on=None)
    left = days_left(inspection, step)
    if left is None:
        raise Refused(_("No regulation sets a time for this step or says by how much it may be extended."))
    if not 0 < days <= left:
        raise ValidationError({"days": _("At most %(n)s days are left to extend by.") % {"n": left}})
    row = Extension.objects.create(step=step, days=days, reason=said, by=by, at=at)
    step.due_on += timedelta(days=days)
    step.save(update_fields=["due_on"])
    if inspection.has_due_day:
        inspection.due_on += timedelta(days=days)
        inspection.save(update_fields=["due_on"])
    act = note("extended", inspection, verdict, by, at, days=days, step=step.step)
    _tell_subject(inspection, "inspection_extended", act.pk, at)
    return row


def days_left(inspection: Inspection, step: StepRow) -> int | None:
    """By how many days the step may still be extended; None where no norm says."""
    item, began = inspection.item, inspection.began_on
    if not step.days or began is None:
        return None
    place = item.programme.unit.path or ""
    most = norms.most_more(step.days, on=step.began_on, place=place)
    if most is None:
        return None
    given = Extension.objects.filter(step__inspection=inspection)
    left = most - (given.filter(step=step).aggregate(n=Sum("days"))["n"] or 0)
    whole = norms.total_ruling(item.kind, item.manner, on=began, place=place)
    if whole:
        of_whole = norms.most_more(whole.value, on=began, place=place) or 0
        left = min(left, of_whole - (given.aggregate(n=Sum("days"))["n"] or 0))
    return max(left, 0)


@transaction.atomic
def drop_inspection(inspection_id: int, *, reason: str, by: Account, at: datetime) -> Inspection:
    """It is not carried out; the reason stands beside it. A subject that knew of it is told."""
    said = words(reason, "reason", 500, _("Say why."))
    inspection = locked_inspection(inspection_id)
    verdict = rules.can_drop(by, inspection, day_of(at)).require()
    known = inspection.began_on is not None
    inspection.state, inspection.reason = InspectionState.DROPPED, said
    inspection.save(update_fields=["state", "reason"])
    end_step(inspection, day_of(at))
    act = note("dropped", inspection, verdict, by, at, personal={"reason": said})
    if known:
        _tell_subject(inspection, "inspection_dropped", act.pk, at)
    return inspection
