"""Who sees and who does what with sendings, receipts, plans and sessions."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from trienkhai.common.verdict import Verdict, no, yes
from trienkhai.dissemination.models import (
    Receipt,
    ReceiptQuerySet,
    Sending,
    SessionFile,
    SessionState,
    StudyPlan,
    StudySession,
)
from trienkhai.documents.models import Document
from trienkhai.documents.rules import REGISTRARS, units_see
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.queries import standing_for
from trienkhai.orgs.rules import holding_at, reach_of, work_reach
from trienkhai.people.models import Account

RECEIVERS = (Role.CLERK, Role.OFFICER, Role.LEADER, Role.FOCAL, Role.SECRETARY)
"""Posts that open and acknowledge for their unit."""
ADDRESSED = (Role.CLERK, Role.FOCAL, Role.SECRETARY)
"""Those among them that get the notice: what is sent is delivered when somebody holds one."""
PLANNERS = (Role.OFFICER, Role.LEADER, Role.FOCAL, Role.SECRETARY)
"""Posts that plan the study of their unit and tell its figures."""


def visible_sendings(account: Account, on: date) -> QuerySet[Sending]:
    """What units in reach sent down."""
    return Sending.objects.filter(work_reach(account, on).q("sender__path"))


def own_sendings(account: Account, on: date) -> QuerySet[Sending]:
    """What units at which the person holds a post of content sent down."""
    return Sending.objects.filter(sender__in={grant.unit_id for grant in work_reach(account, on).grants})


def visible_receipts(account: Account, on: date) -> ReceiptQuerySet:
    """What units in reach received, and what was received of their own sendings."""
    reach = work_reach(account, on)
    return Receipt.objects.filter(reach.q("unit__path") | reach.q("sending__sender__path"))


def visible_plans(account: Account, on: date) -> QuerySet[StudyPlan]:
    """Plans of units in reach; a member sees those of the units where it holds a post."""
    return StudyPlan.objects.filter(_study_sight(account, on, ""))


def visible_sessions(account: Account, on: date) -> QuerySet[StudySession]:
    return StudySession.objects.filter(_study_sight(account, on, "plan__"))


def visible_session_files(account: Account, on: date) -> QuerySet[SessionFile]:
    return SessionFile.objects.filter(_study_sight(account, on, "session__plan__"))


def _study_sight(account: Account, on: date, way: str) -> Q:
    studies = sorted(units_studied_at(account, on))
    return work_reach(account, on).q(f"{way}unit__path") | Q(**{f"{way}unit__in": studies})


def reads_branch(account: Account, unit: Unit, on: date) -> bool:
    """Does the person see what units below that one did? A focal point, clerk or secretary sees the own unit."""
    return any(grant.branch and grant.covers(unit.path or "") for grant in work_reach(account, on).grants)


def units_studied_at(account: Account, on: date) -> set[int]:
    """Units whose study is the person's own, as a member or by an office there."""
    return {grant.unit_id for grant in reach_of(account, on).of(Role.MEMBER, *RECEIVERS).grants}


def units_receiving(account: Account, on: date, act: str = "") -> list[int]:
    """Units for which the person opens and acknowledges; with `act` those where it may do just that."""
    reach = reach_of(account, on).of(*RECEIVERS)
    return sorted({grant.unit_id for grant in (reach.able(act) if act else reach).grants})


def units_planning(account: Account, on: date) -> list[int]:
    return sorted({grant.unit_id for grant in reach_of(account, on).of(*PLANNERS).able("study").grants})


def sending_units(account: Account, on: date) -> list[Unit]:
    """Units for which the person sends down, the highest first."""
    ids = {grant.unit_id for grant in reach_of(account, on).of(*REGISTRARS).able("send").grants}
    return list(Unit.objects.filter(pk__in=ids).select_related("present").order_by("path"))


def can_send(account: Account, document: Document, sender: Unit, on: date) -> Verdict:
    """The clerk, an officer or a leader of a unit that has sight of the document and it still stands."""
    if document.withdrawn_at:
        return no(_("The document was withdrawn."))
    if not units_see([sender], document, on):
        return no(_("This unit has no sight of the document."))
    holding = holding_at(account, sender, REGISTRARS, on, "send") if sender.closed_on > on else None
    return yes(holding) if holding else no(_("Only a clerk, an officer or a leader of the unit sends down."))


def can_remind(account: Account, sending: Sending, on: date) -> Verdict:
    """All who are missing, once a day. For a sender that stands no longer its successor reminds."""
    if sending.reminded_on == on:
        return no(_("They were reminded today already."))
    heir = standing_for(sending.sender, on)
    if heir == sending.sender or sending.document.withdrawn_at:
        return can_send(account, sending.document, sending.sender, on)
    holding = holding_at(account, heir, REGISTRARS, on, "send")
    return yes(holding) if holding else no(_("Only a clerk, an officer or a leader of the unit sends down."))


def can_acknowledge(account: Account, receipt: Receipt, on: date) -> Verdict:
    """A post of the unit itself, once, for the version last sent to it."""
    if receipt.acknowledged_at:
        return no(_("This unit has acknowledged it already."))
    if not receipt.current:
        return no(_("A later version was sent to this unit: acknowledge that one."))
    return _as_receiver(account, receipt.unit, on, "acknowledge")


def can_close(account: Account, receipt: Receipt, on: date) -> Verdict:
    """The unit says what came of it, after acknowledging; it may say so anew."""
    if not receipt.acknowledged_at:
        return no(_("Acknowledge it first."))
    if not receipt.current:
        return no(_("A later version was sent to this unit."))
    return _as_receiver(account, receipt.unit, on, "acknowledge")


def _as_receiver(account: Account, unit: Unit, on: date, act: str) -> Verdict:
    if unit.closed_on <= on:
        return no(_("This unit no longer stands."))
    holding = holding_at(account, unit, RECEIVERS, on, act)
    return yes(holding) if holding else no(_("Only a post of the receiving unit does this."))


def can_plan(account: Account, unit: Unit, on: date) -> Verdict:
    """Whoever plans the unit's study: its secretary, focal point, officer or leader."""
    if unit.closed_on <= on:
        return no(_("This unit no longer stands."))
    holding = holding_at(account, unit, PLANNERS, on, "study")
    return yes(holding) if holding else no(_("Only a post of the unit itself plans its study."))


def can_plan_document(account: Account, document: Document, unit: Unit, on: date) -> Verdict:
    """For a document that the unit has sight of."""
    if not units_see([unit], document, on):
        return no(_("This unit has no sight of the document."))
    return can_plan(account, unit, on)


def can_change_session(account: Account, session: StudySession, on: date) -> Verdict:
    """Time, place and form of a session that is still to come."""
    if session.state != SessionState.PLANNED:
        return no(_("This session was held or cancelled already."))
    return can_plan(account, session.plan.unit, on)


def can_tell_attendance(account: Account, session: StudySession, on: date) -> Verdict:
    """The figures of a session, told or put right; those of a cancelled one never."""
    if session.state == SessionState.CANCELLED:
        return no(_("This session was cancelled."))
    return can_plan(account, session.plan.unit, on)


def can_add_session_file(account: Account, session: StudySession, on: date) -> Verdict:
    return can_tell_attendance(account, session, on)
