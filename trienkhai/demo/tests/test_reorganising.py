"""The demo's reorganisation files: one carried out by two people, one that stays a draft."""

import pytest

from trienkhai.demo import organisation
from trienkhai.demo.building import store_people, store_units
from trienkhai.demo.reorganising import DAY, FROM, TO, reorganise
from trienkhai.orgs.models import Reorganisation, Unit
from trienkhai.orgs.queries import children, unit_by_code

pytestmark = pytest.mark.django_db


def test_two_cells_merge_one_moves_and_a_draft_stays():
    units = store_units(organisation.units())
    store_people(organisation.posts(), units)
    bloc = Unit.objects.select_related("present").get(pk=units["MH"].pk)
    before = children(unit_by_code(FROM)).count()

    steps, carried = reorganise(bloc)

    done, draft = Reorganisation.objects.order_by("pk")
    assert (steps, carried, done.state, draft.state) == (2, 0, "carried_out", "draft")
    assert done.submitted_by != done.decided_by
    assert children(unit_by_code(FROM)).standing(DAY).count() == before - 2
    assert unit_by_code(f"{FROM}.004").present.parent == unit_by_code(TO)
