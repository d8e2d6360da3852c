"""Tables in plain text, of five kinds: Markdown pipes, cells joined by " | ", cells between lines of one "|",
one cell a line, and one cell a line below names in pipes. Each becomes rows of cells; the rest stays prose."""

import re
from dataclasses import dataclass, field

from .grammar import phrases
from .text import Line, squeeze

_DIVIDER = re.compile(r"[|:\-\s]+")
_ORDINAL = re.compile(r"(?:\d{1,3}(?:\.\d{1,2})*|[IVXL]{1,5}|[a-zđ])?[.)]?")
_FIRST_CELL = re.compile(r"(?:S?TT|Số TT)\s?\|", re.IGNORECASE)  # of a row of names: no row above runs on into it
_MARK = re.compile(r"(?:\d{1,3}(?:\.\d{1,2})*|[IVXL]{1,5})[.)]?|[a-zđ]\)")
_LOOK_AHEAD = 8
_MORE_NAMES = 3  # names of columns that a new page put below the row of names
_OVERFLOW = 4  # lines of cells that a new page cut


@dataclass
class Segment:
    """Either prose (lines) or a table (rows)."""

    lines: list[Line] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


def segments(lines: list[Line]) -> list[Segment]:
    """The lines cut into prose and tables, in order."""
    out: list[Segment] = [Segment()]
    i = 0
    while i < len(lines):
        rows, after = _table_at(lines, i)
        if rows:
            out += [Segment(rows=rows), Segment()]
            i = after
        else:
            out[-1].lines.append(lines[i])
            i += 1
    return [segment for segment in out if segment.lines or segment.rows]


def _table_at(lines: list[Line], i: int) -> tuple[list[list[str]], int]:
    line = lines[i]
    if line.pipe:
        return _fenced(lines, i)
    if line.text.startswith("|") and line.text.count("|") >= 2:
        return _markdown(lines, i)
    if "|" in line.text:
        return _joined(lines, i)
    if line.text.upper() in ("TT", "STT", "SỐ TT"):
        return _vertical(lines, i)
    return [], i


def _markdown(lines: list[Line], i: int) -> tuple[list[list[str]], int]:
    rows = []
    while i < len(lines) and lines[i].text.startswith("|") and not lines[i].pipe:
        text = lines[i].text.strip().strip("|")
        if not _DIVIDER.fullmatch(lines[i].text):
            rows.append([squeeze(cell) for cell in text.split("|")])
        i += 1
    return _with_loose(rows, lines, i) if len(rows) == 1 else (rows, i)


def _with_loose(rows: list[list[str]], lines: list[Line], i: int) -> tuple[list[list[str]], int]:
    """Only the names of columns stand between bars, "| TT | Nhiệm vụ | Chủ trì |"; below, each cell is a line."""
    role = phrases().columns.role
    names = [cell for cell in rows[0] if cell]
    if len(names) < 3 or sum(bool(role(cell)) for cell in names) < 2:
        return rows, i
    at = i
    while at < min(len(lines), i + _MORE_NAMES) and role(squeeze(lines[at].text)) and len(lines[at].text) < 40:
        names.append(squeeze(lines[at].text))
        at += 1
    width, found = len(names), []
    while at < len(lines) and _MARK.fullmatch(lines[at].text):
        stop = next((j for j in range(at + 1, len(lines)) if _MARK.fullmatch(lines[j].text)), len(lines))
        cells = [squeeze(line.text) for line in lines[at : min(stop, at + width)]]
        if len(cells) not in (2, width):
            break
        found.append(cells + [""] * (width - len(cells)))
        at = stop if stop - at <= width + _OVERFLOW else at + width
    full = sum(all(cells) for cells in found)
    return ([names, *found], at) if full >= 2 else (rows, i)


def _joined(lines: list[Line], i: int) -> tuple[list[list[str]], int]:
    """Rows written "a | b | c"; a cell of several lines spreads its row over several lines."""
    width = lines[i].text.count("|")
    rows, start = [], i
    while i < len(lines):
        row, used = _joined_row(lines, i, width)
        if not row:
            break
        rows.append(row)
        i += used
    return (rows, i) if rows else ([], start)


def _joined_row(lines: list[Line], i: int, width: int) -> tuple[list[str], int]:
    pipes, parts = 0, []
    for j in range(i, min(len(lines), i + _LOOK_AHEAD)):
        if lines[j].pipe or (j > i and _FIRST_CELL.match(lines[j].text)):
            break
        pipes += lines[j].text.count("|")
        parts.append(lines[j].text)
        if pipes == width:
            return [squeeze(cell) for cell in " ".join(parts).split("|")], j - i + 1
        if pipes > width:
            break
    text = lines[i].text
    return ([squeeze(cell) for cell in text.split("|")], 1) if "|" in text else ([], 0)


def _fenced(lines: list[Line], i: int) -> tuple[list[list[str]], int]:
    rows: list[list[str]] = [[]]
    cell: list[str] | None = None
    quiet, j, last = 0, i, i
    while j < len(lines) and quiet <= 14:
        line = lines[j]
        if line.pipe:
            if cell is None:
                cell = []
            elif not cell and j and lines[j - 1].pipe and lines[j].blank_before == 0:
                rows.append([])
            else:
                rows[-1].append(squeeze(" ".join(cell)))
                cell = []
            quiet, last = 0, j
        else:
            quiet += 1
            if cell is not None and line.text:
                cell.append(line.text)
        j += 1
    rows = [row for row in rows if row]
    return rows or [[""]], last + 1


def _vertical(lines: list[Line], i: int) -> tuple[list[list[str]], int]:
    """One cell a line under a header of such lines; an empty line, or one more than usual, is an empty cell."""
    columns = phrases().columns
    head = [squeeze(line.text) for line in lines[i : i + 9]]
    width = next((n for n in range(1, len(head)) if head[n] in ("1", "I", "1.", "I.", "A")), 0)
    named = sum(bool(columns.role(cell)) for cell in head[1:width])
    gaps = {line.blank_before for line in lines[i + 1 : i + width]}
    if width < 3 or named < 2 or len(gaps) != 1 or max(gaps) > 2:
        return [], i
    gap = gaps.pop()
    cells: list[str] = []
    where: list[int] = []
    for j in range(i + width, len(lines)):
        for _ in range(min(max(0, lines[j].blank_before - gap) // (gap + 1), 2) if cells else 0):
            cells.append("")
            where.append(j)
        cells.append(squeeze(lines[j].text))
        where.append(j + 1)
    rows, at = [head[:width]], 0
    while at + width <= len(cells) and _ORDINAL.fullmatch(cells[at]):
        rows.append(cells[at : at + width])
        at += width
    return rows, where[at - 1] if at else i + width
