"""Tagged PDFs: paragraphs over line and page ends, tables, what stands in the margins, and PDFs without tags."""

from io import BytesIO

import pytest

from trienkhai.documents.layouts.composing import Composition
from trienkhai.documents.layouts.markup import pieces
from trienkhai.documents.layouts.pdf_file import write_pdf
from trienkhai.documents.layouts.tests.papers import LAYOUTS
from trienkhai.documents.layouts.tests.test_geometry import paper
from trienkhai.documents.reader.files import Intake, open_document
from trienkhai.documents.reader.tests.make_files import TEXT, pdf

SENTENCE = "Nâng cao chất lượng sinh hoạt chi bộ, quản lý Đảng viên và thực hiện Quy chế làm việc của Đảng ủy. "


def read(composition: Composition) -> Intake:
    return open_document(BytesIO(write_pdf(composition)), "van-ban.pdf")


def state(body: str, **fields: object) -> Composition:
    return paper(LAYOUTS["NĐ 30/2020/NĐ-CP"], body=pieces(body), **fields)


def test_a_paragraph_is_one_line_over_line_ends_and_page_ends():
    long = (SENTENCE * 60).strip()

    intake = read(state(f"Mở đầu.\n\n{long}\n\nKết thúc"))

    assert not intake.wrapped
    assert long in intake.text.replace("\f", "").splitlines()


def test_a_table_is_read_row_by_row_though_its_cells_are_wrapped():
    cell = SENTENCE.strip()

    intake = read(state(f"| TT | Nhiệm vụ | Cơ quan |\n| 1 | {cell} | Văn phòng |\n\nHết"))

    assert f"1 | {cell} | Văn phòng" in intake.text.splitlines()


def test_rows_stay_whole_over_page_ends():
    rows = "\n".join(f"| {number} | {SENTENCE * 3} | Văn phòng |" for number in range(1, 30))

    lines = read(state(f"| TT | Nhiệm vụ | Cơ quan |\n{rows}\n\nHết")).text.replace("\f", "").splitlines()

    assert [line for line in lines if line.endswith(" | Văn phòng")] == [
        f"{number} | {(SENTENCE * 3).strip()} | Văn phòng" for number in range(1, 30)
    ]


def test_a_row_taller_than_a_page_loses_no_word():
    text = read(state(f"| TT | Nhiệm vụ |\n| 1 | {SENTENCE * 80} |\n\nHết")).text

    assert text.count("Nâng cao") == 80


def test_page_numbers_and_running_heads_are_no_text():
    intake = read(state("\n\n".join(f"{number}. {SENTENCE * 4}" for number in range(1, 20)), note="GHI CHÚ ĐẦU TRANG"))

    assert "GHI CHÚ ĐẦU TRANG" not in intake.text
    assert "2" not in intake.text.splitlines()
    assert "GHI CHÚ ĐẦU TRANG" in intake.margins


@pytest.mark.parametrize("mark", ["MẬT", "TỐI MẬT", "TUYỆT MẬT"])
def test_a_secrecy_mark_in_the_running_head_is_seen(mark: str):
    assert read(state("Nội dung.", note=mark)).secrecy == mark


def test_a_pdf_without_tags_is_read_line_by_line(tmp_path):
    intake = open_document(pdf(tmp_path / "a.pdf", TEXT))

    assert intake.wrapped
    assert "KẾ HOẠCH" in intake.text
