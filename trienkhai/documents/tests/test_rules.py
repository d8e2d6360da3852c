"""Who sees which documents, by role and branch, by register, by publication, by work."""

import pytest

from trienkhai.documents import rules
from trienkhai.documents.actions import publish_document
from trienkhai.documents.models import Document
from trienkhai.documents.tests.make import make_entry, register, register_file
from trienkhai.orgs.models import Manner, Role
from trienkhai.orgs.tests.make import DAY, NOON, Tree, make_account, make_holder
from trienkhai.tasks import actions
from trienkhai.tasks.tests.make import DUE, Cast, make_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree() -> Tree:
    return Tree()


def seen(account) -> set[int]:
    return set(rules.visible_documents(account, DAY).values_list("pk", flat=True))


@pytest.mark.parametrize("role", [Role.LEADER, Role.OFFICER, Role.INSPECTOR])
def test_those_with_a_branch_see_the_documents_held_in_it_and_no_others(tree: Tree, role: str):
    own, below = make_document(tree.north), make_document(tree.north1)
    foreign, above = make_document(tree.south1, issuer=None), make_document(tree.bloc)

    visible = seen(make_holder(tree.north, role))

    assert visible == {own.pk, below.pk}
    assert {foreign.pk, above.pk}.isdisjoint(visible)


@pytest.mark.parametrize("role", [Role.CLERK, Role.FOCAL, Role.SECRETARY])
def test_those_of_one_unit_see_its_documents_and_not_those_below(tree: Tree, role: str):
    own = make_document(tree.north)
    make_document(tree.north1)

    assert seen(make_holder(tree.north, role)) == {own.pk}


@pytest.mark.parametrize("role", [Role.ADMIN, Role.MEMBER, Role.MASS])
def test_others_see_only_what_is_published(tree: Tree, role: str):
    make_document(tree.north)
    open_to_all = make_document(tree.bloc, published="all")

    assert seen(make_holder(tree.north, role)) == {open_to_all.pk}


def test_a_document_in_an_own_register_is_seen(tree: Tree):
    document = make_document(tree.south)
    make_entry(tree.north1, document)

    assert seen(make_holder(tree.north1, Role.CLERK)) == {document.pk}
    assert seen(make_holder(tree.north2, Role.CLERK)) == set()


def test_the_issuer_sees_what_others_hold_of_it(tree: Tree):
    document = make_document(tree.south, issuer=tree.north1)

    assert seen(make_holder(tree.north1, Role.FOCAL)) == {document.pk}


def test_published_to_the_branch_is_seen_in_the_branch_alone(tree: Tree):
    document = make_document(tree.north, published="branch")

    assert seen(make_holder(tree.north1, Role.MEMBER)) == {document.pk}
    assert seen(make_holder(tree.south1, Role.MEMBER)) == set()


def test_whoever_holds_work_from_a_document_sees_it():
    cast = Cast()
    document = make_document(cast.tree.bloc)
    rows = [{"title": "Việc", "due_on": DUE}]
    issue = actions.prepare_issue(document, cast.tree.bloc, rows, selection="unit:K.B.1", by=cast.officer, at=NOON)
    holder, other = cast.focal[cast.tree.north1.pk], cast.focal[cast.tree.south1.pk]
    assert seen(holder) == set()

    actions.issue_tasks(issue.pk, by=cast.leader, at=NOON)

    assert seen(holder) == {document.pk}
    assert seen(other) == set()


def test_nobody_without_a_post_sees_anything(tree: Tree):
    make_document(tree.bloc, published="all")

    assert seen(make_account()) == set()


@pytest.mark.parametrize("role", Role.values)
def test_only_clerks_officers_and_leaders_of_the_unit_itself_change_a_document(tree: Tree, role: str):
    document = Document.objects.select_related("owner").get(pk=make_document(tree.north).pk)
    own, above = make_holder(tree.north, role), make_holder(tree.bloc, role)

    for rule in (rules.can_correct, rules.can_publish, rules.can_quarantine):
        assert bool(rule(own, document, DAY)) == (role in (Role.CLERK, Role.OFFICER, Role.LEADER))
        assert not rule(above, document, DAY)


def test_a_delegate_for_other_acts_is_offered_no_register(tree: Tree):
    leader = make_holder(tree.north, Role.LEADER)
    held = leader.holdings.get()
    delegate = make_holder(
        tree.north, Role.LEADER, manner=Manner.DELEGATED, principal=held, acts=["approve"], valid_to=held.valid_to
    )

    assert rules.registering_units(leader, DAY) == [tree.north]
    assert rules.registering_units(delegate, DAY) == []


def test_a_file_is_open_to_whoever_sees_the_document(tree: Tree):
    clerk, stranger = make_holder(tree.north, Role.CLERK), make_holder(tree.south, Role.LEADER)
    document = register_file(tree.north, clerk)
    file = document.files.get().file

    assert rules.can_open_file(clerk, file, DAY)
    assert not rules.can_open_file(stranger, file, DAY)

    publish_document(document.pk, "all", by=clerk, at=NOON)
    assert rules.can_open_file(stranger, file, DAY)


def test_pasted_text_has_no_file(tree: Tree):
    assert not register(tree.north, make_holder(tree.north, Role.CLERK)).files.exists()
