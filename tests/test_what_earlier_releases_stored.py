"""What earlier releases stored otherwise, or told in their acts alone, becomes rows: one way back and forward."""

from datetime import date

import pytest

from tests.migrating import migrate
from trienkhai.dissemination.actions import Order, send_document
from trienkhai.dissemination.models import Receipt
from trienkhai.documents.actions import begin_draft
from trienkhai.documents.models import Draft
from trienkhai.documents.tests.make_drafts import WORDS, begin
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import NOON, make_holder
from trienkhai.people.models import Account
from trienkhai.tasks import actions
from trienkhai.tasks.models import Assignment, PastHolder
from trienkhai.tasks.tests.make import Cast, assignment_of, at, make_document, make_issue

pytestmark = pytest.mark.django_db(transaction=True)


def hand_over(cast: Cast) -> Assignment:
    """A part handed over on 20 January; another request of it, which handed nothing over, was granted too."""
    row = assignment_of(make_issue(cast, selection="unit:K.B.1"), cast.tree.north1)
    holder = make_holder(cast.tree.north1, Role.FOCAL)
    asked = actions.ask(row.pk, kind="transfer", reason="x", unit=cast.tree.south1, by=holder, at=at(9))
    actions.decide_request(asked.pk, grant=True, by=cast.leader, at=at(20))
    other = actions.ask(row.pk, kind="adjust", reason="x", by=make_holder(cast.tree.south1, Role.FOCAL), at=at(21))
    actions.decide_request(other.pk, grant=True, by=cast.leader, at=at(21))
    return row


def copied_draft(cast: Cast, clerk: Account) -> tuple[Draft, Draft]:
    """A draft and its copy, beside one that was copied from none."""
    first = begin(cast.tree.bloc, clerk)
    copy = begin_draft(cast.tree.bloc, WORDS, copied=first, by=clerk, at=NOON)
    begin_draft(cast.tree.bloc, WORDS, by=clerk, at=NOON)
    return first, copy


def test_hand_overs_copies_and_the_first_receivers_are_read_from_what_was_stored():
    cast = Cast()
    clerk = make_holder(cast.tree.bloc, Role.CLERK)
    row, (first, copy) = hand_over(cast), copied_draft(cast, clerk)
    send_document(make_document(cast.tree.bloc).pk, cast.tree.bloc, Order("grassroots"), by=clerk, at=NOON)

    try:
        migrate(
            ("tasks", "0004_concretising"), ("documents", "0010_scans"), ("dissemination", "0001_sending_and_study")
        )
    finally:
        migrate()

    held = PastHolder.objects.values_list("assignment", "unit", "to_on")
    assert list(held) == [(row.pk, cast.tree.north1.pk, date(2017, 1, 20))]
    assert list(Draft.objects.exclude(copied_from=None).values_list("pk", "copied_from")) == [(copy.pk, first.pk)]
    receipts = Receipt.objects.values_list("unit", "sent_to")
    assert {unit for unit, _sent_to in receipts} == {unit.pk for unit in cast.tree.grassroots}
    assert all(unit == sent_to for unit, sent_to in receipts)
