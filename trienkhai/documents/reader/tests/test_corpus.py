"""Figures over the private documents, where TRIENKHAI_CORPUS names their folder."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from trienkhai.documents.reader import read_text
from trienkhai.documents.reader.files import open_document

CORPUS = os.environ.get("TRIENKHAI_CORPUS", "")
SCORER = Path(CORPUS, "../tools/score_reader.py")
READ = "import json, sys; from trienkhai.documents.reader import read_text; "
READ += "print(json.dumps(read_text(open(sys.argv[1], encoding='utf-8').read()).as_dict(), ensure_ascii=False))"
FLOOR = {
    "header": 0.98,
    "bases": 0.95,
    "references": 0.97,
    "recipients": 0.97,
    "task_recall": 0.95,
    "party_tasks": 0.90,
    "state_tasks": 0.92,
    "lead": 0.97,
    "coordinating": 0.95,
    "deadline": 0.95,
    "product": 0.90,
}
HEADER = ("symbol", "doc_type", "place", "date")

pytestmark = [pytest.mark.corpus, pytest.mark.skipif(not CORPUS, reason="TRIENKHAI_CORPUS is not set")]


def test_every_document_is_read():
    for path in sorted(Path(CORPUS).glob("*.txt")):
        reading = read_text(path.read_text(encoding="utf-8"), name=path.name)

        assert reading.doc_type, path.name
        assert all(reading.text[task.start : task.end] for task in reading.tasks), path.name


def test_the_original_files_have_the_heads_of_their_texts():
    """The .docx and .pdf that the texts were taken from."""
    files = sorted(Path(CORPUS, "original").iterdir())

    read, right = 0, 0
    for path in files:
        truth = json.loads(Path(CORPUS, f"{path.stem}.json").read_text(encoding="utf-8"))
        reading = read_text(open_document(path).text, name=path.name)
        signer = (truth.get("signer") or {}).get("name")
        got = [getattr(reading, key) for key in HEADER] + [reading.signer and reading.signer.name]
        right += sum(a == b for a, b in zip(got, [*(truth.get(key) for key in HEADER), signer], strict=True))
        read += len(HEADER) + 1

    assert right >= 0.97 * read


@pytest.mark.skipif(not SCORER.exists(), reason="no scoring script beside the documents")
def test_figures_stay_above_the_floor():
    command = [sys.executable, str(SCORER), CORPUS, "--json", "--", sys.executable, "-c", READ]

    figures = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)

    assert {key: figures[key] for key, floor in FLOOR.items() if figures[key] < floor} == {}
