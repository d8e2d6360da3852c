"""A file is tried, submitted, returned, approved, carried out at once or on its day, set aside."""

import logging
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import OperationalError, transaction
from django.utils.translation import gettext as _

from trienkhai.audit.actions import SYSTEM, Actor, record
from trienkhai.common.clock import day_of
from trienkhai.common.folding import squeeze
from trienkhai.common.verdict import Refused
from trienkhai.orgs import journal, taking_back
from trienkhai.orgs import rules_reorganising as rules
from trienkhai.orgs.actions.establishing import lock_tree
from trienkhai.orgs.actions.reorganising.carrying import NotSettled, dry_run, run_steps
from trienkhai.orgs.actions.reorganising.editing import locked
from trienkhai.orgs.actions.reorganising.planning import examined
from trienkhai.orgs.actions.reorganising.telling import concerned_by, tell_approvers, tell_concerned, tell_drafter
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Reorganisation, Step, Unit
from trienkhai.people.models import Account

logger = logging.getLogger(__name__)
State = Reorganisation.State


@transaction.atomic
def try_reorganisation(file_id: int, *, by: Account, at: datetime) -> Reorganisation:
    """Carry the file out, roll it back, and keep what came of it beside the file.

    Raises NotSettled when something stands against it.
    """
    lock_tree()
    file = locked(file_id)
    verdict = rules.can_try(by, file, day_of(at)).require()
    return put_to_trial(file, actor(by, verdict.holding), at)


def put_to_trial(file: Reorganisation, by: Actor, at: datetime) -> Reorganisation:
    """A file is tried and keeps the outcome; the tree was locked first, then the file. Raises NotSettled."""
    if faults := examined(file, day_of(at)).faults:
        raise NotSettled(faults)
    file.outcome, file.tried_at = dry_run(file, by=by, at=at), at
    file.save(update_fields=["outcome", "tried_at"])
    return file


@transaction.atomic
def submit_reorganisation(file_id: int, *, by: Account, at: datetime) -> Reorganisation:
    """Send the file to a leader, after a trial. Raises Refused while something stands against it."""
    lock_tree()
    file = locked(file_id)
    verdict = rules.can_change(by, file, day_of(at)).require()
    who = actor(by, verdict.holding)
    send_to_leaders(file, submitted_by=by, by=who, at=at)
    count = file.steps.count()
    act = record("reorganisation.submitted", file, by=who, at=at, unit_path=file.office.path, count=count)
    tell_approvers(file, act, at)
    return file


def send_to_leaders(file: Reorganisation, *, submitted_by: Account, by: Actor, at: datetime) -> None:
    """A locked file waits for approval, after a trial; the caller has asked a rule and records the act."""
    put_to_trial(file, by, at)
    _require_answers(file.outcome["questions"])
    file.state, file.submitted_by, file.submitted_at, file.reason = State.SUBMITTED, submitted_by, at, ""
    file.save(update_fields=["state", "submitted_by", "submitted_at", "reason"])


@transaction.atomic
def return_reorganisation(file_id: int, *, reason: str, by: Account, at: datetime) -> Reorganisation:
    """Back to whoever prepares it, with what is to be changed; also an approved one before its day."""
    file = locked(file_id)
    verdict = rules.can_return(by, file, day_of(at)).require()
    return _sent_back(file, _given(reason), actor(by, verdict.holding), at, decided_by=by)


def _given(reason: str) -> str:
    reason = reason.strip()
    if not squeeze(reason):
        raise ValidationError({"reason": _("Say why.")})
    return reason


def _sent_back(
    file: Reorganisation, reason: str, by: Actor, at: datetime, decided_by: Account | None
) -> Reorganisation:
    file.state, file.reason, file.decided_by, file.decided_at = State.RETURNED, reason, decided_by, at
    file.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    act = record("reorganisation.returned", file, by=by, at=at, unit_path=file.office.path, reason=reason[:500])
    tell_drafter(file, act, at, reason[:500])
    return file


@transaction.atomic
def set_aside(file_id: int, *, reason: str = "", by: Account, at: datetime) -> Reorganisation:
    """A draft or returned file that nobody pursues any more; it stays to be read."""
    file = locked(file_id)
    verdict = rules.can_change(by, file, day_of(at)).require()
    lay_aside(file, reason.strip())
    record("reorganisation.set_aside", file, by=actor(by, verdict.holding), at=at, unit_path=file.office.path)
    return file


