"""The figures of ballots, computed under the lock of their meeting from who is there."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from trienkhai.meetings.counting import Turnout
from trienkhai.meetings.models import Meeting
from trienkhai.meetings.norms import majority_of
from trienkhai.meetings.queries import turnout_of


def figures_of(meeting: Meeting, turnout: Turnout) -> dict[str, Any]:
    """The columns of a ballot that follow from the turnout and the majority in force on the meeting's day."""
    ruling = majority_of(on=meeting.day, place=meeting.unit.path or "")
    return {
        "present": turnout.present,
        "counted": turnout.counted,
        "needed": ruling.share.needed(turnout.counted) if ruling else 0,
        "norm": ruling.kept if ruling else {},
    }


def figure_ballots(meeting: Meeting) -> Turnout:
    """All ballots anew after the turnout was told; returns it. ValidationError when fewer came than voted."""
    turnout = turnout_of(meeting)
    figures = figures_of(meeting, turnout)
    for ballot in meeting.ballots.order_by("position"):
        if ballot.cast > turnout.present:
            words = {"n": ballot.position, "cast": ballot.cast, "present": turnout.present}
            raise ValidationError(
                _("Ballot %(n)s holds %(cast)s votes, but only %(present)s with a vote are present.") % words
            )
        for name, figure in figures.items():
            setattr(ballot, name, figure)
        ballot.save(update_fields=list(figures))
    return turnout
