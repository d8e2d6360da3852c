"""Triggers that refuse to change or delete acts and seals, the same on both databases."""

from typing import Any

TABLES = ("audit_act", "audit_seal")
_SQLITE = """
CREATE TRIGGER IF NOT EXISTS {table}_no_{verb} BEFORE {upper} ON {table}
BEGIN SELECT RAISE(ABORT, 'acts are never changed or deleted'); END
"""
_PG_FUNCTION = """
CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'acts are never changed or deleted'; END $$
"""


def names() -> list[str]:
    return [f"{table}_no_{verb}" for table in TABLES for verb in ("update", "delete")]


def install(connection: Any) -> None:
    """Make every trigger that is missing; nothing before the tables exist."""
    if not set(TABLES) <= set(connection.introspection.table_names()):
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for table in TABLES:
                for verb in ("update", "delete"):
                    cursor.execute(_SQLITE.format(table=table, verb=verb, upper=verb.upper()))
            return
        cursor.execute(_PG_FUNCTION)
        for table in TABLES:
            for verb in ("update", "delete"):
                cursor.execute(
                    f"CREATE OR REPLACE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
                    "FOR EACH ROW EXECUTE FUNCTION audit_refuse()"
                )
            cursor.execute(
                f"CREATE OR REPLACE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
            )


def drop(connection: Any) -> None:
    """Take the triggers away, for the flush between transactional tests alone."""
    with connection.cursor() as cursor:
        for table in TABLES:
            verbs = ("update", "delete") if connection.vendor == "sqlite" else ("update", "delete", "truncate")
            for verb in verbs:
                on = "" if connection.vendor == "sqlite" else f" ON {table}"
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{on}")


def missing(connection: Any) -> list[str]:
    """Names of triggers that should stand and do not."""
    wanted = names()
    if connection.vendor == "postgresql":
        wanted = wanted + [f"{table}_no_truncate" for table in TABLES]
        query = "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D' AND NOT tgisinternal"
    else:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {row[0] for row in cursor.fetchall()}
    return [name for name in wanted if name not in present]
