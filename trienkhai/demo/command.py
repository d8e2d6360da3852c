"""`trienkhai demo`: builds the demo, plays its year, prints the figures, serves it."""

import os
import shutil
import sys
import time
from pathlib import Path
from typing import Any

import click
from rich.table import Table

from trienkhai.cli import fail, renew_tables, start_django
from trienkhai.common.templatetags.show import num, share
from trienkhai.demo.chapters import build, console

MINIMUM_SINGLE = 3000


@click.command()
@click.option("--fresh", is_flag=True, envvar="FRESH", help="Build it anew.")
@click.option("--serve/--no-serve", default=True, envvar="SERVE", help="Serve the site afterwards.")
@click.option("--port", default=8000, show_default=True, type=int)
def demo(fresh: bool, serve: bool, port: int) -> None:
    """Build the invented bloc of 878 units, play the year 2017, print its figures, then serve."""
    start_django()
    _protect_live_data()
    begun = time.monotonic()
    if fresh or not _complete():
        _empty()
        build()
    else:
        _renew()
    show_figures()
    console.print(f"Xong trong {time.monotonic() - begun:.0f} giây.")
    if serve:
        _serve(port)


def _protect_live_data() -> None:
    """A database that holds anything but a demo is never touched."""
    from django.db import connection

    from trienkhai.common.models import Installation

    tables = connection.introspection.table_names()
    if "orgs_unit" not in tables:
        return
    from trienkhai.orgs.models import Unit

    if Unit.objects.exists() and not Installation.objects.filter(is_demo=True).exists():
        fail(
            "Cơ sở dữ liệu này có dữ liệu thật; bản minh họa không ghi vào đây. Hãy đặt TRIENKHAI_HOME là thư mục khác."
        )


def _complete() -> bool:
    from django.db import connection

    from trienkhai.common.models import Installation

    if "common_installation" not in connection.introspection.table_names():
        return False
    return Installation.objects.filter(is_demo=True, demo_today__isnull=False).exists()


def _empty() -> None:
    """Start from empty tables and no files; on the embedded database from an empty file."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    shutil.rmtree(Path(settings.HOME) / "files", ignore_errors=True)

    if connection.vendor == "sqlite":
        connection.close()
        for suffix in ("", "-wal", "-shm"):
            Path(f"{connection.settings_dict['NAME']}{suffix}").unlink(missing_ok=True)
    elif "audit_act" in connection.introspection.table_names():
        from trienkhai.audit import triggers

        triggers.drop(connection)
        call_command("flush", interactive=False, verbosity=0)
    _renew()


def _renew() -> None:
    """Tables and static files of this version, for a demo that an earlier one built too."""
    from django.core.management import call_command

    renew_tables()
    call_command("collectstatic", verbosity=0, interactive=False)


def show_figures() -> None:
    """The four cells of the bloc and of its five worst branches, then the recount and the chain."""
    from django.utils import timezone

    from trienkhai.audit.queries import verify
    from trienkhai.common.clock import today
    from trienkhai.orgs.queries import names_of, unit_by_code
    from trienkhai.tasks.models import Assignment
    from trienkhai.tasks.queries import cells_by_child, cells_of
    from trienkhai.tasks.tally import negatives, recount

    bloc, on = unit_by_code("MH"), today()
    assert bloc is not None
    table = Table(title=f"Bảng bốn ô ngày {on:%d/%m/%Y}", title_justify="left")
    for heading in ("Đơn vị", "Được giao", "Đúng hạn", "Quá hạn (xong)", "Trong hạn", "Quá hạn", "Tỷ lệ xong"):
        table.add_column(heading, justify="left" if heading == "Đơn vị" else "right")
    _row(table, bloc.name, cells_of(bloc, on=on, soon=on), "bold")
    children = cells_by_child(bloc, on=on, soon=on)
    worst = sorted(children.items(), key=lambda item: (-item[1].open_overdue / max(item[1].total, 1), item[0]))[:5]
    names = names_of(pk for pk, _cells in worst)
    for pk, cells in worst:
        _row(table, names[pk].name, cells)
    console.print(table)
    wrong, chain = recount(), verify(timezone.now())
    console.print(
        f"{num(Assignment.objects.count())} phần việc; số tổng hợp so với đếm lại: {len(wrong)} sai lệch, "
        f"{negatives()} số âm; "
        f"nhật ký: {num(chain.checked)} việc, chuỗi {'liền' if chain.holds else 'ĐỨT'}"
    )


def _row(table: Table, name: str, cells: Any, style: str = "") -> None:
    numbers = (cells.total, cells.done_on_time, cells.done_late, cells.open_in_time, cells.open_overdue)
    table.add_row(name, *map(num, numbers), share(cells.done, cells.total), style=style)


def _serve(port: int) -> None:
    from trienkhai.demo.entries import PASSWORD
    from trienkhai.demo.organisation import posts

    table = Table(title=f"Tài khoản (mật khẩu chung: {PASSWORD})", title_justify="left")
    table.add_column("Tên đăng nhập")
    table.add_column("Chức danh")
    for row in posts():
        if row.signs_in:
            table.add_row(row.username, f"{row.title} ({row.unit_code})")
    console.print(table)
    console.print(f"Mở http://127.0.0.1:{port}/ trong trình duyệt.")
    os.execv(sys.executable, [sys.executable, "-m", "trienkhai.cli", "serve", "--port", str(port)])
