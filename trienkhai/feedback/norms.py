"""Which values the norms of this area may have."""

from typing import Any

from django.utils.translation import gettext as _

ANSWER_DAYS, UNNAMED = "feedback.answer_working_days", "feedback.unnamed"
LONGEST = 366
BOUNDS = {"send_bits": (8, 26), "read_bits": (8, 26), "file_megabytes": (1, 25), "pages": (1, 200)}
"""Fewer bits stop no flood and no guesses, more would keep a phone busy for minutes."""


def days_faults(value: Any) -> list[str]:
    """What is wrong with a number of working days; none when it can be used."""
    if _whole(value) and 1 <= value <= LONGEST:
        return []
    return [_("The days to answer are a whole number from 1 to %(most)s.") % {"most": LONGEST}]


def unnamed_faults(value: Any) -> list[str]:
    """What is wrong with the limits of feedback without a name; none when they can be used."""
    if not isinstance(value, dict) or set(value) != set(BOUNDS):
        return [_("The limits are %(names)s, nothing else.") % {"names": ", ".join(BOUNDS)}]
    return [
        _("“%(name)s” is a whole number from %(least)s to %(most)s.") % {"name": name, "least": least, "most": most}
        for name, (least, most) in BOUNDS.items()
        if not (_whole(value[name]) and least <= value[name] <= most)
    ]


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
