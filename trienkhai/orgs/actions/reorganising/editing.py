"""A file is prepared: its words, its steps and their order, what becomes of open objects."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trienkhai.audit.actions import record
from trienkhai.common.clock import day_of
from trienkhai.common.folding import squeeze
from trienkhai.orgs import rules_reorganising as rules
from trienkhai.orgs.actions.reorganising.keys import named_keys, stored_id
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Reorganisation, Step, StepKind, Unit
from trienkhai.people.models import Account

MOST_STEPS = 200
_PASSED = gettext_lazy(
    "The day on which the file takes effect must not have passed: choose today or a later day. The decision keeps its "
    "own."
)
LONGEST_TITLE = 250


def locked(file_id: int) -> Reorganisation:
    """The file, nobody else's until the transaction ends."""
    rows = Reorganisation.objects.select_for_update(of=("self",)).select_related("office__present")
    return rows.get(pk=file_id)


@transaction.atomic
def prepare_reorganisation(
    office: Unit,
    *,
    title: str,
    effective_on: date,
    decision: str = "",
    decision_on: date | None = None,
    by: Account,
    at: datetime,
) -> Reorganisation:
    """A new file, a draft without steps. Raises Refused; ValidationError without a title or for a day that passed."""
    verdict = rules.can_prepare(by, office, day_of(at)).require()
    values = _checked(title, effective_on, decision, decision_on, day_of(at))
    file = Reorganisation.objects.create(office=office, prepared_by=by, prepared_at=at, **values)
    record("reorganisation.prepared", file, by=actor(by, verdict.holding), at=at, unit_path=office.path)
    return file


@transaction.atomic
def change_reorganisation(
    file_id: int,
    *,
    title: str,
    effective_on: date,
    decision: str = "",
    decision_on: date | None = None,
    by: Account,
    at: datetime,
) -> Reorganisation:
    """Other words or another day, while it is a draft or returned."""
    file = locked(file_id)
    rules.can_change(by, file, day_of(at)).require()
    for name, value in _checked(title, effective_on, decision, decision_on, day_of(at)).items():
        setattr(file, name, value)
    file.save()
    _changed(file, "words", by, at)
    return file


def _checked(title: str, effective_on: date, decision: str, decision_on: date | None, on: date) -> dict[str, Any]:
    title, decision = squeeze(title), squeeze(decision)
    if not title or len(title) > LONGEST_TITLE:
        raise ValidationError({"title": _("A file needs a title of at most 250 characters.")})
    if len(decision) > 80:
        raise ValidationError({"decision": _("The symbol of the decision has at most 80 characters.")})
    if effective_on < on:
        raise ValidationError({"effective_on": _PASSED})
    return {"title": title, "effective_on": effective_on, "decision": decision, "decision_on": decision_on}


@transaction.atomic
def add_step(file_id: int, kind: str, payload: dict[str, Any], *, by: Account, at: datetime) -> Step:
    """A step at the end. Whether it can be done is told by the plan, not refused here: order may still change."""
    file = locked(file_id)
    rules.can_change(by, file, day_of(at)).require()
    if kind not in StepKind.values:
        raise ValidationError(_("There is no such kind of step."))
    count = file.steps.count()
    if count >= MOST_STEPS:
        raise ValidationError(_("A file has at most %(n)s steps.") % {"n": MOST_STEPS})
    step = Step.objects.create(reorganisation=file, position=count + 1, kind=kind, payload=payload)
    _name_units(step)
    _changed(file, "step_added", by, at, step=step.position, kind=kind)
    return step


@transaction.atomic
def change_step(step_id: int, payload: dict[str, Any], *, by: Account, at: datetime) -> Step:
    """Other values; the choices made for open objects stay where the step still ends the same units, a list of who
    takes over what where these are the same too."""
    step = _locked_step(step_id, by, at)
    names = ["choices", "division"] if step.payload.get("into") == payload.get("into") else ["choices"]
    kept = {name: step.payload[name] for name in names if name in step.payload}
    what = ("unit", "units", "stays")
    same = [step.payload.get(name) for name in what] == [payload.get(name) for name in what]
    step.payload = (kept if same else {}) | payload
    step.save(update_fields=["payload"])
    _name_units(step)
    _changed(step.reorganisation, "step_changed", by, at, step=step.position, kind=step.kind)
    return step


@transaction.atomic
def choose(
    step_id: int, choices: dict[str, str], division: dict[str, dict[str, str]], *, by: Account, at: datetime
) -> Step:
    """What becomes of each class of open objects of the units that the step ends.

    division: for a divided class the id of each object → the key of the unit that takes it over.
    """
    step = _locked_step(step_id, by, at)
    step.payload = step.payload | {"choices": choices, "division": division}
    step.save(update_fields=["payload"])
    _changed(step.reorganisation, "choices", by, at, step=step.position)
    return step


@transaction.atomic
def remove_step(step_id: int, *, by: Account, at: datetime) -> Reorganisation:
    step = _locked_step(step_id, by, at)
    file, position = step.reorganisation, step.position
    step.delete()
    _renumber([row for row in file.steps.all()])
    _changed(file, "step_removed", by, at, step=position)
    return file


@transaction.atomic
def shift_step(step_id: int, by_places: int, *, by: Account, at: datetime) -> Reorganisation:
    """The step comes earlier (negative) or later; beyond the ends nothing happens."""
    step = _locked_step(step_id, by, at)
    rows = list(step.reorganisation.steps.all())
    old = [row.pk for row in rows].index(step.pk)
    rows.insert(max(0, min(len(rows) - 1, old + by_places)), rows.pop(old))
    _renumber(rows)
    _changed(step.reorganisation, "order", by, at, step=step.position)
    return step.reorganisation


def _locked_step(step_id: int, by: Account, at: datetime) -> Step:
    step = Step.objects.get(pk=step_id)
    step.reorganisation = locked(step.reorganisation_id)
    rules.can_change(by, step.reorganisation, day_of(at)).require()
    step.refresh_from_db(fields=["position", "payload"])
    return step


def _renumber(rows: list[Step]) -> None:
    for position, row in enumerate(rows, start=1):
        row.position = position
    Step.objects.bulk_update(rows, ["position"])


def _name_units(step: Step) -> None:
    """The stored units it names, for the pages of these units."""
    ids = [pk for key in named_keys(step) if (pk := stored_id(key))]
    step.units.set(Unit.objects.filter(pk__in=ids))


def _changed(file: Reorganisation, what: str, by: Account, at: datetime, **data: Any) -> None:
    """What a trial found before holds no longer."""
    Reorganisation.objects.filter(pk=file.pk).update(outcome={}, tried_at=None)
    verdict = rules.can_change(by, file, day_of(at))
    who = actor(by, verdict.holding)
    record("reorganisation.changed", file, by=who, at=at, unit_path=file.office.path, what=what, **data)
