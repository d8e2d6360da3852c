"""The demo's comparison of models: two drafts, some units asked, some answered."""

import pytest

from trienkhai.demo import organisation
from trienkhai.demo.building import store_people, store_units
from trienkhai.demo.comparing import compare_models
from trienkhai.demo.reorganising import reorganise
from trienkhai.orgs.models import Comparison, Unit
from trienkhai.orgs.queries_comparing import columns_of

pytestmark = pytest.mark.django_db


def test_two_drafts_are_compared_and_some_of_the_units_asked_have_answered():
    units = store_units(organisation.units())
    store_people(organisation.posts(), units)
    bloc = Unit.objects.select_related("present").get(pk=units["MH"].pk)
    reorganise(bloc)

    asked, answered = compare_models(bloc)

    one = Comparison.objects.get()
    assert one.state == "asking" and 1 <= answered < asked
    assert [column.faults for column in columns_of(one, one.asked_on)] == [[], [], []]
