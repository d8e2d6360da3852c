"""Meetings of north: one planned, one whose minutes are being written, one closed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from trienkhai.common.clock import moment
from trienkhai.meetings import actions
from trienkhai.meetings.actions import Details
from trienkhai.meetings.models import Meeting
from trienkhai.meetings.tests.make_scores import frame_value, store_norm
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import NOON

if TYPE_CHECKING:
    from tests.world import World


def meeting_objects(world: World) -> dict[str, int | str]:
    """Ids by the names under which addresses take them."""
    leader = world.person(Role.LEADER, "own")
    planned, held, closed = (_plan(world, day) for day in (5, 6, 7))
    item = planned.items.order_by("position")[0]
    paper = actions.add_paper(item.pk, world.document, by=leader, at=NOON)
    ended = moment(closed.day, 10)
    for meeting in (held, closed):
        at = moment(meeting.day, 9)
        actions.begin_meeting(meeting.pk, began_at=moment(meeting.day, 8), by=leader, at=at)
        who = {row.pk: "present" for row in meeting.participants.all()}
        actions.tell_turnout(meeting.pk, who, {}, by=leader, at=at)
        actions.add_ballot(meeting.pk, question="Thông qua", secret=True, votes_for=1, by=leader, at=at)
        actions.add_conclusion(meeting.pk, text="Rà soát", by=leader, at=at)
    actions.close_minutes(closed.pk, ended_at=ended, by=leader, at=ended)
    store_norm("meetings.score_sheet", frame_value(bodies=["committee"]))
    store_norm("meetings.papers_days", 1)
    sheet = actions.start_score(closed.pk, by=leader, at=ended)
    return {
        "score_sheet": sheet.pk,
        "discipline_key": "cuoc-hop",
        "meetings_fact": "held",
        "score_code": "papers",
        "meeting": planned.pk,
        "held_meeting": held.pk,
        "closed_meeting": closed.pk,
        "agenda_item": item.pk,
        "meeting_paper": paper.pk,
        "ballot": held.ballots.get().pk,
        "conclusion": held.conclusions.get().pk,
        "closed_conclusion": closed.conclusions.get().pk,
    }


def _plan(world: World, day: int) -> Meeting:
    details = Details("committee", moment(date(2017, 1, day), 8), "Phòng họp")
    return actions.plan_meeting(world.tree.north, details, by=world.person(Role.LEADER, "own"), at=NOON)
