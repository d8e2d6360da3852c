"""The leaders of a unit with the steps of the year; the theme that holds for it."""

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet

from trienkhai.common import paths
from trienkhai.conduct import rules
from trienkhai.conduct.models import Commitment, Period, Review, Theme
from trienkhai.conduct.norms import due_days
from trienkhai.orgs.models import Holding, Unit


@dataclass(frozen=True)
class Step:
    """One step of a person in a year: `state` is done, told (the collective has not commented), or missing."""

    state: str
    due_on: date | None
    late: bool


@dataclass(frozen=True)
class Line:
    """A person with what is there of the year. `commitment`: None while there is none, or none in sight. `elsewhere`:
    the other unit where it was made.
    """

    person: str
    post: str
    commitment: Commitment | None
    commit: Step
    half: Step
    year: Step
    elsewhere: str = ""

    @property
    def steps(self) -> list[Step]:
        return [self.commit, self.half, self.year]


def lines_of(rows: QuerySet[Commitment], unit: Unit, year: int, on: date) -> list[Line]:
    """Leaders and the secretary of the unit in that year, then whoever else committed there. Five queries at most.

    A commitment counts wherever it was made, unless it ended with its unit; what it says opens only from `rows`, those
    that the person looking may see.
    """
    due = due_days(year, unit.path or "")
    found = list(
        rows.filter(unit=unit, year=year).select_related("account", "member").prefetch_related("reviews").order_by("pk")
    )
    seats: dict[int, Holding] = {}
    signing = rules.signing_in(year, on).filter(post__unit=unit)
    for seat in signing.select_related("account", "post").order_by("post__pk", "pk"):
        seats.setdefault(seat.account_id, seat)
    made = Commitment.objects.going_on().filter(account__in=list(seats), year=year)
    by_account = {row.account_id: row for row in made.select_related("unit__present").prefetch_related("reviews")}
    seen = set(rows.filter(pk__in=[row.pk for row in by_account.values()]).values_list("pk", flat=True))
    lines = []
    for pk, seat in seats.items():
        line = _line(seat.account.name, seat.post.title, by_account.get(pk), due, on)
        row = line.commitment
        away = row.unit.short_name if row and row.unit_id != unit.pk else ""
        lines.append(replace(line, commitment=row if row and row.pk in seen else None, elsewhere=away))
    lines += [_line(row.person, row.post, row, due, on) for row in found if row.account_id not in seats]
    return lines


def _line(person: str, post: str, row: Commitment | None, due: dict[str, date], on: date) -> Line:
    ended = bool(row and row.ended)
    reviews = {one.period: one for one in row.reviews.all()} if row else {}
    commit = _step("done" if row else "missing", due.get("commit"), on, row.made_on if row else None, ended)
    half, year = (_of_review(reviews.get(period), due.get(period), on, ended) for period in Period.values)
    return Line(person, post, row, commit, half, year)


def _of_review(review: Review | None, due: date | None, on: date, ended: bool) -> Step:
    if review is None:
        return _step("missing", due, on, None, ended)
    state = "done" if review.commented_on else "told"
    return _step(state, due, on, review.told_on, ended)


def _step(state: str, due: date | None, on: date, done_on: date | None, ended: bool) -> Step:
    """Late by the day on which the person did it, not by the day of the collective's comment."""
    late = due is not None and not ended and (done_on or on) > due
    return Step(state, due, late)


def theme_of(unit: Unit, year: int) -> Theme | None:
    """The theme of the unit, else of the nearest one above that set one."""
    ids = paths.ids(unit.path or "")
    rows = Theme.objects.filter(unit__in=ids, year=year).select_related("unit__present", "document")
    return max(rows, key=lambda row: ids.index(row.unit_id), default=None)
