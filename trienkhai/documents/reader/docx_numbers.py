"""The numbers Word writes before paragraphs by itself: "1.", "a)", "II." stand in no run of the text."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = W + "val"
ROMAN = (("m", 1000), ("cm", 900), ("d", 500), ("cd", 400), ("c", 100), ("xc", 90), ("l", 50), ("xl", 40), ("x", 10),
         ("ix", 9), ("v", 5), ("iv", 4), ("i", 1))  # fmt: skip


@dataclass
class Level:
    """One level of a list: how its number looks (`text`, with %1 for the number of the first level) and begins."""

    text: str = ""
    form: str = "decimal"
    start: int = 1


@dataclass
class Numbering:
    """Lists of one document, with the number each has reached. Without its parts nothing is numbered."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    reached: dict[str, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def read(cls, part: Callable[[str], etree._Element | None]) -> "Numbering":
        """part: gives the root element of a part of the package by name, None when it is not there."""
        numbering, styles = cls(), part("word/styles.xml")
        numbers = part("word/numbering.xml")
        if numbers is not None:
            numbering._take_lists(numbers)
        if styles is not None and numbers is not None:
            numbering._take_styles(styles)
        return numbering

    def label(self, paragraph: etree._Element) -> str:
        """The paragraph's number and a blank, or "". Each call counts the list on by one."""
        number, depth = self._list_of(paragraph)
        levels = self.levels.get(self.lists.get(number, ""), {})
        if depth not in levels:
            return ""
        counts = self.reached.setdefault(self.lists[number], {})
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        return _written(levels, counts, depth)

    def _list_of(self, paragraph: etree._Element) -> tuple[str, int]:
        """The list and level of a paragraph, its own or its style's; list "0" takes a paragraph out."""
        properties = paragraph.find(W + "pPr")
        if properties is None:
            return "", 0
        style = properties.find(W + "pStyle")
        number, depth = self.styles.get(style.get(VAL, ""), ("", 0)) if style is not None else ("", 0)
        own = properties.find(W + "numPr")
        if own is not None:
            number, depth = _value(own, "numId") or number, int(_value(own, "ilvl") or depth)
        return number, depth

    def _take_lists(self, root: etree._Element) -> None:
        for abstract in root.iter(W + "abstractNum"):
            self.levels[abstract.get(W + "abstractNumId", "")] = {
                int(level.get(W + "ilvl", "0")): Level(
                    _value(level, "lvlText"), _value(level, "numFmt") or "decimal", int(_value(level, "start") or 1)
                )
                for level in abstract.iter(W + "lvl")
            }
        for number in root.iter(W + "num"):
            name, abstract = number.get(W + "numId", ""), _value(number, "abstractNumId")
            if number.find(W + "lvlOverride") is not None:
                self.levels[f"num{name}"] = self._overridden(number, self.levels.get(abstract, {}))
                abstract = f"num{name}"
            self.lists[name] = abstract

    def _overridden(self, number: etree._Element, levels: dict[int, Level]) -> dict[int, Level]:
        """A list that begins anew has its own levels, and so its own count."""
        own = dict(levels)
        for override in number.iter(W + "lvlOverride"):
            depth, start = int(override.get(W + "ilvl", "0")), _value(override, "startOverride")
            if depth in own and start:
                own[depth] = Level(own[depth].text, own[depth].form, int(start))
        return own

    def _take_styles(self, root: etree._Element) -> None:
        based: dict[str, str] = {}
        for style in root.iter(W + "style"):
            name = style.get(W + "styleId", "")
            based[name] = _value(style, "basedOn")
            numbered = style.find(f"{W}pPr/{W}numPr")
            if numbered is not None:
                self.styles[name] = _value(numbered, "numId"), int(_value(numbered, "ilvl") or 0)
        for name in based:
            parent, seen = based[name], {name}
            while name not in self.styles and parent and parent not in seen:
                if parent in self.styles:
                    self.styles[name] = self.styles[parent]
                seen.add(parent)
                parent = based.get(parent, "")


def _value(element: etree._Element, tag: str) -> str:
    child = element.find(W + tag)
    return child.get(VAL, "") if child is not None else ""


def _written(levels: dict[int, Level], counts: dict[int, int], depth: int) -> str:
    level = levels[depth]
    if level.form == "none" or not level.text:
        return ""
    if level.form == "bullet":
        return "+ " if level.text == "+" else "- "

    def one(found: re.Match[str]) -> str:
        at = int(found[1]) - 1
        form = levels[at].form if at in levels else "decimal"
        return _figure(counts.get(at, levels[at].start if at in levels else 1), form)

    return re.sub(r"%(\d)", one, level.text).strip() + " "


def _figure(count: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter"):
        letters = "abcdefghijklmnopqrstuvwxyz"
        letter = letters[(count - 1) % 26] * ((count - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman"):
        roman, left = "", count
        for sign, worth in ROMAN:
            roman += sign * (left // worth)
            left %= worth
        return roman.upper() if form == "upperRoman" else roman
    return f"{count:02}" if form == "decimalZero" else str(count)
