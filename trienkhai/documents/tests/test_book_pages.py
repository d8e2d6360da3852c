"""The pages of books, lines and slips: what they show, to whom, and what a wrong input meets."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from trienkhai.common.clock import moment
from trienkhai.documents.actions import Instruction, Line, cancel_entry, give_slip, publish_document, withdraw_document
from trienkhai.documents.actions.entering import enter
from trienkhai.documents.models import Book, Document, RegisterEntry, Slip
from trienkhai.documents.tests.make import paper, register
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import DAY, Tree, make_holder
from trienkhai.people.models import Account
from trienkhai.tasks.tests.make import make_document

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The demo's way to play on a day of one's own."""
    from trienkhai.common.models import Installation

    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": DAY})


@pytest.fixture
def tree() -> Tree:
    return Tree()


@pytest.fixture
def clerk(tree: Tree) -> Account:
    return make_holder(tree.bloc, Role.CLERK)


def browser(account: Account) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(account)
    client.cookies["django_language"] = "en"
    return client


def arrive(tree: Tree, clerk: Account, line: Line | None = None, on: date = DAY, **fields: Any) -> RegisterEntry:
    document = make_document(tree.bloc, issuer=None, issuer_name="Cấp trên", **fields)
    return enter(tree.bloc, document, Book.IN, line, by=clerk, at=moment(on, 0))


def test_the_incoming_book_shows_the_official_columns_and_what_became_of_each_line(tree: Tree, clerk: Account):
    arrive(tree, clerk, Line(recipient="Bí thư", due_on=date(2017, 1, 2), note="Bản sao"), title="về việc một")
    cancelled = arrive(tree, clerk, title="về việc hai")
    cancel_entry(cancelled.pk, reason="Vào nhầm sổ", by=clerk, at=moment(DAY))
    withdrawn = arrive(tree, clerk, title="về việc ba", urgency="KHẨN")
    withdraw_document(withdrawn.document_id, reason="Ban hành nhầm", by=clerk, at=moment(DAY))
    arrive(tree, clerk, title="về việc bốn", urgency="HỎA TỐC")

    response = browser(clerk).get(f"/van-ban/so/{tree.bloc.pk}/den")
    words = response.content.decode()

    assert words.count('<th scope="col">') >= 9
    for shown in ("Bí thư", "02/01/2017", "overdue", "Bản sao", "Vào nhầm sổ", "<s>về việc ba</s>", "Ban hành nhầm"):
        assert shown in words, shown
    assert words.count("HỎA TỐC") == 1 and "to hand over" in words


def test_a_part_for_htmx_a_filter_and_an_empty_book(tree: Tree, clerk: Account):
    arrive(tree, clerk, title="về phòng cháy")
    arrive(tree, clerk, title="về hội thao")
    address = f"/van-ban/so/{tree.bloc.pk}/den"

    part = browser(clerk).get(address, {"q": "phong chay"}, **HTMX).content.decode()

    assert "<html" not in part and "về phòng cháy" in part and "về hội thao" not in part
    assert "về hội thao" not in browser(clerk).get(address, {"tu": "2018-01-01"}).content.decode()
    assert browser(clerk).get(address, {"tu": "rác", "day": "9999", "page": "abc"}).status_code == 200
    assert browser(clerk).get(f"/van-ban/so/{tree.bloc.pk}/noi-bo").status_code == 200
    assert browser(clerk).get(f"/van-ban/so/{tree.bloc.pk}/khac").status_code == 404


def test_a_book_costs_the_same_with_one_line_and_with_three(
    tree: Tree, clerk: Account, django_assert_max_num_queries: Any
):
    client, address = browser(clerk), f"/van-ban/so/{tree.bloc.pk}/den"
    arrive(tree, clerk, urgency="KHẨN")
    client.get(address)
    with django_assert_max_num_queries(60) as one:
        client.get(address)
    for _turn in range(2):
        arrive(tree, clerk, urgency="KHẨN")

    with django_assert_max_num_queries(len(one.captured_queries)):
        client.get(address)


