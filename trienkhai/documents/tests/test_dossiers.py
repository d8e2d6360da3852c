"""Dossiers: opened, filled, closed, handed over to the archive; how long they are kept; the list of what is due."""

import threading
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from trienkhai.audit.models import Act
from trienkhai.common.clock import moment
from trienkhai.common.verdict import Refused
from trienkhai.documents import rules_dossiers
from trienkhai.documents.actions import quarantine_document
from trienkhai.documents.actions.dossiers import (
    Described,
    change_dossier,
    close_dossier,
    hand_over,
    open_dossier,
    put_document,
    reopen_dossier,
    take_out_document,
)
from trienkhai.documents.models import Dossier, DossierDocument
from trienkhai.documents.queries.dossiers import months_before, proposed_retention, retention_classes, to_hand_over
from trienkhai.documents.tests.test_pages import signed_in
from trienkhai.norms.models import Norm
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.tests.make import DAY, NOON, Tree, make_holder
from trienkhai.people.models import Account
from trienkhai.tasks.tests.make import make_document

pytestmark = pytest.mark.django_db
LATER = moment(date(2021, 6, 1), 12)
TODAY = date(2021, 6, 1)


@pytest.fixture
def tree() -> Tree:
    return Tree()


@pytest.fixture
def clerk(tree: Tree) -> Account:
    return make_holder(tree.bloc, Role.CLERK)


def described(**fields: Any) -> Described:
    return Described(
        **{"code": "01.2017", "title": "Công tác thử", "retention": "permanent", "opened_on": DAY} | fields
    )


def opened(unit: Unit, by: Account, **fields: Any) -> Dossier:
    return open_dossier(unit, described(**fields), by=by, at=NOON)


def closed(unit: Unit, by: Account, on: date, **fields: Any) -> Dossier:
    row = opened(unit, by, **fields)
    put_document(row.pk, make_document(unit, symbol=f"{row.pk}-BC/ĐUTHU"), by=by, at=NOON)
    return close_dossier(row.pk, closed_on=on, by=by, at=LATER)


def inside(row: Dossier) -> list[tuple[int, str]]:
    places = row.places.filter(taken_out_at=None).order_by("position")
    return list(places.values_list("position", "document__symbol"))


def test_documents_lie_in_a_dossier_in_the_order_in_which_they_were_put(tree: Tree, clerk: Account):
    row = opened(tree.bloc, clerk)
    papers = [make_document(tree.bloc, symbol=f"{n}-BC/ĐUTHU") for n in (3, 1, 2)]

    for paper in (*papers, papers[0]):
        put_document(row.pk, paper, by=clerk, at=NOON)

    assert inside(row) == [(1, "3-BC/ĐUTHU"), (2, "1-BC/ĐUTHU"), (3, "2-BC/ĐUTHU")]
    assert Act.objects.filter(verb="dossier.document_put").count() == 3


def test_what_is_taken_out_stays_as_a_row_and_the_rest_moves_up(tree: Tree, clerk: Account):
    row = opened(tree.bloc, clerk)
    for number in (1, 2, 3):
        put_document(row.pk, make_document(tree.bloc, symbol=f"{number}-BC/ĐUTHU"), by=clerk, at=NOON)
    place = row.places.get(position=2)

    take_out_document(place.pk, by=clerk, at=NOON)
    take_out_document(place.pk, by=clerk, at=NOON)

    assert inside(row) == [(1, "1-BC/ĐUTHU"), (2, "3-BC/ĐUTHU")]
    assert (row.places.count(), Act.objects.filter(verb="dossier.document_taken_out").count()) == (3, 1)
    put_document(row.pk, place.document, by=clerk, at=NOON)
    assert inside(row)[-1] == (3, "2-BC/ĐUTHU")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"code": " "}, "code"),
        ({"code": "02.2017"}, "code"),
        ({"title": ""}, "title"),
        ({"retention": "forever"}, "retention"),
        ({"opened_on": date(1990, 1, 1)}, "retention"),
    ],
)
def test_a_dossier_that_cannot_be_is_told_at_its_field(tree: Tree, clerk: Account, fields: dict[str, Any], field: str):
    opened(tree.bloc, clerk, code="02.2017")

    with pytest.raises(ValidationError) as caught:
        opened(tree.bloc, clerk, **fields)

    assert list(caught.value.message_dict) == [field]
    assert Dossier.objects.count() == 1


