"""An office makes a form for its branch, changes its design version by version, puts it in force, ends it."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.common import paths
from trienkhai.common.clock import day_of
from trienkhai.common.folding import squeeze
from trienkhai.common.verdict import Refused, Verdict
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Unit
from trienkhai.orgs.selection import select
from trienkhai.people.models import Account
from trienkhai.reports import rules
from trienkhai.reports.design import Design, checked
from trienkhai.reports.models import (
    AnswerRule,
    FormState,
    FormVersion,
    Moves,
    PeriodKind,
    PeriodReport,
    ReportForm,
    ReportState,
)
from trienkhai.reports.queries.forms import last_version, span_from, starts_ahead, version_for, working_version

EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
"""Days of a form that is filled once lie between these."""


@dataclass(frozen=True)
class FormDetails:
    """What a person says of a form beside its design. `once_from`, `once_to` for a form that is filled once."""

    title: str
    kind: str
    selection: str = "children"
    answer_rule: str = AnswerRule.BY_LEVEL
    cut_day: int = 14
    cut_months: int = 0
    due_day: int = 20
    due_months: int = 0
    moves: str = Moves.AFTER
    once_from: date | None = None
    once_to: date | None = None


@transaction.atomic
def begin_form(
    unit: Unit, details: FormDetails, *, copied: ReportForm | None = None, by: Account, at: datetime
) -> ReportForm:
    """A form being designed, with its first version: empty, or that of `copied`. Raises Refused, ValidationError."""
    verdict = rules.can_design(by, unit, day_of(at)).require()
    form = ReportForm(unit=unit, created_by=by, created_at=at, **_checked(details, unit, day_of(at)))
    form.save()
    design = last_version(copied).design if copied else {"sections": []}
    FormVersion.objects.create(form=form, number=1, design=design, changed_by=by, changed_at=at)
    _note("form.begun", form, verdict, by, at)
    return form


@transaction.atomic
def change_details(form_id: int, details: FormDetails, *, by: Account, at: datetime) -> ReportForm:
    """Title, days and recipients, for the periods opened from now on. What kind of period it is stays once in force."""
    form = locked_form(form_id)
    verdict = rules.can_change_form(by, form, day_of(at)).require()
    values = _checked(details, form.unit, day_of(at))
    if form.state == FormState.IN_FORCE and values["kind"] != form.kind:
        raise ValidationError({"kind": _("The form is in force: make another form for another period.")})
    if form.state == FormState.IN_FORCE and (values["once_from"], values["once_to"]) != (form.once_from, form.once_to):
        raise ValidationError({"once_from": _("The form is in force: make another form for another period.")})
    old = {name: str(getattr(form, name) or "") for name in values}
    new = {name: str(value or "") for name, value in values.items()}
    changed = [name for name in values if old[name] != new[name]]
    if not changed:
        return form
    for name in changed:
        setattr(form, name, values[name])
    form.save()
    _note(
        "form.changed",
        form,
        verdict,
        by,
        at,
        old={name: old[name] for name in changed},
        new={name: new[name] for name in changed},
    )
    return form


def _checked(details: FormDetails, unit: Unit, on: date) -> dict[str, Any]:
    values = asdict(details) | {"title": squeeze(details.title)[:250]}
    faults: dict[str, Any] = {}
    if not values["title"]:
        faults["title"] = _("Say what the report is about.")
    choices = {"kind": PeriodKind, "moves": Moves, "answer_rule": AnswerRule}
    for name, kinds in choices.items():
        if values[name] not in kinds.values:
            faults[name] = _("Choose one of the values shown.")
    for name in ("cut_day", "due_day"):
        if not 0 <= values[name] <= 31:
            faults[name] = _("A day of the month is meant.")
    for name in ("cut_months", "due_months"):
        if not 0 <= values[name] <= 3:
            faults[name] = _("Choose one of the values shown.")
    if (values["due_months"], values["due_day"] or 31) < (values["cut_months"], values["cut_day"] or 31):
        faults["due_day"] = _("The due day is not before the cut-off.")
    faults |= _faults_of_once(values)
    try:
        outside = select(values["selection"], by=unit, on=on).exclude(paths.within(unit.path or "-"))
        if foreign := outside.select_related("present").first():
            words = _("%(unit)s stands outside your branch; a form is made for the own branch only.")
            faults["selection"] = words % {"unit": foreign.name}
    except ValidationError as fault:
        faults["selection"] = fault.messages
    if faults:
        raise ValidationError(faults)
    if values["kind"] != PeriodKind.ONCE:
        values["once_from"] = values["once_to"] = None
    return values


def _faults_of_once(values: dict[str, Any]) -> dict[str, Any]:
    if values["kind"] != PeriodKind.ONCE:
        return {}
    first, last = values["once_from"], values["once_to"]
    if not first or not last:
        return {"once_from": _("Say which days the one report is about.")}
    if first < EARLIEST or last > LATEST:
        return {"once_from": _("These days lie too far away.")}
    return {} if first <= last else {"once_to": _("The last day lies after the first.")}


@transaction.atomic
def change_design(form_id: int, design: dict[str, Any], *, base: int, by: Account, at: datetime) -> FormVersion:
    """Store the design in the version that is worked on; after a release that is a new version.

    base: the number of the version the person saw. What units have answered keeps the version they answered.
    Raises Refused; ValidationError with a sentence for each fault, naming the field.
    """
    form = locked_form(form_id)
    verdict = rules.can_change_form(by, form, day_of(at)).require()
    last = last_version(form)
    if last.number != base:
        raise Refused(_("Another person has made version %(n)d of this form meanwhile.") % {"n": last.number})
    kept = checked(design)
    if last.is_released:
        last = FormVersion(form=form, number=last.number + 1)
    last.design, last.changed_by, last.changed_at = kept, by, at
    last.save()
    _note("form.designed", form, verdict, by, at, version=last.number, count=len(list(Design.read(kept).fields())))
    return last


@transaction.atomic
def release(form_id: int, *, holds_from: date, by: Account, at: datetime) -> FormVersion:
    """Put the worked-on version in force from the period that begins on `holds_from`; a new form thereby too.

    In periods already open the units that have not begun get the new version; whoever has begun keeps the one they
    answered. Raises Refused; ValidationError for a day on which no period begins.
    """
    form = locked_form(form_id)
    verdict = rules.can_release(by, form, day_of(at)).require()
    version = working_version(form)
    if version is None:
        raise Refused(_("There is no new version to put in force."))
    if not list(version.read().fields()):
        raise Refused(_("The form has no field yet."))
    checked(version.design)
    first, _last = span_from(form, holds_from)
    if first != holds_from or (form.state == FormState.IN_FORCE and holds_from not in starts_ahead(form, day_of(at))):
        raise ValidationError({"holds_from": _("Choose one of the values shown.")})
    version.holds_from, version.released_at = holds_from, at
    version.save(update_fields=["holds_from", "released_at"])
    if form.state == FormState.DESIGNED:
        form.state, form.next_on = FormState.IN_FORCE, holds_from
        form.save(update_fields=["state", "next_on"])
    moved = _move_those_not_begun(form, version)
    _note("form.released", form, verdict, by, at, version=version.number, holds_from=str(holds_from), count=moved or 1)
    return version


def _move_those_not_begun(form: ReportForm, version: FormVersion) -> int:
    opened = form.periods.filter(starts_on__gte=version.holds_from)
    moved = 0
    for period in opened:
        if version_for(form, period.starts_on) == version:
            rows = PeriodReport.objects.filter(period=period, state=ReportState.EXPECTED)
            moved += rows.update(version=version)
            period.version = version
            period.save(update_fields=["version"])
    return moved


@transaction.atomic
def end_form(form_id: int, *, by: Account, at: datetime) -> ReportForm:
    """No further period is opened; those open go on. Raises Refused."""
    form = locked_form(form_id)
    verdict = rules.can_release(by, form, day_of(at)).require()
    form.state, form.next_on = FormState.ENDED, None
    form.save(update_fields=["state", "next_on"])
    _note("form.ended", form, verdict, by, at)
    return form


def locked_form(pk: int) -> ReportForm:
    rows = ReportForm.objects.select_for_update(of=("self",))
    return rows.select_related("unit__present").get(pk=pk)


def _note(verb: str, form: ReportForm, verdict: Verdict, by: Account, at: datetime, **data: Any) -> None:
    path = form.unit.path or ""
    record(verb, form, by=actor(by, verdict.holding), at=at, unit_path=path, label=form.title, **data)
