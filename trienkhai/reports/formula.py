"""The small language of computed fields: + − × ÷ over the other fields of a form, sums of a column, shares.

    c3 + c4        (c5 - c6) / c5        sum(b1.t2)        share(c2, c1)

`sum` (tổng) adds a column of a table or the fields named; `share` (tỷ lệ) is the first in percent of the second. A
missing number makes the result missing, as does a division by nothing. Nothing is executed: text becomes a tree of
four kinds of node, and the tree is worked out.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, DivisionByZero, InvalidOperation, Overflow

from django.utils.translation import gettext as _

LONGEST = 500
DEEPEST = 30
_TOKEN = re.compile(r"\s*(?:(?P<number>\d+(?:[.,]\d+)?)|(?P<name>[^\W\d]\w*(?:\.\w+)?)|(?P<sign>[-+*/()×÷−:;,%]))")
_SIGNS = {"×": "*", "÷": "/", ":": "/", "−": "-", ";": ","}
_CALLS = {"sum": "sum", "tổng": "sum", "tong": "sum", "share": "share", "tỷ_lệ": "share", "ty_le": "share"}

Values = Callable[[str], Decimal | None]
Columns = Callable[[str, str], list[Decimal]]


class Unreadable(ValueError):
    """The formula cannot be read; the message is a sentence."""


@dataclass(frozen=True)
class Node:
    """kind: `number`, `name`, one of + - * /, `neg`, `sum`, `share`."""

    kind: str
    text: str = ""
    parts: tuple["Node", ...] = ()


def read(text: str) -> Node:
    """Raises Unreadable with a sentence."""
    if len(text) > LONGEST:
        raise Unreadable(_("A formula has at most %(n)d characters.") % {"n": LONGEST})
    reader = _Reader(_tokens(text))
    node = reader.sum()
    if reader.tokens:
        raise Unreadable(_("“%(words)s” does not belong here.") % {"words": reader.tokens[0]})
    return node


def _tokens(text: str) -> list[str]:
    found, place = [], 0
    while text[place:].strip():
        match = _TOKEN.match(text, place)
        if not match:
            raise Unreadable(_("“%(words)s” does not belong here.") % {"words": text[place:].strip()[:20]})
        piece = match.group("number") or match.group("name") or match.group("sign")
        found.append(_SIGNS.get(piece, piece))
        place = match.end()
    return found


class _Reader:
    def __init__(self, tokens: list[str]) -> None:
        self.tokens, self.depth = tokens, 0

    def _takes(self, *signs: str) -> str:
        return self.tokens.pop(0) if self.tokens and self.tokens[0] in signs else ""

    def _needs(self, sign: str) -> None:
        if not self._takes(sign):
            raise Unreadable(_("“%(sign)s” is missing.") % {"sign": sign})

    def sum(self) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unreadable(_("The formula is nested too deep."))
        node = self._product()
        while sign := self._takes("+", "-"):
            node = Node(sign, parts=(node, self._product()))
        self.depth -= 1
        return node

    def _product(self) -> Node:
        node = self._single()
        while sign := self._takes("*", "/"):
            node = Node(sign, parts=(node, self._single()))
        return node

    def _single(self) -> Node:
        minus = False
        while self._takes("-"):
            minus = not minus
        node = self._atom()
        if self._takes("%"):
            node = Node("/", parts=(node, Node("number", "100")))
        return Node("neg", parts=(node,)) if minus else node

    def _atom(self) -> Node:
        if not self.tokens:
            raise Unreadable(_("The formula ends too early."))
        token = self.tokens.pop(0)
        if token == "(":
            node = self.sum()
            self._needs(")")
            return node
        if token[0].isdigit():
            return Node("number", token.replace(",", "."))
        if not (token[0].isalpha() or token[0] == "_"):
            raise Unreadable(_("“%(words)s” does not belong here.") % {"words": token})
        if self._takes("("):
            return self._call(token)
        return Node("name", token)

    def _call(self, name: str) -> Node:
        kind = _CALLS.get(name.lower())
        if kind is None:
            raise Unreadable(_("There is no function “%(name)s”: sum and share are known.") % {"name": name})
        parts = [self.sum()]
        while self._takes(","):
            parts.append(self.sum())
        self._needs(")")
        if kind == "share" and len(parts) != 2:
            raise Unreadable(_("share takes two numbers: a part and a whole."))
        return Node(kind, parts=tuple(parts))


def names(node: Node) -> set[str]:
    """Fields and columns (`field.column`) that the formula asks for."""
    own = {node.text} if node.kind == "name" else set()
    return own.union(*(names(part) for part in node.parts)) if node.parts else own


def columns_outside_sums(node: Node, inside: bool = False) -> set[str]:
    """Columns named where one number is needed."""
    if node.kind == "name":
        return {node.text} if "." in node.text and not inside else set()
    return (
        set().union(*(columns_outside_sums(part, node.kind == "sum") for part in node.parts)) if node.parts else set()
    )


def work_out(node: Node, value_of: Values, column_of: Columns) -> Decimal | None:
    """The number; None when one that it needs is missing, or something is divided by nothing."""
    try:
        return _worked(node, value_of, column_of)
    except (DivisionByZero, InvalidOperation, Overflow):
        return None


def _worked(node: Node, value_of: Values, column_of: Columns) -> Decimal | None:
    if node.kind == "number":
        return Decimal(node.text)
    if node.kind == "name":
        return value_of(node.text)
    if node.kind == "sum":
        return _summed(node, value_of, column_of)
    parts = [_worked(part, value_of, column_of) for part in node.parts]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    if node.kind == "neg":
        return -known[0]
    return _BINARY[node.kind](known[0], known[1])


def _summed(node: Node, value_of: Values, column_of: Columns) -> Decimal | None:
    """Rows without a number are passed over; nothing at all is missing, not nought."""
    found: list[Decimal] = []
    for part in node.parts:
        if part.kind == "name" and "." in part.text:
            field, column = part.text.split(".", 1)
            found += column_of(field, column)
        elif (number := _worked(part, value_of, column_of)) is not None:
            found.append(number)
    return sum(found, Decimal(0)) if found else None


_BINARY: Mapping[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "share": lambda a, b: 100 * a / b,
}
