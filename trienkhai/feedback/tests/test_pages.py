"""Pages: lists at the same cost for one row and three, forms with wrong input, what strangers do not see."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from trienkhai.audit.models import Act
from trienkhai.common.models import Installation
from trienkhai.feedback import actions
from trienkhai.feedback.models import Letter, Proposal, Remark
from trienkhai.feedback.tests.make import DAY, House, easy, send
from trienkhai.tasks.tests.make import at, make_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": DAY.replace(day=10)})
    made = House()
    made.receiving_everywhere()
    easy()
    return made


def queries(client, url: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


@pytest.mark.parametrize("url", ["/y-kien", "/y-kien/co-ten", "/y-kien/khong-ten", "/viec-cua-toi"])
def test_lists_cost_the_same_with_one_row_and_with_three(house, client, url):
    def more() -> None:
        house.proposal()
        actions.remark(house.tree.north, "Họp kéo dài.", by=house.member, at=at(6, 3))
        send(house.tree.north)
        actions.release_letters(on=DAY.replace(day=8))

    client.force_login(house.officer)
    more()
    client.get(url)
    first = queries(client, url)
    more()
    more()

    assert queries(client, url) == first


def test_filters_narrow_and_nonsense_is_left_out(house, client):
    one, two = house.proposal(title="Đổi giờ họp"), house.proposal(title="Mua máy quét")
    actions.answer(two.pk, "not_taken", "Chưa có kinh phí.", by=house.leader, at=at(8, 3))
    client.force_login(house.officer)

    def titles(query: str) -> list[str]:
        text = client.get(f"/y-kien?{query}").content.decode()
        return [row.title for row in (one, two) if row.title in text]

    assert titles("trang-thai=cho") == ["Đổi giờ họp"] == titles("q=doi gio")
    assert titles("ket-qua=not_taken") == ["Mua máy quét"] == titles("trang-thai=da-tra-loi")
    assert titles("trang-thai=tre") == titles("vai=cua-toi") == titles("loai=advice") == []
    assert titles("trang-thai=abc&ket-qua=%00&page=x") == ["Đổi giờ họp", "Mua máy quét"] == titles("vai=nhan")


@pytest.mark.parametrize("url", ["/y-kien/co-ten", "/y-kien/khong-ten", "/y-kien/du-thao"])
def test_a_narrowed_list_shows_by_what_and_when_nothing_is_left_leads_back_to_all(house, client, url):
    client.force_login(house.officer)

    whole, narrowed = client.get(url).content.decode(), client.get(f"{url}?trang-thai=cho").content.decode()

    assert 'href="?" aria-current="true"' in whole
    assert 'href="?" aria-current="true"' not in narrowed
    assert 'class="button" href="?"' in narrowed


def test_a_proposal_is_written_in_the_form_and_faults_stand_beside_their_fields(house, client):
    client.force_login(house.focal)
    unit = house.tree.north1.pk
    good = {"sender": f"u{unit}", "to": house.tree.north.pk, "sort": "advice", "title": "Gộp biểu", "text": "Vì trùng."}
    for wrong in (
        {"title": ""},
        {"sender": f"u{house.tree.south1.pk}"},
        {"to": house.tree.south.pk},
        {"sort": "x"},
        {"text": "TỐI MẬT\nabc"},
    ):
        answer = client.post("/y-kien/de-xuat/moi", good | wrong)
        assert answer.status_code == 422 and 'class="error"' in answer.content.decode()
    assert client.post("/y-kien/de-xuat/moi", good | {"to": unit}).status_code == 409
    assert not Proposal.objects.exists()

    answer = client.post("/y-kien/de-xuat/moi", good)

    made = Proposal.objects.get()
    assert answer.url == f"/y-kien/de-xuat/{made.pk}" and made.for_unit and made.sort == "advice"
    text = client.get(answer.url).content.decode()
    assert "Gộp biểu" in text and f'action="{answer.url}/rut"' in text


def test_an_answer_becomes_a_task_in_the_form_and_needs_its_document(house, client):
    made, document = house.proposal(), make_document(house.tree.north)
    client.force_login(house.leader)
    url = f"/y-kien/de-xuat/{made.pk}/tra-loi"
    words = {"outcome": "taken", "reason": "Đồng ý.", "as_task": "on"}
    assert client.post(url, words).status_code == 422

    answer = client.post(url, words | {"document": document.pk})

    made.refresh_from_db()
    assert made.issue_id and answer.url.endswith(f"/{made.issue_id}")
    client.force_login(house.focal)
    assert client.get(f"/y-kien/de-xuat/{made.pk}").status_code == 200
    client.force_login(house.stranger)
    assert client.get(f"/y-kien/de-xuat/{made.pk}").status_code == 404


def test_the_subject_of_a_document_that_carries_it_is_for_those_who_may_see_that_document(house, client):
    made, document = house.proposal(by=house.member, for_unit=False), make_document(house.tree.north, symbol="")
    actions.answer(made.pk, "taken", "Đồng ý.", document=document, by=house.leader, at=at(8, 3))

    for who, opens in ((house.officer, True), (house.member, False)):
        client.force_login(who)
        text = client.get(f"/y-kien/de-xuat/{made.pk}").content.decode()
        assert (document.title in text) is opens and (document.reference in text) is not opens
        assert (client.get(f"/van-ban/{document.pk}").status_code == 200) is opens
        assert (f'href="/van-ban/{document.pk}"' in text) is opens


def test_passing_on_to_a_unit_beside_is_told_beside_the_field(house, client):
    made = house.proposal()
    client.force_login(house.officer)
    url = f"/y-kien/de-xuat/{made.pk}/chuyen"

    assert client.post(url, {"to": "K.N", "reason": "x"}).status_code == 422
    assert client.post(url, {"to": "K", "reason": "Vượt thẩm quyền."}).status_code == 302

    made.refresh_from_db()
    assert made.held_by == house.tree.bloc


def test_the_words_of_a_remark_stand_on_no_page_before_it_is_opened_and_opening_is_an_act(house, client):
    client.force_login(house.member)
    client.post("/y-kien/co-ten/moi", {"to": house.tree.north.pk, "about": "", "text": "Họp quá dài"})
    made = Remark.objects.get()
    client.force_login(house.officer)
    for url in ("/y-kien/co-ten", f"/y-kien/co-ten/{made.pk}", "/viec-cua-toi", "/hop-thu"):
        text = client.get(url).content.decode()
        assert "Họp quá dài" not in text and house.member.name not in text

    text = client.post(f"/y-kien/co-ten/{made.pk}/doc").content.decode()

    assert "Họp quá dài" in text and house.member.name in text
    assert Act.objects.filter(verb="remark.read", actor_id=house.officer.pk).count() == 1
    client.force_login(house.member)
    text = client.get(f"/y-kien/co-ten/{made.pk}").content.decode()
    assert "Họp quá dài" in text and house.officer.name in text


def test_the_criticised_finds_no_trace_of_it_on_any_page(house, client):
    client.force_login(house.member)
    words = {"to": house.tree.north.pk, "about": house.officer.pk, "text": "Thiếu gương mẫu"}
    client.post("/y-kien/co-ten/moi", words)
    made = Remark.objects.get()
    client.force_login(house.officer)

    assert made.unit == house.tree.bloc
    for url in (f"/y-kien/co-ten/{made.pk}", f"/y-kien/co-ten/{made.pk}/tra-loi"):
        assert client.get(url).status_code == 404
    assert client.post(f"/y-kien/co-ten/{made.pk}/doc").status_code == 404
    assert f"/y-kien/co-ten/{made.pk}" not in client.get("/y-kien/co-ten").content.decode()


def test_an_enclosed_file_is_given_to_keep_under_a_name_of_the_site(house, client):
    send(house.tree.north, enclosed="Kèm theo".encode())
    actions.release_letters(on=DAY.replace(day=8))
    letter = Letter.objects.get()
    client.force_login(house.officer)

    answer = client.get(f"/y-kien/khong-ten/{letter.pk}/tep")

    assert answer.content.decode() == "Kèm theo"
    assert answer["Content-Disposition"] == f'attachment; filename="tep-kem-{letter.pk}.txt"'
    client.force_login(house.leader)
    assert client.get(f"/y-kien/khong-ten/{letter.pk}/tep").status_code == 404
