"""The programme of a unit: from the term to the quarter, its items and the tasks made of them."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from trienkhai.audit.models import Act
from trienkhai.common.days import OPEN_END
from trienkhai.common.verdict import Refused
from trienkhai.documents import sight
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import DAY, NOON, make_holder
from trienkhai.tasks import actions
from trienkhai.tasks.models import Programme, Standing, Task
from trienkhai.tasks.queries.programme import counts_of, items_of, refined_counts
from trienkhai.tasks.rules_programme import visible_programmes
from trienkhai.tasks.tests.make import Cast, at, make_document, said
from trienkhai.tasks.tests.make_programme import ITEM, YEAR, Place, standing

pytestmark = pytest.mark.django_db

QUARTER, TERM = Programme.Kind.QUARTER, Programme.Kind.TERM
NOT_LONGER = "A longer programme, or one from above, that holds the same days is meant."


@pytest.fixture
def place() -> Place:
    return Place()


def next_year(place: Place) -> Programme:
    return actions.open_programme(place.bloc, YEAR, date(2018, 1, 1), by=place.officer, at=at(6))


def test_a_year_and_a_quarter_are_taken_whole_and_the_same_one_is_opened_once(place: Place):
    quarter = actions.open_programme(
        place.bloc, QUARTER, date(2017, 8, 9), part_of=place.year, by=place.officer, at=NOON
    )
    again = actions.open_programme(place.bloc, QUARTER, date(2017, 7, 1), by=place.officer, at=NOON)

    assert (place.year.starts_on, place.year.ends_on) == (date(2017, 1, 1), date(2017, 12, 31))
    assert (quarter.starts_on, quarter.ends_on, quarter.period) == (date(2017, 7, 1), date(2017, 9, 30), "III/2017")
    assert again.pk == quarter.pk and quarter.part_of == place.year


@pytest.mark.parametrize(
    ("kind", "first", "last", "field"),
    [
        ("month", date(2017, 1, 1), None, "kind"),
        (TERM, date(2015, 1, 1), None, "ends_on"),
        (TERM, date(2015, 1, 1), date(2014, 1, 1), "ends_on"),
    ],
)
def test_days_that_do_not_make_a_programme_are_refused(place: Place, kind: str, first: date, last: Any, field: str):
    with pytest.raises(ValidationError) as fault:
        actions.open_programme(place.bloc, kind, first, last, by=place.officer, at=NOON)

    assert list(fault.value.message_dict) == [field]


def test_two_terms_never_hold_the_same_day(place: Place):
    actions.open_programme(place.bloc, TERM, date(2015, 1, 1), date(2019, 12, 31), by=place.officer, at=NOON)

    with pytest.raises(ValidationError):
        actions.open_programme(place.bloc, TERM, date(2019, 6, 1), date(2024, 5, 31), by=place.officer, at=NOON)


def test_a_programme_comes_only_from_a_longer_one_that_holds_its_days(place: Place):
    other = next_year(place)

    with pytest.raises(ValidationError, match=said(NOT_LONGER)):
        actions.open_programme(place.bloc, QUARTER, date(2017, 8, 9), part_of=other, by=place.officer, at=NOON)
    with pytest.raises(ValidationError, match=said(NOT_LONGER)):
        actions.set_source(place.year.pk, part_of=other, document=place.paper, by=place.officer, at=NOON)


def test_a_lower_unit_bases_its_programme_on_the_one_from_above(place: Place):
    leader = place.cast.north_leader
    lower = actions.open_programme(
        place.cast.tree.north, YEAR, date(2017, 1, 1), part_of=place.year, by=leader, at=NOON
    )

    taken = actions.take_items(lower.pk, [place.item.pk], by=leader, at=NOON)
    again = actions.take_items(lower.pk, [place.item.pk], by=leader, at=NOON)

    assert [(row.from_item, row.title, row.due_on) for row in taken] == [(place.item, ITEM["title"], ITEM["due_on"])]
    assert again == [] and refined_counts(place.year) == {place.item.pk: 1}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": "  "}, "title"),
        ({"due_on": date(2018, 1, 1)}, "due_on"),
        ({"work_area": "gardening"}, "work_area"),
        ({"product": "x" * 501}, "product"),
    ],
)
def test_an_item_that_will_not_do_is_refused_at_its_field(place: Place, values: dict[str, Any], field: str):
    with pytest.raises(ValidationError) as fault:
        place.add(reason="Cần thêm", **values)

    assert list(fault.value.message_dict) == [field]
    assert place.year.items.count() == 1


def test_an_item_is_for_the_own_branch(place: Place):
    year = actions.open_programme(place.cast.tree.north, YEAR, DAY, by=place.cast.north_leader, at=NOON)

    with pytest.raises(ValidationError):
        actions.add_item(year.pk, {"title": "Việc", "unit": place.cast.tree.south}, by=place.cast.north_leader, at=NOON)


def test_once_in_force_an_addition_needs_a_reason_and_makes_another_version(place: Place):
    with pytest.raises(ValidationError, match=said("The programme is in force: say why.")):
        place.add()
    added = place.add(reason="Theo kết luận của Ban Thường vụ")

    place.year.refresh_from_db()
    assert added.added_reason == "Theo kết luận của Ban Thường vụ" and place.year.version == 2
    assert Act.objects.filter(verb="item.added", target_id=added.pk).count() == 1


def test_an_item_sent_twice_is_stored_once(place: Place):
    first = actions.add_item(place.year.pk, ITEM, reason="Cần", after=1, by=place.officer, at=NOON)
    again = actions.add_item(place.year.pk, ITEM, reason="Cần", after=1, by=place.officer, at=NOON)

    assert first.pk == again.pk


def test_a_change_needs_a_reason_and_the_same_words_leave_no_act(place: Place):
    actions.change_item(place.item.pk, dict(ITEM), by=place.officer, at=at(4))
    with pytest.raises(ValidationError, match=said("The programme is in force: say why.")):
        actions.change_item(place.item.pk, ITEM | {"product": "Kế hoạch"}, by=place.officer, at=at(4))

    assert not Act.objects.filter(verb="item.changed").exists()


def test_before_it_is_in_force_an_item_is_simply_taken_away():
    cast = Cast()
    year = actions.open_programme(cast.tree.bloc, YEAR, DAY, by=cast.officer, at=NOON)
    item = actions.add_item(year.pk, dict(ITEM), by=cast.officer, at=NOON)

    assert actions.drop_item(item.pk, by=cast.officer, at=NOON) is None
    assert not year.items.exists()


def test_an_officer_puts_it_in_force_only_on_a_signed_paper():
    cast = Cast()
    year = actions.open_programme(cast.tree.bloc, YEAR, DAY, by=cast.officer, at=NOON)
    with pytest.raises(Refused, match=said("The programme has no item yet.")):
        actions.put_in_force(year.pk, by=cast.leader, at=NOON)
    actions.add_item(year.pk, dict(ITEM), by=cast.officer, at=NOON)

    with pytest.raises(Refused, match=said("A leader of the unit puts it in force, or an officer on a signed paper.")):
        actions.put_in_force(year.pk, by=cast.officer, at=NOON)
    paper = make_document(cast.tree.bloc)
    actions.set_source(year.pk, part_of=None, document=paper, by=cast.officer, at=NOON)
    year = actions.put_in_force(year.pk, by=cast.officer, at=NOON)

    assert year.in_force


def test_without_a_document_no_task_is_given(place: Place):
    actions.set_source(place.year.pk, part_of=None, document=None, by=place.officer, at=NOON)

    with pytest.raises(
        Refused, match=said("Name the signed paper of the programme first: every task comes from a document.")
    ):
        actions.give_items(place.year.pk, [place.item.pk], by=place.officer, at=at(4))


def test_an_item_becomes_a_task_once_and_follows_it(place: Place):
    issue = actions.give_items(place.year.pk, [place.item.pk], by=place.officer, at=at(4))
    again = actions.give_items(place.year.pk, [place.item.pk], by=place.officer, at=at(4))
    task = issue.tasks.get()
    prepared = standing(place.item)

    actions.issue_tasks(issue.pk, by=place.leader, at=at(4))
    given = standing(place.item)
    place.play("acknowledge", "submit", "approve")

    assert again.pk == issue.pk and issue.document == place.paper
    assert (task.title, task.due_on, task.selection, task.mode) == (ITEM["title"], ITEM["due_on"], "unit:K.B", "joint")
    assert (prepared, given, standing(place.item)) == (Standing.GIVEN, Standing.GIVEN, Standing.DONE)


def test_further_items_join_the_open_sheet_and_what_is_not_known_is_a_doubt(place: Place):
    issue = actions.give_items(place.year.pk, [place.item.pk], by=place.officer, at=at(4))
    late = place.add(reason="Cần", due_on=date(2017, 1, 2), lead_words="Văn phòng nào đó")
    nobody = place.add(reason="Cần", title="Việc chưa rõ ai làm")

    again = actions.give_items(place.year.pk, [late.pk, nobody.pk], by=place.officer, at=at(5))

    tasks = list(issue.tasks.order_by("position"))
    assert again.pk == issue.pk and [task.position for task in tasks] == [1, 2, 3]
    assert tasks[1].due_on == OPEN_END
    assert [doubt["code"] for doubt in tasks[1].doubts] == ["not_matched", "before_issue"]
    assert [doubt["code"] for doubt in tasks[2].doubts] == ["no_lead"]


def test_a_task_left_out_of_its_sheet_gives_the_item_back(place: Place):
    issue = actions.give_items(place.year.pk, [place.item.pk], by=place.officer, at=at(4))
    actions.drop_task(issue.tasks.get().pk, by=place.officer, at=at(4))

    assert standing(place.item) == Standing.PLANNED
    actions.give_items(place.year.pk, [place.item.pk], by=place.officer, at=at(5))
    assert standing(place.item) == Standing.GIVEN and issue.tasks.filter(dropped=False).count() == 1


def test_an_item_whose_task_is_half_done_is_dropped_only_by_choice(place: Place):
    place.give()
    place.play("acknowledge", "update")

    with pytest.raises(Refused, match="1 "):
        actions.drop_item(place.item.pk, reason="Trùng", by=place.officer, at=at(6))
    dropped = actions.drop_item(place.item.pk, reason="Trùng", keep_work=True, by=place.officer, at=at(6))
    again = actions.drop_item(place.item.pk, reason="Trùng", keep_work=True, by=place.officer, at=at(6))

    assignment = Task.objects.get(programme_items=place.item).assignments.get()
    assert (dropped, again) == (place.item, place.item) and standing(place.item) == Standing.DROPPED
    assert assignment.is_open
    assert Act.objects.get(verb="item.dropped").data["kept"] == 1


def test_after_its_work_was_withdrawn_an_item_is_dropped_with_its_reason(place: Place):
    place.give()
    place.play("withdraw")

    with pytest.raises(ValidationError, match=said("The programme is in force: say why.")):
        actions.drop_item(place.item.pk, reason=" ", by=place.officer, at=at(6))
    item = actions.drop_item(place.item.pk, reason="Không còn cần", by=place.officer, at=at(6))

    assert item and item.reason == "Không còn cần" and standing(item) == Standing.DROPPED


def test_dropping_an_item_takes_its_draft_off_the_sheet(place: Place):
    issue = actions.give_items(place.year.pk, [place.item.pk], by=place.officer, at=at(4))

    actions.drop_item(place.item.pk, reason="Trùng", by=place.officer, at=at(5))

    assert issue.tasks.get().dropped


def test_what_has_no_task_is_marked_done_and_opened_again(place: Place):
    with pytest.raises(ValidationError, match=said("Say what came of it.")):
        actions.finish_item(place.item.pk, words="", by=place.officer, at=at(6))
    actions.finish_item(place.item.pk, words="Đã họp ngày 05/01", by=place.officer, at=at(6))
    done = standing(place.item)
    actions.reopen_item(place.item.pk, reason="Nhầm", by=place.officer, at=at(7))

    assert (done, standing(place.item)) == (Standing.DONE, Standing.PLANNED)


def test_a_given_item_is_neither_changed_nor_marked_done_here(place: Place):
    place.give()

    with pytest.raises(Refused, match=said("A task was made of this item: change the task.")):
        actions.finish_item(place.item.pk, words="Xong", by=place.officer, at=at(6))
    with pytest.raises(Refused, match=said("A task was made of this item: change the task.")):
        actions.change_item(place.item.pk, {"title": "Khác"}, reason="Vì", by=place.officer, at=at(6))


def test_open_items_go_on_in_the_next_year_with_their_task_in_one_act(place: Place):
    place.give()
    planned = place.add(reason="Cần", title="Việc chưa làm")
    target = next_year(place)
    chosen = [place.item.pk, planned.pk]

    first = actions.carry_over(place.year.pk, chosen, to=target.pk, by=place.officer, at=at(8))
    again = actions.carry_over(place.year.pk, chosen, to=target.pk, by=place.officer, at=at(8))

    rows = list(items_of(target, "", DAY))
    assert (first, again) == (2, 0) and Act.objects.filter(verb="programme.items_carried").count() == 1
    assert [(row.title, row.due_on, row.standing) for row in rows] == [
        (ITEM["title"], date(2018, 12, 31), Standing.GIVEN),
        ("Việc chưa làm", date(2018, 12, 31), Standing.PLANNED),
    ]
    assert standing(planned) == Standing.CARRIED and planned.pk == rows[1].carried_from.pk
    place.play("acknowledge", "submit", "approve")
    assert standing(rows[0]) == Standing.DONE


def test_items_go_on_only_in_a_later_programme_of_the_same_kind(place: Place):
    quarter = actions.open_programme(place.bloc, QUARTER, date(2018, 1, 1), by=place.officer, at=NOON)

    with pytest.raises(Refused, match=said("Items go on in a later programme of the same kind of this unit.")):
        actions.carry_over(place.year.pk, [place.item.pk], to=quarter.pk, by=place.officer, at=NOON)


def test_counts_name_each_item_once_and_its_list_holds_as_many(place: Place):
    place.give()
    place.add(reason="Cần", title="Bổ sung", due_on=date(2017, 1, 3))
    actions.drop_item(place.add(reason="Cần", title="Bỏ").pk, reason="Trùng", by=place.officer, at=at(6))
    actions.finish_item(place.add(reason="Cần", title="Xong").pk, words="Đã xong", by=place.officer, at=at(6))

    on = date(2017, 1, 9)
    counts = counts_of([place.year], on)[place.year.pk]

    assert (counts.all, counts.planned, counts.given, counts.done, counts.dropped) == (4, 1, 1, 1, 1)
    assert (counts.added, counts.late, counts.carried) == (3, 1, 0)
    for name in ("planned", "given", "done", "dropped", "carried", "added", "late"):
        assert items_of(place.year, name, on).count() == getattr(counts, name), name


def test_its_paper_holds_a_table_for_each_area_without_what_was_dropped(place: Place):
    place.add(reason="Cần", title="Học tập | quán triệt", work_area="ideology", time_words="Quý II")
    actions.drop_item(place.add(reason="Cần", title="Việc bị bỏ").pk, reason="Trùng", by=place.officer, at=at(6))

    draft = actions.draft_programme_paper(place.year.pk, by=place.officer, at=at(7))
    again = actions.draft_programme_paper(place.year.pk, by=place.officer, at=at(7))

    assert again.pk == draft.pk and draft.title == "công tác năm 2017"
    assert "I. CHÍNH TRỊ TƯ TƯỞNG" in draft.body and "II. CÔNG VIỆC KHÁC" in draft.body
    assert "| 1 | Học tập / quán triệt | Quý II |" in draft.body and "Việc bị bỏ" not in draft.body


def test_who_sees_a_programme(place: Place):
    prepared = next_year(place)
    own = set(visible_programmes(place.officer, DAY))
    below = set(visible_programmes(place.cast.north_leader, DAY))

    assert own == {place.year, prepared} and below == {place.year}
    place.paper.published = "no"
    place.paper.save()
    assert set(visible_programmes(make_holder(place.cast.tree.south, Role.FOCAL), DAY)) == set()


@pytest.mark.parametrize("role", [Role.CLERK, Role.FOCAL, Role.INSPECTOR, Role.MEMBER])
def test_others_do_not_keep_the_programme(place: Place, role: str):
    person = make_holder(place.bloc, role)

    with pytest.raises(Refused):
        actions.add_item(place.year.pk, dict(ITEM), reason="Cần", by=person, at=NOON)
    with pytest.raises(Refused):
        actions.drop_item(place.item.pk, reason="Cần", by=person, at=NOON)


def test_a_programme_goes_with_its_paper_when_that_is_locked_away(place: Place):
    removed = sight.remove_made(place.paper)

    assert removed["tasks.programme"] == [place.year.pk] and removed["tasks.programmeitem"] == [place.item.pk]
    assert not Programme.objects.exists()
