"""Who scores meetings: the unit's own people in three steps, the committee above decides."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from trienkhai.common.verdict import Verdict, no, yes
from trienkhai.meetings.models import Meeting, MeetingState, ScoreSheet, ScoreStep, Step
from trienkhai.meetings.models.scoring import STEPS
from trienkhai.meetings.norms import score_norm
from trienkhai.meetings.rules import ACT, WRITERS, can_convene, own_ids, writing_ids
from trienkhai.orgs.models import Holding, Role, Unit
from trienkhai.orgs.queries import standing_for
from trienkhai.orgs.rules import CONTENT_READERS, earlier_units, holding_at, work_reach
from trienkhai.people.models import Account

DECIDING = tuple(role for role in CONTENT_READERS if role != Role.INSPECTOR)
AT_UPPER = (Step.UPPER, Step.DONE)


def visible_scores(account: Account, on: date) -> QuerySet[ScoreSheet]:
    """Of own units; of the branch once they went up, for inspectors once they are decided; for those who decide."""
    reach = work_reach(account, on)
    above = reach.of(*DECIDING).q("unit__path") & Q(step__in=AT_UPPER)
    decided = reach.q("unit__path") & Q(step=Step.DONE)
    asked = Q(unit__in=_below(writing_ids(account, on), on), step__in=AT_UPPER)
    return ScoreSheet.objects.filter(above | decided | asked | Q(unit__in=own_ids(account, on)))


def _below(ids: set[int], on: date) -> set[int]:
    """Units directly below these, and those that such a unit took over."""
    if not ids:
        return set()
    rows = Unit.objects.filter(present__parent__in=ids, closed_on__gt=on)
    former = rows.filter(predecessors__main=True).values_list("predecessors__unit", flat=True)
    return {*rows.values_list("pk", flat=True), *former}


def can_start_score(account: Account, meeting: Meeting, on: date) -> Verdict:
    """Of a meeting whose minutes are closed, where a norm says how it is scored."""
    if meeting.state != MeetingState.CLOSED:
        return no(_("Close the minutes first."))
    if score_norm(meeting.body, on=meeting.day, place=meeting.unit.path or "") is None:
        return no(_("No regulation yet says how meetings of that day are scored."))
    return can_convene(account, standing_for(meeting.unit, on), on)


def upper_of(sheet: ScoreSheet, on: date) -> Unit | None:
    present = standing_for(sheet.unit, on).present
    return present.parent if present else None


def can_mark(account: Account, sheet: ScoreSheet, on: date) -> Verdict:
    """Enter points in the step that is due: the unit's secretary or leader, in the last step one of the unit above."""
    if sheet.step == Step.DONE:
        return no(_("This score is decided: it stays as it is."))
    if sheet.step != Step.UPPER:
        return can_convene(account, standing_for(sheet.unit, on), on)
    upper = upper_of(sheet, on)
    if upper is None:
        return no(_("No unit stands above this one."))
    if _scored_below(account, sheet) and _others(account, upper, on):
        return no(_("You scored this sheet below: another secretary or leader of %(unit)s decides.") % {"unit": upper})
    holding = holding_at(account, upper, WRITERS, on, ACT)
    return yes(holding) if holding else no(_("The secretary or a leader of %(unit)s does this.") % {"unit": upper})


def can_pass(account: Account, sheet: ScoreSheet, on: date) -> Verdict:
    """Finish the step: whoever scored alone is not the one to say that the committee agrees, unless nobody else is."""
    may, unit = can_mark(account, sheet, on), standing_for(sheet.unit, on)
    if may and sheet.step == Step.COMMITTEE and _scored_alone(account, sheet) and _others(account, unit, on):
        return no(_("You scored this yourself: another secretary or leader says that the committee agrees."))
    return may


def _scored_alone(account: Account, sheet: ScoreSheet) -> bool:
    return sheet.steps.filter(step=Step.SELF, by=account).exists()


def _scored_below(account: Account, sheet: ScoreSheet) -> bool:
    """Before the last step, alone or with the committee."""
    below = [step for step in STEPS if step != Step.UPPER]
    return any(rows.filter(step__in=below, by=account).exists() for rows in (sheet.steps, sheet.marks))


def _others(account: Account, unit: Unit, on: date) -> bool:
    rows = Holding.objects.on(on).seated().filter(post__unit=unit, post__role__in=WRITERS)
    return rows.exclude(account=account).filter(account__is_active=True).exists()


def waiting_scores(account: Account, on: date) -> QuerySet[ScoreSheet]:
    """Sheets whose next step is for units where the person convenes: their own, or those directly below to decide."""
    ids = writing_ids(account, on)
    if not ids:
        return ScoreSheet.objects.none()
    own = Q(unit__in=ids | earlier_units(account, on, *WRITERS)) & ~Q(step__in=AT_UPPER)
    above = Q(unit__in=_below(ids, on), step=Step.UPPER)
    return ScoreSheet.objects.filter(own | above).order_by("last_on", "pk")


def next_scores(account: Account, on: date) -> QuerySet[ScoreSheet]:
    """Of those the ones that the person takes on: none scored by the person before whose step another one finishes."""
    writers = Holding.objects.on(on).seated().filter(post__role__in=WRITERS, account__is_active=True)
    others, mine = writers.exclude(account=account), ScoreStep.objects.filter(sheet=OuterRef("pk"), by=account)
    agreed = Q(Exists(mine.filter(step=Step.SELF)), Exists(others.filter(post__unit=OuterRef("unit"))))
    decided = Q(Exists(mine), Exists(others.filter(post__unit=OuterRef("unit__present__parent"))))
    rows = waiting_scores(account, on).exclude(agreed & Q(step=Step.COMMITTEE))
    return rows.exclude(decided & Q(step=Step.UPPER))
