"""Leaders who issue at the same time, and work that goes on meanwhile."""

from datetime import date

import pytest

from trienkhai.audit.models import Act
from trienkhai.dashboards.actions import issue_sheet
from trienkhai.dashboards.links import EVERYTHING, Scope
from trienkhai.dashboards.tests.make import played
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import make_holder
from trienkhai.tasks.models import Sheet
from trienkhai.tasks.tests.make import at
from trienkhai.tasks.tests.test_races import at_once, fresh

pytestmark = pytest.mark.django_db(transaction=True)
THEN, LATER = date(2017, 6, 30), at(10, 7)


def test_two_leaders_at_once_issue_one_sheet_and_two_scopes_get_two_numbers():
    cast = played()
    pk, second = cast.tree.bloc.pk, make_holder(cast.tree.bloc, Role.LEADER)

    same = at_once(
        lambda: issue_sheet(pk, EVERYTHING, day=THEN, by=fresh(cast.leader), at=LATER),
        lambda: issue_sheet(pk, EVERYTHING, day=THEN, by=fresh(second), at=LATER),
    )
    other = at_once(
        lambda: issue_sheet(pk, Scope(period="2017-06"), day=THEN, by=fresh(cast.leader), at=LATER),
        lambda: issue_sheet(pk, Scope(period="2017"), day=THEN, by=fresh(second), at=LATER),
    )

    assert same[0] == same[1] and Act.objects.filter(verb="sheet.issued").count() == 3
    assert {sheet.number for sheet in other} == {2, 3} and Sheet.objects.count() == 3
