"""Work that serves other work: an inner day is not later, closing the outer one asks about what is open below."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import make_holder
from trienkhai.tasks import actions
from trienkhai.tasks.models import Assignment, State
from trienkhai.tasks.tally import recount
from trienkhai.tasks.tests.make import DUE, Cast, assignment_of, at, make_document, make_issue

pytestmark = pytest.mark.django_db


class Outer:
    """North holds work of the bloc and has given it on to its two units."""

    def __init__(self) -> None:
        self.cast = Cast()
        self.north = self.cast.tree.north
        self.outer = assignment_of(make_issue(self.cast, selection="unit:K.B"), self.north)
        self.officer = make_holder(self.north, Role.OFFICER)
        actions.acknowledge(self.outer.pk, by=self.cast.north_leader, at=at(4))

    def give_on(self, **task: Any) -> list[Assignment]:
        rows = [{"title": "Việc của nhánh", "due_on": DUE, "serves": self.outer} | task]
        paper = make_document(self.north, symbol="07-KH/ĐUB")
        issue = actions.prepare_issue(paper, self.north, rows, by=self.officer, at=at(4))
        actions.issue_tasks(issue.pk, by=self.cast.north_leader, at=at(4))
        return list(Assignment.objects.filter(task__issue=issue).order_by("pk"))

    def report(self, **words: Any) -> None:
        actions.submit_report(self.outer.pk, text="Đã xong", by=self.cast.north_leader, at=at(5), **words)


@pytest.fixture
def outer() -> Outer:
    return Outer()


def test_an_inner_day_is_not_later_than_the_outer_one(outer: Outer):
    with pytest.raises(ValidationError) as fault:
        outer.give_on(due_on=DUE + timedelta(days=1))

    assert list(fault.value.message_dict) == ["due_on"]
    assert outer.give_on(due_on=DUE)


def test_closing_asks_about_open_work_below_with_its_number_and_stores_nothing_meanwhile(outer: Outer):
    below = outer.give_on()

    with pytest.raises(ValidationError) as fault:
        outer.report()

    assert str(len(below)) in fault.value.message_dict["children"][0]
    outer.outer.refresh_from_db()
    assert outer.outer.state == State.ACKNOWLEDGED and not outer.outer.reports.exists()


def test_open_work_below_goes_on_or_is_withdrawn_as_chosen(outer: Outer):
    below = outer.give_on()

    outer.report(children="withdraw")

    states = set(Assignment.objects.filter(pk__in=[row.pk for row in below]).values_list("state", flat=True))
    assert states == {State.WITHDRAWN}
    assert recount() == []


def test_open_work_below_is_left_when_that_is_chosen(outer: Outer):
    below = outer.give_on()

    outer.report(children="leave")

    assert Assignment.objects.filter(pk__in=[row.pk for row in below], state=State.ASSIGNED).count() == len(below)


def test_many_at_once_do_not_pass_over_open_work_below(outer: Outer):
    outer.give_on()

    with pytest.raises(ValidationError):
        rows, leader = Assignment.objects.filter(pk=outer.outer.pk), outer.cast.north_leader
        actions.report_several(rows, text="Xong", selection="mine", by=leader, at=at(5))


def test_the_form_asks_only_where_something_is_open(outer: Outer, client: Any):
    client.force_login(outer.cast.north_leader)
    url = reverse("tasks:submit", args=[outer.outer.pk])
    alone = client.get(url).content.decode()
    outer.give_on()
    asked = client.get(url).content.decode()
    refused = client.post(url, {"text": "Đã xong"})

    assert 'name="children"' not in alone and 'name="children"' in asked
    assert refused.status_code == 422
