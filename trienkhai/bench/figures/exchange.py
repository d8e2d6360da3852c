"""A branch as a file: read, looked through and stored, and written again; to the bare inserts of the same rows."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.models import Max, Model

from trienkhai.audit.actions import SYSTEM
from trienkhai.bench.organisation import BEGIN, TODAY, Organisation
from trienkhai.bench.timing import seconds, taking_turns
from trienkhai.common import paths
from trienkhai.common.clock import moment
from trienkhai.exchange.actions import store_import
from trienkhai.exchange.files import Table, read_tables
from trienkhai.exchange.queries import post_rows, unit_rows
from trienkhai.exchange.writing import write_xlsx
from trienkhai.orgs.models import Holding, Post, Unit, UnitPlace, UnitVersion
from trienkhai.people.models import Account

AT = moment(TODAY, 9)
MOST_UNITS = 1000
ROUNDS = 3
Rows = dict[str, list[dict[str, Any]]]


def measure(organisation: Organisation) -> dict[str, float]:
    """Rows of a file with units below one leaf, a post and its holder in each; rows a second into the database, file
    and all, and out of it; storing – judged again under the lock, acts included – to the floor. Nothing is committed.
    """
    top = Unit.objects.select_related("present__parent__present").get(pk=organisation.leaves[0][0])
    rows = _rows(top.code, min(MOST_UNITS, 2 * organisation.units))
    source, count = _file(rows), sum(map(len, rows.values()))
    tables = read_tables(source, "cay.xlsx", TODAY)
    found = taking_turns(
        {
            "whole": lambda: _undone(lambda: store_import(read_tables(source, "c.xlsx", TODAY), top, by=SYSTEM, at=AT)),
            "stored": lambda: _undone(lambda: store_import(tables, top, by=SYSTEM, at=AT)),
            "floor": lambda: _undone(_inserts(rows, top)),
        },
        ROUNDS,
        warm_up=False,
    )
    with _standing(tables, top):
        out = taking_turns({"out": lambda: seconds(lambda: _file(_taken(top)))}, ROUNDS, warm_up=False)
    return {
        "file_rows": count,
        "import_rows_s": count / found["whole"],
        "import_to_floor": found["stored"] / found["floor"],
        "import_s": found["stored"],
        "import_floor_s": found["floor"],
        "export_rows_s": count / out["out"],
    }


def _rows(parent: str, count: int) -> Rows:
    common = {"parent_code": parent, "relation": "subordinate", "kind": "cell"}
    units = [common | {"code": f"TEP.{n}", "name": f"Đơn vị tệp {n}"} for n in range(count)]
    posts = [
        {
            "unit_code": f"TEP.{n}",
            "title": "Bí thư",
            "role": "cell_secretary",
            "reach": "own",
            "username": f"tep{n}",
            "holder": f"Người của tệp {n}",
            "manner": "holds",
            "valid_from": BEGIN,
        }
        for n in range(count)
    ]
    return {"units": units, "posts": posts}


def _file(rows: dict[str, Any]) -> io.BytesIO:
    target = io.BytesIO()
    write_xlsx(target, rows, TODAY)
    return target


def _taken(top: Unit) -> dict[str, Any]:
    return {"units": unit_rows(top, TODAY), "posts": post_rows(top, TODAY)}


def _undone(call: Callable[[], Any]) -> float:
    """Seconds of the call, which leaves nothing."""
    with transaction.atomic():
        took = seconds(call)
        transaction.set_rollback(True)
    return took


@contextmanager
def _standing(tables: dict[str, Table], top: Unit) -> Iterator[None]:
    """The rows stand inside the block, and are gone after it."""
    with transaction.atomic():
        store_import(tables, top, by=SYSTEM, at=AT)
        yield
        transaction.set_rollback(True)


def _inserts(rows: Rows, top: Unit) -> Callable[[], None]:
    """The least that makes the rows: one INSERT for each table, repeated with its values."""
    made = [_statement(model, listed) for model, listed in _made(rows, top)]

    def insert() -> None:
        with connection.cursor() as cursor:
            for statement, values in made:
                cursor.executemany(statement, values)

    return insert


def _statement(model: type[Model], listed: list[Any]) -> tuple[str, list[list[Any]]]:
    fields = [field for field in model._meta.concrete_fields if getattr(listed[0], field.attname) is not None]
    names = ", ".join(str(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    values = [[field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields] for row in listed]
    return f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({places})", values


def _made(rows: Rows, top: Unit) -> Iterator[tuple[type[Model], list[Any]]]:
    """Rows of every table that an import of the file writes, by ids behind those that stand."""
    first = {model: _after(model) for model in (Unit, UnitVersion, UnitPlace, Account, Post, Holding)}
    listed: dict[type[Model], list[Any]] = {model: [] for model in first}
    for n, (unit, post) in enumerate(zip(rows["units"], rows["posts"], strict=True)):
        pk, path = first[Unit] + n, paths.child_path(top.path or "", first[Unit] + n)
        version = UnitVersion(pk=first[UnitVersion] + n, unit_id=pk, parent_id=top.pk, kind="cell", valid_from=TODAY)
        version.code, version.name = unit["code"], unit["name"]
        version.prepare()
        account = Account(pk=first[Account] + n, username=post["username"], name=post["holder"], created_at=AT)
        account.set_unusable_password()
        account.prepare()
        listed[Unit].append(Unit(pk=pk, established_on=TODAY, path=path, present_id=version.pk))
        listed[UnitVersion].append(version)
        listed[UnitPlace].append(
            UnitPlace(pk=first[UnitPlace] + n, unit_id=pk, path=path, depth=paths.depth(path), valid_from=TODAY)
        )
        listed[Account].append(account)
        listed[Post].append(Post(pk=first[Post] + n, unit_id=pk, title=post["title"], role=post["role"]))
        listed[Holding].append(
            Holding(pk=first[Holding] + n, post_id=first[Post] + n, account_id=account.pk, valid_from=BEGIN)
        )
    yield from listed.items()


def _after(model: type[Model]) -> int:
    return int(model._default_manager.aggregate(last=Max("pk"))["last"] or 0) + 1
