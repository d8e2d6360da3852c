"""Tasks from tables: a row is a task when its table has columns for the duty and for who leads."""

import re

from ..bodies import split_bodies
from ..grammar import phrases
from ..model import Task
from ..text import Block
from .fields import settle

_ORDINAL = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3}){0,2})\)?[.)]?")
_GROUP = re.compile(r"(?:[IVXL]{1,6}|[A-E])[.)]?")
_COLUMN_NUMBERS = re.compile(r"\(?\d{1,2}\)?(?:=.*)?")
Columns = dict[str, int]


def read_tables(blocks: list[Block]) -> list[Task]:
    """Tasks of every table whose header says what its columns are."""
    tasks: list[Task] = []
    columns: Columns | None = None
    last: Task | None = None
    for block in blocks:
        if not block.is_row:
            columns = None if len(block.text) > 60 else columns
            continue
        found = _columns(block.cells)
        if found:
            columns, last = found, None
            continue
        if columns is None or _is_column_numbers(block.cells):
            continue
        task = _task(block, columns)
        if task and _carries_on(block, columns, last):
            _append(last, block, columns)
        elif task and task.text:
            tasks.append(task)
            last = task
    return [settle(task) for task in tasks if task.lead or task.clause]


def _columns(cells: list[str]) -> Columns | None:
    """Which cell holds what, from a header row; None when the row is no such header."""
    if len(cells) < 3 or any(len(cell) > 90 for cell in cells):
        return None
    columns: Columns = {}
    for i, cell in enumerate(cells):
        role = "number" if cell.upper().strip(" .") in ("TT", "STT", "SỐ TT") else phrases().columns.role(cell)
        if role and role != "other":
            columns.setdefault(role, i)
    return columns if "task" in columns and "lead" in columns and columns["task"] != columns["lead"] else None


def _is_column_numbers(cells: list[str]) -> bool:
    return all(not cell or _COLUMN_NUMBERS.fullmatch(cell) for cell in cells)


def _cell(block: Block, columns: Columns, role: str) -> str | None:
    at = columns.get(role)
    return (block.cells[at].strip(" .") or None) if at is not None and at < len(block.cells) else None


def _number(block: Block, columns: Columns) -> str:
    at = columns.get("number", 0)
    return block.cells[at] if at < len(block.cells) else ""


def _task(block: Block, columns: Columns) -> Task | None:
    text, lead = _cell(block, columns, "task"), _cell(block, columns, "lead")
    number = _number(block, columns)
    if _GROUP.fullmatch(number) and not lead:
        return None
    with_bodies = _cell(block, columns, "coordinating")
    return (
        Task(
            text=(block.cells[columns["task"]] if columns["task"] < len(block.cells) else "") or "",
            lead=lead,
            coordinating=[mention.text for mention in split_bodies(with_bodies)] if with_bodies else [],
            deadline=_cell(block, columns, "deadline"),
            product=_cell(block, columns, "product"),
            clause=number.strip(" .()") if _ORDINAL.fullmatch(number) else None,
            start=block.start,
            end=block.end,
            quote=block.text,
        )
        if text or lead
        else None
    )


def _carries_on(block: Block, columns: Columns, last: Task | None) -> bool:
    """A row without number whose words go on from the row above: a page break ran through it."""
    if last is None or "number" not in columns or _number(block, columns):
        return False
    text = _cell(block, columns, "task")
    return not text or text[:1].islower() or text[:1] in "(;," or not _cell(block, columns, "lead")


def _append(task: Task | None, block: Block, columns: Columns) -> None:
    if task is None:
        return
    more = {role: _cell(block, columns, role) for role in ("task", "lead", "deadline", "product")}
    task.text = f"{task.text} {more['task']}" if more["task"] else task.text
    task.lead = " ".join(filter(None, (task.lead, more["lead"]))) or None
    task.deadline = " ".join(filter(None, (task.deadline, more["deadline"]))) or None
    task.product = " ".join(filter(None, (task.product, more["product"]))) or None
    task.end, task.quote = block.end, f"{task.quote}\n{block.text}"
