"""What `tests/plugin.py` promises to every other test."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from tests.postgres import find_programs
from trienkhai.audit import triggers
from trienkhai.norms.models import Norm

START_AND_WAIT = """
from tests.postgres import Cluster
cluster = Cluster().start()
print(cluster.folder, flush=True)
input()
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_a_transactional_test_finds_triggers_and_norms_and_leaves_them_to_the_next(turn):
    assert triggers.missing(connection) == []
    assert Norm.objects.exists()


def test_the_test_database_of_sqlite_is_a_file():
    default = settings.DATABASES["default"]

    if connection.vendor == "sqlite":
        assert Path(default["TEST"]["NAME"]).is_absolute()


def test_a_browser_opens_a_page_of_the_live_server(page, live_server):
    answer = page.goto("/")

    assert answer is not None
    assert answer.url.startswith(live_server.url)


@pytest.mark.skipif(sys.platform != "linux", reason="the death signal is Linux's")
def test_a_killed_owner_leaves_no_postgres_behind():
    assert find_programs() is not None
    owner = subprocess.Popen(
        [sys.executable, "-c", START_AND_WAIT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=_root()
    )
    folder = Path(owner.stdout.readline().strip())
    psycopg.connect(host=str(folder), user="trienkhai", dbname="trienkhai").close()

    owner.send_signal(signal.SIGKILL)
    owner.communicate()

    socket = folder / ".s.PGSQL.5432"
    deadline = time.monotonic() + 20
    while socket.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not socket.exists()
    subprocess.run(["rm", "-rf", folder], check=True)


def _root() -> Path:
    return Path(__file__).resolve().parent.parent
