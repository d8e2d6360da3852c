"""The demo's partners: who is asked, what was answered late, what has ended."""

from datetime import date

import pytest

from trienkhai.demo import organisation
from trienkhai.demo.building import store_people, store_units
from trienkhai.demo.coordinating import make_coordination
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account
from trienkhai.tasks.models import Assignment, Partnership, State
from trienkhai.tasks.queries.coordinating import sheet_of

pytestmark = pytest.mark.django_db
END = date(2017, 12, 15)


def test_partners_of_the_demo_have_their_sheets():
    units = store_units(organisation.units())
    store_people(organisation.posts(), units)

    numbers = make_coordination(Unit.objects.select_related("present").get(pk=units["MH"].pk))

    officer = Account.objects.get(username="chuyenvien")
    first, second = Partnership.objects.select_related("unit", "partner").order_by("pk")
    now, past = (sheet_of(row, officer, first=date(2017, 1, 1), last=END, on=END) for row in (first, second))
    assert numbers == (2, 3)
    assert (now.figures["all"], now.figures["done"], now.counts["open"]) == (2, 1, 1)
    assert now.regulation and len(now.conclusions) == 1
    assert past.counts["late"] == 1 and not second.holds_on(END)
    assert Assignment.objects.filter(state=State.DONE).count() == 1
