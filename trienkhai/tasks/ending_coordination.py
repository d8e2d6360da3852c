"""What a unit that ends leaves open with others: co-ordinating parts and watches, waits for it, requests that name it,
partnerships, opinions, answers to upper documents still being written. What the heir has already is closed, so that
nothing stands twice.
"""

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trienkhai.audit.actions import Actor
from trienkhai.common.clock import day_of
from trienkhai.documents.models import Draft, DraftState
from trienkhai.orgs import journal
from trienkhai.orgs.models import Unit
from trienkhai.orgs.succession import CLOSE, CONTINUE, DIVIDE, UP, Ending, Kind, numbered
from trienkhai.tasks.models import (
    OPEN_STATES,
    Assignment,
    Concretising,
    CoordinationPaper,
    Opinion,
    Partnership,
    Request,
    RequestOutcome,
    Share,
    ShareKind,
    Wait,
)

LONGEST = 500


def _shares(end: Ending, kind: str) -> QuerySet[Share]:
    work = Assignment.objects.filter(task=OuterRef("task"), state__in=OPEN_STATES)
    rows = Share.objects.filter(unit=end.unit, kind=kind)
    return rows.filter(Exists(work) | Q(task__issued_on=None, task__dropped=False) | Q(task__next_on__isnull=False))


def _opinions() -> QuerySet[Opinion]:
    return Opinion.objects.filter(answered_on=None, withdrawn_on=None)


def _partnerships(end: Ending) -> QuerySet[Partnership]:
    return Partnership.objects.filter(Q(unit=end.unit) | Q(partner=end.unit), valid_to__gt=end.on)


def _concretisings(end: Ending) -> QuerySet[Concretising]:
    """Without a paper so far, and not put aside; of a unit that has ended those with an open draft."""
    rows = Concretising.objects.filter(unit=end.unit, result=None)
    begun = Q(draft=None, unit__closed_on__gt=end.on)
    return rows.filter(begun | Q(draft__document=None, draft__state=DraftState.OPEN))


ALL = (CONTINUE, CLOSE, DIVIDE, UP)
PARTS = Kind(
    "parts",
    gettext_lazy("co-ordinating parts not answered"),
    ALL,
    lambda end: _shares(end, ShareKind.PART).filter(answered_on=None),
    words=lambda row: numbered(row, row.due_on, row.task.reference),
    content=lambda row: str(row.task),
)
WATCHES = Kind(
    "watches",
    gettext_lazy("tasks that the unit watches"),
    (CONTINUE, CLOSE),
    lambda end: _shares(end, ShareKind.WATCH),
)
WAITS = Kind(
    "waits",
    gettext_lazy("work that waits for the unit"),
    ALL,
    lambda end: Wait.objects.standing().filter(unit=end.unit),
    words=lambda row: numbered(row, row.since_on),
)
REQUESTS = Kind(
    "requests",
    gettext_lazy("requests to hand work over to the unit"),
    (CONTINUE, CLOSE),
    lambda end: Request.objects.filter(proposed_unit=end.unit, outcome=RequestOutcome.OPEN),
)
PARTNERSHIPS = Kind(
    "partnerships", gettext_lazy("partnerships of the unit"), (CONTINUE, CLOSE, DIVIDE), _partnerships, str
)
ASKED = Kind(
    "opinions",
    gettext_lazy("opinions that the unit asked for"),
    ALL,
    lambda end: _opinions().filter(asker=end.unit),
    words=lambda row: numbered(row, row.on),
)
WANTED = Kind(
    "opinions_wanted",
    gettext_lazy("opinions that are asked of the unit"),
    ALL,
    lambda end: _opinions().filter(asked=end.unit),
    words=lambda row: numbered(row, row.on),
)
CONCRETISINGS = Kind(
    "concretisings",
    gettext_lazy("answers to upper documents still being written"),
    (CONTINUE, DIVIDE),
    _concretisings,
    words=lambda row: numbered(row, day_of(row.opened_at), row.document.reference),
)
KINDS = (PARTS, WATCHES, WAITS, REQUESTS, PARTNERSHIPS, ASKED, WANTED, CONCRETISINGS)


