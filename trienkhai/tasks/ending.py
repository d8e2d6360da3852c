"""What a unit that ends leaves open in this area: work it holds, its programmes and focuses in force; work it gave."""

from datetime import date, timedelta

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trienkhai.orgs import journal
from trienkhai.orgs.models import Unit
from trienkhai.orgs.succession import CLOSE, CONTINUE, DIVIDE, UP, Ending, Kind, numbered
from trienkhai.tasks.models import OPEN_STATES, Assignment, Focus, Programme, ProgrammeItem


def open_programmes(on: date) -> QuerySet[Programme]:
    return Programme.objects.filter(ends_on__gte=on)


def open_focuses(on: date) -> QuerySet[Focus]:
    return Focus.objects.filter(valid_to__gt=on)


def open_items(on: date) -> QuerySet[ProgrammeItem]:
    """Items for which a unit is responsible, not closed, of programmes that still run."""
    return ProgrammeItem.objects.filter(closed="", programme__in=open_programmes(on))


def held(end: Ending) -> QuerySet[Assignment]:
    return Assignment.objects.filter(held_by=end.unit, state__in=OPEN_STATES)


def _programmes(end: Ending) -> QuerySet[Programme]:
    """Those that run; of a unit that has ended those alone that have open items."""
    is_open = Exists(ProgrammeItem.objects.filter(programme=OuterRef("pk"), closed=""))
    return open_programmes(end.on).filter(Q(is_open) | Q(unit__closed_on__gt=end.on), unit=end.unit)


def _items(end: Ending) -> QuerySet[ProgrammeItem]:
    return open_items(end.on).filter(unit=end.unit)


WORK = Kind(
    "assignments",
    gettext_lazy("work that the unit holds"),
    (CONTINUE, CLOSE, DIVIDE, UP),
    held,
    words=lambda row: numbered(row, row.due_on, row.task.reference),
    content=str,
)
PROGRAMMES = Kind(
    "programmes",
    gettext_lazy("programmes of work"),
    (CONTINUE, CLOSE, UP),
    _programmes,
)
ITEMS = Kind(
    "items",
    gettext_lazy("items of programmes that the unit answers for"),
    (CONTINUE, CLOSE, DIVIDE, UP),
    _items,
    words=lambda row: numbered(row, row.due_on),
)
FOCUSES = Kind(
    "focuses",
    gettext_lazy("focuses of the unit"),
    (CONTINUE, CLOSE, DIVIDE, UP),
    lambda end: open_focuses(end.on).filter(unit=end.unit),
    words=lambda row: numbered(row, row.valid_from, row.get_kind_display()),
    content=str,
)


def _same_period(heir: Unit) -> Q:
    """Condition on programmes that the heir has one of too, for the same time."""
    same = Q(pk__in=[])
    for kind, starts_on in Programme.objects.filter(unit=heir).values_list("kind", "starts_on"):
        same |= Q(kind=kind, starts_on=starts_on)
    return same


def needs_decision(end: Ending) -> list[str]:
    """Focuses that both have."""
    asked = []
    for heir, ids in FOCUSES.shares(end):
        titles = Focus.objects.filter(unit=heir).values("title")
        for focus in Focus.objects.filter(pk__in=ids, title__in=titles):
            asked.append(_("Both units have a focus “%(name)s”: end or rename one of them first.") % {"name": focus})
    return asked


def carry_plans(end: Ending) -> None:
    """Of a programme for a time for which the heir has one too, the open items go on in that one."""
    reason = str(_("The unit ended."))
    dropped = {"closed": ProgrammeItem.Closed.DROPPED, "closed_on": end.on, "reason": reason}
    if PROGRAMMES.closes(end):
        journal.update(ProgrammeItem.objects.filter(programme__in=PROGRAMMES.ids(end), closed=""), **dropped)
        started = PROGRAMMES.rows(end).filter(starts_on__lt=end.on - timedelta(days=1))
        journal.update(started, ends_on=end.on - timedelta(days=1))
    if ITEMS.closes(end):
        journal.update(ProgrammeItem.objects.filter(pk__in=ITEMS.ids(end)), **dropped)
    items = ITEMS.shares(end)
    for heir, ids in PROGRAMMES.shares(end):
        rows = Programme.objects.filter(pk__in=ids)
        for programme in rows.filter(_same_period(heir)).order_by("pk"):
            _join(programme, heir, end)
        journal.update(rows.exclude(_same_period(heir)), unit=heir)
    for heir, ids in items:
        journal.update(ProgrammeItem.objects.filter(pk__in=ids, closed=""), unit=heir)
    if FOCUSES.closes(end):
        journal.update(FOCUSES.rows(end).filter(valid_from__lt=end.on), valid_to=end.on)
    journal.update(open_focuses(end.on).filter(owner__unit=end.unit), owner=None)
    for heir, ids in FOCUSES.shares(end):
        journal.update(Focus.objects.filter(pk__in=ids), unit=heir)


def _join(programme: Programme, heir: Unit, end: Ending) -> None:
    """Let the open items go on, with the tasks made of them, in the heir's programme for the same time."""
    theirs = Programme.objects.get(unit=heir, kind=programme.kind, starts_on=programme.starts_on)
    added = str(_("Taken over from %(unit)s, which ended.") % {"unit": end.unit}) if theirs.in_force else ""
    last = theirs.items.aggregate(last=Max("position"))["last"] or 0
    for place, item in enumerate(programme.items.filter(closed="").order_by("position", "pk"), start=last + 1):
        copy = ProgrammeItem.objects.get(pk=item.pk)
        copy.pk, copy.programme, copy.position, copy.added_reason = None, theirs, place, added
        copy.unit_id = heir.pk if item.unit_id == end.unit.pk else item.unit_id
        copy._state.adding = True
        copy.save()
        journal.created([copy])
        item.carried_to, item.closed, item.closed_on = copy, ProgrammeItem.Closed.CARRIED, end.on
        journal.save(item, fields=["carried_to", "closed", "closed_on"])


def left_with_closed(on: date) -> dict[int, int]:
    """Unit that no longer stands → how much open work, programmes with open items, focuses it still has."""
    closed = Unit.objects.filter(closed_on__lte=on)
    found: dict[int, int] = {}
    asked = (
        Assignment.objects.filter(held_by__in=closed, state__in=OPEN_STATES).values_list("held_by"),
        open_programmes(on).filter(unit__in=closed, items__closed="").values_list("unit"),
        open_focuses(on).filter(unit__in=closed).values_list("unit"),
    )
    for rows in asked:
        for unit, number in rows.order_by().annotate(n=Count("pk", distinct=True)):
            found[unit] = found.get(unit, 0) + number
    return found
