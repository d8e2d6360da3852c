"""`trienkhai import-documents`: a folder of documents goes into the register of a unit."""

import csv
import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from trienkhai.cli import fail, start_django
from trienkhai.cli.cascade import account_of, unit_of

if TYPE_CHECKING:
    from trienkhai.documents.actions import Outcome

BOOKS = ("in", "out", "internal")
STATES = {"registered": "vào sổ", "known": "đã có từ trước", "refused": "không nhận"}


@click.command("import-documents")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--as", "code", required=True, help="Code of the unit whose register they go into.")
@click.option("--by", "username", default="", help="Account that acts (default: the unit's only leader).")
@click.option("--book", type=click.Choice(BOOKS), default="in", show_default=True, help="Book they are entered in.")
@click.option("--not-secret", is_flag=True, help="You declare that none of the documents holds a state secret.")
@click.option("--workers", type=click.IntRange(1, 64), default=None, help="Processes that read (default: processors).")
@click.option("--list", "listed", type=click.Path(dir_okay=False, path_type=Path), help="A .csv of every file.")
def import_documents(
    folder: Path, code: str, username: str, book: str, not_secret: bool, workers: int | None, listed: Path | None
) -> None:
    """Register every document of FOLDER and its subfolders; the same command again goes on where it stopped."""
    start_django()
    from django.core.exceptions import ValidationError

    from trienkhai.common.clock import now, today
    from trienkhai.common.verdict import Refused
    from trienkhai.documents import actions

    if not sys.stdin.isatty() and not (username and not_secret):
        fail("Không có bàn phím để hỏi: hãy ghi rõ --by TÀI_KHOẢN và --not-secret.")
    if not not_secret and not click.confirm("Không văn bản nào trong thư mục chứa bí mật nhà nước?", default=False):
        fail("Chưa có cam kết văn bản không chứa bí mật nhà nước; không ghi gì cả.")
    unit, files = unit_of(code), sorted(documents_in(folder))
    by = account_of(username, unit, today())
    try:
        outcomes = actions.import_documents(
            unit, files, not_secret=True, book=book, workers=workers or os.cpu_count() or 1, by=by, at=now()
        )
        done = list(_shown(outcomes, len(files)))
    except (Refused, ValidationError) as fault:
        fail(str(fault))
    except KeyboardInterrupt:
        fail("Đã dừng; những văn bản đã vào sổ được giữ. Chạy lại lệnh này để làm tiếp.")
    _report(done, folder, listed)


def documents_in(folder: Path) -> Iterator[Path]:
    """Every file below, without hidden ones and the locks that Word leaves (~$…)."""
    for path in folder.rglob("*"):
        below = path.relative_to(folder)
        if path.is_file() and not any(part.startswith((".", "~$")) for part in below.parts):
            yield path


def _shown(outcomes: Iterator["Outcome"], total: int) -> Iterator["tuple[Path, str, str]"]:
    """(file, state, number or sentence) of each, behind a bar; a refused one is named at once."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True, highlight=False)) as bar:
        line = bar.add_task("Vào sổ", total=total)
        for outcome in outcomes:
            bar.advance(line)
            if outcome.refused:
                bar.console.print(f"✗ {outcome.path}: {outcome.refused}", markup=False, soft_wrap=True)
                yield outcome.path, "refused", outcome.refused
            else:
                yield outcome.path, "known" if outcome.known else "registered", str(outcome.document or "")


def _report(done: list[tuple[Path, str, str]], folder: Path, listed: Path | None) -> None:
    if listed:
        with listed.open("w", encoding="utf-8-sig", newline="") as target:
            writer = csv.writer(target)
            writer.writerow(["Tệp", "Kết quả", "Ghi chú"])
            writer.writerows([path.relative_to(folder), STATES[state], note] for path, state, note in done)
    counts = Counter(state for _path, state, _note in done)
    click.echo(
        f"{len(done)} tệp: {counts['registered']} vào sổ, {counts['known']} đã có từ trước, "
        f"{counts['refused']} không nhận."
    )
    sys.exit(1 if counts["refused"] else 0)
