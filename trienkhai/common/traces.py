"""What a database keeps of rows that are gone."""

from typing import Any


def empty_log(connection: Any) -> None:
    """Carry SQLite's log of writes into the database and empty it: until then it holds what was written before.

    After the transaction only: within one SQLite refuses it.
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
