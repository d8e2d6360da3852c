"""What the norms of evaluation and commendation say on a day at a place, and whether a pack can be used."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from trienkhai.common.days import OPEN_END
from trienkhai.evaluation.scoring import SHARE, criteria_of
from trienkhai.norms.queries import norm, value

CRITERIA, LEVELS, CEILING = "evaluation.criteria", "evaluation.levels", "evaluation.ceiling"
PACK = {"criteria": CRITERIA, "levels": LEVELS, "ceiling": CEILING}
FORMS = "commendation.forms"
KINDS = ("unit", "post")
FIGURES = (
    "done", "on_time", "late", "quality", "above", "indicators", "meetings",
    "clean", "remedied", "remedied_late", "unremedied", "inspected",
)  # fmt: skip
ROUNDINGS = ("down", "up", "half_up")
WHOLE = Decimal(100)


def pack_on(on: date, place: str, *, quarter: bool) -> dict[str, Any] | None:
    """The three norms in force on the last day of a period, each with source and grade. None: one is missing, or the
    criteria are not for periods of that length.
    """
    found = {name: norm(key, on=on, place=place) for name, key in PACK.items()}
    if any(row is None for row in found.values()):
        return None
    kept = {
        name: {"from": row.valid_from.isoformat(), "source": row.source, "grade": row.grade, "value": row.value}
        for name, row in found.items()
        if row is not None
    }
    length = "quarter" if quarter else "year"
    return kept if length in kept["criteria"]["value"]["lengths"] else None


def appeals_until(decided_on: date, place: str) -> date:
    """The last day for an appeal; the open end without a norm."""
    days = value("evaluation.appeal_days", on=decided_on, place=place)
    return OPEN_END if days is None else decided_on + timedelta(days=int(days))


def forms_of(on: date, place: str) -> dict[str, Mapping[str, Any]]:
    return value(FORMS, on=on, place=place, default={})


def named(row: Mapping[str, Any]) -> str:
    """The name in the reader's language."""
    language = (get_language() or "vi")[:2]
    return str(row.get(language) or row.get("vi") or row.get("code", ""))


def criteria_faults(pack: Any) -> list[str]:
    """Sentences on a pack of criteria: each sheet sums to 100, each figure is known, no band gives more than the
    points."""
    try:
        return [fault for kind in KINDS for fault in _sheet_faults(kind, pack[kind])] + _length_faults(pack)
    except (KeyError, TypeError, ValueError, ArithmeticError) as fault:
        return [_("The pack of criteria cannot be read: %(fault)s.") % {"fault": fault}]


def _length_faults(pack: Mapping[str, Any]) -> list[str]:
    odd = set(pack["lengths"]) - {"year", "quarter"}
    return [_("Unknown length of period: %(names)s.") % {"names": ", ".join(sorted(odd))}] if odd else []


def _sheet_faults(kind: str, groups: list[dict[str, Any]]) -> list[str]:
    rows = criteria_of(groups)
    found = []
    total = sum((Decimal(str(row["points"])) for row in rows), Decimal(0))
    if total != WHOLE:
        said = _("The criteria of the sheet “%(kind)s” sum to %(total)s points; they must sum to 100.")
        found.append(said % {"kind": kind, "total": total})
    codes = [row["code"] for row in rows]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        found.append(_("The criterion “%(code)s” stands twice.") % {"code": code})
    for row in rows:
        if "figure" not in row:
            continue
        if row["figure"] not in FIGURES:
            found.append(_("The criterion “%(code)s” asks for an unknown figure.") % {"code": row["code"]})
        elif row.get("formula") != SHARE:
            found += _band_faults(row)
    return found


def _band_faults(row: Mapping[str, Any]) -> list[str]:
    least = [Decimal(str(bound)) for bound, _points in row["bands"]]
    points = [Decimal(str(given)) for _bound, given in row["bands"]]
    falling = least == sorted(least, reverse=True) and points == sorted(points, reverse=True)
    if not falling or max(points) > Decimal(str(row["points"])) or min(points) < 0:
        return [_("The bands of the criterion “%(code)s” do not fall from its full points.") % {"code": row["code"]}]
    return []


def levels_faults(levels: Any) -> list[str]:
    try:
        least = [Decimal(str(row["least"])) for row in levels]
        figures = [one.get("figure") for row in levels for rows in row.get("conditions", {}).values() for one in rows]
    except (KeyError, TypeError, AttributeError, ArithmeticError) as fault:
        return [_("The levels cannot be read: %(fault)s.") % {"fault": fault}]
    if len(levels) < 2 or least != sorted(set(least), reverse=True) or least[-1] != 0 or levels[-1].get("conditions"):
        return [_("The levels fall in points, and the last one has no points and no condition.")]
    if any(name is not None and name not in FIGURES for name in figures):
        return [_("A condition of a level asks for an unknown figure.")]
    return []


def ceiling_faults(ceiling: Any) -> list[str]:
    try:
        top, bottom = ceiling["share"]
        sound = (
            0 < top <= bottom
            and ceiling["rounding"] in ROUNDINGS
            and ceiling["of"] in ceiling["choices"]
            and all(row["levels"] for row in ceiling["choices"].values())
        )
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        return [_("The ceiling cannot be read: %(fault)s.") % {"fault": fault}]
    return [] if sound else [_("The ceiling names a share, a rounding and a denominator that it knows.")]
