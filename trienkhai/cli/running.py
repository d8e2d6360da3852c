"""`trienkhai migrate | serve | worker`: bring the database up to date, serve pages, do what is due."""

import os
import signal
import socket
import subprocess
import sys
import time
from types import FrameType

import click

from trienkhai.cli import fail, start_django

SEAL_EVERY = 5
DO_DUE_EVERY = 300


@click.command()
def migrate() -> None:
    """Create or renew the tables, the norms and the triggers that guard the log."""
    start_django()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    click.echo("Cơ sở dữ liệu đã sẵn sàng.")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=int)
@click.option("--workers", default=1, show_default=True, type=int)
def serve(host: str, port: int, workers: int) -> None:
    """Serve the site; on the embedded database the worker runs beside it."""
    start_django()
    from django.conf import settings

    if _taken(host, port):
        fail(f"Cổng {port} đang có chương trình khác dùng. Hãy chọn cổng khác bằng --port.")
    beside = subprocess.Popen([sys.executable, "-m", "trienkhai.cli", "worker"]) if settings.EMBEDDED else None
    server = subprocess.Popen(
        [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
            "--workers", str(workers), "--blocking-threads", "4", "--log-level", "warning",
            "trienkhai.config.wsgi:application",
        ]
    )  # fmt: skip
    signal.signal(signal.SIGTERM, lambda number, frame: server.terminate())
    click.echo(f"Triển Khai: http://{host}:{port}/  (Ctrl+C để dừng)")
    try:
        server.wait()
    except KeyboardInterrupt:
        server.terminate()
        server.wait()
    finally:
        if beside:
            beside.terminate()
            beside.wait()


def _taken(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex((host, port)) == 0


@click.command()
@click.option("--once", is_flag=True, help="Do what is due now, then end.")
def worker(once: bool) -> None:
    """Seal acts, open the occurrences that are due, store month-end sheets. More than one do no harm."""
    start_django()
    stopping: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.append(number)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    done_at, parent = 0.0, os.getppid()
    while not stopping and os.getppid() == parent:
        if time.monotonic() - done_at > DO_DUE_EVERY or not done_at:
            do_due()
            done_at = time.monotonic()
        seal_all()
        if once:
            return
        for _second in range(SEAL_EVERY):
            if stopping:
                break
            time.sleep(1)


def do_due() -> None:
    """What falls due with a day: month-end sheets, then the occurrences whose period has begun."""
    from trienkhai.common import clock
    from trienkhai.tasks.actions import close_months, open_occurrences

    close_months(on=clock.today(), at=clock.now())
    open_occurrences(on=clock.today(), at=clock.now())


def seal_all() -> int:
    """Seal until nothing is left; returns how many."""
    from django.db import connection

    from trienkhai.audit.actions import seal_acts

    total = 0
    while sealed := seal_acts():
        total += sealed
    connection.close()
    return total
