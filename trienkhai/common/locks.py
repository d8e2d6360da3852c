"""A turn that one transaction at a time can have, whatever processes run."""

from django.db import connection


def takes_turn(key: int) -> bool:
    """True for the transaction that has the turn named by `key` until its end; others get False at once on PostgreSQL,
    and on SQLite wait until it is theirs. Call it inside a transaction.
    """
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [key])
        return bool(cursor.fetchone()[0])


def wait_for_turn(key: int) -> None:
    """One transaction after the other: returns when the turn named by `key` is this one's, until its end."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])
