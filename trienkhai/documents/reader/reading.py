"""One document read from its text: the parts put together."""

import re

from . import clauses, front, header, letterhead, references, signature
from .attached import Attached, attached_parts
from .citations import citations
from .flat import with_line_ends
from .grammar import OwnPhrases, fold, load, using
from .header import Head
from .heading import type_named_by_itself
from .model import Reading
from .secrecy import secrecy_mark
from .signature import Ending
from .tables import segments
from .tasks import Document, read_tasks
from .text import Block, Layout, Line, assemble, clean, joined, layout_of, source_lines, squeeze

_RULE = re.compile(r"[-_=* ]*")
_PREAMBLE_ENDS = ("roman", "article", "chapter", "part", "arabic", "annex", "capital")


def read_text(text: str, *, name: str = "", wrapped: bool = True, phrases: OwnPhrases | None = None) -> Reading:
    """Read one document. `name` is the file's name, kept for messages only; `phrases`: the office's own words.

    wrapped: lines may be parts of paragraphs. False where the file itself says that each line is a whole one.

    Never raises: what cannot be read is None or empty. Time grows with the length of the text.
    """
    with using(phrases):
        return _read(text, name, wrapped)


def _read(text: str, name: str, wrapped: bool) -> Reading:
    text = with_line_ends(clean(text))
    lines = source_lines(text)
    start = front.first_line(lines)
    head = header.read_head(lines[start:])
    head.body += start
    parts = attached_parts(lines, head.body)
    ending = _ending(lines, head.body, parts)
    parts = [part for part in parts if part.first >= ending.last]
    blocks = _blocks(lines, head, ending, parts, wrapped)
    whole = assemble(blocks)
    tree = clauses.build(blocks)
    _complete(head, ending, blocks, whole)
    mark = secrecy_mark(text)
    paragraphs = [block.text for block in blocks]
    preamble = _preamble(blocks)
    bases = references.bases([block.text for block in preamble], own=head.symbol)
    return Reading(
        text=whole,
        name=name,
        kind=head.kind,
        doc_type=head.doc_type,
        doc_type_abbr=head.doc_type_abbr,
        number=head.number,
        symbol=head.symbol,
        issuer=head.issuer,
        issuer_parent=head.issuer_parent,
        place=head.place,
        date=head.date,
        title=head.title,
        signer=ending.signer,
        bases=bases,
        references=references.references(paragraphs, own=head.symbol),
        citations=citations(
            blocks,
            own=head.symbol,
            doc_type=head.doc_type,
            bases=bases,
            grounds=preamble[-1].end if preamble else 0,
        ),
        recipients=ending.recipients,
        addressees=head.addressees,
        structure=clauses.structure(tree),
        tasks=read_tasks(tree, blocks, Document(head.doc_type, head.type_class, head.issuer, head.addressees)),
        clauses=clauses.as_clauses(tree),
        urgency=head.urgency,
        secrecy=mark.capitalize() if mark else None,
    )


def _ending(lines: list[Line], body: int, parts: list[Attached]) -> Ending:
    """Nơi nhận and signature of the first document; where it bears none, those behind the text that belongs to it."""
    if parts:
        ending = signature.read_ending(lines[: parts[0].first], body)
        if ending.signer or ending.recipients or parts[0].own:
            return ending
    return signature.read_ending(lines, body)


def _blocks(lines: list[Line], head: Head, ending: Ending, parts: list[Attached], wrapped: bool) -> list[Block]:
    """Head and ending line by line, the body as paragraphs and table rows; then each attached document alike."""
    layout = _layout(lines, 0, parts, wrapped)
    out = _plain(lines[: head.body], "head")
    out += _body(lines[head.body : ending.first], layout)
    out += _plain(lines[ending.first : ending.last], "ending")
    begin = ending.last
    for i, part in enumerate(parts):
        out += _body(lines[begin : part.first], layout)
        layout = _layout(lines, part.first, parts[i + 1 :], wrapped) if part.own else layout
        out += _plain(lines[part.first : part.body], "apart")
        begin = parts[i + 1].first if i + 1 < len(parts) else len(lines)
        end = signature.read_ending(lines[:begin], part.body)
        out += _body(lines[part.body : end.first], layout)
        out += _plain(lines[end.first : end.last], "apart")
        out += _body(lines[end.last : begin], layout)
    out += _body(lines[begin:], layout)
    return out


