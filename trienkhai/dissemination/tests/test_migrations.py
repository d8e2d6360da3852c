"""Receipts of earlier releases keep the unit that holds them as the one they were sent to."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from trienkhai.dissemination.models import Receipt
from trienkhai.dissemination.tests.make import Cast

pytestmark = pytest.mark.django_db(transaction=True)


def test_receipts_of_before_were_sent_to_the_unit_that_holds_them():
    cast = Cast()
    cast.send()

    try:
        MigrationExecutor(connection).migrate([("dissemination", "0001_sending_and_study")])
    finally:
        MigrationExecutor(connection).migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())

    rows = Receipt.objects.values_list("unit", "sent_to")
    assert {unit for unit, _sent_to in rows} == {unit.pk for unit in cast.tree.grassroots}
    assert all(unit == sent_to for unit, sent_to in rows)
