"""A working session is planned, its people are named, it is changed or cancelled."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.common.clock import day_of
from trienkhai.documents.marks import fault_of
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account
from trienkhai.worksessions import rules
from trienkhai.worksessions.actions.locking import locked_session, note, tell_invited, tell_unit, words_of
from trienkhai.worksessions.models import Participant, Session, SessionState
from trienkhai.worksessions.queries.sessions import seats_of

LONGEST = 4000


@dataclass(frozen=True)
class Details:
    """What is set of a session before it is held. guests: one a line."""

    starts_at: datetime
    place: str
    content: str
    guests: str = ""


def _checked(details: Details) -> dict[str, Any]:
    """The columns; ValidationError by field."""
    content = details.content.strip()
    if not content:
        raise ValidationError({"content": _("Say what it is about.")})
    for name, text in (("content", content), ("guests", details.guests)):
        if len(text) > LONGEST:
            raise ValidationError({name: _("At most %(limit)s characters.") % {"limit": LONGEST}})
        if sentence := fault_of(text):
            raise ValidationError({name: sentence})
    place = words_of(details.place, "place", 250, _("Say where it is held, or by which means."))
    return {"starts_at": details.starts_at, "place": place, "content": content, "guests": details.guests.strip()}


@transaction.atomic
def plan_session(upper: Unit, unit: Unit, details: Details, *, by: Account, at: datetime) -> Session:
    """A session of `upper` with a unit that stands below it. The same one sent again is stored once; the unit is told.

    Raises Refused; ValidationError by field, also for a day that is past.
    """
    rows = Unit.objects.select_for_update(of=("self",), no_key=True).select_related("present")
    held = {row.pk: row for row in rows.filter(pk__in=(upper.pk, unit.pk)).order_by("pk")}
    upper, unit, on = held[upper.pk], held[unit.pk], day_of(at)
    verdict = rules.can_plan(by, upper, on).require()
    if not rules.stands_below(unit, upper, on):
        raise ValidationError({"unit": _("Choose a unit that stands below %(unit)s.") % {"unit": upper}})
    values = _checked(details)
    if day_of(details.starts_at) < on:
        raise ValidationError({"day": _("This day is past.")})
    if same := Session.objects.filter(upper=upper, unit=unit, state=SessionState.PLANNED, **values).first():
        return same
    session = Session.objects.create(upper=upper, unit=unit, **values)
    act = note("planned", session, verdict, by, at, unit=unit.pk)
    tell_unit(session, "worksession_planned", act, at)
    return session


@transaction.atomic
def change_session(session_id: int, details: Details, *, by: Account, at: datetime) -> Session:
    """Another day, place or content; the unit and the people invited are told. The same again changes nothing."""
    session = locked_session(session_id)
    verdict = rules.can_change(by, session, day_of(at)).require()
    values = _checked(details)
    changed = [name for name in values if getattr(session, name) != values[name]]
    if not changed:
        return session
    if "starts_at" in changed and day_of(details.starts_at) < day_of(at):
        raise ValidationError({"day": _("This day is past.")})
    for name in changed:
        setattr(session, name, values[name])
    session.save(update_fields=changed)
    act = note("changed", session, verdict, by, at, fields=sorted(changed))
    tell_unit(session, "worksession_changed", act, at)
    return session


@transaction.atomic
def cancel_session(session_id: int, *, reason: str, by: Account, at: datetime) -> Session:
    """It is not held; the reason stands beside it."""
    words = words_of(reason, "reason", 500, _("Say why."))
    session = locked_session(session_id)
    verdict = rules.can_change(by, session, day_of(at)).require()
    session.state, session.reason = SessionState.CANCELLED, words
    session.save(update_fields=["state", "reason"])
    act = note("cancelled", session, verdict, by, at, personal={"reason": words})
    tell_unit(session, "worksession_cancelled", act, at)
    return session


@transaction.atomic
def name_people(session_id: int, accounts: Collection[int], *, by: Account, at: datetime) -> Session:
    """Who takes part, of the holders of posts of the two units; those newly named are told.

    Raises Refused; ValidationError for somebody who holds no post there that day.
    """
    session = locked_session(session_id)
    verdict = rules.can_change(by, session, day_of(at)).require()
    known = {row.account_id: row for side in (session.unit, session.upper) for row in seats_of(side, session.day)}
    present = set(session.participants.values_list("account", flat=True))
    if not set(accounts) <= set(known) | present:
        raise ValidationError({"people": _("Only holders of posts of the two units are named.")})
    session.participants.exclude(account__in=accounts).delete()
    fresh = sorted(set(accounts) - present)
    Participant.objects.bulk_create(
        Participant(
            session=session,
            account_id=pk,
            holding=known[pk],
            unit_id=known[pk].post.unit_id,
            name=known[pk].account.name[:150],
            post=known[pk].post.title[:160],
        )
        for pk in fresh
    )
    act = note("people_named", session, verdict, by, at, people=len(accounts))
    if fresh:
        tell_invited(session, "worksession_invited", act, at, fresh)
    return session
