"""Học tập, quán triệt: a unit plans how it studies a document, holds sessions, tells by counts who came."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.audit.models import Act
from trienkhai.common.clock import day_of
from trienkhai.common.days import OPEN_END
from trienkhai.common.folding import squeeze
from trienkhai.common.verdict import Refused, Verdict
from trienkhai.dissemination import rules
from trienkhai.dissemination.models import (
    Absence,
    Attendance,
    Form,
    Kind,
    SessionFile,
    SessionState,
    StudyPlan,
    StudySession,
    Use,
)
from trienkhai.dissemination.queries.study import absence_reasons, audiences, turnout_by_audience
from trienkhai.documents.actions import hold_document
from trienkhai.documents.actions.filing import remove_unused, store_file
from trienkhai.documents.actions.reading import require_declaration
from trienkhai.documents.actions.versions import look_through
from trienkhai.documents.models import Document
from trienkhai.notices.actions import tell
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Role, Unit
from trienkhai.people.models import Account

MOST = 1_000_000
TOLD = (Role.MEMBER, Role.SECRETARY, Role.FOCAL)


@dataclass(frozen=True)
class SessionDetails:
    """What is set of a session before it is held. `reporter`: the post of who speaks, as text."""

    starts_at: datetime
    place: str
    kind: str = Kind.MAIN
    form: str = Form.IN_PERSON
    convened_by: str = ""
    reporter: str = ""


def _record(
    verb: str, target: StudyPlan | StudySession, verdict: Verdict, by: Account, at: datetime, **data: Any
) -> Act:
    plan = target if isinstance(target, StudyPlan) else target.plan
    return record(verb, target, by=actor(by, verdict.holding), at=at, label=plan.document.reference, **data)


@transaction.atomic
def make_plan(
    document: Document, unit: Unit, *, finish_by: date = OPEN_END, note: str = "", by: Account, at: datetime
) -> StudyPlan:
    """Begin the study of a document in a unit. Raises Refused when there is a plan already or the person may not."""
    hold_document(Document.objects.filter(pk=document.pk))
    verdict = rules.can_plan_document(by, document, unit, day_of(at)).require()
    Unit.objects.select_for_update(of=("self",), no_key=True).get(pk=unit.pk)
    if StudyPlan.objects.filter(document=document, unit=unit).exists():
        raise Refused(_("This unit has a plan for this document already."))
    _check_finish(finish_by, day_of(at))
    words = {"finish_by": finish_by, "note": note.strip()[:2000]}
    plan = StudyPlan.objects.create(document=document, unit=unit, made_by=by, made_at=at, **words)
    _record("study.planned", plan, verdict, by, at, finish_by=_day(finish_by))
    return plan


def _check_finish(finish_by: date, earliest: date) -> None:
    if finish_by < earliest:
        raise ValidationError({"finish_by": _("This day is past.")})


def _day(day: date) -> str:
    return "" if day == OPEN_END else day.isoformat()


def _locked_plan(plan_id: int) -> StudyPlan:
    hold_document(Document.objects.filter(study_plans=plan_id))
    rows = StudyPlan.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("unit__present", "document").get(pk=plan_id)


def _locked_session(session_id: int) -> StudySession:
    """The session under the lock of its plan, whose counts belong together."""
    plan = _locked_plan(StudySession.objects.filter(pk=session_id).values_list("plan", flat=True).first() or 0)
    session = StudySession.objects.get(pk=session_id)
    session.plan = plan
    return session


@transaction.atomic
def change_plan(plan_id: int, *, finish_by: date, note: str, by: Account, at: datetime) -> StudyPlan:
    """Set another day or other words."""
    plan = _locked_plan(plan_id)
    verdict = rules.can_plan(by, plan.unit, day_of(at)).require()
    if finish_by != plan.finish_by:
        _check_finish(finish_by, day_of(at))
    if (finish_by, note.strip()) == (plan.finish_by, plan.note):
        return plan
    old, plan.finish_by, plan.note = _day(plan.finish_by), finish_by, note.strip()[:2000]
    plan.save(update_fields=["finish_by", "note"])
    _record("study.changed", plan, verdict, by, at, old={"finish_by": old}, new={"finish_by": _day(finish_by)})
    return plan


@transaction.atomic
def plan_session(plan_id: int, details: SessionDetails, *, by: Account, at: datetime) -> StudySession:
    """Set a session, main or make-up, and tell the unit's members. The same one sent again is stored once."""
    plan = _locked_plan(plan_id)
    verdict = rules.can_plan(by, plan.unit, day_of(at)).require()
    values = _checked(details, plan)
    same = plan.sessions.filter(state=SessionState.PLANNED, **values).first()
    if same:
        return same
    session = StudySession.objects.create(plan=plan, **values)
    act = _record("session.planned", session, verdict, by, at, **_said(values))
    _tell(session, "session_planned", act.pk, at)
    return session


