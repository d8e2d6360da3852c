"""Tasks from tables: a row is a task when its table has columns for the duty and for who leads or by when."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from ..bodies import split_bodies
from ..grammar import fold, load, phrases
from ..model import Task
from ..text import Block, squeeze
from .fields import settle

_ORDINAL = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3}){0,2})\)?[.)]?")
_GROUP = re.compile(r"(?:[IVXL]{1,6}|[A-E])[.)]?")
_LETTER = re.compile(r"[a-zđ][.)]")
_COLUMN_NUMBERS = re.compile(r"\(?\d{1,2}\)?(?:=.*)?")
_BOTH = re.compile(
    r"-?\s?(?:(?:đơn vị |cơ quan )?chủ trì\s?:\s*)?(?P<lead>.*?)(?:\s*\(?chủ trì\)?)?\s*[;,.:\n–-]*\s*"
    r"(?:(?:đơn vị |cơ quan )?phối hợp(?:\svới)?\s?:?)\s*(?P<with>.*)",
    re.IGNORECASE | re.DOTALL,
)
_SLASHED = re.compile(r"(?P<lead>[^/]+?)\s?/\s?(?P<with>[^/]+)", re.DOTALL)
_LED = ("chủ trì", "đơn vị chủ trì", "cơ quan chủ trì")
_DITTO = frozenset({"nt", "như trên", '"', "”", "“", "''", ",,"})
_LONGEST_HEADING = 90
_GROUP_CELLS = 2
Columns = dict[str, int]


@dataclass
class Table:
    """The rows under one header. columns: which cell holds what."""

    columns: Columns
    rows: list[Block] = field(default_factory=list)

    def cell(self, block: Block, role: str) -> str | None:
        at = self.columns.get(role)
        return (block.cells[at].strip(" .") or None) if at is not None and at < len(block.cells) else None

    def number(self, block: Block) -> str:
        at = self.columns.get("number", 0)
        return block.cells[at] if at < len(block.cells) else ""


def read_tables(blocks: list[Block]) -> list[Task]:
    """Tasks of every table whose header says what its columns are."""
    return [task for table in _tables(blocks) for task in _tasks(table)]


def _tables(blocks: list[Block]) -> list[Table]:
    """Tables with their headers, one row or two; a header that a new page repeats begins no new table."""
    tables: list[Table] = []
    current: Table | None = None
    above: Block | None = None
    for block in blocks:
        if not block.is_row:
            current = None if len(block.text) > 60 else current
            above = None
            continue
        columns = (_columns(_under(above.cells, block.cells)) if above else None) or _columns(block.cells)
        if columns:
            if current is None or current.columns != columns:
                current = Table(columns)
                tables.append(current)
        elif current and not _is_column_numbers(block.cells):
            current.rows.append(block)
        above = block
    return tables


def names_given(cells: Sequence[str], above: Sequence[str]) -> tuple[str, ...]:
    """The names of columns that a row gives, alone or together with the row of names right above it; else none."""
    row = list(cells)
    if _role(row[0]) == "number" or _columns(row):
        return tuple(row)
    if not above:
        return ()
    numbers = [cell.strip("() ") for cell in row]
    if len(row) == len(above) and numbers == [str(n + 1) for n in range(len(row))]:
        return tuple(above)
    return tuple(_under(list(above), row))


def is_group(cells: Sequence[str]) -> bool:
    """A row that names the rows below it, as "II | Nhóm nhiệm vụ | |" does."""
    said = [cell for cell in cells if cell]
    return len(cells) > _GROUP_CELLS >= len(said) and bool(_GROUP.fullmatch(cells[0])) and said[-1] != cells[0]


def _columns(cells: list[str]) -> Columns | None:
    """Which cell holds what, from a header row; None when the row is no such header."""
    if len(cells) < 3 or any(len(cell) > _LONGEST_HEADING for cell in cells):
        return None
    columns: Columns = {}
    for i, cell in enumerate(cells):
        role = _role(cell)
        if role and role != "other":
            columns.setdefault(role, i)
    if "both" in columns:
        columns.setdefault("lead", columns["both"])
    if "task" not in columns or columns["task"] == columns.get("lead"):
        return None
    dated = "deadline" in columns and "number" in columns and bool(_strong(cells[columns["task"]]))
    return columns if "lead" in columns or dated else None


def _role(cell: str) -> str | None:
    if cell.upper().strip(" .") in ("TT", "STT", "SỐ TT", "SỐ THỨ TỰ"):
        return "number"
    folded = fold(cell)
    if "chủ trì" in folded and "phối hợp" in folded:
        return "both"
    return phrases().columns.role(cell)


def _strong(cell: str) -> bool:
    """Words that only a column of duties bears; "nội dung" may head anything."""
    return any(word in fold(cell) for word in load("phrases")["duty_columns"])


def _under(upper: list[str], lower: list[str]) -> list[str]:
    """One header from two rows: "Cơ quan thực hiện" above "Chủ trì | Phối hợp" spans as many cells as it must."""
    said = [cell for cell in lower if cell]
    if not said or not all(_role(cell) for cell in said):
        return []
    spanning = [i for i, cell in enumerate(upper) if _spans(cell)]
    if len(upper) == len(lower):
        return [squeeze(f"{a} {b}") if b else a for a, b in zip(upper, lower, strict=True)]
    if not spanning:
        return []
    at = spanning[0]
    return [*upper[:at], *said, *upper[at + 1 :]]


def _spans(cell: str) -> bool:
    return any(word in fold(cell) for word in load("phrases")["spanning_columns"])


def _is_column_numbers(cells: list[str]) -> bool:
    return all(not cell or _COLUMN_NUMBERS.fullmatch(cell) for cell in cells)


def _tasks(table: Table) -> list[Task]:
    tasks: list[Task] = []
    leads: dict[str, str] = {}
    separator = _separator(table)
    told = _told_out(table)
    for block, below in zip_longest(told, told[1:]):
        task = _task(table, block, separator)
        if not task or (below and _heads(table, block, below)):
            continue
        if tasks and _carries_on(table, block):
            _append(tasks[-1], table, block)
            continue
        number = task.clause or ""
        if task.lead:
            leads[number] = task.lead
        elif number.rpartition(".")[0] in leads and not task.coordinating:
            task.lead = leads[number.rpartition(".")[0]]
            task.flags.append("understood_lead")
        if task.text:
            tasks.append(task)
    if "lead" not in table.columns and not _are_duties(tasks):
        return []
    return [settle(task) for task in tasks if task.lead or task.clause]


def _heads(table: Table, block: Block, below: Block) -> bool:
    """ "2 | Rà soát văn bản | | |" above "a) | …": it names the rows below it."""
    said = [cell for cell in block.cells if cell]
    return (
        0 < len(said) <= _GROUP_CELLS
        and bool(_LETTER.fullmatch(table.number(below)))
        and not _LETTER.fullmatch(said[0])
    )


def _told_out(table: Table) -> list[Block]:
    """The rows with the words above in place of "nt", "như trên" and the like."""
    rows: list[Block] = []
    for block in table.rows:
        above = rows[-1].cells if rows else []
        cells = [
            above[i] if i < len(above) and fold(cell).strip(" -.") in _DITTO else cell
            for i, cell in enumerate(block.cells)
        ]
        rows.append(replace(block, cells=cells))
    return rows


def _are_duties(tasks: list[Task]) -> bool:
    """A table without leads is one of duties when most of its rows begin with a verb."""
    begun = sum(bool(phrases().verbs.match(fold(task.text[:60]))) for task in tasks)
    return begun >= 0.6 * len(tasks)


def _separator(table: Table) -> str:
    """The mark that sets bodies apart in this table: a semicolon wherever its author uses one, else a comma."""
    cells = [table.cell(block, role) or "" for block in table.rows for role in ("lead", "coordinating")]
    told = [(cell, _both(table, cell)) for cell in cells]
    parts = [part for cell, both in told for part in ((both["lead"].strip(" ;"), both["with"]) if both else (cell,))]
    return ";" if any(";" in part for part in parts) else ","


def _with(words: str | None, separator: str) -> list[str]:
    """The entries of a co-ordinating cell as its author sets them apart; each may still name several bodies."""
    if not words:
        return []
    if separator == ";":
        return [entry for entry in (squeeze(part).strip(" .,") for part in words.split(";")) if entry]
    return [mention.text for mention in split_bodies(words)]


def _task(table: Table, block: Block, separator: str) -> Task | None:
    text, lead, with_bodies = (table.cell(block, role) for role in ("task", "lead", "coordinating"))
    number = table.number(block)
    if _GROUP.fullmatch(number) and not lead:
        return None
    if lead and (told := _both(table, lead)):
        lead, with_bodies = told["lead"].strip(" ;,.:-") or None, with_bodies or told["with"].strip(" ;,.:")
    if not (text or lead):
        return None
    at = table.columns["task"]
    return Task(
        text=(block.cells[at] if at < len(block.cells) else "") or "",
        lead=lead,
        coordinating=_with(with_bodies, separator),
        deadline=table.cell(block, "deadline"),
        product=table.cell(block, "product"),
        clause=number.strip(" .()") if _ORDINAL.fullmatch(number) else None,
        start=block.start,
        end=block.end,
        quote=block.text,
    )


def _both(table: Table, words: str) -> re.Match[str] | None:
    """Who leads and who co-ordinates told in one cell: "Chủ trì: …; phối hợp: …", or "A/ B" if the header says so."""
    told = _BOTH.fullmatch(words) if "both" in table.columns or fold(words).lstrip("- ").startswith(_LED) else None
    return told or (_SLASHED.fullmatch(words) if "both" in table.columns else None)


def _carries_on(table: Table, block: Block) -> bool:
    """A row without number whose words go on from the row above: a page break ran through it."""
    if "number" not in table.columns or table.number(block):
        return False
    text = table.cell(block, "task")
    return not text or text[:1].islower() or text[:1] in "(;," or not table.cell(block, "lead")


def _append(task: Task, table: Table, block: Block) -> None:
    more = {role: table.cell(block, role) for role in ("task", "lead", "deadline", "product")}
    task.text = f"{task.text} {more['task']}" if more["task"] else task.text
    task.lead = " ".join(filter(None, (task.lead, more["lead"]))) or None
    task.deadline = " ".join(filter(None, (task.deadline, more["deadline"]))) or None
    task.product = " ".join(filter(None, (task.product, more["product"]))) or None
    task.end, task.quote = block.end, f"{task.quote}\n{block.text}"
