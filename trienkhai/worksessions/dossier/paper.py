"""The dossier on paper: the same sections as on its page, in the official layout, with the charts drawn."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from trienkhai.common.folding import printable
from trienkhai.documents.layouts.composing import Composition, Paper, compose
from trienkhai.documents.layouts.markup import Piece
from trienkhai.documents.queries.drafts import habits_of, kind_of, layout_of, lines_of, note_of_installation
from trienkhai.people.models import Account
from trienkhai.reports.papers import NUMERALS
from trienkhai.worksessions.dossier.shape import TONES, read
from trienkhai.worksessions.dossier.showing import Bar, ShownSection, ShownTable, show
from trienkhai.worksessions.models import Dossier


def composition_of(dossier: Dossier, account: Account, on: date) -> Composition:
    """Issued by the upper unit that made it, without number and signature; with the words in the reader's sight."""
    upper = dossier.session.upper
    habits: dict[str, Any] = habits_of(upper)
    layout = layout_of(habits["system"], on=dossier.on, place=upper.path or "").layout
    paper = Paper(
        kind=kind_of(layout, "report"),
        title=f"tình hình {dossier.content['name']}, phục vụ buổi làm việc ngày {dossier.session.day:%d/%m/%Y}",
        issuer=habits["issuer_name"],
        symbol_body=habits["symbol_body"],
        parent=habits["parent_name"],
        place=habits["place"],
        body=tuple(_body(dossier, account, on)),
        authority=lines_of(habits.get("authority", "")),
        note=note_of_installation(),
    )
    return compose(paper, layout)


def _body(dossier: Dossier, account: Account, on: date) -> Iterator[Piece]:
    for number, section in enumerate(show(read(dossier.content), account, on)):
        yield Piece("roman", printable(section.title), NUMERALS[number])
        yield from _section(section)
    made = f"Số liệu chốt đến hết ngày {dossier.on:%d/%m/%Y}. Hồ sơ số {dossier.number}, mã SHA-256: {dossier.digest}"
    yield Piece("paragraph", made)


def _section(section: ShownSection) -> Iterator[Piece]:
    for title, bars in section.charts:
        yield Piece("chart", printable(title), rows=tuple(_chart(bars)))
    for table in section.tables:
        yield Piece("table", rows=tuple(_table(table)))
    for words in section.notes:
        yield Piece("paragraph", printable(words))


def _chart(bars: list[Bar]) -> Iterator[tuple[str, ...]]:
    """First the names of the tones, then for each bar its name and numbers."""
    yield ("", *(words for _tone, words in TONES))
    for bar in bars:
        yield (printable(bar.name), *(str(part["count"]) for part in bar.parts))


def _table(table: ShownTable) -> Iterator[tuple[str, ...]]:
    yield tuple(printable(head) for head, _right in table.heads)
    for row in table.rows:
        yield tuple(" ".join(printable(cell.words).split()) for cell in row)
