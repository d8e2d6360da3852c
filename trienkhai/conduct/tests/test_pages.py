"""The pages, with authors, those who read, those above, members; what each is not shown."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from trienkhai.audit.models import Act
from trienkhai.common.models import Installation
from trienkhai.conduct import actions, forms
from trienkhai.conduct.models import CellCount, Commitment, Example, Theme
from trienkhai.conduct.queries import lines_below
from trienkhai.conduct.tests.make import SAID, WORDS, Cast, at
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import make_holder, make_unit
from trienkhai.tasks.tests.make import make_document

pytestmark = pytest.mark.django_db
TODAY = date(2017, 7, 20)


@pytest.fixture(autouse=True)
def today() -> None:
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": TODAY})


def body(client: Any, name: str, *args: Any, **query: Any) -> str:
    answer = client.get(reverse(f"conduct:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def post(client: Any, name: str, *args: Any, **given: Any) -> int:
    return client.post(reverse(f"conduct:{name}", args=args), given).status_code


def test_from_the_commitment_to_the_comment_by_the_pages(client):
    cast = Cast()
    cast.theme()
    client.force_login(cast.leader)
    assert "Đoàn kết nội bộ" in body(client, "commit", cast.unit.pk)
    assert reverse("conduct:commit", args=[cast.unit.pk]) in client.get("/viec-cua-toi").content.decode()
    assert post(client, "commit", cast.unit.pk, text=" ") == 422
    assert post(client, "commit", cast.unit.pk, text=WORDS) == 302
    row = Commitment.objects.get()
    assert WORDS in body(client, "commitment", row.pk)
    file = SimpleUploadedFile("lich.txt", "Lịch".encode())
    assert post(client, "report", row.pk, "half", text=SAID, file=file, not_secret="on") == 302
    assert post(client, "report", row.pk, "quarter", text=SAID) == 409

    client.force_login(cast.secretary)
    shown = body(client, "commitment", row.pk)
    assert WORDS not in shown and SAID not in shown and not Act.objects.filter(verb="conduct.read").exists()
    opened = client.post(reverse("conduct:read", args=[row.pk])).content.decode()
    assert WORDS in opened and SAID in opened and Act.objects.filter(verb="conduct.read").count() == 1
    review = row.reviews.get()
    assert client.post(reverse("conduct:evidence", args=[review.pk])).status_code == 200
    assert Act.objects.filter(verb="conduct.read").count() == 2
    assert reverse("conduct:commitment", args=[row.pk]) in client.get("/viec-cua-toi").content.decode()
    assert post(client, "comment", review.pk, text="Nhất trí", met_on="2017-07-21") == 422
    assert post(client, "comment", review.pk, text="Nhất trí", met_on="2017-07-20") == 302
    client.force_login(cast.leader)
    assert "Nhất trí" in body(client, "commitment", row.pk)


def test_names_are_shown_to_those_who_read_commitments_and_numbers_to_everybody(client):
    cast = Cast()
    row = cast.commit()
    cast.count(9, 8)
    for one, named in ((cast.deputy, True), (cast.above, True), (cast.member, False), (cast.officer, False)):
        client.force_login(one)
        shown = body(client, "year", **{"don-vi": cast.unit.pk})
        assert (cast.leader.name in shown) is named and "8/9" in shown
        assert client.get(reverse("conduct:commitment", args=[row.pk])).status_code == (200 if named else 404)
    client.force_login(cast.stranger)
    assert client.get(reverse("conduct:year"), {"don-vi": cast.unit.pk}).status_code == 404


def test_theme_numbers_and_examples_by_the_pages(client):
    cast = Cast()
    client.force_login(cast.secretary)
    assert post(client, "theme", cast.unit.pk, title="Tác phong") == 302
    assert post(client, "count", cast.unit.pk, members=5, committed=6) == 422
    assert post(client, "count", cast.unit.pk, members=6, committed=5) == 302
    assert post(client, "example_add", cast.unit.pk, title="Tổ một", story="Đúng hạn") == 302
    client.force_login(cast.member)
    shown = body(client, "year")
    assert all(words in shown for words in ("Tác phong", "5/6", "Đúng hạn"))
    assert post(client, "example_remove", Example.objects.get().pk) == 409
    client.force_login(cast.secretary)
    assert post(client, "example_remove", Example.objects.get().pk) == 302
    assert Theme.objects.count() == CellCount.objects.count() == 1


def test_the_branches_below_for_those_who_read_them(client):
    cast = Cast()
    client.force_login(cast.officer)
    assert cast.unit.name in body(client, "below")
    client.force_login(cast.member)
    assert "<tbody>" not in body(client, "below")


@pytest.mark.parametrize("name", ["year", "below", "mine"])
def test_lists_ask_as_often_for_three_as_for_one(client, name: str):
    cast = Cast()
    cast.report()
    address = "/viec-cua-toi" if name == "mine" else reverse(f"conduct:{name}")
    client.force_login(cast.above if name == "below" else cast.secretary)
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for _ in range(2):
        person = make_holder(cast.unit, Role.LEADER)
        cast.report(cast.commit(by=person), by=person)

    with CaptureQueriesContext(connection) as three:
        client.get(address)

    assert len(three) == len(one)


def test_a_number_of_the_units_below_opens_the_people_and_units_it_counts(client):
    cast = Cast()
    cast.comment()
    cast.count(9, 7)
    query = {"don-vi": cast.tree.north.pk, "nam": 2017}
    client.force_login(cast.above)

    opened = {fact: body(client, "below_rows", fact, **query) for fact in ("leaders", "committed", "half", "year")}
    names = {fact: cast.leader.name in text for fact, text in opened.items()}

    assert names == {"leaders": True, "committed": True, "half": True, "year": False}
    assert cast.deputy.name in opened["leaders"] and cast.deputy.name not in opened["committed"]
    for fact, total in (("members", 9), ("members_committed", 7)):
        assert f'data-total="{total}">' in body(client, "below_rows", fact, **query)
    assert cast.unit.name in body(client, "below_rows", "units_told", **query)


def test_a_number_of_members_opens_the_units_that_it_counts_and_no_other(client):
    cast = Cast()
    cell = make_unit(cast.tree.north1, kind="grassroots_cell", code="K.B.1.1")
    told = {cast.tree.north: (90, 80), cast.tree.north1: (30, 20), cell: (10, 9), cast.unit: (7, 6)}
    for unit, (members, committed) in told.items():
        CellCount.objects.create(unit=unit, year=2017, members=members, committed=committed, told_on=TODAY)
    client.force_login(cast.above)
    (line,) = (one for one in lines_below(cast.tree.bloc, 2017, TODAY) if one.unit == cast.tree.north)

    query = {"don-vi": cast.tree.north.pk, "nam": 2017}
    opened = {fact: body(client, "below_rows", fact, **query) for fact, _n in line.numbers[4:]}

    assert line.numbers[4:] == [("members", 17), ("members_committed", 15), ("units_told", 2)]
    for fact, number in line.numbers[4:6]:
        assert f' data-total="{number}">' in opened[fact]
    for text in opened.values():
        assert cell.name in text and cast.unit.name in text and cast.tree.north1.name not in text


def test_a_theme_keeps_an_old_document_when_its_words_are_changed(client, monkeypatch):
    cast = Cast()
    old, new = (make_document(cast.tree.north, issued_on=day) for day in (date(2016, 1, 4), date(2017, 1, 4)))
    words = {"year": 2017, "by": cast.above, "at": at()}
    actions.set_theme(cast.tree.north, title="Phong cách", document=old, **words)
    monkeypatch.setattr(forms, "LISTED", 1)
    client.force_login(cast.above)

    shown = body(client, "theme", cast.tree.north.pk)
    assert f'value="{old.pk}" selected' in shown and f'value="{new.pk}"' in shown
    assert post(client, "theme", cast.tree.north.pk, title="Tác phong", document=old.pk) == 302

    assert Theme.objects.get().document == old and Theme.objects.get().title == "Tác phong"


def test_who_sees_numbers_only_reads_no_name_behind_them(client):
    cast = Cast()
    cast.commit()
    query = {"don-vi": cast.tree.north.pk, "nam": 2017}

    client.force_login(cast.officer)
    shown = body(client, "below_rows", "committed", **query)

    assert cast.leader.name not in shown and 'data-unseen="1"' in shown
    for who, fact in ((cast.member, "committed"), (cast.stranger, "committed"), (cast.above, "other")):
        client.force_login(who)
        assert client.get(reverse("conduct:below_rows", args=[fact]), query).status_code == 404


@pytest.mark.parametrize("fact", ["leaders", "half", "members"])
def test_rows_behind_a_number_ask_as_often_for_three_as_for_one(client, fact: str):
    cast = Cast()
    cast.comment()
    cast.count(9, 7)
    client.force_login(cast.above)
    query = {"don-vi": cast.tree.north.pk, "nam": 2017}
    body(client, "below_rows", fact, **query)
    with CaptureQueriesContext(connection) as one:
        body(client, "below_rows", fact, **query)
    for _ in range(2):
        person = make_holder(cast.unit, Role.LEADER)
        cast.comment(cast.report(cast.commit(by=person), by=person))

    with CaptureQueriesContext(connection) as three:
        body(client, "below_rows", fact, **query)

    assert len(three) == len(one)
