"""Triggers that refuse to change or delete acts, seals and what later areas store for good, on both databases."""

from typing import Any

_SENTENCE = "acts and stored sheets are never changed or deleted"
TABLES: dict[str, tuple[str, ...]] = {
    "audit_act": ("id = NEW.id",),
    "audit_seal": ("id = NEW.id", "act = NEW.act"),
}
"""The guarded tables, each with the conditions on which a new row would take the place of another."""
_PG_FUNCTION = f"""
CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{_SENTENCE}'; END $$
"""


def guard(table: str, *taken: str) -> None:
    """Guard a table of a later area; called once from its `AppConfig.ready`. taken: see `TABLES`."""
    TABLES[table] = taken


def install(connection: Any) -> None:
    """Make every trigger that is missing on the tables that exist."""
    tables = [table for table in connection.introspection.table_names() if table in TABLES]
    statements = _sqlite(tables) if connection.vendor == "sqlite" else [_PG_FUNCTION, *_postgresql(tables)]
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _sqlite(tables: list[str]) -> list[str]:
    """UPDATE, DELETE, and INSERT OR REPLACE, which deletes the old row without firing a DELETE trigger."""
    made = []
    for table in tables:
        taken = " OR ".join(TABLES[table])
        for name, event in (
            ("update", f"BEFORE UPDATE ON {table}"),
            ("delete", f"BEFORE DELETE ON {table}"),
            ("replace", f"BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {taken})"),
        ):
            made.append(
                f"CREATE TRIGGER IF NOT EXISTS {table}_no_{name} {event} BEGIN SELECT RAISE(ABORT, '{_SENTENCE}'); END"
            )
    return made


def _postgresql(tables: list[str]) -> list[str]:
    return [
        f"CREATE OR REPLACE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} FOR EACH {each} "
        "EXECUTE FUNCTION audit_refuse()"
        for table in tables
        for verb, each in (("update", "ROW"), ("delete", "ROW"), ("truncate", "STATEMENT"))
    ]


def names(vendor: str) -> list[str]:
    """The triggers that stand on that database."""
    verbs = ("update", "delete", "replace") if vendor == "sqlite" else ("update", "delete", "truncate")
    return [f"{table}_no_{verb}" for table in TABLES for verb in verbs]


def drop(connection: Any) -> None:
    """Take the triggers away, for the flush between transactional tests alone."""
    with connection.cursor() as cursor:
        for name in names(connection.vendor):
            on = "" if connection.vendor == "sqlite" else f" ON {name.rpartition('_no_')[0]}"
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def missing(connection: Any) -> list[str]:
    """Names of triggers that should stand and do not, or were switched off."""
    if connection.vendor == "postgresql":
        query = "SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A') AND NOT tgisinternal"
    else:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {row[0] for row in cursor.fetchall()}
    return [name for name in names(connection.vendor) if name not in present]
