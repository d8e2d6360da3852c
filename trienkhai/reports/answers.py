"""What a unit has answered: typed text cleaned field by field, computed fields worked out, what is missing or wrong.

Stored numbers are decimal text with a point. A text that is no number is kept apart as it was typed (`wrong`), so that
the rest of the draft is stored all the same.
"""

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from trienkhai.common.folding import nfc, printable, squeeze
from trienkhai.documents.marks import fault_of
from trienkhai.reports.design import MOST_ROWS, Design, Field
from trienkhai.reports.figures import LARGEST, as_number, read_number, show_number, typed_number
from trienkhai.reports.formula import work_out

LONGEST_TEXT = 100_000
LONGEST_CELL = 2000
FROM = "don_vi"
"""The column of a joined table that names the unit a row is from."""
Typed = dict[str, Any]
"""By field: text, or for a table its rows, each a text by column."""


@dataclass(frozen=True)
class Cleaned:
    """`values`: what can be stored. `wrong`: text as typed, by field or `field.row.column`. `faults`: a sentence for
    each of these. `secret`: fields whose text bears a mark of secrecy; nothing of them is kept anywhere.
    """

    values: dict[str, Any] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    secret: dict[str, str] = field(default_factory=dict)


def clean(design: Design, typed: Typed) -> Cleaned:
    """The fields that were sent; fields not in `typed` stay untouched. Control characters are left out."""
    found = Cleaned()
    for one in design.fields():
        if one.code not in typed or one.kind == "computed":
            continue
        if one.kind == "table":
            rows = typed[one.code]
            _clean_table(one, [{name: printable(str(text)) for name, text in row.items()} for row in rows], found)
        else:
            _clean_single(one, printable(str(typed[one.code]).replace("\r\n", "\n").replace("\r", "\n")), found)
    return found


def _clean_single(one: Field, text: str, found: Cleaned) -> None:
    if sentence := fault_of(text):
        found.secret[one.code] = sentence
        return
    if one.kind == "number":
        value, sentence = _number(text, one)
        if sentence:
            found.wrong[one.code], found.faults[one.code] = text[:200], sentence
        else:
            found.values[one.code] = value
        return
    words = nfc(text).strip()
    if one.kind == "choice" and words not in ("", *one.options):
        found.faults[one.code] = _("Choose one of the values shown.")
    elif len(words) > LONGEST_TEXT:
        found.faults[one.code] = _("At most %(limit)s characters.") % {"limit": LONGEST_TEXT}
    else:
        found.values[one.code] = words


def _number(text: str, one: Field) -> tuple[str, str]:
    """The number as it is stored, '' for none, and what is wrong with it."""
    if not text.strip():
        return "", ""
    try:
        number = read_number(text, one.decimals)
    except ValidationError as fault:
        return "", fault.messages[0]
    for bound, less in ((one.least, True), (one.most, False)):
        limit = read_number(bound, one.decimals) if bound else None
        if limit is not None and (number < limit if less else number > limit):
            words = _("At least %(limit)s.") if less else _("At most %(limit)s.")
            return "", words % {"limit": show_number(limit, one.decimals)}
    return str(number), ""


def _clean_table(one: Field, rows: list[dict[str, str]], found: Cleaned) -> None:
    """Empty rows of a free table are left out; the number of fixed rows is the form's."""
    kept: list[dict[str, str]] = []
    limit = len(one.rows) or MOST_ROWS
    for row in rows[:limit]:
        if sentence := next(filter(None, (fault_of(str(text)) for text in row.values())), ""):
            found.secret[one.code] = sentence
            return
        values = {FROM: squeeze(str(row[FROM]))[:LONGEST_CELL]} if row.get(FROM) else {}
        for column in one.columns:
            text = str(row.get(column.code, ""))
            if column.kind == "text":
                values[column.code] = squeeze(text)[:LONGEST_CELL]
                continue
            value, sentence = _number(text, Field(column.code, "number", column.label, decimals=column.decimals))
            values[column.code] = value
            if sentence:
                place = f"{one.code}.{len(kept)}.{column.code}"
                found.wrong[place] = text[:200]
                found.faults[place] = f"{column.label}: {sentence}"
        wrong_here = any(key.startswith(f"{one.code}.{len(kept)}.") for key in found.wrong)
        if one.rows or wrong_here or any(text for code, text in values.items() if code != FROM):
            kept.append(values)
    found.values[one.code] = kept


def with_computed(design: Design, values: dict[str, Any]) -> dict[str, Any]:
    """The values with the computed fields worked out anew, rounded as the form says; '' for a missing result."""
    known = {code: value for code, value in values.items() if code in design.by_code}

    def value_of(code: str) -> Decimal | None:
        text = known.get(code)
        return Decimal(text) if text not in (None, "") else None

    def column_of(code: str, column: str) -> list[Decimal]:
        return [Decimal(row[column]) for row in known.get(code) or [] if row.get(column) not in (None, "")]

    for one in design.computed():
        known[one.code] = _rounded(work_out(one.node, value_of, column_of), one.decimals)
    return known


def _rounded(number: Decimal | None, decimals: int) -> str:
    if number is None or abs(number) >= LARGEST:
        return ""
    return str(number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) + 0)


def fitting(design: Design, values: dict[str, Any]) -> dict[str, Any]:
    """Answers to another version as far as this design can read them: a code may have been of another kind there."""
    found: dict[str, Any] = {}
    for one in design.fields():
        value = values.get(one.code)
        if one.kind == "table":
            found[one.code] = [_fitting_row(one, row) for row in value] if isinstance(value, list) else []
        elif isinstance(value, str) and (not one.is_figure or as_number(value) is not None):
            found[one.code] = value
    return found


def _fitting_row(one: Field, row: dict[str, str]) -> dict[str, str]:
    return {
        code: text
        for code, text in row.items()
        if (column := one.column(code)) is None or column.kind != "number" or as_number(text) is not None
    }


def missing(design: Design, values: dict[str, Any]) -> list[Field]:
    """Required fields without an answer, in order."""
    return [one for one in design.fields() if one.required and one.kind != "computed" and not values.get(one.code)]


def shown(one: Field, value: Any, language: str = "") -> str:
    """A single value in words."""
    if one.is_figure:
        return show_number(value, one.decimals, language)
    return str(value or "–")


def as_typed(one: Field, value: Any) -> str:
    """A single value as its field shows it for changing."""
    return typed_number(value, one.decimals) if one.is_figure else str(value or "")


def differences(design: Design, before: dict[str, Any], after: dict[str, Any]) -> list[tuple[Field, Any, Any]]:
    """Fields whose values differ, in order."""
    return [
        (one, before.get(one.code), after.get(one.code))
        for one in design.fields()
        if (before.get(one.code) or "") != (after.get(one.code) or "")
    ]
