"""`trienkhai export-units | import-units`: the organisation as a file, for whoever owns the machine."""

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from trienkhai.cli import fail, start_django

if TYPE_CHECKING:
    from trienkhai.exchange.planning import Plan
    from trienkhai.exchange.progress import Stage
    from trienkhai.orgs.models import Unit

MOST_TOLD = 200
PLAIN_EVERY = 5
"""Seconds between two lines of progress where no terminal shows one that changes."""


class Progress:
    """Says on the error stream how many of how many rows are done: on a terminal one line, else a line now and then."""

    def __init__(self) -> None:
        self.terminal, self.width = sys.stderr.isatty(), 0
        self.said_at = time.monotonic()

    def __call__(self, stage: "Stage", done: int, of: int) -> None:
        from trienkhai.exchange.progress import line

        if not self.terminal and time.monotonic() - self.said_at < PLAIN_EVERY:
            return
        self.said_at, words = time.monotonic(), line(stage, done, of)
        if self.terminal:
            click.echo(f"\r{words.ljust(self.width)}", nl=False, err=True)
            self.width = len(words)
        else:
            click.echo(words, err=True)

    def end(self) -> None:
        """Leave the line empty for what comes after it."""
        if self.width:
            click.echo("\r" + " " * self.width + "\r", nl=False, err=True)
            self.width = 0


def _unit(code: str) -> "Unit":
    from trienkhai.orgs.queries import unit_by_code

    return unit_by_code(code) or fail(f"Không có đơn vị nào mang mã {code}.")


@click.command("export-units")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--of", "code", required=True, help="Code of the unit at the top.")
@click.option("--sheet", type=click.Choice(["units", "posts"]), default="units", help="Which sheet a .csv file holds.")
def export_units(file: Path, code: str, sheet: str) -> None:
    """Write units and posts of a branch into an .xlsx file, or one of the two into a .csv file."""
    start_django()
    from trienkhai.common import clock
    from trienkhai.exchange.progress import Stage, counted
    from trienkhai.exchange.queries import how_many, post_rows, unit_rows
    from trienkhai.exchange.writing import write_csv, write_xlsx

    unit, on, tell = _unit(code), clock.today(), Progress()
    sizes = how_many(unit, on)
    of = sizes[sheet] if file.suffix.lower() == ".csv" else sum(sizes.values())
    before = 0 if file.suffix.lower() == ".csv" else sizes["units"]
    tables: dict[str, Any] = {
        "units": counted(unit_rows(unit, on), tell, Stage.WRITE, of),
        "posts": counted(post_rows(unit, on), tell, Stage.WRITE, of, before=before),
    }
    if file.suffix.lower() == ".csv":
        with file.open("w", encoding="utf-8", newline="") as lines:
            lines.writelines(write_csv(sheet, tables[sheet], on))
    else:
        with file.open("wb") as target:
            write_xlsx(target, tables, on)
    tell.end()
    click.echo(f"Đã ghi {file}.")


@click.command("import-units")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--of", "code", required=True, help="Code of the unit at the top; made from its own row when it is new.")
@click.option("--dry-run", is_flag=True, help="Say what would change; store nothing.")
@click.option(
    "--marked", type=click.Path(dir_okay=False, path_type=Path), help="Where to write the file with its errors."
)
def import_units(file: Path, code: str, dry_run: bool, marked: Path | None) -> None:
    """Bring units and posts in from an .xlsx or .csv file."""
    start_django()
    from django.core.exceptions import ValidationError

    from trienkhai.common.verdict import Refused

    tell = Progress()
    try:
        plan = _imported(file, code, dry_run, tell)
    except ValidationError as fault:
        fail(" ".join(fault.messages))
    except Refused as fault:
        fail(str(fault))
    finally:
        tell.end()
    if plan.wrong:
        _tell_wrong(plan, file, marked)
    if plan.crowded:
        click.echo(f"! {plan.crowded} chức danh có nhiều người giữ hơn số lượng; sẽ hiện là vượt số lượng.", err=True)
    done = "Sẽ" if dry_run else "Đã"
    counts = plan.counts | {"same": plan.same, "left": plan.left_alone}
    click.echo(
        f"{done} "
        + "lập {new}, đổi {changed}, chuyển {moved} đơn vị; lập {posts}, đổi {refitted} chức danh, "
        "{holdings} người giữ chức, sửa {altered} lượt giữ chức; "
        "{same} đơn vị giữ nguyên, {left} đơn vị không có trong tệp để yên.".format(**counts)
    )


def _imported(file: Path, code: str, dry_run: bool, tell: Progress) -> "Plan":
    """The plan, carried out unless this is a dry run or a row is wrong; then nothing stays, not even a new top."""
    from django.db import transaction

    from trienkhai.audit.actions import SYSTEM
    from trienkhai.common import clock
    from trienkhai.exchange.actions import WrongRows, found_top, store_import
    from trienkhai.exchange.files import read_tables
    from trienkhai.exchange.planning import plan_import

    at = clock.now()
    with file.open("rb") as source:
        tables = read_tables(source, file.name, clock.today(), tell=tell)
    with transaction.atomic():
        unit = found_top(tables, code, by=SYSTEM, at=at) or _unit(code)
        if dry_run:
            plan = plan_import(tables, unit, clock.today(), tell=tell)
            transaction.set_rollback(True)
            return plan
        try:
            return store_import(tables, unit, by=SYSTEM, at=at, tell=tell)
        except WrongRows as fault:
            transaction.set_rollback(True)
            return fault.plan


def _tell_wrong(plan: "Plan", file: Path, marked: Path | None) -> None:
    from trienkhai.exchange.columns import SHEETS
    from trienkhai.exchange.writing import write_marked

    for kind, row in plan.wrong[:MOST_TOLD]:
        columns = ", ".join(plan.tables[kind].columns_of(row))
        place = f"dòng {row.number}" + (f", cột {columns}" if columns else "")
        click.echo(f"✗ {SHEETS[kind][0]}, {place}: {' '.join(row.errors)}", err=True)
    if len(plan.wrong) > MOST_TOLD:
        click.echo(f"… và {len(plan.wrong) - MOST_TOLD} dòng sai khác.", err=True)
    if marked:
        with marked.open("wb") as target, file.open("rb") as source:
            write_marked(target, plan.tables, source, file.name)
        click.echo(f"Tệp có ghi lỗi: {marked}", err=True)
    fail(f"{len(plan.wrong)} dòng sai; không ghi gì cả.")
