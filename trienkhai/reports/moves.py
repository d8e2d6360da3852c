"""Open reports of units that move: they answer to the unit their form's rule says, or are closed when the unit left."""

from datetime import datetime

from django.db.models import F, Q
from django.db.models.functions import Length, Substr

from trienkhai.audit.actions import Actor
from trienkhai.common import paths
from trienkhai.orgs.succession import Carrier, Move
from trienkhai.reports.actions.leaving import OPEN, answer_anew, close_moved_away
from trienkhai.reports.models import PeriodReport, PeriodReportQuerySet


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
    rows = _concerned(move.new_path)
    top = F("period__form__unit__path")
    inside = rows.alias(head=Substr("held_by__path", 1, Length(top))).filter(Q(head=top))
    stay = list(inside.order_by("pk").values_list("pk", flat=True))
    close_moved_away(rows.exclude(pk__in=stay), by, at)
    if stay:
        answer_anew(stay)


carrier = Carrier("reports", count=_count, hold=_hold, carry=_carry)
