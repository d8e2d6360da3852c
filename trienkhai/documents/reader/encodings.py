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
    "ê": _BREVE, "é": _BREVE + _ACUTE, "è": _BREVE + _GRAVE, "ú": _BREVE + _HOOK, "ü": _BREVE + _TILDE,
    "ë": _BREVE + _DOT,
}  # fmt: skip
_VNI_LETTERS = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_LETTERS |= {key.upper(): value.upper() for key, value in _VNI_LETTERS.items()}
_VNI_MARKS |= {key.upper(): value for key, value in _VNI_MARKS.items()}
_VNI_PAIR = re.compile(f"([aeouyôöAEOUYÔÖ])([{''.join(_VNI_MARKS)}])|([{''.join(_VNI_LETTERS)}])")

_SYLLABLE = re.compile(
    r"(?:ngh?|gh|gi|kh|nh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx])?(?:"
    r"[aăâ]|[eê]|[iy]|[oôơ]|[uư]|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iêu|iu|oa|oai|oao|oay|oă|oe|oeo|oi|oo|ôi|ơi|ua|"
    r"uâ|uây|uê|ui|uô|uôi|uơ|uy|uya|uyê|uyu|ưa|ưi|ươ|ươi|ươu|ưu|ya|yê|yêu)(?:ch|c|m|ng|nh|n|p|t)?"
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
    return "".join(_with_capitals(line) for line in text.splitlines(keepends=True))


def _with_capitals(line: str) -> str:
    """TCVN3 has no capital à or ệ: fonts ending in H drew them over the small ones. Words in capitals get them back.

    "Bé" alone may be Bộ or BỘ; the words beside it decide.
    """
    words = re.split(r"(\s+)", line)
    known = [_in_capitals(word) for word in words]
    for i in range(0, len(words), 2):
        beside = [answer for answer in (*known[max(i - 2, 0) : i], *known[i + 1 : i + 3]) if answer is not None]
        capital = known[i] if known[i] is not None else bool(beside) and all(beside)
        words[i] = words[i].translate(_TCVN3).upper() if capital else words[i].translate(_TCVN3)
    return "".join(words)


def _in_capitals(word: str) -> bool | None:
    """None when only its first letter tells, or when it is a number or a symbol."""
    if any(c.isascii() and c.islower() for c in word):
        return False
    letters = [c for c in word if c.isalpha() or ord(c) in _TCVN3]
    later = any((c.isascii() and c.isupper()) or "\xa1" <= c <= "\xa7" for c in letters[1:])
    return True if later and not any(c.isdigit() and c.isascii() for c in word) else None


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
