"""What a person typed for a value, read by the definition: numbers, what is impossible, what is asked about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from trienkhai.indicators.models import Definition, Kind
from trienkhai.indicators.numerals import LARGEST, read_number, rounded, written
from trienkhai.indicators.summing import ratio_of

NUMBER, TOP, BOTTOM, GRADE, SPLIT = "number", "top", "bottom", "grade", "split"


@dataclass(frozen=True)
class Read:
    """A value as numbers. `split`: category → plain digits."""

    number: Decimal
    top: Decimal | None = None
    bottom: Decimal | None = None
    split: dict[str, str] = field(default_factory=dict)


def is_blank(typed: Mapping[str, Any]) -> bool:
    return not any(str(text).strip() for text in typed.values())


def names_of(definition: Definition) -> list[str]:
    """The fields that a value of this definition is typed in."""
    if definition.kind == Kind.RATIO:
        return [TOP, BOTTOM]
    if definition.kind == Kind.CHOICE:
        return [GRADE]
    return [NUMBER, *(f"{SPLIT}{place}" for place in range(len(definition.categories)))]


def read_value(definition: Definition, typed: Mapping[str, Any]) -> Read:
    """The value that was typed. Raises ValidationError by field: what cannot be read, and what is impossible."""
    if definition.kind == Kind.CHOICE:
        return _read_grade(definition, str(typed.get(GRADE, "")))
    faults: dict[str, ValidationError] = {}
    numbers = {name: _number(typed, name, faults) for name in names_of(definition)}
    if faults:
        raise ValidationError(faults)
    read = _ratio(definition, numbers) if definition.kind == Kind.RATIO else _plain(definition, numbers)
    _check_possible(definition, read)
    return read


def _number(typed: Mapping[str, Any], name: str, faults: dict[str, ValidationError]) -> Decimal:
    text = str(typed.get(name, "")).strip()
    try:
        if not text:
            raise ValidationError(_("Write the number; if there is none to tell, say that it does not apply."))
        return read_number(text)
    except ValidationError as fault:
        faults[name] = fault
        return Decimal(0)


def _read_grade(definition: Definition, text: str) -> Read:
    if not text.isdecimal() or not definition.grade(Decimal(text)):
        raise ValidationError({GRADE: _("Choose one of the grades.")})
    return Read(Decimal(text))


def _ratio(definition: Definition, numbers: dict[str, Decimal]) -> Read:
    number = ratio_of(numbers[TOP], numbers[BOTTOM], definition.factor)
    if number is None:
        raise ValidationError({BOTTOM: _("The denominator is not zero; if there is none, say that it does not apply.")})
    if numbers[BOTTOM] < 0 or numbers[TOP] < 0:
        raise ValidationError({TOP: _("Numerator and denominator are not negative.")})
    if abs(number) >= LARGEST:
        raise ValidationError({TOP: _("The number is too large; choose a larger unit of measure.")})
    return Read(rounded(number), numbers[TOP], numbers[BOTTOM])


def _plain(definition: Definition, numbers: dict[str, Decimal]) -> Read:
    number = numbers.pop(NUMBER)
    split = {name: numbers[f"{SPLIT}{place}"] for place, name in enumerate(definition.categories)}
    if split and sum(split.values()) != number:
        sentence = _("The parts make %(parts)s, the number is %(number)s.")
        told = {"parts": _written(sum(split.values(), Decimal(0))), "number": _written(number)}
        raise ValidationError({NUMBER: sentence % told})
    return Read(number, split={name: f"{rounded(part):f}" for name, part in split.items()})


def _written(number: Decimal | None) -> str:
    return written(number, get_language() or "vi")


def _check_possible(definition: Definition, read: Read) -> None:
    name = TOP if definition.kind == Kind.RATIO else NUMBER
    if definition.lowest is not None and read.number < definition.lowest:
        sentence = _("%(number)s is impossible: it cannot be below %(limit)s.")
        raise ValidationError(
            {name: sentence % {"number": _written(read.number), "limit": _written(definition.lowest)}}
        )
    if definition.highest is not None and read.number > definition.highest:
        sentence = _("%(number)s is impossible: it cannot be above %(limit)s.")
        raise ValidationError(
            {name: sentence % {"number": _written(read.number), "limit": _written(definition.highest)}}
        )


def unusual_of(definition: Definition, number: Decimal, before: Decimal | None, *, same_year: bool = True) -> list[str]:
    """What is asked about, by name: `low`, `high`, `change`, `shrinks`; empty for a usual value.

    before: the approved value of the period before. same_year: a cumulative value begins anew with the year.
    """
    found = []
    if definition.usual_low is not None and number < definition.usual_low:
        found.append("low")
    if definition.usual_high is not None and number > definition.usual_high:
        found.append("high")
    if before is None:
        return found
    if definition.cumulative and not same_year:
        return found
    change = abs(number - before) * 100
    if definition.largest_change is not None and change > definition.largest_change * abs(before):
        found.append("change")
    if definition.cumulative and number < before:
        found.append("shrinks")
    return found


def unusual_words(definition: Definition, names: list[str]) -> list[str]:
    """Sentences for what is asked about."""
    limits = {"low": definition.usual_low, "high": definition.usual_high, "change": definition.largest_change}
    sentences = {
        "low": _("lower than usual (%(limit)s)"),
        "high": _("higher than usual (%(limit)s)"),
        "change": _("changed by more than %(limit)s percent against the period before"),
        "shrinks": _("counted from the beginning of the year, yet smaller than the period before"),
    }
    return [
        sentences[name] % {"limit": _written(limits[name])} if name in limits else sentences[name] for name in names
    ]
