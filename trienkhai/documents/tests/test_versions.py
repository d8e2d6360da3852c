"""Versions of a document's file: kept beside each other, the newest read again, older ones still readable."""

from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from trienkhai.audit.models import Act, ActDetail
from trienkhai.common import slots
from trienkhai.common.verdict import Refused
from trienkhai.documents.actions import add_file, remove_link
from trienkhai.documents.models import Document, DocumentFile
from trienkhai.documents.queries import carried_over, versions_of
from trienkhai.documents.tests.make import paper, register, register_file, stored
from trienkhai.documents.tests.make_files import docx
from trienkhai.documents.tests.test_pages import signed_in
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import NOON, Tree, make_holder
from trienkhai.people.models import Account

NEWER = paper().replace("Trần Minh Thử", "Lê Thị Thử").replace("2. Ban Tổ chức", "2. Ban Tuyên giáo")


@pytest.fixture
def tree(db: None) -> Tree:
    return Tree()


@pytest.fixture
def clerk(tree: Tree) -> Account:
    return make_holder(tree.bloc, Role.CLERK)


def add(document: Document, by: Account, text: str = NEWER, **named: Any) -> DocumentFile:
    values = {"kind": "revised", "reason": "bản đúng", "not_secret": True, "name": "ban-sua.txt"} | named
    return add_file(document.pk, BytesIO(text.encode()), by=by, at=NOON, **values)


def test_a_new_version_stands_beside_the_old_one_and_is_read(tree: Tree, clerk: Account):
    document = register_file(tree.bloc, clerk)

    row = add(document, clerk)

    assert list(document.files.order_by("version").values_list("version", "kind", "reason", "text__version")) == [
        (1, "original", "", 1),
        (2, "revised", "bản đúng", 2),
    ]
    assert [default_storage.open(file.file.path).read().decode() for file in document.files.order_by("version")] == [
        paper(),
        NEWER,
    ]
    assert "Ban Tuyên giáo" in document.texts.get(version=2).text
    assert "Ban Tổ chức" in document.texts.get(version=1).text
    act = Act.objects.get(verb="file.added")
    assert (act.data["sha256"], act.data["number"]) == (row.file.sha256, 2)
    assert ActDetail.objects.get(act_id=act.pk).value == "bản đúng"


def test_the_two_readings_are_compared(tree: Tree, clerk: Account):
    document = register_file(tree.bloc, clerk)
    add(document, clerk)

    newest, first = versions_of(document)

    assert [(line.old, line.new) for line in newest.differences] == [("Trần Minh Thử", "Lê Thị Thử")]
    assert first.differences == []


def test_a_file_of_a_document_that_was_pasted_is_compared_with_the_pasted_text(tree: Tree, clerk: Account):
    document = register(tree.bloc, clerk)
    add(document, clerk, kind="original", reason="")

    assert [line.new for line in versions_of(document)[0].differences] == ["Lê Thị Thử"]


def test_an_attachment_is_kept_and_is_not_the_text(tree: Tree, clerk: Account):
    document = register_file(tree.bloc, clerk)

    word = add_file(
        document.pk,
        BytesIO(docx("Phụ lục: danh mục")),
        kind="attachment",
        reason="phụ lục",
        not_secret=True,
        name="phu-luc.docx",
        by=clerk,
        at=NOON,
    )
    sheet = add(document, clerk, "PK bang tinh", kind="attachment", name="bang.xlsx")

    assert (word.text, sheet.text, document.texts.count()) == (None, None, 1)


def test_what_a_person_removed_is_not_proposed_again_by_the_next_reading(tree: Tree, clerk: Account):
    document = register_file(tree.bloc, clerk)
    remove_link(document.links.get().pk, by=clerk, at=NOON)

    add(document, clerk, paper(words="Thực hiện Chỉ thị số 03-CT/ĐUTHU ngày 01/02/2016."))

    assert [row.symbol for row in document.links.live()] == ["03-CT/ĐUTHU"]


