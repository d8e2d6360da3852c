"""A comparison of two drafts with its people, for tests."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from trienkhai.orgs.actions import comparing
from trienkhai.orgs.models import ComparedDraft, Comparison, Reorganisation, Role, Unit, UnitOpinion
from trienkhai.orgs.tests.make import Tree, make_holder
from trienkhai.orgs.tests.make_reorganising import AT, Office, dissolve, merge, move

DUE = date(2017, 6, 30)


class Study:
    """Two drafts of the bloc's office: the north's two units merge; the south is dissolved once its units moved up."""

    def __init__(self) -> None:
        self.tree = Tree()
        self.office = Office(self.tree.bloc)
        self.leader = {unit.pk: make_holder(unit, Role.LEADER) for unit in (self.tree.north, self.tree.north1)}
        tree = self.tree
        self.merging = self.file(merge(tree.north2, into=tree.north1), title="Hợp nhất hai cơ sở")
        self.flattening = self.file(
            move(tree.bloc, tree.south1, tree.south2), dissolve(tree.south, tree.bloc), title="Bỏ cấp trung gian"
        )

    def file(self, *steps: tuple[str, dict[str, Any]], **fields: Any) -> Reorganisation:
        return self.office.file(*steps, **fields)

    def compare(self, *files: Reorganisation, **words: Any) -> Comparison:
        chosen = files or (self.merging, self.flattening)
        values: dict[str, Any] = {"title": "So sánh hai mô hình", "question": "Mô hình nào ít tầng nấc hơn?"} | words
        ids = [file.pk for file in chosen]
        return comparing.begin_comparison(self.tree.bloc, files=ids, by=self.office.admin, at=AT, **values)

    def ask(self, comparison: Comparison, units: Sequence[Unit] = (), due_on: date = DUE) -> Comparison:
        ids = [unit.pk for unit in units or (self.tree.north, self.tree.north1)]
        return comparing.ask_opinions(comparison.pk, ids, due_on=due_on, by=self.office.admin, at=AT)


def draft_of(comparison: Comparison, file: Reorganisation) -> ComparedDraft:
    return comparison.drafts.get(reorganisation=file)


def opinion_of(comparison: Comparison, unit: Unit) -> UnitOpinion:
    return comparison.opinions.get(unit=unit)
