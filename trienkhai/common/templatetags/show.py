"""How values are written on screens: days, numbers, shares, and addresses that keep the filter."""

from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from trienkhai.common.days import OPEN_END
from trienkhai.common.slots import parts

register = template.Library()


@register.filter
def day(value: date | datetime | None) -> str:
    """20/04/2017, as Vietnamese offices write days; 'no deadline' for the open end."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    if value == OPEN_END:
        return _("no deadline")
    return f"{value.day:02d}/{value.month:02d}/{value.year}"


@register.filter
def moment(value: datetime | None) -> str:
    """20/04/2017 14:05 in local time."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return f"{local:%d/%m/%Y %H:%M}"


@register.filter
def num(value: Any) -> str:
    """16.820 in Vietnamese, 16,820 in English."""
    if value is None or value == "":
        return "–"
    grouped = f"{value:,}"
    return grouped.replace(",", ".") if (get_language() or "vi").startswith("vi") else grouped


@register.filter
def share(part: int | None, whole: int | None) -> str:
    """`part` of `whole` in percent with one decimal; a dash without a denominator."""
    if not whole or part is None:
        return "–"
    text = f"{100 * part / whole:.1f}"
    return (text.replace(".", ",") if (get_language() or "vi").startswith("vi") else text) + " %"


@register.filter
def exact_share(part: int | None, whole: int | None) -> str:
    """`part` of `whole` in percent with two decimals, cut off: 99,99 % is not all; a dash without a denominator."""
    if not whole or part is None:
        return "–"
    cents = 10_000 * part // whole
    point = "," if (get_language() or "vi").startswith("vi") else "."
    return f"{cents // 100}{point}{cents % 100:02d} %"


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """`mapping[key]`, or None."""
    return mapping.get(key) if hasattr(mapping, "get") else None


@register.simple_tag(takes_context=True)
def query(context: Any, **changes: Any) -> str:
    """The present query string with `changes`; an empty value takes the key away."""
    params = context["request"].GET.copy()
    for key, value in changes.items():
        if value in (None, ""):
            params.pop(key, None)
        else:
            params[key] = value
    return "?" + params.urlencode()


@register.simple_tag(takes_context=True)
def slot(context: Any, name: str, obj: Any = None) -> list[Any]:
    """What later areas put into the slot `name` for this page."""
    return parts(name, context["request"], obj)


@register.filter
def cells_apart(text: str) -> str:
    """The cells of a table's row, which the reader joins with a bar, set apart by a dot."""
    return " · ".join(cell for cell in text.split(" | ") if cell.strip())
