"""Open reports of units that move: they answer to the unit their form's rule says, or are closed when the unit left.
When a unit ends, its open reports and its forms go to the successor, with what was written."""

from datetime import datetime

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Length, Substr

from trienkhai.audit.actions import Actor
from trienkhai.common import paths
from trienkhai.orgs.succession import Carrier, Ending, Move
from trienkhai.reports.actions.leaving import OPEN, answer_anew, close_moved_away
from trienkhai.reports.models import FormState, PeriodReport, PeriodReportQuerySet, ReportForm


def _concerned(path: str) -> PeriodReportQuerySet:
    """Open reports held in the branch, or asked by forms that a unit of it made."""
    held, asked = paths.within(path, "held_by__path"), paths.within(path, "period__form__unit__path")
    return PeriodReport.objects.filter(held | asked, state__in=OPEN, summary=False)


def _count(move: Move) -> dict[str, int]:
    return {"period_reports": _concerned(move.new_path).count()}


def _hold(move: Move) -> None:
    rows = _concerned(move.old_path).select_for_update(of=("self",), no_key=True).order_by("pk")
    list(rows.values_list("pk", flat=True))


def _carry(move: Move, by: Actor, at: datetime) -> None:
    _settle(_concerned(move.new_path), by, at)


def _settle(rows: PeriodReportQuerySet, by: Actor, at: datetime) -> None:
    """Let the rows answer to the unit their form's rule says; those held outside its branch are closed."""
    top = F("period__form__unit__path")
    inside = rows.alias(head=Substr("held_by__path", 1, Length(top))).filter(Q(head=top))
    stay = list(inside.order_by("pk").values_list("pk", flat=True))
    close_moved_away(rows.exclude(pk__in=stay), by, at)
    if stay:
        answer_anew(stay)


def _open_reports(ending: Ending) -> PeriodReportQuerySet:
    return PeriodReport.objects.filter(held_by=ending.unit, state__in=OPEN)


def _forms(ending: Ending) -> QuerySet[ReportForm]:
    return ReportForm.objects.filter(unit=ending.unit).exclude(state=FormState.ENDED)


def _count_ending(ending: Ending) -> dict[str, int]:
    return {"period_reports": _open_reports(ending).count(), "report_forms": _forms(ending).count()}


def _carry_ending(ending: Ending, by: Actor, at: datetime) -> None:
    """Reports by forms of which the successor stands outside the branch are closed; summaries go along as they are."""
    ids = list(_open_reports(ending).select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    _forms(ending).update(unit=ending.successor)
    rows = PeriodReport.objects.filter(pk__in=ids)
    rows.filter(summary=True).update(answers_to=ending.successor)
    rows.update(held_by=ending.successor)
    _settle(PeriodReport.objects.filter(pk__in=ids, summary=False), by, at)
    _settle(PeriodReport.objects.filter(answers_to=ending.unit, state__in=OPEN, summary=False), by, at)


carrier = Carrier(
    "reports",
    count=_count,
    hold=_hold,
    carry=_carry,
    count_ending=_count_ending,
    carry_ending=_carry_ending,
)
