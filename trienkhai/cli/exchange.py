"""`trienkhai export-units | import-units`: the organisation as a file, for whoever owns the machine."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from trienkhai.cli import fail, start_django

if TYPE_CHECKING:
    from trienkhai.orgs.models import Unit


def _unit(code: str) -> "Unit":
    from trienkhai.orgs.queries import unit_by_code

    return unit_by_code(code) or fail(f"Không có đơn vị nào mang mã {code}.")


@click.command("export-units")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--of", "code", required=True, help="Code of the unit at the top.")
def export_units(file: Path, code: str) -> None:
    """Write units and posts of a branch into an .xlsx file."""
    start_django()
    from trienkhai.common import clock
    from trienkhai.exchange.files import write_xlsx
    from trienkhai.exchange.queries import post_rows, unit_rows

    unit, on = _unit(code), clock.today()
    with file.open("wb") as target:
        write_xlsx(target, {"units": unit_rows(unit, on), "posts": post_rows(unit, on)}, on)
    click.echo(f"Đã ghi {file}.")


@click.command("import-units")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--of", "code", required=True, help="Code of the unit at the top; made from its own row when it is new.")
@click.option("--dry-run", is_flag=True, help="Say what would change; store nothing.")
def import_units(file: Path, code: str, dry_run: bool) -> None:
    """Bring units and posts in from an .xlsx or .csv file."""
    start_django()
    from django.core.exceptions import ValidationError

    from trienkhai.audit.actions import SYSTEM
    from trienkhai.common import clock
    from trienkhai.exchange.actions import WrongRows, found_top, store_import
    from trienkhai.exchange.files import read_tables
    from trienkhai.exchange.planning import plan_import

    on = clock.today()
    try:
        with file.open("rb") as source:
            tables = read_tables(source, file.name, on)
        unit = found_top(tables, code, by=SYSTEM, at=clock.now()) or _unit(code)
        if dry_run:
            plan = plan_import(tables, unit, on)
        else:
            plan = store_import(tables, unit, by=SYSTEM, at=clock.now())
    except WrongRows as fault:
        plan = fault.plan
    except ValidationError as fault:
        fail(" ".join(fault.messages))
    for kind, row in plan.wrong:
        click.echo(f"✗ {kind} {row.number}: {' '.join(row.errors)}", err=True)
    if plan.wrong:
        fail(f"{len(plan.wrong)} dòng sai; không ghi gì cả.")
    click.echo(
        f"{'Sẽ ' if dry_run else 'Đã '}lập {len(plan.new)}, đổi {len(plan.changed)}, chuyển {len(plan.moved)} đơn vị; "
        f"lập {len(plan.posts)} chức danh, {len(plan.holdings)} người giữ chức; {plan.same} đơn vị giữ nguyên."
    )
