"""Selections: each term, sums and differences, and what cannot be read."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from trienkhai.orgs.models import Relation, Unit
from trienkhai.orgs.selection import LONGEST, describe, parse, select
from trienkhai.orgs.tests.make import DAY, Tree, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree() -> Tree:
    made = Tree()
    made.centre = make_unit(kind="external", code="TW", name="Trung ương", relation=Relation.EXTERNAL)
    made.guest = make_unit(made.bloc, kind="grassroots_cell", code="K.NG", relation=Relation.EXTERNAL)
    made.cell = make_unit(made.north1, kind="cell", code="K.B.1-01", sector="press")
    made.side = make_unit(made.north, kind="grassroots_cell", code="K.B-VP", relation=Relation.ATTACHED, sector="press")
    return made


def chosen(text: str, by: Unit, on: date = DAY) -> str:
    return " ".join(sorted(unit.present.code for unit in select(text, by=by, on=on).select_related("present")))


@pytest.mark.parametrize(
    "text, expected",
    [
        ("children", "K.B K.N K.T"),
        ("grassroots", "K.B.1 K.B.2 K.N.1 K.N.2 K.T"),
        ("kind:upper_committee", "K.B K.N"),
        ("kind:grassroots_cell", "K.B-VP K.B.2 K.NG"),
        ("kind:cell", "K.B.1-01"),
        ("sector:press", "K.B-VP K.B.1-01"),
        ("unit:K.N.1", "K.N.1"),
        ("unit:K", "K"),
        ("unit:TW", "TW"),
        ("unit:K.B.1-01", "K.B.1-01"),
        ("below:K.B", "K.B K.B-VP K.B.1 K.B.1-01 K.B.2"),
        ("children - unit:K.B", "K.N K.T"),
        ("unit:K.B-VP + unit:K.T", "K.B-VP K.T"),
        ("grassroots - below:K.B + unit:K.B.1", "K.B.1 K.N.1 K.N.2 K.T"),
        ("grassroots + unit:K.B.1 - below:K.B", "K.N.1 K.N.2 K.T"),
        ("children + children", "K.B K.N K.T"),
        ("  children   -   unit:K.B  ", "K.N K.T"),
        ("children - children", ""),
    ],
)
def test_bloc_selects(tree, text, expected):
    assert chosen(text, tree.bloc) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("children", "K.B.1 K.B.2"),
        ("grassroots", "K.B.1 K.B.2"),
        ("kind:upper_committee", ""),
        ("below:K", "K.B K.B-VP K.B.1 K.B.1-01 K.B.2"),
        ("below:K.N", ""),
        ("unit:K.N.1", "K.N.1"),
    ],
)
def test_branch_selects_within_itself_but_for_units_it_names(tree, text, expected):
    assert chosen(text, tree.north) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "everyone",
        "children:3",
        "kind:",
        "kind",
        "unit:",
        "unit:   ",
        "kind:kingdom",
        "sector:space",
        "unit:K.X",
        "below:K.X",
        "unit:k.b",
        "children +",
        "- children",
        "children + - unit:K.B",
        "children -unit:K.B",
        "children, grassroots",
        "unit:K.B + " * 200 + "children",
    ],
)
def test_selection_that_cannot_be_read_is_refused_with_a_sentence(tree, text):
    with pytest.raises(ValidationError) as fault:
        select(text, by=tree.bloc, on=DAY)

    assert all(fault.value.messages)


def test_units_not_yet_or_no_longer_standing_are_not_selected(tree):
    make_unit(tree.bloc, code="K.M", established_on=date(2017, 2, 1))
    Unit.objects.filter(pk=tree.direct.pk).update(closed_on=date(2017, 2, 1))

    assert chosen("children", tree.bloc, date(2017, 1, 31)) == "K.B K.N K.T"
    assert chosen("children", tree.bloc, date(2017, 2, 1)) == "K.B K.M K.N"


def test_parse_tells_signs_and_terms():
    terms = parse("grassroots - unit:K.B-1 + sector:press")

    assert [(term.sign, term.name, term.argument) for term in terms] == [
        ("+", "grassroots", ""),
        ("-", "unit", "K.B-1"),
        ("+", "sector", "press"),
    ]


def test_longest_selection_still_fits():
    text = "children + " + "unit:" + "K" * (LONGEST - len("children + unit:"))

    assert len(parse(text)) == 2


def test_selection_is_told_in_words():
    names = {"grassroots": "tổ chức cơ sở", "unit:K.B": "Đảng bộ Bắc"}

    told = describe("grassroots - unit:K.B + unit:K.T", names)

    assert told.startswith("tổ chức cơ sở; ") and "Đảng bộ Bắc" in told and told.endswith("K.T")
