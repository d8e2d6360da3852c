"""How wide the columns of a table are."""

from collections.abc import Sequence
from math import sqrt

LETTER = 2.4
PADDING = 5
LEAST = 10
LINE = 5.5
TALLEST = 180


def column_widths(rows: Sequence[Sequence[str]], total: float) -> list[float]:
    """Millimetres for each column, in all `total`: the longest word fits where it can, the rest goes by the words."""
    columns = list(zip(*rows, strict=True))
    least = [max(LEAST, PADDING + LETTER * max(map(_longest_word, column))) for column in columns]
    if sum(least) >= total:
        return [width * total / sum(least) for width in least]
    wish = [sqrt(sum(map(len, column)) + 1) if sum(map(len, column)) > 8 * len(rows) else 0 for column in columns]
    spare = total - sum(least)
    shares = [part / sum(wish) for part in wish] if any(wish) else [1 / len(columns)] * len(columns)
    return [width + spare * share for width, share in zip(least, shares)]


def _longest_word(words: str) -> int:
    return max(map(len, words.split()), default=0)


def is_tall(row: Sequence[str], widths: Sequence[float]) -> bool:
    """A row that may not fit on one page, by a rough count of its lines: it has to be broken."""
    return any((len(cell) * LETTER / (width - PADDING) + 1) * LINE > TALLEST for cell, width in zip(row, widths))