def _checked(details: SessionDetails, plan: StudyPlan) -> dict[str, Any]:
    """The columns of a session; ValidationError by field."""
    values = {
        "starts_at": details.starts_at,
        "place": squeeze(details.place)[:250],
        "kind": details.kind,
        "form": details.form,
        "convened_by": squeeze(details.convened_by)[:250] or plan.unit.name,
        "reporter": squeeze(details.reporter)[:250],
    }
    if not values["place"]:
        raise ValidationError({"place": _("Say where it is held, or by which means.")})
    if values["kind"] not in Kind.values:
        raise ValidationError({"kind": _("Choose one of the values shown.")})
    if values["form"] not in Form.values:
        raise ValidationError({"form": _("Choose one of the values shown.")})
    return values


def _said(values: dict[str, Any]) -> dict[str, str]:
    return {"starts_at": values["starts_at"].isoformat(), "kind": str(values["kind"]), "form": str(values["form"])}


def _tell(session: StudySession, kind: str, act: int, at: datetime) -> None:
    plan = session.plan
    url = reverse("dissemination:plan", args=[plan.pk])
    tell(plan.unit_id, TOLD, kind, url=url, at=at, act=act, document=plan.document.reference)


@transaction.atomic
def change_session(session_id: int, details: SessionDetails, *, by: Account, at: datetime) -> StudySession:
    """Set another time, place or form for a session still to come; the members are told."""
    session = _locked_session(session_id)
    verdict = rules.can_change_session(by, session, day_of(at)).require()
    values = _checked(details, session.plan)
    old = {name: getattr(session, name) for name in values if getattr(session, name) != values[name]}
    if not old:
        return session
    for name in old:
        setattr(session, name, values[name])
    session.save(update_fields=list(old))
    act = _record("session.changed", session, verdict, by, at, fields=sorted(old))
    _tell(session, "session_changed", act.pk, at)
    return session


