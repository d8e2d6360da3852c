"""Standing programmes: only what the person sees is counted, nothing withdrawn, each number with its list."""

from datetime import date

import pytest
from django.urls import reverse

from trienkhai.common.models import Installation
from trienkhai.indicators.models import Indicator
from trienkhai.oversight.queries import Standing, standing_programmes
from trienkhai.people.models import Account
from trienkhai.tasks import actions
from trienkhai.tasks.models import Focus
from trienkhai.tasks.tests.make import Cast, assignment_of, at, make_issue

pytestmark = pytest.mark.django_db
ON = date(2017, 7, 10)


def numbers(account: Account) -> list[tuple[int, int, int, int]]:
    rows: list[Standing] = standing_programmes(account, ON)
    return [(row.tasks, row.is_open, row.overdue, row.indicators) for row in rows]


def test_a_lower_unit_counts_its_own_work_alone_and_nobody_counts_what_was_withdrawn(client):
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": ON})
    cast = Cast()
    tree = cast.tree
    first = date(2017, 1, 1)
    focus = Focus.objects.create(unit=tree.bloc, kind="reform", title="Cải cách hành chính", valid_from=first)
    Indicator.objects.create(unit=tree.bloc, code="CT1", period="quarter", focus=focus, valid_from=first)
    issue = make_issue(cast, [{"focus": focus}])
    actions.withdraw(assignment_of(issue, tree.south1).pk, reason="Thôi giao", by=cast.leader, at=at(5))

    assert numbers(cast.leader) == [(4, 4, 4, 1)]
    assert numbers(cast.north_leader) == [(2, 2, 2, 0)]
    assert numbers(cast.focal[tree.north1.pk]) == [(1, 1, 1, 0)]

    client.force_login(cast.north_leader)
    shown = client.get(reverse("oversight:standing")).content.decode()
    (row,) = standing_programmes(cast.north_leader, ON)
    assert all(url.replace("&", "&amp;") in shown for url in row.urls.values())
    for url in row.urls.values():
        listed = client.get(url).content.decode()
        assert tree.north1.short_name in listed and tree.direct.short_name not in listed
