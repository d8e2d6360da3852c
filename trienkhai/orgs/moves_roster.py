"""What a reorganisation does with lists of members by name: rows go along, and so does the decision to keep them.

A unit that leaves a branch where lists are kept keeps its own by the same decision. A unit that ends hands its rows on,
all or by list, to units that keep a list too; what is closed stays in its place. The question how to divide them names
rows by number alone.
"""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trienkhai.audit.actions import Actor
from trienkhai.common import paths
from trienkhai.common.clock import day_of
from trienkhai.common.days import OPEN_END
from trienkhai.common.verdict import Refused
from trienkhai.orgs import journal
from trienkhai.orgs.actions.roster.keeping import hold_all
from trienkhai.orgs.actions.roster.numbers import settle
from trienkhai.orgs.models import RosterSpan, RosterSwitch, RosterTransfer, Unit
from trienkhai.orgs.queries_posts import names_in
from trienkhai.orgs.queries_roster import stray_names
from trienkhai.orgs.rules_roster import has_roster
from trienkhai.orgs.succession import CLOSE, CONTINUE, DIVIDE, Carrier, Ending, Kind, Move, TakenBack


def _rows(end: Ending) -> QuerySet[RosterSpan]:
    return RosterSpan.objects.filter(unit=end.unit, valid_to=OPEN_END)


def _words(row: RosterSpan) -> str:
    label = names_in("members.classes", row.valid_from, "vi").get(row.kind, row.kind)
    return _("row %(number)d: %(class)s") % {"number": row.pk, "class": label}


ROWS = Kind("roster", gettext_lazy("members listed by name"), (CONTINUE, DIVIDE, CLOSE), _rows, _words)


def _needs_decision(end: Ending) -> list[str]:
    """Names go to no unit that keeps none."""
    sentence = _("“%(unit)s” keeps no list of members by name: have it switched on there first, or close the rows.")
    return [sentence % {"unit": heir} for heir, _ids in ROWS.shares(end) if not has_roster(heir)]


def _carry_ending(end: Ending, by: Actor, at: datetime) -> None:
    if not _rows(end).exists():
        return
    hold_all([end.unit])
    journal.delete(RosterTransfer.objects.filter(span__unit=end.unit))
    journal.delete(RosterTransfer.objects.filter(to_unit=end.unit))
    shares = ROWS.shares(end)
    for heir, ids in shares:
        _hand_over(end, heir, ids)
        settle(heir, day_of(at))
    if not shares:
        _close(end, [row.pk for row in _rows(end)])
    settle(end.unit, day_of(at))


def _hand_over(end: Ending, heir: Unit, ids: list[int]) -> None:
    """Close the rows and go on at the heir; a row that began that very day moves as it is."""
    rows = list(RosterSpan.objects.filter(pk__in=ids).order_by("pk"))
    begun = [row.pk for row in rows if row.valid_from >= end.on]
    journal.update(RosterSpan.objects.filter(pk__in=begun), unit=heir, post=None)
    closed = [row for row in rows if row.valid_from < end.on]
    journal.update(RosterSpan.objects.filter(pk__in=[row.pk for row in closed]), valid_to=end.on)
    made = RosterSpan.objects.bulk_create(
        RosterSpan(member_id=row.member_id, unit=heir, kind=row.kind, valid_from=end.on) for row in closed
    )
    journal.created(made)


def _close(end: Ending, ids: list[int]) -> None:
    """End the rows with the unit; one that began that very day lasts for it."""
    rows = RosterSpan.objects.filter(pk__in=ids)
    journal.update(rows.filter(valid_from__gte=end.on), valid_to=end.on + timedelta(days=1))
    journal.update(rows.filter(pk__in=ids, valid_to=OPEN_END), valid_to=end.on)


def _carry(move: Move, by: Actor, at: datetime) -> None:
    """What was switched on above the old place and is not above the new one is switched on for the moved unit."""
    lost = set(paths.ids(move.old_path)) - set(paths.ids(move.new_path))
    old = RosterSwitch.objects.open().filter(unit__in=lost).order_by("starts_on").first()
    unit = Unit.objects.get(pk=move.unit_id)
    if old is None or has_roster(unit):
        return
    words = {"decision": old.decision, "decided_on": old.decided_on, "starts_on": old.starts_on}
    journal.created([RosterSwitch.objects.create(unit=unit, **words)])


def _settle(taken: TakenBack) -> None:
    """A unit goes back into its old branch with its own switch gone; no name may stand there without a switch."""
    if RosterSwitch in taken.made and stray_names():
        raise Refused(_("Lists of members by name were switched off after this; it is not taken back."))


carrier = Carrier(
    "orgs.roster",
    kinds=(ROWS,),
    carry=_carry,
    needs_decision=_needs_decision,
    carry_ending=_carry_ending,
    settle=_settle,
)
