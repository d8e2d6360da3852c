"""Who plans supervision, who answers recommendations; who keeps and reads the lists of democracy at the grassroots.

The representative of mass organisations of a unit plans, tells what was found and recommends; those addressed answer.
Nobody else writes there: not the unit's leaders, not the administrator.
"""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from trienkhai.common import paths
from trienkhai.common.verdict import Verdict, no, yes
from trienkhai.orgs.models import Holding, HoldingQuerySet, Role, Unit
from trienkhai.orgs.rules import CONTENT_READERS, earlier_units, holding_at, reach_of, work_reach
from trienkhai.oversight.models import (
    Matter,
    MatterQuerySet,
    Outcome,
    Plan,
    Proof,
    Question,
    Recommendation,
    RecommendationQuerySet,
    Subject,
    SubjectState,
)
from trienkhai.people.models import Account

ANSWERERS = (Role.LEADER, Role.SECRETARY, Role.FOCAL)
KEEPERS = (Role.LEADER, Role.SECRETARY, Role.OFFICER, Role.CLERK, Role.FOCAL)
EVERYONE = (*CONTENT_READERS, Role.MASS, Role.MEMBER)
ACT = "oversee"


def units_of(account: Account, on: date, *roles: str) -> set[int]:
    """Units where the person acts by such a post, as a deputy only where that act was given."""
    return {grant.unit_id for grant in reach_of(account, on).of(*roles).able(ACT).grants}


def read_ids(account: Account, on: date, *roles: str) -> set[int]:
    """Own units and those that stand no longer from which one of them took over."""
    held = {grant.unit_id for grant in reach_of(account, on).of(*roles).grants}
    return held | earlier_units(account, on, *roles)


def visible_plans(account: Account, on: date) -> QuerySet[Plan]:
    """Those of the own unit and of units in reach once they are announced; before, for who makes them."""
    seen = work_reach(account, on).q("unit__path") & Q(announced_on__isnull=False)
    return Plan.objects.filter(seen | Q(unit__in=read_ids(account, on, Role.MASS)))


def visible_subjects(account: Account, on: date) -> QuerySet[Subject]:
    """Those of plans in sight, and those by which an own unit or post is addressed once the plan is announced."""
    seen = (work_reach(account, on).q("plan__unit__path") | work_reach(account, on).q("addressee__path")) & Q(
        plan__announced_on__isnull=False
    )
    return Subject.objects.filter(seen | Q(plan__unit__in=read_ids(account, on, Role.MASS)))


def visible_recommendations(account: Account, on: date) -> RecommendationQuerySet:
    """Those of subjects in sight, and those that an own unit has to answer now."""
    answering = Q(answers_by__in=read_ids(account, on, *CONTENT_READERS))
    return Recommendation.objects.filter(answering | Q(subject__in=visible_subjects(account, on).values("pk")))


def can_plan(account: Account, unit: Unit, on: date) -> Verdict:
    if unit.closed_on <= on:
        return no(_("This unit no longer stands."))
    holding = holding_at(account, unit, (Role.MASS,), on, ACT)
    said = _("The representative of mass organisations at %(unit)s does this.")
    return yes(holding) if holding else no(said % {"unit": unit})


def can_address(plan: Plan, addressee: Unit, on: date) -> Verdict:
    """The unit itself or one in its branch."""
    stands = addressee.path is not None and addressee.closed_on > on
    if stands and paths.is_within(addressee.path or "", plan.unit.path or "-"):
        return Verdict(True)
    return no(_("The unit itself or one below it is addressed."))


def can_hold(account: Account, subject: Subject, on: date) -> Verdict:
    """Tell that it was held, or that it is not held."""
    if subject.state != SubjectState.PLANNED:
        return no(_("This subject was held or left out already."))
    if subject.plan.announced_on is None:
        return no(_("Announce the plan first: those addressed have not seen it."))
    return can_plan(account, subject.plan.unit, on)


