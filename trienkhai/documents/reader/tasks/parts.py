"""What kind of document each part of a text is: the first document and those attached to it."""

import re
from dataclasses import dataclass, replace

from ..attached import attached_type
from ..grammar import load
from ..header import MOTTO
from ..text import Block


@dataclass(frozen=True)
class Part:
    """From `start` on.

    directive: duties are the point, so items with nobody named count too.
    regulates: a regulation, whose standing duties are no tasks.
    law: only duties with a year in their deadline and those of the closing articles are tasks.
    document: where the nearest letterhead above begins; its tables and labels count for this part.
    """

    start: int
    directive: bool
    regulates: bool
    law: bool = False
    document: int = 0


def parts_of(blocks: list[Block], doc_type: str | None, type_class: str) -> list[Part]:
    names = load("phrases")["regulations"]
    found = [_part(0, doc_type, type_class)]
    titles = re.compile("|".join(name.upper() for name in names))
    ended, document = False, 0
    for block in blocks:
        ended = ended or block.region == "ending"
        if block.region == "apart" and MOTTO.search(block.text):
            document = block.start
        if block.region == "apart" and (entry := attached_type(block.text)):
            found.append(replace(_part(block.start, entry["name"], entry["class"]), document=document))
        elif ended and block.region == "body" and titles.match(block.text) and not found[-1].regulates:
            found.append(replace(found[0], start=block.start, regulates=True))
    return found


def _part(start: int, doc_type: str | None, type_class: str) -> Part:
    law = type_class == "law"
    return Part(start, type_class == "directive", law or doc_type in load("phrases")["regulations"], law)


def part_at(parts: list[Part], offset: int) -> Part:
    return next(part for part in reversed(parts) if part.start <= offset)
