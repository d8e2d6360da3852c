"""A layout as the norm tells it, read into values with a shape."""

from dataclasses import dataclass, field
from typing import Any

SIDES = ("top", "bottom", "left", "right")
HEAD = ("parent", "issuer", "number", "subject", "urgency", "circulation", "dateline")
VALUES = frozenset((*HEAD, "type", "on_behalf", "title", "authority", "signer_role", "signer_name"))


class Unsound(ValueError):
    """A layout that cannot be used; the message names the part."""


@dataclass(frozen=True)
class LineSpec:
    """One line of a block: `of` names a value of the paper, `text` is fixed. rule: millimetres drawn below it."""

    size: float
    of: str = ""
    text: str = ""
    bold: bool = False
    italic: bool = False
    underline: bool = False
    capitals: bool = False
    boxed: bool = False
    rule: float = 0
    form: str = "{text}"
    last: str = ""

    def words(self, text: str, *, last: bool = False) -> str:
        """The text as this line prints it. `last`: it is the last of a list."""
        text = text.upper() if self.capitals else text
        return (self.last or self.form if last else self.form).format(text=text)


@dataclass(frozen=True)
class KindSpec:
    """A type of document. addressed: `letter` or `submission` print whom it goes to. untitled: no name of the type."""

    code: str
    name: str
    abbr: str
    addressed: str = ""
    untitled: bool = False


@dataclass(frozen=True)
class Layout:
    """Everything a writer needs. Lengths in millimetres, sizes in points."""

    name: str
    page: dict[str, float]
    margins: dict[str, float]
    allowed: dict[str, list[float]]
    font: str
    body: dict[str, float]
    table_size: float
    page_number_size: float
    columns: tuple[float, float]
    left: tuple[LineSpec, ...]
    right: tuple[LineSpec, ...]
    title: tuple[LineSpec, ...]
    signature: tuple[LineSpec, ...]
    recipients_head: LineSpec
    recipients_line: LineSpec
    bases: LineSpec
    addressees: dict[str, Any]
    number: dict[str, Any]
    dateline: dict[str, Any]
    subject: str
    labels: dict[str, str]
    closing: str
    room_to_sign: int
    authorities: tuple[str, ...]
    collective: dict[str, Any]
    urgencies: tuple[str, ...]
    kinds: dict[str, KindSpec] = field(default_factory=dict)

    @classmethod
    def read(cls, value: dict[str, Any]) -> "Layout":
        """Raises Unsound when a part is missing, or a margin lies outside what the regulation allows."""
        try:
            blocks: dict[str, Any] = {part: tuple(LineSpec(**row) for row in value[part]) for part in _BLOCKS}
            plain: dict[str, Any] = {name: value[name] for name in _PLAIN}
            made = cls(
                table_size=value["table"]["size"],
                page_number_size=value["page_number"]["size"],
                columns=tuple(value["columns"]),
                recipients_head=LineSpec(**value["recipients"]["head"]),
                recipients_line=LineSpec(**value["recipients"]["line"]),
                bases=LineSpec(**value["bases"]),
                authorities=tuple(value["authorities"]),
                urgencies=tuple(value["urgencies"]),
                collective=value.get("collective", {}),
                kinds={code: KindSpec(code, **row) for code, row in value["kinds"].items()},
                **blocks,
                **plain,
            )
        except (KeyError, TypeError, AttributeError) as fault:
            raise Unsound(str(fault)) from None
        made._check()
        return made

    def _check(self) -> None:
        for side in SIDES:
            low, high = self.allowed[side]
            if not low <= self.margins[side] <= high:
                raise Unsound(f"margins.{side}")
        if abs(sum(self.columns) - self.text_width) > 0.5:
            raise Unsound("columns")
        for line in (*self.left, *self.right, *self.title, *self.signature):
            if line.of and line.of not in VALUES:
                raise Unsound(f"of: {line.of}")

    @property
    def text_width(self) -> float:
        return self.page["width"] - self.margins["left"] - self.margins["right"]


_BLOCKS = ("left", "right", "title", "signature")
_PLAIN = (
    "name", "page", "margins", "allowed", "font", "body", "addressees", "number", "dateline", "subject", "labels",
    "closing", "room_to_sign",
)  # fmt: skip
