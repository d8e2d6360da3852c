"""Vietnamese text made comparable: NFC, one habit of tone marks, folded without marks, and a key to sort by."""

import re
import unicodedata

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_NEW_OA = re.compile(rf"(o)([ae])([{_TONES}])(?![a-z\u0300-\u036f])", re.IGNORECASE)
_NEW_UY = re.compile(rf"(?<!q)(u)(y)([{_TONES}])(?![a-z\u0300-\u036f])", re.IGNORECASE)
_UNPRINTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_BLANKS = re.compile(r"\s+")
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONE_ORDER = {"": 0, "\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_NO_MORE, _NEXT_WORD, _NUMBER, _FIRST_LETTER, _STRANGER = "00", "01", "05", 10, "99"
_LETTER_MARKS = "\u0302\u0306\u031b"


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def printable(text: str) -> str:
    """The text without the control characters that databases and files refuse; line breaks and tabs stay."""
    return _UNPRINTED.sub("", text)


def squeeze(text: str) -> str:
    """Blanks and line breaks collapsed, ends trimmed, NFC."""
    return _BLANKS.sub(" ", nfc(text)).strip()


def modern_tones(text: str) -> str:
    """hòa, khỏe, ủy as screens write them: 'hoà' and 'uỷ' become 'hòa' and 'ủy'."""
    text = unicodedata.normalize("NFD", text)
    text = _NEW_OA.sub(r"\1\3\2", text)
    text = _NEW_UY.sub(r"\1\3\2", text)
    return nfc(text)


def fold(text: str) -> str:
    """Lower case, no marks, đ→d, blanks collapsed: 'Đảng ủy  Khối' → 'dang uy khoi'. Same for both tone habits."""
    text = text.replace("đ", "d").replace("Đ", "d").replace("ð", "d").replace("Ð", "d")
    text = unicodedata.normalize("NFD", text)
    return _BLANKS.sub(" ", "".join(c for c in text if not unicodedata.combining(c))).strip().lower()


def sort_key(text: str) -> str:
    """A key of digits alone, whose order is that of the Vietnamese dictionary under any collation of the database.

    Letters before tones: 'an' < 'ăn' < 'ân', and within equal letters ngang, huyền, hỏi, ngã, sắc, nặng. A shorter name
    comes before a longer one that begins with it, numbers come before letters and by their size: 'Chi bộ 9' before
    'Chi bộ 10'. Two digits a letter; at most 400.
    """
    letters, tones = [], []
    for word in re.findall(r"\d+|[^\W\d_]+", modern_tones(text).lower()):
        if word.isdecimal():
            letters.append(f"{_NUMBER}{int(word[:12]):012d}")
            tones.append("0")
        else:
            keys, tone = _word_key(word)
            letters.append(keys)
            tones.append(tone)
    return (_NEXT_WORD.join(letters)[:340] + _NO_MORE + "".join(tones))[:400]


def _word_key(word: str) -> tuple[str, str]:
    tone, out = 0, []
    for char in word:
        base = unicodedata.normalize("NFD", char)
        tone = max(tone, *(_TONE_ORDER.get(mark, 0) for mark in base), 0)
        letter = nfc("".join(c for c in base if not unicodedata.combining(c) or c in _LETTER_MARKS))
        position = _ALPHABET.find(letter)
        out.append(f"{_FIRST_LETTER + position}" if position >= 0 else f"{_STRANGER}{ord(letter[:1] or char):07d}")
    return "".join(out), str(tone)
