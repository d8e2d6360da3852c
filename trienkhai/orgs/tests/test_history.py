"""Whatever moves: paths follow parents, places follow each other without gap, any day's subtree can be read."""

from contextlib import suppress
from datetime import timedelta

from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from trienkhai.audit.actions import SYSTEM
from trienkhai.common import paths
from trienkhai.common.clock import moment
from trienkhai.common.days import OPEN_END
from trienkhai.orgs.actions import store_change
from trienkhai.orgs.models import Unit, UnitPlace, UnitVersion
from trienkhai.orgs.queries import subtree
from trienkhai.orgs.tests.make import DAY, Tree

UNITS = 9
moves = st.lists(st.tuples(st.integers(1, UNITS - 1), st.integers(0, UNITS - 1), st.integers(0, 3)), max_size=15)


def parents_on(day) -> dict[int, int | None]:
    rows = UnitVersion.objects.filter(valid_from__lte=day, valid_to__gt=day)
    return dict(rows.values_list("unit", "parent"))


def below(top: int, parents: dict[int, int | None]) -> set[int]:
    found = {top}
    while more := {unit for unit, parent in parents.items() if parent in found} - found:
        found |= more
    return found


class AnyMoves(TestCase):
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @example([(1, 7, 0), (3, 5, 0), (4, 6, 0), (6, 3, 0), (8, 4, 0)])  # a ninth level leaves nothing half-written
    @given(moves)
    def test_paths_places_and_subtrees_follow_the_parents(self, sequence) -> None:
        Tree()
        pks = list(Unit.objects.order_by("pk").values_list("pk", flat=True))
        day, days = DAY, [DAY - timedelta(days=1)]

        for which, to, wait in sequence:
            day += timedelta(days=wait)
            days.append(day)
            unit = Unit.objects.select_related("present__parent").get(pk=pks[which])
            with suppress(ValidationError):
                store_change(unit, {"parent": Unit.objects.get(pk=pks[to])}, by=SYSTEM, at=moment(day))

        self._paths_equal_parents()
        self._places_are_contiguous()
        for each in days:
            parents = parents_on(each)
            for unit in Unit.objects.all():
                assert set(subtree(unit, each).values_list("pk", flat=True)) == below(unit.pk, parents)

    def _paths_equal_parents(self) -> None:
        for unit in Unit.objects.select_related("present__parent"):
            above = unit.present.parent.path if unit.present.parent else ""
            assert unit.path == above + paths.segment(unit.pk)

    def _places_are_contiguous(self) -> None:
        for model in (UnitPlace, UnitVersion):
            for unit in Unit.objects.all():
                spans = list(model.objects.filter(unit=unit).order_by("valid_from"))
                assert spans[0].valid_from == unit.established_on and spans[-1].valid_to == OPEN_END
                assert [span.valid_to for span in spans[:-1]] == [span.valid_from for span in spans[1:]]
        for unit in Unit.objects.all():
            last = UnitPlace.objects.get(unit=unit, valid_to=OPEN_END)
            assert (last.path, last.depth) == (unit.path, unit.depth)
