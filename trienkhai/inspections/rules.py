"""Who sees programmes and inspections, who plans, draws, works on them, concludes, accepts remedies.

The inspecting unit's own people see all; units above it see what its branch readers see. A subject knows of an
inspection from its first day on, reads conclusion and findings once they are drawn, and never the working papers. The
successor of a subject reads what is filed under it.
"""

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from trienkhai.common import paths
from trienkhai.common.verdict import YES, Verdict, no, yes
from trienkhai.inspections.models import (
    Finding,
    Inspection,
    InspectionItem,
    InspectionProgramme,
    InspectionQuerySet,
    InspectionState,
    ProgrammeState,
    Step,
    TeamMember,
)
from trienkhai.orgs.climbing import Ladder
from trienkhai.orgs.models import Holding, HoldingQuerySet, Role, Unit
from trienkhai.orgs.queries import standing_for
from trienkhai.orgs.rules import CONTENT_READERS, holding_at, reach_of, work_reach
from trienkhai.people.models import Account
from trienkhai.tasks.models import ProgressReport
from trienkhai.tasks.rules import can_prepare, own_unit_ids

PLANNERS = (Role.INSPECTOR, Role.LEADER, Role.SECRETARY)
APPROVERS = (Role.LEADER, Role.SECRETARY)
ACT = "inspect"


def inspecting_ids(account: Account, on: date) -> set[int]:
    """Units for which the person plans."""
    return {grant.unit_id for grant in reach_of(account, on).of(*PLANNERS).able(ACT).grants}


def approving_ids(account: Account, on: date) -> set[int]:
    return {grant.unit_id for grant in reach_of(account, on).of(*APPROVERS).able(ACT).grants}


def visible_programmes(account: Account, on: date) -> QuerySet[InspectionProgramme]:
    """Of own units, and of the branch for those who read it."""
    return InspectionProgramme.objects.filter(work_reach(account, on).q("unit__path"))


def visible_items(account: Account, on: date) -> QuerySet[InspectionItem]:
    return InspectionItem.objects.filter(programme__in=visible_programmes(account, on))


def visible_inspections(account: Account, on: date) -> InspectionQuerySet:
    """Those of visible programmes; those of subjects in reach, or for which an own unit answers, once they began."""
    reach, own = work_reach(account, on), own_unit_ids(account, on)
    answers = Q(held_by__in=own) | Q(pk__in=Finding.objects.filter(held_by__in=own).values("inspection"))
    begun = Q(began_on__isnull=False) & (reach.q("unit__path") | answers)
    return Inspection.objects.filter(reach.q("item__programme__unit__path") | begun)


def can_see_inside(account: Account, inspection: Inspection, on: date) -> Verdict:
    """Outline, working papers and draws: for who sees the programme."""
    if work_reach(account, on).covers(inspection.item.programme.unit.path):
        return YES
    return no(_("Working papers are for the unit that inspects."))


def can_read_conclusion(account: Account, inspection: Inspection, on: date) -> Verdict:
    if inspection.is_concluded:
        return YES
    return can_see_inside(account, inspection, on)


def can_plan(account: Account, unit: Unit, on: date) -> Verdict:
    """An inspector, a leader or a cell's secretary of a standing unit."""
    if unit.closed_on <= on:
        return no(_("This unit no longer stands."))
    holding = holding_at(account, unit, PLANNERS, on, ACT)
    return yes(holding) if holding else no(_("An inspector or a leader of %(unit)s does this.") % {"unit": unit})


def can_decide(account: Account, unit: Unit, on: date) -> Verdict:
    """A leader (in a cell its secretary) of the unit that inspects."""
    holding = holding_at(account, unit, APPROVERS, on, ACT)
    return yes(holding) if holding else no(_("A leader of %(unit)s decides this.") % {"unit": unit})


def deciding_unit(unit: Unit, claim: Collection[int], on: date) -> Unit:
    """Whose leader decides on what one of `claim` laid before them: the unit, else the next above with somebody else
    to do it."""
    path = unit.path or ""
    found = Ladder([path], on, roles=APPROVERS, act=ACT).decider(path, claim)
    return unit if found in (None, unit.pk) else Unit.objects.select_related("present").get(pk=found)


def _decides_apart(account: Account, unit: Unit, claim: Collection[int], on: date) -> Verdict:
    """As `can_decide`, but never whoever laid it before the leaders, nor in the name of one of those."""
    if not claim:
        return can_decide(account, unit, on)
    if account.pk in claim:
        return no(_("Who wrote or submitted this does not decide on it."))
    decider = deciding_unit(unit, claim, on)
    holding = holding_at(account, decider, APPROVERS, on, ACT, besides=claim)
    return yes(holding) if holding else no(_("A leader of %(unit)s decides this.") % {"unit": decider})


