"""Patterns over Vietnamese letters: A-Z alone misses Ư, Ậ and the like."""

import re

_LATIN = [chr(code) for code in (*range(0x41, 0x5B), *range(0x61, 0x7B), *range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA))]
UPPER = "".join(c for c in _LATIN if c.isupper())
LOWER = "".join(c for c in _LATIN if c.islower())


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """Compiled with <U> and <L>, inside a character class, as all capital and all small letters."""
    return re.compile(text.replace("<U>", UPPER).replace("<L>", LOWER), flags)
