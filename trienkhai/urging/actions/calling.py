"""People urge: one assignment, or all that match, in one act; once a day by the same unit."""

import hashlib
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.common.clock import day_of
from trienkhai.common.folding import squeeze
from trienkhai.common.verdict import Refused, Verdict
from trienkhai.notices.actions import json_object_sql, stored, tell_selected
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Role, Unit
from trienkhai.people.models import Account
from trienkhai.tasks.ledger import lock_many
from trienkhai.tasks.models import Assignment
from trienkhai.tasks.tally import ids_sql
from trienkhai.urging import rules
from trienkhai.urging.models import Call

LONGEST = 500
TOLD = (Role.FOCAL, Role.SECRETARY, Role.LEADER)


@transaction.atomic
def call(assignment_id: int, *, text: str, by: Account, at: datetime) -> Call:
    """Urge the unit that holds this assignment, in the name of the caller's unit that stands nearest.

    Raises Refused; ValidationError for a missing or too long text.
    """
    words = _checked(text)
    lock_many([assignment_id])
    row = Assignment.objects.select_related("task", "held_by", "answers_to").get(pk=assignment_id)
    verdict = rules.can_call(by, row, day_of(at)).require()
    _store([row.pk], verdict, words, by, at, target=row)
    return Call.objects.get(assignment=row, unit=verdict.holding.post.unit, on=day_of(at))


@transaction.atomic
def call_matching(
    rows: QuerySet[Assignment], unit: Unit, *, text: str, selection: str, by: Account, at: datetime
) -> int:
    """Urge all of `rows` that the person may urge in the name of `unit`; returns how many. One act.

    Raises Refused for none; ValidationError for a missing or too long text.
    """
    words = _checked(text)
    verdict = rules.can_call_for(by, unit, day_of(at)).require()
    matching = rows.filter(pk__in=rules.visible_callable(by, unit, day_of(at)).values("pk"))
    ids = list(matching.order_by("pk").values_list("pk", flat=True))
    lock_many(ids)
    if connection.vendor == "postgresql":  # another caller may have been first
        ids = list(matching.all().filter(pk__in=ids).order_by("pk").values_list("pk", flat=True))
    if not ids:
        raise Refused(_("Nothing matches that could be urged: your unit may have urged it today."))
    _store(ids, verdict, words, by, at, selection=selection)
    return len(ids)


def _checked(text: str) -> str:
    words = squeeze(text)
    if not words:
        raise ValidationError({"text": _("Say what is expected.")})
    if len(words) > LONGEST:
        raise ValidationError({"text": _("At most %(limit)s characters.") % {"limit": LONGEST}})
    return words


def _store(
    ids: list[int],
    verdict: Verdict,
    words: str,
    by: Account,
    at: datetime,
    *,
    target: Assignment | None = None,
    selection: str = "",
) -> None:
    unit, day = verdict.holding.post.unit, connection.ops.adapt_datefield_value(day_of(at))
    digest = "" if target else hashlib.sha256(",".join(map(str, ids)).encode()).hexdigest()
    bulk: dict[str, Any] = {} if target else {"bulk": True}
    act = record(
        "assignment.urged",
        target,
        by=actor(by, verdict.holding),
        at=at,
        selection=selection,
        count=len(ids),
        digest=digest,
        personal={"reason": words},
        **bulk,
    )
    chosen, params = ids_sql(ids)
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO urging_call (assignment_id, unit_id, "on", text, by_id, at, act) '
            f"SELECT a.id, %s, %s, %s, %s, %s, %s FROM tasks_assignment a WHERE a.id {chosen} ORDER BY a.id",
            [unit.pk, day, words, by.pk, stored(at), act.pk, *params],
        )
    _tell(act.pk, unit, words, at)


def _tell(act: int, unit: Unit, words: str, at: datetime) -> None:
    """One notice to each unit urged by this act."""
    before, _zero, after = reverse("tasks:assignment", args=[0]).rpartition("0")
    made = json_object_sql(
        count="n", task="CASE WHEN n = 1 THEN title END", unit="CAST(%s AS TEXT)", text="CAST(%s AS TEXT)"
    )
    list_of = f"{reverse('urging:called', args=[act])}?don-vi="
    tell_selected(
        f"SELECT g.unit_id, CASE WHEN n = 1 THEN 'urged' ELSE 'urged_many' END AS kind, {made} AS params, "
        f"CASE WHEN n = 1 THEN '{before}' || first_id || '{after}' ELSE '{list_of}' || g.unit_id END AS url FROM ("
        "SELECT a.held_by_id AS unit_id, COUNT(*) AS n, MIN(a.id) AS first_id, MIN(t.title) AS title "
        "FROM urging_call c JOIN tasks_assignment a ON a.id = c.assignment_id JOIN tasks_task t ON t.id = a.task_id "
        "WHERE c.act = %s GROUP BY a.held_by_id) g",
        [unit.short_name, words, act],
        TOLD,
        at=at,
        act=act,
    )
