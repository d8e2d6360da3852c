"""What steps and plans are made of: keys of units, units as planned, faults."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from trienkhai.orgs.models import Step, StepKind, Unit

WORDS = ("code", "name", "short_name", "symbol", "kind", "sector", "relation")


@dataclass(frozen=True)
class Fault:
    """What stands against the file; `position` 0: the file as a whole."""

    position: int
    sentence: str

    def __str__(self) -> str:
        return (
            _("Step %(n)s: %(fault)s") % {"n": self.position, "fault": self.sentence}
            if self.position
            else self.sentence
        )


@dataclass
class Planned:
    """A unit as it would be after the steps played so far. `stored`: None for one that a step makes."""

    key: str
    words: dict[str, str]
    parent: str
    stored: Unit | None = None
    ended_by: int = 0

    @property
    def label(self) -> str:
        return f"{self.words['name']} ({self.words['code']})"


def key_of(unit: Unit | int) -> str:
    return f"u{unit if isinstance(unit, int) else unit.pk}"


def stored_id(key: str) -> int | None:
    return int(key[1:]) if key[:1] == "u" and key[1:].isdecimal() else None


def new_key(step: Step, number: int = 0) -> str:
    return f"s{step.pk}.{number}"


def targets(step: Step) -> list[str]:
    """Keys of the units that take over what the step's units leave, the first of them first."""
    given = step.payload
    if step.kind == StepKind.SPLIT:
        return [row.get("key") or new_key(step, number) for number, row in enumerate(given.get("into", []))]
    if step.kind == StepKind.MERGE:
        return [given.get("into") or new_key(step)]
    return [given.get("successor", "")] if step.kind == StepKind.DISSOLVE else []


def named_keys(step: Step) -> list[str]:
    """Every unit the step names, each once."""
    given = step.payload
    found = [*given.get("units", []), *(given.get(name, "") for name in ("unit", "parent", "into", "successor"))]
    if step.kind == StepKind.SPLIT:
        found = [
            given.get("unit", ""),
            *(row.get("key", "") for row in given.get("into", [])),
            *given.get("children", {}),
        ]
    return list(dict.fromkeys(key for key in found if key))


def split_words(of: dict[str, str], row: dict[str, str]) -> dict[str, str]:
    """What a unit made by a split is called and is: its own code and name, all else as the split one was."""
    return of | {"short_name": "", "symbol": "", "code": row.get("code", ""), "name": row.get("name", "")}