def can_change_programme(account: Account, programme: InspectionProgramme, on: date) -> Verdict:
    """Whoever plans, until it is approved; afterwards only who approves."""
    if programme.is_approved:
        return can_decide(account, programme.unit, on)
    return can_plan(account, programme.unit, on)


def can_change_item(account: Account, item: InspectionItem, on: date) -> Verdict:
    """Theme, kind and days, until one of its inspections has begun."""
    if item.inspections.filter(began_on__isnull=False).exists():
        return no(_("An inspection of this item has begun: it stays as it is."))
    return can_change_programme(account, item.programme, on)


def can_submit(account: Account, programme: InspectionProgramme, on: date) -> Verdict:
    if programme.state != "draft":
        return no(_("This programme was submitted already."))
    if not programme.items.exists():
        return no(pgettext("inspections", "The programme has no item yet."))
    return can_plan(account, programme.unit, on)


def can_approve(account: Account, programme: InspectionProgramme, on: date) -> Verdict:
    """What was submitted, by somebody else than who submitted it."""
    if programme.is_approved:
        return no(_("This programme is approved already."))
    if not programme.items.exists():
        return no(pgettext("inspections", "The programme has no item yet."))
    if leaderless := programme.items.exclude(team__leads=True).first():
        return no(_("Nobody leads “%(item)s” yet.") % {"item": leaderless})
    if programme.state != ProgrammeState.SUBMITTED:
        return no(_("The programme has not been submitted yet."))
    return _decides_apart(account, programme.unit, programme.claim, on)


def can_set_subjects(account: Account, item: InspectionItem, on: date) -> Verdict:
    """Subjects are named and drawn, the team is set: by whoever plans, also in an approved programme."""
    return can_plan(account, item.programme.unit, on)


def may_be_subject(unit: Unit, inspecting: Unit, on: date) -> Verdict:
    """A standing unit below the one that inspects."""
    if unit.closed_on <= on:
        return ended(unit, on)
    if unit.pk == inspecting.pk or not paths.is_within(unit.path or "", inspecting.path or ""):
        return no(_("%(unit)s does not stand below %(above)s.") % {"unit": unit, "above": inspecting})
    return YES


def ended(unit: Unit, on: date) -> Verdict:
    """A unit that stands no longer is not inspected; the sentence names who took over."""
    heir = standing_for(unit, on)
    if heir.pk == unit.pk:
        return no(_("%(unit)s stands no longer, and no unit took over from it.") % {"unit": unit})
    said = _("%(unit)s stands no longer: %(heir)s took over from it. Inspect that unit.")
    return no(said % {"unit": unit, "heir": heir})


def _of_team(account: Account, inspection: Inspection, on: date, *, besides: Collection[int] = ()) -> Verdict:
    """A member of the team who still holds a post of the unit, or a leader of it. besides: accounts in whose name it
    must not be."""
    unit = inspection.item.programme.unit
    if inspection.item.team.filter(account=account).exists():
        holding = holding_at(account, unit, CONTENT_READERS, on, ACT, besides=besides)
        if holding:
            return yes(holding)
    holding = holding_at(account, unit, APPROVERS, on, ACT, besides=besides)
    return yes(holding) if holding else no(_("Only the team of this inspection does this."))


def can_start(account: Account, inspection: Inspection, on: date) -> Verdict:
    """From the first day of the item in an approved programme; never of a unit that has ended."""
    if inspection.state != InspectionState.PLANNED:
        return no(_("This inspection began already or is not carried out."))
    if inspection.unit.closed_on <= on:
        return ended(inspection.unit, on)
    if not inspection.item.programme.is_approved:
        return no(_("The programme is not approved yet."))
    if on < inspection.item.starts_on:
        return no(_("This item begins on %(day)s.") % {"day": f"{inspection.item.starts_on:%d/%m/%Y}"})
    return _of_team(account, inspection, on)


def can_drop(account: Account, inspection: Inspection, on: date) -> Verdict:
    """One that has not been concluded, by who decides; in a programme not approved yet by who plans."""
    if inspection.state in (InspectionState.CONCLUDED, InspectionState.DROPPED):
        return no(_("This inspection is finished."))
    programme = inspection.item.programme
    if inspection.state == InspectionState.PLANNED and not programme.is_approved:
        return can_plan(account, programme.unit, on)
    return can_decide(account, programme.unit, on)


def can_work(account: Account, inspection: Inspection, on: date, *steps: str) -> Verdict:
    """Working papers, in these steps or in any."""
    if inspection.state not in (steps or tuple(Step.values)):
        return no(_("This is not done while the inspection is “%(state)s”.") % {"state": _state(inspection)})
    return _of_team(account, inspection, on)


