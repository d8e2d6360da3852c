"""The checks of an organisation's life: meetings, feedback, inspection, evaluation, supervision, setting an example."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice

from django.utils.translation import gettext as _

from trienkhai.conduct.queries import integrity as conduct
from trienkhai.evaluation.queries import integrity as evaluation
from trienkhai.feedback.queries.consultations import closed_unanswered
from trienkhai.feedback.queries.integrity import unread, unreleased, with_the_criticised
from trienkhai.inspections.queries import integrity as inspections
from trienkhai.meetings.queries import integrity as meetings
from trienkhai.oversight.queries import integrity as oversight
from trienkhai.worksessions.queries import integrity as worksessions

LISTED = 20
"""How many sentences a check gives at most."""


def _meetings(on: date) -> Iterator[str]:
    """Closed minutes against their SHA-256, ballots against those present, decided scores against their figures."""
    for meeting in islice(meetings.altered_minutes(), LISTED):
        yield _("The minutes of meeting %(row)s are no longer what was closed.") % {"row": meeting}
    for meeting in meetings.voted_too_many()[:LISTED]:
        yield _("A ballot of meeting %(row)s holds more votes than were present.") % {"row": meeting}
    for sheet in islice(meetings.wrong_scores(), LISTED):
        yield _("The score sheet %(row)s was decided with a total that its figures do not make.") % {"row": sheet}


def _feedback(on: date) -> Iterator[str]:
    """Feedback that was not handed over, and criticism that lies with the person criticised."""
    if left := unreleased(on):
        yield _("%(n)s letters without a name were not handed over: no worker runs.") % {"n": left}
    for row in islice(with_the_criticised(on), LISTED):
        yield _("Feedback by name no. %(row)s lies where the person criticised reads or leads.") % {"row": row}
    for unit in unread(on)[:LISTED]:
        yield _("Feedback waits at %(unit)s, where nobody holds a post that receives it.") % {"unit": unit.name}
    if left := closed_unanswered().count():
        yield _("%(n)s opinions on drafts have no answer though the consultation is closed.") % {"n": left}


def _inspections(on: date) -> Iterator[str]:
    """Conclusions against their SHA-256, draws against their seed, accepted remedies against what proves them."""
    for row in islice(inspections.altered_conclusions(), LISTED):
        yield _("The conclusion of inspection %(row)s is no longer what was issued.") % {"row": row}
    for row in islice(inspections.unrepeatable_draws(), LISTED):
        yield _("Draw %(row)s of units to be inspected does not repeat from its seed.") % {"row": row}
    for row in inspections.closed_without_proof()[:LISTED]:
        yield _("A finding of inspection %(row)s is closed, but its remedy is not done or nothing proves it.") % {
            "row": row
        }


def _worksessions(on: date) -> Iterator[str]:
    """Dossiers of working sessions against the SHA-256 on them and in the acts that made them."""
    for label in islice(worksessions.altered_dossiers(), LISTED):
        yield _("A dossier of the working session %(session)s is no longer what was made.") % {"session": label}


def _evaluations(on: date) -> Iterator[str]:
    """Frozen results against their SHA-256 and what their own figures and norms give, votes against those present."""
    for campaign in islice(evaluation.altered_results(), LISTED):
        yield _("The result of evaluation %(row)s is no longer what was frozen.") % {"row": campaign}
    for sheet in evaluation.voted_too_many()[:LISTED]:
        yield _("The vote on evaluation sheet %(row)s holds more votes than were present.") % {"row": sheet.pk}


def _oversight(on: date) -> Iterator[str]:
    """What is done has its proof; what is recommended follows from what was held."""
    for row in oversight.done_without_proof()[:LISTED]:
        yield _("Matter %(row)s of democracy at the grassroots and its proofs contradict each other.") % {"row": row}
    for row in oversight.recommended_too_soon()[:LISTED]:
        yield _("Recommendation %(row)s follows from a supervision that was not held.") % {"row": row}


def _conduct(on: date) -> Iterator[str]:
    """Nobody comments on the own commitment; members by name only where their list is switched on."""
    for row in conduct.own_comments()[:LISTED]:
        yield _("Review %(row)s of a commitment was commented by its author.") % {"row": row}
    for row in conduct.members_unlisted()[:LISTED]:
        yield _("Commitment %(row)s names a member where no list by name is switched on.") % {"row": row}


LIFE: tuple[Callable[[date], Iterator[str]], ...] = (
    _meetings,
    _feedback,
    _inspections,
    _worksessions,
    _evaluations,
    _oversight,
    _conduct,
)
