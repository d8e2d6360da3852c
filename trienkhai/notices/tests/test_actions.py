"""Notices go to posts; whoever holds the post that day reads them."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from trienkhai.audit.models import Act
from trienkhai.notices.actions import mark_read, tell, tell_units
from trienkhai.notices.models import Notice
from trienkhai.notices.rules import visible_notices
from trienkhai.orgs.models import Holding, Manner, Role, Unit
from trienkhai.orgs.tests.make import DAY, NOON, Tree, make_account, make_holder

pytestmark = pytest.mark.django_db


def test_every_post_of_the_unit_in_one_of_the_roles_is_told_once():
    tree = Tree()
    people = [make_holder(tree.north, role) for role in (Role.LEADER, Role.LEADER, Role.FOCAL)]
    make_holder(tree.north, Role.CLERK)
    make_holder(tree.north1, Role.LEADER)

    tell(tree.north.pk, [Role.LEADER, Role.FOCAL], "report_submitted", url="/nhiem-vu/1", at=NOON, act=5, task="Việc")

    assert Notice.objects.count() == 3
    for person in people:
        notice = visible_notices(person, DAY).get()
        assert (notice.kind, notice.url, notice.act, notice.at) == ("report_submitted", "/nhiem-vu/1", 5, NOON)
        assert notice.params == {"task": "Việc"} and notice.read_at is None


def test_unit_without_such_a_post_is_no_fault():
    tell(Tree().north.pk, [Role.LEADER], "report_submitted", url="", at=NOON)

    assert not Notice.objects.exists()


def test_posts_of_many_units_are_told_in_one_statement_with_the_same_values(django_assert_num_queries):
    tree = Tree()
    told = [make_holder(unit, Role.FOCAL) for unit in tree.grassroots]
    make_holder(tree.office, Role.FOCAL)
    units = Unit.objects.filter(pk__in=[unit.pk for unit in tree.grassroots]).values_list("pk", flat=True)
    sql, params = units.query.sql_with_params()

    with django_assert_num_queries(1):
        count = tell_units(sql, list(params), [Role.FOCAL], "tasks_issued", url="/x", at=NOON, act=5, document="“01”")

    assert count == Notice.objects.count() == 5
    for person in told:
        notice = visible_notices(person, DAY).get()
        assert (notice.at, notice.params, notice.act) == (NOON, {"document": "“01”"}, 5)


def test_notice_follows_the_post_not_the_person():
    tree = Tree()
    before = make_holder(tree.north, Role.LEADER, valid_to=date(2017, 6, 1))
    post = Holding.objects.get(account=before).post
    after = make_account()
    Holding.objects.create(post=post, account=after, valid_from=date(2017, 6, 1))

    tell(tree.north.pk, [Role.LEADER], "report_submitted", url="", at=NOON)

    assert visible_notices(before, DAY).exists() and not visible_notices(after, DAY).exists()
    assert visible_notices(after, date(2017, 6, 1)).exists() and not visible_notices(before, date(2017, 6, 1)).exists()


def test_deputy_reads_the_inbox_of_the_principal_while_the_delegation_lasts():
    tree = Tree()
    leader, deputy = make_holder(tree.north, Role.LEADER), make_account()
    holding = Holding.objects.get(account=leader)
    fields = {"manner": Manner.DELEGATED, "principal": holding, "valid_from": DAY, "valid_to": date(2017, 6, 1)}
    Holding.objects.create(post=holding.post, account=deputy, **fields)

    tell(tree.north.pk, [Role.LEADER], "report_submitted", url="", at=NOON)

    assert visible_notices(deputy, DAY).exists()
    assert not visible_notices(deputy, date(2017, 6, 1)).exists()


def test_marking_read_concerns_the_own_notices_one_or_all_and_is_no_act():
    tree = Tree()
    leader, other = make_holder(tree.north, Role.LEADER), make_holder(tree.south, Role.LEADER)
    for unit in (tree.north, tree.north, tree.south):
        tell(unit.pk, [Role.LEADER], "report_submitted", url="", at=NOON)
    acts, foreign = Act.objects.count(), visible_notices(other, DAY).get()

    assert mark_read(leader, on=DAY, at=NOON, only=foreign.pk) == 0
    assert mark_read(leader, on=DAY, at=NOON, only=visible_notices(leader, DAY).first().pk) == 1
    assert mark_read(leader, on=DAY, at=NOON) == 1
    assert mark_read(leader, on=DAY, at=NOON) == 0

    foreign.refresh_from_db()
    assert foreign.read_at is None
    assert Act.objects.count() == acts


def test_notice_without_a_kind_is_not_stored():
    tree = Tree()
    make_holder(tree.north, Role.LEADER)

    with pytest.raises(IntegrityError), transaction.atomic():
        tell(tree.north.pk, [Role.LEADER], "", url="", at=NOON)
