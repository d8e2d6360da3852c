"""Who sits in a meeting, by name."""

from collections.abc import Mapping

from trienkhai.meetings.models import Meeting, Participant
from trienkhai.meetings.queries.year import seats_of


def seat(meeting: Meeting, seats: Mapping[int, bool]) -> None:
    """Account → has a vote. Those not named leave; what is known of who came stays."""
    known = {row.account_id: row for row in seats_of(meeting.unit, meeting.day)}
    meeting.participants.exclude(account__in=seats).delete()
    present = {row.account_id: row for row in meeting.participants.all()}
    for pk, votes in seats.items():
        if row := present.get(pk):
            if row.votes != votes:
                row.votes = votes
                row.save(update_fields=["votes"])
        elif holding := known.get(pk):
            Participant.objects.create(
                meeting=meeting,
                account=holding.account,
                holding=holding,
                name=holding.account.name[:150],
                post=holding.post.title[:160],
                votes=votes,
            )
