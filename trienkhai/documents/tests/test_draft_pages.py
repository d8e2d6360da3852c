"""The pages of drafts: written, looked at, overtaken, downloaded, issued; by whom, and what faults say where."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document as Word

from trienkhai.audit.models import Act
from trienkhai.documents.actions import change_draft
from trienkhai.documents.models import Document, Draft, DraftState, OfficeTemplate, StoredFile
from trienkhai.documents.reader import read_text
from trienkhai.documents.reader.files import open_document
from trienkhai.documents.tests.make import files_on_disk, register
from trienkhai.documents.tests.make_drafts import BODY, WORDS, begin, finish, template_upload
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import NOON, Tree, make_holder
from trienkhai.people.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree() -> Tree:
    return Tree()


@pytest.fixture
def clerk(tree: Tree) -> Account:
    return make_holder(tree.bloc, Role.CLERK)


@pytest.fixture
def browser(clerk: Account) -> Client:
    return signed_in(clerk)


def signed_in(account: Account) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(account)
    return client


def typed(**words: Any) -> dict[str, Any]:
    given = WORDS | {"issued_on": "2017-01-03"} | words
    return {name: value for name, value in given.items() if value is not None}


def read_back(response: Any, suffix: str) -> Any:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    intake = open_document(BytesIO(content), f"x.{suffix}")
    return read_text(intake.text, wrapped=intake.wrapped)


def test_write_preview_download_issue_and_read_back(tree: Tree, browser: Client):
    browser.post("/van-ban/du-thao/moi", typed())
    draft = Draft.objects.get()
    page = browser.get(f"/van-ban/du-thao/{draft.pk}")

    assert "HD 36-HD/VPTW" in page.content.decode()
    assert page.context["layout"].nearest
    for suffix in ("docx", "pdf"):
        read = read_back(browser.get(f"/van-ban/du-thao/{draft.pk}/tai/{suffix}"), suffix)
        assert (read.doc_type, read.title, read.signer.name) == ("Kế hoạch", WORDS["title"], WORDS["signer_name"])

    form = {"base": 1, "issued_on": "2017-01-03", "number": "12", "not_secret": "on"}
    response = browser.post(f"/van-ban/du-thao/{draft.pk}/ban-hanh", form)

    document = Document.objects.get()
    assert response.url == f"/van-ban/{document.pk}"
    assert document.symbol == "12-KH/ĐUTHU"
    for row in document.files.all():
        read = read_back(browser.get(f"/van-ban/tep/{row.file.pk}"), row.file.name.rpartition(".")[2])
        assert (read.symbol, len(read.tasks)) == ("12-KH/ĐUTHU", 5)


def test_the_preview_shows_the_paper_of_words_not_yet_stored(tree: Tree, browser: Client):
    words = typed(body="I. MỤC THỬ\n\n| TT | Việc |\n| 1 | Làm |", title="")

    response = browser.post(f"/van-ban/du-thao/xem-thu/{tree.bloc.pk}", words, HTTP_HX_REQUEST="true")

    shown = response.content.decode()
    assert "I- MỤC THỬ" in shown and '<th scope="col">Việc</th>' in shown
    assert not Draft.objects.exists() and not Act.objects.filter(verb__startswith="draft").exists()


def test_preview_by_button_keeps_the_words_and_stores_nothing(tree: Tree, browser: Client):
    response = browser.post("/van-ban/du-thao/moi", typed(preview="1", body="Chữ đang viết dở"))

    assert "Chữ đang viết dở" in response.context["form"]["body"].value()
    assert not Draft.objects.exists()


@pytest.mark.parametrize("body", ["", "| |", "|", "I.", "1. ", "<script>alert(1)</script>", "|a|\n|b|c|", "x" * 5000])
def test_odd_bodies_are_shown_and_escaped(tree: Tree, browser: Client, body: str):
    response = browser.post(f"/van-ban/du-thao/xem-thu/{tree.bloc.pk}", typed(body=body, system="state"))

    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_a_form_sent_twice_makes_one_draft(browser: Client):
    words = typed(sending="0b1f9a52-6d28-4c9e-8a70-6e3b6a0c1d11")

    browser.post("/van-ban/du-thao/moi", words)
    browser.post("/van-ban/du-thao/moi", words)

    assert Draft.objects.count() == 1


def test_faults_stand_at_their_fields_and_the_words_stay(browser: Client):
    response = browser.post("/van-ban/du-thao/moi", typed(authority="K/T Đảng ủy", body=BODY))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["authority"]
    assert response.context["form"]["body"].value() == BODY
    assert not Draft.objects.exists()


def test_who_is_overtaken_sees_both_texts_and_stores_after_reading(tree: Tree, clerk: Account, browser: Client):
    draft = begin(tree.bloc, clerk)
    other = make_holder(tree.bloc, Role.OFFICER)
    change_draft(draft.pk, WORDS | {"body": "Chữ của người kia"}, base=1, by=other, at=NOON)

    response = browser.post(
        f"/van-ban/du-thao/{draft.pk}/sua", typed(base=1, body="Chữ của tôi", bases=WORDS["bases"] + "\r\n")
    )

    shown = response.content.decode()
    assert response.status_code == 422
    assert "Chữ của người kia" in shown and "Chữ của tôi" in shown and other.name in shown
    assert Draft.objects.get().body == "Chữ của người kia"

    assert [change.name for _label, change in response.context["changes"]] == ["issued_on", "body"]
    browser.post(f"/van-ban/du-thao/{draft.pk}/sua", typed(base=2, body="Chữ của cả hai"))
    assert (Draft.objects.get().body, Draft.objects.get().version) == ("Chữ của cả hai", 3)


def test_a_draft_is_nobody_elses(tree: Tree, clerk: Account):
    draft = begin(tree.bloc, clerk)
    others = (
        make_holder(tree.north, Role.CLERK),
        make_holder(tree.bloc, Role.FOCAL),
        make_holder(tree.bloc, Role.INSPECTOR),
    )

    for other in map(signed_in, others):
        for address in ("", "/sua", "/tai/docx", "/tai/pdf", "/ban/1", "/ban-hanh"):
            assert other.get(f"/van-ban/du-thao/{draft.pk}{address}").status_code == 404
        assert other.post(f"/van-ban/du-thao/{draft.pk}/bo").status_code == 404
        assert other.post(f"/van-ban/du-thao/xem-thu/{tree.bloc.pk}", typed()).status_code == 404


def test_versions_show_what_changed(tree: Tree, clerk: Account, browser: Client):
    draft = begin(tree.bloc, clerk)
    change_draft(draft.pk, WORDS | {"title": "về việc mới"}, base=1, by=clerk, at=NOON)

    first = browser.get(f"/van-ban/du-thao/{draft.pk}/ban/1").content.decode()
    second = browser.get(f"/van-ban/du-thao/{draft.pk}/ban/2")

    assert WORDS["title"] in first
    assert [change.mine for _label, change in second.context["changes"]] == ["về việc mới"]
    assert browser.get(f"/van-ban/du-thao/{draft.pk}/ban/3").status_code == 404


def test_a_copy_and_an_upper_document_begin_a_new_draft(tree: Tree, clerk: Account, browser: Client):
    draft = begin(tree.bloc, clerk)
    upper = register(tree.bloc, clerk)

    copied = browser.get(f"/van-ban/du-thao/moi?ban-sao={draft.pk}").context["form"]
    made = browser.get(f"/van-ban/du-thao/moi?cu-the-hoa={upper.pk}").context["form"]
    browser.post(f"/van-ban/du-thao/moi?cu-the-hoa={upper.pk}", typed())

    assert copied["body"].value() == BODY
    assert made["bases"].value().startswith("Căn cứ Nghị quyết số 12-NQ/ĐUTHU, ngày 05/02/2017")
    assert Draft.objects.latest("pk").source == upper
    for wrong in ("999999", "abc", "²"):
        assert browser.get(f"/van-ban/du-thao/moi?ban-sao={wrong}").status_code == 404


def test_putting_aside_leaves_the_draft_in_the_list_under_its_state(tree: Tree, clerk: Account, browser: Client):
    draft = begin(tree.bloc, clerk)

    browser.post(f"/van-ban/du-thao/{draft.pk}/bo")

    assert [row.pk for row in browser.get("/van-ban/du-thao?trang_thai=dropped").context["rows"]] == [draft.pk]
    assert not browser.get("/van-ban/du-thao?trang_thai=open").context["rows"]
    assert browser.get(f"/van-ban/du-thao/{draft.pk}/sua").status_code == 404
    assert Draft.objects.get().state == DraftState.DROPPED


def test_the_list_costs_the_same_with_one_row_and_with_three(tree: Tree, clerk: Account, browser: Client):
    begin(tree.bloc, clerk)
    browser.get("/van-ban/du-thao")
    with CaptureQueriesContext(connection) as one:
        browser.get("/van-ban/du-thao")
    begin(tree.bloc, clerk)
    begin(tree.bloc, clerk)
    with CaptureQueriesContext(connection) as three:
        browser.get("/van-ban/du-thao")

    assert len(three) <= len(one)


@pytest.mark.parametrize(
    ("form", "field"),
    [({"not_secret": ""}, "not_secret"), ({"number": "x"}, "number"), ({"issued_on": "2099-01-01"}, "issued_on")],
)
def test_faults_of_issuing_stand_at_their_fields(tree: Tree, clerk: Account, browser: Client, form: dict, field: str):
    draft = begin(tree.bloc, clerk)
    whole = {"base": 1, "issued_on": "2017-01-03", "number": "", "not_secret": "on"} | form

    response = browser.post(f"/van-ban/du-thao/{draft.pk}/ban-hanh", whole)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not Document.objects.exists()


def test_a_template_of_the_office_serves_its_word_files_until_it_is_taken_away(
    tree: Tree, clerk: Account, browser: Client
):
    draft = begin(tree.bloc, clerk)
    upload = SimpleUploadedFile("mau.docx", template_upload("Mẫu riêng của Văn phòng").read())
    browser.post("/van-ban/mau", {"unit": tree.bloc.pk, "system": "party", "kind": "plan", "file": upload})

    own = Word(BytesIO(browser.get(f"/van-ban/du-thao/{draft.pk}/tai/docx").content))
    kept = OfficeTemplate.objects.get()
    assert "Mẫu riêng của Văn phòng" in [paragraph.text for paragraph in own.paragraphs]
    assert browser.get(f"/van-ban/mau/{kept.pk}").status_code == 200
    assert browser.get("/van-ban/mau").status_code == 200

    browser.post(f"/van-ban/mau/{kept.pk}/bo")
    built_in = Word(BytesIO(browser.get(f"/van-ban/du-thao/{draft.pk}/tai/docx").content))
    assert "Mẫu riêng của Văn phòng" not in [paragraph.text for paragraph in built_in.paragraphs]
    assert not OfficeTemplate.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("mau.docx", template_upload("{{ ''.__class__ }}").read()),
        ("mau.docx", template_upload("{{ secret }}").read()),
        ("mau.docx", template_upload("{% for x in range(9) %}").read()),
        ("mau.docx", b"no zip at all"),
        ("mau.docm", template_upload().read()),
        ("mau.pdf", template_upload().read()),
    ],
)
def test_a_broken_or_malicious_template_gets_a_sentence_and_nothing_is_stored(
    tree: Tree, browser: Client, name: str, content: bytes
):
    form = {"unit": tree.bloc.pk, "system": "party", "kind": "", "file": SimpleUploadedFile(name, content)}

    response = browser.post("/van-ban/mau", form)

    assert response.status_code == 422
    assert response.context["form"].errors["file"]
    assert not OfficeTemplate.objects.exists() and not StoredFile.objects.exists() and files_on_disk() == []


def test_a_new_template_takes_the_place_of_the_one_before(
    tree: Tree, browser: Client, django_capture_on_commit_callbacks
):
    for number in ("một", "hai"):
        upload = SimpleUploadedFile(f"{number}.docx", template_upload(number).read())
        with django_capture_on_commit_callbacks(execute=True):
            browser.post("/van-ban/mau", {"unit": tree.bloc.pk, "system": "party", "kind": "", "file": upload})

    assert OfficeTemplate.objects.get().file.name == "hai.docx"
    assert (StoredFile.objects.count(), len(files_on_disk())) == (1, 1)


@pytest.mark.parametrize("system", ["party", "state"])
def test_the_built_in_template_may_be_sent_back_as_it_is(tree: Tree, browser: Client, system: str):
    content = browser.get(f"/van-ban/mau/dung-san/{system}").content

    form = {"unit": tree.bloc.pk, "system": system, "kind": "", "file": SimpleUploadedFile("mau.docx", content)}
    response = browser.post("/van-ban/mau", form)

    assert response.status_code == 302
    assert OfficeTemplate.objects.get().system == system


def test_an_issued_draft_leads_to_its_document(tree: Tree, clerk: Account, browser: Client):
    draft = begin(tree.bloc, clerk)
    document = finish(draft, clerk)

    page = browser.get(f"/van-ban/du-thao/{draft.pk}").content.decode()

    assert f'href="/van-ban/{document.pk}"' in page
    assert "/sua" not in page
