"""The yearly review of rights: opened for a branch, each right confirmed, ended or given an end, then closed."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.common.clock import day_of
from trienkhai.common.verdict import Refused
from trienkhai.orgs import rules, rules_accounts
from trienkhai.orgs.actions.posts import end_holding
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Holding, Outcome, Review, ReviewMark, Unit
from trienkhai.orgs.queries_accounts import to_review
from trienkhai.people.models import Account


@transaction.atomic
def open_review(unit: Unit, year: int, *, by: Account, at: datetime) -> Review:
    """The review of that year for the unit's branch. Raises Refused when there is one already."""
    verdict = rules_accounts.can_review(by, unit, day_of(at)).require()
    values = {"opened_on": day_of(at), "opened_by": by}
    review, made = Review.objects.get_or_create(unit=unit, year=year, defaults=values)
    if not made:
        raise Refused(_("The review of %(year)s has been opened already.") % {"year": year})
    record("review.opened", review, by=actor(by, verdict.holding), at=at, unit_path=unit.path, year=year)
    return review


@transaction.atomic
def decide(
    review_id: int, holding_ids: Sequence[int], outcome: str, *, by: Account, at: datetime, until: date | None = None
) -> int:
    """Confirm these holdings, end them today, or give them a last day: all of them or none, in one act.

    until: the first day without the right, for `changed`. Those decided meanwhile are passed over; nobody decides on
    a right of one's own. Returns how many were decided on.
    """
    review = _locked(review_id)
    on = day_of(at)
    verdict = rules_accounts.can_review(by, review.unit, on).require()
    if outcome not in Outcome.values:
        raise ValidationError(_("There is no such decision."))
    if outcome == Outcome.CHANGED and until is None:
        raise ValidationError({"until": _("Say from which day the right ends.")})
    if outcome != Outcome.CONFIRMED:
        rules.can_manage_units(by, on, review.unit).require()
    rows = list(to_review(review, on).filter(pk__in=list(holding_ids)).select_related("account", "post__unit__present"))
    if any(by.pk in row.behind for row in rows):
        raise Refused(_("Nobody reviews a right of one's own; another administrator or a leader does."))
    if outcome != Outcome.CONFIRMED:
        _end(rows, on if outcome == Outcome.ENDED else until or on, by=by, at=at)
    marks = [ReviewMark(review=review, holding=row, outcome=outcome, by=by, at=at) for row in rows]
    ReviewMark.objects.bulk_create(marks, batch_size=1000)
    if rows:
        ids = sorted(row.pk for row in rows)
        who = actor(by, verdict.holding)
        path = review.unit.path
        record(f"review.{outcome}", review, by=who, at=at, unit_path=path, count=len(rows), holdings=ids)
    return len(rows)


def _locked(review_id: int) -> Review:
    rows = Review.objects.select_for_update(of=("self",)).select_related("unit__present")
    review = rows.get(pk=review_id)
    if review.closed_at:
        raise Refused(_("This review is closed."))
    return review


def _end(rows: Sequence[Holding], first_without: date, *, by: Account, at: datetime) -> None:
    persons, ids = {row.account_id: row.account for row in rows}, [row.pk for row in rows]
    if left := rules_accounts.left_without(list(persons.values()), day_of(at), ids):
        raise Refused(
            _("The last administrator of %(unit)s cannot be ended. Give that post to another person first.")
            % {"unit": left[0].name}
        )
    for row in rows:
        if row.valid_from >= first_without or first_without > row.valid_to:
            words = {"name": row.account.name, "post": row.post.title}
            raise ValidationError({"until": _("%(name)s – %(post)s: the day lies outside of the holding.") % words})
        end_holding(row.pk, on=first_without, by=by, at=at)


@transaction.atomic
def close_review(review_id: int, *, by: Account, at: datetime) -> Review:
    """Close a review in which nothing is left to decide; the act keeps its sums."""
    review = _locked(review_id)
    verdict = rules_accounts.can_review(by, review.unit, day_of(at)).require()
    if left := to_review(review, day_of(at)).count():
        raise Refused(_("%(n)d rights have not been decided on yet.") % {"n": left})
    review.closed_at = at
    review.save(update_fields=["closed_at"])
    sums: dict[str, Any] = {outcome: review.marks.filter(outcome=outcome).count() for outcome in Outcome.values}
    who = actor(by, verdict.holding)
    record("review.closed", review, by=who, at=at, unit_path=review.unit.path, year=review.year, **sums)
    return review
