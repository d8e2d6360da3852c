"""Numbers as people type them: comma or point as decimal sign. Plain Python."""

import re
from decimal import ROUND_HALF_UP, Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

PLACES = Decimal("0.0001")
LARGEST = Decimal(10) ** 11
_SHAPE = re.compile(r"([+-]?)(\d[\d.,]*)")
_BLANKS = dict.fromkeys(map(ord, " \t\u00a0\u202f\u2009"))


def rounded(number: Decimal) -> Decimal:
    """With four decimals, as numbers are kept."""
    return number.quantize(PLACES, ROUND_HALF_UP)


def read_number(text: str) -> Decimal:
    """The number that was typed, as 1.234,5 or 1,234.5. Raises ValidationError with a sentence.

    A single sign before exactly three digits can mean either (1.234): then the person is asked, nothing is guessed.
    """
    shape = _SHAPE.fullmatch(text.translate(_BLANKS).replace("−", "-"))
    if shape is None:
        raise ValidationError(_("“%(text)s” is not a number.") % {"text": text.strip()}, code="no_number")
    sign, digits = shape.groups()
    number = _read_digits(digits, text.strip())
    if abs(number) >= LARGEST:
        raise ValidationError(_("The number is too large; choose a larger unit of measure."), code="too_large")
    return -number if sign == "-" else number


def _read_digits(digits: str, text: str) -> Decimal:
    signs = [char for char in digits if char in ".,"]
    if not signs:
        return Decimal(digits)
    last = signs[-1]
    if len(set(signs)) == 2:
        return _with_decimals(digits, last, "." if last == "," else ",", text)
    if len(signs) > 1:
        return Decimal(_ungrouped(digits, last, text))
    whole, part = digits.split(last)
    if len(part) == 3 and len(whole) <= 3 and not whole.startswith("0"):
        sentence = _("“%(text)s” can be read in two ways: write %(thousands)s if it is that, or %(decimals)s.")
        readings = {"text": text, "thousands": whole + part, "decimals": f"{whole},{part}0"}
        raise ValidationError(sentence % readings, code="ambiguous")
    return _with_decimals(digits, last, "", text)


def _with_decimals(digits: str, decimal_sign: str, group_sign: str, text: str) -> Decimal:
    whole, _sign, part = digits.rpartition(decimal_sign)
    if not part or decimal_sign in whole:
        raise ValidationError(_("“%(text)s” is not a number.") % {"text": text}, code="no_number")
    if len(part.rstrip("0")) > 4:
        raise ValidationError(_("At most four digits stand after the decimal sign."), code="too_fine")
    return Decimal(f"{_ungrouped(whole, group_sign, text) if group_sign else whole}.{part[:4]}")


def _ungrouped(digits: str, sign: str, text: str) -> str:
    """The digits without the signs between thousands, which must stand before each third digit."""
    first, *groups = digits.split(sign)
    if not 1 <= len(first) <= 3 or any(len(group) != 3 for group in groups):
        sentence = _("In “%(text)s” the signs do not part the thousands.")
        raise ValidationError(sentence % {"text": text}, code="no_number")
    return first + "".join(groups)


def written(number: Decimal | None, language: str = "vi") -> str:
    """1.234,5 in Vietnamese, 1,234.5 in English, without needless zeros; a dash for none."""
    if number is None:
        return "–"
    grouped = f"{rounded(number):,f}".rstrip("0").rstrip(".")
    grouped = "0" if grouped == "-0" else grouped
    if language.startswith("vi"):
        return grouped.translate({ord(","): ".", ord("."): ","})
    return grouped


def typed(number: Decimal | None) -> str:
    """As a field shows it again, so that `read_number` reads the same: 1234,5 without signs between thousands.

    Three decimals get a fourth, since 1,234 could mean either.
    """
    if number is None:
        return ""
    plain = f"{rounded(number):f}".rstrip("0").rstrip(".") or "0"
    whole, sign, part = plain.partition(".")
    return f"{whole},{part.ljust(4, '0') if len(part) == 3 else part}" if sign else whole