def _layout(lines: list[Line], start: int, behind: list[Attached], wrapped: bool) -> Layout:
    """How lines are broken, up to the next document with a letterhead of its own."""
    end = next((part.first for part in behind if part.own), len(lines))
    return layout_of(lines[start:end]) if wrapped else Layout()


def _plain(lines: list[Line], region: str) -> list[Block]:
    texts = (_without_rules(squeeze(line.text.strip("|"))) for line in lines)
    return [Block(text, region=region) for text in texts if text]


def _without_rules(text: str) -> str:
    """Without the cells that only draw a rule: "-------- | CỘNG HÒA …"."""
    if not any(rule in text for rule in ("--", "__", "==", "**")):
        return text
    return squeeze("|".join(cell for cell in text.split("|") if not _RULE.fullmatch(cell))).strip("| ")


def _body(lines: list[Line], layout: Layout) -> list[Block]:
    out: list[Block] = []
    for segment in segments(lines):
        out += [Block(text) for text in joined(segment.lines, layout)]
        rows = [row for row in segment.rows if any(row)]
        if len(rows) == 1 and len(rows[0]) <= 2:
            out += [Block(cell) for cell in rows[0] if cell]
        else:
            out += [Block(" | ".join(row), cells=row) for row in rows]
    return out


def _preamble(blocks: list[Block]) -> list[Block]:
    """Paragraphs before the first heading."""
    out: list[Block] = []
    for block in blocks:
        if block.region == "head":
            continue
        if block.region == "ending" or len(out) > 60 or clauses.mark_of(block.text)[0] in _PREAMBLE_ENDS:
            break
        out.append(block)
    return out


def _complete(head: Head, ending: Ending, blocks: list[Block], whole: str) -> None:
    """What the header does not say and another part of the document does."""
    paragraphs = [block.text for block in blocks]
    if head.doc_type is None and (entry := type_named_by_itself(paragraphs, head.symbol)):
        head.set_type(entry)
    if head.symbol is None and head.suffix is None and head.doc_type:
        head.symbol, date = header.attached_symbol(whole, head.doc_type)
        head.date = head.date or date
        digits = re.match(r"\d+", head.symbol or "")
        head.number = digits.group() if digits else None
    if head.issuer is None:
        head.issuer = letterhead.sender(whole) or _law_issuer(head)
    if head.issuer is None and head.doc_type:
        head.issuer = letterhead.speaker([block.text for block in blocks if block.region == "body"])
    if head.issuer is None and ending.signer:
        head.issuer = letterhead.behind((ending.signer.authority or "").partition(" KT.")[0])
    if head.issuer:
        head.issuer = letterhead.completed(head.issuer, paragraphs)
    _central_issuer(head, ending)
    head.issuer = _as_written(head.issuer, whole)
    head.kind = head.kind or _kind(head, ending)


def _kind(head: Head, ending: Ending) -> str | None:
    authority = ending.signer.authority if ending.signer else None
    words = fold(" ".join(filter(None, (head.issuer, authority, head.symbol))))
    party = any(word in words for word in load("header")["party_words"])
    if party or re.match(r"\d+\w?-", head.symbol or ""):
        return "party"
    return "state" if head.doc_type else None


def _law_issuer(head: Head) -> str | None:
    return "Quốc hội" if head.doc_type in ("Luật", "Bộ luật") else None


def _central_issuer(head: Head, ending: Ending) -> None:
    """Under "Ban Chấp hành Trung ương" the issuer is the body on whose behalf the document is signed."""
    authority = fold(ending.signer.authority or "") if ending.signer else ""
    if not head.issuer or not fold(head.issuer).startswith(load("header")["central_committee"]):
        return
    for body in load("header")["central_bodies"]:
        if fold(body) in authority:
            head.issuer, head.issuer_parent = body, head.issuer


def _as_written(name: str | None, whole: str) -> str | None:
    """The name in the letter case the prose itself uses, where it does."""
    if not name:
        return name
    pattern = re.compile(re.escape(name).replace(r"\ ", r"\s"), re.IGNORECASE)
    for m in pattern.finditer(whole):
        if not m.group().isupper() and m.group()[:1].isupper():
            return squeeze(m.group())
    return name
