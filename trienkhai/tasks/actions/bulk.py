"""One act for many: acknowledge all of mine, report several, approve or return everything that matches a filter.

A bulk act is one row of the log with its selection in words, the count and a digest of the ids; the assignments carry
its id. Rows are locked by id first; the tally moves by one grouped delta.
"""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.audit.models import Act
from trienkhai.common.clock import day_of
from trienkhai.common.verdict import Refused
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Holding
from trienkhai.people.models import Account
from trienkhai.tasks import ledger, proving, rules
from trienkhai.tasks.actions.deciding import need_reason
from trienkhai.tasks.models import OPEN_STATES, Assignment, ProgressReport, ReportState, State, Wait
from trienkhai.tasks.tally import ids_sql
from trienkhai.tasks.transitions import VERBS


def _locked_ids(rows: QuerySet[Assignment], at: datetime) -> list[int]:
    """The ids that match, locked in their order, and matched once more after the lock. Raises Refused for none."""
    matching = rows.filter(since_on__lte=day_of(at)).order_by("pk").values_list("pk", flat=True)
    ids = list(matching)
    if ids and connection.vendor == "postgresql":
        ledger.lock_many(ids)
        ids = sorted(set(ids) & set(matching.all()))
    if not ids:
        raise Refused(_("Nothing matches that could be done."))
    return ids


def _as_holder(verb: str, ids: Sequence[int], by: Account, on: date) -> Holding | None:
    """The post by which the person does this for the unit that holds the first of the rows."""
    unit = Assignment.objects.values_list("held_by", flat=True).get(pk=ids[0])
    return rules.can_do_for(by, verb, unit, on).require().holding


def _as_decider(verb: str, ids: Sequence[int], by: Account, on: date) -> Holding | None:
    return rules.can_do(by, verb, ledger.lock(ids[:1])[0], on).require().holding


def _record_bulk(
    verb: str,
    ids: Sequence[int],
    holding: Holding | None,
    *,
    by: Account,
    at: datetime,
    selection: str,
    reason: str = "",
) -> Act:
    """The one act of a bulk; `holding` is the post that lets the person do this to the first of the rows."""
    digest = hashlib.sha256(",".join(map(str, ids)).encode()).hexdigest()
    return record(
        VERBS[verb].done,
        by=actor(by, holding),
        at=at,
        selection=selection,
        count=len(ids),
        digest=digest,
        bulk=True,
        personal={"reason": reason.strip()} if reason.strip() else None,
    )


@transaction.atomic
def acknowledge_all(rows: QuerySet[Assignment], *, selection: str, by: Account, at: datetime) -> int:
    """Acknowledge every assigned row of `rows` that the person's units hold; returns how many.

    Raises Refused for none.
    """
    held = rules.units_held(by, day_of(at), "acknowledge")
    ids = _locked_ids(rows.filter(held_by__in=held, state=State.ASSIGNED), at)
    holding = _as_holder("acknowledge", ids, by, day_of(at))
    act = _record_bulk("acknowledge", ids, holding, by=by, at=at, selection=selection)
    return ledger.shift(ids, ledger.Change(state=State.ACKNOWLEDGED), on=day_of(at), act=act.pk)


@transaction.atomic
def report_several(rows: QuerySet[Assignment], *, text: str, selection: str, by: Account, at: datetime) -> int:
    """Report the chosen assignments of own units complete with one text; returns how many."""
    if not text.strip():
        raise ValidationError({"text": _("Say what was done.")})
    day = day_of(at)
    held = rules.units_held(by, day, "submit")
    ids = _locked_ids(rows.filter(held_by__in=held, state__in=VERBS["submit"].sources), at)
    if below := Assignment.objects.filter(task__serves__in=ids, state__in=OPEN_STATES).count():
        said = _("%(n)d pieces of work below are still open: report what they serve one by one.")
        raise ValidationError({"text": said % {"n": below}})
    proving.require_proof(ids)
    act = _record_bulk("submit", ids, _as_holder("submit", ids, by, day), by=by, at=at, selection=selection)
    principals, held_by = (
        rules.principals_at(by, day, "submit"),
        dict(rows.filter(held_by__in=held).values_list("pk", "held_by")),
    )
    ProgressReport.objects.bulk_create(
        (
            ProgressReport(
                assignment_id=pk,
                state=ReportState.SUBMITTED,
                percent=100,
                text=text.strip(),
                by=by,
                principal_id=principals[held_by[pk]],
                post_label=act.post_label,
                at=at,
                on=day,
            )
            for pk in ids
        ),
        batch_size=2000,
    )
    Wait.objects.filter(assignment__in=ids, ended_on=None).update(ended_on=day, ended_by=by)
    change = ledger.Change(state=State.SUBMITTED, submitted_on=day, percent=100)
    return ledger.shift(ids, change, on=day, act=act.pk)


@transaction.atomic
def approve_matching(rows: QuerySet[Assignment], *, selection: str, remark: str = "", by: Account, at: datetime) -> int:
    """Approve every report among `rows` that awaits this person's decision; returns how many. Own reports stay out."""
    return _decide_matching(
        rows, "approve", ReportState.APPROVED, ledger.Change(state=State.DONE), selection, remark, by, at
    )


@transaction.atomic
def return_matching(rows: QuerySet[Assignment], *, selection: str, reason: str, by: Account, at: datetime) -> int:
    """Return every report among `rows` that awaits this person's decision, with one reason."""
    need_reason(reason)
    change = ledger.Change(state=State.RETURNED, submitted_on=None)
    return _decide_matching(rows, "return", ReportState.RETURNED, change, selection, reason, by, at)


def _decide_matching(
    rows: QuerySet[Assignment],
    verb: str,
    outcome: str,
    change: ledger.Change,
    selection: str,
    words: str,
    by: Account,
    at: datetime,
) -> int:
    queue = rules.awaiting_decision(by, day_of(at), verb)
    ids = _locked_ids(rows.filter(pk__in=queue.values("pk"), state=State.SUBMITTED), at)
    holding = _as_decider(verb, ids, by, day_of(at))
    act = _record_bulk(verb, ids, holding, by=by, at=at, selection=selection, reason=words)
    chosen, params = ids_sql(ids)
    moment = connection.ops.adapt_datetimefield_value(at)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE tasks_progressreport SET state = %s, decided_by_id = %s, decided_at = %s, decision = %s "
            f"WHERE state = 'submitted' AND assignment_id {chosen}",
            [outcome, by.pk, moment, words.strip(), *params],
        )
    return ledger.shift(ids, change, on=day_of(at), act=act.pk)
