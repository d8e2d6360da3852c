"""Focuses of a unit: set, changed, ended, reviewed; what moved and what stands still."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from trienkhai.audit.models import Act
from trienkhai.common.verdict import Refused
from trienkhai.orgs.models import Post, Role
from trienkhai.orgs.tests.make import DAY, NOON, make_holder
from trienkhai.tasks import actions
from trienkhai.tasks.models import Assignment, Focus
from trienkhai.tasks.queries.focusing import branches_of, since_of
from trienkhai.tasks.rules_programme import visible_focuses
from trienkhai.tasks.tests.make import DUE, Cast, assignment_of, at, make_issue, said

pytestmark = pytest.mark.django_db

FOCUS = {"kind": "central", "title": "Xây dựng chi bộ vững mạnh", "goal": "100% chi bộ", "rhythm": "quarter",
         "valid_from": date(2017, 1, 1), "last_day": date(2017, 12, 31)}  # fmt: skip
WORDS = {"found": "Nhánh Nam chậm.", "decision": "Tập trung chỉ đạo nhánh Nam."}


class Place:
    """A focus of the bloc with one task for all grassroots, given on the third of January."""

    def __init__(self) -> None:
        self.cast = Cast()
        self.bloc, self.officer = self.cast.tree.bloc, self.cast.officer
        self.focus = actions.set_focus(self.bloc, dict(FOCUS), by=self.officer, at=NOON)
        self.issue = make_issue(self.cast, [{"focus": self.focus}])

    def review(self, day: int, **words: Any) -> Any:
        values = WORDS | words
        return actions.review_focus(self.focus.pk, on=at(day).date(), **values, by=self.officer, at=at(25))

    def update(self, unit: Any, day: int, bottleneck: str = "") -> Assignment:
        row = assignment_of(self.issue, unit)
        who = self.cast.holder_of(row)
        if row.state == "assigned":
            actions.acknowledge(row.pk, by=who, at=at(4))
        actions.update_progress(row.pk, percent=20, text="Đang làm", bottleneck=bottleneck, by=who, at=at(day))
        return row


@pytest.fixture
def place() -> Place:
    return Place()


def test_a_focus_sent_twice_is_set_once_and_its_words_stand_once(place: Place):
    again = actions.set_focus(place.bloc, dict(FOCUS), by=place.officer, at=NOON)

    assert again.pk == place.focus.pk and Act.objects.filter(verb="focus.set").count() == 1
    with pytest.raises(ValidationError, match=said("The unit has a focus of these words already.")):
        actions.set_focus(place.bloc, FOCUS | {"kind": "key"}, by=place.officer, at=NOON)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": " "}, "title"),
        ({"kind": "other"}, "kind"),
        ({"rhythm": "daily"}, "rhythm"),
        ({"goal": "x" * 5001}, "goal"),
        ({"last_day": date(2016, 1, 1)}, "last_day"),
    ],
)
def test_a_focus_that_will_not_do_is_refused_at_its_field(place: Place, values: dict[str, Any], field: str):
    with pytest.raises(ValidationError) as fault:
        actions.change_focus(place.focus.pk, FOCUS | values, by=place.officer, at=NOON)

    assert list(fault.value.message_dict) == [field]


def test_a_post_of_another_unit_does_not_answer_for_it(place: Place):
    foreign = Post.objects.filter(unit=place.cast.tree.north).first()

    with pytest.raises(ValidationError, match=said("A post of the unit itself is meant.")):
        actions.change_focus(place.focus.pk, FOCUS | {"owner": foreign}, by=place.officer, at=NOON)


def test_a_change_keeps_old_and_new_and_an_end_is_said_once(place: Place):
    actions.change_focus(place.focus.pk, FOCUS | {"goal": "90% chi bộ"}, by=place.officer, at=at(4))
    actions.end_focus(place.focus.pk, last_day=date(2017, 6, 30), by=place.officer, at=at(5))
    actions.end_focus(place.focus.pk, last_day=date(2017, 6, 30), by=place.officer, at=at(5))

    place.focus.refresh_from_db()
    act = Act.objects.get(verb="focus.changed")
    assert (act.data["old"], act.data["new"]) == ({"goal": "100% chi bộ"}, {"goal": "90% chi bộ"})
    assert place.focus.valid_to == date(2017, 7, 1) and Act.objects.filter(verb="focus.ended").count() == 1


def test_a_review_names_the_next_by_the_rhythm_and_is_kept_once(place: Place):
    review = place.review(10)
    again = place.review(10)

    assert review.pk == again.pk and review.next_on == date(2017, 6, 30)
    with pytest.raises(Refused, match=said("This focus was reviewed on that day already.")):
        place.review(10, decision="Khác")


@pytest.mark.parametrize(
    ("on", "words", "field"),
    [
        (date(2016, 12, 31), {}, "on"),
        (date(2017, 2, 1), {}, "on"),
        (date(2017, 1, 10), {"found": " "}, "found"),
        (date(2017, 1, 10), {"decision": ""}, "decision"),
        (date(2017, 1, 10), {"next_on": date(2017, 1, 10)}, "next_on"),
    ],
)
def test_a_review_that_will_not_do_is_refused(place: Place, on: date, words: dict[str, Any], field: str):
    with pytest.raises(ValidationError) as fault:
        actions.review_focus(place.focus.pk, on=on, **(WORDS | words), by=place.officer, at=at(25))

    assert list(fault.value.message_dict) == [field]


@pytest.mark.parametrize("role", [Role.CLERK, Role.FOCAL, Role.INSPECTOR, Role.MEMBER])
def test_others_neither_set_nor_review(place: Place, role: str):
    person = make_holder(place.bloc, role)

    with pytest.raises(Refused):
        actions.set_focus(place.bloc, FOCUS | {"title": "Khác"}, by=person, at=NOON)
    with pytest.raises(Refused):
        actions.review_focus(place.focus.pk, on=DAY, **WORDS, by=person, at=NOON)


def test_branches_are_told_by_what_moved_since_the_last_review(place: Place):
    tree = place.cast.tree
    place.update(tree.north1, 6)
    place.update(tree.south1, 6, bottleneck="Chờ kinh phí")
    review = place.review(10)
    place.update(tree.north1, 12)

    rows = branches_of(place.focus, place.bloc, since_of(place.focus, review), at(20).date())
    found = {row.unit: row for row in rows}

    north, south = found[tree.north], found[tree.south]
    assert [row.unit for row in rows][-1] == tree.north
    assert (north.moved, north.blocked) == (1, 0)
    assert (south.moved, south.blocked, south.words) == (0, 1, "Chờ kinh phí")
    assert (
        north.cells.total
        + south.cells.total
        + sum(row.cells.total for row in rows if row.unit not in (tree.north, tree.south))
        == Assignment.objects.count()
    )
    assert south.still == south.cells.total


def test_each_number_of_the_page_leads_to_a_list_that_holds_as_many(place: Place, client: Any):
    tree = place.cast.tree
    place.update(tree.north1, 6)
    place.update(tree.south1, 6, bottleneck="Chờ kinh phí")
    place.review(10)
    place.update(tree.north1, 12)
    client.force_login(place.officer)

    page = client.get(reverse("tasks:focus", args=[place.focus.pk]))
    wrong = []
    for row, urls in [*page.context["still"], *page.context["moved"]]:
        numbers = {"total": row.cells.total, "done": row.cells.done, "open_overdue": row.cells.open_overdue}
        numbers |= {"silent": row.silent, "moved": row.moved, "still": row.still, "blocked": row.blocked}
        for name, number in numbers.items():
            listed = client.get(urls[name]).context["pager"]["count"]
            wrong += [(str(row.unit), name, number, listed)] if listed != number and str(number) != listed else []

    assert wrong == []
    assert "Tập trung chỉ đạo nhánh Nam." in page.content.decode()


def test_a_day_of_the_address_that_is_none_lists_nothing(place: Place, client: Any):
    client.force_login(place.officer)

    page = client.get(reverse("tasks:list"), {"doi-tu": "yesterday"})

    assert page.status_code == 200 and page.context["pager"]["count"] == 0


def test_below_the_unit_its_reviews_are_not_read_but_the_own_branch_is(place: Place, client: Any):
    place.review(10)
    client.force_login(place.cast.north_leader)
    page = client.get(reverse("tasks:focus", args=[place.focus.pk]))

    assert page.status_code == 200 and page.context["top"] == place.cast.tree.north
    assert "Tập trung chỉ đạo" not in page.content.decode()
    assert not visible_focuses(make_holder(place.cast.tree.north, Role.MEMBER), DAY).exists()


def test_the_list_shows_the_last_decision_to_those_who_read_it(place: Place, client: Any):
    place.review(10)
    client.force_login(place.officer)
    above = client.get(reverse("tasks:focuses")).content.decode()
    client.force_login(place.cast.north_leader)
    below = client.get(reverse("tasks:focuses")).content.decode()

    assert WORDS["decision"] in above and WORDS["decision"] not in below and FOCUS["title"] in below


def test_a_focus_is_set_reviewed_and_ended_by_forms(place: Place, client: Any):
    client.force_login(place.officer)
    typed = {"kind": "key", "title": "Cải cách hành chính", "valid_from": "2017-01-01", "rhythm": "month"}

    made = client.post(reverse("tasks:focus_add"), typed)
    focus = Focus.objects.get(title="Cải cách hành chính")
    again = client.post(reverse("tasks:focus_add"), typed | {"kind": "central"})
    ended = client.post(reverse("tasks:focus_end", args=[focus.pk]), {"last_day": "2016-01-01"})

    assert made.status_code == 302 and (again.status_code, ended.status_code) == (422, 422)
    assert focus.kind == "key"


def test_tasks_are_listed_and_counted_by_area_of_work(place: Place, client: Any):
    rows = [{"title": "Việc dân vận", "due_on": DUE, "work_area": "mass_mobilisation", "selection": "grassroots"}]
    sheet = actions.prepare_issue(place.issue.document, place.bloc, rows, by=place.officer, at=at(4))
    actions.issue_tasks(sheet.pk, by=place.cast.leader, at=at(4))
    client.force_login(place.officer)

    board = client.get(reverse("dashboards:board", args=[place.bloc.pk]))
    areas = {row["label"]: row for row in board.context["areas"]}

    assert list(areas) == ["Mass mobilisation"] or list(areas) == ["Dân vận"]
    (row,) = areas.values()
    assert row["cells"].total == Assignment.objects.filter(task__work_area="mass_mobilisation").count()
    listed = client.get(row["urls"]["total"])
    assert str(listed.context["pager"]["count"]) == str(row["cells"].total)
    assert row["label"] in listed.content.decode()
