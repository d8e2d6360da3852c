"""Symbols of documents made comparable: '101 QĐ TW', '101-QĐ/TW' and 'Số 101-QĐ/TW ngày 7/6/2012' are one key."""

import re

from trienkhai.common.folding import fold

LONGEST = 80
_DAY = re.compile(r"\bngay\b.*$|,.*$")
_TOKEN = re.compile(r"\d+(?:[a-z](?![a-z0-9]))?|[a-z]+\d*")


def symbol_key(symbol: str) -> str:
    """Folded words and numbers joined by hyphens: '101-qd-tw'. Words before the number and the day after it are left
    out, and so are noughts before the number. '' for what holds neither letter nor digit. At most 80 characters.
    """
    tokens = _TOKEN.findall(_DAY.sub("", fold(symbol)))
    first = next((place for place, token in enumerate(tokens) if token[0].isdigit()), 0)
    tokens = tokens[first:]
    if tokens and tokens[0][0].isdigit():
        tokens[0] = tokens[0].lstrip("0") or "0"
    return "-".join(tokens)[:LONGEST]
