"""Who sees a reorganisation file, prepares, approves and takes it back."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from trienkhai.common.clock import day_of
from trienkhai.common.verdict import Verdict, no, yes
from trienkhai.orgs.models import Reorganisation, ReorganisationState, Role, Span, Unit
from trienkhai.orgs.rules import Person, holding_at, reach_of
from trienkhai.people.models import Account

ACT = "reorganise"
"""What a delegate must have been given to prepare or decide files in somebody's name."""
PREPARERS = (Role.ADMIN, Role.OFFICER)
KNOWN_TO_ALL = (ReorganisationState.CARRIED_OUT, ReorganisationState.TAKEN_BACK)


def _units_where(account: Person, roles: tuple[Role, ...], on: date, *, branch: bool = False) -> set[int]:
    grants = reach_of(account, on).of(*roles).able(ACT).grants
    return {grant.unit_id for grant in grants if grant.branch or not branch}


def visible_reorganisations(account: Person, on: date) -> QuerySet[Reorganisation]:
    """Carried-out files for anyone with a post; others for administrators, officers and leaders of the office."""
    if not account.is_authenticated or not reach_of(account, on).grants:
        return Reorganisation.objects.none()
    offices = _units_where(account, (*PREPARERS, Role.LEADER), on)
    return Reorganisation.objects.filter(Q(state__in=KNOWN_TO_ALL) | Q(office__in=offices))


def preparing_offices(account: Person, on: date) -> QuerySet[Unit]:
    """Units for whose branch the person prepares files."""
    return Unit.objects.standing(on).filter(pk__in=_units_where(account, PREPARERS, on, branch=True))


def awaiting_approval(account: Person, on: date) -> QuerySet[Reorganisation]:
    """Files that the person may approve today."""
    offices = _units_where(account, (Role.LEADER,), on)
    rows = Reorganisation.objects.filter(state=ReorganisationState.SUBMITTED, office__in=offices)
    return rows.exclude(submitted_by=account.pk)


def returned_to(account: Person, on: date) -> QuerySet[Reorganisation]:
    """Returned files of the offices for which the person prepares."""
    return Reorganisation.objects.filter(state=ReorganisationState.RETURNED, office__in=preparing_offices(account, on))


def can_prepare(account: Account, office: Unit, on: date) -> Verdict:
    holding = holding_at(account, office, PREPARERS, on, ACT)
    if holding is None or holding.post.reach != Span.BRANCH:
        return no(_("Only an administrator or officer of the office, with its branch, prepares a reorganisation."))
    return yes(holding) if office.closed_on > on else no(_("The office no longer stands."))


def can_change(account: Account, file: Reorganisation, on: date) -> Verdict:
    """Its steps and words; also submitting it and setting it aside."""
    if not file.is_open:
        return no(_("Only a draft or a returned file can be changed."))
    return can_prepare(account, file.office, on)


def can_approve(account: Account, file: Reorganisation, on: date) -> Verdict:
    if file.state != ReorganisationState.SUBMITTED:
        return no(_("Only a submitted file is decided."))
    return _leads(account, file, on)


def can_try(account: Account, file: Reorganisation, on: date) -> Verdict:
    """Whoever may change it, or decides it."""
    verdict = can_change(account, file, on)
    return verdict if verdict else can_approve(account, file, on)


def can_return(account: Account, file: Reorganisation, on: date) -> Verdict:
    """A submitted one; also one that was approved and still waits for its day."""
    if file.state not in (ReorganisationState.SUBMITTED, ReorganisationState.APPROVED):
        return no(_("Only a submitted file is decided."))
    return _leads(account, file, on)


def _leads(account: Account, file: Reorganisation, on: date) -> Verdict:
    """A leader of the office, and never whoever submitted it, nor in that person's name."""
    submitter = file.submitted_by_id
    holding = holding_at(account, file.office, [Role.LEADER], on, ACT, besides={submitter} if submitter else set())
    if submitter == account.pk:
        return no(_("Who submitted the file does not decide it."))
    return yes(holding) if holding else no(_("Only a leader of the office decides a reorganisation."))


def can_take_back(account: Account, file: Reorganisation, on: date) -> Verdict:
    """On the day on which it was carried out, by a leader of the office."""
    if file.state != ReorganisationState.CARRIED_OUT or file.carried_out_at is None:
        return no(_("Only a file that was carried out is taken back."))
    if day_of(file.carried_out_at) != on:
        return no(_("A file is taken back on the day on which it was carried out, not later."))
    holding = holding_at(account, file.office, [Role.LEADER], on, ACT)
    return yes(holding) if holding else no(_("Only a leader of the office decides a reorganisation."))