def test_a_closed_dossier_takes_nothing_until_it_is_opened_again(tree: Tree, clerk: Account):
    row = closed(tree.bloc, clerk, date(2020, 1, 1))
    paper = make_document(tree.bloc, symbol="9-BC/ĐUTHU")

    for attempt in (
        lambda: put_document(row.pk, paper, by=clerk, at=LATER),
        lambda: change_dossier(row.pk, described(title="khác"), by=clerk, at=LATER),
        lambda: take_out_document(row.places.get().pk, by=clerk, at=LATER),
        lambda: close_dossier(row.pk, closed_on=date(2020, 2, 1), by=clerk, at=LATER),
    ):
        with pytest.raises(Refused):
            attempt()
    reopen_dossier(row.pk, by=clerk, at=LATER)
    put_document(row.pk, paper, by=clerk, at=LATER)

    assert len(inside(row)) == 2


@pytest.mark.parametrize("on", [date(2016, 12, 31), date(2021, 6, 2)])
def test_a_dossier_is_closed_between_its_opening_and_today(tree: Tree, clerk: Account, on: date):
    with pytest.raises(ValidationError):
        closed(tree.bloc, clerk, on)


def test_an_empty_dossier_is_not_closed(tree: Tree, clerk: Account):
    row = opened(tree.bloc, clerk)

    with pytest.raises(ValidationError):
        close_dossier(row.pk, closed_on=DAY, by=clerk, at=NOON)


@pytest.mark.parametrize(
    ("role", "place", "may"),
    [
        (Role.CLERK, "bloc", True),
        (Role.FOCAL, "bloc", True),
        (Role.INSPECTOR, "bloc", False),
        (Role.CLERK, "north", False),
    ],
)
def test_who_works_for_the_unit_keeps_its_dossiers(tree: Tree, role: str, place: str, may: bool):
    person = make_holder(getattr(tree, place), role)

    assert bool(rules_dossiers.can_keep_dossiers(person, tree.bloc, DAY)) == may
    if not may:
        with pytest.raises(Refused):
            opened(tree.bloc, person)
        assert not Dossier.objects.exists()


def test_a_document_outside_the_sight_is_not_put_in(tree: Tree, clerk: Account):
    row = opened(tree.bloc, clerk)

    with pytest.raises(Refused):
        put_document(row.pk, make_document(tree.south, symbol="1-X/Y"), by=clerk, at=NOON)

    assert inside(row) == []


def test_dossiers_are_seen_where_work_is_seen(tree: Tree, clerk: Account):
    row = opened(tree.bloc, clerk)
    north = opened(tree.north, make_holder(tree.north, Role.CLERK))
    leader, south = make_holder(tree.bloc, Role.LEADER), make_holder(tree.south, Role.LEADER)

    assert set(rules_dossiers.visible_dossiers(leader, DAY)) == {row, north}
    assert set(rules_dossiers.visible_dossiers(clerk, DAY)) == {row}
    assert not rules_dossiers.visible_dossiers(south, DAY).exists()


def test_the_class_is_proposed_by_the_types_the_longest_wins(tree: Tree):
    assert proposed_retention(["Công văn", "Báo cáo"], DAY) == "y20"
    assert proposed_retention(["Công văn", "Nghị quyết"], DAY) == "permanent"
    assert proposed_retention(["Thư chúc mừng"], DAY) == ""
    assert proposed_retention(["Công văn"], date(1990, 1, 1)) == ""


def test_classes_are_norms_with_source_and_grade(tree: Tree):
    assert list(retention_classes(date(2026, 1, 1)))[:2] == ["permanent", "y70"]
    rows = Norm.objects.filter(key__in=("retention_classes", "retention_by_type", "archive_handover_months"))
    assert all(row.source and row.grade in "GB" for row in rows)


@pytest.mark.parametrize(
    ("day", "months", "found"),
    [
        (date(2021, 6, 1), 12, date(2020, 6, 1)),
        (date(2021, 5, 31), 3, date(2021, 2, 28)),
        (date(2020, 2, 29), 12, date(2019, 2, 28)),
        (date(2021, 1, 15), 3, date(2020, 10, 15)),
    ],
)
def test_months_are_counted_back(day: date, months: int, found: date):
    assert months_before(day, months) == found


def test_dossiers_are_due_a_year_after_closing_and_works_after_three_months(tree: Tree, clerk: Account):
    closed(tree.bloc, clerk, date(2020, 6, 1), code="a")
    closed(tree.bloc, clerk, date(2020, 6, 2), code="b")
    closed(tree.bloc, clerk, date(2021, 3, 1), code="c", works=True)
    closed(tree.bloc, clerk, date(2021, 3, 2), code="d", works=True)
    opened(tree.bloc, clerk, code="e")

    assert [row.code for row in to_hand_over(tree.bloc, TODAY)] == ["a", "c"]
    assert not to_hand_over(tree.bloc, date(2019, 1, 1)).exists()


