"""The pages of dossiers: opening, filling, closing; the list of what is due, on the page and as a file."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from trienkhai.common.clock import moment
from trienkhai.documents.actions.dossiers import (
    Described,
    close_dossier,
    open_dossier,
    put_document,
)
from trienkhai.documents.models import Dossier
from trienkhai.documents.tests.test_pages import signed_in
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


def test_a_dossier_is_opened_filled_and_closed_on_its_pages(tree: Tree, clerk: Account):
    client, paper = signed_in(clerk), make_document(tree.bloc)
    fields = {"unit": tree.bloc.pk, "code": "01.2017", "title": "Thử", "retention": "y10", "opened_on": "2017-01-03"}

    client.post("/ho-so/moi", fields)
    row = Dossier.objects.get()
    found = client.get(f"/ho-so/{row.pk}?q=thu+nghiem")
    assert [hit.pk for hit in found.context["hits"]] == [paper.pk]
    client.post(f"/ho-so/{row.pk}/them/{paper.pk}")
    page = client.get(f"/ho-so/{row.pk}")
    assert "Vĩnh viễn" in page.content.decode() and "10 năm" in page.content.decode()
    wrong = client.post(f"/ho-so/{row.pk}/dong", {"closed_on": "2016-01-01"})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["closed_on"])
    client.post(f"/ho-so/{row.pk}/dong", {"closed_on": "2017-01-04"})

    row.refresh_from_db()
    assert row.closed_on == date(2017, 1, 4)
    assert client.post(f"/ho-so/{row.pk}/them/{paper.pk}").status_code == 409
    client.post(f"/ho-so/{row.pk}/mo-lai")
    client.post(f"/ho-so/cho/{row.places.get().pk}/bo")
    assert inside(row) == []


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"code": ""}, "code"),
        ({"retention": "x"}, "retention"),
        ({"opened_on": "x"}, "opened_on"),
        ({"unit": 0}, "unit"),
    ],
)
def test_a_fault_of_a_dossier_stands_at_its_field(tree: Tree, clerk: Account, fields: dict[str, Any], field: str):
    given = {"unit": tree.bloc.pk, "code": "1", "title": "Thử", "retention": "y10", "opened_on": "2017-01-03"}

    response = signed_in(clerk).post("/ho-so/moi", given | fields)

    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert not Dossier.objects.exists()


def test_a_document_goes_into_an_open_dossier_from_its_own_page(tree: Tree, clerk: Account):
    paper, row = make_document(tree.bloc), opened(tree.bloc, clerk)
    closed(tree.bloc, clerk, date(2020, 1, 1), code="02")
    client, address = signed_in(clerk), f"/van-ban/{paper.pk}/ho-so"

    assert [choice.pk for choice in client.get(address).context["choices"]] == [row.pk]
    assert client.post(address, {"dossier": "0"}).status_code == 422
    client.post(address, {"dossier": row.pk})

    assert inside(row) == [(1, "01-NQ/ĐUTHU")]
    assert list(client.get(address).context["inside"]) == [row]


def test_a_dossier_opened_from_a_document_takes_its_subject_its_class_and_the_document(tree: Tree, clerk: Account):
    paper = make_document(tree.bloc, doc_type="Công văn")
    client, address = signed_in(clerk), f"/ho-so/moi?vanban={paper.pk}"

    initial = client.get(address).context["form"].initial
    client.post(address, {"unit": tree.bloc.pk, "code": "9", **initial, "opened_on": "2017-01-03"})

    assert (initial["title"], initial["retention"]) == (paper.title, "y10")
    assert inside(Dossier.objects.get()) == [(1, paper.symbol)]
    for asked in ("x", "9" * 30):
        assert client.get(f"/ho-so/moi?vanban={asked}").status_code == 200
    assert client.get("/ho-so/moi?vanban=99999").status_code == 404


def test_the_list_that_is_due_is_a_page_and_a_file(tree: Tree, clerk: Account):
    closed(tree.bloc, clerk, date(2017, 2, 1), code="01.2017", title='=HYPERLINK("x")')
    client = signed_in(clerk)

    page = client.get("/ho-so/nop-luu")
    lines = b"".join(client.get("/ho-so/nop-luu.csv").streaming_content).decode("utf-8-sig")

    assert [row.code for row in page.context["due"]] == ["01.2017"]
    rows = list(csv.reader(io.StringIO(lines)))
    assert rows[1][:3] == ["1", "01.2017", '\'=HYPERLINK("x")']
    assert rows[1][3:6] == ["03/01/2017", "03/01/2017", "Vĩnh viễn"]
    wrong = client.post("/ho-so/nop-luu", {"on": "2018-03-01", "to": "Lưu trữ"})
    assert wrong.status_code == 422
    client.post(
        "/ho-so/nop-luu", {"on": "2018-03-01", "to": "Lưu trữ", "dossiers": [row.pk for row in page.context["due"]]}
    )
    assert Dossier.objects.get().handed_over_on == date(2018, 3, 1)


def test_a_list_of_three_dossiers_costs_as_much_as_one(tree: Tree, clerk: Account):
    client, counts = signed_in(clerk), []
    client.get("/ho-so")
    for code in "abc":
        opened(tree.bloc, clerk, code=code)
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/ho-so").status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[2]


def test_who_only_reads_meets_no_form(tree: Tree, clerk: Account):
    row, paper = opened(tree.bloc, clerk), make_document(tree.bloc)
    reader = signed_in(make_holder(tree.bloc, Role.INSPECTOR))

    assert reader.get(f"/ho-so/{row.pk}").status_code == 200
    assert reader.get("/ho-so").status_code == 200
    for address in (
        "ho-so/moi",
        f"ho-so/{row.pk}/sua",
        "ho-so/nop-luu",
        "ho-so/nop-luu.csv",
        f"van-ban/{paper.pk}/ho-so",
    ):
        assert reader.get(f"/{address}").status_code == 404
    for address in (f"{row.pk}/dong", f"{row.pk}/mo-lai", f"{row.pk}/them/{paper.pk}"):
        assert reader.post(f"/ho-so/{address}").status_code == 404
    assert signed_in(make_holder(tree.south, Role.LEADER)).get(f"/ho-so/{row.pk}").status_code == 404
