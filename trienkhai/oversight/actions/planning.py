"""A mass organisation plans its year: subjects, whom they address, by when; announced, those addressed hear of it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.common.clock import day_of
from trienkhai.common.verdict import Refused
from trienkhai.notices.actions import tell, tell_posts
from trienkhai.orgs.models import Post, Unit
from trienkhai.orgs.queries import standing_for
from trienkhai.oversight import rules
from trienkhai.oversight.actions.locking import held_unit, line, locked_plan, locked_subject, note
from trienkhai.oversight.models import Form, Plan, Subject, SubjectKind, SubjectState
from trienkhai.oversight.norms import organisations
from trienkhai.people.models import Account

MOST = 100


@dataclass(frozen=True)
class Details:
    """What is set of a subject. `post`: a leader's post of the addressee; None for the unit as such."""

    kind: str
    title: str
    form: str
    addressee: Unit
    planned_on: date
    post: Post | None = None


@transaction.atomic
def make_plan(unit: Unit, *, organisation: str, year: int, title: str, by: Account, at: datetime) -> Plan:
    """The plan of a mass organisation for a year; the same one sent again is stored once. Raises Refused,
    ValidationError by field."""
    unit = held_unit(unit)
    verdict = rules.can_plan(by, unit, day_of(at)).require()
    words = line(title, "title", _("Say what the plan is called."), 250)
    if organisation not in organisations(day_of(at), unit.path or ""):
        raise ValidationError({"organisation": _("Choose one of the values shown.")})
    if not 1990 <= year <= 2199:
        raise ValidationError({"year": _("This is no year of a plan.")})
    given = {"unit": unit, "organisation": organisation, "year": year, "title": words}
    if same := Plan.objects.filter(**given).first():
        return same
    plan = Plan.objects.create(**given, made_by=by, made_at=at)
    note("oversight.planned", plan, unit, verdict, by, at, year=year)
    return plan


@transaction.atomic
def add_subject(plan_id: int, details: Details, *, by: Account, at: datetime) -> Subject:
    """One more subject, the same one sent again once; where the plan was announced those addressed hear of it now."""
    plan = locked_plan(plan_id)
    verdict = rules.can_plan(by, plan.unit, day_of(at)).require()
    title = line(details.title, "title", _("Say what it is about."))
    _check(plan, details, day_of(at))
    given = vars(details) | {"title": title}
    if same := plan.subjects.filter(**given, state=SubjectState.PLANNED).first():
        return same
    if plan.subjects.count() >= MOST:
        raise Refused(_("A plan has at most %(n)d subjects.") % {"n": MOST})
    row = Subject.objects.create(plan=plan, **given)
    act = note("oversight.subject_added", row, plan.unit, verdict, by, at, addressee=details.addressee.short_name)
    if plan.announced_on:
        tell_addressed(row, "oversight_announced", act.pk, at)
    return row


def _check(plan: Plan, details: Details, on: date) -> None:
    faults: dict[str, str] = {}
    if details.kind not in SubjectKind.values:
        faults["kind"] = _("Choose one of the values shown.")
    if details.form not in Form.values:
        faults["form"] = _("Choose one of the values shown.")
    if verdict := rules.can_address(plan, details.addressee, on):
        if details.post and (details.post.unit_id != details.addressee.pk or details.post.abolished_on <= on):
            faults["post"] = _("A post that stands at the unit addressed is meant.")
    else:
        faults["addressee"] = verdict.reason
    if details.planned_on.year != plan.year:
        faults["planned_on"] = _("The day lies in the year of the plan.")
    if faults:
        raise ValidationError(faults)


@transaction.atomic
def announce_plan(plan_id: int, *, by: Account, at: datetime) -> Plan:
    """From now on those addressed see the plan; they are told. Raises Refused for one that is empty or known."""
    plan = locked_plan(plan_id)
    verdict = rules.can_plan(by, plan.unit, day_of(at)).require()
    if plan.announced_on:
        raise Refused(_("This plan was announced already."))
    rows = list(plan.subjects.filter(state=SubjectState.PLANNED).select_related("plan__unit", "post"))
    if not rows:
        raise Refused(_("The plan has no subject yet."))
    plan.announced_on = day_of(at)
    plan.save(update_fields=["announced_on"])
    act = note("oversight.announced", plan, plan.unit, verdict, by, at, count=len(rows))
    for row in rows:
        tell_addressed(row, "oversight_announced", act.pk, at)
    return plan


def tell_addressed(row: Subject, kind: str, act: int, at: datetime) -> None:
    """The holder of the post that is addressed, else leaders, secretaries and focal points of the unit; once that unit
    no longer stands, those of the one that answers in its place."""
    unit = standing_for(row.addressee, day_of(at))
    held = rules.held_posts(day_of(at)).filter(post=row.post_id or 0, post__unit=unit).exists()
    url = reverse("oversight:subject", args=[row.pk])
    words = {"unit": row.plan.unit.short_name, "subject": row.title}
    if row.post_id and held:
        tell_posts([row.post_id], kind, url=url, at=at, act=act, **words)
    else:
        tell(unit.pk, rules.ANSWERERS, kind, url=url, at=at, act=act, **words)


@transaction.atomic
def drop_subject(subject_id: int, *, reason: str, by: Account, at: datetime) -> Subject:
    """It is not held; the reason stands beside it."""
    words = line(reason, "reason", _("Say why."))
    row = locked_subject(subject_id)
    verdict = rules.can_drop(by, row, day_of(at)).require()
    row.state, row.reason = SubjectState.DROPPED, words
    row.save(update_fields=["state", "reason"])
    act = note("oversight.subject_dropped", row, row.plan.unit, verdict, by, at, personal={"reason": words})
    if row.plan.announced_on:
        tell_addressed(row, "oversight_dropped", act.pk, at)
    return row
