"""One unit out of what a person typed, and the field in which it is chosen."""

from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from trienkhai.common.clock import moment
from trienkhai.orgs import actions
from trienkhai.orgs.finding import Scope, offers, unit_called
from trienkhai.orgs.forms_choosing_unit import UnitField, UnitsField
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.tests.make import DAY, NOON, Tree, make_account, make_holder, make_unit
from trienkhai.orgs.tests.make_ending import end_unit

pytestmark = pytest.mark.django_db
LATER = date(2017, 6, 1)


class OneForm(forms.Form):
    unit = UnitField(label="Đơn vị")

    def __init__(self, *args, **limits) -> None:
        super().__init__(*args)
        self.fields["unit"].limit(**({"on": DAY} | limits))


class ManyForm(forms.Form):
    units = UnitsField(label="Các đơn vị")

    def __init__(self, *args) -> None:
        super().__init__(*args)
        self.fields["units"].limit(on=DAY)


def sent(form: forms.Form) -> Unit:
    assert form.is_valid(), form.errors
    return form.cleaned_data["unit"]


@pytest.mark.parametrize("words", ["K.B.2", "k.b.2", " Chi bộ  Bắc Hai ", "Chi bộ Bắc Hai (K.B.2)"])
def test_a_code_a_full_name_or_what_the_field_showed_is_one_unit(words):
    tree = Tree()

    assert sent(OneForm({"unit": words})) == tree.north2


@pytest.mark.parametrize(("words", "name"), [("bac hai", "Chi bộ Bắc Hai"), ("đảng bộ n", "Đảng bộ Nam Một")])
def test_a_part_of_a_name_is_never_guessed_but_offered_to_pick(words, name):
    Tree()
    form = OneForm({"unit": words})

    assert not form.is_valid()
    page = str(form["unit"])

    assert 'type="radio" name="unit-chon"' in page and name in page and "Đảng bộ Khối Thử" in page


def test_the_pick_counts_for_the_words_its_list_was_made_for():
    tree = Tree()
    picked = {"unit": "dang bo nam", "unit-chon": str(tree.south2.pk), "unit-tim": "dang bo nam"}

    assert sent(OneForm(picked)) == tree.south2
    assert sent(OneForm(picked | {"unit": "K.T"})) == tree.direct


def test_what_is_shown_of_a_unit_is_read_back_as_that_unit():
    tree = Tree()
    form = OneForm()
    form.initial["unit"] = tree.north2

    assert form["unit"].value().words == "Chi bộ Bắc Hai (K.B.2)"
    assert sent(OneForm({"unit": form["unit"].value().words})) == tree.north2


def test_two_units_of_one_name_are_offered_with_the_way_to_each():
    tree = Tree()
    offices = [make_unit(above, name="Văn phòng", kind="body") for above in (tree.north, tree.south)]
    form = OneForm({"unit": "Văn phòng"})

    assert not form.is_valid()
    rows, more = form["unit"].field.widget.offered

    assert {row.pk for row in rows[:3]} == {tree.office.pk, *(unit.pk for unit in offices)}
    assert {row.way[-1] for row in rows} == {"Đảng bộ Khối Thử", "Đảng bộ Bắc", "Đảng bộ Nam"} and not more


def test_a_closed_or_a_later_unit_is_told_with_its_day():
    tree = Tree()
    admin = make_holder(tree.bloc, Role.ADMIN)
    end_unit(tree.south2.pk, tree.south1.pk, by=admin, at=moment(LATER))
    make_unit(tree.bloc, code="K.M", name="Đảng bộ Mới", established_on=LATER, at=moment(LATER))

    with pytest.raises(ValidationError, match="01/06/2017"):
        unit_called("K.N.2", Scope(LATER))
    with pytest.raises(ValidationError, match="01/06/2017"):
        unit_called("Đảng bộ Mới", Scope(DAY))
    assert unit_called("K.N.2", Scope(DAY)) == unit_called("K.N.2", Scope(LATER, closed=True)) == tree.south2


def test_a_name_of_another_day_is_told_as_such():
    tree = Tree()
    admin = make_holder(tree.bloc, Role.ADMIN)
    actions.change_unit(tree.south1.pk, {"name": "Đảng bộ Tên Mới"}, by=admin, at=moment(LATER))

    assert unit_called("Đảng bộ Nam Một", Scope(DAY)) == unit_called("Đảng bộ Tên Mới", Scope(LATER)) == tree.south1
    with pytest.raises(ValidationError):
        unit_called("Đảng bộ Nam Một", Scope(LATER))


