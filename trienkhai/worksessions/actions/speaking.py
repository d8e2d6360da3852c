"""What the unit says before the session: difficulties and proposals."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from trienkhai.common.clock import day_of
from trienkhai.common.verdict import Refused
from trienkhai.people.models import Account
from trienkhai.worksessions import rules
from trienkhai.worksessions.actions.locking import locked_part, locked_session, note, words_of
from trienkhai.worksessions.models import UnitWord

MOST = 100


@transaction.atomic
def add_word(session_id: int, *, kind: str, text: str, by: Account, at: datetime) -> UnitWord:
    """A difficulty or a proposal. Raises Refused; ValidationError by field."""
    words = words_of(text, "text", 1000, _("Write what the unit wants to say."))
    if kind not in UnitWord.Kind.values:
        raise ValidationError({"kind": _("Choose one of the values shown.")})
    session = locked_session(session_id)
    verdict = rules.can_speak(by, session, day_of(at)).require()
    if same := session.words.filter(kind=kind, text=words).first():
        return same
    last = session.words.aggregate(last=Max("position"))["last"] or 0
    if last >= MOST:
        raise Refused(_("A working session has at most %(n)d of these.") % {"n": MOST})
    row = UnitWord.objects.create(session=session, position=last + 1, kind=kind, text=words, by=by, at=at)
    note("word_added", session, verdict, by, at, kind=kind, position=row.position)
    return row


@transaction.atomic
def remove_word(word_id: int, *, by: Account, at: datetime) -> None:
    """Taken back before the session; a dossier made meanwhile keeps it."""
    row, session = locked_part(UnitWord, word_id)
    verdict = rules.can_speak(by, session, day_of(at)).require()
    UnitWord.objects.filter(pk=row.pk).delete()
    note("word_removed", session, verdict, by, at, kind=row.kind, position=row.position)
