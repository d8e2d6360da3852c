"""`trienkhai account | check | audit | backup | restore`: keep an installation."""

import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import click

from trienkhai.cli import fail, start_django

DUMP = "database.dump"


@click.command()
@click.argument("username")
@click.option("--name", required=True, help="Full name.")
@click.option("--admin-of", default="", help="Code of the unit whose accounts and units this person administers.")
@click.password_option()
def account(username: str, name: str, admin_of: str, password: str) -> None:
    """Make an account; with --admin-of the first administrator of an installation."""
    start_django()
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.db import transaction

    from trienkhai.audit.actions import SYSTEM, record
    from trienkhai.common import clock
    from trienkhai.orgs.models import Holding, Post, Role, Span
    from trienkhai.orgs.queries import unit_by_code
    from trienkhai.people.models import Account

    unit = unit_by_code(admin_of) if admin_of else None
    if admin_of and unit is None:
        fail(f"Không có đơn vị nào mang mã {admin_of}.")
    if Account.objects.filter(username=username.lower()).exists():
        fail(f"Tài khoản {username} đã có.")
    try:
        validate_password(password)
    except ValidationError as fault:
        fail(" ".join(fault.messages))
    with transaction.atomic():
        made = Account.objects.create_user(username, password, name=name)
        record("account.created", made, by=SYSTEM, at=clock.now(), unit_path=unit.path if unit else "")
        if unit:
            fields = {"role": Role.ADMIN, "reach": Span.BRANCH}
            post, _new = Post.objects.get_or_create(unit=unit, title="Quản trị hệ thống", defaults=fields)
            Holding.objects.create(post=post, account=made, valid_from=clock.today())
            record("post.given", post, by=SYSTEM, at=clock.now(), unit_path=unit.path, account=made.pk)
    click.echo(f"Đã lập tài khoản {made.username}.")


@click.command()
@click.option("--files", "every_file", is_flag=True, help="Compute the SHA-256 of every file, not of a sample.")
def check(every_file: bool) -> None:
    """Recount the tally and look for what cannot be; ends with 1 when something is found."""
    start_django()
    from trienkhai.common import clock
    from trienkhai.dashboards.verification import check_site

    findings = check_site(clock.today(), every_file=every_file)
    for finding in findings:
        click.echo(f"✗ {finding}")
    click.echo("Không thấy sai lệch." if not findings else f"{len(findings)} điểm sai lệch.")
    sys.exit(1 if findings else 0)


@click.command()
@click.option("--all", "everything", is_flag=True, help="Every document, not only those that lag behind.")
def reindex(everything: bool) -> None:
    """Bring the search index up to date with the documents; may be stopped and started again."""
    start_django()
    click.echo(f"Đã lập chỉ mục lại {renew_index(everything)} văn bản.")


def renew_index(everything: bool = False) -> int:
    """With a bar on the error stream of a terminal."""
    from rich.console import Console
    from rich.progress import Progress

    from trienkhai.documents.actions import renew_index
    from trienkhai.documents.models import Document
    from trienkhai.documents.queries.index import drifted

    total = Document.objects.count() if everything else sum(1 for _pk in drifted())
    with Progress(console=Console(stderr=True), transient=True, disable=total == 0) as bars:
        bar = bars.add_task("Chỉ mục tìm kiếm", total=total)
        return renew_index(everything=everything, told=lambda number: bars.advance(bar, number))


@click.group()
def audit() -> None:
    """The log of acts."""


@audit.command()
@click.option("--head", default="", help="A head printed on a sheet: does it stand in the chain?")
def verify(head: str) -> None:
    """Recompute the chain; names the first broken link and acts that are not sealed."""
    start_django()
    from django.utils import timezone

    from trienkhai.audit.queries import verify as verify_chain
    from trienkhai.cli.running import seal_all

    seal_all()
    found = verify_chain(timezone.now(), head)
    if found.broken_act is not None:
        click.echo(f"✗ chuỗi đứt tại việc đã ghi số {found.broken_act} ({found.reason})")
    if found.unsealed_late:
        click.echo(f"✗ chưa niêm phong: {', '.join(map(str, found.unsealed_late))}")
    if found.missing_triggers:
        click.echo(f"✗ thiếu bảo vệ: {', '.join(found.missing_triggers)}")
    if not found.head_found:
        click.echo("✗ mã này không có trong chuỗi")
    click.echo(f"{found.checked} việc đã niêm phong, mã đầu chuỗi {found.head}")
    sys.exit(0 if found.holds else 1)


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
def backup(target: Path) -> None:
    """Write database and files into one .tar.gz, of an earlier version too."""
    start_django()
    from django.conf import settings
    from django.db import connection

    if not connection.introspection.table_names():
        fail("Chưa có dữ liệu nào để sao lưu. Hãy xem lại TRIENKHAI_HOME.")
    with tempfile.TemporaryDirectory() as folder:
        dump = Path(folder) / DUMP
        _dump(dump)
        with tarfile.open(target, "w:gz") as archive:
            archive.add(dump, DUMP)
            files = Path(settings.HOME) / "files"
            if files.exists():
                archive.add(files, "files")
    click.echo(f"Đã sao lưu vào {target}.")


def _dump(target: Path) -> None:
    """The database as it stands at one moment: SQLite's own backup, or pg_dump."""
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(target)])
        return
    program = shutil.which("pg_dump") or fail("Không thấy chương trình pg_dump trong PATH.")
    subprocess.run([str(program), "--format=custom", f"--file={target}", *_connection()], check=True, env=_password())


def _connection() -> list[str]:
    from django.db import connection

    given = connection.settings_dict
    pairs = (
        ("--host", given["HOST"]),
        ("--port", given["PORT"]),
        ("--username", given["USER"]),
        ("--dbname", given["NAME"]),
    )
    return [f"{option}={value}" for option, value in pairs if value]


def _password() -> dict[str, str]:
    import os

    from django.db import connection

    return os.environ | {"PGPASSWORD": connection.settings_dict["PASSWORD"] or ""}


@click.command()
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Overwrite what is there without asking.")
def restore(source: Path, yes: bool) -> None:
    """Put database and files back from a backup. What is there now is overwritten."""
    start_django()
    from django.conf import settings
    from django.db import connection

    if not yes and not click.confirm("Ghi đè toàn bộ dữ liệu hiện có?", default=False):
        fail("Không làm gì cả.")
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(source) as archive:
            archive.extractall(folder, filter="data")
        connection.close()
        if connection.vendor == "sqlite":
            name = Path(connection.settings_dict["NAME"])
            for suffix in ("", "-wal", "-shm"):
                Path(f"{name}{suffix}").unlink(missing_ok=True)
            shutil.copyfile(Path(folder) / DUMP, name)
        else:
            program = shutil.which("pg_restore") or fail("Không thấy chương trình pg_restore trong PATH.")
            dump = str(Path(folder) / DUMP)
            subprocess.run([str(program), "--clean", "--if-exists", *_connection(), dump], check=True, env=_password())
        if (Path(folder) / "files").exists():
            shutil.copytree(Path(folder) / "files", Path(settings.HOME) / "files", dirs_exist_ok=True)
    click.echo("Đã phục hồi.")
