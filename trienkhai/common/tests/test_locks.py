"""One turn is had by one transaction at a time, and waits for no other turn."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from trienkhai.common.locks import Turn, takes_turn, wait_for_turn

pytestmark = pytest.mark.django_db(transaction=True)


def elsewhere(turn: Turn) -> bool:
    """Does another connection get the turn?"""
    try:
        with transaction.atomic():
            return takes_turn(turn)
    finally:
        connection.close()


@pytest.mark.parametrize("held", Turn)
def test_a_turn_keeps_others_from_itself_alone(held: Turn):
    if connection.vendor == "sqlite":
        pytest.skip("there one transaction writes at a time, whatever its turn")
    with transaction.atomic(), ThreadPoolExecutor(1) as pool:
        wait_for_turn(held)

        assert {turn: pool.submit(elsewhere, turn).result() for turn in Turn} == {turn: turn != held for turn in Turn}
