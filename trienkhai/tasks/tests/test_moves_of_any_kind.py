"""Whoever gave the work and wherever a branch goes: it is counted, and answers, by the places of the day."""

from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from trienkhai.audit.actions import SYSTEM
from trienkhai.common import paths
from trienkhai.common.verdict import Refused
from trienkhai.orgs import journal
from trienkhai.orgs.actions import store_change
from trienkhai.orgs.models import Unit
from trienkhai.orgs.taking_back import take_back
from trienkhai.orgs.tests.make import DAY, make_unit
from trienkhai.tasks.answering import set_answers_to
from trienkhai.tasks.models import COUNTED, OPEN_STATES, AnswerRule, Assignment, Tally, Task
from trienkhai.tasks.tally import count_rows, negatives, recount
from trienkhai.tasks.tests.make import DUE, Cast, at, make_issue

moves = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 9)), min_size=1, max_size=8)


class World:
    """Nine units of four levels below a root; four of them and the root have given work to every unit, by either rule
    of who answers."""

    def __init__(self) -> None:
        self.cast = Cast()
        tree = self.cast.tree
        lower = [make_unit(tree.north1, kind="cell", code=f"K.B.1.{n}", name=f"Chi bộ {n}") for n in (1, 2)]
        self.below = [tree.north, tree.south, tree.direct, tree.office, tree.north1, tree.north2, tree.south1, *lower]
        self.parents = [tree.bloc, *self.below]
        issue = make_issue(self.cast, [{}])
        given = [
            Task.objects.create(
                issue=issue,
                document=issue.document,
                assigner=unit,
                position=place,
                title=f"Việc của {unit.name}",
                due_on=DUE,
                issued_on=DAY,
                answer_rule=rule,
            )
            for place, unit in enumerate((tree.bloc, tree.north, tree.south, tree.north1, tree.direct), start=5)
            for rule in AnswerRule.values
        ]
        rows = Assignment.objects.bulk_create(
            Assignment(
                task=task,
                unit=unit,
                held_by=unit,
                answers_to_id=task.assigner_id,
                due_on=DUE,
                first_due_on=DUE,
                issued_on=DAY,
                since_on=DAY,
            )
            for task in given
            for unit in self.below
        )
        ids = sorted(row.pk for row in rows)
        set_answers_to(ids)
        count_rows(ids, 1)

    def move(self, unit: int, parent: int, day: int) -> None:
        """A move that the tree refuses (below itself, too deep) changes nothing."""
        units = Unit.objects.select_related("present__parent")
        fresh, above = units.get(pk=self.below[unit].pk), units.get(pk=self.parents[parent].pk)
        with suppress(ValidationError):
            store_change(fresh, {"parent": above}, by=SYSTEM, at=at(day))


def answers_to(row: Assignment) -> int:
    """By the words of the rule, from the path alone."""
    top, path = row.task.assigner.path or "", row.held_by.path or ""
    between = paths.ids(path)[paths.depth(top) : -1] if path.startswith(top) else []
    by_level = row.task.answer_rule == AnswerRule.BY_LEVEL
    return between[0] if by_level and between else row.task.assigner_id


class CountsAndAnswersFollowTheTree(TestCase):
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(moves)
    def test_after_any_sequence_of_moves(self, sequence: list[tuple[int, int]]) -> None:
        world = World()

        for day, (unit, parent) in enumerate(sequence, start=8):
            world.move(unit, parent, day)
            assert recount() == [] and negatives() == 0

        for row in Assignment.objects.filter(state__in=OPEN_STATES).select_related("task__assigner", "held_by"):
            assert row.answers_to_id == answers_to(row)

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(moves)
    def test_moves_that_are_taken_back_leave_the_counts_and_answers_of_before(
        self, sequence: list[tuple[int, int]]
    ) -> None:
        world = World()
        before = everything()
        with journal.keep("thu", on=at(8).date()):
            for unit, parent in sequence:
                world.move(unit, parent, 8)

        with suppress(Refused):  # every move was refused
            take_back("thu", by=SYSTEM, at=at(8))

        assert everything() == before and recount() == [] and negatives() == 0


def everything() -> list[object]:
    counts = Tally.objects.exclude(**dict.fromkeys(COUNTED, 0)).order_by("unit", "task")
    return [
        *Assignment.objects.order_by("pk").values_list("pk", "held_by", "answers_to", "state"),
        *counts.values_list("unit", "task", *COUNTED),
    ]


@pytest.mark.django_db
def test_branch_that_moves_and_comes_back_leaves_the_counts_of_other_branches_alone():
    """A task given to a whole country is not counted anew because one branch moves."""
    world = World()
    tree = world.cast.tree
    elsewhere = Tally.objects.filter(unit=tree.north)
    elsewhere.update(assigned=77)

    with journal.keep("thu", on=at(8).date()):
        world.move(world.below.index(tree.south1), world.parents.index(tree.bloc), 8)
    assert set(elsewhere.values_list("assigned", flat=True)) == {77}
    take_back("thu", by=SYSTEM, at=at(8))

    assert set(elsewhere.values_list("assigned", flat=True)) == {77}
