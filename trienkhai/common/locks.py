"""A turn that one transaction at a time can have, whatever processes run."""

import enum

from django.db import connection


@enum.unique
class Turn(enum.IntEnum):
    """What is done by one transaction at a time; the values are the keys of PostgreSQL's advisory locks."""

    SEALING = 7_402_117
    TREE = 7_402_118
    MONTH_END = 7_402_119
    WEB = 7_402_120
    URGING = 7_402_121
    INDICATORS = 7_402_122


def takes_turn(turn: Turn) -> bool:
    """True for the transaction that has the turn until its end; others get False at once on PostgreSQL, and on SQLite
    wait until it is theirs. Call it inside a transaction.
    """
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [int(turn)])
        return bool(cursor.fetchone()[0])


def wait_for_turn(turn: Turn) -> None:
    """One transaction after the other: returns when the turn is this one's, until its end."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(turn)])