def _reason() -> str:
    return str(_("The unit ended."))


def carry(end: Ending, by: Actor) -> None:
    _carry_shares(end, by)
    _carry_waits(end, by)
    _carry_requests(end, by)
    _carry_partnerships(end)
    _carry_opinions(end)
    for heir, ids in CONCRETISINGS.shares(end):
        _hand_concretisings(ids, heir)


def _carry_shares(end: Ending, by: Actor) -> None:
    if PARTS.closes(end):
        _answer(PARTS.rows(end), end, by)
    if WATCHES.closes(end):
        journal.delete(Share.objects.filter(pk__in=WATCHES.ids(end)))
    for heir, ids in PARTS.shares(end):
        _hand_parts(ids, heir, end, by)
    for heir, ids in WATCHES.shares(end):
        rows = Share.objects.filter(pk__in=ids)
        twice = rows.filter(task__in=Share.objects.filter(unit=heir, kind=ShareKind.WATCH).values("task"))
        journal.delete(Share.objects.filter(pk__in=list(twice.values_list("pk", flat=True))))
        journal.update(rows, unit=heir)


def _answer(rows: QuerySet[Share], end: Ending, by: Actor) -> None:
    rows = Share.objects.filter(pk__in=list(rows.values_list("pk", flat=True)))
    journal.update(rows, answered_on=end.on, answer=_reason(), answered_by=by.account_id)


def _hand_parts(ids: list[int], heir: Unit, end: Ending, by: Actor) -> None:
    """A part of a task in which the heir has one or leads is closed here; its words join those of the heir's part."""
    rows = Share.objects.filter(pk__in=ids)
    theirs = {part.task_id: part for part in Share.objects.filter(unit=heir, kind=ShareKind.PART)}
    leads = Assignment.objects.filter(task=OuterRef("task"), held_by=heir, state__in=OPEN_STATES)
    twice = list(rows.filter(Q(task__in=theirs) | Exists(leads)).order_by("pk"))
    for part in twice:
        own = theirs.get(part.task_id)
        if own and not own.answered_on and part.text and part.text not in own.text:
            own.text = "; ".join(words for words in (own.text, part.text) if words)[:LONGEST]
            journal.save(own, fields=["text"])
    _answer(rows.filter(pk__in=[part.pk for part in twice]), end, by)
    journal.update(rows.exclude(pk__in=[part.pk for part in twice]), unit=heir)


def _carry_waits(end: Ending, by: Actor) -> None:
    ended = {"ended_on": end.on, "ended_by": by.account_id, "answer": _reason()}
    if WAITS.closes(end):
        journal.update(Wait.objects.filter(pk__in=WAITS.ids(end)), **ended)
    for heir, ids in WAITS.shares(end):
        rows = Wait.objects.filter(pk__in=ids)
        own = list(rows.filter(assignment__held_by=heir).values_list("pk", flat=True))
        journal.update(rows.filter(pk__in=own), **ended)
        journal.update(rows.exclude(pk__in=own), unit=heir)


def _carry_requests(end: Ending, by: Actor) -> None:
    """A request to hand work over to the unit that holds it now asks for nothing any more: it stays to be decided."""
    if REQUESTS.closes(end):
        refused = {"outcome": RequestOutcome.REFUSED, "answer": _reason(), "decided_by": by.account_id}
        journal.update(Request.objects.filter(pk__in=REQUESTS.ids(end)), **refused)
    for heir, ids in REQUESTS.shares(end):
        journal.update(Request.objects.filter(pk__in=ids), proposed_unit=heir)


