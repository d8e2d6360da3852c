"""Who proposes to whom, who answers; who reads feedback."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from trienkhai.common import paths
from trienkhai.common.verdict import YES, Verdict, no, yes
from trienkhai.feedback.models import Letter, Proposal, ProposalStep, ReceivingPost, Remark
from trienkhai.orgs.models import Holding, Post, Role, Unit
from trienkhai.orgs.rules import earlier_units, holding_at, reach_of
from trienkhai.people.models import Account

HANDLERS = (Role.LEADER, Role.OFFICER, Role.SECRETARY)
ANSWERERS = (Role.LEADER, Role.SECRETARY)
SPEAKERS = (Role.LEADER, Role.OFFICER, Role.SECRETARY, Role.FOCAL, Role.MASS)
MEMBERS = tuple(role for role in Role.values if role != Role.ADMIN)


# Proposals


def _ids(account: Account, on: date, roles: Iterable[str]) -> set[int]:
    return {grant.unit_id for grant in reach_of(account, on).of(*roles).grants}


def proposing_units(account: Account, on: date) -> list[Unit]:
    """Units of the person, the lowest first: whoever holds a post there may propose."""
    ids = _ids(account, on, MEMBERS)
    rows = Unit.objects.filter(pk__in=ids).select_related("present")
    return sorted(rows, key=lambda unit: (-unit.depth, unit.pk)) if ids else []


def speaks_for(account: Account, unit: Unit, on: date) -> bool:
    return unit.pk in _ids(account, on, SPEAKERS)


def units_above(unit: Unit, on: date) -> list[Unit]:
    """The units above that stand, the nearest first."""
    ids = paths.ids(unit.path or "")[:-1]
    found = Unit.objects.filter(pk__in=ids, closed_on__gt=on).select_related("present").in_bulk()
    return [found[pk] for pk in reversed(ids) if pk in found]


def can_propose(account: Account, unit: Unit, to: Unit, for_unit: bool, on: date) -> Verdict:
    """Upward, one level or several; a person also to the own unit."""
    roles = SPEAKERS if for_unit else MEMBERS
    holding = holding_at(account, unit, roles, on)
    if not holding:
        return no(_("You hold no post at %(unit)s that may do this.") % {"unit": unit})
    if to.pk == unit.pk and for_unit:
        return no(_("A unit proposes to a unit above it."))
    if to.pk != unit.pk and to.pk not in {one.pk for one in units_above(unit, on)}:
        return no(_("A proposal goes to your unit or to one above it."))
    return yes(holding)


def handling_ids(account: Account, on: date) -> set[int]:
    """Units whose proposals the person answers or passes on."""
    return _ids(account, on, HANDLERS)


def own_proposals(account: Account, on: date) -> Q:
    """The person's, and those of units for which the person speaks, also of units from which these took over."""
    speaking = _ids(account, on, SPEAKERS) | earlier_units(account, on, *SPEAKERS)
    return Q(by=account) | Q(for_unit=True, unit__in=speaking)


def visible_proposals(account: Account, on: date) -> QuerySet[Proposal]:
    """One's own, those of one's unit, those that wait for one's unit or went through it; an inspector's branch."""
    handling = handling_ids(account, on) | earlier_units(account, on, *HANDLERS)
    passed = ProposalStep.objects.filter(source__in=handling).values("proposal")
    condition = own_proposals(account, on) | Q(held_by__in=handling)
    if handling:
        condition |= Q(pk__in=passed)
    inspecting = reach_of(account, on).of(Role.INSPECTOR)
    if inspecting.grants:
        condition |= inspecting.q("held_by__path")
    return Proposal.objects.filter(condition)


def waiting_proposals(account: Account, on: date) -> QuerySet[Proposal]:
    """Those that the person may answer or pass on now."""
    handling = handling_ids(account, on)
    return Proposal.objects.filter(held_by__in=handling, outcome="").exclude(by=account)


