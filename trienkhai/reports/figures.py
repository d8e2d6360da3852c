"""Numbers as people type them: comma or point, thousands apart or not; and as pages write them."""

import re
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

LONGEST = 40
LARGEST = Decimal(10) ** 18
MOST_DECIMALS = 6
_SIGNS = str.maketrans({"−": "-", "–": "-", "\u00a0": " ", "\u202f": " "})
_PLAIN = re.compile(r"(-?)\s?(\d+(?:[ .,]\d+)*)")


def read_number(text: str, decimals: int) -> Decimal:
    """`12,5`, `12.5`, `1.234,5`, `1,234.5`, `1 234` as a number. Raises ValidationError with a sentence.

    Two different signs: the last one is the decimal sign. One sign before exactly three digits parts thousands where
    the field has at most two decimals; where it may be either, the person is asked, never guessed for.
    """
    given = text.translate(_SIGNS).strip()
    found = _PLAIN.fullmatch(given) if len(given) <= LONGEST else None
    if not found:
        raise ValidationError(_("“%(text)s” is not a number.") % {"text": text[:LONGEST]})
    minus, body = found.groups()
    whole, rest = _apart(body, decimals)
    if whole is None:
        raise ValidationError(_("“%(text)s” is not a number.") % {"text": text[:LONGEST]})
    if len(rest.rstrip("0")) > decimals:
        if not decimals:
            raise ValidationError(_("A whole number is meant, not “%(text)s”.") % {"text": text})
        raise ValidationError(_("At most %(n)d decimals, not “%(text)s”.") % {"n": decimals, "text": text})
    number = Decimal(f"{minus}{whole}.{rest or 0}")
    if abs(number) >= LARGEST:
        raise ValidationError(_("“%(text)s” is too large.") % {"text": text})
    return number.quantize(Decimal(1).scaleb(-decimals)) + 0


def _apart(body: str, decimals: int) -> tuple[str | None, str]:
    """Whole part and decimals as digits; None for what is no number."""
    signs = re.sub(r"\d", "", body)
    if not signs:
        return body, ""
    last = signs[-1]
    if last != " " and signs.count(last) == 1 and not (len(signs) == 1 and _parts_thousands(body, last, decimals)):
        whole, rest = body.rsplit(last, 1)
        return _grouped(whole), rest
    return _grouped(body), ""


def _parts_thousands(body: str, sign: str, decimals: int) -> bool:
    """Does the only sign part thousands? Raises ValidationError where it could as well be the decimal sign."""
    head, tail = body.split(sign)
    if len(tail) != 3 or len(head) > 3 or head.startswith("0"):
        return False
    if decimals > 2:
        raise ValidationError(
            _("“%(text)s” may mean two numbers: write %(plain)s, or %(head)s%(sign)s%(tail)s0 for the decimals.")
            % {"text": body, "plain": head + tail, "head": head, "sign": sign, "tail": tail}
        )
    return True


def _grouped(text: str) -> str | None:
    """`1.234.567`, `1 234` or plain digits, as digits; None for other groups."""
    signs = set(re.sub(r"\d", "", text))
    if not signs:
        return text
    if len(signs) > 1:
        return None
    head, *groups = text.split(signs.pop())
    return head + "".join(groups) if 1 <= len(head) <= 3 and all(len(group) == 3 for group in groups) else None


def as_number(value: object) -> Decimal | None:
    """A stored answer as a number; None for nothing, and for what is no number."""
    try:
        found = Decimal(value) if isinstance(value, str) and value else None
    except InvalidOperation:
        return None
    return found if found is not None and found.is_finite() else None


def show_number(value: str | Decimal | None, decimals: int = 0, language: str = "") -> str:
    """1.234,5 in Vietnamese, 1,234.5 in English; a dash for nothing."""
    if value is None or value == "":
        return "–"
    text = f"{Decimal(value):,.{decimals}f}"
    if (language or get_language() or "vi").startswith("vi"):
        return text.translate(str.maketrans(",.", ".,"))
    return text


def typed_number(value: str | None, decimals: int = 0) -> str:
    """The number as a field shows it for typing: the page's decimal sign, no thousands apart."""
    if value in (None, ""):
        return ""
    text = f"{Decimal(value):.{decimals}f}"
    return text.replace(".", ",") if (get_language() or "vi").startswith("vi") else text
