"""The command `trienkhai`. Commands are loaded when called, so `read` never waits for Django."""

import gc
import importlib
import os
import sys
from contextlib import suppress
from typing import Any, NoReturn

import click

COMMANDS = {
    "read": ("trienkhai.cli.reading", "read"),
    "import-documents": ("trienkhai.cli.importing", "import_documents"),
    "cascade": ("trienkhai.cli.cascade", "cascade"),
    "migrate": ("trienkhai.cli.running", "migrate"),
    "serve": ("trienkhai.cli.running", "serve"),
    "worker": ("trienkhai.cli.running", "worker"),
    "proof": ("trienkhai.cli.proving", "proof"),
    "urge": ("trienkhai.cli.running", "urge_command"),
    "account": ("trienkhai.cli.keeping", "account"),
    "check": ("trienkhai.cli.keeping", "check"),
    "reindex": ("trienkhai.cli.keeping", "reindex"),
    "audit": ("trienkhai.cli.keeping", "audit"),
    "backup": ("trienkhai.cli.keeping", "backup"),
    "restore": ("trienkhai.cli.keeping", "restore"),
    "export-units": ("trienkhai.cli.exchange", "export_units"),
    "import-units": ("trienkhai.cli.exchange", "import_units"),
    "edxml": ("trienkhai.cli.edxml", "edxml"),
    "demo": ("trienkhai.demo.command", "demo"),
    "bench": ("trienkhai.bench.command", "bench"),
    "reader": ("trienkhai.cli.reader_report", "reader"),
}
MAKE_TABLES = ("migrate", "demo", "bench")


class Lazy(click.Group):
    """A group that imports a command's module only when that command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, attribute = COMMANDS[name]
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """A database that is out of reach, or behind this version, is told in a sentence."""
        try:
            return super().invoke(ctx)
        except Exception as fault:
            if "django.db" in sys.modules and ctx.invoked_subcommand not in MAKE_TABLES:
                _explain(fault)
            raise


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="trienkhai")
def main() -> None:
    """Triển Khai: từ nghị quyết đến kết quả."""


def start_django() -> None:
    """Load Django with the settings of this installation; the language of messages follows TRIENKHAI_LANGUAGE (vi)."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trienkhai.config.settings")
    django.setup()
    from django.utils import translation

    translation.activate(os.environ.get("TRIENKHAI_LANGUAGE", "vi"))


def renew_tables() -> None:
    """The tables of this version; Django must be loaded.

    Migrations make thousands of classes that point at each other: looked for less often, garbage costs a fifth less of
    the time, and some 350 MB of memory instead of 160.
    """
    from django.core.management import call_command

    usual = gc.get_threshold()
    gc.set_threshold(50_000, 20, 100)
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        gc.set_threshold(*usual)


def _explain(fault: Exception) -> None:
    """End with a sentence where the fault comes from the state of the database; return otherwise."""
    from django.conf import settings
    from django.db import DatabaseError, OperationalError, ProgrammingError, connection

    if not isinstance(fault, (OperationalError, ProgrammingError)) or connection.in_atomic_block:
        return
    connection.close()  # one that was lost is asked for anew
    try:
        connection.ensure_connection()
    except DatabaseError as unreachable:
        where = "TRIENKHAI_HOME" if settings.EMBEDDED else "TRIENKHAI_DATABASE_URL"
        fail(f"Không kết nối được cơ sở dữ liệu: {str(unreachable).strip()}\nHãy xem lại {where}.")
    with suppress(DatabaseError):
        if tables_behind():
            refuse_unready()


def tables_behind() -> bool:
    """Do the tables lack what this version needs? Reads every migration: about a second."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def refuse_unready() -> NoReturn:
    from django.conf import settings

    fail(f"{settings.HOME} chưa sẵn sàng cho phiên bản này. Hãy chạy “trienkhai migrate” trước.")


def fail(sentence: str) -> NoReturn:
    """End with a sentence and exit code 1."""
    click.echo(sentence, err=True)
    sys.exit(1)
