"""Terms of office: half open, never two for a day, found by the unit or the nearest above."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from trienkhai.audit.models import Act
from trienkhai.common.verdict import Refused
from trienkhai.orgs.actions import set_term
from trienkhai.orgs.models import Role, Term, Unit
from trienkhai.orgs.queries import term_on
from trienkhai.orgs.tests.make import NOON, Tree, make_holder
from trienkhai.people.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree() -> Tree:
    return Tree()


@pytest.fixture
def administrator(tree: Tree) -> Account:
    return make_holder(tree.bloc, Role.ADMIN)


def term(unit: Unit, by: Account, first: int = 2015, end: int = 2020, term_id: int | None = None) -> Term:
    days = {"starts_on": date(first, 6, 1), "ends_on": date(end, 6, 1)}
    return set_term(unit, name=f"{first}–{end}", **days, term_id=term_id, by=by, at=NOON)


def test_a_term_ends_the_day_before_the_next_begins(tree: Tree, administrator: Account):
    term(tree.bloc, administrator)
    term(tree.bloc, administrator, 2020, 2025)

    found = [term_on(tree.bloc, date(2020, month, day)) for month, day in ((5, 31), (6, 1))]

    assert [str(row) for row in found] == ["2015–2020", "2020–2025"]
    assert term_on(tree.bloc, date(2015, 5, 31)) is None


def test_the_own_term_wins_over_that_of_the_unit_above(tree: Tree, administrator: Account):
    term(tree.bloc, administrator)
    term(tree.north, administrator, 2016, 2018)

    assert str(term_on(tree.north1, date(2017, 1, 1))) == "2016–2018"
    assert str(term_on(tree.south1, date(2017, 1, 1))) == "2015–2020"


def test_overlaps_and_days_that_run_backward_are_refused(tree: Tree, administrator: Account):
    kept = term(tree.bloc, administrator)

    for first, end in ((2014, 2016), (2019, 2021), (2016, 2017), (2010, 2030)):
        with pytest.raises(ValidationError, match="2015–2020"):
            term(tree.bloc, administrator, first, end)
    with pytest.raises(ValidationError) as fault:
        term(tree.bloc, administrator, 2025, 2025)

    assert list(fault.value.message_dict) == ["ends_on"]
    assert list(Term.objects.all()) == [kept]


def test_a_term_is_put_right_with_its_old_days_in_the_act(tree: Tree, administrator: Account):
    kept = term(tree.bloc, administrator)

    term(tree.bloc, administrator, 2015, 2021, term_id=kept.pk)

    assert Term.objects.get().ends_on == date(2021, 6, 1)
    act = Act.objects.filter(verb="term.set").latest("pk")
    assert (act.data["old"]["ends_on"], act.data["new"]["ends_on"]) == ("2020-06-01", "2021-06-01")


def test_only_an_administrator_of_the_branch_sets_terms(tree: Tree):
    for person in (make_holder(tree.bloc, Role.LEADER), make_holder(tree.south, Role.ADMIN)):
        with pytest.raises(Refused):
            term(tree.north, person)


def test_the_page_of_a_unit_takes_and_shows_its_terms(tree: Tree, administrator: Account, client):
    client.force_login(administrator)
    values = {"name": "2015–2020", "starts_on": "2015-06-01", "ends_on": "2020-06-01"}

    assert client.post(f"/don-vi/{tree.bloc.pk}/nhiem-ky", values).status_code == 302
    assert client.post(f"/don-vi/{tree.bloc.pk}/nhiem-ky", values).status_code == 422
    assert "2015–2020" in client.get(f"/don-vi/{tree.bloc.pk}").content.decode()
    changed = values | {"ends_on": "2021-06-01"}
    assert client.post(f"/nhiem-ky/{Term.objects.get().pk}/sua", changed).status_code == 302
    assert Term.objects.get().ends_on == date(2021, 6, 1)
