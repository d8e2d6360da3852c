"""Who sees meetings and their minutes, who convenes, writes, closes, sends up.

The secretary or a leader of the unit convenes and closes; its clerk too prepares the invitation and writes the
minutes; its own people read. Units above see the facts (held, how many, how long,
whether the minutes went up), and the minutes once they were sent up. A unit that is invited sees agenda and papers.
"""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from trienkhai.common.verdict import YES, Verdict, no, yes
from trienkhai.documents.models import DraftState
from trienkhai.meetings.models import Aside, Invitation, Meeting, MeetingQuerySet, MeetingState
from trienkhai.meetings.models.meeting import PRESENT
from trienkhai.meetings.norms import voting_classes
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.queries import standing_for
from trienkhai.orgs.rules import CONTENT_READERS, earlier_units, holding_at, reach_of, work_reach
from trienkhai.people.models import Account
from trienkhai.tasks.rules import can_prepare

WRITERS = (Role.SECRETARY, Role.LEADER)
CLERKS = (*WRITERS, Role.CLERK)
READERS = (*CONTENT_READERS, Role.MEMBER)
ACT = "meet"


def own_ids(account: Account, on: date) -> set[int]:
    """Units whose meetings are the person's own, also those from which such a unit took over."""
    held = {grant.unit_id for grant in reach_of(account, on).of(*READERS).grants}
    return held | earlier_units(account, on, *READERS)


def writing_ids(account: Account, on: date) -> set[int]:
    return {grant.unit_id for grant in reach_of(account, on).of(*WRITERS).able(ACT).grants}


def clerking_ids(account: Account, on: date) -> set[int]:
    """Units where the person convenes or is the clerk."""
    return {grant.unit_id for grant in reach_of(account, on).of(*CLERKS).able(ACT).grants}


def writing_units(account: Account, on: date) -> list[Unit]:
    """Units whose meetings the person convenes, the highest first."""
    ids = writing_ids(account, on)
    return list(Unit.objects.filter(pk__in=ids).select_related("present").order_by("path")) if ids else []


def visible_meetings(account: Account, on: date) -> MeetingQuerySet:
    """Of own units, of the branch for those who read it, and those to which an own unit is invited."""
    own = sorted(own_ids(account, on))
    asked = Invitation.objects.filter(unit__in=own).values("meeting")
    sight = work_reach(account, on).q("unit__path")
    return Meeting.objects.filter(sight | Q(unit__in=own) | Q(pk__in=asked))


def branch_meetings(account: Account, on: date) -> MeetingQuerySet:
    """Those of units in reach alone, for lists of a branch."""
    return Meeting.objects.filter(work_reach(account, on).q("unit__path"))


def can_read_inside(account: Account, meeting: Meeting, on: date) -> Verdict:
    """Agenda, papers and who is convened: for the unit's own people and the units invited."""
    own = own_ids(account, on)
    if meeting.unit_id in own or meeting.invitations.filter(unit__in=own).exists():
        return YES
    return can_read_minutes(account, meeting, on)


def can_read_minutes(account: Account, meeting: Meeting, on: date) -> Verdict:
    """The unit's own people; units above once the minutes were sent up."""
    if not meeting.was_held:
        return no(_("There are no minutes yet."))
    if meeting.unit_id in own_ids(account, on):
        return YES
    if meeting.sent_on and work_reach(account, on).covers(meeting.unit.path):
        return YES
    return no(_("Units above read the minutes once they were sent up."))


def can_convene(account: Account, unit: Unit, on: date) -> Verdict:
    """The secretary or a leader of a standing unit."""
    if unit.closed_on <= on:
        return no(_("This unit no longer stands."))
    holding = holding_at(account, unit, WRITERS, on, ACT)
    return yes(holding) if holding else no(_("The secretary or a leader of %(unit)s does this.") % {"unit": unit})


def can_change(account: Account, meeting: Meeting, on: date) -> Verdict:
    """Day, place and who is invited, before it begins."""
    if meeting.state != MeetingState.PLANNED:
        return no(_("This meeting was held or cancelled already."))
    return can_convene(account, meeting.unit, on)


def can_cancel(account: Account, meeting: Meeting, on: date) -> Verdict:
    """Say that it is not held: before it begins, and of one that was opened while nothing is recorded of it."""
    if meeting.state == MeetingState.OPEN and not _is_empty(meeting):
        return no(_("Something is recorded of this meeting already: it was held, its minutes are closed."))
    if meeting.state not in (MeetingState.PLANNED, MeetingState.OPEN):
        return no(_("This meeting was held or cancelled already."))
    return can_convene(account, meeting.unit, on)


def _is_empty(meeting: Meeting) -> bool:
    """Nobody came, nothing was written, voted on or concluded."""
    came = meeting.participants.filter(presence=PRESENT).exists() or meeting.counts.filter(present__gt=0).exists()
    said = meeting.passages.exclude(revision=0).exists() or Aside.objects.filter(passage__meeting=meeting).exists()
    return not (came or said or meeting.ballots.exists() or meeting.conclusions.exists())


def can_invite(account: Account, meeting: Meeting, on: date) -> Verdict:
    """The invitation goes out, by the clerk of the unit too."""
    if meeting.state != MeetingState.PLANNED:
        return no(_("This meeting was held or cancelled already."))
    return _as_clerk(account, meeting, on)


