"""A unit fills its report: begun with what the machine knows, stored as it is typed, sent up.

Two people may write at once: what only one of them changed is stored, what both changed is shown to the second and
stored when that person says whose words stand. Nothing that was typed is lost but marks of secrecy.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.audit.models import Act
from trienkhai.common.clock import day_of
from trienkhai.common.verdict import Refused, Verdict
from trienkhai.notices.actions import tell
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Role
from trienkhai.people.models import Account
from trienkhai.reports import rules
from trienkhai.reports.answers import Cleaned, Typed, clean, missing, with_computed
from trienkhai.reports.design import Design
from trienkhai.reports.models import Change, PeriodReport, ReportState
from trienkhai.reports.queries.prefilling import machine_values
from trienkhai.reports.wording import period_words


@dataclass(frozen=True)
class Saved:
    """What became of a stored draft. `conflicts`: field → (mine, theirs), not stored until the person decides.

    `older`: fields of which the writer's page still shows an older text than the stored one → the revision it shows.
    """

    report: PeriodReport
    cleaned: Cleaned
    conflicts: dict[str, tuple[Any, Any]]
    older: dict[str, int]


@transaction.atomic
def begin(report_id: int, *, by: Account, at: datetime) -> PeriodReport:
    """Fill the report with what the machine knows; one that was begun is left as it is. Raises Refused."""
    report = locked_report(report_id)
    verdict = rules.can_fill(by, report, day_of(at)).require()
    if report.state == ReportState.EXPECTED:
        _begin(report, verdict, by, at)
        report.save()
    return report


def _begin(report: PeriodReport, verdict: Verdict, by: Account, at: datetime) -> None:
    design = report.version.read()
    report.machine = machine_values(design, report.period, report.held_by, day_of(at))
    report.values = with_computed(design, report.machine | report.values)
    report.state, report.filled_at = ReportState.DRAFT, at
    report.revision, report.changed_by, report.changed_at = report.revision + 1, by, at
    note("period_report.begun", report, verdict, by, at)


@transaction.atomic
def refill(report_id: int, *, by: Account, at: datetime) -> PeriodReport:
    """Ask the machine again; answers that a person corrected stay, and the new machine value stands beside them."""
    report = locked_report(report_id)
    rules.can_fill(by, report, day_of(at)).require()
    if report.summary or report.parts:
        raise Refused(_("A summary is drawn up from the reports below."))
    design = report.version.read()
    take_machine(report, design, machine_values(design, report.period, report.held_by, day_of(at)), by, at)
    report.filled_at = at
    report.save()
    return report


def take_machine(report: PeriodReport, design: Design, machine: dict[str, Any], by: Account, at: datetime) -> None:
    """New machine values; answers still as the machine had filled them follow."""
    fresh = {
        code: value
        for code, value in machine.items()
        if (report.values.get(code) or "") == (report.machine.get(code) or "") or not report.values.get(code)
    }
    store_values(report, design, fresh, by, at)
    report.machine = report.machine | machine
    if report.state == ReportState.EXPECTED:
        report.state = ReportState.DRAFT


@transaction.atomic
def save_draft(
    report_id: int,
    typed: Typed,
    *,
    base: int,
    older: Mapping[str, int] | None = None,
    decided: Mapping[str, str] | None = None,
    by: Account,
    at: datetime,
) -> Saved:
    """Store what was typed. base: the revision the writer's page shows; older: fields of which it shows an older one.

    decided: field → `mine` or `theirs`, for fields that were shown as written by two people. A text that is no number
    is kept beside as it was typed; all else is stored. Raises Refused.
    """
    report = locked_report(report_id)
    verdict = rules.can_fill(by, report, day_of(at)).require()
    design = report.version.read()
    cleaned = clean(design, typed)
    shown = {code: (older or {}).get(code, base) for code in cleaned.values}
    fresh, conflicts, behind = _apart(report, cleaned, shown, decided or {}, by)
    begun = report.state == ReportState.EXPECTED
    if begun and (any(fresh.values()) or cleaned.wrong):
        _begin(report, verdict, by, at)
    untouched = {one.code for one in design.fields() if one.code in typed} - set(conflicts)
    wrong = {place: text for place, text in report.wrong.items() if place.partition(".")[0] not in untouched}
    wrong |= cleaned.wrong
    if store_values(report, design, fresh, by, at) or wrong != report.wrong:
        if wrong != report.wrong and report.changed_at != at:
            report.revision, report.changed_by, report.changed_at = report.revision + 1, by, at
        report.wrong = wrong
        report.save()
    return Saved(report, cleaned, conflicts, {code: shown[code] for code in behind})


def _apart(
    report: PeriodReport, cleaned: Cleaned, shown: Mapping[str, int], decided: Mapping[str, str], by: Account
) -> tuple[dict[str, Any], dict[str, tuple[Any, Any]], list[str]]:
    """Values to store, and those that another person changed since the revision that the writer's page shows, told
    apart field by field; and the fields of which the page goes on showing an older text."""
    oldest = min(shown.values(), default=report.revision)
    later = Change.objects.filter(report=report, revision__gt=oldest).order_by("revision")
    seen: dict[str, Any] = {}
    theirs: set[str] = set()
    for change in later:
        if change.revision <= shown.get(change.field, report.revision):
            continue
        seen.setdefault(change.field, change.old)
        if change.by_id != by.pk:
            theirs.add(change.field)
    fresh: dict[str, Any] = {}
    conflicts: dict[str, tuple[Any, Any]] = {}
    behind = []
    for code, mine in cleaned.values.items():
        stored = report.values.get(code)
        if same(mine, stored):
            continue
        untouched = code in seen and same(mine, seen[code])
        if decided.get(code) == "mine" or not (untouched or code in theirs or decided.get(code) == "theirs"):
            fresh[code] = mine
            continue
        behind.append(code)
        if not untouched and decided.get(code) != "theirs":
            conflicts[code] = (mine, stored)
    return fresh, conflicts, behind


def same(one: Any, other: Any) -> bool:
    return (one or "") == (other or "")


def store_values(report: PeriodReport, design: Design, fresh: dict[str, Any], by: Account, at: datetime) -> bool:
    """Put the changed values into the report, the old ones aside; the caller saves. False when nothing changed."""
    changed = {code: value for code, value in fresh.items() if not same(value, report.values.get(code))}
    if not changed:
        return False
    report.revision, report.changed_by, report.changed_at = report.revision + 1, by, at
    Change.objects.bulk_create(
        Change(report=report, field=code, revision=report.revision, old=report.values.get(code), by=by, at=at)
        for code in changed
    )
    report.values = with_computed(design, report.values | changed)
    return True


@transaction.atomic
def submit(report_id: int, *, by: Account, at: datetime) -> PeriodReport:
    """Send the stored answers to the unit the report answers to.

    Raises Refused, also for a period that was reported already; ValidationError naming the fields that are wrong or
    missing.
    """
    report = locked_report(report_id)
    verdict = rules.can_fill(by, report, day_of(at)).require()
    design = report.version.read()
    _complete(report, design)
    if report.period.ends_on < report.period.starts_on or day_of(at) < report.period.starts_on:
        raise Refused(_("The period has not begun yet."))
    principal = verdict.holding.principal
    report.state, report.submitted_by, report.submitted_at = ReportState.SUBMITTED, by, at
    report.principal = principal.account if principal else None
    report.submitted_on, report.reason = day_of(at), ""
    report.save()
    report.changes.all().delete()
    act = note("period_report.submitted", report, verdict, by, at, late=report.was_late)
    tell(
        report.answers_to_id,
        [Role.LEADER],
        "period_submitted",
        url=reverse("reports:report", args=[report.pk]),
        at=at,
        act=act.pk,
        unit=report.held_by.short_name,
        **news(report),
    )
    return report


def _complete(report: PeriodReport, design: Design) -> None:
    wrong, unanswered = _("“%(text)s” is not a number."), _("%(label)s: not answered yet.")
    faults = {place.partition(".")[0]: wrong % {"text": text} for place, text in report.wrong.items()}
    faults |= {one.code: unanswered % {"label": one.label} for one in missing(design, report.values)}
    if faults:
        raise ValidationError(faults)


def locked_report(pk: int) -> PeriodReport:
    """Locked first, then read: PostgreSQL would lose a row whose version or holder another changes meanwhile."""
    PeriodReport.objects.select_for_update(of=("self",), no_key=True).only("pk").get(pk=pk)
    return PeriodReport.objects.select_related(
        "period__form__unit__present", "version", "unit__present", "held_by__present", "answers_to__present"
    ).get(pk=pk)


def news(report: PeriodReport) -> dict[str, str]:
    """What notices of a report name."""
    return {"report": report.period.form.title, "period": period_words(report.period.form, report.period)}


def note(verb: str, report: PeriodReport, verdict: Verdict, by: Account, at: datetime, **data: Any) -> Act:
    """The act names the form, the period and the unit, never an answer."""
    named = news(report)
    label = f"{named['report']}, {named['period']}: {report.held_by.short_name}"
    who, path = actor(by, verdict.holding), report.held_by.path or ""
    return record(verb, report, by=who, at=at, unit_path=path, label=label, **data)
