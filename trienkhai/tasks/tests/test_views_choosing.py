"""Choosing who receives: groups and units by tick or by name, exceptions, and the count before anything is stored."""

from typing import Any

import pytest
from django.urls import reverse

from trienkhai.audit.models import Act
from trienkhai.orgs.choosing import SelectionForm, all_in_words, counts_of
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import NOON, make_holder
from trienkhai.tasks import actions
from trienkhai.tasks.models import Issue
from trienkhai.tasks.tests.make import DUE, Cast, make_document

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def prepared(cast: Cast, selection: str = "grassroots", tasks: int = 1) -> Issue:
    rows: list[dict[str, Any]] = [{"title": f"Việc {n}", "due_on": DUE, "selection": "unit:K.N"} for n in range(tasks)]
    document = make_document(cast.tree.bloc)
    return actions.prepare_issue(document, cast.tree.bloc, rows, selection=selection, by=cast.officer, at=NOON)


def chosen(cast: Cast, **given: Any) -> SelectionForm:
    form = SelectionForm(given, unit=cast.tree.bloc, on=NOON.date())
    form.is_valid()
    return form


def test_ticks_and_names_become_the_grammar():
    cast = Cast()

    form = chosen(cast, groups=["grassroots"], near=["unit:K.VP"], units="K.N; Đảng bộ Bắc", without="Chi bộ Bắc Hai")

    assert form.selection == "grassroots + unit:K.VP + unit:K.N + unit:K.B - unit:K.B.2"


@pytest.mark.parametrize("field", ["units", "without"])
def test_name_that_nobody_bears_is_told_at_its_field(field):
    cast = Cast()

    form = chosen(cast, groups=["children"], **{field: "Đảng bộ Không Có"})

    assert list(form.errors) == [field]


@pytest.mark.parametrize(
    "selection",
    ["children", "grassroots + unit:K.VP - unit:K.B.1", "below:K.B + unit:K.N.1 - kind:grassroots_cell"],
)
def test_what_was_chosen_comes_back_unchanged_from_the_form(selection):
    cast = Cast()
    shown = SelectionForm(unit=cast.tree.bloc, on=NOON.date(), current=selection)
    given = {name: shown[name].value() for name in shown.fields}

    again = SelectionForm(given, unit=cast.tree.bloc, on=NOON.date())

    assert again.is_valid()
    assert sorted(again.selection.split(" ")) == sorted(selection.split(" "))


def test_counts_are_given_by_kind_and_by_the_unit_above():
    cast = Cast()

    counts = counts_of("grassroots - unit:K.N.2", cast.tree.bloc, NOON.date())

    assert counts.units == 4
    assert sorted(number for _kind, number in counts.kinds) == [1, 3]
    assert dict(counts.branches) == {"Đảng bộ Bắc": 2, "Đảng bộ Nam": 1, "Đảng bộ Khối Thử": 1}


def test_preview_counts_what_is_ticked_and_stores_nothing(client):
    cast = Cast()
    issue = prepared(cast)
    acts = Act.objects.count()
    client.force_login(cast.officer)
    where = reverse("tasks:issue_preview", args=[issue.pk])

    part = client.get(where, {"groups": ["children"]}, headers=HTMX).content.decode()
    wrong = client.get(where, {"units": "không có"}, headers=HTMX).content.decode()

    assert "<html" not in part and '<b class="big">3</b>' in part
    assert "“không có”" in wrong and "<b" not in wrong
    assert Issue.objects.get(pk=issue.pk).selection == "grassroots"
    assert Act.objects.count() == acts


def test_count_only_answers_without_script_and_keeps_what_was_ticked(client):
    cast = Cast()
    issue = prepared(cast)
    client.force_login(cast.officer)

    page = client.post(reverse("tasks:issue_selection", args=[issue.pk]), {"near": ["unit:K.N"], "preview": "1"})

    assert page.status_code == 200
    assert page.context["counts"].units == 1
    assert page.context["form"]["near"].value() == ["unit:K.N"]
    assert Issue.objects.get(pk=issue.pk).selection == "grassroots"


def test_stranger_does_not_find_the_preview_and_an_issued_list_is_not_chosen_anew(client):
    cast = Cast()
    issue = prepared(cast)
    where = reverse("tasks:issue_preview", args=[issue.pk])

    client.force_login(make_holder(cast.tree.south, Role.OFFICER))
    foreign = client.get(where).status_code
    actions.issue_tasks(issue.pk, by=cast.leader, at=NOON)
    client.force_login(cast.officer)
    closed = client.get(where).status_code

    assert (foreign, closed) == (404, 409)


def test_words_of_many_selections_take_as_many_questions_as_those_of_one(django_assert_max_num_queries):
    cast = Cast()
    with django_assert_max_num_queries(20) as one:
        all_in_words(["unit:K.N"], cast.tree.bloc, NOON.date())

    with django_assert_max_num_queries(20) as many:
        words = all_in_words(["unit:K.N", "unit:K.B", "below:K.T", ""], cast.tree.bloc, NOON.date())

    assert len(one.captured_queries) == len(many.captured_queries)
    assert (words["unit:K.B"], words[""]) == ("Đảng bộ Bắc", "")


def test_issue_of_many_tasks_is_shown_with_as_many_questions_as_one_of_one(client, django_assert_max_num_queries):
    cast = Cast()
    few, many = prepared(cast), prepared(cast, tasks=5)
    client.force_login(cast.officer)
    client.get(reverse("tasks:issue", args=[few.pk]))
    with django_assert_max_num_queries(60) as one:
        client.get(reverse("tasks:issue", args=[few.pk]))

    with django_assert_max_num_queries(60) as five:
        client.get(reverse("tasks:issue", args=[many.pk]))

    assert len(five.captured_queries) == len(one.captured_queries)