def _as_clerk(account: Account, meeting: Meeting, on: date) -> Verdict:
    """Whoever convenes, or the clerk of the unit."""
    if meeting.unit.closed_on > on and (holding := holding_at(account, meeting.unit, (Role.CLERK,), on, ACT)):
        return yes(holding)
    return can_convene(account, meeting.unit, on)


def can_set_agenda(account: Account, meeting: Meeting, on: date) -> Verdict:
    """Items and papers, also while it is held; none that was written about goes (the action looks)."""
    if meeting.state not in (MeetingState.PLANNED, MeetingState.OPEN):
        return no(_("The minutes are closed or the meeting was not held."))
    return _as_clerk(account, meeting, on)


def can_begin(account: Account, meeting: Meeting, on: date) -> Verdict:
    if meeting.state == MeetingState.PLANNED and meeting.day > on:
        return no(_("The day of the meeting has not come: change the day if it is held sooner."))
    return can_invite(account, meeting, on)


def can_write(account: Account, meeting: Meeting, on: date) -> Verdict:
    """Minutes, attendance, ballots and conclusions, until the minutes are closed."""
    if meeting.state == MeetingState.PLANNED:
        return no(_("The meeting has not begun."))
    if meeting.state == MeetingState.CLOSED:
        return no(_("The minutes are closed: what is wrong is put right by a correction with its reason."))
    if meeting.state == MeetingState.CANCELLED:
        return no(_("The meeting was not held."))
    return _as_clerk(account, meeting, on)


def can_settle(account: Account, meeting: Meeting, on: date) -> Verdict:
    """The secretary or a leader answers for closed minutes, and says before whose words stand in them."""
    may = can_write(account, meeting, on)
    return can_convene(account, meeting.unit, on) if may else may


def can_close(account: Account, meeting: Meeting, on: date) -> Verdict:
    """Once no two texts of a part wait to be settled and somebody with a vote was there."""
    if not (may := can_settle(account, meeting, on)):
        return may
    if Aside.objects.filter(passage__meeting=meeting).exists():
        return no(_("Two people wrote the same part: first it is settled whose words stand."))
    return may if _somebody_came(meeting) else no(_("First tell who came."))


def _somebody_came(meeting: Meeting) -> bool:
    """Somebody with a vote."""
    if meeting.participants.filter(votes=True, presence=PRESENT).exists():
        return True
    voting = voting_classes(meeting.day, meeting.unit.path or "")
    return meeting.counts.filter(kind__in=voting, present__gt=0).exists()


def can_correct(account: Account, meeting: Meeting, on: date) -> Verdict:
    if meeting.state != MeetingState.CLOSED:
        return no(_("The minutes are not closed yet: change them themselves."))
    return can_convene(account, meeting.unit, on)


def can_send_up(account: Account, meeting: Meeting, on: date) -> Verdict:
    """Once, after closing, where a unit stands above; for a unit that stands no longer its successor does it."""
    if meeting.state != MeetingState.CLOSED:
        return no(_("The minutes go up once they are closed."))
    if meeting.sent_on:
        return no(_("The minutes were sent up already."))
    sender = standing_for(meeting.unit, on)
    if sender.present is None or sender.present.parent_id is None:
        return no(_("No unit stands above this one."))
    return can_convene(account, sender, on)


def sending_for(account: Account, on: date) -> set[int]:
    """Units that stand no longer whose closed minutes the person still sends up, from the unit that took over."""
    former = earlier_units(account, on, *WRITERS)
    if not former:
        return set()
    waiting = Meeting.objects.filter(unit__in=former, state=MeetingState.CLOSED, sent_on=None).values("unit")
    ids, found = writing_ids(account, on), set()
    for unit in Unit.objects.filter(pk__in=waiting):
        heir = standing_for(unit, on)
        if heir.pk in ids and heir.present is not None and heir.present.parent_id is not None:
            found.add(unit.pk)
    return found


def decided(meeting: Meeting) -> Verdict:
    """May anything be said to be decided by the meeting?"""
    if meeting.state != MeetingState.CLOSED:
        return no(_("Close the minutes first."))
    if meeting.had_quorum is None:
        return no(_("No norm says which quorum held that day: whether the meeting could decide is not known."))
    if not meeting.had_quorum:
        words = {"present": meeting.figures["present"], "needed": meeting.figures["needed"]}
        said = _(
            "The meeting had no quorum (%(present)s present, %(needed)s needed): it is recorded, it decides nothing."
        )
        return no(said % words)
    return YES


def resolution_stands(meeting: Meeting) -> bool:
    """Is a resolution drafted or issued? One that was put aside is drafted anew."""
    return meeting.resolution is not None and meeting.resolution.state != DraftState.DROPPED


def can_draft_resolution(account: Account, meeting: Meeting, on: date) -> Verdict:
    """Of a meeting with a quorum: the secretary or a leader."""
    return can_convene(account, meeting.unit, on) if (valid := decided(meeting)) else valid


def can_give(account: Account, meeting: Meeting, on: date) -> Verdict:
    """A conclusion of a meeting with a quorum becomes a task: by whoever prepares tasks there, or the secretary."""
    if not (valid := decided(meeting)):
        return valid
    if holding := holding_at(account, meeting.unit, (Role.SECRETARY,), on, ACT):
        return yes(holding)
    return can_prepare(account, meeting.unit, on)
