"""Figures over the private documents, where TRIENKHAI_CORPUS names their folder."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from trienkhai.documents.reader import read_text

CORPUS = os.environ.get("TRIENKHAI_CORPUS", "")
SCORER = Path(CORPUS, "../tools/score_reader.py")
READ = "import json, sys; from trienkhai.documents.reader import read_text; "
READ += "print(json.dumps(read_text(open(sys.argv[1], encoding='utf-8').read()).as_dict(), ensure_ascii=False))"
FLOOR = {
    "header": 0.97,
    "bases": 0.95,
    "references": 0.97,
    "recipients": 0.97,
    "task_recall": 0.93,
    "party_tasks": 0.85,
    "state_tasks": 0.85,
    "lead": 0.95,
    "deadline": 0.93,
}

pytestmark = [pytest.mark.corpus, pytest.mark.skipif(not CORPUS, reason="TRIENKHAI_CORPUS is not set")]


def test_every_document_is_read():
    for path in sorted(Path(CORPUS).glob("*.txt")):
        reading = read_text(path.read_text(encoding="utf-8"), name=path.name)

        assert reading.doc_type, path.name
        assert all(reading.text[task.start : task.end] for task in reading.tasks), path.name


@pytest.mark.skipif(not SCORER.exists(), reason="no scoring script beside the documents")
def test_figures_stay_above_the_floor():
    command = [sys.executable, str(SCORER), CORPUS, "--json", "--", sys.executable, "-c", READ]

    figures = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)

    assert {key: figures[key] for key, floor in FLOOR.items() if figures[key] < floor} == {}