def _carry_partnerships(end: Ending) -> None:
    reason = _reason()
    handed = PARTNERSHIPS.shares(end)
    if PARTNERSHIPS.closes(end):
        _end_partnerships(Partnership.objects.filter(pk__in=PARTNERSHIPS.ids(end)), end, reason)
    for heir, ids in handed:
        for row in Partnership.objects.filter(pk__in=ids).order_by("pk"):
            _hand_partnership(row, heir, end)


def _end_partnerships(rows: QuerySet[Partnership], end: Ending, reason: str) -> None:
    """One that began that day or later cannot end before it began: it goes, if nothing hangs on it."""
    journal.update(rows.filter(valid_from__lt=end.on), valid_to=end.on, end_basis=reason)
    papers = CoordinationPaper.objects.filter(partnership__in=rows, valid_from__lt=end.on, valid_to__gt=end.on)
    journal.update(papers, valid_to=end.on)


def _hand_partnership(row: Partnership, heir: Unit, end: Ending) -> None:
    """The partnership ends here and begins at the heir that day, with its regulations and what is asked of it."""
    unit, partner = (heir, row.partner) if row.unit_id == end.unit.pk else (row.unit, heir)
    if unit.pk == partner.pk:
        _end_partnerships(Partnership.objects.filter(pk=row.pk), end, _reason())
        return
    known = Partnership.objects.filter(unit=unit, partner=partner, valid_from__lte=end.on, valid_to__gt=end.on).first()
    if known is None and row.valid_from >= end.on:
        journal.update(Partnership.objects.filter(pk=row.pk), unit=unit, partner=partner)
        return
    if known is None:
        known = Partnership.objects.create(
            unit=unit, partner=partner, basis=row.basis, valid_from=end.on, valid_to=row.valid_to
        )
        journal.created([known])
    in_force = row.papers.filter(kind=CoordinationPaper.Kind.REGULATION, valid_from__lt=end.on, valid_to__gt=end.on)
    for paper in in_force.exclude(document__in=known.papers.values("document")).order_by("pk"):
        copy = CoordinationPaper(partnership=known, kind=paper.kind, document_id=paper.document_id, by_id=paper.by_id)
        copy.valid_from, copy.valid_to, copy.at = end.on, paper.valid_to, paper.at
        copy.save()
        journal.created([copy])
    journal.update(_opinions().filter(partnership=row), partnership=known)
    _end_partnerships(Partnership.objects.filter(pk=row.pk), end, _reason())


def _carry_opinions(end: Ending) -> None:
    """A unit does not ask itself: what would come to that is withdrawn."""
    withdrawn = {"withdrawn_on": end.on, "withdrawn_reason": _reason()}
    for kind, column in ((ASKED, "asker"), (WANTED, "asked")):
        if kind.closes(end):
            journal.update(Opinion.objects.filter(pk__in=kind.ids(end)), **withdrawn)
        for heir, ids in kind.shares(end):
            journal.update(Opinion.objects.filter(pk__in=ids), **{column: heir})
            journal.update(Opinion.objects.filter(pk__in=ids, asker=F("asked")), **withdrawn)


def _hand_concretisings(ids: list[int], heir: Unit) -> None:
    """With their drafts; where the heir answers the same document itself, the draft is put aside."""
    rows = Concretising.objects.filter(pk__in=ids)
    theirs = Concretising.objects.filter(unit=heir).values("document")
    twice = list(rows.filter(document__in=theirs).values_list("pk", flat=True))
    drafts = Draft.objects.filter(concretising__in=ids, state=DraftState.OPEN)
    put_aside = list(drafts.filter(concretising__in=twice).values_list("pk", flat=True))
    moving = list(drafts.exclude(concretising__in=twice).values_list("pk", flat=True))
    journal.update(Draft.objects.filter(pk__in=put_aside), state=DraftState.DROPPED)
    journal.update(Draft.objects.filter(pk__in=moving), unit=heir)
    journal.update(rows.exclude(pk__in=twice), unit=heir)