def test_the_last_page_opens_first_and_the_whole_period_prints_on_one(tree: Tree, clerk: Account):
    for number in range(60):
        arrive(tree, clerk, title=f"về việc số {number:03}")
    client, address = browser(clerk), f"/van-ban/so/{tree.bloc.pk}/den"

    last, first, whole = (client.get(address, given).content.decode() for given in ({}, {"page": 1}, {"in": 1}))

    assert "về việc số 059" in last and "về việc số 000" not in last
    assert "về việc số 000" in first and "về việc số 059" not in first
    assert "về việc số 000" in whole and "về việc số 059" in whole


def test_a_stranger_opens_neither_book_nor_line(tree: Tree, clerk: Account):
    entry = arrive(tree, clerk)
    stranger = browser(make_holder(tree.north, Role.LEADER))

    for address in (
        f"/van-ban/so/{tree.bloc.pk}/den",
        f"/van-ban/vao-so/{entry.pk}",
        f"/van-ban/vao-so/{entry.pk}/sua",
    ):
        assert stranger.get(address).status_code == 404
    assert browser(make_holder(tree.bloc, Role.MEMBER)).get("/van-ban/so").status_code == 404


def test_the_inspector_reads_the_books_of_the_branch_and_changes_nothing(tree: Tree):
    clerk = make_holder(tree.north, Role.CLERK)
    document = make_document(tree.south, issuer=None, title="về việc của nơi khác")
    entry = enter(tree.north, document, Book.IN, by=clerk, at=moment(DAY))
    inspector = browser(make_holder(tree.bloc, Role.INSPECTOR))

    page = inspector.get(f"/van-ban/so/{tree.north.pk}/den").content.decode()

    assert "về việc của nơi khác" in page and "Enter a document" not in page
    assert inspector.get(f"/van-ban/vao-so/{entry.pk}").status_code == 200
    assert inspector.post(f"/van-ban/vao-so/{entry.pk}/huy", {"reason": "x"}).status_code == 404


def test_an_upload_asks_what_the_book_needs_and_warns_of_what_a_number_skips(tree: Tree, clerk: Account):
    client = browser(clerk)
    given = {"unit": tree.bloc.pk, "not_secret": "on"}

    page = client.get("/van-ban/nhan", {"so": "out"}).context["form"]
    incoming = given | {"book": "in", "text": paper(), "arrived_on": "2017-01-02", "recipient": "Bí thư", "note": "Gấp"}
    client.post("/van-ban/nhan", incoming)
    after = client.post("/van-ban/nhan", given | {"book": "out", "text": paper("04-NQ/ĐUTHU")}, follow=True)

    assert (page.initial["book"], page.initial["arrived_on"]) == ("out", DAY)
    entry = RegisterEntry.objects.get(book=Book.IN)
    assert (entry.on, entry.recipient, entry.note) == (date(2017, 1, 2), "Bí thư", "Gấp")
    assert "skips 01–03 NQ" in after.content.decode()


def test_faults_of_the_book_stand_at_their_fields_of_the_upload(tree: Tree, clerk: Account):
    register(tree.bloc, clerk, book=Book.OUT)
    client, given = browser(clerk), {"unit": tree.bloc.pk, "not_secret": "on", "text": paper("13-NQ/ĐUTHU")}
    wrong = [
        (given | {"book": "out", "number": "12"}, "number", "is taken in this book by “Nghị quyết 12-NQ/ĐUTHU”"),
        (given | {"book": "out", "number": "mười"}, "number", "is not a number"),
        (given | {"book": "in", "arrived_on": "2017-02-01"}, "arrived_on", "has not come yet"),
    ]

    for values, field, words in wrong:
        response = client.post("/van-ban/nhan", values)
        assert response.status_code == 422
        assert words in str(response.context["form"].errors[field])
    assert Document.objects.count() == 1


def test_gaps_are_listed_accounted_for_and_gone(tree: Tree, clerk: Account):
    register(tree.bloc, clerk, text=paper("03-NQ/ĐUTHU"), book=Book.OUT)
    client, book = browser(clerk), f"/van-ban/so/{tree.bloc.pk}/di?ca=1"
    series = RegisterEntry.objects.get().series
    assert "01–02 NQ" in client.get(book).content.decode()
    address = f"/van-ban/day-so/{series.pk}/giai-trinh"

    wrong = client.post(address, {"first": 1, "last": 9, "kind": "earlier", "reason": "x"})
    right = client.post(address, {"first": 1, "last": 2, "kind": "earlier", "reason": "Sổ giấy"})

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert "01–02 NQ" not in client.get(book).content.decode()


