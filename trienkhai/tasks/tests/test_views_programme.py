"""The pages of programmes: what they list, give, ask and keep."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from trienkhai.orgs.tests.make import NOON
from trienkhai.tasks import actions
from trienkhai.tasks.models import Issue, Standing
from trienkhai.tasks.tests.make import at
from trienkhai.tasks.tests.make_programme import YEAR, Place, standing

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return Place()


def test_the_page_lists_gives_and_asks_before_dropping(place: Place, client: Any):
    client.force_login(place.officer)
    page = client.get(reverse("tasks:programme", args=[place.year.pk]))
    given = client.post(reverse("tasks:programme_give", args=[place.year.pk]), {"items": [place.item.pk, "x"]})
    issue = Issue.objects.get()
    actions.issue_tasks(issue.pk, by=place.leader, at=at(4))
    url = reverse("tasks:item_drop", args=[place.item.pk])

    form = client.get(url)
    refused = client.post(url, {"reason": "Trùng"})
    dropped = client.post(url, {"reason": "Trùng", "keep_work": "on"})

    assert page.status_code == 200 and given.url == reverse("tasks:issue", args=[issue.pk])
    assert b'name="keep_work"' in form.content and refused.status_code == 409
    assert dropped.status_code == 302 and standing(place.item) == Standing.DROPPED
    assert client.get(reverse("tasks:item", args=[place.item.pk])).status_code == 200


def test_forms_keep_what_was_typed_when_it_is_wrong(place: Place, client: Any):
    client.force_login(place.officer)

    wrong = client.post(
        reverse("tasks:item_add", args=[place.year.pk]), {"title": "Việc mới", "due_on": "2019-01-01", "reason": "Cần"}
    )
    opened = client.post(reverse("tasks:programme_open"), {"kind": "term", "starts_on": "2015-02-01"})

    assert wrong.status_code == 422 and "Việc mới" in wrong.content.decode()
    assert opened.status_code == 422


def test_the_list_asks_as_often_for_one_as_for_three(place: Place, client: Any):
    client.force_login(place.officer)
    url = reverse("tasks:programmes")
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for year in (2018, 2019):
        actions.open_programme(place.bloc, YEAR, date(year, 1, 1), by=place.officer, at=NOON)
    with CaptureQueriesContext(connection) as three:
        client.get(url)

    assert len(three) == len(one)
