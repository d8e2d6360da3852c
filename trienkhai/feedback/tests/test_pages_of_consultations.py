"""Pages of consultations: chosen, asked, written, answered, closed; figures open their rows; strangers see nothing."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document as Word

from trienkhai.common.models import Installation
from trienkhai.feedback import actions
from trienkhai.feedback.models import Asked, ClauseOpinion, Consultation
from trienkhai.feedback.tests.make import DAY, House
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import make_holder
from trienkhai.tasks.tests.make import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": DAY.replace(day=10)})
    return House()


def queries(client, url: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def asked_of(made: Consultation, unit) -> Asked:
    return Asked.objects.select_related("consultation").get(consultation=made, unit=unit)


def test_a_draft_is_chosen_then_units_are_asked_and_faults_stand_at_their_fields(house, client):
    draft = house.draft()
    client.force_login(house.officer)
    url = f"/y-kien/du-thao/moi?draft={draft.pk}"
    assert client.get("/y-kien/du-thao/moi").status_code == 200
    for wrong in ("draft=99999", "document=x", "draft=", f"draft={draft.pk}&document=%00"):
        assert client.get(f"/y-kien/du-thao/moi?{wrong}").status_code == 422
    text = client.get(url).content.decode()
    assert "II › 1" in text and "Xây dựng quy chế" in text
    good = {
        "units-co": [house.tree.north1.pk, house.tree.north2.pk], "due_on": "2017-03-20", "clauses": ["1", "2"],
        "stamp": f"d{draft.pk}.1",
    }  # fmt: skip
    for wrong in (
        {"units-co": []},
        {"units-co": [house.tree.north.pk]},
        {"due_on": "2017-03-01"},
        {"due_on": "2999-12-31"},
        {"clauses": []},
        {"clauses": ["77"]},
        {"stamp": f"d{draft.pk}.9"},
        {"text": "TỐI MẬT\nabc"},
    ):
        answer = client.post(url, good | wrong)
        assert answer.status_code == 422 and 'class="error"' in answer.content.decode(), wrong
    assert not Consultation.objects.exists()

    answer = client.post(url, good)

    made = Consultation.objects.get()
    assert answer.url == f"/y-kien/du-thao/{made.pk}" and made.asked.count() == 2
    assert client.get(answer.url).status_code == 200


def test_the_day_is_not_moved_beyond_reason_and_the_words_stay(house, client):
    made = house.consultation()
    client.force_login(house.officer)

    answer = client.post(f"/y-kien/du-thao/{made.pk}/doi-han", {"due_on": "2999-12-31", "reason": "Xin thêm ngày"})

    assert answer.status_code == 422 and "Ngày này quá xa." in answer.content.decode()
    assert "Xin thêm ngày" in answer.content.decode()


def test_a_draft_without_words_says_so(house, client):
    draft = house.draft(body="")
    client.force_login(house.officer)

    answer = client.get(f"/y-kien/du-thao/moi?draft={draft.pk}")

    assert answer.status_code == 200 and "<form class" not in answer.content.decode().split("<main")[1]


def test_opinions_are_stored_then_sent_and_two_writers_do_not_lose_words(house, client):
    made = house.consultation()
    asked = asked_of(made, house.tree.north1)
    first = made.passages.get(position=1)
    url = f"/y-kien/du-thao/don-vi/{asked.pk}"
    client.force_login(house.focal)
    words = {"base": "0", f"wording_{first.pk}": "Gộp hai ý.", f"reason_{first.pk}": "Trùng."}
    assert client.post(url, words | {f"reason_{first.pk}": ""}).status_code == 422
    assert client.post(url, words | {f"stance_{first.pk}": "agrees"}).status_code == 422
    assert client.post(url, {"base": "x"}).status_code == 422
    assert client.post(url, {"base": "0", "send": "1"}).status_code == 422
    assert client.post(url, words | {"store": "1"}).url == url
    assert "Gộp hai ý." in client.get(url).content.decode()

    overtaken = client.post(url, words | {f"wording_{first.pk}": "Bỏ ý sau.", "send": "1"})
    text = overtaken.content.decode()
    assert overtaken.status_code == 422 and ">\nBỏ ý sau.</textarea>" in text and 'name="base" value="1"' in text
    sent = client.post(url, words | {f"wording_{first.pk}": "Bỏ ý sau.", "send": "1", "base": "1"})

    assert sent.url == f"/y-kien/du-thao/{made.pk}" and ClauseOpinion.objects.get().wording == "Bỏ ý sau."
    assert "Bỏ ý sau." in client.get(sent.url).content.decode()
    assert client.post(url, words).status_code == 409
    client.force_login(house.stranger)
    assert client.get(url).status_code == client.get(sent.url).status_code == 404


def test_each_figure_opens_its_rows_and_the_table_is_a_file(house, client):
    made = house.consultation(house.tree.north1, house.tree.north2, house.tree.south1)
    one = house.opine(asked_of(made, house.tree.north1), by=house.focal, when=at(7, 3), wording="Gộp hai ý.")
    house.opine(asked_of(made, house.tree.south1), by=house.stranger, when=at(8, 3), wording="Bỏ ý sau.")
    client.force_login(house.officer)
    url = f"/y-kien/du-thao/{made.pk}"
    form = client.post(f"/y-kien/du-thao/y-kien/{one.pk}", {"reply": "not_taken", "reason": ""})
    assert form.status_code == 422
    client.post(f"/y-kien/du-thao/y-kien/{one.pk}", {"reply": "not_taken", "reason": "Hai ý khác nhau."})
    shown = client.get(url).context

    for tile in shown["tiles"]:
        rows = client.get(url + tile["url"].partition("#")[0]).context
        listed = rows["asked"] if tile["url"].endswith("#don-vi") else rows["opinions"]
        assert len(listed) == tile["count"], tile
    assert [tile["count"] for tile in shown["tiles"]] == [3, 2, 0, 1, 0, 2, 2, 0, 0, 1, 1]
    word = client.get(f"{url}/tong-hop.docx")
    table = Word(BytesIO(word.content)).tables
    cells = [cell.text for rows in table for row in rows.rows for cell in row.cells]
    assert "Không tiếp thu. Hai ý khác nhau." in cells and "Đang xem xét." in cells
    assert client.get(f"{url}/tong-hop.pdf").content.startswith(b"%PDF")
    assert client.get(f"{url}/tong-hop.exe").status_code == 404
    client.force_login(house.focal)
    assert client.get(f"{url}/tong-hop.docx").status_code == 404
    assert "Bỏ ý sau." not in client.get(url).content.decode()


def test_pages_cost_the_same_with_one_row_and_with_three(house, client):
    made = house.consultation(house.tree.north1, house.tree.north2, house.tree.south1)
    house.opine(asked_of(made, house.tree.north1), by=house.focal, when=at(7, 3))
    pages = (
        (house.officer, "/y-kien/du-thao"),
        (house.officer, f"/y-kien/du-thao/{made.pk}"),
        (house.officer, "/viec-cua-toi"),
        (house.stranger, "/viec-cua-toi"),
    )

    def costs() -> list[int]:
        found = []
        for who, url in pages:
            client.force_login(who)
            client.get(url)
            found.append(queries(client, url))
        return found

    before = costs()
    other = asked_of(made, house.tree.north2)
    house.opine(other, by=make_holder(house.tree.north2, Role.FOCAL), when=at(7, 3))
    for _number in range(2):
        house.consultation(house.tree.north1, house.tree.south1)

    assert costs() == before


def test_open_ones_stand_first_the_nearest_day_on_top_then_the_last_closed(house, client):
    days = {"soon": 20, "later": 28, "closed": 24, "closed_last": 22}
    made = {name: house.consultation(due_on=date(2017, 3, day)) for name, day in days.items()}
    for name, day in (("closed", 8), ("closed_last", 9)):
        actions.close_consultation(made[name].pk, reason="Gấp.", by=house.officer, at=at(day, 3))
    client.force_login(house.officer)

    rows = client.get("/y-kien/du-thao").context["rows"]

    assert [row for row, _late in rows] == [made[name] for name in ("soon", "later", "closed_last", "closed")]


def test_closing_is_refused_with_a_sentence_while_an_answer_is_missing(house, client):
    made = house.consultation()
    opinion = house.opine(asked_of(made, house.tree.north1), by=house.focal, when=at(7, 3))
    client.force_login(house.leader)
    assert client.post(f"/y-kien/du-thao/{made.pk}/ket-thuc").status_code == 409
    actions.reply(opinion.pk, "taken", "", by=house.leader, at=at(8, 3))

    form = client.post(f"/y-kien/du-thao/{made.pk}/ket-thuc")
    assert form.status_code == 422 and "reason" in form.context["form"].errors
    shown = client.get(f"/y-kien/du-thao/{made.pk}").content.decode()
    assert f'href="/y-kien/du-thao/{made.pk}/ket-thuc"' in shown
    client.post(f"/y-kien/du-thao/{made.pk}/ket-thuc", {"reason": "Phải trình gấp."})

    made.refresh_from_db()
    assert made.closed_on == date(2017, 3, 10)
    assert client.get(f"/y-kien/du-thao/{made.pk}").status_code == 200
    assert client.get("/y-kien/du-thao?trang-thai=mo").context["rows"] == []
