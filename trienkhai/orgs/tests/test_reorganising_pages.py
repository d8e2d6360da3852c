"""Pages of reorganisation files: who sees them, how steps are added and changed, what each verb answers."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from trienkhai.orgs import rules_reorganising as rules
from trienkhai.orgs.actions import reorganising
from trienkhai.orgs.actions.reorganising import key_of
from trienkhai.orgs.models import Reorganisation, Role, Step, Unit
from trienkhai.orgs.tests.make import Tree, make_holder
from trienkhai.orgs.tests.make_reorganising import Office, dissolve, fresh, merge, move, new

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def tree() -> Tree:
    return Tree()


@pytest.fixture
def office(tree: Tree) -> Office:
    return Office(tree.bloc)


def today_file(office: Office, *steps: tuple[str, dict[str, Any]], **fields: Any) -> Reorganisation:
    now = timezone.now()
    return office.file(*steps, at=now, effective_on=timezone.localdate(), **fields)


def url(name: str, *args: Any) -> str:
    return reverse(f"orgs:{name}", args=args)


def test_draft_is_seen_by_the_office_alone_and_a_carried_out_file_by_everyone(office: Office, tree: Tree):
    now, on = timezone.now(), timezone.localdate()
    file = today_file(office, move(tree.south, tree.north1))
    near = [office.admin, office.leader, make_holder(tree.bloc, Role.OFFICER)]
    far = [
        make_holder(tree.north, Role.LEADER),
        make_holder(tree.bloc, Role.FOCAL),
        make_holder(tree.north1, Role.MEMBER),
    ]

    seen = [list(rules.visible_reorganisations(person, on)) for person in near + far]
    assert seen == [[file]] * 3 + [[]] * 3
    reorganising.submit_reorganisation(file.pk, by=office.admin, at=now)
    reorganising.approve_and_carry_out(file.pk, by=office.leader, at=now)

    assert all(rules.visible_reorganisations(person, on).exists() for person in near + far)


def test_list_costs_the_same_queries_with_one_file_and_with_three(
    client: Any, office: Office, tree: Tree, django_assert_num_queries: Any
):
    client.force_login(office.admin)
    today_file(office, move(tree.south, tree.north1))
    client.get(url("reorganisations"))
    with CaptureQueriesContext(connection) as one:
        client.get(url("reorganisations"))
    for _number in range(2):
        today_file(office, move(tree.south, tree.north1))

    with django_assert_num_queries(len(one)):
        client.get(url("reorganisations"))


def test_steps_are_added_by_codes_and_a_later_one_names_a_unit_of_an_earlier_one(
    client: Any, office: Office, tree: Tree
):
    client.force_login(office.admin)
    file = today_file(office)
    words = {"code": "K.D", "name": "Đảng bộ Đông", "kind": "upper_committee", "relation": "subordinate", "parent": "K"}

    client.post(url("step_add", file.pk, "establish"), words)
    answer = client.post(url("step_add", file.pk, "move"), {"units": "K.B.1; K.B.2", "parent": "K.D"})

    first, second = file.steps.all()
    assert answer.status_code == 302
    assert second.payload == {"units": [key_of(tree.north1), key_of(tree.north2)], "parent": f"s{first.pk}.0"}
    assert list(second.units.order_by("pk")) == sorted([tree.north1, tree.north2], key=lambda unit: unit.pk)
    shown = client.get(url("step_edit", second.pk)).content.decode()
    chosen = [f'name="units-co" value="{key_of(unit)}" checked' for unit in (tree.north1, tree.north2)]
    assert all(row in shown for row in chosen) and 'value="Đảng bộ Đông (K.D)"' in shown


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("K.B.1, K.B.2", ["K.B.1", "K.B.2"]),
        ("Chi bộ Bắc Hai\nk.n.1", ["K.B.2", "K.N.1"]),
        ("Chi bộ Bắc Hai (K.B.2); K.T", ["K.B.2", "K.T"]),
    ],
)
def test_units_are_named_by_code_by_their_name_or_by_both(
    client: Any, office: Office, tree: Tree, typed: str, codes: list[str]
):
    client.force_login(office.admin)
    file = today_file(office)

    client.post(url("step_add", file.pk, "move"), {"units": typed, "parent": "K"})

    found = Unit.objects.in_bulk([int(key[1:]) for key in file.steps.get().payload["units"]])
    assert sorted(unit.code for unit in found.values()) == codes


@pytest.mark.parametrize(
    ("kind", "values", "sentence"),
    [
        ("move", {"units": "K.XX", "parent": "K"}, "called “K.XX”, nor has that code"),
        ("move", {"units": "", "parent": "K"}, ""),
        ("merge", {"units": "K.B.1"}, "Needed when the merger makes a new unit"),
        ("split", {"unit": "K.T", "new": "K.T.1; Chi bộ Một"}, "A split needs at least two units"),
        ("split", {"unit": "K.T", "new": "K.T.1\nK.T.2; Chi bộ Hai"}, "a semicolon and the name: “K.T.1”"),
        ("change", {"unit": "K.T"}, "Say what changes"),
        ("rename", {"unit": "K.T", "name": "x" * 251}, ""),
    ],
)
def test_wrong_input_of_a_step_is_told_at_its_field(
    client: Any, office: Office, tree: Tree, kind: str, values: dict[str, str], sentence: str
):
    client.force_login(office.admin)
    file = today_file(office)

    answer = client.post(url("step_add", file.pk, kind), values, HTTP_ACCEPT_LANGUAGE="en")

    assert answer.status_code == 422 and sentence in answer.content.decode() and not file.steps.exists()


def test_choices_of_a_split_are_stored_and_its_list_asked_for(client: Any, office: Office, tree: Tree):
    client.force_login(office.admin)
    file = today_file(office)
    into = {"unit": "K.B", "new": "K.B.I; Đảng bộ Bắc I\nK.B.J; Đảng bộ Bắc II"}
    answer = client.post(url("step_add", file.pk, "split"), into)
    step = Step.objects.get()
    assert answer.url == url("step_choices", step.pk)
    shown = client.get(answer.url).content.decode()
    assert "K.B.1" in shown and "Đảng bộ Bắc II" in shown

    given = {f"duoi-{key_of(tree.north1)}": "0", f"duoi-{key_of(tree.north2)}": "1", "lop-posts": "close"}
    client.post(answer.url, given)

    step.refresh_from_db()
    assert step.payload["children"] == {key_of(tree.north1): 0, key_of(tree.north2): 1}
    assert "stand" not in " ".join(str(fault) for fault in reorganising.examined(file, timezone.localdate()).faults)


def test_a_unit_that_stays_is_asked_only_what_leaves_it(client: Any, office: Office, tree: Tree):
    client.force_login(office.admin)
    make_holder(tree.north, Role.LEADER)
    file = today_file(office)
    bad = client.post(url("step_add", file.pk, "split"), {"unit": "K.B", "stays": "on"})
    answer = client.post(url("step_add", file.pk, "split"), {"unit": "K.B", "stays": "on", "new": "K.Z; Đảng bộ Tách"})
    step = Step.objects.get()
    shown = client.get(answer.url)

    client.post(answer.url, {f"duoi-{key_of(tree.north1)}": "0", f"duoi-{key_of(tree.north2)}": ""})

    step.refresh_from_db()
    assert bad.status_code == 422 and shown.context["leaving"] == [] and "giữ lại ở đơn vị" in shown.content.decode()
    assert step.payload["stays"] and step.payload["children"] == {key_of(tree.north1): 0}
    assert reorganising.examined(file, timezone.localdate()).faults == []
    assert "checked" in str(client.get(url("step_edit", step.pk)).context["form"]["stays"])


def test_whose_posts_end_is_told_beside_the_choices_with_those_who_have_no_other(
    client: Any, office: Office, tree: Tree
):
    client.force_login(office.admin)
    both, last = make_holder(tree.north2, Role.FOCAL), make_holder(tree.north2, Role.SECRETARY)
    make_holder(tree.north1, Role.FOCAL, account=both)
    file = today_file(office, merge(tree.north2, into=tree.north1))

    answer = client.get(url("step_choices", file.steps.get().pk))

    assert {row.account: row.last for row in answer.context["leaving"]} == {both: False, last: True}


def test_what_stands_against_a_file_is_shown_at_its_step_and_the_submission_waits(
    client: Any, office: Office, tree: Tree
):
    client.force_login(office.admin)
    file = today_file(office, dissolve(tree.north))

    shown = client.get(url("reorganisation", file.pk)).content.decode()
    client.post(url("reorganisation_submit", file.pk))

    assert "K.B.1" in shown and url("reorganisation_submit", file.pk) not in shown
    assert Reorganisation.objects.get().state == "draft"


def test_whole_way_over_the_pages(client: Any, office: Office, tree: Tree):
    file = today_file(
        office, merge(tree.north2, into=tree.north1), ("establish", {"new": new("K.Z"), "parent": key_of(tree.bloc)})
    )
    client.force_login(office.admin)
    client.post(url("step_shift", file.steps.last().pk), {"huong": "bo"})
    client.post(url("reorganisation_try", file.pk))
    file.refresh_from_db()
    assert file.tried_at and fresh(tree.north2).closed_on.year == 9999
    client.post(url("reorganisation_submit", file.pk))

    client.force_login(office.leader)
    assert url("reorganisation", file.pk) in client.get("/viec-cua-toi").content.decode()
    client.post(url("reorganisation_return", file.pk), {"reason": "Nêu rõ hơn"})
    client.force_login(office.admin)
    assert "Nêu rõ hơn" in client.get("/viec-cua-toi").content.decode()
    client.post(url("reorganisation_submit", file.pk))
    client.force_login(office.leader)
    client.post(url("reorganisation_approve", file.pk))

    file.refresh_from_db()
    assert file.state == "carried_out" and fresh(tree.north2).closed_on == timezone.localdate()
    assert url("reorganisations") in client.get(url("unit", tree.north2.pk)).content.decode()
    client.post(url("reorganisation_take_back", file.pk), {"reason": "Nhầm"})
    assert fresh(tree.north2).closed_on.year == 9999


def test_person_who_may_not_prepare_gets_no_form(client: Any, office: Office, tree: Tree):
    file = today_file(office, move(tree.south, tree.north1))
    client.force_login(office.leader)

    assert client.get(url("reorganisation_new")).status_code == 404
    assert client.get(url("step_add", file.pk, "move")).status_code == 404
    assert client.post(url("reorganisation_submit", file.pk)).status_code == 409
    assert client.get(url("step_add", file.pk, "banish")).status_code == 404
