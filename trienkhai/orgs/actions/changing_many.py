"""Many units are called otherwise from the same day: what `changing.store_change` does to one, in bulk."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from trienkhai.audit.actions import Actor, Told, record_each
from trienkhai.common.clock import day_of
from trienkhai.common.days import OPEN_END
from trienkhai.common.verdict import Refused
from trienkhai.orgs import journal
from trienkhai.orgs.actions.establishing import Words, lock_tree
from trienkhai.orgs.models import Unit, UnitVersion

WRITTEN = ("name", "short_name", "symbol", "kind", "sector", "relation", "aliases", "sort_key", "search_text")


@transaction.atomic
def store_words(
    changes: Mapping[int, Mapping[str, Any]], *, by: Actor, at: datetime, tell: Callable[[int], None] | None = None
) -> None:
    """Give units a new version from today, by id: name, short name, symbol, kind, sector, relation, aliases.

    For callers who hold the lock and have asked the rule; an act for each with old and new values. tell: called with
    how many have been written so far.
    Raises Refused when one was changed on a later day, ValidationError for an unknown kind, no name and the like;
    nothing is then stored.
    """
    lock_tree()
    check, day, done = Words(day_of(at)), day_of(at), 0
    for ids in journal.portions(sorted(changes)):
        told = list(_portion({pk: changes[pk] for pk in ids}, check, day))
        record_each("unit.changed", told, by=by, at=at)
        done += len(ids)
        if tell:
            tell(done)


def _portion(changes: Mapping[int, Mapping[str, Any]], check: Words, day: date) -> Iterator[Told]:
    """Write the new versions of these units; what is told of each."""
    locked = Unit.objects.select_for_update(of=("self",)).filter(pk__in=changes, present__isnull=False).order_by("pk")
    units = list(locked.select_related("present"))
    journal.touch(UnitVersion.objects.filter(unit__in=changes, valid_to=OPEN_END))
    journal.touch(Unit.objects.filter(pk__in=changes))
    told, renewed, added, closed = [], [], [], []
    for unit in units:
        version, given = unit.present, changes[unit.pk]
        assert version is not None
        if day < version.valid_from:
            raise Refused(_("The unit has been changed on a later day."))
        old = {name: getattr(version, name) for name in given if given[name] != getattr(version, name)}
        for name in old:
            setattr(version, name, given[name])
        check(version.code, version.name, version.kind, version.sector, version.relation)
        version.prepare()
        data = {"old": old, "new": {name: given[name] for name in old}}
        told.append(Told(unit, data, unit_path=unit.path))
        if version.valid_from == day:
            renewed.append(version)
        else:
            closed.append(version.pk)
            version.pk, version.valid_from = None, day
            version._state.adding = True
            added.append(version)
    UnitVersion.objects.bulk_update(renewed, WRITTEN, batch_size=100)
    UnitVersion.objects.filter(pk__in=closed).update(valid_to=day)
    journal.created(UnitVersion.objects.bulk_create(added))
    present = UnitVersion.objects.filter(unit=OuterRef("pk"), valid_to=OPEN_END).values("pk")
    Unit.objects.filter(pk__in=changes).update(present=Subquery(present))
    yield from told
