"""How a unit numbers its books on a day: which run of numbers, how a symbol is built, what is missing in a run."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from trienkhai.common.folding import fold, squeeze
from trienkhai.documents.models import Document, RegisterEntry, Series
from trienkhai.norms.queries import value
from trienkhai.orgs.models import Term, Unit
from trienkhai.orgs.queries import term_on

LETTER = "Công văn"
NUMBER = re.compile(r"0*(\d{1,6})([a-zđ]?)")
SYMBOL_PARTS = re.compile(r"[-/]")
SHORT_OFFICE = 12


@dataclass(frozen=True)
class Run:
    """Which run of numbers a document belongs to: of a type or of all (''), through a year or a term."""

    of: str
    period: str
    term: Term | None = None


def run_of(unit: Unit, book: str, on: date, document: Document | None = None) -> Run:
    """The run for a document of that day. A unit without a term of office counts by calendar year.

    Raises ValidationError where no norm says how, or the type is not known and the numbers run by type.
    """
    rule = _rule(f"numbering.{book}", unit, on)
    of = _type_of(document, unit, on) if document is not None and rule["by"] == "type" else ""
    term = term_on(unit, on) if rule["per"] == "term" else None
    return Run(of, f"term-{term.pk}" if term else str(on.year), term)


def misses_term(unit: Unit, book: str, on: date) -> bool:
    """Should the numbers of the book run through a term of office, and none is set for the day?"""
    rule = value(f"numbering.{book}", on=on, place=unit.path or "", default={}).get(layout_of(unit, on)) or {}
    return rule.get("per") == "term" and term_on(unit, on) is None


def _rule(key: str, unit: Unit, on: date) -> Any:
    """What the norm `key` says for the layout (party, state) of the unit. Raises ValidationError without a norm."""
    found = value(key, on=on, place=unit.path or "", default={}).get(layout_of(unit, on))
    if found is None:
        raise ValidationError(_("No rule of numbering is known for this unit and day."))
    return found


def layout_of(unit: Unit, on: date) -> str:
    """`party` or `state`, by the kind of the unit; '' where the norm does not know the kind."""
    kind = unit.present.kind if unit.present else ""
    layouts = value("numbering.layout", on=on, place=unit.path or "", default={})
    return next((name for name, kinds in layouts.items() if kind in kinds), "")


def _type_of(document: Document, unit: Unit, on: date) -> str:
    """The abbreviation its number runs by: the one on the paper where it is a known one, else that of its type."""
    if of := type_by(document, _rule("numbering.types", unit, on)):
        return of
    if document.number:
        return ""
    raise ValidationError({"doc_type": _("Say of which type the document is: its number runs by type.")})


def type_by(document: Document, known: dict[str, str]) -> str:
    """The abbreviation, one of `known` where it can be; '' when the paper tells none."""
    for part in SYMBOL_PARTS.split(document.symbol)[1:]:
        if part in known.values():
            return str(part)
    return abbreviation(document.doc_type, known) if document.doc_type else ""


def abbreviation(doc_type: str, known: dict[str, str]) -> str:
    """That of the type as the norm writes it; a type it does not know stands for itself."""
    wanted = fold(doc_type)
    return next((short for name, short in known.items() if fold(name) == wanted), squeeze(doc_type)[:40])


def number_of(words: str) -> tuple[int, str] | None:
    """(5, 'a') of "05a". None for an empty one. Raises ValidationError for what is no number."""
    plain = squeeze(words).lower()
    if not plain:
        return None
    found = NUMBER.fullmatch(plain)
    if not found:
        raise ValidationError({"number": _("“%(number)s” is not a number such as 05 or 05a.") % {"number": words}})
    return int(found[1]), found[2]


def symbol_of(document: Document, number: str, unit: Unit, on: date, drafted_by: str = "") -> str:
    """The symbol of a paper that gets its number here. Raises ValidationError when the unit has no abbreviation.

    drafted_by: who drafted it; stands in the symbol of a state letter when it is an abbreviation itself ("VP").
    """
    forms = _rule("numbering.symbol", unit, on)
    kind = unit.present.kind if unit.present else ""
    bodies = value("numbering.bodies", on=on, place=unit.path or "", default={})
    body = (unit.present.symbol if unit.present else "") or bodies.get(kind, "")
    if not body:
        raise ValidationError(
            _("“%(unit)s” has no abbreviation for symbols yet; an administrator sets it on the unit's page.")
            % {"unit": unit.name}
        )
    kind_of = abbreviation(document.doc_type, _rule("numbering.types", unit, on))
    drafter = drafted_by if drafted_by.isupper() and len(drafted_by) <= SHORT_OFFICE else ""
    is_letter = fold(document.doc_type) == fold(LETTER)
    words = forms["letter" if is_letter else "form"].format(number=number, type=kind_of, body=body, drafter=drafter)
    return str(words).rstrip("-/")


def late_letters(unit: Unit, on: date) -> str:
    """The letters that late entries take in turn; '' where they take the next number instead."""
    return str(value("numbering.late", on=on, place=unit.path or "", default={}).get("letters", ""))


@dataclass(frozen=True)
class Gap:
    """Numbers that nothing in the book accounts for, `first` to `last`."""

    series: Series
    first: int
    last: int

    def __str__(self) -> str:
        span = f"{self.first:02d}" if self.first == self.last else f"{self.first:02d}–{self.last:02d}"
        return f"{span} {self.series.of}".strip()


def gaps_of(series: Series) -> list[Gap]:
    """Skipped numbers not yet explained, in order. One query."""
    wanted = series.last - series.first + 1
    plain = RegisterEntry.objects.filter(series=series, suffix="", number__gte=series.first)
    there = set(plain.values_list("number", flat=True))
    if len(there) == wanted:
        return []
    gaps: list[Gap] = []
    start: int | None = None
    for number in range(series.first, series.last + 2):
        if number in there or number > series.last:
            if start is not None:
                gaps.append(Gap(series, start, number - 1))
            start = None
        elif start is None:
            start = number
    return gaps


def gaps_of_book(unit: Unit, book: str) -> list[Gap]:
    """Of all runs of a book: one query, and one more for each run with a gap."""
    plain = Q(entries__suffix="", entries__number__gte=F("first"))
    runs = Series.objects.filter(unit=unit, book=book).annotate(there=Count("entries", filter=plain))
    rows = runs.exclude(there=F("last") - F("first") + 1).select_related("term").order_by("period", "of")
    return [gap for series in rows for gap in gaps_of(series)]


def gap_before(entry: RegisterEntry) -> Gap | None:
    """The numbers that this entry skipped, if any."""
    return next((gap for gap in gaps_of(entry.series) if gap.last == entry.number - 1), None)
