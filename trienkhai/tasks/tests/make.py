"""Rows for tests: a document, prepared and issued tasks, people who carry them out."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext

from trienkhai.common.clock import moment
from trienkhai.documents.models import Document
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.tests.make import DAY, NOON, Tree, make_holder
from trienkhai.people.models import Account
from trienkhai.tasks import actions
from trienkhai.tasks.models import Assignment, Issue, ProgressReport, State, Tally
from trienkhai.tasks.tally import count_rows

DUE = date(2017, 6, 30)


def at(day: int, month: int = 1, year: int = 2017, hour: int = 9) -> datetime:
    return moment(date(year, month, day), hour)


def said(sentence: str) -> str:
    """The sentence of a refusal as the person reads it, for `match`."""
    return re.escape(gettext(sentence))


def make_document(owner: Unit, **fields: Any) -> Document:
    values = {
        "doc_type": "Nghị quyết",
        "number": "01",
        "symbol": "01-NQ/ĐUTHU",
        "issuer": owner,
        "issuer_name": owner.name,
        "owner": owner,
        "issued_on": DAY,
        "title": "về công tác thử nghiệm",
        "signer_name": "Người Ký",
        "declared_at": NOON,
        "created_at": NOON,
    } | fields
    return Document.objects.create(**values)


class Cast:
    """The small tree of `orgs`, with the people a whole way needs."""

    def __init__(self) -> None:
        self.tree = Tree()
        self.officer = make_holder(self.tree.bloc, Role.OFFICER)
        self.leader = make_holder(self.tree.bloc, Role.LEADER)
        self.north_leader = make_holder(self.tree.north, Role.LEADER)
        self.south_leader = make_holder(self.tree.south, Role.LEADER)
        self.focal = {unit.pk: make_holder(unit, Role.FOCAL) for unit in self.tree.grassroots}

    def holder_of(self, assignment: Assignment) -> Account:
        return self.focal[assignment.held_by_id]

    def approver_of(self, assignment: Assignment) -> Account:
        leaders = {self.tree.north.pk: self.north_leader, self.tree.south.pk: self.south_leader}
        return leaders.get(assignment.answers_to_id, self.leader)


def make_issue(
    cast: Cast, tasks: Sequence[dict[str, Any]] = ({},), *, selection: str = "grassroots", when: datetime = NOON
) -> Issue:
    """Tasks prepared by the officer and issued by the leader of the bloc."""
    rows = [{"title": f"Việc {number}", "due_on": DUE} | row for number, row in enumerate(tasks, start=1)]
    document = make_document(cast.tree.bloc)
    issue = actions.prepare_issue(document, cast.tree.bloc, rows, selection=selection, by=cast.officer, at=when)
    return actions.issue_tasks(issue.pk, by=cast.leader, at=when)


def assignment_of(issue: Issue, unit: Unit) -> Assignment:
    return Assignment.objects.select_related("task", "held_by", "answers_to").get(
        task__issue=issue, unit=unit, occurrence=0
    )


def make_waiting(cast: Cast, number: int, *, tasks: int = 50) -> list[int]:
    """So many reports of the two units of north that wait for its leader, written in bulk; the tally counts them."""
    issue = make_issue(cast, [{} for _n in range(tasks)], selection="unit:K.B.1 + unit:K.B.2")
    given = list(Assignment.objects.filter(task__issue=issue).order_by("pk"))
    known = {"state": State.SUBMITTED, "submitted_on": at(5).date(), "since_on": at(5).date(), "percent": 100}
    copied = ("task_id", "unit_id", "held_by_id", "answers_to_id", "due_on", "first_due_on", "issued_on")
    rows = Assignment.objects.bulk_create(
        Assignment(occurrence=turn + 1, **{name: getattr(row, name) for name in copied}, **known)
        for turn in range(-(-number // len(given)))
        for row in given
    )[:number]
    ids = [row.pk for row in rows]
    Assignment.objects.filter(task__issue=issue).exclude(pk__in=ids).delete()
    ProgressReport.objects.bulk_create(
        ProgressReport(
            assignment_id=row.pk,
            state="submitted",
            percent=100,
            text="Đã hoàn thành",
            by=cast.focal[row.held_by_id],
            at=at(5),
            on=at(5).date(),
        )
        for row in rows
    )
    Tally.objects.filter(task__issue=issue).delete()
    count_rows(ids, 1)
    with connection.cursor() as cursor:  # what the database does by itself some time after so many rows
        cursor.execute("ANALYZE")
    return ids
