"""Named bodies come to a unit or a selection, or to nobody; never to a guess."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from trienkhai.audit.actions import SYSTEM
from trienkhai.audit.models import Act
from trienkhai.norms.models import Norm
from trienkhai.orgs.models import ResolvedBody, Unit
from trienkhai.orgs.naming import Namer, comparable, remember, resolve
from trienkhai.orgs.tests.make import DAY, NOON, Tree, make_unit

pytestmark = pytest.mark.django_db


def named(unit: Unit, *aliases: str, **fields: str) -> Unit:
    """Gives a unit other names, as an import would."""
    version = unit.present
    for name, value in {"aliases": list(aliases), **fields}.items():
        setattr(version, name, value)
    version.save()
    return unit


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ủy ban nhân dân tỉnh Hòa Bình", "Uỷ ban nhân dân tỉnh Hoà Bình"),
        ("Bộ Lao động - Thương binh", "Bộ Lao động – Thương binh"),
        ("Bộ Lao động-Thương binh", "bộ lao động  -  thương binh."),
        ("Bộ Khoa học & Công nghệ", "Bộ Khoa học và Công nghệ"),
    ],
)
def test_names_are_compared_without_case_tone_habit_and_dashes(one, other):
    assert comparable(one) == comparable(other)


def test_a_unit_is_known_by_name_short_name_and_alias():
    tree = Tree()
    named(tree.north, "Đảng ủy Phương Bắc", short_name="ĐB Bắc")
    namer = Namer(tree.bloc, DAY)

    found = [namer.resolve(words) for words in ("ĐẢNG BỘ BẮC", "đb bắc", "Đảng uỷ Phương Bắc", "Đảng bộ Tây")]

    assert [row.selection for row in found] == ["unit:K.B", "unit:K.B", "unit:K.B", ""]
    assert [row.how for row in found] == ["unit", "unit", "unit", ""]


def test_a_name_of_two_units_matches_neither():
    tree = Tree()
    named(tree.north, "Đảng ủy Miền")
    named(tree.south, "Đảng ủy Miền")

    assert resolve("Đảng ủy Miền", tree.bloc, DAY).selection == ""


def test_a_unit_of_the_branch_comes_before_a_body_outside_with_the_same_name():
    tree = Tree()
    make_unit(code="NG.1", name="Văn phòng", relation="external", kind="external")
    make_unit(code="NG.2", name="Ban Nội chính", relation="external", kind="external")
    namer = Namer(tree.bloc, DAY)

    assert namer.resolve("Văn phòng").selection == "unit:K.VP"
    assert namer.resolve("Ban Nội chính").selection == "unit:NG.2"


def test_names_are_those_of_the_day():
    tree = Tree()
    Unit.objects.filter(pk=tree.south.pk).update(closed_on=date(2018, 1, 1))

    assert resolve("Đảng bộ Nam", tree.bloc, DAY).selection == "unit:K.N"
    assert resolve("Đảng bộ Nam", tree.bloc, date(2018, 1, 1)).selection == ""


def test_another_branch_and_what_lies_deeper_than_two_levels_are_not_meant():
    tree = Tree()
    make_unit(tree.north1, code="K.B.1.1", name="Chi bộ Sâu", kind="cell")

    assert resolve("Đảng bộ Nam Một", tree.north, DAY).selection == ""
    assert resolve("Chi bộ Sâu", tree.bloc, DAY).selection == ""
    assert resolve("Chi bộ Sâu", tree.north, DAY).selection == "unit:K.B.1.1"


def test_a_group_is_a_selection_and_a_vague_one_is_nobody():
    namer = Namer(Tree().bloc, DAY)

    groups = [namer.resolve(words) for words in ("Toàn thể các tổ chức cơ sở đảng", "Các đảng uỷ trực thuộc")]
    vague = namer.resolve("các đơn vị liên quan")

    assert [(row.selection, row.is_group) for row in groups] == [("grassroots", True), ("children", True)]
    assert (vague.selection, vague.how) == ("", "undetermined")


def test_a_group_the_branch_does_not_have_is_nobody():
    bloc = make_unit(kind="bloc", code="X", name="Đảng bộ Khối Khác")
    make_unit(bloc, code="X.1", name="Đảng bộ Một", kind="upper_committee")
    namer = Namer(bloc, DAY)

    assert namer.resolve("các đảng ủy trực thuộc").selection == "children"
    assert namer.resolve("các tổ chức cơ sở đảng").how == "undetermined"
    assert namer.resolve("các chi bộ cơ sở").how == "undetermined"


def test_a_group_written_as_names_needs_every_one_of_them():
    tree = Tree()
    words = "các ban Đảng ủy Khối"
    for code, name in (("K.TC", "Ban Tổ chức"), ("K.TG", "Ban Tuyên giáo")):
        make_unit(tree.bloc, code=code, name=name, kind="body", relation="attached")
    some = resolve(words, tree.bloc, DAY)
    make_unit(tree.bloc, code="K.DV", name="Ban Dân vận", kind="body", relation="attached")

    assert some.how == "undetermined"
    assert resolve(words, tree.bloc, DAY).selection == "unit:K.TC + unit:K.TG + unit:K.DV"


def test_of_two_groups_with_one_phrase_the_first_the_branch_can_fill_holds():
    tree = Tree()
    groups = [
        {"selection": f"kind:{kind}", "phrases": ["các cơ sở"]} for kind in ("province", "grassroots_cell", "body")
    ]
    Norm.objects.create(
        key="group_phrases", place=tree.bloc.path, valid_from=DAY, value=[{"seen_from": ["bloc"], "groups": groups}]
    )

    assert resolve("Các cơ sở", tree.bloc, DAY).selection == "kind:grassroots_cell"


def test_what_a_person_said_once_holds_before_names_and_can_be_said_anew():
    tree = Tree()
    remember("Đảng bộ  Bắc", "unit:K.N", tree.bloc, by=SYSTEM, at=NOON, on=DAY)
    remember("đảng bộ Bắc", "children", tree.bloc, by=SYSTEM, at=NOON, on=DAY)

    found = resolve("Đảng bộ Bắc", tree.bloc, DAY)

    assert (found.selection, found.how, found.is_group) == ("children", "remembered", True)
    assert resolve("Đảng bộ Bắc", tree.north, DAY).how == "unit"
    assert (ResolvedBody.objects.count(), Act.objects.filter(verb="body.resolved").count()) == (1, 2)


def test_what_was_said_of_a_unit_that_no_longer_stands_is_passed_over():
    tree = Tree()
    remember("Đảng ủy Miền", "unit:K.N", tree.bloc, by=SYSTEM, at=NOON, on=DAY)
    Unit.objects.filter(pk=tree.south.pk).update(closed_on=date(2018, 1, 1))

    assert resolve("Đảng ủy Miền", tree.bloc, date(2018, 1, 1)).selection == ""


@pytest.mark.parametrize(
    ("words", "selection"), [(" . ", "children"), ("Đảng ủy Miền", "unit:KHONG.CO"), ("Miền", "+")]
)
def test_what_cannot_be_read_is_not_kept(words, selection):
    tree = Tree()

    with pytest.raises(ValidationError):
        remember(words, selection, tree.bloc, by=SYSTEM, at=NOON, on=DAY)

    assert not ResolvedBody.objects.exists()


def test_many_mentions_cost_no_more_queries_than_one(django_assert_max_num_queries):
    tree = Tree()

    with django_assert_max_num_queries(10):
        namer = Namer(tree.bloc, DAY)
        for number in range(300):
            namer.resolve(f"Đảng bộ {number}")
