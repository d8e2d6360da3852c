"""Sessions still to be held when a unit ends go to its successor. Of those that it led and held go the ones whose
conclusions are still to be told or given; other held ones stay where they were, with their dossiers. A session still to
be held that would then be of a unit with itself is cancelled, a held one stays.
"""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trienkhai.audit.actions import Actor
from trienkhai.common import paths
from trienkhai.orgs import journal
from trienkhai.orgs.succession import CLOSE, CONTINUE, Carrier, Ending, Kind, Move
from trienkhai.worksessions.models import Session, SessionQuerySet, SessionState
from trienkhai.worksessions.queries import untold


def _count(move: Move) -> dict[str, int]:
    rows = Session.objects.filter(paths.within(move.new_path, "unit__path"), state=SessionState.PLANNED)
    return {"worksessions": rows.count()}


def _planned(ending: Ending) -> SessionQuerySet:
    sides = Q(unit=ending.unit) | Q(upper=ending.unit)
    return Session.objects.filter(sides, state=SessionState.PLANNED)


def _untold(ending: Ending) -> SessionQuerySet:
    return untold(Session.objects.filter(upper=ending.unit))


SESSIONS = Kind("worksessions", gettext_lazy("working sessions still to be held"), (CONTINUE, CLOSE), _planned)
UNTOLD = Kind(
    "worksession_conclusions",
    gettext_lazy("working sessions whose conclusions are still to be told or given"),
    (CONTINUE,),
    _untold,
)


def _carry_ending(ending: Ending, by: Actor, at: datetime) -> None:
    ids = list(
        _planned(ending).select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk", flat=True)
    )
    rows = Session.objects.filter(pk__in=ids)
    ended = {"state": SessionState.CANCELLED, "reason": str(_("The unit ended."))}
    if SESSIONS.closes(ending):
        journal.update(rows, **ended)
    for heir, shared in SESSIONS.shares(ending):
        given = rows.filter(pk__in=shared)
        journal.update(given.filter(Q(upper=ending.unit, unit=heir) | Q(unit=ending.unit, upper=heir)), **ended)
        open_rows = given.filter(state=SessionState.PLANNED)
        journal.update(open_rows.filter(upper=ending.unit).exclude(unit=heir), upper=heir)
        journal.update(open_rows.filter(unit=ending.unit).exclude(upper=heir), unit=heir)
    held = Session.objects.select_for_update(no_key=True).filter(pk__in=UNTOLD.ids(ending))
    list(held.order_by("pk").values_list("pk", flat=True))
    for heir, shared in UNTOLD.shares(ending):
        journal.update(Session.objects.filter(pk__in=shared).exclude(unit=heir), upper=heir)


carrier = Carrier("worksessions", count=_count, kinds=(SESSIONS, UNTOLD), carry_ending=_carry_ending)
