"""Registering, correcting, publishing, locking away; links that close, numbers without gaps."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import close_old_connections, connection, transaction

from trienkhai.audit.models import Act, ActDetail
from trienkhai.common.verdict import Refused
from trienkhai.documents.actions import (
    correct_document,
    publish_document,
    quarantine_document,
    register_document,
    remove_unused,
    store_file,
)
from trienkhai.documents.models import Clause, Document, DocumentLink, DocumentText, RegisterEntry, StoredFile
from trienkhai.documents.queries import pieces_of
from trienkhai.documents.tests.make import files_on_disk, paper, register, register_file, stored
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import NOON, Tree, make_holder
from trienkhai.people.models import Account
from trienkhai.tasks import actions
from trienkhai.tasks.models import Issue, Task
from trienkhai.tasks.tests.make import DUE, Cast

pytestmark = pytest.mark.django_db
WRITERS = 16


@pytest.fixture
def tree() -> Tree:
    return Tree()


@pytest.fixture
def clerk(tree: Tree) -> Account:
    return make_holder(tree.bloc, Role.CLERK)


def test_a_document_goes_in_with_header_clauses_links_number_and_act(tree: Tree, clerk: Account):
    document = register_file(tree.bloc, clerk, book="out")

    assert (document.doc_type, document.number, document.symbol) == ("Nghị quyết", "12", "12-NQ/ĐUTHU")
    assert (document.issued_on.isoformat(), document.signer_name) == ("2017-02-05", "Trần Minh Thử")
    assert document.declared_by == clerk
    assert str(document.entries.get()) == "out 12/2017"
    assert list(document.links.values_list("symbol", "kind", "target")) == [("07-KH/ĐUTHU", "basis", None)]
    act = Act.objects.get(verb="document.registered")
    assert (act.target_id, act.data) == (document.pk, {"book": "out", "number": "12"})
    assert default_storage.open(document.files.get().file.path).read().decode() == paper()


def test_every_clause_points_at_its_own_words(tree: Tree, clerk: Account):
    text = register(tree.bloc, clerk).texts.get()

    pieces = pieces_of(text)

    labels = {piece.clause.label: piece for piece in pieces if piece.clause}
    assert labels["1"].words.startswith("Các đảng ủy trực thuộc xây dựng kế hoạch")
    assert labels["II"].words == "NHIỆM VỤ"
    assert labels["II"].depth < labels["1"].depth
    assert "".join(f"{piece.label}{piece.words}".replace(" ", "") for piece in pieces).replace("\n", "") == "".join(
        text.text.split()
    )
    assert all(text.text[task["start"] : task["end"]] for task in text.reading["tasks"])


def test_only_who_registers_for_the_unit_may(tree: Tree):
    with pytest.raises(Refused):
        register(tree.bloc, make_holder(tree.bloc, Role.FOCAL))
    with pytest.raises(Refused):
        register(tree.north, make_holder(tree.bloc, Role.CLERK))

    assert stored()[:3] == (0, 0, 0)


def test_each_book_and_year_counts_for_itself(tree: Tree, clerk: Account):
    later = NOON + timedelta(days=400)

    made = [
        register(tree.bloc, clerk, book="in"),
        register(tree.bloc, clerk, book="out"),
        register(tree.bloc, clerk, book="in"),
        register(tree.bloc, clerk, book="in", at=later),
    ]

    assert [str(row.entries.get()) for row in made] == ["in 1/2017", "out 12/2017", "in 2/2017", "in 1/2018"]


def test_the_same_sending_counts_once(tree: Tree, clerk: Account):
    sending = uuid.uuid4()

    first = register_file(tree.bloc, clerk, sending=sending)
    before = stored()
    second = register_file(tree.bloc, clerk, sending=sending)

    assert first == second
    assert stored() == before


@pytest.mark.django_db(transaction=True)
def test_many_writers_get_numbers_without_gaps_or_doubles():
    tree = Tree()
    clerk = make_holder(tree.bloc, Role.CLERK)

    def one(number: int) -> None:
        close_old_connections()
        try:
            register_file(tree.bloc, Account.objects.get(pk=clerk.pk), text=paper(f"{number}-NQ/ĐUTHU"))
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(one, range(1, WRITERS + 1)))

    numbers = RegisterEntry.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, WRITERS + 1))
    assert all(default_storage.exists(file.path) for file in StoredFile.objects.all())


@pytest.mark.django_db(transaction=True)
def test_the_fault_of_one_writer_takes_no_file_of_another(tree: Tree, clerk: Account):
    with transaction.atomic():
        kept = store_file(BytesIO(b"ban dang ghi"), owner=tree.bloc, by=clerk, at=NOON, name="a.txt")
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(remove_unused).result() == 0
        assert default_storage.exists(kept.path)


@pytest.mark.django_db(transaction=True)
def test_a_file_of_a_transaction_that_failed_is_taken_away(tree: Tree, clerk: Account):
    before = files_on_disk()

    with pytest.raises(RuntimeError), transaction.atomic():
        store_file(BytesIO(b"khong duoc luu"), owner=tree.bloc, by=clerk, at=NOON, name="a.txt")
        raise RuntimeError
    remove_unused()

    assert files_on_disk() == before


def test_a_gap_closes_when_the_cited_paper_comes(tree: Tree, clerk: Account):
    citing = register(tree.bloc, clerk)
    assert citing.links.get().target is None

    cited = register(tree.bloc, clerk, text=paper("07-KH/ĐUTHU", "01-CTr/ĐUTHU"))

    assert citing.links.get().target == cited


def test_a_corrected_symbol_closes_one_gap_and_opens_another(tree: Tree, clerk: Account):
    citing = register(tree.bloc, clerk)
    cited = register(tree.bloc, clerk, text=paper("70-KH/ĐUTHU", "01-CTr/ĐUTHU"))

    correct_document(cited.pk, {"symbol": "07-KH/ĐUTHU"}, by=clerk, at=NOON)
    assert citing.links.get().target == cited

    correct_document(cited.pk, {"symbol": "71-KH/ĐUTHU"}, by=clerk, at=NOON)
    assert citing.links.get().target is None


def test_a_correction_keeps_the_reading_beside_it(tree: Tree, clerk: Account):
    document = register(tree.bloc, clerk)
    changes = {"title": "về công tác  khác", "signer_name": "Lê Thị Thử", "issuer_name": "Đảng bộ Khối Thử"}

    corrected = correct_document(document.pk, changes, by=clerk, at=NOON)

    assert (corrected.title, corrected.signer_name, corrected.issuer) == ("về công tác khác", "Lê Thị Thử", tree.bloc)
    assert "cong tac khac" in corrected.search_text
    reading = document.texts.get().reading
    assert (reading["title"], reading["signer"]["name"]) == ("về công tác thử nghiệm", "Trần Minh Thử")
    act = Act.objects.get(verb="document.corrected")
    assert "khác" not in str(act.data) + act.target_label
    assert ActDetail.objects.get(act_id=act.pk, key="signer_name").value == "Trần Minh Thử → Lê Thị Thử"


def test_a_correction_that_changes_nothing_leaves_no_act(tree: Tree, clerk: Account):
    document = register(tree.bloc, clerk)

    correct_document(document.pk, {"title": document.title}, by=clerk, at=NOON)

    assert not Act.objects.filter(verb="document.corrected").exists()


def test_a_document_without_subject_is_no_correction(tree: Tree, clerk: Account):
    document = register(tree.bloc, clerk)

    with pytest.raises(ValidationError):
        correct_document(document.pk, {"title": "  "}, by=clerk, at=NOON)


def test_strangers_correct_publish_and_remove_nothing(tree: Tree, clerk: Account):
    document, stranger = register(tree.bloc, clerk), make_holder(tree.north, Role.CLERK)

    for attempt in (
        lambda: correct_document(document.pk, {"title": "khác"}, by=stranger, at=NOON),
        lambda: publish_document(document.pk, "all", by=stranger, at=NOON),
        lambda: quarantine_document(document.pk, by=stranger, at=NOON),
    ):
        with pytest.raises(Refused):
            attempt()

    assert Document.objects.filter(pk=document.pk, published="no").exists()


def test_publishing_takes_known_values_only(tree: Tree, clerk: Account):
    document = register(tree.bloc, clerk)

    with pytest.raises(ValidationError):
        publish_document(document.pk, "world", by=clerk, at=NOON)


@pytest.mark.django_db(transaction=True)
def test_quarantine_removes_everything_and_leaves_an_act_with_the_id():
    cast = Cast()
    bloc, clerk = cast.tree.bloc, make_holder(cast.tree.bloc, Role.CLERK)
    before = files_on_disk()
    document = register_file(bloc, clerk)
    citing = register(bloc, clerk, text=paper("13-NQ/ĐUTHU", "12-NQ/ĐUTHU"))
    correct_document(document.pk, {"title": "điều không được ghi"}, by=clerk, at=NOON)
    actions.prepare_issue(
        document, bloc, [{"title": "Việc", "due_on": DUE}], selection="children", by=cast.officer, at=NOON
    )

    quarantine_document(document.pk, by=clerk, at=NOON)

    assert not Document.objects.filter(pk=document.pk).exists()
    assert not DocumentText.objects.filter(document=document.pk).exists()
    assert not Clause.objects.filter(text__document=document.pk).exists()
    assert not RegisterEntry.objects.filter(document=document.pk).exists()
    assert not DocumentLink.objects.filter(source=document.pk).exists()
    assert not (Issue.objects.exists() or Task.objects.exists() or StoredFile.objects.exists())
    assert citing.links.get().target is None
    assert files_on_disk() == before
    act = Act.objects.get(verb="document.quarantined")
    assert (act.target_label, act.target_id, act.data) == (f"#{document.pk}", None, {"document": document.pk})
    assert not ActDetail.objects.filter(value__isnull=False).exists()


def test_a_document_from_which_work_was_issued_stays(tree: Tree):
    cast = Cast.__new__(Cast)
    cast.__dict__ |= {
        "tree": tree,
        "officer": make_holder(tree.bloc, Role.OFFICER),
        "leader": make_holder(tree.bloc, Role.LEADER),
    }
    document = register(tree.bloc, cast.officer)
    rows = [{"title": "Việc", "due_on": DUE}]
    issue = actions.prepare_issue(document, tree.bloc, rows, selection="children", by=cast.officer, at=NOON)
    actions.issue_tasks(issue.pk, by=cast.leader, at=NOON)
    before = stored()

    with pytest.raises(Refused):
        quarantine_document(document.pk, by=cast.officer, at=NOON)

    assert stored() == before
    assert document.texts.exists()


def test_two_copies_of_one_paper_keep_a_file_each(tree: Tree, clerk: Account):
    other = make_holder(tree.north, Role.CLERK)
    first, second = register_file(tree.bloc, clerk), register_file(tree.north, other)

    paths = {row.files.get().file.path for row in (first, second)}

    assert len(paths) == 2
    assert len({row.files.get().file.sha256 for row in (first, second)}) == 1


def test_header_values_that_are_given_win_over_what_was_read(tree: Tree, clerk: Account):
    document = register(tree.bloc, clerk, fields={"title": "về việc khác", "symbol": ""})

    assert (document.title, document.symbol) == ("về việc khác", "12-NQ/ĐUTHU")


def test_without_the_declaration_nothing_is_stored(tree: Tree, clerk: Account):
    with pytest.raises(ValidationError) as caught:
        register_document(tree.bloc, text=paper(), not_secret=False, by=clerk, at=NOON)

    assert "not_secret" in caught.value.message_dict
    assert stored()[:3] == (0, 0, 0)
