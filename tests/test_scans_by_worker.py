"""The worker recognises scans on an installation of its own; killed in the middle, another one goes on."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from trienkhai.documents.tests.make_scans import scanned

pytestmark = pytest.mark.ocr
WORKER = [sys.executable, "-m", "trienkhai.cli", "worker"]
START = "import django; django.setup()\n"
RECEIVE = """
from io import BytesIO
from pathlib import Path
from django.core.management import call_command
from trienkhai.common import clock
from trienkhai.documents.actions import register_document
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import Tree, make_holder
call_command("migrate", verbosity=0, interactive=False)
bloc = Tree().bloc
clerk = make_holder(bloc, Role.CLERK)
scan = BytesIO(Path("{path}").read_bytes())
register_document(bloc, scan, name="ban-quet.pdf", not_secret=True, by=clerk, at=clock.now())
"""
STATE = """
SELECT job.state, job.tries, document.symbol FROM documents_scanjob job
JOIN documents_documentfile file ON file.id = job.file_id
JOIN documents_document document ON document.id = file.document_id
"""
LEASE_OVER = """
from trienkhai.common import clock
from trienkhai.documents.models import ScanJob
ScanJob.objects.update(taken_until=clock.now())
"""


def environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "TRIENKHAI_DATABASE_URL"}
    own = {"TRIENKHAI_HOME": str(home), "TRIENKHAI_OCR": "1", "DJANGO_SETTINGS_MODULE": "trienkhai.config.settings"}
    return kept | own


def run(home: Path, script: str) -> None:
    subprocess.run([sys.executable, "-c", START + script], env=environment(home), check=True, timeout=120)


def state_of(home: Path) -> str:
    with closing(sqlite3.connect(f"file:{home}/trienkhai.sqlite3?mode=ro", uri=True)) as connection:
        return " ".join(map(str, connection.execute(STATE).fetchone()))


@pytest.fixture
def home(tmp_path: Path, lend_database: Callable[[Path], None]) -> Path:
    lend_database(tmp_path)
    return tmp_path


def wait_for(home: Path, wanted: str, seconds: int = 90) -> None:
    ends = time.monotonic() + seconds
    while wanted not in (state := state_of(home)):
        assert time.monotonic() < ends, state
        time.sleep(0.2)


def test_a_worker_that_is_killed_leaves_the_scan_to_the_next_one_which_ends_in_good_order(home: Path):
    (home / "scan.pdf").write_bytes(scanned(pages=4))
    run(home, RECEIVE.format(path=home / "scan.pdf"))

    killed = subprocess.Popen(WORKER, env=environment(home))
    wait_for(home, "waiting 1")
    killed.kill()
    killed.wait()
    assert "waiting 1" in state_of(home)
    run(home, LEASE_OVER)
    following = subprocess.Popen(WORKER, env=environment(home))
    wait_for(home, "done 2 12-NQ/ĐUMH")

    following.send_signal(signal.SIGTERM)
    assert following.wait(30) == 0


def test_a_worker_that_is_asked_to_end_stops_at_once_and_the_scan_waits_on(home: Path):
    (home / "scan.pdf").write_bytes(scanned(pages=40))
    run(home, RECEIVE.format(path=home / "scan.pdf"))
    worker = subprocess.Popen(WORKER, env=environment(home))
    wait_for(home, "waiting 1")

    worker.terminate()

    assert worker.wait(30) == 0
    assert "waiting 0" in state_of(home)
