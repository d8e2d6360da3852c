"""Posts of a unit: making them, giving them to people, delegating, ending."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.common.clock import day_of
from trienkhai.common.days import OPEN_END
from trienkhai.orgs import journal, rules
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Holding, Manner, Post, Role, Span, Unit
from trienkhai.people.models import Account


@transaction.atomic
def create_post(
    unit: Unit, *, title: str, role: str, reach: str = Span.OWN, by: Account, at: datetime, may_issue: bool = False
) -> Post:
    """A new post at `unit`. Raises Refused; ValidationError when the unit already has a post of that title."""
    verdict = rules.can_manage_units(by, day_of(at), unit).require()
    if Post.objects.filter(unit=unit, title=title).exists():
        raise ValidationError({"title": _("This unit already has a post of that title.")})
    if role not in Role.values or reach not in Span.values:
        raise ValidationError(_("There is no such role or reach."))
    post = Post.objects.create(unit=unit, title=title, role=role, reach=reach, may_issue=may_issue)
    journal.created([post])
    record("post.created", post, by=actor(by, verdict.holding), at=at, unit_path=unit.path, role=role, reach=reach)
    return post


@transaction.atomic
def appoint(
    post: Post,
    account: Account,
    *,
    valid_from: date,
    valid_to: date = OPEN_END,
    manner: str = Manner.HOLDS,
    decision: str = "",
    by: Account,
    at: datetime,
) -> Holding:
    """Give a post to a person for a span. Raises Refused or ValidationError (a span that runs backward)."""
    verdict = rules.can_manage_units(by, day_of(at), post.unit).require()
    if manner not in Manner.values or manner == Manner.DELEGATED:
        raise ValidationError({"manner": _("A post is held, acted in, or taken charge of; delegating is another act.")})
    if valid_to <= valid_from:
        raise ValidationError({"valid_to": _("The last day lies before the first.")})
    holding = Holding.objects.create(
        post=post, account=account, manner=manner, decision=decision, valid_from=valid_from, valid_to=valid_to
    )
    journal.created([holding])
    record("post.given", post, by=actor(by, verdict.holding), at=at, unit_path=post.unit.path, account=account.pk)
    return holding


@transaction.atomic
def delegate(
    holding: Holding, to: Account, *, acts: list[str], valid_from: date, valid_to: date, by: Account, at: datetime
) -> Holding:
    """Hand a post's acts to a deputy for a period (ủy quyền); set by the holder or by an administrator.

    Raises ValidationError when the holding is itself a delegation: an ủy quyền cannot be passed on.
    """
    if holding.manner == Manner.DELEGATED:
        raise ValidationError(_("What was delegated cannot be delegated further."))
    if valid_to <= valid_from:
        raise ValidationError({"valid_to": _("The last day lies before the first.")})
    verdict = None
    if by.pk != holding.account_id:
        verdict = rules.can_manage_units(by, day_of(at), holding.post.unit).require()
    given = Holding.objects.create(
        post=holding.post,
        account=to,
        manner=Manner.DELEGATED,
        acts=acts,
        principal=holding,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    journal.created([given])
    who = actor(by, verdict.holding if verdict else holding)
    record("post.delegated", holding.post, by=who, at=at, unit_path=holding.post.unit.path, account=to.pk, acts=acts)
    return given


@transaction.atomic
def end_holding(holding_id: int, *, on: date, by: Account, at: datetime) -> Holding:
    """Let a holding end: `on` is the first day without it, not after its present end. Its delegations end with it."""
    holding = Holding.objects.select_for_update(of=("self",)).select_related("post__unit").get(pk=holding_id)
    verdict = rules.can_manage_units(by, day_of(at), holding.post.unit).require()
    if not holding.valid_from < on <= holding.valid_to:
        raise ValidationError({"on": _("The last day lies before the first.")})
    journal.update(Holding.objects.filter(principal=holding, valid_to__gt=on, valid_from__lt=on), valid_to=on)
    holding.valid_to = on
    journal.save(holding, fields=["valid_to"])
    record("post.ended", holding.post, by=actor(by, verdict.holding), at=at, account=holding.account_id, on=str(on))
    return holding
