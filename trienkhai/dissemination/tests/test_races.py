"""People at the same time: one receipt a unit, one acknowledgement, no more made up than absent."""

import pytest
from django.core.exceptions import ValidationError

from trienkhai.audit.models import Act
from trienkhai.common.verdict import Refused
from trienkhai.dissemination import actions
from trienkhai.dissemination.actions import SessionDetails
from trienkhai.dissemination.models import Attendance, Receipt, Sending, StudyPlan, StudySession
from trienkhai.dissemination.queries.study import Turnout, turnout_of
from trienkhai.dissemination.tests.make import Cast, receipt_of
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import make_holder
from trienkhai.tasks.tests.make import at
from trienkhai.tasks.tests.test_races import at_once, fresh

pytestmark = pytest.mark.django_db(transaction=True)


def refused(results: list[object]) -> int:
    return sum(isinstance(result, Refused) for result in results)


def test_a_document_sent_twice_at_once_gives_each_unit_one_receipt():
    cast = Cast()

    results = at_once(lambda: cast.send(), lambda: cast.send())

    assert (refused(results), Sending.objects.count(), Receipt.objects.count()) == (1, 1, 5)


def test_of_two_who_acknowledge_at_once_one_wins_alone_or_in_bulk():
    cast = Cast()
    cast.send()
    unit = cast.tree.north1
    first, second, pk = cast.focal[unit.pk], make_holder(unit, Role.LEADER), receipt_of(cast.document, unit).pk

    results = at_once(
        lambda: actions.acknowledge_receipt(pk, by=fresh(first), at=at(4)),
        lambda: actions.acknowledge_receipts(
            Receipt.objects.filter(pk=pk), selection="tất cả", by=fresh(second), at=at(4)
        ),
    )

    assert refused(results) == 1, results
    assert Act.objects.filter(verb="receipt.acknowledged").count() == 1


def test_two_plans_for_one_unit_at_once_are_one():
    cast = Cast()
    cast.send()
    unit = cast.tree.north1
    people = (cast.focal[unit.pk], make_holder(unit, Role.LEADER))

    results = at_once(*[lambda who=who: cast.plan(unit, by=fresh(who)) for who in people])

    assert (refused(results), StudyPlan.objects.count()) == (1, 1)


def test_make_ups_told_at_once_are_no_more_than_were_absent():
    cast = Cast()
    cast.send()
    unit = cast.tree.north1
    cast.hold(unit, {"members": (20, 10)})
    plan, person = StudyPlan.objects.get(), cast.focal[unit.pk]
    details = [SessionDetails(at(day), "Hội trường", kind="make_up") for day in (8, 9)]
    ups = [actions.plan_session(plan.pk, one, by=person, at=at(7)).pk for one in details]

    results = at_once(
        *[
            lambda pk=pk: actions.tell_attendance(pk, {"members": (10, 7)}, {}, by=fresh(person), at=at(20))
            for pk in ups
        ]
    )

    assert sum(isinstance(result, ValidationError) for result in results) == 1, results
    assert turnout_of(Attendance.objects.all()) == Turnout(20, 10, 7)
    assert StudySession.objects.filter(state="held").count() == 2
