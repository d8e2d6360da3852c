"""The tree of a document's clauses, from the marks that open its paragraphs."""

import re
from dataclasses import dataclass, field

from .letters import pattern
from .model import Clause
from .text import Block, is_upper

_MARKS: list[tuple[str, float, re.Pattern[str]]] = [
    ("annex", 0, re.compile(r"(?:PHỤ LỤC|Phụ lục|BIỂU|Biểu)(?:\s(?:số\s?)?[\dIVX]{1,4})?(?=[\s:.]|$)")),
    ("part", 1, re.compile(r"(?:PHẦN|Phần)\s(?:thứ\s\w+|[IVX]+|\d+)\b[.:]?")),
    ("chapter", 2, re.compile(r"(?:CHƯƠNG|Chương)\s(?:[IVXL]+|\d+)\b[.:]?")),
    ("section", 3, re.compile(r"(?:MỤC|Mục)\s\d+\b[.:]?")),
    ("article", 4, re.compile(r"(?:ĐIỀU|Điều)\s\d{1,3}\s?[a-zđ]?\s?[.:]")),
    ("capital", 4.2, pattern(r"[A-E]\s?[.-]\s(?=[<U>]{2})")),
    ("roman", 4.5, pattern(r"(?:[IVXL]{1,5}|[HI]{2,3}|1(?=-))\s?(?:[.-]\s?-?|\))(?=\s?[<U>])")),
    (
        "arabic",
        5,
        pattern(
            r"\d{1,2}(?:\.\d{1,2}){0,3}\s?(?:[.)]|[-–](?=\s?[<U>(“])(?!\s?[<U>][<U><L>]{0,8}\s?/)|(?=\s[<U>][<L>]))(?=\s|[<U>(])"
        ),
    ),
    ("bracket", 5.5, re.compile(r"\(\d{1,2}\)(?=\s)")),
    ("letter", 6, re.compile(r"(?:[a-zđ]|[&ø8])\)")),
    ("dash", 7, re.compile(r"[-–](?=\s?[^\s\d-])")),
    ("plus", 8, re.compile(r"\+(?=\s?\S)")),
]
_RANK_OF_INTRO = 5.9
_RANK_OF_TEXT = 9.0


@dataclass
class Node:
    """A clause while the tree is being built and read for tasks; `body` is the offset of the text after its mark."""

    kind: str
    rank: float
    label: str
    block: Block | None
    body: int = 0
    children: list["Node"] = field(default_factory=list)
    quoted: bool = False

    @property
    def text(self) -> str:
        return self.block.text[self.body - self.block.start :] if self.block else ""

    def texts_below(self) -> list[str]:
        """The paragraphs of all descendants, in order."""
        out: list[str] = []
        for child in self.children:
            out += [child.block.text if child.block else "", *child.texts_below()]
        return out

    @property
    def start(self) -> int:
        return self.block.start if self.block else 0

    @property
    def end(self) -> int:
        return max([self.block.end if self.block else 0, *(child.end for child in self.children)])


def mark_of(text: str) -> tuple[str, float, str, int]:
    """(kind, rank, label, length of the mark with its blank) of a paragraph."""
    for kind, rank, mark in _MARKS:
        m = mark.match(text)
        if not m or (kind == "annex" and not (is_upper(text[:60]) or len(text) < 45)):
            continue
        if kind == "roman" and m.group()[0] == "1" and not is_upper(text[:60]):
            continue
        if kind == "arabic" and m.group()[-1:].isdigit() and "." not in m.group():
            continue
        label = m.group().strip(" .-:()–+") if kind not in ("dash", "plus") else m.group()
        depth = label.count(".") * 0.1 if kind == "arabic" else 0
        rest = len(m.group())
        while rest < len(text) and text[rest] == " ":
            rest += 1
        return kind, rank + depth, label, rest
    intro = text.rstrip().endswith(":") and not is_upper(text)
    return "paragraph", _RANK_OF_INTRO if intro else _RANK_OF_TEXT, "", 0


def build(blocks: list[Block]) -> Node:
    """The root node over the blocks of the body; rows and plain paragraphs are leaves."""
    root = Node("root", -1, "", None)
    stack = [root]
    open_quote = 0
    for block in blocks:
        if block.region != "body":
            stack = [root] if block.region in ("ending", "apart") else stack
            if block.region == "apart":
                root.children.append(Node("paragraph", _RANK_OF_TEXT, "", block, block.start))
            continue
        kind, rank, label, skip = ("row", _RANK_OF_TEXT, "", 0) if block.is_row else mark_of(block.text)
        quoted, open_quote = _quoting(block.text, open_quote)
        if quoted:
            kind, rank, label, skip = "paragraph", _RANK_OF_TEXT, "", 0
        node = Node(kind, rank, label, block, block.start + skip, quoted=quoted)
        if kind in ("paragraph", "row") and rank == _RANK_OF_TEXT:
            _home(stack).children.append(node)
            continue
        while stack[-1].rank >= rank:
            stack.pop()
        stack[-1].children.append(node)
        stack.append(node)
    return root


def _home(stack: list[Node]) -> Node:
    """Plain text belongs to the nearest heading, not to the list item above it."""
    return next((node for node in reversed(stack) if node.rank < _RANK_OF_INTRO), stack[0])


def _quoting(text: str, pending: int) -> tuple[bool, int]:
    """Whether a paragraph is quoted from another act, and for how many more a quotation may stay open."""
    if pending:
        return True, 0 if "”" in text or text.rstrip(" ./;,").endswith('"') else pending - 1
    if text.startswith("“") and "”" not in text:
        return True, 40
    if text.startswith('"') and text.count('"') == 1:
        return True, 40
    return text.startswith(("“", '"')), 0


def as_clauses(node: Node) -> list[Clause]:
    return [
        Clause(child.label, child.kind, child.text, child.start, child.end, as_clauses(child))
        for child in node.children
    ]


def structure(root: Node) -> dict[str, int]:
    """How many clauses of each kind the document itself has, quotations left out."""
    counts: dict[str, int] = {}
    todo = list(root.children)
    while todo:
        node = todo.pop()
        todo += node.children
        if not node.quoted and node.kind != "paragraph":
            counts[node.kind] = counts.get(node.kind, 0) + 1
    return dict(sorted(counts.items()))