def can_pass_on(account: Account, proposal: Proposal, on: date) -> Verdict:
    if not proposal.is_open:
        return no(_("This proposal has been answered or withdrawn."))
    holding = holding_at(account, proposal.held_by, HANDLERS, on, besides=(proposal.by_id,))
    if holding:
        return yes(holding)
    return no(_("A leader or a tracking officer of %(unit)s passes it on.") % {"unit": proposal.held_by})


def can_pass_to(proposal: Proposal, to: Unit, on: date) -> Verdict:
    """To a unit above the one that holds it, or to one of its own branch."""
    held = proposal.held_by.path or ""
    if to.pk == proposal.held_by_id or to.path is None or to.closed_on <= on:
        return no(_("Choose another unit that stands today."))
    if paths.is_within(held, to.path) or paths.is_within(to.path, held):
        return YES
    return no(_("It is passed on to a unit above, or to one of the own branch."))


def can_answer(account: Account, proposal: Proposal, on: date) -> Verdict:
    """A leader of the unit that holds it; never in the name of who proposed it."""
    if not proposal.is_open:
        return no(_("This proposal has been answered or withdrawn."))
    holding = holding_at(account, proposal.held_by, ANSWERERS, on, "answer", besides=(proposal.by_id,))
    if holding:
        return yes(holding)
    if account.pk == proposal.by_id:
        return no(_("Nobody answers a proposal of their own."))
    return no(_("A leader of %(unit)s answers it.") % {"unit": proposal.held_by})


def can_withdraw(account: Account, proposal: Proposal) -> Verdict:
    if proposal.by_id != account.pk:
        return no(_("Only who wrote it withdraws it."))
    return YES if proposal.is_open else no(_("This proposal has been answered or withdrawn."))


# Feedback: receiving posts


def receiving_units(on: date) -> QuerySet[Unit]:
    """Units that take feedback: a leader has named a post for it, and somebody holds that post."""
    held = held_posts(on).values("post__unit")
    return Unit.objects.filter(pk__in=held, closed_on__gt=on, path__isnull=False).select_related("present")


def held_posts(on: date) -> QuerySet[Holding]:
    """Holdings of receiving posts by people who can sign in."""
    return Holding.objects.on(on).seated().filter(post__receiving__isnull=False, account__is_active=True)


def nearest_receiving(to: Unit, on: date) -> Unit:
    """The unit, or the nearest above whose feedback somebody reads; the unit itself when there is none."""
    return place_of_remark(to, None, on) or to


def has_open(unit: Unit) -> bool:
    """Does feedback that was handed over wait for an answer there?"""
    letters, remarks = Letter.objects.filter(unit=unit, answered_on=None), Remark.objects.filter(unit=unit)
    return letters.exists() or remarks.filter(answered_at=None).exists()


def can_leave_with(unit: Unit, posts: Iterable[int], on: date) -> Verdict:
    """May just these posts receive it? Somebody has to hold one while something waits."""
    held = Holding.objects.on(on).seated().filter(post__in=list(posts), account__is_active=True)
    if held.exists() or not has_open(unit):
        return YES
    return no(_("Feedback waits for an answer here: name a post that somebody holds, or answer it first."))


def can_name_posts(account: Account, unit: Unit, on: date) -> Verdict:
    holding = holding_at(account, unit, ANSWERERS, on, "feedback")
    return yes(holding) if holding else no(_("A leader of %(unit)s decides this.") % {"unit": unit})


def nameable_posts(unit: Unit) -> QuerySet[Post]:
    return Post.objects.filter(unit=unit).exclude(role__in=(Role.ADMIN, Role.MEMBER)).order_by("title")


def _receiving(account: Account, on: date) -> QuerySet[Holding]:
    """Holdings of receiving posts; a delegate only when feedback is among the acts delegated."""
    rows = Holding.objects.on(on).filter(account=account, post__receiving__isnull=False, post__unit__closed_on__gt=on)
    return rows.select_related("post__unit__present", "principal__account", "principal__post")


def receiving_holdings(account: Account, on: date) -> dict[int, Holding]:
    """Unit → the holding by which the person reads what is given to it."""
    if not account.is_active:
        return {}
    return {row.post.unit_id: row for row in _receiving(account, on) if row.allows("feedback")}


