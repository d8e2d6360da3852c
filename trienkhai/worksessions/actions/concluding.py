"""What the session concludes, its end, and the draft of the notice by which the conclusions go out."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from trienkhai.common import paths
from trienkhai.common.clock import day_of
from trienkhai.common.days import OPEN_END
from trienkhai.common.verdict import Refused
from trienkhai.documents.actions import begin_draft
from trienkhai.documents.models import Draft
from trienkhai.documents.queries.drafts import habits_of
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account
from trienkhai.worksessions import rules
from trienkhai.worksessions.actions.locking import locked_part, locked_session, note, tell_unit, words_of
from trienkhai.worksessions.models import Conclusion, SessionState
from trienkhai.worksessions.papers import notice_body, notice_recipients, notice_title

MOST = 99


@transaction.atomic
def add_conclusion(
    session_id: int, *, text: str, lead: Unit | None = None, due_on: date = OPEN_END, by: Account, at: datetime
) -> Conclusion:
    """What is concluded, who does it, by when. Raises Refused; ValidationError by field."""
    words = words_of(text, "text", 1000, _("Say what was concluded."))
    session = locked_session(session_id)
    verdict = rules.can_conclude(by, session, day_of(at)).require()
    if due_on < session.day:
        raise ValidationError({"due_on": _("This day lies before the working session.")})
    if lead and not paths.is_within(lead.path or "", session.upper.path or ""):
        raise ValidationError({"lead": _("Choose a unit of %(unit)s.") % {"unit": session.upper}})
    if same := session.conclusions.filter(text=words, lead=lead, due_on=due_on).first():
        return same
    last = session.conclusions.aggregate(last=Max("position"))["last"] or 0
    if last >= MOST:
        raise Refused(_("A working session has at most %(n)d of these.") % {"n": MOST})
    row = Conclusion.objects.create(session=session, position=last + 1, text=words, lead=lead, due_on=due_on)
    note("conclusion_added", session, verdict, by, at, conclusion=row.position)
    return row


@transaction.atomic
def remove_conclusion(conclusion_id: int, *, by: Account, at: datetime) -> None:
    """Taken back before the end; those after it move up, so that their numbers stay those of the notice."""
    row, session = locked_part(Conclusion, conclusion_id)
    verdict = rules.can_conclude(by, session, day_of(at)).require()
    Conclusion.objects.filter(pk=row.pk).delete()
    for place, later in enumerate(session.conclusions.order_by("position"), start=1):
        if later.position != place:
            Conclusion.objects.filter(pk=later.pk).update(position=place)
    note("conclusion_removed", session, verdict, by, at, conclusion=row.position)


@transaction.atomic
def end_session(session_id: int, *, by: Account, at: datetime) -> None:
    """From now on nothing of it changes; the unit is told. Raises Refused."""
    session = locked_session(session_id)
    verdict = rules.can_conclude(by, session, day_of(at)).require()
    session.state, session.ended_at, session.ended_by = SessionState.ENDED, at, by
    session.save(update_fields=["state", "ended_at", "ended_by"])
    act = note("ended", session, verdict, by, at, conclusions=session.conclusions.count())
    tell_unit(session, "worksession_ended", act, at)


@transaction.atomic
def draft_notice(session_id: int, *, by: Account, at: datetime) -> Draft:
    """The notice of the conclusions as a draft in the official layout; asked again, the same draft. Raises Refused."""
    session = locked_session(session_id)
    verdict = rules.can_draft_notice(by, session, day_of(at)).require()
    if session.notice and rules.notice_is_open(session):
        return session.notice
    words = habits_of(session.upper) | {
        "kind": "announcement",
        "title": notice_title(session),
        "body": notice_body(session),
        "recipients": notice_recipients(session),
    }
    session.notice = begin_draft(session.upper, words, by=by, at=at)
    session.save(update_fields=["notice"])
    note("notice_drafted", session, verdict, by, at)
    return session.notice
