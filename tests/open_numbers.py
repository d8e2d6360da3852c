"""The numbers of a page and the rows they open into, read out of its HTML.

A number that stands alone in its element is a count and has to be a link to its rows; so is a link that says by
`data-count` how many rows it opens. In a heading it counts what stands below it. `data-uncounted` marks what counts no
rows of the system (what people typed, points of a sheet, a place in an order) or rows the person may not see. A list
says by `data-total` how many rows it has on all its pages, or what they add up to, and by `data-unseen` how many are
kept from the person looking.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import html
from lxml.html import HtmlElement

NUMBER = re.compile(r"^(?:[\d.]+\s*/\s*)?(\d[\d.]*)$")
ALONE = ("td", "dd", "b", "span", "a", "div", "strong", "small")
APART = "ancestor-or-self::*[@data-uncounted or @data-count or self::form or self::time or self::code or self::nav]"
HEADING = "ancestor::*[self::h1 or self::h2 or self::h3]"
ROWS = (
    ".//ul[contains(@class, 'worklist')]/li",
    ".//tbody/tr[not(@class='group')]",
    ".//ol[not(ancestor::li)]/li[not(ancestor::nav)]",
    ".//div[contains(concat(' ', @class, ' '), ' panel-box ')]",
)


@dataclass(frozen=True)
class Number:
    """`url` is empty where it opens nothing; `below` are the rows under a number in a heading, None elsewhere."""

    words: str
    value: int
    url: str
    below: int | None = None


def numbers_of(page: str) -> Iterator[Number]:
    main = _main(page)
    for link in main.xpath(".//a[@data-count]"):
        yield Number(" ".join(link.text_content().split()), _value(link.get("data-count")), link.get("href"))
    for element in main.iter(*ALONE):
        words = "".join(element.xpath("./text()")).strip()
        found = NUMBER.match(words)
        if not found or element.xpath(APART):
            continue
        if heading := element.xpath(HEADING):
            section = heading[0].xpath("ancestor::section")
            yield Number(words, _value(found[1]), "", _rows(section[-1] if section else main))
        else:
            link = element.xpath("ancestor-or-self::a/@href")
            yield Number(words, _value(found[1]), link[0] if link else "")


def links_of(page: str) -> list[str]:
    return list(_main(page).xpath(".//a[not(ancestor::nav[contains(@class, 'pager')])]/@href"))


def rows_opened(page: str, part: str) -> int:
    """How many rows the page says it has, or shows, in the element with the id `part`, or in the whole."""
    main = _main(page)
    return _rows(main.get_element_by_id(part) if part else main)


def _main(page: str) -> HtmlElement:
    return html.fromstring(page).get_element_by_id("content")


def _rows(part: HtmlElement) -> int:
    total = part.xpath("descendant-or-self::*/@data-total")
    shown = _value(total[0]) if total else next((n for rows in ROWS if (n := len(part.xpath(rows)))), 0)
    return shown + sum(_value(n) for n in part.xpath(".//@data-unseen"))


def _value(words: str) -> int:
    return int(words.replace(".", ""))
