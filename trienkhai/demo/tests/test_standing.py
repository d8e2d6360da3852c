"""The demo's standing programmes are measured: two indicators each, with targets and values, each number opening."""

from datetime import date

import pytest
from django.urls import reverse

from trienkhai.common.models import Installation
from trienkhai.demo import organisation
from trienkhai.demo.building import store_focuses, store_people, store_units
from trienkhai.demo.standing import AHEAD, MEASURED, measure_standing
from trienkhai.indicators.models import Indicator, State, Target, Value
from trienkhai.orgs.models import Unit
from trienkhai.oversight.queries import standing_programmes
from trienkhai.people.models import Account

pytestmark = pytest.mark.django_db
TODAY = date(2017, 12, 15)


def test_each_programme_shows_its_indicators_and_each_number_opens(client):
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": TODAY})
    units = store_units(organisation.units())
    store_people(organisation.posts(), units)
    bloc = Unit.objects.select_related("present").get(pk=units["MH"].pk)
    store_focuses(bloc)

    told = measure_standing(bloc)

    assert told == Value.objects.filter(state=State.APPROVED).count() == len(AHEAD) * len(MEASURED) * 3
    assert Target.objects.count() == len(AHEAD) * len(MEASURED) * 4
    leader = Account.objects.get(username="lanhdao")
    rows = standing_programmes(leader, TODAY)
    assert {row.focus.kind: row.indicators for row in rows} == {"reform": 2, "mobilisation": 2}
    client.force_login(leader)
    for row in rows:
        page = client.get(reverse("tasks:focus", args=[row.focus.pk])).content.decode()
        for one in Indicator.objects.filter(focus=row.focus):
            parts = reverse("indicators:parts", args=[one.pk])
            assert parts in page
            opened = client.get(f"{parts}?don-vi={bloc.pk}&ky=2017-07-01").content.decode()
            assert all(units[code].name in opened for code in AHEAD)
