"""Numbers of members by class, counted from the rows of a list."""

from datetime import date

from django.db.models import Q

from trienkhai.orgs import journal
from trienkhai.orgs.models import MemberCount, Unit
from trienkhai.orgs.queries_roster import class_names, numbers_by_day


def settle(unit: Unit, on: date) -> None:
    """Make the stored numbers of the unit those of its rows, on every day since the first row; nothing for no rows.

    For callers that hold the unit. Only what differs is written, and noted when a reorganisation is carried out.
    """
    true = numbers_by_day(unit, class_names(on))
    replaced = Q(counted=True)
    if true:
        replaced |= Q(counted_on__gte=min(day for day, _kind in true))
    stored = {(row.counted_on, row.kind): row for row in MemberCount.objects.filter(replaced, unit=unit)}
    journal.delete(MemberCount.objects.filter(pk__in=[row.pk for key, row in stored.items() if key not in true]))
    for key, row in stored.items():
        if key in true and (row.number, row.counted) != (true[key], True):
            row.number, row.counted = true[key], True
            journal.save(row, fields=["number", "counted"])
    made = MemberCount.objects.bulk_create(
        MemberCount(unit=unit, kind=kind, counted_on=day, number=number, counted=True)
        for (day, kind), number in sorted(true.items())
        if (day, kind) not in stored
    )
    journal.created(made)