def can_drop(account: Account, subject: Subject, on: date) -> Verdict:
    if subject.state != SubjectState.PLANNED:
        return no(_("This subject was held or left out already."))
    return can_plan(account, subject.plan.unit, on)


def can_recommend(account: Account, subject: Subject, on: date) -> Verdict:
    if subject.state != SubjectState.HELD:
        return no(_("Recommendations follow from what was held."))
    return can_plan(account, subject.plan.unit, on)


def held_posts(on: date) -> HoldingQuerySet:
    """Holdings of posts that stand: what was addressed to a post without one is the unit's to answer."""
    return Holding.objects.on(on).filter(account__is_active=True, post__abolished_on__gt=on)


def can_reply(account: Account, row: Recommendation, on: date) -> Verdict:
    """A leader, secretary or focal point of the unit that answers; for a leader's post that is held its holder or a
    leader."""
    if row.outcome != Outcome.OPEN:
        return no(_("This recommendation was answered already."))
    subject, unit = row.subject, row.answers_by
    if unit.closed_on <= on:
        return no(_("This unit no longer stands."))
    addressed = subject.post_id if subject.addressee_id == unit.pk else None
    if addressed and (held := list(held_posts(on).filter(post=addressed).select_related("post__unit__present"))):
        own = next((one for one in held if one.account_id == account.pk and one.allows(ACT)), None)
        holding = own or holding_at(account, unit, (Role.LEADER,), on, ACT)
        said = _("The holder of the post addressed or a leader of %(unit)s answers.")
        return yes(holding) if holding and account.is_active else no(said % {"unit": unit})
    holding = holding_at(account, unit, ANSWERERS, on, ACT)
    return yes(holding) if holding else no(_("%(unit)s answers this recommendation.") % {"unit": unit})


def visible_matters(account: Account, on: date) -> MatterQuerySet:
    """What is owed to the people of a unit is theirs to read, members too; and of those who see its work."""
    own = Q(unit__in=read_ids(account, on, *EVERYONE))
    return Matter.objects.filter(work_reach(account, on).q("unit__path") | own)


def visible_proofs(account: Account, on: date) -> QuerySet[Proof]:
    return Proof.objects.filter(matter__in=visible_matters(account, on).values("pk"))


def visible_questions(account: Account, on: date) -> QuerySet[Question]:
    own = Q(unit__in=read_ids(account, on, *EVERYONE))
    return Question.objects.filter(work_reach(account, on).q("unit__path") | own)


def can_keep(account: Account, unit: Unit, on: date) -> Verdict:
    """Keep the lists and their proofs."""
    if unit.closed_on <= on:
        return no(_("This unit no longer stands."))
    holding = holding_at(account, unit, KEEPERS, on, ACT)
    return yes(holding) if holding else no(_("The office of %(unit)s keeps these lists.") % {"unit": unit})


def can_change_matter(account: Account, matter: Matter, on: date) -> Verdict:
    if matter.dropped:
        return no(_("This matter was left out."))
    return can_keep(account, matter.unit, on)


def can_drop_matter(account: Account, matter: Matter, on: date) -> Verdict:
    if matter.done_on:
        return no(_("This matter has its proof: it is done."))
    return can_change_matter(account, matter, on)


def can_ask(account: Account, unit: Unit, on: date) -> Verdict:
    """Enter a question: the office of the unit, or the representative of mass organisations who brings it."""
    if unit.closed_on <= on:
        return no(_("This unit no longer stands."))
    holding = holding_at(account, unit, (*KEEPERS, Role.MASS), on, ACT)
    said = _("The office of %(unit)s or the representative of mass organisations enters questions.")
    return yes(holding) if holding else no(said % {"unit": unit})


def can_answer(account: Account, question: Question, on: date) -> Verdict:
    if question.answered_on:
        return no(_("This question was answered already."))
    if question.unit.closed_on <= on:
        return no(_("This unit no longer stands."))
    holding = holding_at(account, question.unit, ANSWERERS, on, ACT)
    said = _("A leader, the secretary or the focal point of %(unit)s answers.")
    return yes(holding) if holding else no(said % {"unit": question.unit})
