"""The organisation as a file would make it, step by step, without changing anything; every fault is told.

What needs the tree itself – too many levels, a division of open objects – is found by the trial, which carries the file
out and rolls it back.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from trienkhai.common import paths
from trienkhai.orgs.actions.establishing import Words
from trienkhai.orgs.actions.reorganising.keys import (
    WORDS,
    Fault,
    Planned,
    key_of,
    named_keys,
    new_key,
    split_words,
    stored_id,
    targets,
)
from trienkhai.orgs.actions.reorganising.wording import said
from trienkhai.orgs.models import Reorganisation, Step, StepKind, Unit
from trienkhai.orgs.queries import unit_by_code

LISTED = 5


@dataclass
class Plan:
    """`play` the steps in order; `faults` fills, `words` says each step in a sentence. `until`: the position of the
    first step that is not played; None for all."""

    file: Reorganisation
    on: date
    until: int | None = None
    faults: list[Fault] = field(default_factory=list)
    words: dict[int, str] = field(default_factory=dict)
    known: dict[str, Planned | None] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.check = Words(self.on)

    def read(self, steps: Iterable[Step]) -> None:
        """The units that the steps name, in one query."""
        self.fetch(key for step in steps for key in named_keys(step))

    def fetch(self, keys: Iterable[str]) -> None:
        """The stored units of these keys, in one query."""
        ids = {pk for key in keys if key not in self.known and (pk := stored_id(key))}
        for unit in Unit.objects.filter(pk__in=ids).select_related("present"):
            self._keep(unit)

    def get(self, key: str) -> Planned | None:
        pk = stored_id(key)
        if key not in self.known and pk:
            unit = Unit.objects.filter(pk=pk).select_related("present").first()
            self.known[key] = self._keep(unit) if unit else None
        return self.known.get(key)

    def _keep(self, unit: Unit) -> Planned:
        present = unit.present
        assert present is not None
        above = key_of(present.parent_id) if present.parent_id else ""
        planned = Planned(key_of(unit), {name: getattr(present, name) for name in WORDS}, above, unit)
        return self.known.setdefault(planned.key, planned) or planned

    def stands(self, planned: Planned) -> bool:
        unit = planned.stored
        return not planned.ended_by and (unit is None or unit.closed_on > self.on)

    def children(self, key: str) -> list[Planned]:
        """Units that would stand directly below it."""
        pk = stored_id(key)
        if pk:
            for unit in Unit.objects.standing(self.on).filter(present__parent=pk).select_related("present"):
                if key_of(unit) not in self.known:
                    self._keep(unit)
        rows = [row for row in self.known.values() if row and row.parent == key and self.stands(row)]
        return sorted(rows, key=lambda row: row.words["code"])

    def by_code(self, code: str) -> Planned | None:
        """Who would bear the code; a code freed by an earlier step is free."""
        if code in self.codes:
            return self.get(self.codes[code]) if self.codes[code] else None
        unit = unit_by_code(code)
        planned = self.get(key_of(unit)) if unit else None
        return planned if planned and self.stands(planned) and planned.words["code"] == code else None

    def above(self, key: str) -> Iterator[Planned]:
        """The unit and those above it, as far as the office."""
        seen: set[str] = set()
        while key and key not in seen and (planned := self.get(key)):
            yield planned
            seen.add(key)
            key = planned.parent

    def inside(self, key: str) -> bool:
        top = key_of(self.file.office_id)
        return any(row.key == top for row in self.above(key))

    def play_all(self) -> "Plan":
        steps = [step for step in self.file.steps.all() if self.until is None or step.position < self.until]
        self.read(steps)
        for step in steps:
            self.play(step)
        return self

    def play(self, step: Step) -> None:
        """Say what the step does, tell what stands against it, let its units be as after it."""
        self.words[step.pk] = self.said(step)
        before = len(self.faults)
        for key in named_keys(step):
            self._named(step, key)
        if len(self.faults) == before:
            _PLAYS[StepKind(step.kind)](self, step)

    def blame(self, step: Step, sentence: str, **values: Any) -> None:
        self.faults.append(Fault(step.position, sentence % values))

    def _named(self, step: Step, key: str) -> None:
        planned = self.get(key)
        if planned is None:
            self.blame(step, _("it names a unit that no earlier step makes."))
        elif planned.ended_by:
            sentence = _("“%(unit)s” no longer stands: step %(earlier)s ends it.")
            self.blame(step, sentence, unit=planned.label, earlier=planned.ended_by)
        elif not self.stands(planned):
            self.blame(step, _("“%(unit)s” does not stand on that day."), unit=planned.label)
        elif not self.inside(key):
            sentence = _("“%(unit)s” stands outside the branch of %(office)s.")
            self.blame(step, sentence, unit=planned.label, office=self.file.office.name)
        elif planned.stored and planned.stored.present and planned.stored.present.valid_from > self.on:
            sentence = _("“%(unit)s” was changed on %(day)s, after the day on which the file takes effect.")
            self.blame(step, sentence, unit=planned.label, day=f"{planned.stored.present.valid_from:%d/%m/%Y}")

    def said(self, step: Step) -> str:
        """The step in one sentence, with the names the units have by then."""
        return said(self, step)

    def label(self, key: str) -> str:
        planned = self.get(key)
        return planned.label if planned else _("(a unit that is not there)")

    def new(self, step: Step, words: dict[str, str], parent: str, number: int = 0) -> None:
        self.word_faults(step, words)
        key = new_key(step, number)
        self.known[key] = Planned(key, {name: words.get(name, "") for name in WORDS}, parent)
        self.take_code(step, key, words.get("code", ""))

    def word_faults(self, step: Step, words: dict[str, str]) -> None:
        try:
            self.check(*(words.get(name, "") for name in ("code", "name", "kind", "sector", "relation")))
        except ValidationError as fault:
            for sentence in fault.messages:
                self.blame(step, "%(fault)s", fault=sentence)

    def take_code(self, step: Step, key: str, code: str) -> None:
        holder = self.by_code(code)
        if holder is not None and holder.key != key:
            sentence = _("the code “%(code)s” belongs to “%(unit)s”.")
            self.blame(step, sentence, code=code, unit=holder.words["name"])
        self.codes[code] = key

    def place(self, step: Step, planned: Planned, parent: str) -> None:
        """Below another unit; a circle is told."""
        if any(row.key == planned.key for row in self.above(parent)):
            self.blame(step, _("“%(unit)s” would stand below itself."), unit=planned.label)
        else:
            planned.parent = parent

    def end(self, step: Step, planned: Planned) -> None:
        if planned.key == key_of(self.file.office_id):
            self.blame(step, _("“%(unit)s” decides the file and cannot end by it."), unit=planned.label)
        planned.ended_by = step.position
        code = planned.words["code"]
        if self.codes.get(code, planned.key) == planned.key:
            self.codes[code] = ""


def _establish(plan: Plan, step: Step) -> None:
    if not step.payload.get("parent"):
        plan.blame(step, _("it does not say below which unit the new one stands."))
    plan.new(step, step.payload.get("new", {}), step.payload.get("parent", ""))


def _rewrite(plan: Plan, step: Step) -> None:
    """Rename, or change kind, sector, relation, code."""
    planned = plan.get(step.payload.get("unit", ""))
    if planned is None:
        plan.blame(step, _("it names no unit."))
        return
    changes = {name: value for name, value in step.payload.items() if name in WORDS}
    old, planned.words = planned.words, planned.words | changes
    if old == planned.words:
        plan.blame(step, _("nothing changes for “%(unit)s”."), unit=planned.label)
    plan.word_faults(step, planned.words)
    if old["code"] != planned.words["code"]:
        plan.codes[old["code"]] = ""
        plan.take_code(step, planned.key, planned.words["code"])


def _move(plan: Plan, step: Step) -> None:
    units = [planned for key in step.payload.get("units", []) if (planned := plan.get(key))]
    if not units or not step.payload.get("parent"):
        plan.blame(step, _("it does not say which units move, or below which one."))
        return
    for planned in units:
        plan.place(step, planned, step.payload["parent"])


def _merge(plan: Plan, step: Step) -> None:
    keys, into = step.payload.get("units", []), step.payload.get("into", "")
    if len(set(keys) | ({into} if into else set())) < 2 or into in keys:
        plan.blame(
            step, _("a merger needs at least two units, and the one that takes over is not among those that end.")
        )
        return
    if not into:
        plan.new(step, step.payload.get("new", {}), step.payload.get("parent", ""))
    target = targets(step)[0]
    for key in keys:
        planned = plan.get(key)
        if planned is None:
            continue
        if any(row.key == key for row in plan.above(target)):
            sentence = _("“%(successor)s” stands below “%(unit)s”: move it first.")
            plan.blame(step, sentence, successor=plan.label(target), unit=planned.label)
            continue
        for child in plan.children(key):
            child.parent = target
        plan.end(step, planned)


def _split(plan: Plan, step: Step) -> None:
    planned, into = plan.get(step.payload.get("unit", "")), targets(step)
    stays = bool(step.payload.get("stays"))
    if planned is None or len(set(into)) < (1 if stays else 2) or planned.key in into:
        plan.blame(
            step,
            _("a unit that stays gives a part to at least one other.")
            if stays
            else _("a unit is split into at least two others."),
        )
        return
    children = plan.children(planned.key)
    for number, row in enumerate(step.payload["into"]):
        if not row.get("key"):
            plan.new(step, split_words(planned.words, row), planned.parent, number)
    given = step.payload.get("children", {})
    if stays:
        _part(plan, step, planned, [child for child in children if child.key in given])
        return
    out = [child for child in children if child.key not in given and child.key not in into]
    if out:
        sentence = _("the list leaves out %(units)s, which stand below “%(unit)s”.")
        plan.blame(step, sentence, units=_some(out), unit=planned.label)
    for key in into:
        if any(row.key == planned.key for row in plan.above(key)):
            sentence = _("“%(successor)s” stands below “%(unit)s”: move it first.")
            plan.blame(step, sentence, successor=plan.label(key), unit=planned.label)
            return
    for child in children:
        if given.get(child.key, 0) in range(len(into)):
            child.parent = into[given.get(child.key, 0)]
        else:
            plan.blame(step, _("the list gives “%(unit)s” to none of the new units."), unit=child.label)
    plan.end(step, planned)


def _part(plan: Plan, step: Step, planned: Planned, leaving: list[Planned]) -> None:
    """The unit stays; those of the list leave it."""
    if planned.key == key_of(plan.file.office_id):
        plan.blame(step, _("“%(unit)s” decides the file and is not split by it."), unit=planned.label)
    given, into = step.payload.get("children", {}), targets(step)
    for child in leaving:
        if given[child.key] in range(len(into)):
            plan.place(step, child, into[given[child.key]])
        else:
            plan.blame(step, _("the list gives “%(unit)s” to none of the new units."), unit=child.label)


def _dissolve(plan: Plan, step: Step) -> None:
    planned = plan.get(step.payload.get("unit", ""))
    if planned is None:
        plan.blame(step, _("it names no unit."))
        return
    below = plan.children(planned.key)
    if below:
        sentence = _("units stand below “%(unit)s”: %(units)s. Move them first.")
        plan.blame(step, sentence, unit=planned.label, units=_some(below))
    successor = step.payload.get("successor") or planned.parent
    if not successor or successor == planned.key or plan.get(successor) is None:
        plan.blame(step, _("no unit takes over what “%(unit)s” leaves open."), unit=planned.label)
    plan.end(step, planned)


def _some(rows: list[Planned]) -> str:
    more = f" (+{len(rows) - LISTED})" if len(rows) > LISTED else ""
    return "; ".join(f"“{row.label}”" for row in rows[:LISTED]) + more


_PLAYS = {
    StepKind.ESTABLISH: _establish,
    StepKind.RENAME: _rewrite,
    StepKind.CHANGE: _rewrite,
    StepKind.MOVE: _move,
    StepKind.MERGE: _merge,
    StepKind.SPLIT: _split,
    StepKind.DISSOLVE: _dissolve,
}


def planned_until(file: Reorganisation, until: int | None = None) -> Plan:
    """The plan after the steps before the position `until`, or after all."""
    return Plan(file, file.effective_on, until).play_all()


def examined(file: Reorganisation, on: date) -> Plan:
    """The plan after all steps, with everything in `faults` that can be told without trying. on: today."""
    plan = Plan(file, max(file.effective_on, on))
    if not file.steps.exists():
        plan.faults.append(Fault(0, _("The file has no step yet.")))
    if file.effective_on < on:
        sentence = _(
            "The day on which the file takes effect, %(day)s, has passed. Choose today or a later day; the decision "
            "keeps its own."
        )
        plan.faults.append(Fault(0, sentence % {"day": f"{file.effective_on:%d/%m/%Y}"}))
    if later := _later_file(file):
        sentence = _(
            "The file “%(title)s” takes effect in the same branch on %(day)s; this one cannot do so before it. Choose "
            "that day or a later one."
        )
        plan.faults.append(Fault(0, sentence % {"title": later.title, "day": f"{later.effective_on:%d/%m/%Y}"}))
    return plan.play_all()


def _later_file(file: Reorganisation) -> Reorganisation | None:
    """One that is carried out or approved, of an office above, below or the same, with a later day."""
    state = Reorganisation.State
    path = file.office.path or ""
    rows = Reorganisation.objects.filter(
        state__in=[state.APPROVED, state.CARRIED_OUT], effective_on__gt=file.effective_on
    )
    near = rows.filter(paths.within(path, "office__path")) | rows.filter(office__in=paths.ids(path))
    return near.exclude(pk=file.pk).order_by("effective_on").first()
