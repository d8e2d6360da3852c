"""Whatever the text, reading ends soon and never raises."""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from trienkhai.documents.reader import read_text, split_bodies

from . import samples

DOCUMENTS = [samples.RESOLUTION, samples.PLAN, samples.LETTER, samples.TABLE, samples.LABELS]
FRAGMENTS = [
    "|",
    "\n",
    "\f",
    "**",
    "1. ",
    "a) ",
    "- ",
    "Số: ",
    "ngày tháng năm 20",
    "Nơi nhận:",
    "TM. ",
    "“",
    "\x00",
    ":",
    ";",
    "Điều 1. ",
    " | ",
]


@st.composite
def mutated(draw):
    """A document with stretches cut out, doubled, or broken by marks that mean something to the reader."""
    text = draw(st.sampled_from(DOCUMENTS))
    for _ in range(draw(st.integers(1, 6))):
        a = draw(st.integers(0, len(text)))
        b = min(len(text), a + draw(st.integers(0, 200)))
        piece = draw(st.sampled_from(["", text[a:b] * 2, *FRAGMENTS]) | st.text(max_size=8))
        text = text[:a] + piece + text[b:]
    return text


@settings(max_examples=150, deadline=None)
@given(mutated())
def test_mutated_documents_never_raise_and_offsets_hold(text):
    reading = read_text(text)

    assert reading.as_dict()["tasks"] is not None
    assert all(0 <= task.start <= task.end <= len(reading.text) for task in reading.tasks)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
@example("¹")
def test_any_text_is_read_and_any_words_are_split(text):
    read_text(text)

    assert all(0 <= m.start < m.end <= len(text) for m in split_bodies(text))


SEEDS = [
    "Bộ ",
    "các bộ, ngành, ",
    "1. ",
    "|",
    "| a | b |\n",
    "TT\n",
    "ngày 1 tháng ",
    "12-NQ/",
    "phối hợp với các sở, ",
    "; Bộ Y tế chủ trì",
]
SEEDS += [
    "“",
    "(",
    "**",
    "KẾ HOẠCH\n",
    "Đơn vị chủ trì: ",
    "kèm theo Kế hoạch số ",
    "A B C D E F G H\n",
    "trước ngày 1, ",
    " ",
    "\n",
]


@pytest.mark.parametrize("seed", SEEDS)
def test_time_grows_no_faster_than_the_text(seed):
    """Eight times the text may take forty times as long: generous, and far from a square's sixty-four."""

    def seconds(length):
        text = "KẾ HOẠCH\nvề mẫu\n\nI. NHIỆM VỤ\n1. " + (seed * (length // len(seed) + 1))[:length]
        begun = time.process_time()
        read_text(text)
        return time.process_time() - begun

    seconds(1_000)
    small = min(seconds(5_000), seconds(5_000))

    assert seconds(40_000) < 40 * max(small, 0.02)


def test_a_document_flattened_to_one_line_is_broken_at_its_parts():
    text = (
        "HỘI ĐỒNG NHÂN DÂN TỈNH MINH HỌA CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc "
        "Số: 14/2031/NQ-HĐND Minh Họa, ngày 8 tháng 12 năm 2031 NGHỊ QUYẾT QUY ĐỊNH MỨC CHI MẪU "
        "HỘI ĐỒNG NHÂN DÂN TỈNH MINH HỌA Căn cứ Luật Tổ chức chính quyền địa phương; Căn cứ Nghị định số "
        "5/2030/NĐ-CP ngày 1/1/2030; QUYẾT NGHỊ: Điều 1. Quy định mức chi. Điều 2. Tổ chức thực hiện 1. Giao Ủy ban "
        "nhân dân tỉnh báo cáo trước ngày 1/12/2032. Nơi nhận: - Các sở; - Lưu: VT. CHỦ TỊCH Trần Văn Mẫu"
    )
    reading = read_text(text)

    assert (reading.doc_type, reading.symbol, reading.date) == ("Nghị quyết", "14/2031/NQ-HĐND", "2031-12-08")
    assert (reading.issuer, reading.place) == ("Hội đồng nhân dân tỉnh Minh Họa", "Minh Họa")
    assert (reading.title, reading.bases) == ("QUY ĐỊNH MỨC CHI MẪU", ["5/2030/NĐ-CP"])
    assert (reading.recipients, reading.signer.name) == (["Các sở", "Lưu: VT"], "Trần Văn Mẫu")
    assert [task.lead for task in reading.tasks] == ["Ủy ban nhân dân tỉnh"]