def lay_aside(file: Reorganisation, reason: str) -> None:
    """A locked file; the caller has asked a rule and records the act."""
    file.state, file.reason = State.SET_ASIDE, reason
    file.save(update_fields=["state", "reason"])


@transaction.atomic
def approve_and_carry_out(file_id: int, *, by: Account, at: datetime) -> Reorganisation:
    """A leader approves; the file is carried out at once, or, when its day is later, on the first moment of that day.

    One transaction that holds the tree, one act for the file beside the acts of the units. Raises NotSettled while
    something stands against it; nothing is then stored.
    """
    lock_tree()
    file = locked(file_id)
    verdict = rules.can_approve(by, file, day_of(at)).require()
    who = actor(by, verdict.holding)
    if faults := examined(file, day_of(at)).faults:
        raise NotSettled(faults)
    file.decided_by, file.decided_at = by, at
    if file.effective_on > day_of(at):
        outcome = dry_run(file, by=who, at=at)
        _require_answers(outcome["questions"])
        file.state, file.outcome, file.tried_at = State.APPROVED, outcome, at
        file.save()
        day = file.effective_on
        act = record("reorganisation.approved", file, by=who, at=at, unit_path=file.office.path, on=str(day))
        tell_concerned(file, act, at, "approved", concerned_by(file), on=f"{day:%d/%m/%Y}")
        return file
    return _carry_out(file, who, at)


def _require_answers(questions: list[str]) -> None:
    if questions:
        raise Refused(" ".join(questions))


def journal_key(file: Reorganisation) -> str:
    return f"reorganisation:{file.uuid}"


def _carry_out(file: Reorganisation, by: Actor, at: datetime) -> Reorganisation:
    """For good: with every row it changes noted, so that it can be taken back the same day."""
    with journal.keep(journal_key(file), on=day_of(at)):
        run = run_steps(file, by=by, at=at)
        _require_answers([str(fault) for fault in run.asked])
        named = Step.units.through.objects.filter(step__reorganisation=file)
        with journal.making(named):
            for step in file.steps.all():
                step.units.add(*Unit.objects.filter(pk__in=run.touched.get(step.pk, ())))
    counts = run.counts()
    act = record(
        "reorganisation.carried_out",
        file,
        by=run.by,
        at=run.at,
        unit_path=file.office.path,
        count=max(1, len(run.steps)),
        counts=counts,
        decision=file.decision,
    )
    file.state, file.carried_out_at, file.outcome, file.act = State.CARRIED_OUT, run.at, run.outcome(), act.pk
    file.save()
    tell_concerned(file, act, run.at, "carried_out", concerned_by(file))
    return file


def carry_out_due(at: datetime) -> int:
    """What the worker does: carry out approved files whose day has come, the earliest first; returns how many.

    One that fails on its day is returned with the reason, in a transaction of its own, and keeps no other waiting.
    """
    done = 0
    rows = Reorganisation.objects.due(day_of(at)).order_by("effective_on", "decided_at", "pk")
    for pk in list(rows.values_list("pk", flat=True)):
        try:
            done += _carry_out_one(pk, at)
        except Refused as fault:
            _failed(pk, str(fault), at)
        except OperationalError:
            logger.exception("The database was not free; the file is carried out at the next try")
        except Exception:
            logger.exception("A reorganisation file could not be carried out")
            _failed(pk, _("It could not be carried out: the log of the program tells why."), at)
    return done


@transaction.atomic
def _carry_out_one(file_id: int, at: datetime) -> int:
    lock_tree()
    file = locked(file_id)
    if file.state != State.APPROVED or file.effective_on > day_of(at):
        return 0
    _carry_out(file, SYSTEM, at)
    return 1


@transaction.atomic
def _failed(file_id: int, reason: str, at: datetime) -> None:
    file = locked(file_id)
    if file.state == State.APPROVED:
        _sent_back(file, reason, SYSTEM, at, decided_by=None)


@transaction.atomic
def take_back_reorganisation(file_id: int, *, reason: str, by: Account, at: datetime) -> Reorganisation:
    """Everything is as before the file again, the same day and while nothing came after; its acts stay.

    Raises Refused by the journal, naming what came after.
    """
    lock_tree()
    file = locked(file_id)
    verdict = rules.can_take_back(by, file, day_of(at)).require()
    given, units = _given(reason), concerned_by(file)
    act = taking_back.take_back(journal_key(file), by=actor(by, verdict.holding), at=at, target=file)
    file.state, file.reason = State.TAKEN_BACK, given
    file.save(update_fields=["state", "reason"])
    tell_concerned(file, act, at, "taken_back", units, reason=given[:500])
    return file
