"""Who scores meetings: the unit's own people in three steps, the committee above decides."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from trienkhai.common.verdict import Verdict, no, yes
from trienkhai.meetings.models import Meeting, MeetingState, ScoreSheet, Step
from trienkhai.meetings.norms import score_norm
from trienkhai.meetings.rules import ACT, WRITERS, can_convene, own_ids, writing_ids
from trienkhai.orgs.models import Holding, Unit
from trienkhai.orgs.queries import standing_for
from trienkhai.orgs.rules import holding_at, work_reach
from trienkhai.people.models import Account

AT_UPPER = (Step.UPPER, Step.DONE)


def visible_scores(account: Account, on: date) -> QuerySet[ScoreSheet]:
    """Of own units; of the branch once they went up for decision."""
    above = work_reach(account, on).q("unit__path") & Q(step__in=AT_UPPER)
    return ScoreSheet.objects.filter(above | Q(unit__in=own_ids(account, on)))


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
    holding = holding_at(account, upper, WRITERS, on, ACT)
    return yes(holding) if holding else no(_("The secretary or a leader of %(unit)s does this.") % {"unit": upper})


def can_pass(account: Account, sheet: ScoreSheet, on: date) -> Verdict:
    """Finish the step: whoever scored alone is not the one to say that the committee agrees, unless nobody else is."""
    may = can_mark(account, sheet, on)
    if may and sheet.step == Step.COMMITTEE and _scored_alone(account, sheet) and _others(account, sheet, on):
        return no(_("You scored this yourself: another secretary or leader says that the committee agrees."))
    return may


def _scored_alone(account: Account, sheet: ScoreSheet) -> bool:
    return sheet.steps.filter(step=Step.SELF, by=account).exists()


def _others(account: Account, sheet: ScoreSheet, on: date) -> bool:
    rows = Holding.objects.on(on).seated().filter(post__unit=standing_for(sheet.unit, on), post__role__in=WRITERS)
    return rows.exclude(account=account).filter(account__is_active=True).exists()


def waiting_scores(account: Account, on: date) -> QuerySet[ScoreSheet]:
    """Sheets whose next step is for units where the person convenes: their own, or those directly below to decide."""
    ids = writing_ids(account, on)
    own = Q(unit__in=ids) & ~Q(step__in=AT_UPPER)
    return ScoreSheet.objects.filter(own | Q(unit__present__parent__in=ids, step=Step.UPPER)).order_by("last_on", "pk")
