"""The sum of those below: numbers by each field's rule, tables joined, narratives gathered, each with the unit it is
from; what is in it, who is missing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from trienkhai.common import paths
from trienkhai.orgs.models import Unit
from trienkhai.reports.answers import FROM, fitting, with_computed
from trienkhai.reports.design import Design, Field
from trienkhai.reports.figures import LARGEST, as_number
from trienkhai.reports.models import RECEIVED, Period, PeriodReport, ReportState


@dataclass(frozen=True)
class Below:
    """`parts`: approved or sent reports that are summed, in the order of the tree; `missing`: units expected and not
    in it; `left_out`: reports closed, with their reasons.
    """

    parts: list[PeriodReport]
    missing: list[PeriodReport]
    left_out: list[PeriodReport]

    @property
    def expected(self) -> int:
        return len(self.parts) + len(self.missing)


def below(period: Period, unit: Unit, *, approved_only: bool = True) -> Below:
    """The reports nearest below the unit: one of a unit that has another between it and `unit` is in that other's sum
    already. Two queries.
    """
    top = unit.path or ""
    rows = PeriodReport.objects.filter(period=period, summary=False).filter(paths.within(top, "held_by__path"))
    listed = rows.exclude(held_by=unit).select_related("held_by__present", "version").order_by("held_by__path")
    nearest: list[PeriodReport] = []
    covered = ""
    for row in listed:
        path = row.held_by.path or ""
        if covered and path.startswith(covered) and path != covered:
            continue
        if row.state != ReportState.CLOSED:
            covered = path
        nearest.append(row)
    taken = (ReportState.APPROVED,) if approved_only else RECEIVED
    return Below(
        [row for row in nearest if row.state in taken],
        [row for row in nearest if row.state not in (*taken, ReportState.CLOSED)],
        [row for row in nearest if row.state == ReportState.CLOSED],
    )


def summed(design: Design, parts: Sequence[PeriodReport]) -> dict[str, Any]:
    """The values of the summary, as values are stored; fields that are not summed left out.

    What a part answered to another version is read by this design.
    """
    for row in parts:
        row.values = fitting(design, row.values)
    found: dict[str, Any] = {}
    for one in design.fields():
        if one.rule == "none" or one.kind in ("computed", "choice"):
            continue
        if one.kind == "number":
            found[one.code] = _number(one, parts)
        elif one.kind == "table":
            found[one.code] = _joined(one, parts)
        else:
            found[one.code] = _gathered(one, parts)
    return found


def numbers_of(code: str, parts: Iterable[PeriodReport]) -> list[tuple[PeriodReport, Decimal | None]]:
    """What each part says of one number; None for nothing."""
    return [(row, as_number(row.values.get(code))) for row in parts]


def _number(one: Field, parts: Sequence[PeriodReport]) -> str:
    known = [(row, number) for row, number in numbers_of(one.code, parts) if number is not None]
    if not known:
        return ""
    numbers = [number for _row, number in known]
    if one.rule == "last":
        result = max(known, key=lambda pair: (pair[0].submitted_at is not None, pair[0].submitted_at, pair[0].pk))[1]
    elif one.rule == "mean":
        result = sum(numbers, Decimal(0)) / len(numbers)
    else:
        result = sum(numbers, Decimal(0))
    if abs(result) >= LARGEST:
        return ""
    return str(result.quantize(Decimal(1).scaleb(-one.decimals), ROUND_HALF_UP))


def _joined(one: Field, parts: Sequence[PeriodReport]) -> list[dict[str, str]]:
    """Fixed rows are added up row by row; free rows stand one after another, each with its unit."""
    if not one.rows:
        return [{FROM: row.held_by.short_name} | line for row in parts for line in row.values.get(one.code) or []]
    found = []
    for number in range(len(one.rows)):
        lines = [kept[number] for row in parts if len(kept := row.values.get(one.code) or []) > number]
        found.append({column.code: _cell(column.kind, column.code, lines) for column in one.columns})
    return found


def _cell(kind: str, code: str, lines: Sequence[dict[str, str]]) -> str:
    given = [line[code] for line in lines if line.get(code) not in (None, "")]
    if kind != "number":
        return "; ".join(dict.fromkeys(given))
    return str(sum(map(Decimal, given), Decimal(0))) if given else ""


def _gathered(one: Field, parts: Sequence[PeriodReport]) -> str:
    """Each unit's own words under its name."""
    told = [(row.held_by.name, str(row.values.get(one.code) or "").strip()) for row in parts]
    return "\n\n".join(f"{name}:\n{words}" for name, words in told if words)


def sum_now(design: Design, period: Period, unit: Unit) -> tuple[dict[str, Any], Below]:
    """The summary as it would be drafted now, computed fields included."""
    found = below(period, unit)
    return with_computed(design, summed(design, found.parts)), found


def kept_parts(found: Below) -> dict[str, Any]:
    """What a summary keeps of its making: ids of the reports summed and of those missing."""
    return {"in": [row.pk for row in found.parts], "missing": [row.pk for row in found.missing]}
