"""Who sees working sessions and their dossiers, who prepares and concludes, who speaks for the unit.

The tracking officers and leaders of the upper unit prepare: plan, make the dossier, record what is concluded, draft the
notice. Leaders, officers, focal points and secretaries of both units see the session; so do the people invited while
they hold the post for which they were. Nobody else, whatever branch they read: an inspector sees the notice when it is
issued. The dossier tells the work of a whole branch: of these people only those who see that branch read it.
"""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from trienkhai.common import paths
from trienkhai.common.verdict import Verdict, no, yes
from trienkhai.documents.models import DraftState
from trienkhai.documents.rules_drafting import can_draft
from trienkhai.orgs.models import Holding, Role, Unit
from trienkhai.orgs.rules import BRANCH_READERS, Reach, earlier_units, holding_at, reach_of, reads_below, work_reach
from trienkhai.people.models import Account
from trienkhai.tasks.rules import can_prepare
from trienkhai.worksessions.models import Dossier, Participant, Session, SessionQuerySet, SessionState, UnitWord

READERS = (Role.LEADER, Role.OFFICER, Role.FOCAL, Role.SECRETARY)
PREPARERS = (Role.OFFICER, Role.LEADER)
SPEAKERS = (Role.FOCAL, Role.LEADER, Role.SECRETARY, Role.OFFICER)
ACT = "prepare"


def own_ids(account: Account, on: date) -> set[int]:
    """Units whose sessions are the person's own, also those from which such a unit took over."""
    held = {grant.unit_id for grant in reach_of(account, on).of(*READERS).grants}
    return held | earlier_units(account, on, *READERS)


def preparing_ids(account: Account, on: date) -> set[int]:
    return {grant.unit_id for grant in reach_of(account, on).of(*PREPARERS).able(ACT).grants}


def speaking_ids(account: Account, on: date) -> set[int]:
    return {grant.unit_id for grant in reach_of(account, on).of(*SPEAKERS).able("submit").grants}


def preparing_units(account: Account, on: date) -> list[Unit]:
    """Units that may hold sessions with a unit below, the highest first."""
    rows = Unit.objects.filter(pk__in=preparing_ids(account, on), child_versions__isnull=False)
    return list(rows.distinct().select_related("present").order_by("path"))


def stands_below(unit: Unit, upper: Unit, on: date) -> bool:
    """May `upper` hold a session with the unit, as the tree stands?"""
    return unit.closed_on > on and unit.pk != upper.pk and paths.is_within(unit.path or "", upper.path or "")


def visible_sessions(account: Account, on: date) -> SessionQuerySet:
    """Of both units, for their leaders, officers, focal points and secretaries; and those to which one is invited."""
    own = sorted(own_ids(account, on))
    held = Holding.objects.on(on).filter(account=account)
    invited = Participant.objects.filter(account=account, holding__in=held)
    return Session.objects.filter(Q(upper__in=own) | Q(unit__in=own) | Q(pk__in=invited.values("session")))


def guided(account: Account, on: date) -> Reach:
    """The branches whose work the person sees; of units that stand."""
    grants = work_reach(account, on).of(*BRANCH_READERS).grants
    return Reach(tuple(grant for grant in grants if grant.branch))


def visible_dossiers(account: Account, on: date) -> QuerySet[Dossier]:
    """Of sessions in sight, for those who see the work of the unit's branch, or of the branch of its successor."""
    branches = guided(account, on)
    by = {grant.holding_id for grant in branches.grants}
    former = [grant.unit_id for grant in reach_of(account, on).earlier if grant.holding_id in by]
    rows = Dossier.objects.filter(branches.q("unit__path") | Q(unit__in=former))
    return rows.filter(session__in=visible_sessions(account, on))


def can_plan(account: Account, upper: Unit, on: date) -> Verdict:
    """A tracking officer or a leader of a standing unit."""
    if upper.closed_on <= on:
        return no(_("This unit no longer stands."))
    holding = holding_at(account, upper, PREPARERS, on, ACT)
    said = _("A tracking officer or a leader of %(unit)s does this.") % {"unit": upper}
    return yes(holding) if holding else no(said)


def can_change(account: Account, session: Session, on: date) -> Verdict:
    """Day, place, people and content, until it was held."""
    if session.state != SessionState.PLANNED:
        return no(_("This working session was held or cancelled already."))
    return can_plan(account, session.upper, on)


def can_make_dossier(account: Account, session: Session, on: date) -> Verdict:
    """By whoever sees the whole branch that it tells of."""
    if not reads_below(account, session.unit, on):
        said = _("Whoever makes the dossier sees the work of the whole branch of %(unit)s.")
        return no(said % {"unit": session.unit})
    return can_change(account, session, on)


def can_conclude(account: Account, session: Session, on: date) -> Verdict:
    """What is concluded is recorded while the session is held: from its day on, until it is ended."""
    if session.state == SessionState.PLANNED and session.day > on:
        return no(_("The day of the working session has not come: change the day if it is held sooner."))
    return can_change(account, session, on)


def can_speak(account: Account, session: Session, on: date) -> Verdict:
    """The unit tells its difficulties and proposals until the session is ended."""
    if session.state != SessionState.PLANNED:
        return no(_("This working session was held or cancelled already."))
    holding = holding_at(account, session.unit, SPEAKERS, on, "submit")
    return yes(holding) if holding else no(_("Only people of %(unit)s tell this.") % {"unit": session.unit})


def can_take_back(account: Account, word: UnitWord, on: date) -> Verdict:
    return can_speak(account, word.session, on)


def can_draft_notice(account: Account, session: Session, on: date) -> Verdict:
    """Of a session that was held and concluded something, once; by whoever drafts documents for the upper unit."""
    if session.state != SessionState.ENDED:
        return no(_("End the working session first."))
    if not session.conclusions.exists():
        return no(_("Nothing was concluded: there is nothing to tell."))
    if not (writes := can_draft(account, session.upper, on)):
        return writes
    return can_plan(account, session.upper, on)


def can_give(account: Account, session: Session, on: date) -> Verdict:
    """Tasks are read out of the notice as issued, by whoever prepares tasks of the upper unit."""
    if session.paper is None:
        return no(_("The notice of the conclusions has not been issued."))
    return can_prepare(account, session.upper, on)


def notice_is_open(session: Session) -> bool:
    return session.notice is not None and session.notice.state != DraftState.DROPPED
