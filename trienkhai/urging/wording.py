"""Steps, readers and acts in words."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trienkhai.urging.forms import KIND_NAMES, TO_NAMES
from trienkhai.urging.ladder import KINDS, Ladder, Step, To
from trienkhai.urging.queries import Told

SENTENCES: dict[str, str | Promise] = {
    "urging.run": gettext_lazy("urged by the ladder what was due"),
    "norm.ladder_set": gettext_lazy("set the ladder of urging of its branch"),
}
READERS = {
    "": gettext_lazy("all that was named"),
    "silent": gettext_lazy("not updated for long"),
    To.HOLDER: gettext_lazy("reminders to those who hold the work"),
    To.HEAD: gettext_lazy("late, told to the heads"),
    To.ABOVE: gettext_lazy("late, told to the unit above"),
    To.ASSIGNER: gettext_lazy("late, told to the assigner"),
}


def reader_words(to: str) -> str:
    return str(READERS.get(to, READERS[""]))


def step_words(step: Step) -> str:
    """“3 working days before: the unit that holds it”."""
    if step.days == 0:
        when = _("on the due day")
    elif step.days < 0:
        when = _("%(n)s working days before") % {"n": -step.days}
    else:
        when = _("%(n)s working days after") % {"n": step.days}
    return f"{when}: {TO_NAMES[step.to]}"


def named_step(name: str) -> str:
    """The words of a step by the name that is stored."""
    if name == "silent":
        return _("not updated for long: the unit that holds it")
    split = max(name.rfind("+"), name.rfind("-"))
    return step_words(Step(To(name[:split]), int(name[split:])))


def told_words(told: Told) -> str:
    return told.call.unit.short_name if told.call else named_step(told.step)


def ladder_lines(ladder: Ladder) -> list[tuple[Any, list[str]]]:
    """Kind of duty → its steps in words, in the order of days."""
    ordered = {kind: sorted(ladder.steps[kind], key=lambda step: step.days) for kind in KINDS if kind in ladder.steps}
    return [(KIND_NAMES[kind], [step_words(step) for step in steps]) for kind, steps in ordered.items()]
