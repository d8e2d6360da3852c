"""Questions about lists of members by name: their rows on a day, the numbers that follow from them, what is amiss."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet

from trienkhai.common import paths
from trienkhai.common.days import OPEN_END
from trienkhai.norms.queries import value
from trienkhai.orgs.models import MemberCount, RosterMember, RosterSpan, RosterSwitch, Unit
from trienkhai.orgs.rules_roster import rostered, switches_over
from trienkhai.people.models import Account

Numbers = dict[tuple[date, str], int]


def roster_on(unit: Unit, on: date) -> QuerySet[RosterSpan]:
    """The rows of a unit's list on a day, by the members' given names."""
    rows = RosterSpan.objects.filter(unit=unit, valid_from__lte=on, valid_to__gt=on)
    return rows.select_related("member__account", "post", "transfer__to_unit__present").order_by(
        "member__sort_key", "pk"
    )


def first_day(unit: Unit) -> date | None:
    """The first day for which the list speaks; None where none is kept.

    The day it was switched on, or a later one for which a number was told by hand.
    """
    since = switches_over(unit.path).aggregate(first=Min("starts_on"))["first"]
    told = MemberCount.objects.filter(unit=unit, counted=False).aggregate(last=Max("counted_on"))["last"]
    return max(since, told or since) if since else None


def numbers_by_day(unit: Unit, classes: list[str]) -> Numbers:
    """How many rows of each class stand from each day on which that changes; nothing for a list without rows."""
    rows = list(RosterSpan.objects.filter(unit=unit).values_list("kind", "valid_from", "valid_to"))
    changes: dict[date, Counter[str]] = {}
    for kind, first, end in rows:
        changes.setdefault(first, Counter())[kind] += 1
        if end != OPEN_END:
            changes.setdefault(end, Counter())[kind] -= 1
    names = sorted({*classes, *(kind for kind, _first, _end in rows)})
    standing: Counter[str] = Counter()
    found: Numbers = {}
    for day in sorted(changes):
        standing.update(changes[day])
        found |= {(day, name): standing[name] for name in names}
    return found


def class_names(on: date) -> list[str]:
    return sorted(value("members.classes", on=on, default={}))


@dataclass(frozen=True)
class Reach:
    """What one switch holds: names in lists, units with such a list."""

    names: int
    units: int


def held_by(switch: RosterSwitch) -> Reach:
    """What would be erased if it were switched off: names that no other switch keeps, and in how many units."""
    leaving = leaving_members(switch)
    units = RosterSpan.objects.filter(member__in=leaving.values("pk"), valid_to=OPEN_END)
    return Reach(leaving.count(), units.values("unit").distinct().count())


def leaving_members(switch: RosterSwitch) -> QuerySet[RosterMember]:
    """Members with a row under this switch and none under another one."""
    here = RosterSpan.objects.filter(_under(switch, "unit__path"), member=OuterRef("pk"))
    return RosterMember.objects.filter(Exists(here), ~Exists(_elsewhere(switch)))


def _elsewhere(switch: RosterSwitch) -> QuerySet[RosterSpan]:
    return RosterSpan.objects.filter(rostered("unit__path", besides=switch.pk), member=OuterRef("pk"))


def _under(switch: RosterSwitch, field: str) -> Q:
    return paths.within(switch.unit.path or "", field)


def rows_of_account(account: Account) -> QuerySet[RosterSpan]:
    """A person's own rows in lists that are kept, newest first."""
    rows = RosterSpan.objects.filter(rostered("unit__path"), member__account=account)
    return rows.select_related("unit__present", "post").order_by("-valid_from")


def namesakes(span: RosterSpan) -> QuerySet[RosterSpan]:
    """Other standing rows of the same list with the same name, accents left aside."""
    rows = RosterSpan.objects.filter(unit=span.unit_id, valid_to=OPEN_END, member__folded=span.member.folded)
    return rows.exclude(member=span.member_id)


def wrong_numbers(on: date) -> Iterator[Unit]:
    """Units whose stored numbers differ from the rows of their list."""
    listed = RosterSpan.objects.filter(unit=OuterRef("pk"))
    counted = MemberCount.objects.filter(unit=OuterRef("pk"), counted=True)
    classes = class_names(on)
    for unit in Unit.objects.filter(Exists(listed) | Exists(counted)).select_related("present").order_by("pk"):
        stored = MemberCount.objects.filter(unit=unit, counted=True).values_list("counted_on", "kind", "number")
        kept = {(day, kind): number for day, kind, number in stored}
        true = numbers_by_day(unit, classes)
        if any(kept.get(key, 0) != true.get(key, 0) for key in {*kept, *true}):
            yield unit


def stray_names() -> int:
    """Names that are stored though no list they stand in is switched on."""
    kept = RosterSpan.objects.filter(rostered("unit__path"), member=OuterRef("pk"))
    return RosterMember.objects.filter(~Exists(kept)).count()
