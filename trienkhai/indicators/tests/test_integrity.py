"""Broken chains are named, told once, and forgotten when mended; units that move are looked at at once."""

from datetime import date
from decimal import Decimal

import pytest

from trienkhai.audit.actions import SYSTEM
from trienkhai.audit.models import Act
from trienkhai.common.clock import moment
from trienkhai.dashboards.verification import check_site
from trienkhai.indicators import actions
from trienkhai.indicators.models import Definition, Fault, FaultKind, Holder, Target, Value
from trienkhai.indicators.queries import rollup
from trienkhai.indicators.queries.integrity import broken_chains
from trienkhai.indicators.tests.make import AFTER_Q1, Q1, Q2, Cast, quarter
from trienkhai.notices.models import Notice
from trienkhai.orgs import succession
from trienkhai.orgs.actions import store_change
from trienkhai.orgs.models import Role
from trienkhai.orgs.succession import Move
from trienkhai.orgs.tests.make import make_holder
from trienkhai.orgs.tests.make_ending import end_unit

pytestmark = pytest.mark.django_db
DAY = date(2017, 5, 10)


def kinds() -> set[str]:
    return {broken.kind for broken in broken_chains(DAY)}


def test_what_the_actions_made_has_no_broken_chain():
    cast = Cast(split_by="giới tính", categories=("nam", "nữ"))
    cast.give("children", targets={Q1: Decimal(5)})
    cast.told(cast.tree.north, {"number": "3", "split0": "1", "split1": "2"})

    assert list(broken_chains(DAY)) == []


def test_each_kind_of_broken_chain_is_named():
    cast = Cast(split_by="giới tính", categories=("nam", "nữ"))
    cast.give("children", targets={Q1: Decimal(5)})
    value = cast.told(cast.tree.north, {"number": "3", "split0": "1", "split1": "2"})
    north, south = cast.holder(cast.tree.north), cast.holder(cast.tree.south)

    Holder.objects.filter(pk=south.pk).update(giver=cast.tree.north)
    assert kinds() == {FaultKind.OUTSIDE}
    Holder.objects.filter(pk=north.pk).update(giver=cast.tree.south)
    assert FaultKind.CIRCLE in kinds()
    Holder.objects.filter(pk__in=[north.pk, south.pk]).update(giver=cast.tree.bloc)
    Value.objects.filter(pk=value.pk).update(split={"nam": "1", "nữ": "5"})
    assert kinds() == {FaultKind.SPLIT}
    Value.objects.filter(pk=value.pk).update(split={"nam": "1", "nữ": "2"})
    Definition.objects.update(valid_from=date(2017, 4, 1))
    assert kinds() == {FaultKind.UNDEFINED}
    Definition.objects.update(valid_from=Q1)
    Target.objects.filter(holder=north).update(period_start=date(2030, 1, 1))
    Holder.objects.filter(pk=north.pk).update(valid_to=date(2029, 1, 1))
    assert kinds() == {FaultKind.TARGET}
    assert any(cast.indicator.code in sentence for sentence in check_site(DAY))


def test_the_nightly_check_runs_once_a_day_tells_what_is_new_and_forgets_what_was_mended():
    cast = Cast()
    cast.give("children")
    Holder.objects.filter(unit=cast.tree.south).update(giver=cast.tree.north)
    at = moment(DAY, 1)

    assert actions.check_chains(on=DAY, at=at) == 1
    assert actions.check_chains(on=DAY, at=at) is None
    assert Notice.objects.filter(kind="indicator_broken").count() == 2
    assert actions.check_chains(on=date(2017, 5, 11), at=at) == 1
    assert Notice.objects.filter(kind="indicator_broken").count() == 2
    Holder.objects.filter(unit=cast.tree.south).update(giver=cast.tree.bloc)
    assert actions.check_chains(on=date(2017, 5, 12), at=at) == 0
    assert not Fault.objects.exists()
    assert Act.objects.filter(verb="indicators.checked").count() == 3


def test_a_unit_that_moves_keeps_its_indicators_and_what_needs_a_decision_is_named():
    cast = Cast()
    tree = cast.tree
    cast.give("children")
    actions.give_indicator(cast.indicator.pk, tree.north, actions.Gift("children"), by=cast.north_leader, at=AFTER_Q1)
    cast.tell(tree.north1, "5", start=Q2, submit=False)

    store_change(tree.north1, {"parent": tree.south}, by=SYSTEM, at=moment(date(2017, 5, 9)))

    tree.north1.refresh_from_db()
    counts = succession.count_all(Move(tree.north1.pk, tree.north1.path, tree.north1.path))
    assert (counts["indicators_held"], counts["indicator_values"], counts["indicators_to_decide"]) == (1, 1, 1)
    fault = Fault.objects.get()
    assert (fault.kind, fault.unit) == (FaultKind.OUTSIDE, tree.north1)


def test_when_a_unit_ends_its_successor_holds_what_it_held_and_what_it_told_stays_its_own():
    cast = Cast()
    tree = cast.tree
    admin = make_holder(tree.bloc, Role.ADMIN)
    cast.give("unit:K.B.2 + unit:K.T")
    cast.told(tree.north2, "5")

    outcome = end_unit(tree.north2.pk, tree.north1.pk, by=admin, at=moment(date(2017, 5, 9)))

    old, new = cast.holder(tree.north2), cast.holder(tree.north1)
    assert outcome.counts["indicators_held"] == 1
    assert (old.valid_to, new.valid_from, new.giver) == (date(2017, 5, 9), date(2017, 5, 9), tree.bloc)
    assert rollup(cast.indicator, tree.bloc, quarter(cast.indicator)).number == 5
    assert cast.tell(tree.north1, "2", start=Q2, when=moment(DAY)).sent
    assert list(broken_chains(DAY)) == []
