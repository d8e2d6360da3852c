"""The words of an HTML page in reading order. Nothing is fetched and nothing run: the page is only read."""

import re

from lxml import etree

from .refusals import Unreadable

_SILENT = {"script", "style", "head", "noscript", "template", "svg", "object", "iframe", "select", "textarea", "button"}
_BREAKS = {
    "p", "div", "br", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article",
    "header", "footer", "blockquote", "pre", "hr", "dt", "dd", "center",
}  # fmt: skip


_LAYOUT_COLUMNS = 2


def text_of_html(page: str) -> str:
    """One line a block, one line a table row with its cells set apart by " | "; of two columns, by which pages lay out
    letterheads, a cell's own lines are kept.

    libxml2 reads it: the parser of the standard library takes minutes over a page of broken tags.
    """
    parser = etree.HTMLParser(target=_Words(), encoding="utf-8", no_network=True, recover=True)
    try:
        parser.feed(page.encode())
        words = parser.close()
    except (etree.XMLSyntaxError, AssertionError):
        raise Unreadable("damaged") from None
    lines = (line.strip() for line in words.splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def _lines(cell: str, joint: str) -> str:
    return joint.join(words for line in cell.split("\n") if (words := " ".join(line.split())))


class _Words:
    """Takes what the parser finds, tag by tag; no tree is built."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.silent = 0
        self.rows: list[list[list[str]]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in _SILENT:
            self.silent += 1
        elif tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            self.rows[-1].append([])
        elif tag in _BREAKS:
            self._write("\n")

    def end(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(self.silent - 1, 0)
        elif tag == "tr" and self.rows:
            cells = ["".join(cell) for cell in self.rows.pop()]
            joint = "\n" if len(cells) <= _LAYOUT_COLUMNS else " "
            self._write("\n" + " | ".join(_lines(cell, joint) for cell in cells) + "\n")
        elif tag in _BREAKS and tag != "br":
            self._write("\n")

    def data(self, data: str) -> None:
        if not self.silent:
            self._write(re.sub(r"\s+", " ", data))

    def close(self) -> str:
        return "".join(self.out)

    def _write(self, words: str) -> None:
        """Into the cell that is open, else onto the page."""
        if self.rows and self.rows[-1]:
            self.rows[-1][-1].append(words)
        else:
            self.out.append(words)
