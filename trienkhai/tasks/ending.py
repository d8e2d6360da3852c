"""What a unit that ends leaves open in this area: work it holds, its programmes and focuses in force; work it gave."""

from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from trienkhai.orgs.models import Unit
from trienkhai.orgs.succession import Ending
from trienkhai.tasks.models import OPEN_STATES, Assignment, Focus, Programme, ProgrammeItem


def open_programmes(on: date) -> QuerySet[Programme]:
    return Programme.objects.filter(ends_on__gte=on)


def open_focuses(on: date) -> QuerySet[Focus]:
    return Focus.objects.filter(valid_to__gt=on)


def open_items(on: date) -> QuerySet[ProgrammeItem]:
    """Items for which a unit is responsible, not closed, of programmes that still run."""
    return ProgrammeItem.objects.filter(closed="", programme__in=open_programmes(on))


def count(end: Ending) -> dict[str, int]:
    own = {"unit": end.unit}
    return {
        "assignments": Assignment.objects.filter(held_by=end.unit, state__in=OPEN_STATES).count(),
        "programmes": open_programmes(end.on).filter(**own).count(),
        "items": open_items(end.on).filter(**own).count(),
        "focuses": open_focuses(end.on).filter(**own).count(),
    }


def needs_decision(end: Ending) -> list[str]:
    """Programmes and focuses that both have, and work that the unit gave and that is still open."""
    asked = []
    for row in open_programmes(end.on).filter(unit=end.unit):
        if Programme.objects.filter(unit=end.successor, kind=row.kind, starts_on=row.starts_on).exists():
            sentence = _("Both units have a programme “%(name)s”: carry its open items over first.")
            if row.items.filter(closed="").exists():
                asked.append(sentence % {"name": row})
    titles = Focus.objects.filter(unit=end.successor).values("title")
    for focus in open_focuses(end.on).filter(unit=end.unit, title__in=titles):
        asked.append(_("Both units have a focus “%(name)s”: end or rename one of them first.") % {"name": focus})
    given = Assignment.objects.filter(task__assigner=end.unit, state__in=OPEN_STATES).count()
    if given:
        asked.append(
            _("%(n)s pieces of work that the unit gave are still open: close or withdraw them first.") % {"n": given}
        )
    return asked


def carry_plans(end: Ending) -> None:
    """Programmes without open items that the successor has too stay where they are, as what they were."""
    twins = Programme.objects.filter(unit=end.successor).values_list("kind", "starts_on")
    same = Q(pk__in=[])
    for kind, starts_on in twins:
        same |= Q(kind=kind, starts_on=starts_on)
    open_programmes(end.on).filter(unit=end.unit).exclude(same).update(unit=end.successor)
    open_items(end.on).filter(unit=end.unit).update(unit=end.successor)
    focuses = open_focuses(end.on).filter(unit=end.unit)
    focuses.filter(owner__unit=end.unit).update(owner=None)
    focuses.update(unit=end.successor)


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
