"""The pages of documents: what they show to whom, what they take, and that looking changes nothing."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from trienkhai.audit.models import Act
from trienkhai.common import slots
from trienkhai.documents.models import Document, StoredFile
from trienkhai.documents.queries import pieces_of
from trienkhai.documents.queries.texts import Piece
from trienkhai.documents.tests.make import paper, register, register_file, stored
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import NOON, Tree, make_holder
from trienkhai.people.models import Account
from trienkhai.tasks import actions
from trienkhai.tasks.tests.make import DUE, make_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree() -> Tree:
    return Tree()


@pytest.fixture
def clerk(tree: Tree) -> Account:
    return make_holder(tree.bloc, Role.CLERK)


def signed_in(account: Account) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="vi")
    client.force_login(account)
    return client


def symbols(response: Any) -> list[str]:
    return [row.document.symbol for row in response.context["found"].rows]


def form_of(unit: Any, **fields: Any) -> dict[str, Any]:
    return {"unit": unit.pk, "book": "in", "not_secret": "on"} | fields


def upload_of(text: str = "", name: str = "nghi-quyet.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, (text or paper()).encode())


def test_the_list_shows_what_is_visible_newest_first_with_the_register_number(tree: Tree, clerk: Account):
    make_document(tree.bloc, symbol="A", issued_on="2017-01-01")
    make_document(tree.bloc, symbol="B", issued_on=None)
    make_document(tree.south, symbol="C", issuer=None)
    register(tree.bloc, clerk)

    response = signed_in(clerk).get("/van-ban")

    assert symbols(response) == ["12-NQ/ĐUTHU", "A", "B"]
    assert re.search(r"1/2017", response.content.decode())


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=thu nghiem", ["12-NQ/ĐUTHU", "KH"]),
        ("q=THỬ+12-nq", ["12-NQ/ĐUTHU"]),
        ("q=kh%C3%B4ng+c%C3%B3", []),
        ("loai=K%E1%BA%BF+ho%E1%BA%A1ch", ["KH"]),
        ("nam=2016", ["KH"]),
        ("so=in", ["12-NQ/ĐUTHU"]),
        ("so=out", []),
        ("nam=abc&so=y&page=zz", ["12-NQ/ĐUTHU", "KH"]),
        ("page=99", ["12-NQ/ĐUTHU", "KH"]),
    ],
)
def test_the_list_is_narrowed_by_words_type_year_and_book(tree: Tree, clerk: Account, query: str, found: list[str]):
    register(tree.bloc, clerk)
    make_document(tree.bloc, symbol="KH", doc_type="Kế hoạch", issued_on="2016-12-31")

    assert symbols(signed_in(clerk).get(f"/van-ban?{query}")) == found


def test_a_list_has_fifty_rows_a_page_and_no_query_for_each_row(tree: Tree, clerk: Account):
    for number in range(60):
        make_document(tree.bloc, symbol=f"{number}-NQ")
    client = signed_in(clerk)

    with CaptureQueriesContext(connection) as queries:
        first = client.get("/van-ban")
    second = client.get("/van-ban?page=2")

    assert (len(symbols(first)), len(symbols(second))) == (50, 10)
    assert len(queries) < 25


def test_the_menu_and_the_search_lead_to_documents(tree: Tree, clerk: Account):
    document = register(tree.bloc, clerk)
    client = signed_in(clerk)

    assert 'href="/van-ban"' in client.get("/van-ban").content.decode()
    found = client.get(reverse("common:search"), {"q": "12-nq/duthu"}).content.decode()
    assert f'href="/van-ban/{document.pk}"' in found


def test_a_file_goes_in_and_its_page_comes(tree: Tree, clerk: Account):
    response = signed_in(clerk).post("/van-ban/nhan", form_of(tree.bloc, file=upload_of()))

    document = Document.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"/van-ban/{document.pk}")
    assert document.files.get().file.name == "nghi-quyet.txt"


def test_pasted_text_goes_in_without_a_file(tree: Tree, clerk: Account):
    response = signed_in(clerk).post("/van-ban/nhan", form_of(tree.bloc, text=paper()))

    assert response.status_code == 302
    assert Document.objects.get().symbol == "12-NQ/ĐUTHU"
    assert not StoredFile.objects.exists()


def test_a_form_sent_twice_registers_once(tree: Tree, clerk: Account):
    client = signed_in(clerk)
    page = client.get("/van-ban/nhan").content.decode()
    sending = re.search(r'name="sending" value="([^"]+)"', page)
    fields = form_of(tree.bloc, sending=sending.group(1) if sending else "")

    answers = [client.post("/van-ban/nhan", fields | {"file": upload_of()}) for _time in range(2)]

    assert {answer["Location"] for answer in answers} == {f"/van-ban/{Document.objects.get().pk}"}


def test_htmx_is_sent_to_the_page_of_the_document(tree: Tree, clerk: Account):
    response = signed_in(clerk).post("/van-ban/nhan", form_of(tree.bloc, text=paper()), HTTP_HX_REQUEST="true")

    assert "HX-Location" in response.headers


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"text": ""}, "file"),
        ({"text": "   \n "}, "file"),
        ({"text": paper(), "not_secret": ""}, "not_secret"),
        ({"text": paper(), "book": "other"}, "book"),
        ({"text": paper(), "unit": "999999"}, "unit"),
        ({"text": paper() + "\x00"}, "text"),
        ({"text": "||| \n"}, "text"),
        ({"text": paper(), "sending": "not-a-number"}, "sending"),
    ],
)
def test_a_fault_stands_at_its_field_and_the_pasted_text_is_kept(
    tree: Tree, clerk: Account, fields: dict[str, str], field: str
):
    before = stored()

    response = signed_in(clerk).post("/van-ban/nhan", form_of(tree.bloc) | fields)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert response.context["form"]["text"].value() == fields["text"]
    assert stored() == before


def test_a_text_that_bears_a_mark_of_secrecy_is_not_sent_back(tree: Tree, clerk: Account):
    before = stored()

    response = signed_in(clerk).post("/van-ban/nhan", form_of(tree.bloc, text="MẬT\n" + paper()))

    assert response.status_code == 422 and list(response.context["form"].errors) == ["text"]
    assert response.context["form"]["text"].value() == "" and b"data-unkept" in response.content
    assert stored() == before


def test_a_file_and_a_text_at_once_are_too_much(tree: Tree, clerk: Account):
    response = signed_in(clerk).post("/van-ban/nhan", form_of(tree.bloc, text=paper(), file=upload_of()))

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["text"])


def test_nobody_registers_for_a_foreign_unit_or_without_the_role(tree: Tree, clerk: Account):
    foreign = signed_in(clerk).post("/van-ban/nhan", form_of(tree.south, text=paper()))
    focal = signed_in(make_holder(tree.bloc, Role.FOCAL))

    assert foreign.status_code == 422
    assert focal.get("/van-ban/nhan").status_code == 404
    assert focal.post("/van-ban/nhan", form_of(tree.bloc, text=paper())).status_code == 404
    assert not Document.objects.exists()


def test_the_page_shows_the_text_clause_by_clause_with_what_is_carried_out(
    tree: Tree, clerk: Account, monkeypatch: pytest.MonkeyPatch
):
    document = register_file(tree.bloc, clerk)
    clause = document.texts.get().clauses.get(label="1")
    state = {clause.pk: {"all": 7, "done": 3, "overdue": 2}}
    monkeypatch.setitem(slots._fillers, "documents.detail.side", [lambda request, obj: state])

    page = signed_in(clerk).get(f"/van-ban/{document.pk}").content.decode()

    assert f'id="c{clause.pk}"' in page
    assert "Các đảng ủy trực thuộc xây dựng kế hoạch" in page
    assert re.search(r"3\D+7", page.split(f'id="c{clause.pk}"')[1].split("</div>")[0])
    assert f"/van-ban/{document.pk}/sua#id_signer_name" in page
    assert "07-KH/ĐUTHU" in page


def test_what_the_text_holds_is_never_taken_for_markup(tree: Tree, clerk: Account):
    text = paper().replace("về công tác thử nghiệm", "về <script>alert(1)</script>") + "<img src=x onerror=alert(1)>"
    document = register(tree.bloc, clerk, text=text)

    page = signed_in(clerk).get(f"/van-ban/{document.pk}").content.decode()

    assert "<script>alert" not in page
    assert "<img" not in page


def test_a_cited_paper_outside_the_sight_is_named_but_not_opened(tree: Tree, clerk: Account):
    other = make_holder(tree.south, Role.CLERK)
    hidden = register(tree.south, other, text=paper("07-KH/ĐUTHU", "01-CTr/ĐUTHU"))
    document = register(tree.bloc, clerk)

    page = signed_in(clerk).get(f"/van-ban/{document.pk}").content.decode()

    assert "07-KH/ĐUTHU" in page
    assert f'href="/van-ban/{hidden.pk}"' not in page


@pytest.mark.parametrize("address", ["", "/sua", "/cong-bo", "/cach-ly"])
def test_a_document_outside_the_sight_is_not_there(tree: Tree, clerk: Account, address: str):
    document = register_file(tree.bloc, clerk)
    stranger = signed_in(make_holder(tree.south, Role.LEADER))

    assert stranger.get(f"/van-ban/{document.pk}{address}").status_code == 404
    assert stranger.get(f"/van-ban/tep/{document.files.get().file.pk}").status_code == 404
    assert Client().get(f"/van-ban/{document.pk}{address}").status_code == 302


@pytest.mark.parametrize("address", ["sua", "cong-bo", "cach-ly"])
def test_who_only_reads_meets_no_form(tree: Tree, clerk: Account, address: str):
    document = register(tree.bloc, clerk)
    reader = signed_in(make_holder(tree.bloc, Role.INSPECTOR))

    assert reader.get(f"/van-ban/{document.pk}").status_code == 200
    assert reader.get(f"/van-ban/{document.pk}/{address}").status_code == 404
    assert reader.post(f"/van-ban/{document.pk}/{address}", {"published": "all"}).status_code == 404


def test_looking_writes_nothing(tree: Tree, clerk: Account):
    document = register_file(tree.bloc, clerk)
    client = signed_in(clerk)
    pk, file = document.pk, document.files.get().file.pk
    before = stored(), Act.objects.count()

    with CaptureQueriesContext(connection) as queries:
        for address in ("", "/nhan", f"/{pk}", f"/{pk}/sua", f"/{pk}/cong-bo", f"/{pk}/cach-ly", f"/tep/{file}"):
            assert client.get(f"/van-ban{address}").status_code == 200, address

    assert not [row["sql"] for row in queries if re.match(r"INSERT|UPDATE|DELETE", row["sql"])]
    assert (stored(), Act.objects.count()) == before


def test_a_file_comes_as_it_was_as_a_download(tree: Tree, clerk: Account):
    document = register_file(tree.bloc, clerk, name="nghị quyết.html", text=f"<p>{paper()}</p><script>x</script>")

    response = signed_in(clerk).get(f"/van-ban/tep/{document.files.get().file.pk}")

    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert b"".join(response.streaming_content) == f"<p>{paper()}</p><script>x</script>".encode()


def test_a_correction_is_made_on_its_page(tree: Tree, clerk: Account):
    document = register(tree.bloc, clerk)
    client = signed_in(clerk)
    page = client.get(f"/van-ban/{document.pk}/sua")
    fields = page.context["form"].initial | {"signer_name": "Lê Thị Thử", "issued_on": "2017-02-06"}

    response = client.post(f"/van-ban/{document.pk}/sua", fields)

    document.refresh_from_db()
    assert response.status_code == 302
    assert (document.signer_name, document.issued_on.isoformat()) == ("Lê Thị Thử", "2017-02-06")
    assert "Trần Minh Thử" in page.content.decode()


def test_a_correction_without_subject_stands_at_the_field(tree: Tree, clerk: Account):
    document = register(tree.bloc, clerk)

    response = signed_in(clerk).post(f"/van-ban/{document.pk}/sua", {"doc_type": "Nghị quyết", "title": " "})

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["title"])
    document.refresh_from_db()
    assert document.signer_name == "Trần Minh Thử"


def test_publishing_and_locking_away_are_asked_first(tree: Tree, clerk: Account):
    document = register(tree.bloc, clerk)
    client = signed_in(clerk)

    client.post(f"/van-ban/{document.pk}/cong-bo", {"published": "branch"})
    document.refresh_from_db()
    assert document.published == "branch"
    assert client.post(f"/van-ban/{document.pk}/cong-bo", {"published": "x"}).status_code == 422

    response = client.post(f"/van-ban/{document.pk}/cach-ly")
    assert response["Location"] == "/van-ban"
    assert client.get(f"/van-ban/{document.pk}").status_code == 404


def test_issued_work_keeps_a_document_from_being_locked_away(tree: Tree):
    leader = make_holder(tree.bloc, Role.LEADER)
    document = register(tree.bloc, leader)
    issue = actions.prepare_issue(
        document, tree.bloc, [{"title": "Việc", "due_on": DUE}], selection="children", by=leader, at=NOON
    )
    actions.issue_tasks(issue.pk, by=leader, at=NOON)

    response = signed_in(leader).post(f"/van-ban/{document.pk}/cach-ly")

    assert response.status_code == 409
    assert Document.objects.filter(pk=document.pk).exists()


def test_pieces_hold_every_word_once(tree: Tree, clerk: Account):
    text = register(tree.bloc, clerk).texts.get()

    words = " ".join(f"{piece.label} {piece.words}" for piece in pieces_of(text))

    assert sorted(words.split()) == sorted(text.text.split())


def test_a_row_of_a_table_is_read_under_the_names_of_its_columns(tree: Tree, clerk: Account):
    table = "TT | Nhiệm vụ | Thời hạn\n1 | Xây dựng kế hoạch | Quý I/2017\n2 | Tổng kết | Quý IV/2017\n"
    text = register(tree.bloc, clerk, text=paper().replace("T/M BAN", f"{table}\nT/M BAN")).texts.get()

    rows = [piece.cells for piece in pieces_of(text) if piece.cells]

    assert rows[0] == (("TT", "1"), ("Nhiệm vụ", "Xây dựng kế hoạch"), ("Thời hạn", "Quý I/2017"))
    assert len(rows) == 2


def _pieces(tree: Tree, clerk: Account, body: str) -> list[Piece]:
    return pieces_of(register(tree.bloc, clerk, text=paper().replace("T/M BAN", f"{body}\nT/M BAN")).texts.get())


def test_a_row_of_names_is_no_line_of_the_text(tree: Tree, clerk: Account, client: Client):
    table = "TT | Nhiệm vụ | Thời hạn\n1 | Xây dựng kế hoạch | Quý I/2017\nTT | Nhiệm vụ | Thời hạn\n2 | Tổng kết |  \n"
    document = register(tree.bloc, clerk, text=paper().replace("T/M BAN", f"{table}\nT/M BAN"))
    pieces = pieces_of(document.texts.get())
    client.force_login(clerk)

    shown = client.get(f"/van-ban/{document.pk}").content.decode()

    assert sum(piece.names_only for piece in pieces) == 2
    assert [piece.cells[2][1] for piece in pieces if piece.cells] == ["Quý I/2017", ""]
    assert "TT · Nhiệm vụ" not in shown


def test_two_rows_of_names_give_each_cell_its_own(tree: Tree, clerk: Account):
    table = "TT | Nhiệm vụ | Cơ quan thực hiện |  \n |  | Chủ trì | Phối hợp\n1 | Tổng kết | Ban Tổ chức | Văn phòng\n"

    rows = [piece.cells for piece in _pieces(tree, clerk, table) if piece.cells]

    assert [name for name, _words in rows[0]] == ["TT", "Nhiệm vụ", "Cơ quan thực hiện Chủ trì", "Phối hợp"]


def test_a_row_that_names_the_rows_below_it_is_their_heading(tree: Tree, clerk: Account):
    table = "TT | Nhiệm vụ | Thời hạn\nI | Nhóm việc chung |  \n1 | Tổng kết | Quý IV/2017\n"

    group = next(piece for piece in _pieces(tree, clerk, table) if piece.words == "Nhóm việc chung")

    assert (group.label, group.is_heading, group.cells) == ("I", True, ())


def test_the_capitals_under_a_chapter_are_its_title_and_a_sentence_is_no_heading(tree: Tree, clerk: Account):
    body = "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi.\n1. Việc thử.\nĐiều 2. Quy định này có hiệu lực từ ngày ký.\n"

    headings = {piece.words: piece.is_heading for piece in _pieces(tree, clerk, body)}

    assert headings["QUY ĐỊNH CHUNG"]
    assert headings["Phạm vi."]
    assert not headings["Quy định này có hiệu lực từ ngày ký."]
