"""Sessions when a unit ends: those to come pass on or are cancelled, those held stay with their dossiers, and the
successor's next session begins with what was concluded with the unit before it.
"""

import pytest

from trienkhai.audit.actions import SYSTEM
from trienkhai.orgs.models import Role, Succession
from trienkhai.orgs.succession import CLOSE, Ending
from trienkhai.orgs.tests.make import make_holder
from trienkhai.tasks.tests.make import at
from trienkhai.worksessions import moves
from trienkhai.worksessions.actions import draft_notice
from trienkhai.worksessions.models import Session
from trienkhai.worksessions.queries import last_session
from trienkhai.worksessions.queries.integrity import altered_dossiers, left_with_closed
from trienkhai.worksessions.rules import can_give
from trienkhai.worksessions.tests.make import Cast

pytestmark = pytest.mark.django_db


def end(cast: Cast, unit: object, heir: object, **choices: str) -> None:
    ending = Ending(unit, heir, at(12, 3).date(), choices)
    moves.carrier.carry_ending(ending, SYSTEM, at(12, 3))
    Succession.objects.create(unit=unit, successor=heir, on=at(12, 3).date())


def test_a_session_to_come_goes_to_the_successor_and_one_held_stays():
    cast = Cast()
    held, planned = cast.held("Rà soát", day=9), cast.plan(20)
    cast.dossier(planned, 9)

    end(cast, cast.tree.north, cast.tree.south)

    held.refresh_from_db(), planned.refresh_from_db()
    assert (held.unit, planned.unit) == (cast.tree.north, cast.tree.south)
    assert last_session(planned) == held and list(altered_dossiers()) == []


def test_what_was_concluded_is_told_and_given_by_the_successor_of_the_upper_unit():
    cast = Cast()
    held, told, nothing = cast.held("Rà soát", day=9), cast.held("Củng cố", day=8), cast.held(day=7)
    cast.give(cast.issued(told), told)
    drafter, leader = (make_holder(cast.tree.direct, role) for role in (Role.OFFICER, Role.LEADER))

    end(cast, cast.tree.bloc, cast.tree.direct)

    for row in (held, told, nothing):
        row.refresh_from_db()
    assert [row.upper for row in (held, told, nothing)] == [cast.tree.direct, cast.tree.bloc, cast.tree.bloc]
    draft = draft_notice(held.pk, by=drafter, at=at(13, 3))
    assert draft.unit == cast.tree.direct and "1. Giao" in draft.body
    held.refresh_from_db()
    assert not can_give(leader, held, at(13, 3).date())


def test_what_was_concluded_with_a_unit_stays_when_that_unit_takes_over_the_upper_one():
    cast = Cast()
    held = cast.held("Rà soát", day=9)

    end(cast, cast.tree.bloc, cast.tree.north)

    held.refresh_from_db()
    assert (held.upper, held.state) == (cast.tree.bloc, "ended")


def test_a_session_to_come_is_cancelled_when_that_is_chosen():
    cast = Cast()
    planned = cast.plan(20)

    end(cast, cast.tree.north, cast.tree.south, worksessions=CLOSE)

    planned.refresh_from_db()
    assert planned.state == "cancelled" and planned.reason and planned.unit == cast.tree.north


def test_a_session_is_not_held_by_a_unit_with_itself():
    cast = Cast()
    planned = cast.plan(20)

    end(cast, cast.tree.north, cast.tree.bloc)

    planned.refresh_from_db()
    assert planned.state == "cancelled" and left_with_closed(at(13, 3).date()) == {}
    assert Session.objects.count() == 1


def test_the_successor_of_the_upper_unit_leads_the_session():
    cast = Cast()
    planned = cast.plan(20)

    end(cast, cast.tree.bloc, cast.tree.direct)

    planned.refresh_from_db()
    assert planned.upper == cast.tree.direct and planned.unit == cast.tree.north
