"""What a reading holds: plain values, no behaviour beyond turning into a dictionary.

Every `start`/`end` is an offset into `Reading.text`, half open.
"""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass
class Signer:
    name: str | None = None
    role: str | None = None
    authority: str | None = None


@dataclass
class Clause:
    """One numbered or dashed piece of the text, with what stands under it.

    kind: part, chapter, section, roman, article, arabic, letter, dash, plus, paragraph, row.
    text: its own words after the mark, without its children's.
    start, end: from its mark to the end of its last descendant.
    """

    label: str
    kind: str
    text: str
    start: int
    end: int
    children: list["Clause"] = field(default_factory=list)


@dataclass
class Task:
    """A proposal for a task, for a person to confirm.

    text: the item after its mark. quote: the whole sentence or row it was read from, text[start:end].
    mode: "each" when the lead is a group of bodies, "joint" otherwise.
    flags: several_leads, group_lead, mixed_lead, no_lead, understood_lead.
    spans: where the words of lead, deadline, product and coordinating.0, .1 … stand, as far as they stand verbatim.
    also_at: other places that tell the same duty.
    """

    text: str
    lead: str | None = None
    coordinating: list[str] = field(default_factory=list)
    deadline: str | None = None
    product: str | None = None
    clause: str | None = None
    start: int = 0
    end: int = 0
    quote: str = ""
    mode: str = "joint"
    flags: list[str] = field(default_factory=list)
    spans: dict[str, tuple[int, int] | tuple[()]] = field(default_factory=dict)
    also_at: list[tuple[int, int]] = field(default_factory=list)


@dataclass
class Citation:
    """One place where the text cites another document; text[start:end] is its type, symbol and day.

    relation: basis, replaces, repeals, amends, carries_out, answers, attached, refers; how this document stands to it.
    symbol is None for a law named without one. date is ISO. issuer and title as the text writes them.
    """

    symbol: str | None
    doc_type: str | None = None
    date: str | None = None
    issuer: str | None = None
    title: str | None = None
    relation: str = "refers"
    start: int = 0
    end: int = 0


@dataclass
class Reading:
    """All that was read from one document; None is what the text does not say."""

    text: str = ""
    name: str = ""
    kind: str | None = None
    doc_type: str | None = None
    doc_type_abbr: str | None = None
    number: str | None = None
    symbol: str | None = None
    issuer: str | None = None
    issuer_parent: str | None = None
    place: str | None = None
    date: str | None = None
    title: str | None = None
    signer: Signer | None = None
    bases: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    addressees: list[str] = field(default_factory=list)
    structure: dict[str, int] = field(default_factory=dict)
    tasks: list[Task] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    urgency: str | None = None
    secrecy: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """The object of `trienkhai read --json`, with `clauses` besides; the text itself is left out."""
        return {key: value for key, value in asdict(self).items() if key not in ("text", "name")}
