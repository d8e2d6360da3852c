"""What earlier releases told of hand-overs in their acts alone becomes rows."""

from datetime import date

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import make_holder
from trienkhai.tasks import actions
from trienkhai.tasks.models import PastHolder
from trienkhai.tasks.tests.make import Cast, assignment_of, at, make_issue

pytestmark = pytest.mark.django_db(transaction=True)


def test_hand_overs_of_before_are_read_from_their_acts():
    cast = Cast()
    row = assignment_of(make_issue(cast, selection="unit:K.B.1"), cast.tree.north1)
    holder = make_holder(cast.tree.north1, Role.FOCAL)
    asked = actions.ask(row.pk, kind="transfer", reason="x", unit=cast.tree.south1, by=holder, at=at(9))
    actions.decide_request(asked.pk, grant=True, by=cast.leader, at=at(20))
    refused = actions.ask(row.pk, kind="adjust", reason="x", by=make_holder(cast.tree.south1, Role.FOCAL), at=at(21))
    actions.decide_request(refused.pk, grant=True, by=cast.leader, at=at(21))

    try:
        MigrationExecutor(connection).migrate([("tasks", "0004_concretising")])
    finally:
        MigrationExecutor(connection).migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())

    held = PastHolder.objects.values_list("assignment", "unit", "to_on")
    assert list(held) == [(row.pk, cast.tree.north1.pk, date(2017, 1, 20))]