@transaction.atomic
def cancel_session(session_id: int, *, reason: str, by: Account, at: datetime) -> StudySession:
    """A session is not held; the reason stands beside it, the members are told."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    session = _locked_session(session_id)
    verdict = rules.can_change_session(by, session, day_of(at)).require()
    session.state, session.reason = SessionState.CANCELLED, reason.strip()[:500]
    session.save(update_fields=["state", "reason"])
    act = _record("session.cancelled", session, verdict, by, at, personal={"reason": session.reason})
    _tell(session, "session_cancelled", act.pk, at)
    return session


Counts = Mapping[str, tuple[int, int]]
"""Audience → (convened, attended)."""


@transaction.atomic
def tell_attendance(
    session_id: int, counts: Counts, absences: Mapping[str, int], *, by: Account, at: datetime
) -> StudySession:
    """The session was held: how many were convened and came, and why others were absent; told again, it is put right.

    Refuses by field what cannot be: more came than were convened, more made up than were absent from the main
    sessions, more reasons than absent people, a day that is still to come.
    """
    session = _locked_session(session_id)
    verdict = rules.can_tell_attendance(by, session, day_of(at)).require()
    if day_of(session.starts_at) > day_of(at):
        raise ValidationError(_("This session is still to come: its figures cannot be told yet."))
    counts = {audience: pair for audience, pair in counts.items() if pair != (0, 0)}
    absences = {reason: number for reason, number in absences.items() if number}
    _check_counts(counts, absences, day_of(at))
    old = {row.audience: f"{row.attended}/{row.convened}" for row in session.attendance.order_by("audience")}
    session.attendance.all().delete()
    session.absences.all().delete()
    Attendance.objects.bulk_create(
        Attendance(session=session, audience=a, convened=c, attended=n) for a, (c, n) in counts.items()
    )
    Absence.objects.bulk_create(Absence(session=session, reason=reason, count=n) for reason, n in absences.items())
    session.state = SessionState.HELD
    session.save(update_fields=["state"])
    _check_made_up(session, counts)
    new = {audience: f"{came}/{convened}" for audience, (convened, came) in sorted(counts.items())}
    _record("session.corrected" if old else "session.held", session, verdict, by, at, old=old or None, new=new)
    return session


def _check_counts(counts: Counts, absences: Mapping[str, int], on: date) -> None:
    """Within one session; ValidationError by field, `convened_…`, `attended_…`, `absent_…`."""
    if not counts:
        raise ValidationError(_("Say how many were convened."))
    if not set(counts) <= set(audiences(on, "vi")) or not set(absences) <= set(absence_reasons(on, "vi")):
        raise ValidationError(_("Choose one of the values shown."))
    for audience, (convened, attended) in counts.items():
        if not 0 <= convened <= MOST or attended < 0:
            raise ValidationError({f"convened_{audience}": _("This is not a number of people.")})
        if attended > convened:
            raise ValidationError({f"attended_{audience}": _("More came than were convened.")})
    for reason, number in absences.items():
        if not 0 <= number <= MOST:
            raise ValidationError({f"absent_{reason}": _("This is not a number of people.")})
    absent = sum(convened - attended for convened, attended in counts.values())
    if (told := sum(absences.values())) > absent:
        sentence = _("%(absent)s were absent, but reasons are told for %(told)s.")
        raise ValidationError(sentence % {"absent": absent, "told": told})


def _check_made_up(session: StudySession, counts: Counts) -> None:
    """Over the whole plan: who makes up was absent before."""
    held = Attendance.objects.filter(session__plan=session.plan_id, session__state=SessionState.HELD)
    for audience, turnout in turnout_by_audience(held).items():
        convened = counts.get(audience, (0, 0))[0] if session.is_make_up else 0
        if turnout.made_up > turnout.absent or convened > turnout.absent:
            name = "attended" if turnout.made_up > turnout.absent else "convened"
            sentence = _("Only %(absent)s were absent from the main sessions; that many can make up.")
            raise ValidationError({f"{name}_{audience}": sentence % {"absent": turnout.absent}})


def add_session_file(
    session_id: int, upload: BinaryIO, *, use: str, not_secret: bool, by: Account, at: datetime
) -> SessionFile:
    """Keep material to study or proof beside a session. Raises Refused, ValidationError by field or for the file."""
    require_declaration(not_secret)
    if use not in Use.values:
        raise ValidationError({"use": _("Choose one of the values shown.")})
    unit = Unit.objects.get(study_plans__sessions=session_id)
    look_through(upload, getattr(upload, "name", "") or "", unit)
    try:
        with transaction.atomic():
            session = _locked_session(session_id)
            verdict = rules.can_add_session_file(by, session, day_of(at)).require()
            stored = store_file(upload, owner=unit, by=by, at=at)
            if session.files.filter(file__sha256=stored.sha256, use=use).exists():
                raise ValidationError({"file": _("This very file is here already.")})
            row = SessionFile.objects.create(session=session, file=stored, use=use)
            _record("session.file_added", session, verdict, by, at, use=use, sha256=stored.sha256)
            return row
    except BaseException:
        remove_unused()
        raise
