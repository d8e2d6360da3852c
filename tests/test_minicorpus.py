"""The mini-corpus is whole: every document has its truth, bears the mark, and says what the truth says."""

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from trienkhai.demo.documents import MARK, build, sources

CORPUS = Path(__file__).parent / "minicorpus"
TRUTHS = sorted(CORPUS.glob("*.json"))
TYPES = {
    "Nghị quyết",
    "Chỉ thị",
    "Kế hoạch",
    "Chương trình",
    "Công văn",
    "Hướng dẫn",
    "Thông báo",
    "Báo cáo",
    "Quyết định",
}


@pytest.fixture(params=TRUTHS, ids=lambda path: path.stem)
def truth_file(request: pytest.FixtureRequest) -> Path:
    return request.param


def test_the_corpus_has_both_kinds_many_types_and_one_document_without_tasks():
    truths = [json.loads(path.read_text(encoding="utf-8")) for path in TRUTHS]

    assert len(truths) >= 12
    assert {truth["kind"] for truth in truths} == {"party", "state"}
    assert {truth["doc_type"] for truth in truths} == TYPES
    assert [truth["doc_type"] for truth in truths if not truth["tasks"]] == ["Báo cáo"]


def test_each_document_bears_the_mark_in_its_text_and_its_file_name(truth_file):
    document = _document_of(truth_file)

    assert MARK in _words(document)
    assert document.name.startswith("van-ban-minh-hoa-khong-co-gia-tri_")


def test_the_text_says_what_the_truth_says(truth_file):
    truth: dict[str, Any] = json.loads(truth_file.read_text(encoding="utf-8"))
    text = _words(_document_of(truth_file)).lower()

    said = [truth["title"], (truth["signer"] or {}).get("name"), *truth["recipients"]]
    for task in truth["tasks"]:
        said += [task["text"], task["lead"], task["deadline"], task["product"], *task["coordinating"]]

    assert not [words for words in said if words and words.lower() not in text]


def test_one_document_is_stored_decomposed():
    decomposed = [
        path for path in CORPUS.glob("*.txt") if not unicodedata.is_normalized("NFC", path.read_text("utf-8"))
    ]

    assert [path.stem.rpartition("_")[2] for path in decomposed] == ["nfd"]


def test_the_word_files_are_those_the_demo_builds():
    built = {source.symbol: build(source) for source in sources()}

    for path in CORPUS.glob("*.docx"):
        symbol = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["symbol"]
        assert path.read_bytes() == built[symbol], f"build {path.name} again"


def _document_of(truth_file: Path) -> Path:
    (document,) = [path for path in CORPUS.glob(f"{truth_file.stem}.*") if path.suffix != ".json"]
    return document


def _words(path: Path) -> str:
    """All words of the document, composed, with single blanks and without Markdown marks."""
    text = _docx_words(path) if path.suffix == ".docx" else path.read_text(encoding="utf-8")
    return " ".join(re.sub(r"[*]+", "", unicodedata.normalize("NFC", text)).split())


def _docx_words(path: Path) -> str:
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    header = document.sections[0].header.paragraphs
    return "\n".join([paragraph.text for paragraph in [*header, *document.paragraphs]] + cells)