def posts_of(unit_id: int) -> list[int]:
    return list(ReceivingPost.objects.filter(post__unit=unit_id).values_list("post", flat=True))


# Feedback by name


def stands_near(about: Account | int, unit: Unit, on: date) -> bool:
    """Does the person criticised read feedback there or lead there, also through a delegate?"""
    pk = about if isinstance(about, int) else about.pk
    posts = Q(post__receiving__isnull=False) | Q(post__role__in=ANSWERERS)
    rows = Holding.objects.on(on).filter(posts, Q(account=pk) | Q(principal__account=pk), post__unit=unit)
    return rows.exists()


def place_of_remark(to: Unit, about: Account | int | None, on: date) -> Unit | None:
    """Whose receiving posts get it: the unit it is meant for, or the nearest above where the person criticised neither
    reads nor leads; None when there is none.
    """
    receiving = {unit.pk for unit in receiving_units(on)}
    for unit in [to, *units_above(to, on)]:
        if unit.pk in receiving and (about is None or not stands_near(about, unit, on)):
            return unit
    return None


def can_remark(account: Account, to: Unit, about: Account | None, on: date) -> Verdict:
    if not reach_of(account, on).grants:
        return no(_("Whoever holds a post in the organisation gives feedback by name."))
    if about is not None and about.pk == account.pk:
        return no(_("Feedback on oneself is not given here."))
    if place_of_remark(to, about, on) is None:
        return no(_("No level above can receive this: the person criticised reads feedback or leads at each of them."))
    return YES


def visible_remarks(account: Account, on: date) -> QuerySet[Remark]:
    """Those given to units for which the person reads feedback, never criticism of that person or of who delegated;
    and one's own.
    """
    holdings = receiving_holdings(account, on)
    behind = {pk for row in holdings.values() for pk in row.behind} | {account.pk}
    received = Q(unit__in=list(holdings)) & ~Q(about__in=behind)
    return Remark.objects.filter(received | Q(by=account))


def waiting_remarks(account: Account, on: date) -> QuerySet[Remark]:
    """Those that the person receives and that nobody has answered."""
    rows = visible_remarks(account, on).filter(unit__in=list(receiving_holdings(account, on)), answered_at=None)
    return rows.exclude(by=account)


def can_read_remark(account: Account, remark: Remark, on: date) -> Verdict:
    """By a receiving post of its unit; who wrote it reads it without one."""
    holding = receiving_holdings(account, on).get(remark.unit_id)
    if holding is None:
        return no(_("Only the posts named for it read feedback."))
    if remark.about_id in holding.behind:
        return no(_("Criticism of a person is not for that person to read or answer."))
    return yes(holding)


def can_answer_remark(account: Account, remark: Remark, on: date) -> Verdict:
    if remark.answered_at:
        return no(_("This has been answered."))
    verdict = can_read_remark(account, remark, on)
    if not verdict:
        return verdict
    if remark.by_id in verdict.holding.behind:
        return no(_("Nobody answers feedback of their own."))
    if remark.about_id and stands_near(remark.about_id, remark.unit, on):
        return no(_("The person criticised reads feedback or leads here by now: pass it on to the level above."))
    return verdict


def can_send_up(account: Account, remark: Remark, on: date) -> Verdict:
    """To the nearest level above that may have it."""
    if remark.answered_at:
        return no(_("This has been answered."))
    verdict = can_read_remark(account, remark, on)
    return verdict if not verdict or next_place(remark, on) else no(_("No level above receives feedback."))


def next_place(remark: Remark, on: date) -> Unit | None:
    above = units_above(remark.unit, on)
    return place_of_remark(above[0], remark.about_id, on) if above else None


# Feedback without a name


def visible_letters(account: Account, on: date) -> QuerySet[Letter]:
    return Letter.objects.filter(unit__in=list(receiving_holdings(account, on)))


def can_answer_letter(account: Account, letter: Letter, on: date) -> Verdict:
    if letter.answered_on:
        return no(_("This has been answered."))
    holding = receiving_holdings(account, on).get(letter.unit_id)
    return yes(holding) if holding else no(_("Only the posts named for it read feedback."))
