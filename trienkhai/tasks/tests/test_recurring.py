"""What repeats ends with its last day, if it has one."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from trienkhai.common.days import OPEN_END
from trienkhai.tasks import actions
from trienkhai.tasks.models import Assignment, Task
from trienkhai.tasks.tests.make import Cast, at, make_document, make_issue

pytestmark = pytest.mark.django_db
QUARTER = {"recurrence": "quarter", "due_on": date(2017, 3, 31)}


def days_due(until: date) -> list[date]:
    """The due days that are opened by the end of 2018 for one unit."""
    make_issue(Cast(), [QUARTER | {"recurs_until": until}], selection="unit:K.B.1")
    actions.open_occurrences(on=date(2018, 12, 31), at=at(31, 12, 2018))
    return list(Assignment.objects.order_by("occurrence").values_list("due_on", flat=True))


@pytest.mark.parametrize(
    ("until", "number"),
    [(date(2017, 3, 31), 1), (date(2017, 6, 29), 1), (date(2017, 6, 30), 2), (date(2017, 12, 31), 4), (OPEN_END, 8)],
)
def test_no_occurrence_is_due_after_the_last_day(until, number):
    due = days_due(until)

    assert len(due) == number and due[-1] <= until
    assert Task.objects.filter(next_on=None).count() == (until != OPEN_END)


def test_last_day_before_the_first_due_day_is_refused_at_its_field():
    cast = Cast()
    issue = actions.prepare_issue(
        make_document(cast.tree.bloc), cast.tree.bloc, [QUARTER | {"title": "Việc"}], by=cast.officer, at=at(3)
    )
    task = issue.tasks.get()

    with pytest.raises(ValidationError) as fault:
        actions.change_task(task.pk, {"recurs_until": date(2017, 3, 30)}, by=cast.officer, at=at(3))

    task.refresh_from_db()
    assert list(fault.value.message_dict) == ["recurs_until"] and task.recurs_until == OPEN_END


def test_form_takes_the_last_day_and_shows_none_as_empty(client):
    cast = Cast()
    issue = actions.prepare_issue(
        make_document(cast.tree.bloc), cast.tree.bloc, [QUARTER | {"title": "Việc"}], by=cast.officer, at=at(3)
    )
    task = issue.tasks.get()
    client.force_login(cast.officer)
    url = f"/giao-viec/viec/{task.pk}"
    typed = {
        "title": "Việc",
        "due_on": "31/03/2017",
        "recurrence": "quarter",
        "mode": "each",
        "answer_rule": "by_level",
    }

    empty = client.get(url).context["form"]["recurs_until"].value()
    client.post(url, typed | {"recurs_until": "31/12/2018"})

    task.refresh_from_db()
    assert empty is None and task.recurs_until == date(2018, 12, 31)
    assert "31/12/2018" in client.get(f"/giao-viec/{issue.pk}").content.decode()
    wrong = client.post(url, typed | {"recurs_until": "1/1/2017"})
    assert wrong.status_code == 422 and "recurs_until" in wrong.context["form"].errors
