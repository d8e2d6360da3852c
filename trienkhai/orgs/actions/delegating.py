"""Deputies: a post's acts handed to another person for a period (ủy quyền)."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.common.clock import day_of
from trienkhai.orgs import journal, rules_posts
from trienkhai.orgs.actions.telling import tell_given
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Holding, Manner
from trienkhai.people.models import Account


@transaction.atomic
def delegate(
    holding: Holding, to: Account, *, acts: Collection[str], valid_from: date, valid_to: date, by: Account, at: datetime
) -> Holding:
    """Hand a post's acts to a deputy for a period; set by the holder or by the office (`can_set_deputy`).

    acts: verbs; none for all of the post's. The period ends with the holding it comes from at the latest.
    Raises Refused; ValidationError when the holding is itself a delegation (an ủy quyền cannot be passed on), for a
    period that runs backward, and when the person is the holder or a deputy of the same holder then.
    """
    rows = Holding.objects.select_for_update(of=("self",), no_key=True)
    holding = rows.select_related("post__unit__present", "account", "principal").get(pk=holding.pk)
    if holding.manner == Manner.DELEGATED:
        raise ValidationError(_("What was delegated cannot be delegated further."))
    verdict = rules_posts.can_set_deputy(by, holding, day_of(at)).require()
    if valid_to <= valid_from:
        raise ValidationError({"valid_to": _("The last day lies before the first.")})
    if to.pk == holding.account_id:
        raise ValidationError({"account": _("Nobody is their own deputy.")})
    if to.pk == by.pk:
        raise ValidationError({"account": _("Whoever sets a deputy for another person is not that deputy.")})
    if holding.valid_to <= valid_from:
        raise ValidationError({"valid_from": _("The post is no longer held by then.")})
    again = Holding.objects.filter(principal=holding, account=to).meeting(valid_from, valid_to).first()
    if again:
        words = {"name": to.name, "day": f"{again.valid_from:%d/%m/%Y}"}
        raise ValidationError({"account": _("%(name)s is a deputy already, from %(day)s.") % words})
    given = Holding.objects.create(
        post=holding.post,
        account=to,
        manner=Manner.DELEGATED,
        acts=list(acts),
        principal=holding,
        valid_from=max(valid_from, holding.valid_from),
        valid_to=min(valid_to, holding.valid_to),
    )
    journal.created([given])
    who, path = actor(by, verdict.holding), holding.post.unit.path
    data: dict[str, Any] = {
        "account": to.pk,
        "acts": list(acts),
        "valid_from": str(given.valid_from),
        "valid_to": str(given.valid_to),
    }
    act = record("post.delegated", holding.post, by=who, at=at, unit_path=path, **data)
    tell_given(given, act, at)
    return given
