"""A file is carried out, for good or as a trial that is rolled back: the same code, so the same counts."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from trienkhai.audit.actions import Actor
from trienkhai.common.clock import day_of, moment
from trienkhai.common.days import OPEN_END
from trienkhai.common.verdict import Refused
from trienkhai.orgs import journal, succession
from trienkhai.orgs.actions.changing import store_change
from trienkhai.orgs.actions.ending import store_ending
from trienkhai.orgs.actions.establishing import UnitRow, establish_units, lock_tree
from trienkhai.orgs.actions.parting import store_parting
from trienkhai.orgs.actions.reorganising.keys import Fault, new_key, split_words, stored_id, targets
from trienkhai.orgs.actions.reorganising.planning import examined
from trienkhai.orgs.models import Reorganisation, Step, StepKind, Unit, UnitVersion

UNITS = "units"
"""The class under which a step counts the units it makes, changes, moves or ends."""


class NotSettled(Refused):
    """Something stands against the file; `sentences` tells all of it."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(" ".join(str(fault) for fault in faults))
        self.faults = faults


@dataclass
class Run:
    """One carrying out. `made`: the units that steps made, by key; `asked`: what a person has to settle first."""

    by: Actor
    at: datetime
    steps: list[dict[str, Any]] = field(default_factory=list)
    asked: list[Fault] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)
    made: dict[str, int] = field(default_factory=dict)
    touched: dict[int, set[int]] = field(default_factory=dict)

    def id_of(self, key: str) -> int:
        return self.made.get(key) or stored_id(key) or 0

    def unit(self, key: str) -> Unit:
        return Unit.objects.select_related("present__parent__present").get(pk=self.id_of(key))

    def outcome(self) -> dict[str, Any]:
        questions = [str(fault) for fault in self.asked]
        return {"steps": self.steps, "questions": questions, "left": dict(self.left)}

    def counts(self) -> dict[str, int]:
        """All steps together, by class."""
        found: Counter[str] = Counter()
        for row in self.steps:
            found.update(row["counts"])
        return dict(found)


class _Trial(Exception):
    """Rolls back what was done to see what would come of it."""


def dry_run(file: Reorganisation, *, by: Actor, at: datetime) -> dict[str, Any]:
    """The outcome the file would have, as `Reorganisation.outcome`; nothing stays.

    Carries the file out as on its day and rolls everything back. Raises NotSettled for faults of the plan.
    """
    outcome: dict[str, Any] = {}
    try:
        with transaction.atomic():
            lock_tree()
            outcome = run_steps(file, by=by, at=at).outcome()
            raise _Trial
    except _Trial:
        pass
    return outcome


def run_steps(file: Reorganisation, *, by: Actor, at: datetime) -> Run:
    """All steps, in the caller's transaction, which holds the tree. Raises NotSettled and stores nothing for faults."""
    plan = examined(file, min(day_of(at), file.effective_on))
    if plan.faults:
        raise NotSettled(plan.faults)
    run = Run(by, max(at, moment(file.effective_on, 0)))
    for step in file.steps.all():
        try:
            with transaction.atomic():
                counts = _RUNS[StepKind(step.kind)](run, step)
        except Refused as fault:
            raise NotSettled([Fault(step.position, str(fault))]) from fault
        except ValidationError as fault:
            raise NotSettled([Fault(step.position, " ".join(fault.messages))]) from fault
        row = {"position": step.position, "kind": step.kind, "words": plan.words[step.pk], "counts": counts}
        run.steps.append(row)
    return run


def _touch(run: Run, step: Step, *units: Unit) -> None:
    run.touched.setdefault(step.pk, set()).update(unit.pk for unit in units)


def _free_code(code: str) -> None:
    """A unit that ended keeps its code only as long as nobody takes it over."""
    held = UnitVersion.objects.filter(code=code, valid_to=OPEN_END).select_related("unit").first()
    if held and held.valid_from < held.unit.closed_on < OPEN_END:
        journal.update(UnitVersion.objects.filter(pk=held.pk), valid_to=held.unit.closed_on)


def _make(run: Run, step: Step, words: dict[str, str], parent: Unit | None, number: int = 0) -> Unit:
    _free_code(words["code"])
    names = ("code", "name", "short_name", "symbol", "kind", "sector", "relation")
    given: dict[str, Any] = {name: words.get(name, "") for name in names}
    row = UnitRow(**given, parent_code=parent.code if parent else "")
    made = establish_units([row], by=run.by, at=run.at)[row.code]
    run.made[new_key(step, number)] = made.pk
    _touch(run, step, made)
    return run.unit(new_key(step, number))


def _establish(run: Run, step: Step) -> dict[str, int]:
    _make(run, step, step.payload["new"], run.unit(step.payload["parent"]))
    return {UNITS: 1}


def _rewrite(run: Run, step: Step) -> dict[str, int]:
    unit = run.unit(step.payload["unit"])
    changes = {name: value for name, value in step.payload.items() if name != "unit"}
    if changes.get("code", unit.code) != unit.code:
        _free_code(changes["code"])
    store_change(unit, changes, by=run.by, at=run.at)
    _touch(run, step, unit)
    return {UNITS: 1}


