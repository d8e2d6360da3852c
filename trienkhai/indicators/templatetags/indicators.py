"""How numbers and signs of indicators are written on pages."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from trienkhai.indicators.checking import unusual_words
from trienkhai.indicators.models import Indicator, Value
from trienkhai.indicators.numerals import written
from trienkhai.indicators.periods import period_of
from trienkhai.indicators.summing import Sign, Why

register = template.Library()
TONES = {
    Sign.MET: ("good", "tick"),
    Sign.NEAR: ("late", "soon"),
    Sign.MISSED: ("over", "over"),
    Sign.NO_DATA: ("rest", "none"),
    Sign.NO_TARGET: ("open", "open"),
}


@register.filter
def amount(number: Decimal | None) -> str:
    """1.234,5 in Vietnamese, 1,234.5 in English; a dash for none."""
    return written(number, get_language() or "vi")


@register.filter
def figure(number: Decimal | None) -> str:
    """In tables, with at most two decimals as reports tell it; the page of its parts has it exactly."""
    return amount(None if number is None else round(number, 2))


@register.filter
def percent(number: Decimal | None) -> str:
    """A share with one decimal; a dash for none."""
    return "–" if number is None else f"{written(round(number, 1), get_language() or 'vi')} %"


@register.filter
def signed(number: Decimal | None) -> str:
    """With its sign: +12 or −3."""
    if not number:
        return "0"
    return f"{'+' if number > 0 else '−'}{amount(abs(number))}"


@register.filter
def told(value: Value) -> str:
    """What a value says, with its unit of measure or as its grade."""
    if value.number is None:
        return "–"
    grade = value.definition.grade(value.number) if value.definition.choices else ""
    return grade or f"{amount(value.number)} {value.definition.measure}"


@register.filter
def sign_word(sign: str) -> str:
    words = {
        Sign.MET: pgettext("target", "met"),
        Sign.NEAR: pgettext("target", "nearly met"),
        Sign.MISSED: pgettext("target", "not met"),
        Sign.NO_DATA: _("no data"),
        Sign.NO_TARGET: _("no target"),
    }
    return words[Sign(sign)]


@register.filter
def tone(sign: str) -> str:
    return TONES[Sign(sign)][0]


@register.filter
def shape(sign: str) -> str:
    return TONES[Sign(sign)][1]


@register.filter
def why(part: Any) -> str:
    """Why a unit is not counted, in words."""
    words = {
        Why.LEFT: _("left this branch within the period; it counts where it stood on the last day"),
        Why.CLOSED: _("did not stand any more on the last day of the period"),
        Why.NOT_APPLICABLE: _("does not apply"),
        Why.NOT_SUMMED: _("this indicator is not summed up"),
        Why.LATER: _("another unit told its value later"),
        Why.NO_WEIGHT: _("its weight is zero"),
    }
    text = words[part.why] if part.why else ""
    return f"{text}: {part.remark}" if part.remark else text


@register.filter
def unusual(value: Value) -> str:
    """What is unusual about a value, as a sentence."""
    return "; ".join(unusual_words(value.definition, list(value.unusual)))


@register.filter
def period(indicator: Indicator, start: date) -> str:
    """How the period that begins on that day is called."""
    return period_of(indicator, start).label
