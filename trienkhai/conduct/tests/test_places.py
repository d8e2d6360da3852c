"""One commitment a year wherever a person sits: two posts, a changed post, a unit that ended, years that are past."""

from datetime import date

import pytest

from trienkhai.audit.actions import SYSTEM
from trienkhai.common.clock import moment
from trienkhai.common.verdict import Refused
from trienkhai.conduct import moves, rules
from trienkhai.conduct.models import Commitment
from trienkhai.conduct.queries import lines_below, lines_of, rows_waiting
from trienkhai.conduct.queries.leaders import Line
from trienkhai.conduct.tests.make import Cast, at
from trienkhai.norms.models import Norm
from trienkhai.notices.models import Notice
from trienkhai.orgs.models import Holding, Role, Unit
from trienkhai.orgs.succession import CLOSE, Ending, TakenBack
from trienkhai.orgs.tests.make import make_holder
from trienkhai.people.models import Account

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
ON = date(2017, 8, 1)


def line(reader: Account, unit: Unit, person: Account, year: int = 2017) -> Line | None:
    lines = lines_of(rules.visible_commitments(reader, ON), unit, year, ON)
    return next((one for one in lines if one.person == person.name), None)


def close(cast: Cast) -> None:
    moves.carrier.carry_ending(Ending(cast.unit, cast.tree.north1, ON, {"commitments": CLOSE}), SYSTEM, at(1, 8))


def test_a_leader_with_a_second_post_has_committed_in_both_units_and_is_read_where_it_was_made():
    cast = Cast()
    make_holder(cast.tree.north1, Role.SECRETARY, account=cast.leader)
    row = cast.commit()
    cast.comment(cast.report(row))

    seen_above, seen_there = (line(one, cast.tree.north1, cast.leader) for one in (cast.above, cast.alone))

    assert seen_above and seen_there
    assert [step.state for step in seen_there.steps] == ["done", "done", "missing"]
    assert (seen_above.commitment, seen_there.commitment) == (row, None)
    assert seen_there.elsewhere == cast.unit.short_name and not rows_waiting(cast.leader, date(2017, 3, 20))
    below = {one.unit: (one.leaders, one.committed, one.half) for one in lines_below(cast.tree.north, 2017, ON)}
    assert (below[cast.tree.north1], below[cast.unit]) == ((2, 1, 1), (3, 1, 1))
    (north,) = (one for one in lines_below(cast.tree.bloc, 2017, ON) if one.unit == cast.tree.north)
    assert (north.leaders, north.committed, north.half) == (5, 1, 1)


def test_whoever_moved_is_told_of_the_comment():
    cast = Cast()
    review = cast.report()
    Holding.objects.filter(account=cast.leader).update(valid_to=date(2017, 7, 12))
    make_holder(cast.tree.north1, Role.LEADER, account=cast.leader, valid_from=date(2017, 7, 12))

    cast.comment(review)

    assert Notice.objects.get(kind="conduct_commented").account == cast.leader
    found = line(cast.above, cast.tree.north1, cast.leader)
    assert found and found.commit.state == "done"


def test_nobody_is_asked_to_commit_where_no_theme_of_the_year_stands():
    cast = Cast()

    assert rows_waiting(cast.leader, ON) == []
    cast.theme()
    assert [row.title for row in rows_waiting(cast.leader, ON)] == ["Commitment of 2017"]
    assert rows_waiting(cast.stranger, ON) == []


def test_a_commitment_that_ended_with_its_unit_is_passed_over_and_a_new_one_is_made():
    cast = Cast()
    cast.theme()
    old = cast.commit()
    close(cast)
    make_holder(cast.tree.north1, Role.LEADER, account=cast.leader)
    missing = line(cast.above, cast.tree.north1, cast.leader)
    assert missing and missing.commit.state == "missing" and rows_waiting(cast.leader, ON)

    made = cast.commit(unit=cast.tree.north1, at=at(2, 8))

    assert made.pk != old.pk and Commitment.objects.count() == 2
    found = line(cast.above, cast.tree.north1, cast.leader)
    assert found and found.commitment == made
    with pytest.raises(Refused, match="at "):
        cast.commit(text="Khác", at=at(3, 8))


def test_a_reorganisation_is_not_taken_back_over_a_second_commitment():
    cast = Cast()
    old = cast.commit()
    close(cast)
    taken = TakenBack({Commitment: {old.pk: {"ended": ""}}}, {}, ON, 1)
    moves.carrier.unsettle(taken)
    make_holder(cast.tree.north1, Role.LEADER, account=cast.leader)
    cast.commit(unit=cast.tree.north1, at=at(2, 8))

    with pytest.raises(Refused, match="another one"):
        moves.carrier.unsettle(taken)


def test_a_past_year_lists_those_who_sat_then():
    cast = Cast()
    cast.commit(year=2016, at=at(5, 1))
    change = date(2017, 2, 1)
    Holding.objects.filter(account=cast.deputy).update(valid_to=change)
    Account.objects.filter(pk=cast.deputy.pk).update(is_active=False)
    new = make_holder(cast.unit, Role.LEADER, valid_from=change)

    assert line(cast.above, cast.unit, cast.deputy, 2016) and not line(cast.above, cast.unit, new, 2016)
    assert line(cast.above, cast.unit, new) and not line(cast.above, cast.unit, cast.deputy)
    below = {one.unit: (one.leaders, one.committed) for one in lines_below(cast.tree.north, 2016, ON)}
    assert below[cast.unit] == (3, 1)


def test_how_long_before_its_day_a_step_waits_is_said_by_a_norm():
    cast = Cast()
    cast.theme()
    early, last = date(2017, 3, 1), date(2017, 3, 31)
    assert rows_waiting(cast.leader, early) and not rows_waiting(cast.leader, date(2017, 2, 27))
    Norm.objects.filter(key="conduct.shown_days").update(value=10)
    assert not rows_waiting(cast.leader, early) and rows_waiting(cast.leader, date(2017, 3, 21))
    Norm.objects.filter(key="conduct.shown_days").delete()
    assert not rows_waiting(cast.leader, date(2017, 3, 30)) and rows_waiting(cast.leader, last)


def test_the_report_on_the_past_year_is_asked_for_until_it_is_written_for_so_long_as_a_norm_says():
    cast = Cast()
    cast.theme(2018)
    row = cast.commit()
    cast.report(row)

    def asked(on: date) -> list[str]:
        return [one.title for one in rows_waiting(cast.leader, on) if "2017" in one.title]

    new_year = date(2018, 1, 1)
    assert asked(new_year) == asked(date(2017, 12, 31)) == ["Own report: year 2017"]
    assert "Commitment of 2018" in [one.title for one in rows_waiting(cast.leader, date(2018, 3, 1))]
    assert asked(date(2018, 6, 29)) and not asked(date(2018, 6, 30))

    cast.report(row, "year", at=moment(new_year, 12))
    assert asked(new_year) == []
