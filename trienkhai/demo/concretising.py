"""A grassroots committee of the demo makes the first resolution concrete: its own plan, and work for its cells."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from trienkhai.common.clock import moment
from trienkhai.documents.actions import change_draft, finish_draft
from trienkhai.documents.actions.drafting import WORDS
from trienkhai.documents.models import Document
from trienkhai.orgs.models import Role, Unit
from trienkhai.people.models import Account
from trienkhai.tasks import actions
from trienkhai.tasks.models import Assignment, ClauseAnswer, Issue
from trienkhai.tasks.queries.concretising import lines_of

UNIT, SYMBOL = "MH.01.001", "05-NQ/ĐUMH"
ANSWERED, WRITTEN, ISSUED, GIVEN = date(2017, 1, 18), date(2017, 1, 20), date(2017, 1, 25), date(2017, 2, 1)
DUE = date(2017, 11, 15)
OWN = "{words} Chỉ tiêu của Đảng bộ: 100% chi bộ hoàn thành trong tháng 10/2017."
NOT_OURS = "Nội dung này do Đảng ủy Khối trực tiếp thực hiện."
CELLS_TASK = "Chi bộ xây dựng kế hoạch và tổ chức thực hiện: {words}"


@dataclass(frozen=True)
class Moments:
    """When the clauses are answered, the plan is drafted, finished, issued."""

    answered: datetime
    drafted: datetime
    finished: datetime
    issued: datetime


MOMENTS = Moments(moment(ANSWERED, 9), moment(WRITTEN, 9), moment(WRITTEN, 10), moment(ISSUED, 15))


def make_concrete() -> tuple[int, int]:
    """Answers, plan, tasks for the cells; how many clauses were answered and how much work was given on."""
    unit = Unit.objects.select_related("present").get(present__code=UNIT)
    leader = Account.objects.filter(holdings__post__unit=unit, holdings__post__role=Role.LEADER).earliest("pk")
    document = Document.objects.get(symbol=SYMBOL)
    held = dict(
        Assignment.objects.filter(held_by=unit, task__document=document, occurrence=0).values_list(
            "task__clauses", "pk"
        )
    )
    answers = {
        line.clause.pk: _answer(number, line.words, line.clause.pk in held)
        for number, line in enumerate(lines_of(document, None))
    }
    recipients = "Đảng ủy Khối (để báo cáo)\nCác chi bộ trực thuộc\nLưu Văn phòng"
    words = {"symbol_body": "ĐUVPSM", "signer_name": leader.name, "recipients": recipients}
    plan = issue_plan(document, unit, answers, words, leader, MOMENTS)
    return len(answers), _give_on(plan, unit, held, leader).count


def issue_plan(
    document: Document,
    unit: Unit,
    answers: Mapping[int, dict[str, str]],
    given: dict[str, str],
    leader: Account,
    when: Moments,
) -> Document:
    """The plan by which the unit makes the document concrete, drafted of its answers and issued by its leader."""
    row = actions.answer_clauses(document, unit, answers, by=leader, at=when.answered)
    draft = actions.draft_programme(row.pk, by=leader, at=when.drafted)
    words: dict[str, Any] = {name: getattr(draft, name) for name in WORDS}
    words |= {"place": "Minh Họa", "signer_role": "Bí thư"} | given
    draft = change_draft(draft.pk, words, base=draft.version, by=leader, at=when.finished)
    said: dict[str, Any] = {"base": draft.version, "issued_on": when.issued.date(), "not_secret": True}
    return finish_draft(draft.pk, **said, by=leader, at=when.issued)


def _answer(number: int, words: str, is_ours: bool) -> dict[str, str]:
    if not is_ours:
        return {"kind": ClauseAnswer.Kind.NOT_APPLICABLE, "reason": NOT_OURS}
    if number % 3 == 0:
        return {"kind": ClauseAnswer.Kind.ADAPTED, "words": OWN.format(words=words)}
    return {"kind": ClauseAnswer.Kind.TAKEN}


def _give_on(plan: Document, unit: Unit, held: dict[int, int], leader: Account) -> Issue:
    """The first three pieces of work that the unit holds from the resolution, given on to its cells."""
    served = Assignment.objects.filter(pk__in=[pk for pk in held.values() if pk]).select_related("task").order_by("pk")
    rows = [
        {
            "title": CELLS_TASK.format(words=one.task.title),
            "due_on": min(one.due_on, DUE),
            "serves": one,
        }
        for one in served[:3]
    ]
    at = moment(GIVEN, 9)
    issue = actions.prepare_issue(plan, unit, rows, selection="children", on=GIVEN, by=leader, at=at)
    return actions.issue_tasks(issue.pk, by=leader, at=at)
