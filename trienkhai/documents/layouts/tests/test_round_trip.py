"""What the writer writes, the reader reads: no difference in any field, as Word file and as PDF, whatever the words."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from trienkhai.documents.layouts.composing import Block, Composition, Paper, compose
from trienkhai.documents.layouts.docx_file import write_docx
from trienkhai.documents.layouts.pdf_file import write_pdf
from trienkhai.documents.layouts.tests.papers import LAYOUTS, PARTY, bodies, papers
from trienkhai.documents.reader import read_text
from trienkhai.documents.reader.files import open_document
from trienkhai.documents.reader.model import Clause, Reading

EVERY = [(name, kind) for name, layout in LAYOUTS.items() for kind in layout.kinds]
WRITERS: dict[str, Callable[[Composition], bytes]] = {"docx": write_docx, "pdf": write_pdf}
# A paper is large: what fails is shown as it is, without a search for a smaller one.
SLOW = settings(
    max_examples=5,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


def read_back(content: bytes, suffix: str) -> Reading:
    intake = open_document(BytesIO(content), f"van-ban.{suffix}")
    return read_text(intake.text, wrapped=intake.wrapped)


def capitals(text: str | None) -> str:
    """What is printed in capitals does not tell its small letters."""
    return (text or "").upper()


def header_written(paper: Paper, composition: Composition) -> dict[str, Any]:
    assert paper.issued_on
    return {
        "kind": "party" if composition.layout.name in PARTY else "state",
        "type": paper.kind.name,
        "number": paper.number.zfill(2),
        "symbol": composition.symbol,
        "issuer": capitals(paper.issuer),
        "parent": capitals(paper.parent),
        "place": paper.place,
        "date": paper.issued_on.isoformat(),
        "title": paper.title,
        "signer": (paper.signer_name, capitals(paper.signer_role), capitals(" ".join(paper.authority))),
        "bases": [text.split()[5].rstrip(",") for text in paper.bases],
        "recipients": list(paper.recipients),
        "addressees": list(paper.addressees) if paper.kind.addressed else [],
        "urgency": paper.urgency or None,
    }


def header_read(read: Reading) -> dict[str, Any]:
    signer = read.signer
    return {
        "kind": read.kind,
        "type": read.doc_type,
        "number": read.number,
        "symbol": read.symbol,
        "issuer": capitals(read.issuer),
        "parent": capitals(read.issuer_parent),
        "place": read.place,
        "date": read.date,
        "title": read.title,
        "signer": signer and (signer.name, capitals(signer.role), capitals(signer.authority)),
        "bases": read.bases,
        "recipients": read.recipients,
        "addressees": read.addressees,
        "urgency": read.urgency,
    }


def clauses_written(composition: Composition) -> list[tuple[str, str, str]]:
    return [row for block in composition.blocks for row in _clauses_of(block, composition)]


def _clauses_of(block: Block, composition: Composition) -> Iterator[tuple[str, str, str]]:
    for row in block.piece.rows:
        yield "row", "", " | ".join(row)
    if block.piece.rows:
        return
    if block.piece.kind == "paragraph" and block.words.startswith("- "):
        yield "dash", "-", block.words[2:]
    else:
        label = "-" if block.piece.kind == "dash" else block.piece.label
        mark = composition.layout.labels.get(block.piece.kind, "").format(block.piece.label)
        yield block.piece.kind, label, block.words[len(mark) :]


def clauses_read(clauses: list[Clause]) -> Iterator[tuple[str, str, str]]:
    for clause in clauses:
        yield clause.kind, clause.label.strip(), clause.text
        yield from clauses_read(clause.children)


def tasks_written(composition: Composition) -> list[tuple[Any, ...]]:
    rows = (row for block in composition.blocks for row in block.piece.rows[1:])
    return [(task, lead, [other], deadline, product) for _no, task, lead, other, deadline, product in rows]


def tasks_read(read: Reading) -> list[tuple[Any, ...]]:
    return [(t.text, t.lead, t.coordinating, t.deadline, t.product) for t in read.tasks if " | " in t.quote]


@pytest.mark.parametrize("suffix", list(WRITERS))
@pytest.mark.parametrize(("name", "kind"), EVERY)
def test_every_type_in_every_layout_is_read_back_without_a_difference(name: str, kind: str, suffix: str):
    layout = LAYOUTS[name]

    @SLOW
    @given(papers(layout, kind))
    def round_trip(paper: Paper) -> None:
        composition = compose(paper, layout)

        read = read_back(WRITERS[suffix](composition), suffix)

        assert header_read(read) == header_written(paper, composition)
        assert list(clauses_read(read.clauses)) == clauses_written(composition)
        if layout.kinds[kind].abbr not in ("BC", "BB", "TTr", "QĐ"):
            assert tasks_read(read) == tasks_written(composition)

    round_trip()


@SLOW
@given(st.data())
def test_a_long_paper_is_read_back_over_its_page_breaks(data: st.DataObject):
    layout = LAYOUTS["NĐ 30/2020/NĐ-CP"]
    paper = data.draw(papers(layout, "plan"))
    long = replace(paper, body=tuple(piece for _time in range(6) for piece in data.draw(bodies()) if not piece.rows))
    composition = compose(long, layout)

    read = read_back(write_pdf(composition), "pdf")

    assert list(clauses_read(read.clauses)) == clauses_written(composition)
