"""Text of the years before Unicode: TCVN3 (ABC) and VNI recognised, named and turned into Unicode.

Both put Vietnamese letters on the codes of Western European ones, so "ViÖt Nam" (TCVN3) and "Vieät Nam" (VNI) are
perfectly valid text, only not Vietnamese. `recognise` tells by reading both ways: the right one gives syllables.
"""

import re
import unicodedata
from dataclasses import dataclass

_TCVN3_CODES = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ", 0xB5: "àảãáạ", 0xBB: "ằẳẵắ", 0xC6: "ặầẩẫấậè", 0xCE: "ẻẽéẹềểễếệìỉ", 0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộờởỡớợù", 0xF1: "ủũúụừửữứựỳỷỹýỵ",
}  # fmt: skip
_TCVN3 = {start + i: letter for start, letters in _TCVN3_CODES.items() for i, letter in enumerate(letters)}

_BREVE, _HAT = "\u0306", "\u0302"
_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
_VNI_MARKS = {
    "ù": _ACUTE, "ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ï": _DOT,
    "â": _HAT, "á": _HAT + _ACUTE, "à": _HAT + _GRAVE, "å": _HAT + _HOOK, "ã": _HAT + _TILDE, "ä": _HAT + _DOT,
    "ê": _BREVE, "é": _BREVE + _ACUTE, "è": _BREVE + _GRAVE, "ú": _BREVE + _HOOK, "ü": _BREVE + _TILDE, "ë": _BREVE + _DOT,
}  # fmt: skip
_VNI_LETTERS = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_LETTERS |= {key.upper(): value.upper() for key, value in _VNI_LETTERS.items()}
_VNI_MARKS |= {key.upper(): value for key, value in _VNI_MARKS.items()}
_VNI_PAIR = re.compile(f"([aeouyôöAEOUYÔÖ])([{''.join(_VNI_MARKS)}])|([{''.join(_VNI_LETTERS)}])")

_SYLLABLE = re.compile(
    r"(?:ngh?|gh|gi|kh|nh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx])?(?:"
    r"[aăâ]|[eê]|[iy]|[oôơ]|[uư]|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iêu|iu|oa|oai|oao|oay|oă|oe|oeo|oi|oo|ôi|ơi|ua|uâ|uây|uê|"
    r"ui|uô|uôi|uơ|uy|uya|uyê|uyu|ưa|ưi|ươ|ươi|ươu|ưu|ya|yê|yêu)(?:ch|c|m|ng|nh|n|p|t)?"
)
_TONES = {_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT}
_VIETNAMESE_ONLY = re.compile(r"[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9\u0300-\u0323]")
ENOUGH_WORDS = 8
SURE, LIKELY, ALREADY = 0.93, 0.75, 0.6


@dataclass(frozen=True)
class Guess:
    """encoding: tcvn3, vni or cp1258. certain: the converted text reads as Vietnamese nearly throughout."""

    encoding: str
    certain: bool
    text: str


def to_unicode(text: str, encoding: str) -> str:
    """Text whose characters are the Western codes of `encoding` ("tcvn3" or "vni"), as Unicode in NFC."""
    convert = {"tcvn3": _from_tcvn3, "vni": _from_vni}[encoding]
    return unicodedata.normalize("NFC", convert(text))


def recognise(text: str) -> Guess | None:
    """Which old encoding `text` is written in; None for Unicode Vietnamese and for other languages.

    A sample of the first 20,000 marked words decides. Bytes are to be given as `western(data)`.
    """
    words = _marked_words(text)
    if len(words) < ENOUGH_WORDS or len(_VIETNAMESE_ONLY.findall(text[:400_000])) > len(words) // 4:
        return None
    plain = _share_of_syllables(words)
    sample = " ".join(words)
    shares = {name: _share_of_syllables(to_unicode(sample, name).split()) for name in ("tcvn3", "vni")}
    best = max(shares, key=lambda name: shares[name])
    if shares[best] < LIKELY or shares[best] < plain + 0.15:
        return None
    other = min(shares.values())
    certain = shares[best] >= SURE and other < shares[best] - 0.1
    return Guess(best, certain, to_unicode(text, best))


def recognise_bytes(data: bytes) -> Guess | None:
    """The same for bytes that are not UTF-8, Windows 1258 among the candidates."""
    guess = recognise(western(data))
    if guess:
        return guess
    try:
        text = unicodedata.normalize("NFC", data.decode("cp1258"))
    except UnicodeDecodeError:
        return None
    words = _marked_words(text)
    looks = len(words) >= ENOUGH_WORDS and _share_of_syllables(words) >= SURE and _VIETNAMESE_ONLY.search(text)
    return Guess("cp1258", True, text) if looks else None


def western(data: bytes) -> str:
    """Each byte as the Western character whose code old fonts drew over."""
    return data.decode("latin-1")


def _from_tcvn3(text: str) -> str:
    lines = text.splitlines(keepends=True)
    return "".join(_with_capitals(line, line.translate(_TCVN3)) for line in lines)


def _with_capitals(old: str, new: str) -> str:
    """TCVN3 has no capital à or ệ: fonts ending in H drew them. A line or word in capitals gets them back."""
    letters = [c for c in old if c.isascii() and c.isalpha()]
    if len(letters) >= 4 and all(c.isupper() for c in letters):
        return new.upper()
    return re.sub(r"\w+", lambda word: word[0].upper() if re.search(r"[A-Z].*[A-Z]", word[0]) else word[0], new)


def _from_vni(text: str) -> str:
    def letter(found: re.Match[str]) -> str:
        base, mark, single = found.groups()
        return _VNI_LETTERS[single] if single else _VNI_LETTERS.get(base, base) + _VNI_MARKS[mark]

    return _VNI_PAIR.sub(letter, text)


def _marked_words(text: str) -> list[str]:
    """Words with at least one letter outside ASCII: only these tell encodings apart."""
    found = re.finditer(r"[^\s\d.,;:()\"'|/\-–—“”…*_]+", text[:400_000])
    marked = (word[0] for word in found if not word[0].isascii())
    return [word for word, _ in zip(marked, range(20_000), strict=False)]


def _share_of_syllables(words: list[str]) -> float:
    return sum(map(_is_syllable, words)) / len(words) if words else 0.0


def _is_syllable(word: str) -> bool:
    tones, letters = 0, []
    for char in unicodedata.normalize("NFD", word.lower()):
        tones += char in _TONES
        if char not in _TONES:
            letters.append(char)
    plain = unicodedata.normalize("NFC", "".join(letters))
    return tones <= 1 and _SYLLABLE.fullmatch(plain) is not None
