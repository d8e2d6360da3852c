"""What `tests/plugin.py` promises to every other test."""

import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.db import connection

from tests.postgres import find_programs
from trienkhai.audit import triggers
from trienkhai.norms.models import Norm
from trienkhai.people.models import Account

START_AND_WAIT = """
from tests.postgres import Cluster
cluster = Cluster().start()
print(cluster.folder, flush=True)
input()
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second", "third"])
def test_a_transactional_test_finds_the_database_as_new_whatever_the_one_before_it_left(turn):
    assert triggers.missing(connection) == []
    assert (Account.objects.count(), Permission.objects.filter(codename="add_norm").count()) == (0, 1)
    assert (Norm.objects.filter(shipped=False).count(), Norm.objects.filter(key="holidays").exists()) == (0, True)

    Account.objects.create_user("nguoi", None)
    Norm.objects.filter(key="holidays").delete()
    Norm.objects.create(key="of_a_test", valid_from=date(2017, 1, 1), value=1, source="Kiểm thử", grade="B")


ON_SQLITE_ALONE = {
    "trienkhai/common/tests/test_days.py",  # asks no database
    "trienkhai/documents/tests/test_scans.py",  # waits for tesseract
    "tests/test_pages_are_accessible.py",  # looks at pages alone
    "tests/test_menu_in_the_browser.py::test_who_approves_sees_the_number_go_at_once[True]",
    "tests/test_plugin.py::test_a_browser_opens_a_page_of_the_live_server",  # a way without variants
}
ON_POSTGRESQL_ALONE = {
    "tests/test_menu_in_the_browser.py::test_who_approves_sees_the_number_go_at_once[False]",
}
ON_BOTH = {
    "trienkhai/norms/tests/test_loading.py",
    "trienkhai/bench/tests/test_bench.py",  # in a program that it starts
}


@pytest.mark.parametrize(
    ("database", "expected"), [("sqlite", ON_SQLITE_ALONE | ON_BOTH), ("postgresql", ON_POSTGRESQL_ALONE | ON_BOTH)]
)
def test_each_run_has_what_means_something_on_its_database(database: str, expected: set[str]):
    asked = ON_SQLITE_ALONE | ON_POSTGRESQL_ALONE | ON_BOTH
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "--database", database, *sorted(asked)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}

    lines = subprocess.run(command, cwd=_root(), env=environment, capture_output=True, text=True, check=True).stdout

    assert {name for name in asked if any(line.startswith(name) for line in lines.splitlines())} == expected


def test_the_test_database_of_sqlite_is_a_file():
    default = settings.DATABASES["default"]

    if connection.vendor == "sqlite":
        assert Path(default["TEST"]["NAME"]).is_absolute()


@pytest.mark.browser
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
