"""The year that the demo plays: every act it plans is allowed, and one that is refused stops it."""

import random
from datetime import date

import pytest

from trienkhai.demo.year import Life, NotPlayed, Year
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import make_holder
from trienkhai.tasks import actions
from trienkhai.tasks.models import State
from trienkhai.tasks.tests.make import Cast, assignment_of, make_issue
from trienkhai.tasks.transitions import BEFORE_PAUSE, VERBS

pytestmark = pytest.mark.django_db
LIVES = 4000


def small_year() -> tuple[Cast, Year]:
    cast = Cast()
    make_issue(cast)
    for unit in cast.tree.grassroots:
        make_holder(unit, Role.LEADER)
    return cast, Year(cast.tree.bloc)


def test_every_planned_life_is_a_way_through_the_table_of_transitions():
    cast, year = small_year()
    row = assignment_of(cast.tree.bloc.issues.get(), cast.tree.north1)
    kinds = set()

    for seed in range(LIVES):
        year.chance = random.Random(seed)
        Life(year, row).plan()
        state, before = row.state, ""
        for _day, events in year.days():
            for event in events:
                kinds.add(event.kind)
                verb = VERBS.get(event.kind)
                if verb is None:
                    continue
                assert state in verb.sources, (seed, event)
                before, state = state, before if verb.to == BEFORE_PAUSE else verb.to or state

    assert kinds >= {"reopen", "return", "withdraw", "pause", "ask", "decide_request"}


def test_small_year_is_played_to_its_end():
    cast, year = small_year()

    year.follow(cast.tree.bloc.issues.get())
    year.plan_reports()
    year.plan_approvals()
    for _day, events in year.days():
        year.play_day(events)

    assert year.counts["acknowledge"] + year.counts["acknowledge_all"] > 0


def test_refused_act_stops_the_year_and_names_itself():
    cast, year = small_year()
    row = assignment_of(cast.tree.bloc.issues.get(), cast.tree.north1)
    reopen = lambda: actions.reopen(row.pk, reason="Chưa đạt", by=cast.north_leader, at=year.at(date(2017, 3, 6)))  # noqa: E731
    year.plan(date(2017, 3, 6), "reopen", reopen)

    with pytest.raises(NotPlayed, match="06/03/2017 reopen"):
        for _day, events in year.days():
            year.play_day(events)

    row.refresh_from_db()
    assert row.state == State.ASSIGNED
