"""The quality of meetings is scored: one person, the committee, the vote of those who met, the committee above."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.common.clock import day_of, moment
from trienkhai.common.folding import squeeze
from trienkhai.common.verdict import Refused, Verdict
from trienkhai.documents.marks import fault_of
from trienkhai.meetings import rules_scoring as rules
from trienkhai.meetings.actions.figuring import figures_of
from trienkhai.meetings.actions.locking import locked_meeting
from trienkhai.meetings.grading import Frame
from trienkhai.meetings.models import Meeting, MeetingState, ScoreMark, ScoreSheet, ScoreStep, Step
from trienkhai.meetings.models.scoring import DATA, STEPS
from trienkhai.meetings.norms import kept_of, score_norm
from trienkhai.meetings.queries.measuring import measured
from trienkhai.meetings.queries.scores import missing, standing, voting_meetings
from trienkhai.meetings.queries.turnout import quorum_figures, turnout_of
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account

VOTES = ("votes_for", "against", "blank", "invalid")
MONTHS = {"quarter": 3, "year": 12}


@dataclass(frozen=True)
class Marked:
    points: int
    reason: str = ""


@dataclass(frozen=True)
class Tally:
    """`meeting`: where the vote was held."""

    meeting: int
    votes_for: int
    against: int = 0
    blank: int = 0
    invalid: int = 0


@transaction.atomic
def start_score(meeting_id: int, *, by: Account, at: datetime) -> ScoreSheet:
    """The sheet that covers the meeting, for it alone or for its quarter or year, as the norm says; asked again, the
    same one. What the data answers is filled in. Raises Refused, also before the end of the span.
    """
    meeting, on = locked_meeting(meeting_id), day_of(at)
    verdict = rules.can_start_score(by, meeting, on).require()
    norm = score_norm(meeting.body, on=meeting.day, place=meeting.unit.path or "")
    if norm is None:
        raise Refused(_("No regulation yet says how meetings of that day are scored."))
    subject, first, last = _subject(meeting, norm.value["scope"])
    words = {"body": meeting.body, "first_on": first, "last_on": last, "norm": kept_of(norm), "frame": norm.value}
    if last >= on and first != last:
        raise Refused(_("Meetings of this span are scored after its last day, %(day)s.") % {"day": f"{last:%d/%m/%Y}"})
    carried = ScoreSheet.objects.filter(meetings=meeting).first()  # it may have gone to the successor of the unit
    sheet, made = (carried, False) if carried else _begun(meeting.unit, subject, words)
    if made:
        sheet.meetings.add(meeting)
        _fill(sheet, at)
        _note("started", sheet, verdict, by, at)
    elif not sheet.meetings.filter(pk=meeting.pk).exists():
        sheet = _locked(sheet.pk)
        if sheet.step != Step.SELF:
            raise Refused(_("The score of %(span)s went on before these minutes were closed.") % {"span": sheet.span})
        _fill(sheet, at)
    return sheet


def _begun(unit: Unit, subject: str, words: dict[str, Any]) -> tuple[ScoreSheet, bool]:
    return ScoreSheet.objects.get_or_create(unit=unit, subject=subject, defaults=words)


def _subject(meeting: Meeting, scope: str) -> tuple[str, date, date]:
    if scope not in MONTHS:
        return f"meeting:{meeting.pk}", meeting.day, meeting.day
    months = MONTHS[scope]
    first = date(meeting.day.year, (meeting.day.month - 1) // months * months + 1, 1)
    after = date(first.year + (first.month + months > 12), (first.month + months - 1) % 12 + 1, 1)
    return f"{meeting.body}:{first.isoformat()}", first, date.fromordinal(after.toordinal() - 1)


def _cover(sheet: ScoreSheet) -> None:
    """All meetings of a span whose minutes are closed by now."""
    units = {sheet.unit_id, *sheet.meetings.values_list("unit", flat=True)}
    after = date.fromordinal(sheet.last_on.toordinal() + 1)
    rows = Meeting.objects.filter(unit__in=units, body=sheet.body, state=MeetingState.CLOSED)
    sheet.meetings.add(*rows.filter(starts_at__gte=moment(sheet.first_on, 0), starts_at__lt=moment(after, 0)))


def _fill(sheet: ScoreSheet, at: datetime) -> None:
    """What the data says today, of the meetings closed by now; only while one person scores, afterwards both stay."""
    if not sheet.is_single:
        _cover(sheet)
    rows = list(sheet.meetings.select_related("unit").order_by("starts_at", "pk"))
    facts = measured(sheet, rows, day_of(at))
    sheet.marks.filter(step=DATA).delete()
    ScoreMark.objects.bulk_create(
        ScoreMark(
            sheet=sheet,
            code=one.code,
            step=DATA,
            points=one.points_for(facts[one.measure].top, facts[one.measure].bottom),
            facts=facts[one.measure].kept,
            at=at,
        )
        for one in Frame.read(sheet.frame).criteria
        if one.measure in facts
    )


@transaction.atomic
def mark_score(sheet_id: int, given: Mapping[str, Marked], *, by: Account, at: datetime) -> ScoreSheet:
    """Points of the step that is due, by criterion. Where a figure stands already, another one needs its reason, and
    both are kept; the same figure again takes the step's own back. Raises Refused; ValidationError by criterion.
    """
    sheet = _locked(sheet_id)
    verdict = rules.can_mark(by, sheet, day_of(at)).require()
    if sheet.step == Step.SELF:
        _fill(sheet, at)
    changed = _mark(sheet, given, by, at)
    if changed:
        _note("marked", sheet, verdict, by, at, step=sheet.step, points=changed)
    return sheet


def _mark(sheet: ScoreSheet, given: Mapping[str, Marked], by: Account, at: datetime) -> dict[str, int]:
    before = standing(sheet, without=sheet.step)
    own = {row.code: row for row in sheet.marks.filter(step=sheet.step)}
    faults, changed = {}, {}
    for one in Frame.read(sheet.frame).criteria:
        if one.code not in given:
            continue
        points, reason = given[one.code].points, squeeze(given[one.code].reason)[:500]
        known = own.get(one.code)
        if sentence := _fault(one.points, points, reason, before.get(one.code)):
            faults[one.code] = sentence
        elif before.get(one.code) == points:
            if known:
                known.delete()
                changed[one.code] = points
        elif known is None or (known.points, known.reason) != (points, reason):
            words = {"points": points, "reason": reason, "by": by, "at": at}
            ScoreMark.objects.update_or_create(sheet=sheet, code=one.code, step=sheet.step, defaults=words)
            changed[one.code] = points
    if faults:
        raise ValidationError(faults)
    return changed


def _fault(most: int, points: int, reason: str, before: int | None) -> str:
    """What is wrong with points that somebody entered; empty when nothing is."""
    if not 0 <= points <= most:
        return _("From 0 to %(most)s points.") % {"most": most}
    if before is not None and before != points and not reason:
        return _("Say why it is %(now)s and not %(before)s.") % {"now": points, "before": before}
    return str(fault_of(reason) or "")


@transaction.atomic
def pass_score(sheet_id: int, *, tally: Tally | None = None, by: Account, at: datetime) -> ScoreSheet:
    """Finish the step; after the last one the score is decided and stays. tally: of the vote, needed in that step.
    A vote that was not carried is kept, and the sheet stays where it is until one is.

    Raises Refused, also with the names of criteria that nobody has filled; ValidationError for a tally that cannot be.
    """
    sheet = _locked(sheet_id)
    verdict = rules.can_pass(by, sheet, day_of(at)).require()
    if empty := missing(sheet):
        raise Refused(_("Nobody has filled yet: %(names)s.") % {"names": "; ".join(empty)})
    total, step = sum(standing(sheet).values()), sheet.step
    level = Frame.read(sheet.frame).level_of(total)
    words = _vote(sheet, tally, day_of(at)) if step == Step.VOTE else {}
    words |= {"total": total, "level": level, "by": by, "at": at}
    ended, _made = ScoreStep.objects.update_or_create(sheet=sheet, step=step, defaults=words)
    if ended.carried is False:
        votes = {name: words[name] for name in VOTES}
        _note("not_carried", sheet, verdict, by, at, step=step, total=total, level=level, **votes)
        return sheet
    names = [*STEPS, Step.DONE]
    sheet.step = names[names.index(Step(step)) + 1]
    if sheet.step == Step.DONE:
        sheet.total, sheet.level = total, level
    sheet.save(update_fields=["step", "total", "level"])
    verb = "decided" if sheet.step == Step.DONE else "passed"
    _note(verb, sheet, verdict, by, at, step=step, total=total, level=level)
    return sheet


def _vote(sheet: ScoreSheet, tally: Tally | None, on: date) -> dict[str, Any]:
    """The columns of a vote: never more votes than people with a vote were present where it was held."""
    if tally is None:
        raise ValidationError({"votes_for": _("Write how the votes fell.")})
    meeting = voting_meetings(sheet, on).select_related("unit").filter(pk=tally.meeting).first()
    if meeting is None:
        raise ValidationError({"meeting": _("Choose the meeting where the vote was held.")})
    votes = {name: getattr(tally, name) for name in VOTES}
    turnout, cast = turnout_of(meeting), sum(votes.values())
    if any(number < 0 for number in votes.values()) or not cast:
        raise ValidationError({"votes_for": _("Write how the votes fell.")})
    if cast > turnout.present:
        said = _("%(cast)s votes, but only %(present)s with a vote are present.")
        raise ValidationError({"votes_for": said % {"cast": cast, "present": turnout.present}})
    if quorum_figures(meeting, turnout).get("met") is False:
        raise ValidationError({"meeting": _("Too few were present at that meeting: it could not vote.")})
    figures = figures_of(meeting, turnout)
    ruling = {"present": figures["present"], "needed": figures["needed"], "ruling": figures["norm"]}
    return {"meeting": meeting, **votes, **ruling}


def _locked(sheet_id: int) -> ScoreSheet:
    rows = ScoreSheet.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("unit__present").get(pk=sheet_id)


def _note(verb: str, sheet: ScoreSheet, verdict: Verdict, by: Account, at: datetime, **data: Any) -> None:
    path = sheet.unit.path or ""
    record(f"score.{verb}", sheet, by=actor(by, verdict.holding), at=at, unit_path=path, label=str(sheet), **data)
