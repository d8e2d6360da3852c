"""Open work that changes hands or moves with its unit: the counts go along, the unit that approves follows its rule."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy

from trienkhai.audit.actions import Actor, record
from trienkhai.common import paths
from trienkhai.orgs import journal
from trienkhai.orgs.hanging import Hanging
from trienkhai.orgs.models import Unit
from trienkhai.orgs.succession import Carrier, Ending, Move, TakenBack
from trienkhai.tasks import ending, ending_coordination
from trienkhai.tasks.answering import set_answers_to
from trienkhai.tasks.continuing import GIVEN, ISSUES, carry_given
from trienkhai.tasks.ledger import lock_many
from trienkhai.tasks.models import OPEN_STATES, AnswerRule, Assignment, Focus, PastHolder, State, StateSpan, Tally, Task
from trienkhai.tasks.tally import count_moved, count_rows
from trienkhai.tasks.withdrawing import withdraw_all


def hand_over(ids: Sequence[int], unit: Unit, *, on: date, act: int) -> None:
    """Let another unit hold these locked assignments from that day; `Assignment.unit`, who was given it, stays. The
    person responsible was one of the former holder's.
    """
    count_rows(ids, -1)
    held = Assignment.objects.filter(pk__in=ids).values_list("pk", "held_by")
    past = PastHolder.objects.bulk_create(
        PastHolder(assignment_id=pk, unit_id=holder, to_on=on, act=act) for pk, holder in held
    )
    journal.created(past)
    journal.touch(Assignment.objects.filter(pk__in=ids))
    Assignment.objects.filter(pk__in=ids).update(held_by=unit, person=None, act=act)
    set_answers_to(ids)
    count_rows(ids, 1)


def _held(move: Move, path: str) -> QuerySet[Assignment]:
    """What the units below `path` hold and a unit above the old or the new place gave: nothing else is counted or
    answered elsewhere because of the move."""
    above = {*paths.ids(move.old_path)[:-1], *paths.ids(move.new_path)[:-1]}
    held = Assignment.objects.filter(paths.within(path, "held_by__path"), task__assigner__in=sorted(above))
    return held.exclude(state=State.WITHDRAWN)


def _turned(move: Move) -> set[int]:
    """The assigners below which the moved units stand under another direct subordinate, or no longer, or only now."""
    before, after = paths.ids(move.old_path)[:-1], paths.ids(move.new_path)[:-1]
    common = [old for old, new in zip(before, after, strict=False) if old == new]
    return {*common[-1:], *before[len(common) :], *after[len(common) :]}


def _count(move: Move) -> dict[str, int]:
    rows = Assignment.objects.filter(paths.within(move.new_path, "held_by__path"), state__in=OPEN_STATES)
    return {"assignments": rows.count()}


def _hold(move: Move) -> None:
    lock_many(list(_held(move, move.old_path).order_by("pk").values_list("pk", flat=True)))


def _carry(move: Move, by: Actor, at: datetime) -> None:
    """Called after the paths were rewritten. Done work is counted at the new place too: the past is in spans and
    sheets. `answers_to` changes for open rows only.
    """
    count_moved(move.old_path, move.new_path)
    turned = _held(move, move.new_path).filter(state__in=OPEN_STATES, task__assigner__in=sorted(_turned(move)))
    turned = turned.filter(task__answer_rule=AnswerRule.BY_LEVEL)
    journal.touch(turned)
    set_answers_to(list(turned.values_list("pk", flat=True)))


def _carry_ending(end: Ending, by: Actor, at: datetime) -> None:
    """First what the unit holds, then what it gave, its plans, and what others wait for."""
    if ending.WORK.closes(end):
        withdraw_all(ending.held(end), end, by, at)
    _carry_work(end, by, at)
    carry_given(end, by, at)
    ending.carry_plans(end)
    ending_coordination.carry(end, by)


def _carry_work(end: Ending, by: Actor, at: datetime) -> None:
    """What the unit holds goes to whom it was given; of a unit that stays, what the list names."""
    lock_many(ending.WORK.ids(end))
    for heir, ids in ending.WORK.shares(end):
        act = record("assignments.succeeded", heir, by=by, at=at, count=len(ids), unit_path=heir.path)
        hand_over(ids, heir, on=end.on, act=act.pk)


def _counted_elsewhere(taken: TakenBack) -> list[int]:
    """The rows whose counts a reorganisation changed: their own columns, their task's, the place of their holder or of
    who gave them; and those it made."""
    moved = [pk for pk, before in taken.changed.get(Unit, {}).items() if "path" in before]
    own = Q(pk__in=[*taken.changed.get(Assignment, ()), *taken.made.get(Assignment, ())])
    theirs = Q(task__in=list(taken.changed.get(Task, ()))) | Q(held_by__in=moved) | Q(task__assigner__in=moved)
    return list(Assignment.objects.filter(own | theirs).order_by("pk").values_list("pk", flat=True))


def _unsettle(taken: TakenBack) -> None:
    ids = _counted_elsewhere(taken)
    lock_many(ids)
    count_rows(ids, -1)


def _settle(taken: TakenBack) -> None:
    """After a reorganisation was taken back: work that it had withdrawn is as before since that day, with a span of no
    length for the withdrawal."""
    changed = taken.changed.get(Assignment, {})
    withdrawn = [pk for pk, before in changed.items() if "state" in before]
    rows = Assignment.objects.filter(pk__in=withdrawn)
    StateSpan.objects.bulk_create(
        StateSpan(assignment=row, state=State.WITHDRAWN, due_on=row.due_on, from_on=taken.on, to_on=taken.on,
                  act=taken.act)
        for row in rows.order_by("pk")
    )  # fmt: skip
    rows.update(since_on=taken.on, act=taken.act)
    made_units, made_tasks = taken.made.get(Unit, []), taken.made.get(Task, [])
    Tally.objects.filter(Q(unit__in=made_units) | Q(task__in=made_tasks)).delete()
    count_rows(_counted_elsewhere(taken), 1)


HANGING = Hanging(
    "focuses",
    gettext_lazy("focuses for which the post answers (without another: for none)"),
    lambda post: Focus.objects.filter(owner=post),
    lambda rows, to: journal.update(rows, owner=to),
)
carrier = Carrier(
    "tasks",
    count=_count,
    hold=_hold,
    carry=_carry,
    kinds=(
        ending.WORK, GIVEN, ISSUES, ending.PROGRAMMES, ending.ITEMS, ending.FOCUSES, *ending_coordination.KINDS,
    ),
    needs_decision=ending.needs_decision,
    carry_ending=_carry_ending,
    parts=(ending.WORK,),
    carry_part=_carry_work,
    unsettle=_unsettle,
    settle=_settle,
    derived=(Tally,),
)  # fmt: skip
