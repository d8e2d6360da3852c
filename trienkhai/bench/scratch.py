"""A database of the run's own, and copies of it: a measurement that writes gets a fresh one each time."""

import os
import shutil
import tempfile
import uuid
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit


class NoScratch(RuntimeError):
    """The server does not let this account make a database; the message is for the person."""


class Scratch(ABC):
    """The run's own database. `prepare` sets the environment from which Django reads its settings."""

    name = ""

    def __init__(self) -> None:
        self.home = tempfile.mkdtemp(prefix="trienkhai-bench-")

    def prepare(self) -> None:
        os.environ["TRIENKHAI_HOME"] = self.home
        os.environ["TRIENKHAI_LOG_LEVEL"] = "ERROR"

    @abstractmethod
    def clone(self) -> str:
        """Copy the database as it stands; returns the copy's name."""

    @abstractmethod
    def drop(self, name: str) -> None: ...

    @abstractmethod
    def settle(self) -> None:
        """Write out what is pending and renew the statistics, so that each measurement begins alike."""

    @contextmanager
    def copy(self) -> Iterator[None]:
        """Django's connection stands on a fresh copy inside the block, and on the original again after it."""
        from django.db import connection

        settings, original = connection.settings_dict, connection.settings_dict["NAME"]
        connection.close()
        settings["NAME"] = self.clone()
        try:
            self.settle()
            yield
        finally:
            connection.close()
            self.drop(settings["NAME"])
            settings["NAME"] = original

    def remove(self) -> None:
        shutil.rmtree(self.home, ignore_errors=True)


class SQLiteScratch(Scratch):
    name = "sqlite"

    def prepare(self) -> None:
        super().prepare()
        os.environ.pop("TRIENKHAI_DATABASE_URL", None)

    def clone(self) -> str:
        copy = Path(self.home, f"{uuid.uuid4().hex}.sqlite3")
        shutil.copyfile(Path(self.home, "trienkhai.sqlite3"), copy)
        return str(copy)

    def drop(self, name: str) -> None:
        for suffix in ("", "-wal", "-shm"):
            Path(name + suffix).unlink(missing_ok=True)

    def settle(self) -> None:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


class PostgreSQLScratch(Scratch):
    name = "postgresql"

    def __init__(self, url: str) -> None:
        super().__init__()
        self.server = url
        self.base = self._create("")

    def prepare(self) -> None:
        super().prepare()
        os.environ["TRIENKHAI_DATABASE_URL"] = urlsplit(self.server)._replace(path=f"/{self.base}").geturl()

    def _execute(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(statement)

    def _create(self, template: str) -> str:
        import psycopg

        name = f"trienkhai_bench_{uuid.uuid4().hex[:12]}"
        try:
            self._execute(f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
        except psycopg.errors.InsufficientPrivilege as fault:
            self.remove_home()
            raise NoScratch(
                "Tài khoản cơ sở dữ liệu này không được lập cơ sở dữ liệu riêng để đo (CREATEDB)."
            ) from fault
        except psycopg.OperationalError as fault:
            self.remove_home()
            raise NoScratch(f"Không kết nối được PostgreSQL: {fault}") from fault
        return name

    def clone(self) -> str:
        return self._create(self.base)

    def drop(self, name: str) -> None:
        self._execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def settle(self) -> None:
        from django.db import ProgrammingError, connection

        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
            with suppress(ProgrammingError):  # for superusers only; without it the figures are a little less even
                cursor.execute("CHECKPOINT")

    def remove(self) -> None:
        try:
            self.drop(self.base)
        finally:
            self.remove_home()

    def remove_home(self) -> None:
        super().remove()


def scratch_for(url: str) -> Scratch:
    """On the server of `url` when it names PostgreSQL, else in a temporary file; live data is never touched."""
    if url.startswith(("postgresql:", "postgres:")):
        return PostgreSQLScratch(url)
    return SQLiteScratch()


def execute(sql: str, params: Any = ()) -> int:
    """Run one statement; returns the rows it changed."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return int(cursor.rowcount)
