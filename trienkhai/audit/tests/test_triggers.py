"""Acts and seals are never changed or deleted, whoever writes and by whatever road."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from trienkhai.audit import triggers
from trienkhai.audit.actions import seal_acts
from trienkhai.audit.models import Act, Seal
from trienkhai.audit.queries import verify
from trienkhai.audit.tests.make import make_act

pytestmark = pytest.mark.django_db


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def refuse_statement(attempt) -> None:
    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        attempt()


@pytest.fixture
def act() -> Act:
    made = make_act()
    seal_acts()
    return made


BY_ORM = {
    "update an act": lambda act: Act.objects.filter(pk=act.pk).update(verb="x"),
    "save an act": lambda act: act.save(),
    "delete an act": lambda act: act.delete(),
    "delete all acts": lambda act: Act.objects.all().delete(),
    "update a seal": lambda act: Seal.objects.update(hash="0" * 64),
    "delete a seal": lambda act: Seal.objects.all().delete(),
}


@pytest.mark.parametrize("attempt", BY_ORM.values(), ids=list(BY_ORM))
def test_orm_cannot_change_or_delete(act, attempt):
    refuse_statement(lambda: attempt(act))

    assert Act.objects.get(pk=act.pk).verb == "report.approved"
    assert verify(timezone.now()).holds


BY_SQL = (
    "UPDATE audit_act SET verb = 'x'",
    "UPDATE audit_act SET id = id + 1000",
    "DELETE FROM audit_act",
    "UPDATE audit_seal SET hash = ''",
    "DELETE FROM audit_seal WHERE id > 0",
    "INSERT INTO audit_seal (id, act, hash, sealed_at) SELECT id, act, 'x', sealed_at FROM audit_seal WHERE true "
    "ON CONFLICT (id) DO UPDATE SET hash = excluded.hash",
)


@pytest.mark.parametrize("sql", BY_SQL)
def test_sql_cannot_change_or_delete(act, sql):
    refuse_statement(lambda: run(sql))

    assert verify(timezone.now()).checked == 1


BY_REPLACING = (
    "INSERT OR REPLACE INTO audit_act SELECT * FROM audit_act",
    "REPLACE INTO audit_seal (id, act, hash, sealed_at) SELECT id, act, 'x', sealed_at FROM audit_seal",
    "REPLACE INTO audit_seal (id, act, hash, sealed_at) SELECT id + 1, act, 'x', sealed_at FROM audit_seal",
    "UPDATE OR REPLACE audit_seal SET hash = 'x'",
)


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="REPLACE is SQLite's")
@pytest.mark.parametrize("sql", BY_REPLACING)
def test_replace_which_deletes_without_saying_so_is_refused(act, sql):
    refuse_statement(lambda: run(sql))

    assert Seal.objects.get().hash != "x"


@pytest.mark.postgresql
@pytest.mark.parametrize("table", ["audit_act", "audit_seal", "audit_act, audit_seal"])
def test_truncate_is_refused(act, table):
    refuse_statement(lambda: run(f"TRUNCATE {table}"))


def test_all_triggers_stand_after_migrate():
    assert triggers.missing(connection) == []


@pytest.mark.parametrize("name", triggers.names(connection.vendor))
def test_each_missing_trigger_is_reported_and_put_back_by_the_next_migrate(name):
    run(f"DROP TRIGGER {name}" + (" ON " + name.rpartition("_no_")[0] if connection.vendor == "postgresql" else ""))

    assert verify(timezone.now()).missing_triggers == [name]
    assert not verify(timezone.now()).holds

    triggers.install(connection)
    assert triggers.missing(connection) == []


@pytest.mark.postgresql
@pytest.mark.parametrize("how", ["DISABLE TRIGGER", "ENABLE REPLICA TRIGGER"])
def test_trigger_that_was_switched_off_is_reported(how):
    run(f"ALTER TABLE audit_act {how} audit_act_no_update")

    assert triggers.missing(connection) == ["audit_act_no_update"]


@pytest.mark.django_db(transaction=True)
def test_migrate_puts_the_triggers_back():
    triggers.drop(connection)

    call_command("migrate", verbosity=0)

    assert triggers.missing(connection) == []
