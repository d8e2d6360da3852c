"""Tasks a document gives, each as a proposal with the words it was read from.

Where they are looked for, in this order: tables with a column for who leads; items followed by labels
("Đơn vị chủ trì: …"); items under a heading that names who is addressed; sentences that name or charge a body;
and, in documents whose point is duties, the numbered items of a section of duties, even with nobody named.
A regulation gives tasks only where it sets a time or says "Giao …".
"""

from collections import Counter
from dataclasses import dataclass

from ..clauses import Node, mark_of
from ..grammar import load
from ..letters import pattern
from ..model import Task
from ..text import Block
from .items import Items
from .parts import part_at, parts_of
from .rows import read_tables
from .twins import merge_twins

_MANY = 3
_NOTE = pattern(r"\d{1,2}(?=\s[<U>])")
_NOTE_MARK = pattern(r"(?<=[<L>]{2})\d{1,2}(?=[.,;:)\s]|$)")


@dataclass(frozen=True)
class Document:
    """What the head says that matters here. type_class is the class of grammar/document_types.yaml."""

    doc_type: str | None
    type_class: str
    issuer: str | None
    addressees: list[str]


def read_tasks(tree: Node, blocks: list[Block], document: Document) -> list[Task]:
    """Tasks in the order of the text; a duty told both in a table and in prose comes once."""
    from_tables = read_tables(blocks)
    telegram = document.doc_type == load("phrases")["telegram"] and len(document.addressees) == 1
    parts = parts_of(blocks, document.doc_type, document.type_class)
    rows = Counter(part_at(parts, task.start).document for task in from_tables)
    items = Items(
        issuer=document.issuer,
        parts=parts,
        tabled=frozenset(start for start, count in rows.items() if count >= _MANY),
        decides_until=_ending(blocks) if document.doc_type in load("phrases")["deciding_types"] else 0,
        addressee=document.addressees[0] if telegram else None,
        letter=document.doc_type == load("phrases")["letter"],
        notes=_notes(blocks),
    )
    found = merge_twins(from_tables, items.read(tree))
    return place_words(found, "\n".join(block.text for block in blocks))


def _notes(blocks: list[Block]) -> frozenset[int]:
    """What charges nobody: letterhead and ending of an attached document, and footnotes with what they cut in two.

    A footnote begins as "1 Theo …" behind a mark glued to a word, "khoáng sản1.".
    """
    marks: set[str] = set()
    found = set()
    cut = False
    for block in blocks:
        if block.region == "apart":
            found.add(block.start)
            continue
        opened = _NOTE.match(block.text)
        cut = not block.is_row and (bool(opened and opened.group() in marks) or (cut and block.text[:1].islower()))
        if cut and mark_of(block.text)[0] == "paragraph":
            found.add(block.start)
        marks.update(_NOTE_MARK.findall(block.text))
    return frozenset(found)


def _ending(blocks: list[Block]) -> int:
    """Where Nơi nhận or the signature begins, else the end of the text."""
    return next((block.start for block in blocks if block.region == "ending"), blocks[-1].end if blocks else 0)


def place_words(tasks: list[Task], whole: str) -> list[Task]:
    """Offsets of the words each task was read from, inside the item or in the heading above it."""
    for task in tasks:
        for key in ("lead", "deadline", "product"):
            if words := getattr(task, key):
                task.spans[key] = _place(whole, words, task)
        for number, words in enumerate(task.coordinating):
            task.spans[f"coordinating.{number}"] = _place(whole, words, task)
        task.spans = {key: span for key, span in task.spans.items() if span}
    return tasks


def _place(whole: str, words: str, task: Task) -> tuple[int, int] | tuple[()]:
    at = whole.find(words, task.start, task.end)
    if at < 0:
        at = whole.rfind(words, 0, task.start)
    return (at, at + len(words)) if at >= 0 else ()
