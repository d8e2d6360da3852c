"""What waits for a person: the own commitment and reports by their day, comments that the collective owes."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.common.days import OPEN_END
from trienkhai.conduct import rules
from trienkhai.conduct.models import Commitment, CommitmentQuerySet, Period, Review, Theme
from trienkhai.conduct.norms import ahead, due_days, followed
from trienkhai.conduct.queries.leaders import theme_of
from trienkhai.orgs.models import Role, Unit
from trienkhai.people.models import Account

MOST = 30


@dataclass(frozen=True)
class Row:
    """One line in the queue of work: its words, day, and the one next act with its page."""

    title: str
    sub: str
    due_on: date
    act: str
    url: str


def rows_waiting(account: Account, on: date) -> list[Row]:
    """By day. A fixed number of queries, none for whoever does not commit by name, two small ones where no theme was
    ever set: every page asks for the number.
    """
    units = rules.own_ids(account, on, *rules.SIGNERS)
    if not units or not (Theme.objects.exists() or Commitment.objects.exists()):
        return []
    rows = [*_own(account, units, on), *_comments(account, units, on)]
    return sorted(rows, key=lambda row: (row.due_on, row.title))[:MOST]


def _own(account: Account, units: set[int], on: date) -> list[Row]:
    """The report on last year that is still missing, and the next step of this year's commitment, from so many days
    before its day as the norm says.

    Nobody is asked to commit where no theme of the year stands.
    """
    unit = Unit.objects.filter(pk__in=units).select_related("present").order_by("path")[0]
    rows = Commitment.objects.going_on().filter(account=account, year__in=(on.year - 1, on.year))
    made = {row.year: row for row in rows.select_related("unit__present").prefetch_related("reviews")}
    found = _left_of(made[on.year - 1], on) if on.year - 1 in made else []
    due = due_days(on.year, unit.path or "")
    last = on + ahead(on)
    if on.year not in made:
        if "commit" not in due or due["commit"] > last or theme_of(unit, on.year) is None:
            return found
        url = reverse("conduct:commit", args=[unit.pk])
        words = _("Commitment of %(year)s") % {"year": on.year}
        return [*found, Row(words, unit.short_name, due["commit"], _("Commit"), url)]
    told = {review.period for review in made[on.year].reviews.all()}
    for period in Period:
        if period not in told and period.value in due and due[period.value] <= last:
            return [*found, _to_report(made[on.year], period, unit, due[period.value])]
    return found


def _left_of(row: Commitment, on: date) -> list[Row]:
    """The report on the whole of a past year, for so many days after its day as the norm says."""
    day = due_days(row.year, row.unit.path or "").get(Period.YEAR.value)
    told = {review.period for review in row.reviews.all()}
    asked = day is not None and Period.YEAR not in told and on <= day + followed(on)
    return [_to_report(row, Period.YEAR, row.unit, day)] if asked and day else []


def _to_report(row: Commitment, period: Period, unit: Unit, day: date) -> Row:
    url = reverse("conduct:report", args=[row.pk, period.value])
    words = _("Own report: %(period)s %(year)s") % {"period": period.label, "year": row.year}
    return Row(words, unit.short_name, day, _("Write the own report"), url)


def _alone_below(account: Account, seen: CommitmentQuerySet, on: date) -> list[int]:
    """Commitments told of whose authors sign alone, on which leaders of an own unit comment. Looked for directly below,
    and farther down under units where nobody else leads."""
    led = rules.own_ids(account, on, Role.LEADER)
    leaders = rules.signing(on).filter(post__role=Role.LEADER)
    itself = leaders.filter(post__unit=OuterRef("unit__present__parent"), account=OuterRef("account"))
    unled = ~Q(unit__present__parent__in=leaders.values("post__unit")) | Q(Exists(itself))
    rows = seen.filter(reviews__told_on__isnull=False, reviews__commented_on=None)
    rows = rows.filter(unled | Q(unit__present__parent__in=led)).select_related("unit", "member")
    return [pk for pk, unit in rules.commenters_above(list(rows), on).items() if unit in led] if led else []


def _comments(account: Account, units: set[int], on: date) -> list[Row]:
    """In the own unit, and below it where the author is the only one to sign."""
    seen = rules.visible_commitments(account, on).going_on()
    rows = Review.objects.filter(commented_on=None, commitment__in=seen.values("pk"))
    rows = rows.filter(Q(commitment__unit__in=units) | Q(commitment__in=_alone_below(account, seen, on)))
    rows = rows.exclude(Q(commitment__account=account) | Q(commitment__member__account=account))
    rows = rows.select_related("commitment__unit__present")
    said = _("Enter the comment of the collective")
    found: list[Row] = []
    known: dict[tuple[int, int], dict[str, date]] = {}
    for row in rows.order_by("told_on", "pk")[:MOST]:
        unit, year = row.commitment.unit, row.commitment.year
        words = _("Own report without a comment: %(period)s %(year)s")
        if (unit.pk, year) not in known:
            known[unit.pk, year] = due_days(year, unit.path or "")
        day = known[unit.pk, year].get(row.period, OPEN_END)
        url = reverse("conduct:commitment", args=[row.commitment_id])
        found.append(Row(words % {"period": row.get_period_display(), "year": year}, unit.short_name, day, said, url))
    return found
