"""How far each role sees, in its own branch and in a foreign one."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from trienkhai.common import paths
from trienkhai.orgs.models import Holding, Post, Role, Span, Unit
from trienkhai.orgs.rules import (
    Grant,
    Reach,
    can_act_at,
    can_manage_units,
    leaders_of,
    named_units,
    reach_of,
    visible_units,
    work_reach,
)
from trienkhai.orgs.tests.make import DAY, Tree, make_account, make_holder

pytestmark = pytest.mark.django_db

BRANCH = {"K.B", "K.B.1", "K.B.2"}
SEEN_FROM_NORTH = {
    Role.LEADER: BRANCH,
    Role.OFFICER: BRANCH,
    Role.INSPECTOR: BRANCH,
    Role.FOCAL: {"K.B"},
    Role.CLERK: {"K.B"},
    Role.SECRETARY: {"K.B"},
    Role.MASS: set(),
    Role.MEMBER: set(),
    Role.ADMIN: set(),
}


def codes(units) -> set[str]:
    return {unit.present.code for unit in units.select_related("present")}


@pytest.mark.parametrize("role", Role.values)
def test_each_role_sees_the_work_of_its_branch_or_its_own_unit_and_none_of_a_foreign_branch(role):
    tree = Tree()
    person = make_holder(tree.north, role, reach=Span.BRANCH)

    assert codes(visible_units(person, DAY)) == SEEN_FROM_NORTH[role]
    assert not work_reach(person, DAY).covers(tree.south1.path)


@pytest.mark.parametrize("role", [Role.LEADER, Role.OFFICER, Role.INSPECTOR])
def test_post_that_reaches_its_own_unit_alone_sees_nothing_below(role):
    tree = Tree()

    assert codes(visible_units(make_holder(tree.north, role, reach=Span.OWN), DAY)) == {"K.B"}


def test_several_posts_add_up():
    tree = Tree()
    person = make_holder(tree.north, Role.LEADER)
    make_holder(tree.south1, Role.FOCAL, account=person)

    assert codes(visible_units(person, DAY)) == BRANCH | {"K.N.1"}


def test_person_without_a_post_and_nobody_see_nothing():
    tree = Tree()

    for person in (make_account(), AnonymousUser()):
        assert reach_of(person, DAY).grants == ()
        assert not visible_units(person, DAY).exists()
        assert not named_units(person, DAY).exists()
    assert named_units(make_holder(tree.north, Role.MEMBER), DAY).count() == 9


def test_post_of_a_closed_unit_gives_no_reach():
    tree = Tree()
    person = make_holder(tree.north1, Role.LEADER)
    Unit.objects.filter(pk=tree.north1.pk).update(closed_on=DAY)

    assert reach_of(person, DAY).grants == ()


def grant(path: str, *, branch: bool = True) -> Grant:
    return Grant(Role.LEADER, path, branch, 1, 1)


def test_overlapping_ranges_become_one_and_come_in_order():
    top, child, other = paths.segment(1), paths.segment(1) + paths.segment(7), paths.segment(3)
    reach = Reach((grant(other), grant(child), grant(top), grant(top, branch=False)))

    assert reach.ranges() == [(top, paths.next_path(top)), (other, paths.next_path(other))]


def test_unit_alone_and_its_child_alone_stay_two_ranges():
    top, child = paths.segment(1), paths.segment(1) + paths.segment(7)
    reach = Reach((grant(top, branch=False), grant(child, branch=False)))

    assert reach.ranges() == [(top, top + "0"), (child, child + "0")]
    assert reach.covers(top) and reach.covers(child) and not reach.covers(top + paths.segment(8))
    assert not reach.covers(None)


def test_reach_asked_as_sql_says_the_same_as_asked_by_path():
    tree = Tree()
    person = make_holder(tree.north, Role.LEADER)
    make_holder(tree.bloc, Role.FOCAL, account=person)
    reach = reach_of(person, DAY)

    found = set(Unit.objects.filter(reach.q()))

    assert found == {unit for unit in Unit.objects.all() if reach.covers(unit.path)}
    assert found == {tree.bloc, tree.north, tree.north1, tree.north2}
    assert not Unit.objects.filter(Reach(()).q()).exists()


def test_reach_is_one_query_for_many_grants(django_assert_num_queries):
    tree = Tree()
    person = make_account()
    for unit in Unit.objects.all():
        make_holder(unit, Role.FOCAL, account=person)

    with django_assert_num_queries(1):
        assert len(reach_of(person, DAY).grants) == 9
    with django_assert_num_queries(0):
        reach_of(person, DAY)
    assert tree


def test_person_acts_only_at_exactly_the_unit_of_the_post():
    tree = Tree()
    leader = make_holder(tree.north, Role.LEADER)

    assert can_act_at(leader, tree.north, [Role.LEADER], DAY).holding.account == leader
    for unit in (tree.bloc, tree.north1, tree.south):
        assert not can_act_at(leader, unit, [Role.LEADER], DAY)
    assert not can_act_at(leader, tree.north, [Role.FOCAL], DAY)
    assert not can_act_at(leader, tree.north, [Role.LEADER], date(2009, 12, 31))


def test_administrator_manages_the_branch_of_the_own_post():
    tree = Tree()
    admin = make_holder(tree.north, Role.ADMIN)

    assert can_manage_units(admin, DAY, tree.north1) and can_manage_units(admin, DAY)
    assert not can_manage_units(admin, DAY, tree.south)
    assert not can_manage_units(admin, DAY, tree.bloc)
    assert not can_manage_units(make_holder(tree.north, Role.LEADER), DAY, tree.north)


def test_leaders_of_a_unit_are_those_in_force_who_may_do_the_act():
    tree = Tree()
    leader = make_holder(tree.north, Role.LEADER)
    gone = make_holder(tree.north, Role.LEADER, valid_to=DAY)
    deputy = make_account()
    post = Post.objects.get(holdings__account=leader)
    principal = Holding.objects.get(account=leader)
    fields = {"manner": "delegated", "principal": principal, "acts": ["issue"], "valid_from": date(2017, 1, 1)}
    Holding.objects.create(post=post, account=deputy, **fields)

    assert {row.account for row in leaders_of(tree.north.pk, DAY)} == {leader, deputy}
    assert [row.account for row in leaders_of(tree.north.pk, DAY, "approve")] == [leader]
    assert gone not in {row.account for row in leaders_of(tree.north.pk, DAY)}