def test_a_kept_number_is_shown_as_kept(tree: Tree, clerk: Account):
    series = arrive(tree, clerk).series
    client = browser(clerk)

    assert client.post(f"/van-ban/day-so/{series.pk}/giu-so", {"reason": ""}).status_code == 422
    assert client.post(f"/van-ban/day-so/{series.pk}/giu-so", {"reason": "Chờ bản gốc"}).status_code == 302

    page = client.get(f"/van-ban/so/{tree.bloc.pk}/den").content.decode()
    assert "Chờ bản gốc" in page and "kept for a document to come" in page


def test_a_line_is_changed_marked_and_cancelled_on_its_pages(tree: Tree, clerk: Account):
    entry = arrive(tree, clerk)
    client, address = browser(clerk), f"/van-ban/vao-so/{entry.pk}"

    assert client.get(f"{address}/sua").status_code == 200
    assert (
        client.post(f"{address}/sua", {"recipient": "Ban Tổ chức", "arrived_at": "2017-01-03T00:00"}).status_code == 302
    )
    assert client.post(f"{address}/sua", {"arrived_at": "2017-01-02T09:00"}).status_code == 422
    assert client.post(f"{address}/chuyen").status_code == 302
    assert client.post(f"{address}/chuyen").status_code == 409
    assert client.post(f"{address}/huy", {"reason": ""}).status_code == 422
    assert client.post(f"{address}/huy", {"reason": "Trùng"}).status_code == 302
    assert client.get(f"{address}/huy").status_code == 409

    entry.refresh_from_db()
    assert entry.recipient == "Ban Tổ chức" and entry.handed_over_at and entry.cancelled_at
    assert "Trùng" in client.get(address).content.decode()


def test_a_slip_goes_its_way_from_the_leader_to_the_office_and_back(tree: Tree, clerk: Account):
    entry = arrive(tree, clerk, title="về việc chuyển giao")
    leader, head = make_holder(tree.bloc, Role.LEADER), make_holder(tree.office, Role.LEADER)
    by_leader, by_head = browser(leader), browser(head)
    address = f"/van-ban/vao-so/{entry.pk}/phieu"

    assert "leader" not in by_leader.get(address).context["form"].fields
    assert "leader" in browser(clerk).get(address).context["form"].fields
    assert by_leader.post(address, {"to": "", "words": ""}).status_code == 422
    given = {"to": f"u{tree.office.pk}", "words": "Tham mưu", "due_on": "2017-01-10"}
    assert by_leader.post(address, given).status_code == 302
    slip = Slip.objects.get()

    mine = by_head.get("/viec-cua-toi").content.decode()
    assert "Documents handed over to me" in mine and "Tham mưu" in mine
    assert by_head.get(f"/van-ban/phieu/{slip.pk}").status_code == 200
    assert by_head.get(f"/van-ban/{entry.document_id}").status_code == 200
    assert by_head.get(f"/van-ban/vao-so/{entry.pk}").status_code == 404
    assert by_head.post(f"/van-ban/phieu/{slip.pk}/nhan").status_code == 302
    assert by_head.post(f"/van-ban/phieu/{slip.pk}/nhan").status_code == 409
    assert by_head.post(f"/van-ban/phieu/{slip.pk}/xong", {"answer": ""}).status_code == 422
    assert by_head.post(f"/van-ban/phieu/{slip.pk}/xong", {"answer": "Đã trình"}).status_code == 302
    assert by_head.post(f"/van-ban/phieu/{slip.pk}/tra", {"reason": "x"}).status_code == 409
    assert "Documents handed over to me" not in by_head.get("/viec-cua-toi").content.decode()
    assert "Đã trình" in by_leader.get(f"/van-ban/vao-so/{entry.pk}").content.decode()


