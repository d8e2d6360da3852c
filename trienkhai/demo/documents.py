"""Writes the demo's own documents as .docx files, by the writer of every draft.

Sources are Markdown files in `data/documents`: between the two lines of `---` what stands around the text, then
the text, where `## ` begins a heading and a block of lines in bars is a table.
Run `python -m trienkhai.demo.documents FOLDER`.
"""

import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

import trienkhai.norms
from trienkhai.demo.organisation import DATA, posts
from trienkhai.documents.layouts import WORTHLESS as MARK
from trienkhai.documents.layouts.composing import Paper, compose
from trienkhai.documents.layouts.docx_file import write_docx
from trienkhai.documents.layouts.markup import pieces
from trienkhai.documents.layouts.spec import Layout

LAYOUTS = Path(trienkhai.norms.__file__).parent / "data" / "layouts.yaml"

__all__ = ["MARK", "Source", "build", "sources", "write_documents"]


@dataclass(frozen=True)
class Source:
    """One document as written by us. `of`: whose document it is, where the title names it."""

    symbol: str
    type: str
    issuer: str
    place: str
    date: date
    title: str
    authority: list[str]
    signer_role: str
    signer_post: str
    recipients: list[str]
    text: str
    of: str = ""

    @property
    def file_name(self) -> str:
        return f"{MARK} – {self.symbol.replace('/', '-')}.docx"

    @property
    def signer(self) -> str:
        return next(row.holder for row in posts() if row.unit_code == "MH" and row.title == self.signer_post)


def sources() -> list[Source]:
    """All documents, the earliest first."""
    found = [_read(path) for path in sorted((DATA / "documents").glob("*.md"))]
    return sorted(found, key=lambda source: source.date)


def _read(path: Path) -> Source:
    _nothing, front, text = path.read_text(encoding="utf-8").split("---\n", 2)
    return Source(text=text.strip(), **yaml.safe_load(front))


def write_documents(folder: Path) -> list[Path]:
    """Write every document into `folder`, made when missing; the same sources always give the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for source in sources():
        paths.append(folder / source.file_name)
        paths[-1].write_bytes(build(source))
    return paths


def build(source: Source) -> bytes:
    """The Word file; the same source always gives the same bytes."""
    layout = _layout()
    kind = next(kind for kind in layout.kinds.values() if kind.name == source.type)
    number, _type, body = source.symbol.replace("/", "-").split("-")
    paper = Paper(
        kind=kind,
        title=source.title,
        issuer=source.issuer,
        symbol_body=body,
        number=number,
        place=source.place,
        issued_on=source.date,
        on_behalf=source.of,
        body=pieces(source.text.replace("## ", "")),
        recipients=tuple(source.recipients),
        authority=tuple(source.authority),
        signer_role=source.signer_role,
        signer_name=source.signer,
        note=MARK,
    )
    return write_docx(compose(paper, layout))


def _layout() -> Layout:
    """The first layout of the Party that is known: the nearest one to papers of 2017."""
    rows = yaml.safe_load(LAYOUTS.read_text(encoding="utf-8"))
    party = (row for row in rows if row["key"] == "document_layout.party")
    return Layout.read(min(party, key=lambda row: row["valid_from"])["value"])


if __name__ == "__main__":
    for written in write_documents(Path(sys.argv[1])):
        print(written)
