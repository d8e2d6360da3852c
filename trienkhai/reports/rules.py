"""Who sees forms, periods and reports, who designs, fills, sends, decides.

The one who sent a report never decides on it, nor does anybody in that person's name: a step with nobody else goes to
the next level above.
"""

from collections.abc import Collection, Sequence
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from trienkhai.common import paths
from trienkhai.common.verdict import Verdict, no, yes
from trienkhai.orgs.models import Holding, Role, Unit
from trienkhai.orgs.rules import BRANCH_READERS, holding_at, leaders_of, reach_of, work_reach
from trienkhai.people.models import Account
from trienkhai.reports.models import FormState, Period, PeriodReport, PeriodReportQuerySet, ReportForm, ReportState

DESIGNERS = (Role.OFFICER, Role.LEADER)
FILLERS = (Role.FOCAL, Role.SECRETARY, Role.OFFICER, Role.LEADER)
ADDRESSED = (Role.FOCAL, Role.SECRETARY)
"""Posts that are told that a period was opened, and whom a reminder goes to."""


def visible_reports(account: Account, on: date) -> PeriodReportQuerySet:
    """Held in the person's reach; for those who guide a branch also what answers to their unit or to its forms."""
    guided = [grant.unit_id for grant in work_reach(account, on).of(*BRANCH_READERS).grants]
    sight = work_reach(account, on).q("held_by__path")
    return PeriodReport.objects.filter(sight | Q(answers_to__in=guided) | Q(period__form__unit__in=guided))


def visible_forms(account: Account, on: date) -> QuerySet[ReportForm]:
    """Forms of units in reach, and those in force by which an own unit reports or which come from above it."""
    reach = work_reach(account, on)
    above = {pk for grant in reach.grants for pk in paths.ids(grant.path)}
    asked = PeriodReport.objects.filter(reach.q("held_by__path"), period__form=OuterRef("pk"))
    from_above = Q(unit__in=sorted(above)) | Exists(asked)
    return ReportForm.objects.filter(reach.q("unit__path") | (from_above & ~Q(state=FormState.DESIGNED)))


def managed_forms(account: Account, on: date) -> QuerySet[ReportForm]:
    """Forms in force of the units for which the person designs forms."""
    return ReportForm.objects.filter(unit__in=_ids(account, on, DESIGNERS, "design"), state=FormState.IN_FORCE)


def visible_periods(account: Account, on: date) -> QuerySet[Period]:
    return Period.objects.filter(form__in=visible_forms(account, on).values("pk"))


def reads_branch(account: Account, unit: Unit, on: date) -> bool:
    """Does the person see the reports of units below that one?"""
    return any(grant.branch and grant.covers(unit.path or "") for grant in work_reach(account, on).grants)


def _ids(account: Account, on: date, roles: Sequence[str], act: str) -> set[int]:
    return {grant.unit_id for grant in reach_of(account, on).of(*roles).able(act).grants}


def _units(ids: Collection[int]) -> list[Unit]:
    return list(Unit.objects.filter(pk__in=ids).select_related("present").order_by("path")) if ids else []


def designing_units(account: Account, on: date) -> list[Unit]:
    """Units for whose branch the person designs forms, the highest first."""
    return _units(_ids(account, on, DESIGNERS, "design"))


def filling_ids(account: Account, on: date) -> set[int]:
    """Units whose reports the person fills; without a query of its own."""
    return _ids(account, on, FILLERS, "fill")


def summing_units(account: Account, on: date) -> list[Unit]:
    """Units for which the person may write a summary, the highest first."""
    return _units(_ids(account, on, DESIGNERS, "fill"))


def can_design(account: Account, unit: Unit, on: date) -> Verdict:
    """A tracking officer or a leader of a standing unit; no central act is needed."""
    if unit.closed_on <= on:
        return no(_("This unit no longer stands."))
    holding = holding_at(account, unit, DESIGNERS, on, "design")
    return yes(holding) if holding else no(_("A tracking officer or a leader of %(unit)s does this.") % {"unit": unit})


def can_change_form(account: Account, form: ReportForm, on: date) -> Verdict:
    if form.state == FormState.ENDED:
        return no(_("This form has ended."))
    return can_design(account, form.unit, on)


def can_release(account: Account, form: ReportForm, on: date) -> Verdict:
    """A leader puts a form, or a new version of it, in force; an officer where issuing is delegated by post."""
    if form.state == FormState.ENDED:
        return no(_("This form has ended."))
    leader = holding_at(account, form.unit, (Role.LEADER,), on, "release")
    if leader and form.unit.closed_on > on:
        return yes(leader)
    officer = holding_at(account, form.unit, (Role.OFFICER,), on, "release")
    if officer and officer.post.may_issue and form.unit.closed_on > on:
        return yes(officer)
    return no(_("A leader of %(unit)s decides this.") % {"unit": form.unit})


def can_remind(account: Account, period: Period, unit: Unit, on: date) -> Verdict:
    """All who are missing in the unit's branch, once a day; by an officer or leader of the form's unit."""
    if period.reminded_on == on:
        return no(_("They were reminded today already."))
    if unit.pk != period.form.unit_id:
        return no(_("The unit that made the form reminds."))
    return can_design(account, period.form.unit, on)


