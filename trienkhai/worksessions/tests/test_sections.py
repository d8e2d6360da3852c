"""Findings of inspections, what was proposed to the level above, results of evaluation: in a dossier and behind it."""

import io
import re
from datetime import date
from typing import Any

import pypdfium2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document as Word

from trienkhai.common.models import Installation
from trienkhai.documents.layouts.docx_file import write_docx
from trienkhai.documents.layouts.pdf_file import write_pdf
from trienkhai.evaluation import actions as evaluating
from trienkhai.feedback import actions as feedback
from trienkhai.inspections import actions as inspecting
from trienkhai.orgs.models import Succession
from trienkhai.tasks.tests.make import at
from trienkhai.worksessions.dossier.paper import composition_of
from trienkhai.worksessions.dossier.shape import Section, read
from trienkhai.worksessions.models import Dossier
from trienkhai.worksessions.tests.make_life import Life

pytestmark = pytest.mark.django_db
TODAY = date(2017, 7, 10)
LINK = r'<a href="(/buoi-lam-viec/ho-so/\d+/dong\?[^"]*muc=(?:inspections|sent|results)[^"]*)">([\d.]+)</a>'


@pytest.fixture(autouse=True)
def today() -> None:
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": TODAY})


def section(dossier: Dossier, key: str) -> Section:
    return next(one for one in read(dossier.content) if one.key == key)


def numbers(dossier: Dossier, key: str, row: int = -1) -> list[int]:
    cells: list[Any] = section(dossier, key).tables[0].rows[row]
    return [cell["number"] for cell in cells[1:]]


def page_of(client: Any, dossier: Dossier) -> str:
    return client.get(reverse("worksessions:dossier", args=[dossier.pk])).content.decode()


def links_in(client: Any, dossier: Dossier) -> list[tuple[str, str]]:
    return [(url.replace("&amp;", "&"), number) for url, number in re.findall(LINK, page_of(client, dossier))]


def test_findings_are_counted_as_they_stood_that_day_and_never_before_the_conclusion():
    life = Life()
    rows = life.inspected()

    dossier = life.told()
    earlier = life.dossier(dossier.session, 15, 1)

    assert numbers(dossier, "inspections") == [2, 3, 1, 2, 1]
    assert numbers(earlier, "inspections") == [2, 3, 0, 3, 0]
    assert len(section(dossier, "inspections").tables[1].rows) == 2
    assert rows[2].pk not in {row["id"] for row in section(dossier, "inspections").rows if row["row"] == "inspection"}
    assert section(dossier, "inspections").tables[0].rows[0][0] == "Các tổ chức trực thuộc"


def test_an_inspection_of_the_unit_itself_stands_on_a_line_of_its_own():
    life = Life()
    row = life.inspected()[2]
    inspecting.go_on(row.pk, by=life.inspector, at=at(9))
    inspecting.write_conclusion(row.pk, text="x", follower=life.inspector.pk, by=life.inspector, at=at(9))
    inspecting.conclude_inspection(row.pk, by=life.leader, at=at(10))

    dossier = life.told()

    assert numbers(dossier, "inspections", 0) == [1, 1, 0, 1, 1] and numbers(dossier, "inspections") == [3, 4, 1, 3, 2]


def test_proposals_are_counted_by_their_outcome_that_day():
    life = Life()
    life.proposed_up()

    dossier = life.told()
    earlier = life.dossier(dossier.session, 10, 3)

    assert numbers(dossier, "sent") == [4, 1, 1, 1, 1, 1]
    assert numbers(earlier, "sent") == [4, 0, 0, 0, 4, 0]
    assert numbers(dossier, "sent", 1) == [1, 0, 1, 0, 0, 0]


def test_neither_feedback_nor_a_persons_own_proposal_nor_one_that_stayed_below_is_told():
    life = Life()
    tree, leader = life.tree, life.north_leader
    stayed = life.propose("Chỉ gửi Bắc", life.proposer, tree.north1, tree.north, at(6, 3))
    passed_over = life.propose("Vượt cấp", life.proposer, tree.north1, tree.bloc, at(6, 3))
    wish = feedback.Wish("Của riêng tôi", "Nội dung.")
    own = feedback.propose(tree.north, tree.bloc, wish, for_unit=False, by=leader, at=at(6, 3))

    told = section(life.told(), "sent")

    assert not told.rows and not {stayed.pk, passed_over.pk, own.pk} & {row["id"] for row in told.rows}


