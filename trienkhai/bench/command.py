"""`trienkhai bench`: measure on a database of its own, print the figures."""

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Table

from trienkhai.bench.results import Result, rows
from trienkhai.bench.scales import SCALES, Scale
from trienkhai.bench.scratch import NoScratch, Scratch, scratch_for
from trienkhai.cli import fail, renew_tables, start_django

if TYPE_CHECKING:
    from trienkhai.bench.organisation import Organisation
    from trienkhai.tasks.models import Issue

Step = Callable[[str], None]
SHOWN = [name for name in SCALES if name != "tiny"]


class ScaleName(click.Choice):
    """The scales a person chooses from; tests have one more."""

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        return f"[{'|'.join(SHOWN)}]"


@click.command()
@click.option("--scale", "name", type=ScaleName(list(SCALES)), default="bloc", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--search", is_flag=True, help="Search in 100,000 documents too; some minutes more.")
@click.option("--doc", type=click.Path(dir_okay=False, path_type=Path), help="Renew this page with the figures.")
def bench(name: str, as_json: bool, search: bool, doc: Path | None) -> None:
    """Measure the product as ratios to floors, on a database of its own.

    On the PostgreSQL server of TRIENKHAI_DATABASE_URL a scratch database is made and dropped; without one a temporary
    SQLite file is used.
    """
    scale, url = SCALES[name], os.environ.get("TRIENKHAI_DATABASE_URL", "").strip()
    if scale.postgresql_only and not url.startswith("postgres"):
        fail(f"Quy mô {name} cần PostgreSQL: hãy đặt TRIENKHAI_DATABASE_URL.")
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(143))
    try:
        scratch = scratch_for(url)
    except NoScratch as fault:
        fail(str(fault))
    try:
        scratch.prepare()
        result = _run(scratch, scale, search)
    finally:
        _disconnect()
        scratch.remove()
    if doc:
        from trienkhai.bench.document import write

        write(doc, result)
    _print(result, as_json)


def _disconnect() -> None:
    from django.conf import settings

    if settings.configured:
        from django.db import connection

        connection.close()


def _run(scratch: Scratch, scale: Scale, with_search: bool) -> Result:
    """All figures in their order; what a later one needs the earlier ones leave behind."""
    start_django()
    from django.core.management import call_command

    from trienkhai.bench import machine, organisation, work
    from trienkhai.bench.figures import tree

    begun = time.monotonic()
    step = _steps()
    step("bảng dữ liệu")
    renew_tables()
    call_command("collectstatic", verbosity=0, interactive=False)
    step("cây tổ chức nhỏ hơn")
    points = tree.curve(scratch, scale.curve)
    step("tổ chức")
    built = organisation.build(scale.levels, crowded=not scale.whole)
    issue = work.prepare(built, scale)
    scratch.settle()
    found = _measure_work(scratch, scale, built, issue, step) if scale.whole else _store_work(scale, built, issue, step)
    scratch.settle()
    found |= _measure_reading(scale, built, step)
    step("cây tổ chức")
    found |= (largest := tree.measure(built))
    if points:
        found |= tree.growth([*points, largest]) | {"curve": [*points, largest]}
    if scale.whole:
        found |= _measure_load(scratch, scale, built, step)
    if with_search:
        from trienkhai.bench.figures import search

        step("tìm văn bản")
        found |= search.measure(built, scale.documents, scratch.settle)
    head = {
        "database": scratch.name,
        "scale": scale.name,
        "units": built.units,
        "tasks": scale.broad + scale.spread,
    }
    tail: dict[str, Any] = {
        "machine": machine.describe(),
        "measured_on": date.today().isoformat(),
        "run_s": time.monotonic() - begun,
    }
    return head | found | tail


def _measure_work(scratch: Scratch, scale: Scale, built: "Organisation", issue: "Issue", step: Step) -> Result:
    """Sending and issuing, each on fresh copies; then the work of the run is there."""
    from trienkhai.bench import work
    from trienkhai.bench.figures import cascade, sending

    step("gửi xuống")
    assert issue.document is not None
    found: Result = sending.measure(scratch, built, issue.document, scale.rounds)
    step("giao việc")
    found |= cascade.measure(scratch, built, issue, scale.rounds)
    step("nhiệm vụ")
    cascade.keep(built, issue)
    work.fill(built, scale)
    return found | {"assignments": work.count()}


def _store_work(scale: Scale, built: "Organisation", issue: "Issue", step: Step) -> Result:
    from trienkhai.bench import work

    step("nhiệm vụ")
    work.store(issue, built, scale)
    return {"assignments": work.count()}


def _measure_reading(scale: Scale, built: "Organisation", step: Step) -> Result:
    from trienkhai.bench.figures import approving, board, lists, pages

    step("bảng điều hành")
    found: Result = board.measure(built)
    if scale.whole:
        step("duyệt")
        found |= approving.measure()
    step("danh sách")
    found |= lists.measure(built)
    step("trang")
    return found | pages.measure(built, scale.pages)


def _measure_load(scratch: Scratch, scale: Scale, built: "Organisation", step: Step) -> Result:
    """Many people and many rows at once."""
    from trienkhai.bench.figures import completeness, crowd, deadline_day, exchange, thousands, urging

    step("duyệt hàng nghìn")
    found: Result = thousands.measure(scratch, built)
    step("báo cáo định kỳ")
    found |= completeness.measure(built)
    step("tổ chức thành tệp")
    found |= exchange.measure(built)
    step("ngày cuối hạn")
    found |= deadline_day.measure(built, scale.rush)
    step("nhiều người cùng lúc")
    found |= crowd.measure(scale.seconds)
    step("đôn đốc")
    return found | urging.measure(scratch.settle)


def _steps() -> Step:
    """Says on the error stream what is going on and since when."""
    begun = time.monotonic()

    def step(words: str) -> None:
        click.echo(f"{time.monotonic() - begun:6.1f} s  {words} …", err=True)

    return step


def _print(result: Result, as_json: bool) -> None:
    if as_json:
        rounded = {key: round(value, 6) if isinstance(value, float) else value for key, value in result.items()}
        click.echo(json.dumps(rounded, ensure_ascii=False))
        return
    machine = result["machine"]
    table = Table(title=f"{machine['database']}, {result['units']:,} đơn vị, {result['assignments']:,} phần việc")
    for heading, side in (("Số đo", "left"), ("Đo được", "right"), ("Giới hạn", "right"), ("", "left")):
        table.add_column(heading, justify=side)  # type: ignore[arg-type]
    marks = {True: "đạt", False: "[bold]chưa đạt[/bold]", None: ""}
    for row in rows(result):
        table.add_row(row.figure.vi, row.value, row.limit, marks[row.met])
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 120)
    console.print(table)
    console.print(
        f"{machine['cores']} nhân ({machine['processor']}), {machine['memory_gb']} GB, {machine['system']}; "
        f"Python {machine['python']}, Django {machine['django']}; {result['run_s']:.0f} giây."
    )