@pytest.mark.parametrize(
    ("named", "field"),
    [
        ({"not_secret": False}, "not_secret"),
        ({"kind": "x"}, "kind"),
        ({"kind": "original"}, "kind"),
        ({"reason": "  "}, "reason"),
        ({"name": "a.exe", "kind": "attachment"}, None),
        ({"name": "a.doc"}, None),
        ({"text": "MẬT\n" + paper()}, None),
        ({"text": "MẬT\n" + paper(), "kind": "attachment"}, None),
        ({"text": ""}, None),
        ({"text": paper()}, None),
    ],
)
def test_a_file_that_cannot_be_added_is_told_and_nothing_is_stored(
    tree: Tree, clerk: Account, named: dict[str, Any], field: str | None
):
    document = register_file(tree.bloc, clerk)
    before = stored(), document.texts.count(), document.links.count()

    with pytest.raises(ValidationError) as caught:
        add(document, clerk, **named)

    assert (list(caught.value.message_dict) if hasattr(caught.value, "error_dict") else [None]) == [field]
    assert (stored(), document.texts.count(), document.links.count()) == before


@pytest.mark.parametrize(("place", "role"), [("bloc", Role.FOCAL), ("bloc", Role.INSPECTOR), ("north", Role.CLERK)])
def test_only_who_registers_for_the_unit_adds_files(tree: Tree, clerk: Account, place: str, role: str):
    document = register_file(tree.bloc, clerk)
    stranger = make_holder(getattr(tree, place), role)
    before = stored()

    with pytest.raises(Refused):
        add(document, stranger)

    assert stored() == before
    assert signed_in(stranger).get(f"/van-ban/{document.pk}/tep/them").status_code == 404


def test_progress_stays_at_the_clause_of_the_newer_text(tree: Tree, clerk: Account, monkeypatch: pytest.MonkeyPatch):
    document = register_file(tree.bloc, clerk)
    old = document.texts.get().clauses.get(label="2")
    add(document, clerk)
    newest = document.texts.get(version=2)
    state = {old.pk: {"all": 7, "done": 3, "overdue": 0}}

    moved = carried_over(state, newest)

    assert moved[newest.clauses.get(label="2").pk] == state[old.pk]
    monkeypatch.setitem(slots._fillers, "documents.detail.side", [lambda request, obj: state])
    page = signed_in(clerk).get(f"/van-ban/{document.pk}").content.decode()
    assert "has-work" in page


def test_a_file_is_added_on_its_page_and_older_texts_are_read_there(tree: Tree, clerk: Account):
    document = register_file(tree.bloc, clerk)
    client, address = signed_in(clerk), f"/van-ban/{document.pk}/tep"
    upload = SimpleUploadedFile("ky-so.txt", NEWER.encode())
    fields = {"kind": "signed", "reason": "bản ký số", "not_secret": "on", "file": upload}

    response = client.post(f"{address}/them", fields)

    assert (response.status_code, response["Location"]) == (302, address)
    page = client.get(address).content.decode()
    assert "Lê Thị Thử" in page and DocumentFile.objects.get(version=2).file.sha256 in page
    newest = client.get(f"/van-ban/{document.pk}").content.decode()
    older = client.get(f"/van-ban/{document.pk}?ban=1").content.decode()
    assert "Ban Tuyên giáo" in newest and "Ban Tuyên giáo" not in older
    assert client.get(f"/van-ban/{document.pk}?ban=99").context["version"] == 2


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"not_secret": ""}, "not_secret"),
        ({"kind": "original"}, "kind"),
        ({"file": ""}, "file"),
        ({"reason": "x" * 301}, "reason"),
    ],
)
def test_a_fault_of_a_file_stands_at_its_field(tree: Tree, clerk: Account, fields: dict[str, Any], field: str):
    document = register_file(tree.bloc, clerk)
    given = {"kind": "revised", "reason": "sửa", "not_secret": "on", "file": SimpleUploadedFile("a.txt", b"abc" * 90)}

    response = signed_in(clerk).post(f"/van-ban/{document.pk}/tep/them", given | fields)

    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert document.files.count() == 1
