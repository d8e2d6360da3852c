"""Mặt công tác: the areas of work, as the norm of the day names them."""

from datetime import date

from django.utils.translation import get_language

from trienkhai.norms.queries import value


def area_names(on: date) -> dict[str, str]:
    """Code → name in the language of the page, in the order of the norm. One query."""
    language = (get_language() or "vi")[:2]
    rows = value("work_areas", on=on, default={})
    return {code: words.get(language) or words.get("vi", code) for code, words in rows.items()}


def official_names(on: date) -> dict[str, str]:
    """Code → Vietnamese name, as papers print it. One query."""
    return {code: words.get("vi", code) for code, words in value("work_areas", on=on, default={}).items()}