def test_the_frozen_result_is_told_with_its_norms_and_a_level_after_an_appeal_only_from_its_day_on():
    life = Life()
    sheet = life.rated()
    evaluating.appeal(sheet.pk, text="Xem lại.", by=life.north_leader, at=at(6, 7))
    evaluating.answer_appeal(sheet.pk, answer="Đồng ý.", level="poor", by=life.leader, at=at(8, 7))

    dossier = life.told()
    earlier = life.dossier(dossier.session, 7, 7)

    line: list[Any] = section(dossier, "results").tables[0].rows[0]
    assert "II/2017" in line[0]
    assert line[2]["said"].endswith("(sau kiến nghị)") and line[3] == "05/07/2017"
    assert "áp dụng từ" in section(dossier, "results").notes[0]
    before: Any = section(earlier, "results").tables[0].rows[0][2]
    assert "kiến nghị" not in before["said"] and before["sheet"] == sheet.pk
    below = section(dossier, "results").tables[1]
    assert next(row[1]["number"] for row in below.rows) == 2 and len(section(dossier, "results").rows) == 2


def test_every_number_opens_into_just_as_many_rows_for_both_units(client):
    life = Life()
    life.inspected(), life.proposed_up(), life.rated()
    dossier = life.told()

    for reader in (life.leader, life.north_leader):
        client.force_login(reader)
        links = links_in(client, dossier)
        assert len(links) >= 10 + 18 + 5
        for url, number in links:
            answer = client.get(url)
            assert str(answer.context["page"].paginator.count) == number and answer.status_code == 200, url
            assert len(answer.context["rows"]) == int(number) and "…" not in [
                row.title for row in answer.context["rows"]
            ]


def test_what_a_reader_may_not_see_is_counted_but_not_told(client):
    life = Life()
    sheet = life.rated()
    life.inspected(), life.proposed_up()
    dossier = life.told()
    client.force_login(life.north_leader)
    level = '<td data-label="Mức xếp loại">Hoàn thành'
    assert level in page_of(client, dossier)
    Succession.objects.create(unit=life.tree.north, successor=life.tree.south, on=date(2017, 7, 9))
    client.force_login(life.south_leader)

    shown = page_of(client, dossier)

    assert level not in shown and reverse("evaluation:sheet", args=[sheet.pk]) not in shown
    assert "Tồn tại của K.B.2" not in shown
    inspected = [(url, number) for url, number in links_in(client, dossier) if "muc=inspections" in url]
    for url, number in inspected:
        answer = client.get(url)
        assert len(answer.context["rows"]) == int(number)
        assert {(row.title, row.url, row.note) for row in answer.context["rows"]} <= {("…", "", "")}


def test_the_new_sections_stand_in_word_and_pdf_too():
    life = Life()
    life.inspected(), life.proposed_up(), life.rated()
    composition = composition_of(life.told(), life.leader, TODAY)

    word = Word(io.BytesIO(write_docx(composition)))
    pdf = pypdfium2.PdfDocument(write_pdf(composition))

    cells = " ".join(cell.text for table in word.tables for row in table.rows for cell in row.cells)
    text = " ".join(pdf[number].get_textpage().get_text_range() for number in range(len(pdf)))
    for words in ("Tồn tại của K.B.2", "Đề xuất thứ 1", "Mức xếp loại"):
        assert words in cells and words in " ".join(text.split())


def test_making_and_showing_take_as_many_queries_for_three_rows_as_for_one(client):
    life = Life()
    life.inspected()
    life.propose("Một", life.north_leader, life.tree.north, life.tree.bloc, at(1, 3))
    life.rated()
    session = life.plan(10, 7)
    few, shown_few = _queries(client, life, session)
    for title in ("Hai", "Ba"):
        life.propose(title, life.north_leader, life.tree.north, life.tree.bloc, at(2, 3))

    more, shown_more = _queries(client, life, session)

    assert more <= few and shown_more == shown_few


def _queries(client: Any, life: Life, session: Any) -> tuple[int, int]:
    with CaptureQueriesContext(connection) as made:
        dossier = life.dossier(session, 10, 7)
    asked = len(made)
    client.force_login(life.leader)
    page_of(client, dossier)
    with CaptureQueriesContext(connection) as shown:
        page_of(client, dossier)
    return asked, len(shown)
