"""What every action begins with and ends with: the session under its lock, words that are fit to store, one act."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.audit.models import Act
from trienkhai.common.folding import squeeze
from trienkhai.common.verdict import Refused, Verdict
from trienkhai.documents.marks import fault_of
from trienkhai.notices.actions import tell, tell_people
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Role
from trienkhai.people.models import Account
from trienkhai.worksessions.models import Conclusion, Session, UnitWord

TOLD = (Role.LEADER, Role.FOCAL, Role.SECRETARY)
Part = TypeVar("Part", Conclusion, UnitWord)


def locked_session(session_id: int) -> Session:
    """All of a session is written under this one lock; what it points to is read once it is held, since PostgreSQL
    joins what stood there before the wait.
    """
    Session.objects.select_for_update(no_key=True).get(pk=session_id)
    return Session.objects.select_related("upper__present", "unit__present", "notice__document").get(pk=session_id)


def locked_part(kind: type[Part], pk: int) -> tuple[Part, Session]:
    """A conclusion or a word of the unit, under the lock of its session. Raises Refused for one taken back."""
    rows = kind._default_manager.filter(pk=pk)
    known = rows.values_list("session", flat=True).first()
    session = locked_session(known) if known else None
    part = rows.first()
    if part is None or session is None:
        raise Refused(_("This was taken out meanwhile."))
    return part, session


def note(verb: str, session: Session, verdict: Verdict, by: Account, at: datetime, **data: Any) -> Act:
    """The act names a session by units and day; what was said there is never in it."""
    who, path = actor(by, verdict.holding), session.upper.path or ""
    return record(f"worksession.{verb}", session, by=who, at=at, unit_path=path, label=str(session), **data)


def words_of(text: str, name: str, limit: int, missing: str) -> str:
    """ValidationError by field for no words, too many, or a mark of secrecy in the text as typed: on one line it would
    no longer stand alone."""
    words = squeeze(text)
    if not words:
        raise ValidationError({name: missing})
    if len(words) > limit:
        raise ValidationError({name: _("At most %(limit)s characters.") % {"limit": limit}})
    if sentence := fault_of(text):
        raise ValidationError({name: sentence})
    return words


def tell_unit(session: Session, kind: str, act: Act, at: datetime) -> None:
    """The unit's leaders, focal points and secretaries, and whoever is invited besides."""
    tell(session.unit_id, TOLD, kind, at=at, act=act.pk, **_words(session))
    asked = session.participants.exclude(unit=session.unit_id, holding__post__role__in=TOLD)
    tell_invited(session, kind, act, at, list(asked.values_list("account", flat=True)))


def tell_invited(session: Session, kind: str, act: Act, at: datetime, accounts: Collection[int]) -> None:
    """Each of these people alone, by the post for which they are invited."""
    rows = session.participants.filter(account__in=accounts)
    tell_people(dict(rows.values_list("account", "holding__post")), kind, at=at, act=act.pk, **_words(session))


def _words(session: Session) -> dict[str, str]:
    return {
        "url": reverse("worksessions:session", args=[session.pk]),
        "unit": session.upper.short_name,
        "below": session.unit.short_name,
        "when": f"{session.day:%d/%m/%Y}",
    }
