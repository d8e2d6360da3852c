"""Numbers of a page and the rows they open into, read out of its HTML."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import html
from lxml.html import HtmlElement

NUMBER = re.compile(r"^(?:[\d.]+\s*/\s*)?(\d[\d.]*)$")
# What people type is no count, and neither is what stands in a field or in a fixed text.
NOT_COUNTED = "ancestor-or-self::*[@data-typed or self::form or self::time or self::code or self::script or self::option]"
ROWS = (
    ".//ul[contains(@class, 'worklist')]/li | .//tbody/tr[not(@class='group')] | .//ol/li"
    " | .//div[contains(@class, 'panel-box')][h3 or @id or p]"
)


@dataclass(frozen=True)
class Number:
    """`url` is empty where the number opens nothing; `rows`, of a heading, counts what stands under it."""

    words: str
    value: int
    url: str
    rows: int | None = None


def main_of(page: str) -> HtmlElement:
    return html.fromstring(page).get_element_by_id("content")


def links_of(page: str) -> list[str]:
    return [str(url) for url in main_of(page).xpath(".//a/@href")]


def numbers_of(page: str) -> Iterator[Number]:
    """Whatever is a number alone in its element, and the links that say by `data-count` how many rows they open."""
    main = main_of(page)
    for link in main.xpath(".//a[@data-count]"):
        yield Number(link.text_content().strip(), _value(link.get("data-count")), link.get("href"))
    for element in main.iter("td", "dd", "b", "span", "a", "div", "strong", "small"):
        words = "".join(element.xpath("./text()")).strip()
        found = NUMBER.match(words)
        if not found or element.xpath(NOT_COUNTED) or element.xpath("ancestor-or-self::a[@data-count]"):
            continue
        link = element.xpath("ancestor-or-self::a[@href]")
        heading = element.xpath("ancestor::h1 | ancestor::h2 | ancestor::h3")
        if heading:
            section = heading[0].xpath("ancestor::section")
            yield Number(words, _value(found[1]), "", _rows_in(section[-1] if section else main))
        else:
            yield Number(words, _value(found[1]), link[0].get("href") if link else "")


def rows_opened(page: str, url: str) -> int:
    """How many rows the page shows, or says there are, in the part that `url` names; those out of sight are told."""
    main = main_of(page)
    part = url.partition("#")[2]
    return _rows_in(main.get_element_by_id(part) if part else main)


def _rows_in(part: HtmlElement) -> int:
    total = part.xpath(".//@data-total")
    return (_value(total[0]) if total else len(part.xpath(ROWS))) + sum(_value(n) for n in part.xpath(".//@data-unseen"))


def _value(words: str) -> int:
    return int(words.replace(".", ""))
