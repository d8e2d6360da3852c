"""`trienkhai migrate | serve | worker | urge`: bring the database up to date, serve pages, do what is due."""

import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from types import FrameType

import click

from trienkhai.cli import fail, refuse_unready, renew_tables, start_django, tables_behind

logger = logging.getLogger(__name__)
SEAL_EVERY = 5
DO_DUE_EVERY = 300
SCANS_EVERY = 5
MAILS_EVERY = 20
MAIL_HOURS = 4


@click.command()
def migrate() -> None:
    """Create or renew the tables, the norms, the triggers that guard the log and the search index."""
    start_django()
    from django.core.management import call_command

    from trienkhai.cli.keeping import renew_index

    renew_tables()
    renew_index()
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

    _refuse_unready()
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


def _refuse_unready() -> None:
    """Every page would answer with a fault where tables or static files of this version are missing."""
    from django.conf import settings

    if tables_behind() or not (settings.STATIC_ROOT / "staticfiles.json").exists():
        refuse_unready()


def _taken(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex((host, port)) == 0


@click.command()
@click.option("--once", is_flag=True, help="Do what is due now, then end.")
def worker(once: bool) -> None:
    """Seal acts, open what recurs, store month-end sheets, urge, send mail, recognise scans. Several do no harm."""
    start_django()
    from django.conf import settings

    if tables_behind():
        refuse_unready()
    stopping: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.append(number)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    if settings.OCR and not once:
        threading.Thread(target=recognise_scans, args=[stopping]).start()
    if settings.MAIL and not once:
        threading.Thread(target=send_mails, args=[stopping]).start()
    if not once:
        threading.Thread(target=work_on_files, args=[stopping]).start()
    try:
        work(stopping, once)
    finally:
        stopping.append(0)


def work(stopping: list[int], once: bool) -> None:
    """Until something stands in `stopping`, or the process that started this one is gone."""
    from django.conf import settings

    done_at, parent = 0.0, os.getppid()
    while not stopping and os.getppid() == parent:
        if time.monotonic() - done_at > DO_DUE_EVERY or not done_at:
            do_due()
            done_at = time.monotonic()
        if once and settings.MAIL:
            while send_next_mail():
                pass
        if once and settings.OCR:
            while recognise_next_scan(stopping):
                pass
        if once:
            while work_on_next_file():
                pass
        run_jobs(stopping)
        seal_all()
        if once:
            return
        for _second in range(SEAL_EVERY):
            if stopping or run_jobs(stopping):
                break
            time.sleep(1)


def recognise_scans(stopping: list[int]) -> None:
    """In a thread of its own, since a scan may take minutes and seals do not wait."""
    while not stopping:
        try:
            found = recognise_next_scan(stopping)
        except Exception:
            logger.exception("A scan could not be recognised")
            found = False
        for _second in range(0 if found else SCANS_EVERY):
            if not stopping:
                time.sleep(1)


def work_on_files(stopping: list[int]) -> None:
    """In a thread of its own, since a file of 60,000 rows may take minutes and seals do not wait."""
    while not stopping:
        try:
            found = work_on_next_file()
        except Exception:
            logger.exception("The files that wait could not be read")
            found = False
        if not found:
            time.sleep(1)


def work_on_next_file() -> bool:
    from django.db import connection

    from trienkhai.common import clock
    from trienkhai.exchange.actions import run_next_file

    try:
        return run_next_file(now=clock.now)
    finally:
        connection.close()


def send_mails(stopping: list[int]) -> None:
    """In a thread of its own, since a server of mail may let one wait."""
    while not stopping:
        try:
            sent = send_next_mail()
        except Exception:
            logger.exception("A mail could not be sent")
            sent = False
        for _second in range(0 if sent else MAILS_EVERY):
            if not stopping:
                time.sleep(1)


def send_next_mail() -> bool:
    from django.db import connection

    from trienkhai.common import clock
    from trienkhai.notices.actions import send_next

    try:
        return send_next(at=clock.now())
    finally:
        connection.close()


def recognise_next_scan(stopping: list[int]) -> bool:
    from django.db import connection

    from trienkhai.common import clock
    from trienkhai.documents.actions import recognise_next

    try:
        return recognise_next(now=clock.now, stopped=lambda: bool(stopping))
    finally:
        connection.close()


def do_due() -> None:
    """What falls due with a day: month-end sheets, reorganisations whose day has come, occurrences and reports whose
    period has begun, the check of indicators, then what is urged; feedback of the days before is handed over; attempts
    to sign in of long ago are forgotten.
    """
    from trienkhai.common import clock
    from trienkhai.indicators.actions import check_chains
    from trienkhai.people.slowing import forget_old
    from trienkhai.tasks.actions import close_months, open_occurrences

    close_months(on=clock.today(), at=clock.now())
    reorganise()
    open_occurrences(on=clock.today(), at=clock.now())
    check_chains(on=clock.today(), at=clock.now())
    report_periods()
    urge_today()
    release_feedback()
    plan_mails()
    forget_old(at=clock.now())


def reorganise() -> int:
    """Approved reorganisation files are carried out on the first moment of their day; returns how many."""
    from trienkhai.common import clock
    from trienkhai.orgs.actions.reorganising import carry_out_due

    return carry_out_due(at=clock.now())


def report_periods() -> None:
    """Reports of units that no longer stand are closed, then the periods that have begun are opened."""
    from trienkhai.common import clock
    from trienkhai.reports.actions import close_left, open_periods

    close_left(on=clock.today(), at=clock.now())
    open_periods(on=clock.today(), at=clock.now())


def plan_mails() -> None:
    """In the morning, from the hour set on for four hours, one mail for each person who has unread news."""
    from django.conf import settings
    from django.utils import timezone

    from trienkhai.common import clock
    from trienkhai.notices.actions import plan_digests

    now = clock.now()
    if settings.MAIL and 0 <= timezone.localtime(now).hour - settings.MAIL_HOUR < MAIL_HOURS:
        plan_digests(on=clock.today(), at=now)


def urge_today() -> int | None:
    """The ladders' run of the day; None when it was done before or the day is off."""
    from trienkhai.common import clock
    from trienkhai.urging.actions import urge

    return urge(on=clock.today(), at=clock.now())


def release_feedback() -> int:
    """Feedback without a name of the days before goes to those who receive it; returns how many."""
    from trienkhai.common import clock
    from trienkhai.feedback.actions import release_letters

    return release_letters(on=clock.today())


@click.command("urge")
def urge_command() -> None:
    """Take the steps of the ladders that are due today, once; the worker does it by itself."""
    start_django()
    from trienkhai.common.templatetags.show import num

    done = urge_today()
    click.echo("Hôm nay là ngày nghỉ hoặc đã đôn đốc rồi." if done is None else f"Đã đôn đốc {num(done)} lượt.")


def run_jobs(stopping: list[int]) -> int:
    """Decisions in the background, portion by portion until none is left; returns how many portions."""
    from django.db import connection

    from trienkhai.common import clock
    from trienkhai.tasks.actions import run_portion

    portions = 0
    while not stopping and run_portion(at=clock.now()):
        portions += 1
    connection.close()
    return portions


def seal_all() -> int:
    """Seal until nothing is left; returns how many."""
    from django.db import connection

    from trienkhai.audit.actions import seal_acts

    total = 0
    while sealed := seal_acts():
        total += sealed
    connection.close()
    return total
