"""Bytes of a text file to characters: UTF-8, UTF-16, and the old Vietnamese encodings when they are certain."""

import codecs

from .encodings import recognise_bytes
from .refusals import Remark, Unreadable

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_PLAIN_CONTROLS = frozenset("\t\n\r\f\v")


def decode(data: bytes) -> tuple[str, str, list[Remark]]:
    """The text, the name of its encoding and what is worth saying about it.

    TCVN3, VNI and Windows 1258 are converted when nearly every word comes out as a Vietnamese syllable, and refused by
    name when only most do. Raises Unreadable for NUL bytes and for text in no encoding known.
    """
    if data.startswith(_UTF16_MARKS) or b"\0" in data:
        return _decode_utf16(data), "utf-16", []
    try:
        return data.decode("utf-8-sig"), "utf-8", []
    except UnicodeDecodeError as error:
        return _decode_old(data, error.start)


def _decode_utf16(data: bytes) -> str:
    """With a mark, or without one when every other byte of ASCII characters is NUL, as Notepad once wrote it."""
    if data.startswith(_UTF16_MARKS):
        order = "utf-16"
    else:
        even, odd = data[0::2].count(0), data[1::2].count(0)
        if max(even, odd) < len(data) // 6 or min(even, odd) > max(even, odd) // 20:
            raise Unreadable("nul_bytes")
        order = "utf-16-le" if odd > even else "utf-16-be"
    try:
        text = data.decode(order)
    except UnicodeDecodeError as error:
        raise Unreadable("nul_bytes" if b"\0" in data else "broken_text", position=error.start) from None
    if any(c < " " and c not in _PLAIN_CONTROLS for c in text):
        raise Unreadable("nul_bytes")
    return text


def _decode_old(data: bytes, position: int) -> tuple[str, str, list[Remark]]:
    guess = recognise_bytes(data)
    if guess is None:
        raise Unreadable("broken_text", position=position)
    if not guess.certain:
        raise Unreadable(guess.encoding)
    return guess.text, guess.encoding, [Remark(f"converted_{guess.encoding}")]
