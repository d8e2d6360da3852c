"""Units chosen in the steps of a reorganisation file, as its plan has them before the step."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from trienkhai.orgs.actions.reorganising import key_of, planned_until
from trienkhai.orgs.finding_planned import planned_called, planned_offers, planned_unit
from trienkhai.orgs.forms_reorganising import DissolveForm, MoveForm, SplitForm, children_kept, initial_of
from trienkhai.orgs.models import Reorganisation, Role
from trienkhai.orgs.tests.make import Tree, make_holder, make_unit
from trienkhai.orgs.tests.make_reorganising import Office, dissolve, new

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def tree() -> Tree:
    return Tree()


@pytest.fixture
def office(tree: Tree) -> Office:
    return Office(tree.bloc)


@pytest.fixture
def file(office: Office, tree: Tree) -> Reorganisation:
    """East is established; K.B.2 becomes a cell of another name; K.N.2 ends."""
    return office.file(
        ("establish", {"new": new("K.D", "Đảng bộ Đông", "upper_committee"), "parent": key_of(tree.bloc)}),
        ("rename", {"unit": key_of(tree.north2), "name": "Chi bộ Phương Đông"}),
        dissolve(tree.south2),
        at=timezone.now(),
        effective_on=timezone.localdate(),
    )


def sent(form: Any) -> dict[str, Any]:
    assert form.is_valid(), form.errors
    return form.payload()


def test_a_unit_of_an_earlier_step_is_found_by_part_of_its_name_and_known_by_its_key(file: Reorganisation):
    first, second, _third = file.steps.all()

    rows, more = planned_offers("dong", planned_until(file))
    before, _more = planned_offers("dong", planned_until(file, second.position))

    assert [(row.pk, row.code, row.way) for row in rows] == [
        (f"s{first.pk}.0", "K.D", ("Đảng bộ Khối Thử",)),
        (key_of(second.units.get()), "K.B.2", ("Đảng bộ Khối Thử", "Đảng bộ Bắc")),
    ]
    assert not more and [row.code for row in before] == ["K.D"]


def test_a_unit_that_an_earlier_step_ends_is_not_offered_and_told_with_that_step(file: Reorganisation, tree: Tree):
    plan = planned_until(file)

    assert "K.N.2" not in [row.code for row in planned_offers("nam", plan)[0]]
    with pytest.raises(ValidationError, match="step 3 ends it"):
        planned_called("K.N.2", plan)
    with pytest.raises(ValidationError, match="cannot be chosen"):
        planned_unit(key_of(tree.south2), plan)


@pytest.mark.parametrize("words", ["K.D", "k.d", "Đảng bộ Đông", "Đảng bộ Đông (K.D)"])
def test_code_name_or_both_mean_the_unit_that_is_established(file: Reorganisation, words: str):
    form = DissolveForm({"unit": "K.B.1", "successor": words}, plan=planned_until(file))

    assert sent(form)["successor"] == f"s{file.steps.all()[0].pk}.0"


def test_part_of_a_name_comes_back_with_a_list_and_the_pick_counts(file: Reorganisation, tree: Tree):
    form = DissolveForm({"unit": "bac", "successor": ""}, plan=planned_until(file))
    assert not form.is_valid()
    page = str(form["unit"])
    key = key_of(tree.north1)
    assert f'type="radio" name="unit-chon" value="{key}"' in page and reverse("orgs:step_units", args=[file.pk]) in page

    picked = DissolveForm({"unit": "bac", "unit-chon": key, "unit-tim": "bac"}, plan=planned_until(file))

    assert sent(picked) == {"unit": key}


@pytest.mark.parametrize("odd", ["u999999", "s1.9", "u", "x", "u" + "9" * 40, "12", ""])
def test_odd_keys_are_a_fault_at_the_field(file: Reorganisation, odd: str):
    data = QueryDict(mutable=True)
    data.setlist("units-co", [odd])
    data["parent"] = "K"
    form = MoveForm(data, plan=planned_until(file))

    assert list(form.errors) == ["units"] and str(form["units"])


def test_a_unit_of_another_branch_is_neither_offered_nor_taken(tree: Tree):
    north = Office(tree.north)
    file = north.file(at=timezone.now(), effective_on=timezone.localdate())
    plan = planned_until(file)

    assert sorted(row.code for row in planned_offers("k", plan)[0]) == ["K.B", "K.B.1", "K.B.2"]
    with pytest.raises(ValidationError, match="outside the branch"):
        planned_called("K.N.1", plan)
    with pytest.raises(ValidationError, match="outside the branch"):
        planned_unit(key_of(tree.south1), plan)


def test_several_keep_what_was_chosen_by_key_and_take_codes_with_commas(file: Reorganisation, tree: Tree):
    made = f"s{file.steps.all()[0].pk}.0"
    data = QueryDict(mutable=True)
    data.setlist("units-co", [made])
    data["units"], data["parent"] = "K.B.1, K.B.2; Đảng bộ Nam Một", "K"

    units = sent(MoveForm(data, plan=planned_until(file)))["units"]

    assert units == [made, key_of(tree.north1), key_of(tree.north2), key_of(tree.south1)]
    shown = str(MoveForm(initial={"units": units}, plan=planned_until(file))["units"])
    assert f'value="{made}" checked' in shown and "Chi bộ Phương Đông (K.B.2)" in shown


def test_a_split_stored_in_any_order_is_shown_and_its_list_follows_the_units(file: Reorganisation, tree: Tree):
    plan = planned_until(file)
    old = {
        "unit": key_of(tree.north),
        "into": [{"key": key_of(tree.south)}, {"code": "K.B.I", "name": "Đảng bộ Bắc I"}],
        "children": {key_of(tree.north1): 0, key_of(tree.north2): 1},
    }
    form = SplitForm(initial=initial_of("split", old), plan=plan)
    assert "K.B.I; Đảng bộ Bắc I" in str(form["new"]) and key_of(tree.south) in str(form["standing"])
    data = QueryDict(mutable=True)
    data["unit"], data["new"] = "K.B", "K.B.I; Đảng bộ Bắc I"
    data.setlist("standing-co", [key_of(tree.south)])

    payload = sent(SplitForm(data, plan=plan))

    assert [row.get("key") for row in payload["into"]] == [None, key_of(tree.south)]
    assert children_kept(old, payload) == {key_of(tree.north1): 1, key_of(tree.north2): 0}
    assert children_kept(old, payload | {"into": payload["into"][:1]}) == {key_of(tree.north2): 0}


def test_suggestions_are_for_those_who_prepare_the_file(client: Any, file: Reorganisation, office: Office, tree: Tree):
    address = reverse("orgs:step_units", args=[file.pk])
    client.force_login(office.admin)
    page = client.get(f"{address}?truong=unit&unit=đông").content.decode()
    first = client.get(f"{address}?truong=unit&unit=đông&buoc=1").content.decode()
    short = client.get(f"{address}?truong=unit&unit=d&buoc=²").content.decode()
    assert page.count('role="option"') == 2 and f'data-pk="s{file.steps.all()[0].pk}.0"' in page
    assert 'role="option"' not in first + short

    for other in (office.leader, make_holder(tree.north, Role.ADMIN)):
        client.force_login(other)
        assert client.get(f"{address}?truong=unit&unit=đông").status_code == 404


def test_suggestions_cost_as_many_queries_in_a_large_branch(
    client: Any, file: Reorganisation, office: Office, tree: Tree, django_assert_num_queries: Any
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(office.admin)
    address = reverse("orgs:step_units", args=[file.pk]) + "?truong=unit&unit=bo bac"
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(20):
        make_unit(tree.north, name=f"Chi bộ Bắc Thêm {number}", at=timezone.now() - timedelta(days=1))

    with django_assert_num_queries(len(few)):
        page = client.get(address).content.decode()

    assert page.count('role="option"') == 12
