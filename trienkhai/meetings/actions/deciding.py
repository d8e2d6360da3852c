"""Ballots by tally, conclusions with who does what by when; both until the minutes are closed."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from trienkhai.common.clock import day_of
from trienkhai.common.days import OPEN_END
from trienkhai.common.folding import squeeze
from trienkhai.common.verdict import Refused
from trienkhai.documents.marks import fault_of
from trienkhai.meetings import rules
from trienkhai.meetings.actions.figuring import figures_of
from trienkhai.meetings.actions.locking import locked_meeting, locked_part, note
from trienkhai.meetings.models import Ballot, Conclusion
from trienkhai.meetings.queries import turnout_of
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account

MOST = 200


def _words(text: str, name: str, limit: int, missing: str) -> str:
    words = squeeze(text)
    if not words:
        raise ValidationError({name: missing})
    if len(words) > limit:
        raise ValidationError({name: _("At most %(limit)s characters.") % {"limit": limit}})
    if sentence := fault_of(text):  # as typed: on one line a mark would no longer stand alone
        raise ValidationError({name: sentence})
    return words


@transaction.atomic
def add_ballot(
    meeting_id: int,
    *,
    question: str,
    secret: bool,
    votes_for: int,
    against: int = 0,
    blank: int = 0,
    invalid: int = 0,
    by: Account,
    at: datetime,
) -> Ballot:
    """A vote by its tally. Raises Refused; ValidationError for more votes than are present and counted.

    Whoever is counted out (exempt, transferred, suspended, absent with an approved reason) is not among those present.
    """
    words = _words(question, "question", 500, _("Say what is voted on."))
    meeting = locked_meeting(meeting_id)
    verdict = rules.can_write(by, meeting, day_of(at)).require()
    turnout = turnout_of(meeting)
    votes = {"votes_for": votes_for, "against": against, "blank": blank, "invalid": invalid}
    if any(number < 0 for number in votes.values()):
        raise ValidationError({"votes_for": _("This is not a number of people.")})
    if sum(votes.values()) > turnout.present:
        said = _("%(cast)s votes, but only %(present)s with a vote are present.")
        raise ValidationError({"votes_for": said % {"cast": sum(votes.values()), "present": turnout.present}})
    if not sum(votes.values()):
        raise ValidationError({"votes_for": _("Write how the votes fell.")})
    last = meeting.ballots.aggregate(last=Max("position"))["last"] or 0
    if last >= MOST:
        raise Refused(_("A meeting has at most %(n)d of these.") % {"n": MOST})
    figures = figures_of(meeting, turnout)
    ballot = Ballot.objects.create(
        meeting=meeting, position=last + 1, question=words, secret=secret, **votes, **figures
    )
    note("ballot_added", meeting, verdict, by, at, ballot=ballot.position, secret=secret, **votes)
    return ballot


@transaction.atomic
def remove_ballot(ballot_id: int, *, by: Account, at: datetime) -> None:
    """Take back a ballot that was entered wrongly; the act keeps its tally. Raises Refused."""
    ballot, meeting = locked_part(Ballot.objects.all(), ballot_id)
    verdict = rules.can_write(by, meeting, day_of(at)).require()
    ballot.delete()
    votes = {name: getattr(ballot, name) for name in ("votes_for", "against", "blank", "invalid")}
    note("ballot_removed", meeting, verdict, by, at, ballot=ballot.position, **votes)


@transaction.atomic
def add_conclusion(
    meeting_id: int, *, text: str, lead: Unit | None = None, due_on: date = OPEN_END, by: Account, at: datetime
) -> Conclusion:
    """What the meeting concluded, who does it, by when. Raises Refused; ValidationError by field."""
    words = _words(text, "text", 1000, _("Say what was concluded."))
    meeting = locked_meeting(meeting_id)
    verdict = rules.can_write(by, meeting, day_of(at)).require()
    if due_on < meeting.day:
        raise ValidationError({"due_on": _("This day lies before the meeting.")})
    last = meeting.conclusions.aggregate(last=Max("position"))["last"] or 0
    if last >= MOST:
        raise Refused(_("A meeting has at most %(n)d of these.") % {"n": MOST})
    row = Conclusion.objects.create(meeting=meeting, position=last + 1, text=words, lead=lead, due_on=due_on)
    note("conclusion_added", meeting, verdict, by, at, conclusion=row.position)
    return row


@transaction.atomic
def remove_conclusion(conclusion_id: int, *, by: Account, at: datetime) -> None:
    row, meeting = locked_part(Conclusion.objects.all(), conclusion_id)
    verdict = rules.can_write(by, meeting, day_of(at)).require()
    row.delete()
    note("conclusion_removed", meeting, verdict, by, at, conclusion=row.position)
