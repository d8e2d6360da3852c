"""What tasks mean for the documents they come from."""

import pytest

from trienkhai.audit.models import Act
from trienkhai.common.days import OPEN_END
from trienkhai.common.verdict import Refused
from trienkhai.documents.models import Document
from trienkhai.documents.rules import visible_documents
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import DAY, NOON, make_holder
from trienkhai.people.models import Account
from trienkhai.tasks import actions
from trienkhai.tasks.actions.leaving import remove_work
from trienkhai.tasks.models import Issue
from trienkhai.tasks.tests.make import DUE, Cast, assignment_of, at, make_document, make_issue
from trienkhai.tasks.tests.play import bring

pytestmark = pytest.mark.django_db


def sees(account: Account, document: Document) -> bool:
    return visible_documents(account, DAY).filter(pk=document.pk).exists()


def test_who_holds_work_and_who_answers_for_it_see_the_source_and_their_neighbours_do_not():
    cast = Cast()
    document = make_issue(cast, selection="unit:K.B.1").document
    clerk, inspector = make_holder(cast.tree.north, Role.CLERK), make_holder(cast.tree.north, Role.INSPECTOR)

    assert sees(cast.focal[cast.tree.north1.pk], document)
    assert sees(cast.north_leader, document) and sees(inspector, document)
    assert not sees(cast.focal[cast.tree.north2.pk], document)
    assert not sees(cast.south_leader, document)
    assert not sees(clerk, document)


def test_who_co_ordinates_sees_the_source():
    cast = Cast()
    office = make_holder(cast.tree.office, Role.FOCAL)

    document = make_issue(
        cast, [{"mode": "joint", "selection": "unit:K.B.1", "coordinating_selection": "unit:K.VP"}]
    ).document

    assert sees(office, document)


def test_a_draft_shows_the_source_to_nobody_further():
    cast = Cast()
    document = make_document(cast.tree.bloc)
    actions.prepare_issue(
        document, cast.tree.bloc, [{"title": "Việc", "due_on": DUE}], selection="grassroots", by=cast.officer, at=NOON
    )

    assert sees(cast.officer, document)
    assert not sees(cast.north_leader, document) and not sees(cast.focal[cast.tree.north1.pk], document)


def test_drafts_leave_with_their_document_and_issued_tasks_hold_it():
    cast = Cast()
    document = make_document(cast.tree.bloc, symbol="02-NQ/ĐUTHU")
    rows = [{"title": "Việc", "due_on": DUE}]
    actions.prepare_issue(document, cast.tree.bloc, rows, by=cast.officer, at=NOON)
    issued = make_issue(cast).document

    remove_work(document)
    with pytest.raises(Refused):
        remove_work(issued)

    assert Issue.objects.get().document == issued


def test_work_that_was_done_holds_its_document_until_it_is_opened_again_and_withdrawn():
    cast = Cast()
    issue = make_issue(cast, selection="unit:K.B.1")
    done = bring(cast, assignment_of(issue, cast.tree.north1), "done")

    with pytest.raises(Refused):
        remove_work(issue.source)
    actions.reopen(done.pk, reason="Nhầm", by=cast.north_leader, at=at(6))
    actions.withdraw(done.pk, reason="Nhầm", by=cast.leader, at=at(6))
    remove_work(issue.source)

    assert not Document.objects.filter(tasks__assignments=done).exists()


def test_an_emptied_task_that_recurred_opens_no_further_period():
    cast = Cast()
    issue = make_issue(cast, [{"recurrence": "month", "due_on": OPEN_END}], selection="unit:K.B.1")
    actions.withdraw(assignment_of(issue, cast.tree.north1).pk, reason="Nhầm", by=cast.leader, at=at(5))
    remove_work(issue.source)

    opened = actions.open_occurrences(on=DUE, at=at(30, 6))

    assert opened == 0 and not Act.objects.filter(verb="task.recurred").exists()
