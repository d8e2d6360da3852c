"""The bloc's programme of 2017 for tests, with the people who keep it."""

from datetime import date
from typing import Any

from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import NOON, make_holder
from trienkhai.tasks import actions
from trienkhai.tasks.models import Issue, Programme, ProgrammeItem, Task
from trienkhai.tasks.tests.make import Cast, at, make_document
from trienkhai.tasks.tests.play import CALLS, right_person

YEAR = Programme.Kind.YEAR
ITEM = {"title": "Kiểm tra việc sinh hoạt chi bộ", "due_on": date(2017, 9, 30), "product": "Báo cáo"}


class Place:
    """The bloc's programme of 2017 on a signed paper, with one item for the north, in force."""

    def __init__(self, cast: Cast | None = None) -> None:
        self.cast = cast or Cast()
        self.bloc, self.officer, self.leader = self.cast.tree.bloc, self.cast.officer, self.cast.leader
        self.paper = make_document(self.bloc, doc_type="Chương trình", symbol="01-CTr/ĐUTHU", published="branch")
        self.year = actions.open_programme(self.bloc, YEAR, date(2017, 3, 5), by=self.officer, at=NOON)
        self.item = self.add(unit=self.cast.tree.north)
        actions.set_source(self.year.pk, part_of=None, document=self.paper, by=self.officer, at=NOON)
        self.year = actions.put_in_force(self.year.pk, by=self.leader, at=NOON)

    def add(self, reason: str = "", **values: Any) -> ProgrammeItem:
        return actions.add_item(self.year.pk, ITEM | values, reason=reason, by=self.officer, at=NOON)

    def give(self) -> Issue:
        issue = actions.give_items(self.year.pk, [self.item.pk], by=self.officer, at=at(4))
        return actions.issue_tasks(issue.pk, by=self.leader, at=at(4))

    def play(self, *verbs: str) -> None:
        assignment = Task.objects.get(programme_items=self.item).assignments.get()
        for verb in verbs:
            person = right_person(self.cast, assignment, verb) if verb in ("approve", "withdraw") else self.north
            CALLS[verb](assignment.pk, by=person, at=at(5))

    @property
    def north(self) -> Any:
        return self.cast.focal.setdefault(0, make_holder(self.cast.tree.north, Role.FOCAL))


def standing(item: ProgrammeItem) -> str:
    return ProgrammeItem.objects.standing().get(pk=item.pk).standing
