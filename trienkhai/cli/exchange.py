"""`trienkhai export-units | import-units`: the organisation as a file, for whoever owns the machine."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from trienkhai.cli import fail, start_django

if TYPE_CHECKING:
    from trienkhai.exchange.planning import Plan
    from trienkhai.orgs.models import Unit


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
    from trienkhai.exchange.queries import post_rows, unit_rows
    from trienkhai.exchange.writing import write_csv, write_xlsx

    unit, on = _unit(code), clock.today()
    tables: dict[str, Any] = {"units": unit_rows(unit, on), "posts": post_rows(unit, on)}
    if file.suffix.lower() == ".csv":
        with file.open("w", encoding="utf-8", newline="") as lines:
            lines.writelines(write_csv(sheet, tables[sheet], on))
    else:
        with file.open("wb") as target:
            write_xlsx(target, tables, on)
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

    try:
        plan = _imported(file, code, dry_run)
    except ValidationError as fault:
        fail(" ".join(fault.messages))
    except Refused as fault:
        fail(str(fault))
    if plan.wrong:
        _tell_wrong(plan, marked)
    click.echo(
        f"{'Sẽ ' if dry_run else 'Đã '}lập {len(plan.new)}, đổi {len(plan.changed)}, chuyển {len(plan.moved)} đơn vị; "
        f"lập {len(plan.posts)} chức danh, {len(plan.holdings)} người giữ chức, sửa {len(plan.altered)} lượt giữ chức; "
        f"{plan.same} đơn vị giữ nguyên, {plan.left_alone} đơn vị không có trong tệp để yên."
    )


def _imported(file: Path, code: str, dry_run: bool) -> "Plan":
    """The plan, carried out unless this is a dry run or a row is wrong; then nothing stays, not even a new top."""
    from django.db import transaction

    from trienkhai.audit.actions import SYSTEM
    from trienkhai.common import clock
    from trienkhai.exchange.actions import WrongRows, found_top, store_import
    from trienkhai.exchange.files import read_tables
    from trienkhai.exchange.planning import plan_import

    at = clock.now()
    with file.open("rb") as source:
        tables = read_tables(source, file.name, clock.today())
    with transaction.atomic():
        unit = found_top(tables, code, by=SYSTEM, at=at) or _unit(code)
        if dry_run:
            plan = plan_import(tables, unit, clock.today())
            transaction.set_rollback(True)
            return plan
        try:
            return store_import(tables, unit, by=SYSTEM, at=at)
        except WrongRows as fault:
            transaction.set_rollback(True)
            return fault.plan


def _tell_wrong(plan: "Plan", marked: Path | None) -> None:
    from trienkhai.exchange.columns import SHEETS
    from trienkhai.exchange.writing import write_marked

    for kind, row in plan.wrong:
        click.echo(f"✗ {SHEETS[kind][0]}, dòng {row.number}: {' '.join(row.errors)}", err=True)
    if marked:
        with marked.open("wb") as target:
            write_marked(target, plan.tables)
        click.echo(f"Tệp có ghi lỗi: {marked}", err=True)
    fail(f"{len(plan.wrong)} dòng sai; không ghi gì cả.")