def test_limits_hold_for_typed_picked_and_offered():
    tree = Tree()
    limits = {"within": tree.north, "apart": [tree.north1.pk]}
    outside = {"unit": "bac", "unit-chon": str(tree.south.pk), "unit-tim": "bac"}

    assert sent(OneForm({"unit": "K.B.2"}, **limits)) == tree.north2
    for typed in ({"unit": "K.N"}, {"unit": "K.B.1"}, outside, outside | {"unit-chon": "9" * 40}):
        assert list(OneForm(typed, **limits).errors) == ["unit"]
    found, _more = offers("k", Scope(DAY, within=tree.north, apart=(tree.north1.pk,)))
    assert [row.code for row in found] == ["K.B", "K.B.2"]


def test_the_branch_is_that_of_the_day():
    tree = Tree()
    admin = make_holder(tree.bloc, Role.ADMIN)
    actions.change_unit(tree.south1.pk, {"parent": tree.north}, by=admin, at=moment(LATER))
    north = Unit.objects.get(pk=tree.north.pk)

    assert unit_called("K.N.1", Scope(LATER, within=north)) == tree.south1
    with pytest.raises(ValidationError):
        unit_called("K.N.1", Scope(DAY, within=north))


@pytest.mark.parametrize("words", ["không có đâu", "(", "K.B.1)", "a" * 301, "%", "\x00", "()"])
def test_odd_words_are_a_fault_at_the_field(words):
    Tree()

    assert list(OneForm({"unit": words}).errors) == ["unit"]


def test_an_empty_field_is_none_only_where_it_may_be():
    Tree()
    form = OneForm({"unit": " "})
    free = OneForm({"unit": ""})
    free.fields["unit"].required = False

    assert list(form.errors) == ["unit"] and sent(free) is None


def test_several_units_keep_what_was_chosen_and_take_more():
    tree = Tree()
    data = QueryDict(mutable=True)
    data.setlist("units-co", [str(tree.north.pk)])
    data["units"] = "K.N; bac hai"
    form = ManyForm(data)
    assert not form.is_valid()
    page = str(form["units"])
    assert f'name="units-co" value="{tree.north.pk}" checked' in page and 'value="bac hai"' in page

    data["units-chon"], data["units-tim"] = str(tree.north2.pk), "bac hai"
    again = ManyForm(data)

    assert again.is_valid(), again.errors
    assert again.cleaned_data["units"] == [tree.north, tree.south, tree.north2]


def test_what_is_found_comes_as_options_with_code_and_way(client):
    tree = Tree()
    client.force_login(make_holder(tree.south, Role.FOCAL))

    page = client.get("/to-chuc/chon-don-vi?truong=unit&unit=bac hai&ngay=2017-01-03").content.decode()
    short = client.get("/to-chuc/chon-don-vi?truong=unit&unit=b").content.decode()

    assert page.count('role="option"') == 1 and 'data-label="Chi bộ Bắc Hai (K.B.2)"' in page
    assert "Đảng bộ Khối Thử › Đảng bộ Bắc" in page
    assert 'role="option"' not in short


@pytest.mark.parametrize("odd", ["ngay=x", "trong=x", "trong=99999999", "tru=y", "ngoai=7", "ngoai-nhanh=²"])
def test_odd_limits_limit_nothing(client, odd):
    tree = Tree()
    client.force_login(make_holder(tree.bloc, Role.LEADER))

    assert "K.B.2" in client.get(f"/to-chuc/chon-don-vi?truong=u&u=bac hai&{odd}").content.decode()


def test_nobody_without_a_post_is_shown_units(client):
    Tree()
    client.force_login(make_account())

    assert 'role="option"' not in client.get("/to-chuc/chon-don-vi?truong=unit&unit=bac hai").content.decode()


def test_choices_are_found_with_as_many_queries_in_a_large_branch(client, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    tree = Tree()
    client.force_login(make_holder(tree.bloc, Role.LEADER))
    with CaptureQueriesContext(connection) as few:
        client.get("/to-chuc/chon-don-vi?truong=unit&unit=bo bac")
    for number in range(20):
        make_unit(tree.north, name=f"Chi bộ Bắc Thêm {number}", at=NOON)

    with CaptureQueriesContext(connection) as many:
        page = client.get("/to-chuc/chon-don-vi?truong=unit&unit=bo bac").content.decode()

    assert len(few) == len(many) and page.count('role="option"') == 12