def can_fill(account: Account, report: PeriodReport, on: date) -> Verdict:
    """A post of the unit itself, until the report was sent."""
    if report.state == ReportState.APPROVED:
        return no(_("The report was approved and is locked."))
    if report.state == ReportState.SUBMITTED:
        return no(_("The report was sent and awaits approval."))
    if report.state == ReportState.CLOSED:
        return no(_("The report was closed: %(reason)s") % {"reason": report.reason})
    if report.held_by.closed_on <= on:
        return no(_("This unit no longer stands."))
    roles = DESIGNERS if report.summary else FILLERS
    holding = holding_at(account, report.held_by, roles, on, "fill")
    return yes(holding) if holding else no(_("Only a post of the unit itself fills its report."))


def can_sum(account: Account, period: Period, unit: Unit, on: date) -> Verdict:
    """A summary is begun by an officer or leader of a unit that stands within the branch of the form's unit."""
    if not paths.is_within(unit.path or "-", period.form.unit.path or ""):
        return no(_("This unit is outside the branch of the form."))
    holding = holding_at(account, unit, DESIGNERS, on, "fill") if unit.closed_on > on else None
    return yes(holding) if holding else no(_("A tracking officer or a leader of %(unit)s does this.") % {"unit": unit})


def awaiting_decision(account: Account, on: date) -> PeriodReportQuerySet:
    """Reports this person may approve or return today. Says what `can_decide` says, for all rows at once."""
    led = reach_of(account, on).of(Role.LEADER).able("approve").grants
    if not led:
        return PeriodReport.objects.none()
    waiting = PeriodReport.objects.filter(state=ReportState.SUBMITTED)
    ids = [grant.unit_id for grant in led]
    own = {account.pk} | {grant.principal for grant in led if grant.principal}
    queue = Q(answers_to__in=ids) | Q(pk__in=_left_from_below(waiting, led, on))
    return waiting.filter(queue).exclude(submitted_by__in=own).exclude(principal__in=own)


def _left_from_below(waiting: PeriodReportQuerySet, led: Sequence[object], on: date) -> list[int]:
    """Reports that answer to units below those led, where on the way up nobody else may decide. Two queries."""
    tops = [grant.path for grant in led]  # type: ignore[attr-defined]
    below = reduce(or_, (paths.within(top, "answers_to__path") for top in tops))
    rows = list(
        waiting.filter(below)
        .exclude(answers_to__path__in=tops)
        .values_list("pk", "answers_to__path", "submitted_by", "principal")
    )
    ways = {path: _way(path or "", tops) for path in {row[1] for row in rows}}
    able = _leaders_by_unit({unit for way in ways.values() for unit in way}, on)
    return [
        pk
        for pk, path, *claim in rows
        if not any(not behind & set(claim) for unit in ways[path] for behind in able.get(unit, ()))
    ]


def _way(path: str, tops: Sequence[str]) -> list[int]:
    """The units from below the nearest of `tops` down to the one at `path`."""
    nearest = max((top for top in tops if paths.is_within(path, top)), key=len)
    return paths.ids(path)[paths.depth(nearest) :]


def _leaders_by_unit(unit_ids: Collection[int], on: date) -> dict[int, list[frozenset[int]]]:
    rows = Holding.objects.on(on).filter(post__unit__in=unit_ids, post__role=Role.LEADER, account__is_active=True)
    found: dict[int, list[frozenset[int]]] = {}
    for row in rows.select_related("post", "principal"):
        if row.allows("approve"):
            found.setdefault(row.post.unit_id, []).append(row.behind)
    return found


def deciding_unit(report: PeriodReport, on: date) -> Unit:
    """The unit whose leader decides: the one it answers to, else the next above with somebody else to do it."""
    claim = {report.submitted_by_id, report.principal_id} - {None}
    chain = paths.ids(report.answers_to.path or "")
    for unit_id in reversed(chain):
        if any(not holding.behind & claim for holding in leaders_of(unit_id, on, "approve")):
            return Unit.objects.select_related("present").get(pk=unit_id)
    return report.answers_to


def can_decide(account: Account, report: PeriodReport, on: date) -> Verdict:
    """A leader of the unit it answers to approves or returns what was sent, never the one who sent it."""
    if report.state != ReportState.SUBMITTED:
        return no(_("This report does not await a decision."))
    claim = {report.submitted_by_id, report.principal_id} - {None}
    if account.pk in claim:
        return no(_("Whoever sent a report does not decide on it."))
    unit = deciding_unit(report, on)
    holding = holding_at(account, unit, (Role.LEADER,), on, "approve", besides=[pk for pk in claim if pk])
    return yes(holding) if holding else no(_("A leader of %(unit)s decides this.") % {"unit": unit})


def can_reopen(account: Account, report: PeriodReport, on: date) -> Verdict:
    """What was approved is opened for a correction by a leader of the unit it answers to; its sheet stays."""
    if report.state != ReportState.APPROVED:
        return no(_("Only an approved report is opened for a correction."))
    holding = holding_at(account, report.answers_to, (Role.LEADER,), on, "approve")
    return yes(holding) if holding else no(_("A leader of %(unit)s decides this.") % {"unit": report.answers_to})


def can_close(account: Account, report: PeriodReport, on: date) -> Verdict:
    """Who made the form or receives the report closes it, or carries it to another unit, with the reason."""
    if report.state in (ReportState.APPROVED, ReportState.CLOSED):
        return no(_("The report was approved or closed already."))
    for unit in (report.period.form.unit, report.answers_to):
        if holding := holding_at(account, unit, DESIGNERS, on, "design"):
            return yes(holding)
    return no(_("A tracking officer or a leader of %(unit)s does this.") % {"unit": report.answers_to})
