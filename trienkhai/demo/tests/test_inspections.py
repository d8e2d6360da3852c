"""The demo's inspections: one concluded, one of its findings remedied; one going on; subjects drawn."""

import pytest

from trienkhai.demo import organisation
from trienkhai.demo.building import store_people, store_units
from trienkhai.demo.inspections import make_inspections
from trienkhai.inspections.models import Draw, Finding, Inspection
from trienkhai.inspections.queries.integrity import altered_conclusions, closed_without_proof, unrepeatable_draws
from trienkhai.orgs.models import Unit
from trienkhai.tasks.models import State

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files_apart(own_files: None) -> None:
    """The files of the demo go with the test."""


def test_one_is_concluded_one_goes_on_and_four_subjects_are_drawn():
    units = store_units(organisation.units())
    store_people(organisation.posts(), units)
    bloc = Unit.objects.select_related("present").get(pk=units["MH"].pk)

    inspections, unremedied = make_inspections(bloc)

    states = sorted(Inspection.objects.values_list("state", flat=True))
    assert (inspections, unremedied) == (6, 1) and states == ["concluded", "conduct", *["planned"] * 4]
    assert Draw.objects.get().candidates.count() == 63
    assert Finding.objects.get(closed_on=None).task.assignments.get().state == State.ASSIGNED
    assert not [*altered_conclusions(), *unrepeatable_draws(), *closed_without_proof()]
