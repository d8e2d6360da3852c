"""Open reports of units that move: they answer to the unit their form's rule says, or are closed when the unit left.
When a unit ends, its open reports and its forms go to the successor, with what was written."""

from datetime import datetime

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Length, Substr
from django.utils.translation import gettext_lazy

from trienkhai.audit.actions import Actor
from trienkhai.common import paths
from trienkhai.orgs import journal
from trienkhai.orgs.models import Unit
from trienkhai.orgs.succession import CLOSE, CONTINUE, DIVIDE, UP, Carrier, Ending, Kind, Move, numbered
from trienkhai.reports.actions.leaving import OPEN, answer_anew, close_moved_away, close_of_ended
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
        journal.touch(PeriodReport.objects.filter(pk__in=stay))
        answer_anew(stay)


def _open_reports(ending: Ending) -> PeriodReportQuerySet:
    return PeriodReport.objects.filter(held_by=ending.unit, state__in=OPEN)


def _forms(ending: Ending) -> QuerySet[ReportForm]:
    return ReportForm.objects.filter(unit=ending.unit).exclude(state=FormState.ENDED)


REPORTS = Kind(
    "period_reports",
    gettext_lazy("period reports due"),
    (CONTINUE, CLOSE, DIVIDE, UP),
    _open_reports,
    words=lambda row: numbered(row, row.period.due_on),
)
FORMS = Kind(
    "report_forms",
    gettext_lazy("report forms that the unit made"),
    (CONTINUE, CLOSE, DIVIDE, UP),
    _forms,
    words=lambda row: numbered(row, kind=row.get_kind_display()),
)


def _carry_ending(ending: Ending, by: Actor, at: datetime) -> None:
    """Reports by forms of which the heir stands outside the branch are closed; summaries go along as they are."""
    ids = list(_open_reports(ending).select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    own = [(heir, PeriodReport.objects.filter(pk__in=held)) for heir, held in REPORTS.shares(ending)]
    if FORMS.closes(ending):
        journal.update(_forms(ending), state=FormState.ENDED, next_on=None)
    for heir, forms in FORMS.shares(ending):
        journal.update(ReportForm.objects.filter(pk__in=forms), unit=heir)
    if REPORTS.closes(ending):
        close_of_ended(PeriodReport.objects.filter(pk__in=ids), by, at)
    _take_over(own, by, at)
    _settle(PeriodReport.objects.filter(answers_to=ending.unit, state__in=OPEN, summary=False), by, at)


def _carry_part(ending: Ending, by: Actor, at: datetime) -> None:
    ids = [pk for _heir, held in REPORTS.shares(ending) for pk in held]
    list(PeriodReport.objects.filter(pk__in=ids).select_for_update(of=("self",)).order_by("pk"))
    _take_over([(heir, PeriodReport.objects.filter(pk__in=held)) for heir, held in REPORTS.shares(ending)], by, at)


def _take_over(own: list[tuple[Unit, PeriodReportQuerySet]], by: Actor, at: datetime) -> None:
    for heir, rows in own:
        journal.update(rows.filter(summary=True), answers_to=heir)
        journal.update(rows, held_by=heir)
    held = [row for _heir, rows in own for row in rows.values_list("pk", flat=True)]
    _settle(PeriodReport.objects.filter(pk__in=held, summary=False), by, at)


carrier = Carrier(
    "reports",
    count=_count,
    hold=_hold,
    carry=_carry,
    kinds=(REPORTS, FORMS),
    carry_ending=_carry_ending,
    parts=(REPORTS,),
    carry_part=_carry_part,
)