def _state(inspection: Inspection) -> str:
    return str(InspectionState(inspection.state).label)


def can_outline(account: Account, inspection: Inspection, on: date) -> Verdict:
    return can_work(account, inspection, on, Step.PREPARE, Step.CONDUCT)


def can_examine(account: Account, inspection: Inspection, on: date) -> Verdict:
    return can_work(account, inspection, on, Step.CONDUCT)


def can_find(account: Account, inspection: Inspection, on: date) -> Verdict:
    return can_work(account, inspection, on, Step.CONDUCT, Step.FINISH)


def can_go_on(account: Account, inspection: Inspection, on: date) -> Verdict:
    """To the next step: out of preparation with an outline, out of the conduct with every point looked into."""
    if verdict := can_work(account, inspection, on, Step.PREPARE, Step.CONDUCT):
        if not inspection.points.exists():
            return no(_("The outline has no point yet."))
        left = inspection.points.filter(result="").count()
        if inspection.state == Step.CONDUCT and left:
            return no(_("%(n)s points of the outline have not been looked into.") % {"n": left})
    return verdict


def can_extend(account: Account, inspection: Inspection, on: date) -> Verdict:
    if not inspection.is_running:
        return no(_("This is not done while the inspection is “%(state)s”.") % {"state": _state(inspection)})
    return can_decide(account, inspection.item.programme.unit, on)


def can_write_conclusion(account: Account, inspection: Inspection, on: date) -> Verdict:
    return can_work(account, inspection, on, Step.FINISH)


def can_conclude(account: Account, inspection: Inspection, on: date) -> Verdict:
    """A leader issues what somebody else has written."""
    if inspection.state != Step.FINISH:
        return no(_("This is not done while the inspection is “%(state)s”.") % {"state": _state(inspection)})
    if not inspection.conclusion:
        return no(_("The conclusion is not written yet."))
    if late := inspection.findings.filter(due_on__lt=on).order_by("position").first():
        return no(_("The day set for finding %(n)s is past: set another first.") % {"n": late.position})
    return _decides_apart(account, inspection.item.programme.unit, inspection.claim, on)


def can_give(account: Account, inspection: Inspection, on: date) -> Verdict:
    """Findings of a concluded inspection become tasks: by whoever prepares tasks of the unit that inspects."""
    if not inspection.is_concluded:
        return no(_("The inspection is not concluded yet."))
    if not Finding.objects.to_give().filter(inspection=inspection).exists():
        return no(_("Every finding is a task already."))
    return can_prepare(account, inspection.item.programme.unit, on)


def can_accept(account: Account, finding: Finding, on: date) -> Verdict:
    """As `can_follow`, never whoever reported it done; once the remedy was carried out (the action looks)."""
    reported = reporters(finding.task_id)
    if account.pk in reported:
        return no(_("Who reported the remedy done does not accept it."))
    return can_follow(account, finding, on, besides=reported)


def can_follow(account: Account, finding: Finding, on: date, *, besides: Collection[int] = ()) -> Verdict:
    """The team, the follower or a leader, for a finding still open after the conclusion."""
    inspection = finding.inspection
    if finding.closed_on:
        return no(_("This remedy was accepted already."))
    if not inspection.is_concluded:
        return no(_("The inspection is not concluded yet."))
    if inspection.follower_id == account.pk:
        unit = inspection.item.programme.unit
        if holding := holding_at(account, unit, CONTENT_READERS, on, ACT, besides=besides):
            return yes(holding)
    return _of_team(account, inspection, on, besides=besides)


def without_team(on: date) -> Q:
    """Inspections of whose team nobody holds a post of the unit any more: leaders of the unit carry them on."""
    team = TeamMember.objects.filter(item=OuterRef(OuterRef("item"))).values("account")
    return ~Q(Exists(_standing(on).filter(account__in=team)))


def without_follower(on: date) -> Q:
    """Inspections whose follower holds no post of the unit any more."""
    return ~Q(Exists(_standing(on).filter(account=OuterRef("follower"))))


def _standing(on: date) -> HoldingQuerySet:
    rows = Holding.objects.on(on).filter(account__is_active=True, post__role__in=CONTENT_READERS)
    return rows.filter(post__unit=OuterRef("item__programme__unit"))


def reporters(task: int | None) -> set[int]:
    """Accounts that reported on the work of a task, and those in whose name they did."""
    rows = ProgressReport.objects.filter(assignment__task=task) if task else ProgressReport.objects.none()
    return {pk for pair in rows.order_by().values_list("by", "principal") for pk in pair if pk}
