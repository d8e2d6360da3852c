"""What tasks put on other pages: the menu with its counts, the search, the page of a document."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from trienkhai.common.models import Installation
from trienkhai.documents.models import Clause, Document, DocumentText
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.tests.make import NOON, make_account, make_holder
from trienkhai.people.models import Account
from trienkhai.tasks import actions
from trienkhai.tasks.models import Assignment
from trienkhai.tasks.tests.make import DUE, Cast, at, make_document

pytestmark = pytest.mark.django_db
WORDS = "1. Giao các đảng bộ cơ sở xây dựng kế hoạch."


def document_with_clause(owner: Unit) -> tuple[Document, Clause]:
    document = make_document(owner)
    text = DocumentText.objects.create(document=document, sha256="0" * 64, text=WORDS, created_at=NOON)
    clause = Clause.objects.create(text=text, kind="arabic", label="1", position=0, start=0, end=len(WORDS))
    return document, clause


def issued_from_clause(cast: Cast) -> tuple[Document, Clause]:
    document, clause = document_with_clause(cast.tree.bloc)
    rows = [{"title": f"Xây dựng kế hoạch {n}", "due_on": DUE, "clauses": [clause.pk]} for n in (1, 2)]
    issue = actions.prepare_issue(document, cast.tree.bloc, rows, selection="grassroots", by=cast.officer, at=NOON)
    actions.issue_tasks(issue.pk, by=cast.leader, at=NOON)
    return document, clause


def menu_of(client: Any, account: Account) -> dict[str, int]:
    """The entries of this area with their counts, as the person's menu shows them."""
    client.force_login(account)
    addresses = {reverse(f"tasks:{name}"): name for name in ("mine", "approvals", "issues", "list")}
    menu = client.get(reverse("notices:inbox")).context["menu"]
    return {addresses[entry["url"]]: entry.get("count", 0) for entry in menu if entry["url"] in addresses}


def test_menu_counts_what_waits_for_the_person(client):
    cast = Cast()
    issued_from_clause(cast)
    focal = cast.focal[cast.tree.north1.pk]
    first = Assignment.objects.filter(held_by=cast.tree.north1).order_by("pk")[0]
    actions.acknowledge(first.pk, by=focal, at=at(4))
    actions.submit_report(first.pk, text="Đã xong", by=focal, at=at(5))

    assert menu_of(client, focal) == {"mine": 1, "list": 0}
    assert menu_of(client, cast.north_leader) == {"mine": 0, "approvals": 1, "issues": 0, "list": 0}
    assert menu_of(client, cast.south_leader)["approvals"] == 0


def test_menu_counts_prepared_tasks_that_wait_for_the_leader(client):
    cast = Cast()
    document = make_document(cast.tree.bloc)
    issue = actions.prepare_issue(
        document, cast.tree.bloc, [{"title": "Việc", "due_on": DUE}], by=cast.officer, at=NOON
    )
    actions.submit_issue(issue.pk, by=cast.officer, at=NOON)

    assert menu_of(client, cast.leader)["mine"] == 1
    assert menu_of(client, cast.officer)["mine"] == 0


def test_member_and_administrator_have_no_entry_of_work(client):
    """Far from the end of a year, when administrators review the rights of their branch."""
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": date(2017, 3, 10)})
    cast = Cast()

    assert menu_of(client, make_holder(cast.tree.north, Role.MEMBER)) == {}
    assert menu_of(client, make_holder(cast.tree.north, Role.ADMIN)) == {}
    assert menu_of(client, make_account()) == {}


def test_search_finds_tasks_without_accents_and_only_those_in_sight(client):
    cast = Cast()
    issued_from_clause(cast)
    foreign = make_holder(cast.tree.office, Role.FOCAL)

    found = {}
    for name, account in (("focal", cast.focal[cast.tree.north1.pk]), ("foreign", foreign)):
        client.force_login(account)
        found[name] = client.get(reverse("common:search"), {"q": "xay dung ke hoach"}).content.decode()

    assert "Xây dựng kế hoạch 1" in found["focal"] and "Xây dựng kế hoạch 2" in found["focal"]
    assert "Xây dựng kế hoạch" not in found["foreign"]


def test_found_task_leads_to_its_rows_in_sight(client):
    cast = Cast()
    issued_from_clause(cast)
    client.force_login(cast.focal[cast.tree.north1.pk])

    groups = client.get(reverse("common:search"), {"q": "kế hoạch 2"}).context["groups"]
    hit = next(hit for group in groups for hit in group["hits"] if "Xây dựng" in hit["label"])

    rows = client.get(hit["url"]).context["rows"]
    assert [row.assignment.held_by for row in rows] == [cast.tree.north1]


@pytest.mark.parametrize(("place", "counted"), [("bloc", 10), ("north", 4)])
def test_clause_shows_how_much_work_in_sight_came_from_it_and_links_to_just_that(client, place, counted):
    cast = Cast()
    document, clause = issued_from_clause(cast)
    reader = make_holder(getattr(cast.tree, place), Role.INSPECTOR)
    document.published = "all"
    document.save()
    done = Assignment.objects.filter(held_by=cast.tree.north1).order_by("pk")[0]
    actions.acknowledge(done.pk, by=cast.focal[cast.tree.north1.pk], at=at(4))
    actions.submit_report(done.pk, text="Đã xong", by=cast.focal[cast.tree.north1.pk], at=at(5))
    actions.approve(done.pk, by=cast.north_leader, at=at(6))
    client.force_login(reader)

    figures = client.get(reverse("documents:detail", args=[document.pk])).context["progress"][clause.pk]
    listed = client.get(figures["url"]).context["rows"]

    assert (figures["all"], figures["done"]) == (counted, 1)
    assert len(listed) == counted


def test_document_offers_giving_to_those_who_prepare_and_then_shows_what_was_prepared(client):
    cast = Cast()
    document, _clause = document_with_clause(cast.tree.bloc)
    detail, start = reverse("documents:detail", args=[document.pk]), reverse("tasks:issue_start", args=[document.pk])
    client.force_login(cast.officer)

    before = client.get(detail).content.decode()
    prepared = client.post(start)
    after = client.get(detail).content.decode()

    assert start in before
    assert start not in after and prepared["Location"] in after


def test_document_offers_nothing_to_those_who_do_not_prepare(client):
    cast = Cast()
    document, _clause = document_with_clause(cast.tree.bloc)
    client.force_login(make_holder(cast.tree.bloc, Role.CLERK))

    page = client.get(reverse("documents:detail", args=[document.pk])).content.decode()

    assert reverse("tasks:issue_start", args=[document.pk]) not in page
