"""The demo's register of commendations."""

import pytest

from trienkhai.demo import organisation
from trienkhai.demo.building import store_people, store_units
from trienkhai.demo.evaluation import make_evaluations
from trienkhai.evaluation.models import Commendation, Kind
from trienkhai.orgs.models import Unit

pytestmark = pytest.mark.django_db


def test_the_register_holds_as_many_as_the_year_had_each_organisation_once():
    units = store_units(organisation.units())
    store_people(organisation.posts(), units)

    make_evaluations(Unit.objects.select_related("present").get(pk=units["MH"].pk))

    given = Commendation.objects.filter(state="decided")
    assert [given.filter(kind=kind).count() for kind in (Kind.CELL, Kind.ORGANISATION, Kind.PERSON)] == [125, 53, 16]
    assert given.filter(kind=Kind.ORGANISATION).values("unit").distinct().count() == 53
