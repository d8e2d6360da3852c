"""A paper and a layout put together: the lines and blocks that every writer prints in this order."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from trienkhai.documents.layouts.markup import Piece
from trienkhai.documents.layouts.spec import KindSpec, Layout, LineSpec

LETTERS = ("letter", "submission")


@dataclass(frozen=True)
class Paper:
    """What is to be written. issued_on None and number "" leave room for the clerk's pen.

    symbol_body: what follows the type in the symbol, "ĐUMH". note: printed at the head and foot of every page.
    """

    kind: KindSpec
    title: str
    issuer: str
    symbol_body: str
    parent: str = ""
    number: str = ""
    place: str = ""
    issued_on: date | None = None
    on_behalf: str = ""
    addressees: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    body: tuple[Piece, ...] = ()
    recipients: tuple[str, ...] = ()
    authority: tuple[str, ...] = ()
    signer_role: str = ""
    signer_name: str = ""
    urgency: str = ""
    circulation: str = ""
    note: str = ""


@dataclass(frozen=True)
class Line:
    """Words with the line of the layout that tells their look."""

    text: str
    look: LineSpec


@dataclass(frozen=True)
class Block:
    """A piece of the body as printed: `words` with its mark, or `rows`. align: justify, centre."""

    piece: Piece
    words: str = ""
    bold: bool = False
    align: str = "justify"
    italic: bool = False
    indent: bool = True
    size: float = 0


@dataclass(frozen=True)
class Composition:
    layout: Layout
    paper: Paper
    symbol: str
    left: tuple[Line, ...]
    right: tuple[Line, ...]
    title: tuple[Line, ...]
    addressees: tuple[str, ...]
    blocks: tuple[Block, ...]
    recipients: tuple[Line, ...]
    signature: tuple[Line, ...] = field(default=())

    @property
    def note(self) -> str:
        return self.paper.note


def compose(paper: Paper, layout: Layout) -> Composition:
    values = _values(paper, layout)
    return Composition(
        layout=layout,
        paper=paper,
        symbol=symbol_of(paper, layout),
        left=_lines(layout.left, values),
        right=_lines(layout.right, values),
        title=() if paper.kind.untitled else _lines(layout.title, values),
        addressees=_addressees(paper, layout),
        blocks=(*_bases(paper, layout), *_blocks(paper, layout)),
        recipients=_recipients(paper, layout),
        signature=_lines(layout.signature, values),
    )


def symbol_of(paper: Paper, layout: Layout) -> str:
    """Number and symbol as cited: "05-NQ/ĐUMH", "156/QĐ-UBND", "12/UBND-VP" for a letter without abbreviation."""
    number = paper.number.zfill(layout.number["digits"]) if paper.number.isdecimal() else paper.number
    form = layout.number["symbol" if paper.kind.abbr else "bare"]
    return str(form.format(number=number or layout.number["blank"], abbr=paper.kind.abbr, body=paper.symbol_body))


def _values(paper: Paper, layout: Layout) -> dict[str, tuple[str, ...]]:
    """Value name → its lines; an empty value has none."""
    subject = layout.subject + paper.title if paper.kind.untitled else ""
    single = {
        "parent": paper.parent,
        "issuer": paper.issuer,
        "number": layout.number["line"].format(symbol=symbol_of(paper, layout)),
        "subject": subject,
        "urgency": paper.urgency,
        "circulation": paper.circulation,
        "dateline": _dateline(paper, layout),
        "type": paper.kind.name,
        "on_behalf": paper.on_behalf,
        "title": paper.title,
        "signer_role": paper.signer_role,
        "signer_name": paper.signer_name,
    }
    return {name: (text,) if text else () for name, text in single.items()} | {"authority": paper.authority}


def _dateline(paper: Paper, layout: Layout) -> str:
    """Days below 10 and the months the regulation names take a zero before them."""
    told, on = layout.dateline, paper.issued_on
    if on is None:
        day, month, year = told["blank"], told["blank"], "20" + told["blank"][:2]
    else:
        day = f"{on.day:02}" if on.day < told["day_below"] else str(on.day)
        month = f"{on.month:02}" if on.month < told["month_below"] else str(on.month)
        year = str(on.year)
    return str(told["form"].format(place=paper.place, day=day, month=month, year=year)).lstrip(", ")


def _lines(specs: Iterable[LineSpec], values: dict[str, tuple[str, ...]]) -> tuple[Line, ...]:
    return tuple(
        Line(spec.words(text), spec) for spec in specs for text in (values[spec.of] if spec.of else (spec.text,))
    )


def _addressees(paper: Paper, layout: Layout) -> tuple[str, ...]:
    """One addressee on the line of "Kính gửi:", several below it, each with its dash; other types have none."""
    if paper.kind.addressed not in LETTERS or not paper.addressees:
        return ()
    opening = layout.addressees[paper.kind.addressed]
    if len(paper.addressees) == 1:
        return (f"{opening} {paper.addressees[0]}",)
    *others, last = paper.addressees
    return (opening, *(f"- {name};" for name in others), f"- {last}.")


def _bases(paper: Paper, layout: Layout) -> tuple[Block, ...]:
    """What the paper stands on, a line each; below addressees without a dash, which would read as one of them."""
    look, count = layout.bases, len(paper.bases)
    if paper.kind.addressed:
        look = replace(look, form=look.form.lstrip("- "), last=look.last.lstrip("- "))
    return tuple(
        Block(
            Piece("paragraph", text), look.words(_bare(text), last=number == count), italic=look.italic, size=look.size
        )
        for number, text in enumerate(paper.bases, 1)
    )


def _bare(text: str) -> str:
    return text.lstrip("-–+ ").rstrip(" .;,")


def _blocks(paper: Paper, layout: Layout) -> tuple[Block, ...]:
    blocks = [_block(piece, layout) for piece in paper.body]
    if blocks and not blocks[-1].piece.rows:
        last = blocks[-1]
        ended = last.words.rstrip(" ./") if last.words.endswith((".", "/")) else last.words
        blocks[-1] = replace(last, words=ended + layout.closing)
    return tuple(blocks)


def _block(piece: Piece, layout: Layout) -> Block:
    if piece.kind == "table":
        return Block(piece, size=layout.table_size)
    if piece.kind == "chart":
        return Block(piece, piece.text, size=layout.table_size)
    label = layout.labels.get(piece.kind, "").format(piece.label)
    middle = piece.kind in ("middle", "part", "chapter")
    return Block(
        piece,
        f"{label}{piece.text}".strip(),
        bold=piece.is_heading or piece.kind == "middle",
        align="centre" if middle else "justify",
        indent=not middle,
        size=layout.body["size"],
    )


def _recipients(paper: Paper, layout: Layout) -> tuple[Line, ...]:
    if not paper.recipients:
        return ()
    look, count = layout.recipients_line, len(paper.recipients)
    listed = (
        Line(look.words(_bare(text), last=number == count), look) for number, text in enumerate(paper.recipients, 1)
    )
    return (Line(layout.recipients_head.text, layout.recipients_head), *listed)
