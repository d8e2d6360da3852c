"""Rows of this area that contradict each other: none, as long as only its actions write and the worker runs."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q

from trienkhai.feedback.models import Letter, PendingLetter, Remark
from trienkhai.feedback.rules import receiving_units, stands_near
from trienkhai.orgs.models import Unit, UnitQuerySet


def unreleased(on: date) -> int:
    """Letters without a name whose day was over before yesterday: no worker has run since."""
    return PendingLetter.objects.filter(on__lt=on - timedelta(days=1)).count()


def with_the_criticised(on: date) -> Iterator[int]:
    """Open remarks that lie where the person criticised reads feedback or leads by now."""
    rows = Remark.objects.filter(answered_at=None, about__isnull=False).select_related("unit").order_by("pk")
    for row in rows.iterator(chunk_size=500):
        if row.about_id and stands_near(row.about_id, row.unit, on):
            yield row.pk


def unread(on: date) -> UnitQuerySet:
    """Units where feedback waits though nobody holds a post that receives it."""
    letters = Letter.objects.filter(answered_on=None).values("unit")
    remarks = Remark.objects.filter(answered_at=None).values("unit")
    rows = Unit.objects.filter(Q(pk__in=letters) | Q(pk__in=remarks))
    return rows.exclude(pk__in=receiving_units(on).values("pk")).select_related("present").order_by("pk")
