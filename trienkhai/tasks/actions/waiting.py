"""The person responsible within the unit, and the somebody else for whom the unit waits."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.common.clock import day_of
from trienkhai.common.verdict import Refused
from trienkhai.notices.actions import tell, tell_posts
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Holding, Role, Unit
from trienkhai.people.models import Account
from trienkhai.tasks import ledger, rules, rules_waiting
from trienkhai.tasks.actions.beginning import check_moment, noted, url_of
from trienkhai.tasks.actions.deciding import pause
from trienkhai.tasks.models import Assignment, Wait


@transaction.atomic
def name_person(
    assignment_id: int, person: Account | None, *, reason: str = "", by: Account, at: datetime
) -> Assignment:
    """Name the one person in the unit who answers for the assignment (None: nobody); the person is told.

    The work goes from one person to another, or to nobody, only for a reason, which the history keeps.
    Raises ValidationError (no reason; somebody who does not do the unit's work) or Refused.
    """
    assignment = ledger.lock([assignment_id])[0]
    verdict = rules.can_name_person(by, assignment, day_of(at)).require()
    old, new = assignment.person_id, person.pk if person else None
    if old == new:
        return assignment
    if new and not rules_waiting.nameable(assignment.held_by_id, day_of(at)).filter(pk=new).exists():
        raise ValidationError({"person": _("This person holds no post of the unit that does its work.")})
    if old and not reason.strip():
        raise ValidationError({"reason": _("Say why the work goes to another person.")})
    assignment.person = person
    assignment.save(update_fields=["person"])
    verb = "assignment.handed_over" if old else "assignment.person_named"
    act = noted(verb, assignment, actor(by, verdict.holding), at, reason=reason, old=old, new=new)
    if person and person.pk != by.pk:
        posts = Holding.objects.on(day_of(at)).filter(account=person, post__unit=assignment.held_by_id)
        words = {"unit": assignment.held_by.short_name, "task": assignment.task.title}
        told = list(posts.values_list("post", flat=True))
        tell_posts(told, "person_named", url=url_of(assignment), at=at, act=act.pk, **words)
    return assignment


@transaction.atomic
def wait_for(
    assignment_id: int,
    *,
    unit: Unit | None = None,
    body: str = "",
    what: str,
    until: date,
    by: Account,
    at: datetime,
) -> Wait:
    """Say for whom the holder waits, for what and until when; that unit and the assigner are told.

    unit: of the tree or outside it; body: somebody who is no unit here. The ladder of urging rests meanwhile; the due
    day stands. Raises ValidationError or Refused.
    """
    assignment = ledger.lock([assignment_id])[0]
    check_moment(assignment, at)
    verdict = rules_waiting.can_wait(by, assignment, day_of(at)).require()
    if bool(unit) == bool(body.strip()):
        raise ValidationError({"unit": _("Name one unit or one body outside, not both.")})
    if unit and unit.pk == assignment.held_by_id:
        raise ValidationError({"unit": _("A unit does not wait for itself.")})
    if not what.strip():
        raise ValidationError({"what": _("Say what is awaited.")})
    if until < day_of(at):
        raise ValidationError({"until": _("The day lies in the past.")})
    if assignment.waits.filter(ended_on=None).exists():
        raise Refused(_("The unit already waits for somebody; end that first."))
    principal = verdict.holding.principal if verdict.holding else None
    wait = Wait.objects.create(
        assignment=assignment,
        unit=unit,
        body=body.strip(),
        what=what.strip(),
        since_on=day_of(at),
        until=until,
        by=by,
        principal=principal.account if principal else None,
        at=at,
    )
    data = {"wait": wait.pk, "unit": unit.code if unit else None, "until": str(until)}
    act = noted("wait.begun", assignment, actor(by, verdict.holding), at, reason=what, **data)
    words = {"unit": assignment.held_by.short_name, "due": f"{until:%d/%m/%Y}"}
    if unit:
        url = reverse("tasks:wait_end", args=[wait.pk])
        tell(unit.pk, rules.HOLDERS, "wait_begun", url=url, at=at, act=act.pk, **words)
    _tell_assigner(assignment, "wait_told", act.pk, at, task=assignment.task.title, **words)
    return wait


def _tell_assigner(assignment: Assignment, kind: str, act: int, at: datetime, **words: str) -> None:
    roles = [Role.LEADER, Role.OFFICER]
    tell(assignment.task.assigner_id, roles, kind, url=url_of(assignment), at=at, act=act, **words)


def _locked(wait_id: int) -> Wait:
    """The wait with its assignment, which is locked first."""
    assignment = ledger.lock([Wait.objects.values_list("assignment_id", flat=True).get(pk=wait_id)])[0]
    wait = Wait.objects.select_for_update(of=("self",)).select_related("unit__present").get(pk=wait_id)
    wait.assignment = assignment
    return wait


@transaction.atomic
def end_wait(wait_id: int, *, answer: str, by: Account, at: datetime) -> Wait:
    """What was awaited has come, or the unit goes on without it; the holder and the assigner are told.

    A paused assignment stays paused until its assigner lets it go on. Raises ValidationError or Refused.
    """
    wait = _locked(wait_id)
    verdict = rules_waiting.can_end_wait(by, wait, day_of(at)).require()
    if not answer.strip():
        raise ValidationError({"answer": _("Say what came of it.")})
    wait.answer, wait.ended_on, wait.ended_by = answer.strip(), day_of(at), by
    wait.save(update_fields=["answer", "ended_on", "ended_by"])
    assignment = wait.assignment
    act = noted("wait.ended", assignment, actor(by, verdict.holding), at, reason=answer, wait=wait.pk)
    words = {"unit": wait.whom, "task": assignment.task.title}
    if not verdict.holding or verdict.holding.post.unit_id != assignment.held_by_id:
        tell(assignment.held_by_id, rules.HOLDERS, "wait_ended", url=url_of(assignment), at=at, act=act.pk, **words)
    _tell_assigner(assignment, "wait_ended", act.pk, at, **words)
    return wait


@transaction.atomic
def pause_waiting(wait_id: int, *, by: Account, at: datetime) -> Assignment:
    """The assigner pauses the work because of what it waits for; the reason is what the holder said."""
    wait = _locked(wait_id)
    rules_waiting.can_pause_waiting(by, wait, day_of(at)).require()
    reason = _("Waiting for %(whom)s: %(what)s") % {"whom": wait.whom, "what": wait.what}
    return pause(wait.assignment_id, reason=reason, by=by, at=at)
