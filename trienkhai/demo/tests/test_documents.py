"""The demo's own documents: built, marked as worthless, and cannot be mistaken for real ones."""

import re
from datetime import date
from io import BytesIO

import pytest
from docx import Document

from trienkhai.demo.documents import MARK, Source, build, sources, write_documents

TASK_TABLE = re.compile(r"^\| \d+ \|", re.MULTILINE)
SENTENCE = re.compile(r"^(?:\d+\. (?:Giao |Các .+ chủ trì)|[a-zđ]\) )", re.MULTILINE)
EVERY = {source.symbol: source for source in sources()}


@pytest.fixture(params=sorted(EVERY))
def source(request: pytest.FixtureRequest) -> Source:
    return EVERY[request.param]


def test_each_document_is_marked_in_header_footer_and_file_name(source):
    section = Document(BytesIO(build(source))).sections[0]

    for part in (section.header, section.footer, section.first_page_header, section.first_page_footer):
        assert MARK in [paragraph.text for paragraph in part.paragraphs]
    assert MARK in source.file_name


def test_each_document_has_a_symbol_that_cannot_exist_and_an_invented_signer(source):
    assert source.symbol.endswith("/ĐUMH")
    assert source.issuer == "Đảng ủy Khối Minh Họa"
    assert source.signer
    assert date(2017, 1, 1) <= source.date <= date(2017, 2, 28)


def test_each_document_shows_its_header_text_and_signature(source):
    document = Document(BytesIO(build(source)))
    cells = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)

    assert f"Số {source.symbol}" in cells
    assert source.signer in cells
    assert source.title in [paragraph.text for paragraph in document.paragraphs]


def test_building_twice_gives_the_same_bytes(source):
    assert build(source) == build(source)


def test_there_are_enough_tasks_for_every_grassroots_organisation():
    texts = [source.text for source in sources()]
    rows = [line for text in texts for line in text.splitlines() if TASK_TABLE.match(line)]
    sentences = [line for text in texts for line in text.splitlines() if SENTENCE.match(line)]
    to_all = [line for line in rows + sentences if "ác tổ chức cơ sở đảng" in line]

    assert (len(rows), len(sentences)) == (20, 15)
    assert len(to_all) >= 20


def test_deadlines_lie_on_both_sides_of_the_demos_day():
    days = [
        date(int(year), int(month), int(day))
        for source in sources()
        for day, month, year in re.findall(r"ngày (\d\d?)/(\d\d?)/(2017)", source.text)
    ]

    assert len([day for day in days if day > date(2017, 12, 15)]) >= 5
    assert len([day for day in days if date(2017, 3, 1) <= day <= date(2017, 12, 15)]) >= 15


def test_all_documents_are_written_into_a_folder(tmp_path):
    written = write_documents(tmp_path / "new")

    assert len(written) == len(sources()) >= 3
    assert all(path.stat().st_size > 5000 for path in written)