def test_only_the_addressee_is_offered_the_acts_of_a_slip(tree: Tree, clerk: Account):
    leader = make_holder(tree.bloc, Role.LEADER)
    officer = make_holder(tree.bloc, Role.OFFICER)
    said = Instruction(f"n{tree.bloc.pk}-{officer.pk}", "Xử lý")
    slip = give_slip(arrive(tree, clerk).pk, said, by=leader, at=moment(DAY))

    assert "Say that it is handled" in browser(officer).get(f"/van-ban/phieu/{slip.pk}").content.decode()
    assert "Say that it is handled" not in browser(clerk).get(f"/van-ban/phieu/{slip.pk}").content.decode()
    assert browser(clerk).post(f"/van-ban/phieu/{slip.pk}/nhan").status_code == 404
    assert browser(make_holder(tree.bloc, Role.FOCAL)).get(f"/van-ban/phieu/{slip.pk}").status_code == 404


def test_urgent_papers_stand_in_the_queue_of_the_clerk_and_are_counted_in_the_menu(tree: Tree, clerk: Account):
    arrive(tree, clerk, urgency="HỎA TỐC", title="về việc gấp")

    page = browser(clerk).get("/viec-cua-toi").content.decode()

    assert "Urgent documents" in page and "về việc gấp" in page
    assert "Urgent documents" not in browser(make_holder(tree.bloc, Role.FOCAL)).get("/viec-cua-toi").content.decode()


def test_a_document_is_entered_in_a_further_book_and_withdrawn_on_its_page(tree: Tree, clerk: Account):
    document = register(tree.bloc, clerk, book=Book.OUT)
    below = browser(make_holder(tree.north, Role.CLERK))
    assert below.get(f"/van-ban/{document.pk}/vao-so").status_code == 404
    publish_document(document.pk, "branch", by=clerk, at=moment(DAY))

    assert "enter in the book" in below.get(f"/van-ban/{document.pk}").content.decode()
    values = {"unit": tree.north.pk, "book": "in", "arrived_on": "2017-01-03", "recipient": "Bí thư"}
    assert below.post(f"/van-ban/{document.pk}/vao-so", values | {"arrived_on": "2018-01-01"}).status_code == 422
    assert below.post(f"/van-ban/{document.pk}/vao-so", values).status_code == 302
    assert below.get(f"/van-ban/{document.pk}/vao-so").status_code == 404

    holder = browser(clerk)
    assert holder.post(f"/van-ban/{document.pk}/thu-hoi", {"reason": ""}).status_code == 422
    assert holder.post(f"/van-ban/{document.pk}/thu-hoi", {"reason": "Ban hành nhầm"}).status_code == 302
    assert "Ban hành nhầm" in below.get(f"/van-ban/{document.pk}").content.decode()
    assert "<s>" in below.get("/van-ban").content.decode()


def test_an_office_passes_a_slip_on_by_its_page_and_others_are_not_offered_it(tree: Tree, clerk: Account):
    leader, head = make_holder(tree.bloc, Role.LEADER), make_holder(tree.office, Role.LEADER)
    expert = make_holder(tree.office, Role.MEMBER)
    said = Instruction(f"u{tree.office.pk}", "Tham mưu")
    slip = give_slip(arrive(tree, clerk).pk, said, by=leader, at=moment(DAY))
    page = f"/van-ban/phieu/{slip.pk}"
    by_head, by_expert = browser(head), browser(expert)

    offered = by_head.get(f"{page}/chuyen").content.decode()
    wrong = by_head.post(f"{page}/chuyen", {"to": f"u{tree.office.pk}", "words": "x"})
    done = by_head.post(f"{page}/chuyen", {"to": f"n{tree.office.pk}-{expert.pk}", "words": "Trình tôi"})

    assert "Tham mưu" in offered and expert.name in offered and leader.name not in offered
    assert (wrong.status_code, done.status_code, done["Location"]) == (422, 302, page)
    passed = Slip.objects.get(passed_from=slip)
    assert "passed on" in by_head.get(page).content.decode()
    assert by_head.get(f"/van-ban/phieu/{passed.pk}").status_code == 200
    assert by_expert.get(page).status_code == 404 and by_expert.get(f"{page}/chuyen").status_code == 404
    assert by_expert.post(f"/van-ban/phieu/{passed.pk}/xong", {"answer": "Đã trình"}).status_code == 302
    assert browser(clerk).get(f"{page}/chuyen").status_code == 404
    assert by_expert.get(f"/van-ban/phieu/{passed.pk}/chuyen").status_code == 409