def _move(run: Run, step: Step) -> dict[str, int]:
    found: Counter[str] = Counter()
    for key in step.payload["units"]:
        found.update(_move_below(run, step, run.unit(key), run.unit(step.payload["parent"])))
    return _some(found)


def _move_below(run: Run, step: Step, unit: Unit, parent: Unit) -> Counter[str]:
    path = unit.path or ""
    found = Counter(succession.count_all(succession.Move(unit.pk, path, path)))
    found[UNITS] += Unit.objects.within(path).standing(day_of(run.at)).count()
    store_change(unit, {"parent": parent}, by=run.by, at=run.at)
    _touch(run, step, unit, parent)
    return found


def _merge(run: Run, step: Step) -> dict[str, int]:
    given = step.payload
    if given.get("into"):
        target = given["into"]
    else:
        parent = given.get("parent") or ""
        _make(run, step, given["new"], run.unit(parent) if parent else None)
        target = new_key(step)
    found: Counter[str] = Counter()
    for key in given["units"]:
        found.update(_children_to(run, step, run.unit(key), {}, target))
        found.update(_end(run, step, run.unit(key), run.unit(target)))
    return _some(found)


def _split(run: Run, step: Step) -> dict[str, int]:
    unit, given = run.unit(step.payload["unit"]), step.payload
    into = targets(step)
    words = {name: getattr(unit.present, name) for name in ("kind", "sector", "relation")}
    for number, row in enumerate(given["into"]):
        if not row.get("key"):
            _make(run, step, split_words(words, row), unit.present.parent if unit.present else None, number)
    listed = {run.id_of(key): into[number] for key, number in given.get("children", {}).items()}
    if given.get("stays"):
        return _part(run, step, unit, listed)
    found = _children_to(run, step, unit, listed, into[0])
    found.update(_end(run, step, run.unit(step.payload["unit"]), run.unit(into[0])))
    return _some(found)


def _part(run: Run, step: Step, unit: Unit, listed: dict[int, str]) -> dict[str, int]:
    """The unit stays: what the lists name goes to the others. Units that the step makes are counted."""
    found = _children_to(run, step, unit, listed)
    unit = run.unit(step.payload["unit"])
    parting = _divided(run, step, unit, run.unit(targets(step)[0]), stays=True)
    found.update(store_parting(parting, by=run.by, at=run.at))
    found[UNITS] += sum(not row.get("key") for row in step.payload["into"])
    _touch(run, step, unit, *(run.unit(key) for key in targets(step)))
    return _some(found)


def _dissolve(run: Run, step: Step) -> dict[str, int]:
    unit = run.unit(step.payload["unit"])
    above = unit.present.parent_id if unit.present else None
    successor = step.payload.get("successor") or f"u{above}"
    return _some(_end(run, step, unit, run.unit(successor)))


def _children_to(run: Run, step: Step, unit: Unit, listed: dict[int, str], others: str | None = None) -> Counter[str]:
    """Standing units below it go, each with all below it, to what is listed for them, others to `others` if given."""
    found: Counter[str] = Counter()
    below = Unit.objects.standing(day_of(run.at)).filter(present__parent=unit)
    for pk in below.order_by("pk").values_list("pk", flat=True):
        child, target = run.unit(f"u{pk}"), listed.get(pk, others)
        if target is None:
            continue
        goal = run.unit(target)
        if goal.pk != child.pk:
            found.update(_move_below(run, step, child, goal))
    return found


def _end(run: Run, step: Step, unit: Unit, successor: Unit) -> Counter[str]:
    """The unit stands no longer; what it leaves open goes the way that was chosen for each class."""
    ending = _divided(run, step, unit, successor)
    came = store_ending(ending, dry_run=True, by=run.by, at=run.at)
    run.asked += [Fault(step.position, sentence) for sentence in came.questions]
    if not came.questions:
        run.left.update(came.left)
    _touch(run, step, unit, successor)
    return Counter(came.counts) + Counter({UNITS: 1})


def _divided(run: Run, step: Step, unit: Unit, successor: Unit, stays: bool = False) -> succession.Ending:
    """With the lists of the step by id, without what the unit no longer has open."""
    choices = step.payload.get("choices", {})
    listed: dict[str, dict[int, int]] = {name: {} for name, choice in choices.items() if choice == succession.DIVIDE}
    ending = succession.Ending(unit, successor, day_of(run.at), choices, listed, stays)
    for kind in succession.kinds():
        if kind.name in listed:
            given = step.payload.get("division", {}).get(kind.name, {})
            listed[kind.name] |= {pk: run.id_of(given[str(pk)]) for pk in kind.ids(ending) if str(pk) in given}
    return ending


def _some(found: Counter[str]) -> dict[str, int]:
    return {name: number for name, number in sorted(found.items()) if number}


_RUNS = {
    StepKind.ESTABLISH: _establish,
    StepKind.RENAME: _rewrite,
    StepKind.CHANGE: _rewrite,
    StepKind.MOVE: _move,
    StepKind.MERGE: _merge,
    StepKind.SPLIT: _split,
    StepKind.DISSOLVE: _dissolve,
}
