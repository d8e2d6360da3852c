"""What a unit that ends leaves in this area: drafts, slips handed to it, dossiers, the numbers of its books.

Entries stay filed in the books they stand in, which its heirs read (`orgs.rules.earlier_units`); a number that was
given is never given again. The heir's books go on as they are or begin, or take up the numbers of the unit that ends.
"""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trienkhai.audit.actions import Actor
from trienkhai.common.clock import day_of
from trienkhai.documents.models import Dossier, Draft, DraftState, Series, Slip
from trienkhai.orgs import journal
from trienkhai.orgs.hanging import Hanging
from trienkhai.orgs.models import Term, Unit
from trienkhai.orgs.succession import CLOSE, CONTINUE, DIVIDE, UP, Carrier, Ending, Kind, numbered

ALL = (CONTINUE, CLOSE, DIVIDE, UP)


def _open_slips(end: Ending) -> QuerySet[Slip]:
    return Slip.objects.filter(unit=end.unit, state__in=(Slip.State.GIVEN, Slip.State.RECEIVED))


def _running(end: Ending) -> QuerySet[Series]:
    """Runs of numbers of the year or the term, while the unit stands."""
    now = Q(period=str(end.on.year)) | Q(term__starts_on__lte=end.on, term__ends_on__gte=end.on)
    return Series.objects.filter(now, unit=end.unit, unit__closed_on__gt=end.on)


DRAFTS = Kind(
    "drafts",
    gettext_lazy("drafts being written"),
    ALL,
    lambda end: Draft.objects.filter(unit=end.unit, state=DraftState.OPEN),
    words=lambda row: numbered(row, day_of(row.created_at)),
)
SLIPS = Kind(
    "slips",
    gettext_lazy("slips handed to the unit"),
    ALL,
    _open_slips,
    words=lambda row: numbered(row, day_of(row.given_at)),
)
DOSSIERS = Kind(
    "dossiers",
    gettext_lazy("dossiers not closed"),
    ALL,
    lambda end: Dossier.objects.filter(unit=end.unit, closed_on=None),
    words=lambda row: numbered(row, row.opened_on, row.code),
)
NUMBERS = Kind("series", gettext_lazy("numbers of its books (closed: the heir's own books go on or begin)"),
               (CLOSE, CONTINUE), _running)  # fmt: skip


def _carry_ending(end: Ending, by: Actor, at: datetime) -> None:
    reason = str(_("The unit ended."))
    if DRAFTS.closes(end):
        journal.update(DRAFTS.rows(end), state=DraftState.DROPPED)
    for heir, ids in DRAFTS.shares(end):
        journal.update(Draft.objects.filter(pk__in=ids), unit=heir)
    if SLIPS.closes(end):
        closed = {"state": Slip.State.RETURNED, "closed_at": at, "closed_by": by.account_id, "answer": reason}
        journal.update(SLIPS.rows(end), **closed)
    for heir, ids in SLIPS.shares(end):
        journal.update(Slip.objects.filter(pk__in=ids), unit=heir, post=None)
    if DOSSIERS.closes(end):
        _close_dossiers(DOSSIERS.rows(end), end)
    for heir, ids in DOSSIERS.shares(end):
        rows = Dossier.objects.filter(pk__in=ids)
        twice = list(rows.filter(code__in=heir.dossiers.values("code")).values_list("pk", flat=True))
        journal.update(rows.exclude(pk__in=twice), unit=heir)
        _close_dossiers(rows.filter(pk__in=twice), end)
    for heir, ids in NUMBERS.shares(end):
        for run in Series.objects.filter(pk__in=ids).order_by("pk"):
            _number_on(run, heir, end)


def _close_dossiers(rows: QuerySet[Dossier], end: Ending) -> None:
    """Also what has a code that the heir uses for another matter."""
    for row in list(rows.order_by("pk")):
        row.closed_on = max(end.on, row.opened_on)
        journal.save(row, fields=["closed_on"])


def _number_on(run: Series, heir: Unit, end: Ending) -> None:
    """The heir's run begins after the last number given; one in which it has given numbers goes on by itself."""
    term = None
    if run.term_id:
        term = Term.objects.filter(unit=heir, starts_on__lte=end.on, ends_on__gt=end.on).first()
        if term is None:
            return
    period = f"term-{term.pk}" if term else run.period
    known = Series.objects.select_for_update(of=("self",)).filter(
        unit=heir, book=run.book, of=run.of, period=period
    ).first()  # fmt: skip
    if known is None:
        new = Series.objects.create(
            unit=heir, book=run.book, of=run.of, period=period, term=term, first=run.last + 1, last=run.last
        )
        journal.created([new])
    elif known.last < run.last and not known.entries.exists():
        known.first, known.last = run.last + 1, run.last
        journal.save(known, fields=["first", "last"])


HANGING = Hanging(
    "slips",
    gettext_lazy("slips handed to the post (without another: to the unit)"),
    lambda post: Slip.objects.filter(post=post, state__in=(Slip.State.GIVEN, Slip.State.RECEIVED)),
    lambda rows, to: journal.update(rows, post=to),
)
carrier = Carrier(
    "documents",
    kinds=(DRAFTS, SLIPS, DOSSIERS, NUMBERS),
    carry_ending=_carry_ending,
    parts=(DRAFTS, SLIPS, DOSSIERS),
    carry_part=_carry_ending,
)
