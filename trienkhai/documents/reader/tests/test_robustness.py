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
        begun = time.perf_counter()
        read_text(text)
        return time.perf_counter() - begun

    seconds(1_000)
    small = min(seconds(5_000), seconds(5_000))

    assert seconds(40_000) < 40 * max(small, 0.02)
