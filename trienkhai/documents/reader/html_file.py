"""The words of an HTML page in reading order. Nothing is fetched and nothing run: the page is only read."""

import re
from html.parser import HTMLParser

_SILENT = {"script", "style", "head", "noscript", "template", "svg", "object", "iframe", "select", "textarea", "button"}
_BREAKS = {
    "p", "div", "br", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article",
    "header", "footer", "blockquote", "pre", "hr", "dt", "dd", "center",
}  # fmt: skip


def text_of_html(page: str) -> str:
    """One line a block, one line a table row with its cells set apart by " | "."""
    parser = _Words()
    parser.feed(page)
    parser.close()
    return (
        re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip() for line in "".join(parser.out).splitlines())).strip() + "\n"
    )


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.silent: list[str] = []
        self.rows: list[list[list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent.append(tag)
        elif tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            self.rows[-1].append([])
        elif tag in _BREAKS:
            self._write("\n")

    def handle_endtag(self, tag: str) -> None:
        if self.silent:
            if tag in self.silent:
                del self.silent[self.silent.index(tag) :]
        elif tag == "tr" and self.rows:
            cells = (" ".join("".join(cell).split()) for cell in self.rows.pop())
            self._write("\n" + " | ".join(cells) + "\n")
        elif tag in _BREAKS and tag != "br":
            self._write("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self._write(re.sub(r"\s+", " ", data))

    def _write(self, words: str) -> None:
        """Into the cell that is open, else onto the page."""
        if self.rows and self.rows[-1]:
            self.rows[-1][-1].append(words)
        else:
            self.out.append(words)
