"""The pages of the web: relations and force of a document, relations entered and corrected, gaps."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from trienkhai.audit.models import Act
from trienkhai.documents.actions import Cited, add_link
from trienkhai.documents.models import DocumentLink
from trienkhai.documents.tests.make import basis, paper, register
from trienkhai.documents.tests.test_pages import signed_in
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import NOON, Tree, make_holder
from trienkhai.people.models import Account
from trienkhai.tasks.tests.make import make_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree() -> Tree:
    return Tree()


@pytest.fixture
def clerk(tree: Tree) -> Account:
    return make_holder(tree.bloc, Role.CLERK)


def form_of(**fields: Any) -> dict[str, Any]:
    return {"kind": "basis", "symbol": "", "cited_on": "", "doc_type": "", "issuer_name": "", "title": ""} | fields


def state(response: Any, pk: int) -> str:
    return response.context["force"][pk]


def test_the_page_tells_the_force_of_the_day_that_is_chosen(tree: Tree, clerk: Account):
    old = make_document(tree.bloc, symbol="1-QĐ/ĐUTHU", issued_on=date(2015, 1, 1))
    new = make_document(tree.bloc, symbol="2-QĐ/ĐUTHU", issued_on=date(2018, 1, 1))
    add_link(new.pk, Cited("replaces", target=old), by=clerk, at=NOON)
    client = signed_in(clerk)

    states = [
        state(client.get(f"/van-ban/{old.pk}/quan-he?ngay={day}"), old.pk)
        for day in ("2014-12-31", "31/12/2017", "2018-01-01", "abc")
    ]

    assert states == ["coming", "whole", "ended", "ended"]
    page = client.get(f"/van-ban/{old.pk}/quan-he").content.decode()
    assert f'href="/van-ban/{new.pk}/quan-he"' in page
    assert "hết hiệu lực" in client.get(f"/van-ban/{old.pk}").content.decode()


def test_the_page_shows_chain_gaps_and_what_units_made(tree: Tree):
    leader, north = make_holder(tree.bloc, Role.LEADER), make_holder(tree.north, Role.CLERK)
    document = register(tree.bloc, leader)
    made = make_document(tree.north, symbol="9-KH/ĐUB")
    add_link(made.pk, Cited("carries_out", target=document), by=north, at=NOON)

    response = signed_in(leader).get(f"/van-ban/{document.pk}/quan-he")

    page = response.content.decode()
    assert "07-KH/ĐUTHU" in page
    assert f'href="/van-ban/{made.pk}"' in page
    assert (response.context["with_any"], len(response.context["made"])) == (1, 3)
    lower = signed_in(leader).get(f"/van-ban/{document.pk}/quan-he?donvi={tree.north.pk}")
    assert {row.unit for row in lower.context["made"]} == {tree.north1, tree.north2}


def test_a_foreign_unit_is_not_opened_by_its_number(tree: Tree):
    leader = make_holder(tree.north, Role.LEADER)
    document = make_document(tree.north)

    for asked in (tree.south.pk, "x", "9" * 30):
        response = signed_in(leader).get(f"/van-ban/{document.pk}/quan-he?donvi={asked}")
        assert response.context["top"] == tree.north


def test_three_relations_cost_as_much_as_one(tree: Tree, clerk: Account):
    document, counts = make_document(tree.bloc, symbol="1-NQ/ĐUTHU"), []
    client = signed_in(clerk)
    client.get("/van-ban")
    for number in (2, 3, 4):
        other = make_document(tree.bloc, symbol=f"{number}-NQ/ĐUTHU")
        add_link(document.pk, Cited("basis", target=other), by=clerk, at=NOON)
        if number != 3:
            with CaptureQueriesContext(connection) as queries:
                client.get(f"/van-ban/{document.pk}/quan-he")
            counts.append(len(queries))

    assert counts[0] == counts[1]


def test_a_relation_is_added_on_its_page(tree: Tree, clerk: Account):
    document, other = make_document(tree.bloc, symbol="1-NQ/ĐUTHU"), make_document(tree.bloc, symbol="2-NQ/ĐUTHU")

    response = signed_in(clerk).post(f"/van-ban/{document.pk}/quan-he/them", form_of(symbol="2 NQ ĐUTHU"))

    assert (response.status_code, response["Location"]) == (302, f"/van-ban/{document.pk}/quan-he")
    assert document.links.get().target == other


def test_of_several_documents_of_one_symbol_the_person_chooses(tree: Tree, clerk: Account):
    document = make_document(tree.bloc, symbol="1-NQ/ĐUTHU", issued_on=date(2020, 1, 1))
    papers = [make_document(tree.bloc, symbol="2-NQ/ĐUTHU", issued_on=date(year, 1, 1)) for year in (2010, 2015)]
    client, address = signed_in(clerk), f"/van-ban/{document.pk}/quan-he/them"

    asked = client.post(address, form_of(symbol="2-NQ/ĐUTHU"))
    assert (asked.status_code, list(asked.context["form"].errors)) == (422, ["target"])
    assert not document.links.exists()

    client.post(address, form_of(symbol="2-NQ/ĐUTHU", target=papers[0].pk))
    assert document.links.get().target == papers[0]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "symbol"),
        ({"kind": "x", "symbol": "1-NQ/X"}, "kind"),
        ({"symbol": "1-NQ/X", "cited_on": "31/31/2017"}, "cited_on"),
        ({"symbol": "x" * 90}, "symbol"),
        ({"symbol": "01-NQ/ĐUTHU", "effective_on": "không"}, "effective_on"),
    ],
)
def test_a_fault_of_a_relation_stands_at_its_field(tree: Tree, clerk: Account, fields: dict[str, str], field: str):
    document = make_document(tree.bloc)

    response = signed_in(clerk).post(f"/van-ban/{document.pk}/quan-he/them", form_of(**fields))

    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert not DocumentLink.objects.exists()


def test_a_circle_is_a_page_with_its_sentence(tree: Tree, clerk: Account):
    one, two = make_document(tree.bloc, symbol="1-NQ/ĐUTHU"), make_document(tree.bloc, symbol="2-NQ/ĐUTHU")
    add_link(one.pk, Cited("basis", target=two), by=clerk, at=NOON)

    response = signed_in(clerk).post(f"/van-ban/{two.pk}/quan-he/them", form_of(symbol="1-NQ/ĐUTHU"))

    assert response.status_code == 409
    assert "1-NQ/ĐUTHU" in response.content.decode()
    assert not two.links.exists()


def test_a_proposal_is_corrected_beside_the_words_it_came_from_and_removed(tree: Tree, clerk: Account):
    document = register(tree.bloc, clerk)
    row, client = document.links.get(), signed_in(clerk)
    address = f"/van-ban/quan-he/{row.pk}/sua"

    page = client.get(address)
    assert "Căn cứ Kế hoạch số 07-KH/ĐUTHU" in page.content.decode()
    assert page.context["form"].initial["cited_on"] == date(2017, 1, 10)

    client.post(address, form_of(kind="carries_out", symbol="08-KH/ĐUTHU"))
    assert client.get(address).status_code == 404
    made = document.links.live().get()
    assert "<del>" in client.get(f"/van-ban/{document.pk}/quan-he").content.decode()
    client.post(f"/van-ban/quan-he/{made.pk}/bo")
    assert not document.links.live().exists()
    assert Act.objects.filter(verb__startswith="document.link_").count() == 2


def test_days_in_force_are_set_on_their_page(tree: Tree, clerk: Account):
    words = "Nghị quyết này có hiệu lực từ ngày 01/3/2017."
    document = register(tree.bloc, clerk, text=paper(words=words))
    client, address = signed_in(clerk), f"/van-ban/{document.pk}/hieu-luc"

    assert "01/03/2017" in client.get(address).content.decode()
    wrong = client.post(address, {"effective_on": "2017-03-01", "expires_on": "2017-03-01"})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["expires_on"])
    client.post(address, {"effective_on": "2017-04-01", "expires_on": ""})

    document.refresh_from_db()
    assert document.effective_on == date(2017, 4, 1)


def test_gaps_are_listed_with_what_may_be_meant(tree: Tree, clerk: Account):
    register(tree.bloc, clerk)
    other = make_document(tree.bloc, symbol="07-KH/ĐUTHU", issued_on=date(2012, 1, 10))
    client = signed_in(clerk)

    page = client.get("/van-ban/con-thieu").content.decode()
    assert "Kế hoạch 07-KH/ĐUTHU" in page
    assert f'href="/van-ban/{other.pk}"' in page

    register(tree.bloc, clerk, text=basis())
    assert "Kế hoạch 07-KH/ĐUTHU" not in client.get("/van-ban/con-thieu").content.decode()
    assert client.get("/van-ban/con-thieu?page=9").status_code == 200


def test_who_only_reads_sees_the_page_and_no_form(tree: Tree, clerk: Account):
    document = register(tree.bloc, clerk)
    reader, row = signed_in(make_holder(tree.bloc, Role.INSPECTOR)), document.links.get()

    page = reader.get(f"/van-ban/{document.pk}/quan-he").content.decode()

    assert "/quan-he/them" not in page and "/sua" not in page
    for address in (f"{document.pk}/quan-he/them", f"{document.pk}/hieu-luc", f"quan-he/{row.pk}/sua"):
        assert reader.get(f"/van-ban/{address}").status_code == 404
        assert reader.post(f"/van-ban/{address}", form_of(symbol="1-X/Y")).status_code == 404
    assert reader.post(f"/van-ban/quan-he/{row.pk}/bo").status_code == 404
    assert document.links.live().count() == 1