def test_without_a_norm_for_the_day_nothing_is_due_and_the_page_says_so(tree: Tree, clerk: Account):
    closed(tree.bloc, clerk, date(2017, 1, 4))
    Norm.objects.filter(key="archive_handover_months").delete()

    assert not to_hand_over(tree.bloc, TODAY).exists()
    assert "Chưa có quy định" in signed_in(clerk).get("/ho-so/nop-luu").content.decode()


def test_dossiers_are_handed_over_in_one_act_and_never_twice(tree: Tree, clerk: Account):
    rows = [closed(tree.bloc, clerk, date(2020, 1, 1), code=code) for code in "ab"]
    ids = [row.pk for row in rows]

    assert hand_over(tree.bloc, ids, on=TODAY, to="Lưu trữ cơ quan", by=clerk, at=LATER) == 2

    with pytest.raises(Refused):
        hand_over(tree.bloc, ids[:1], on=TODAY, to="x", by=clerk, at=LATER)
    with pytest.raises(Refused):
        reopen_dossier(ids[0], by=clerk, at=LATER)
    act = Act.objects.get(verb="dossier.handed_over")
    assert (act.count, act.data["dossiers"]) == (2, ids)
    assert {row.handed_over_on for row in Dossier.objects.all()} == {TODAY}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"dossiers": []}, "dossiers"),
        ({"to": " "}, "to"),
        ({"on": date(2021, 6, 2)}, "on"),
        ({"on": date(2019, 1, 1)}, "on"),
    ],
)
def test_a_handing_over_that_cannot_be_is_told(tree: Tree, clerk: Account, given: dict[str, Any], field: str):
    row = closed(tree.bloc, clerk, date(2020, 1, 1))
    values = {"dossiers": [row.pk], "on": TODAY, "to": "Lưu trữ"} | given

    with pytest.raises(ValidationError) as caught:
        hand_over(tree.bloc, values.pop("dossiers"), **values, by=clerk, at=LATER)

    assert list(caught.value.message_dict) == [field]
    assert not Dossier.objects.exclude(handed_over_on=None).exists()


def test_dossiers_of_another_unit_or_not_due_are_not_handed_over(tree: Tree, clerk: Account):
    own = closed(tree.bloc, clerk, date(2020, 1, 1))
    fresh = closed(tree.bloc, clerk, date(2021, 5, 1), code="b")
    foreign = closed(tree.north, make_holder(tree.north, Role.CLERK), date(2020, 1, 1))

    for ids in ([own.pk, fresh.pk], [own.pk, foreign.pk], [own.pk, 999_999]):
        with pytest.raises(Refused):
            hand_over(tree.bloc, ids, on=TODAY, to="x", by=clerk, at=LATER)
    with pytest.raises(Refused):
        hand_over(tree.bloc, [own.pk], on=TODAY, to="x", by=make_holder(tree.bloc, Role.FOCAL), at=LATER)

    assert not Dossier.objects.exclude(handed_over_on=None).exists()


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_leave_no_two_documents_at_one_place():
    tree = Tree()
    clerk = make_holder(tree.bloc, Role.CLERK)
    row = opened(tree.bloc, clerk)
    papers = [make_document(tree.bloc, symbol=f"{n}-BC/ĐUTHU") for n in range(6)]
    start, faults = threading.Barrier(len(papers)), []

    def one(paper: Any) -> None:
        try:
            start.wait()
            put_document(row.pk, paper, by=clerk, at=NOON)
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(paper,)) for paper in papers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    assert [position for position, _symbol in inside(row)] == [1, 2, 3, 4, 5, 6]


def test_a_document_locked_away_leaves_its_dossier(tree: Tree, clerk: Account):
    row, paper = opened(tree.bloc, clerk), make_document(tree.bloc)
    put_document(row.pk, paper, by=clerk, at=NOON)

    quarantine_document(paper.pk, by=clerk, at=NOON)

    assert not DossierDocument.objects.exists()


def test_the_documents_after_one_that_was_locked_away_move_up(tree: Tree, clerk: Account):
    first, second = opened(tree.bloc, clerk), opened(tree.bloc, clerk, code="02")
    papers = [make_document(tree.bloc) for _turn in range(4)]
    for paper in papers:
        put_document(first.pk, paper, by=clerk, at=NOON)
    for paper in papers[1:]:
        put_document(second.pk, paper, by=clerk, at=NOON)
    taken = DossierDocument.objects.get(dossier=second, document=papers[3])
    take_out_document(taken.pk, by=clerk, at=NOON)

    quarantine_document(papers[1].pk, by=clerk, at=NOON)

    places = DossierDocument.objects.filter(taken_out_at=None).order_by("dossier", "position")
    assert list(places.values_list("dossier", "document", "position")) == [
        (first.pk, papers[0].pk, 1),
        (first.pk, papers[2].pk, 2),
        (first.pk, papers[3].pk, 3),
        (second.pk, papers[2].pk, 1),
    ]
