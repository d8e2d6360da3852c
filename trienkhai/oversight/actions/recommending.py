"""What was found, what is recommended, and what those addressed answer: taken, taken in part, not taken with reason."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.common.clock import day_of
from trienkhai.common.verdict import Refused
from trienkhai.notices.actions import tell
from trienkhai.orgs.models import Role
from trienkhai.orgs.queries import standing_for
from trienkhai.oversight import rules
from trienkhai.oversight.actions.locking import line, locked_recommendation, locked_subject, note, prose
from trienkhai.oversight.actions.planning import tell_addressed
from trienkhai.oversight.models import Outcome, Recommendation, Subject, SubjectState
from trienkhai.oversight.norms import REPLY, days_kept, due_after
from trienkhai.people.models import Account

MOST = 100


@transaction.atomic
def tell_held(subject_id: int, *, held_on: date, held_at: str, findings: str, by: Account, at: datetime) -> Subject:
    """It was held that day; what was found. Raises Refused; ValidationError by field."""
    place = line(held_at, "held_at", "", 250)
    found = prose(findings, "findings", _("Say what the supervision found."))
    row = locked_subject(subject_id)
    verdict = rules.can_hold(by, row, day_of(at)).require()
    if held_on > day_of(at):
        raise ValidationError({"held_on": _("This day has not come.")})
    if row.plan.announced_on and held_on < row.plan.announced_on:
        raise ValidationError({"held_on": _("This day lies before the plan was announced.")})
    row.state, row.held_on, row.held_at, row.findings = SubjectState.HELD, held_on, place, found
    row.save(update_fields=["state", "held_on", "held_at", "findings"])
    note("oversight.held", row, row.plan.unit, verdict, by, at, on=str(held_on))
    return row


@transaction.atomic
def recommend(subject_id: int, *, text: str, due_on: date | None = None, by: Account, at: datetime) -> Recommendation:
    """A recommendation to whoever was addressed; the same one sent again is stored once. due_on: empty for the day by
    the norm; none says → no due day."""
    words = prose(text, "text", _("Say what is recommended."))
    row = locked_subject(subject_id)
    on = day_of(at)
    verdict = rules.can_recommend(by, row, on).require()
    if due_on and due_on < on:
        raise ValidationError({"due_on": _("This day is past.")})
    kept = {} if due_on else days_kept(REPLY, on, row.plan.unit.path or "")
    day = due_on or due_after(kept, on)
    if same := row.recommendations.unanswered().filter(text=words, made_on=on, due_on=day).first():
        return same
    last = row.recommendations.aggregate(last=Max("position"))["last"] or 0
    if last >= MOST:
        raise Refused(_("A subject has at most %(n)d recommendations.") % {"n": MOST})
    made = Recommendation.objects.create(
        subject=row,
        position=last + 1,
        text=words,
        made_on=on,
        answers_by=standing_for(row.addressee, on),
        due_on=day,
        norm=kept,
    )
    act = note("oversight.recommended", made, row.plan.unit, verdict, by, at, number=made.position)
    tell_addressed(row, "oversight_recommended", act.pk, at)
    return made


@transaction.atomic
def reply(recommendation_id: int, *, outcome: str, text: str, by: Account, at: datetime) -> Recommendation:
    """The answer: what is done about it, or why it is not taken. Once. The mass organisation is told."""
    if outcome not in (Outcome.TAKEN, Outcome.PARTLY, Outcome.NOT_TAKEN):
        raise ValidationError({"outcome": _("Choose one of the values shown.")})
    missing = _("Say why it is not taken.") if outcome == Outcome.NOT_TAKEN else _("Say what is done about it.")
    words = prose(text, "text", missing)
    row = locked_recommendation(recommendation_id)
    verdict = rules.can_reply(by, row, day_of(at)).require()
    row.outcome, row.reply, row.replied_on, row.replied_by = outcome, words, day_of(at), by
    row.save(update_fields=["outcome", "reply", "replied_on", "replied_by"])
    act = note("oversight.replied", row, row.answers_by, verdict, by, at, outcome=outcome)
    url = reverse("oversight:subject", args=[row.subject_id])
    told = {"unit": row.answers_by.short_name, "subject": row.subject.title}
    tell(row.subject.plan.unit_id, (Role.MASS,), "oversight_replied", url=url, at=at, act=act.pk, **told)
    return row
