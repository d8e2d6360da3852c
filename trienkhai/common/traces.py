"""What a database keeps of rows that are gone."""

from typing import Any


def empty_log(connection: Any) -> None:
    """Carry SQLite's log of writes into the database and empty it: until then it holds what was written before.

    After the transaction only: within one SQLite refuses it.
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def empty_table(connection: Any, table: str) -> None:
    """Free what the database still holds of rows taken out of a table: SQLite in its log (`secure_delete` has wiped
    the rest), PostgreSQL in the table itself, in the order in which they came.

    After the transaction only. PostgreSQL gives the room back as far as no younger row stands behind it.
    """
    empty_log(connection)
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute(f"VACUUM {connection.ops.quote_name(table)}")
