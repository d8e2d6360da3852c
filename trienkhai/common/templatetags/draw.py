"""Figures for drawings made by the server: stacked bars, lines, washes of a heat map, without any style attribute."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

SHEET_CELLS = (
    ("done_on_time", "good"),
    ("done_late", "late"),
    ("open_in_time", "open"),
    ("open_overdue", "over"),
)
TREND_WIDTH, TREND_HEIGHT, TREND_LEFT, TREND_FOOT, TREND_TOP = 640, 200, 44, 24, 12


def value_of(holder: Any, name: str) -> Any:
    """`holder.name` or `holder[name]`, None when there is neither."""
    return holder.get(name) if isinstance(holder, Mapping) else getattr(holder, name, None)


@register.filter
def segments(parts: Iterable[Any]) -> list[dict[str, Any]]:
    """Each part with `x` and `width` in percent of the sum of `count`; empty parts take no room."""
    parts = list(parts)
    whole = sum(value_of(part, "count") or 0 for part in parts)
    drawn, x = [], 0.0
    for part in parts:
        count = value_of(part, "count") or 0
        width = 100 * count / whole if whole else 0
        drawn.append({"tone": value_of(part, "tone"), "count": count, "x": _plain(x), "width": _plain(width)})
        x += width
    return drawn


@register.filter
def sheet_parts(sheet: Any) -> list[dict[str, Any]]:
    """The four cells of a sheet as parts of a bar."""
    return [{"tone": tone, "count": value_of(sheet, key) or 0} for key, tone in SHEET_CELLS]


@register.filter
def heat_level(done: int | None, total: int | None) -> int:
    """0 to 5: which wash stands behind `done` of `total`."""
    if not total or not done:
        return 0
    return min(5, 1 + 4 * done // total)


@register.filter
def trend_shape(points: Iterable[Any]) -> dict[str, Any]:
    """Places of the dots, lines and grid of a trend in a box of 640 × 200.

    points: `label`, `value` and perhaps `second`, all at least 0. Whole numbers and shares alike: the scale ends at a
    round number.
    """
    points = list(points)
    values = [[value_of(point, key) for point in points] for key in ("value", "second")]
    top = _round_up(max((v for row in values for v in row if v is not None), default=0))
    step = (TREND_WIDTH - TREND_LEFT - 16) / max(1, len(points) - 1)

    def y(value: float) -> float:
        return TREND_HEIGHT - TREND_FOOT - (TREND_HEIGHT - TREND_FOOT - TREND_TOP) * value / top

    def line(row: list[Any]) -> str:
        return " ".join(f"{_plain(TREND_LEFT + i * step)},{_plain(y(v))}" for i, v in enumerate(row) if v is not None)

    every = max(1, -(-len(points) // 12))
    dots = [
        {
            "x": _plain(TREND_LEFT + i * step),
            "y": _plain(y(value)),
            "label": value_of(points[i], "label") if i % every == 0 else "",
            "value": value,
        }
        for i, value in enumerate(values[0])
        if value is not None
    ]
    grid = [{"y": _plain(y(top * share)), "value": f"{top * share:g}"} for share in (0, 0.5, 1)]
    return {"first": line(values[0]), "second": line(values[1]), "dots": dots, "grid": grid}


def _round_up(value: float) -> float:
    """The next of 1, 2, 4, 5, 10 times a power of ten; 4 at least, so that the middle of the scale is whole."""
    power = 1
    while True:
        for factor in (1, 2, 4, 5):
            if factor * power >= max(value, 4):
                return factor * power
        power *= 10


def _plain(number: float) -> SafeString:
    """With a point in every language: SVG knows no decimal comma."""
    return mark_safe(f"{number:.2f}".rstrip("0").rstrip("."))
