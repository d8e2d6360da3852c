"""Emptying the database after a transactional test without loading all norms and permissions anew each time.

The first time is Django's flush, which ends with post_migrate: what the database then holds of itself (norms, content
types, permissions) is copied into tables beside its own. From then on only the tables that hold rows are emptied, and
the copies written back.
"""

from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction

from trienkhai.audit import triggers
from trienkhai.documents.search import engines

COPY = "as_new_"


def empty(case: Any) -> None:
    """Takes the place of `TransactionTestCase._fixture_teardown`. Gets past the triggers that guard the acts."""
    triggers.drop(connection)
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    copied = _copied()
    if copied:
        _empty(_filled(tables))
        _write_back(copied)
        triggers.install(connection)
        engines.install(connection)
    else:
        call_command("flush", verbosity=0, interactive=False, allow_cascade=True)
        _copy(_filled(tables))


def _copied() -> list[str]:
    names = connection.introspection.table_names()
    return [name.removeprefix(COPY) for name in names if name.startswith(COPY)]


def _filled(tables: list[str]) -> list[str]:
    asked = " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {table})" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return [table for (table,) in cursor.fetchall()]


def _copy(tables: list[str]) -> None:
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"CREATE TABLE {COPY}{table} AS SELECT * FROM {table}")


def _empty(tables: list[str]) -> None:
    statements = connection.ops.sql_flush(no_style(), tables, reset_sequences=True, allow_cascade=True)
    connection.ops.execute_sql_flush(statements)


def _write_back(tables: list[str]) -> None:
    models = [model for model in apps.get_models() if model._meta.db_table in tables]
    with transaction.atomic(), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"INSERT INTO {table} SELECT * FROM {COPY}{table}")
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
