"""A folder of documents goes into a register by the command, is broken off in the middle, and goes on."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from trienkhai.documents.tests.make import paper

pytestmark = pytest.mark.own_program
CORPUS = Path(__file__).parent / "minicorpus"
PROGRAM = [sys.executable, "-m", "trienkhai.cli"]
SETTLE = """
import django
django.setup()
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import make_account, make_holder, make_unit
unit = make_unit(code="A", name="Đảng bộ Thử")
clerk = make_account(); clerk.username = "vanthu"; clerk.save()
make_holder(unit, Role.CLERK, account=clerk)
"""
DIFFERENT, TWICE, BAD = 54, 3, 3


class Site:
    """An installation of its own, on the database that the tests run on."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.url = os.environ.get("TRIENKHAI_DATABASE_URL", "")
        if self.url:
            with psycopg.connect(self.url, autocommit=True) as connection:
                connection.execute("DROP DATABASE IF EXISTS importing")
                connection.execute("CREATE DATABASE importing")
            self.url = urlunsplit(urlsplit(self.url)._replace(path="/importing"))
        self.environment = os.environ | {"TRIENKHAI_HOME": str(home), "TRIENKHAI_DATABASE_URL": self.url}
        self.environment["DJANGO_SETTINGS_MODULE"] = "trienkhai.config.settings"

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        given = {"env": self.environment, "stdin": subprocess.DEVNULL, "text": True, "timeout": 180}
        return subprocess.run(command, capture_output=True, **given)

    def ask(self, question: str) -> list[tuple]:
        if self.url:
            with psycopg.connect(self.url) as connection:
                return connection.execute(question).fetchall()
        with sqlite3.connect(f"file:{self.home}/trienkhai.sqlite3?mode=ro", uri=True) as connection:
            return connection.execute(question).fetchall()

    def close(self) -> None:
        if self.url:
            with psycopg.connect(os.environ["TRIENKHAI_DATABASE_URL"], autocommit=True) as connection:
                connection.execute("DROP DATABASE importing WITH (FORCE)")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, lend_database: Callable[[Path], None]) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("home"))
    if not site.url:
        lend_database(site.home)
    for command in ([*PROGRAM, "migrate"], [sys.executable, "-c", SETTLE]):
        done = site.run(*command)
        assert done.returncode == 0, done.stderr
    yield site
    site.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """54 different documents in folders, 3 of them twice under other names, 3 that are refused, a lock of Word's."""
    folder = tmp_path / "papers"
    (folder / "2017" / "công văn").mkdir(parents=True)
    for number in range(DIFFERENT - 2):
        at = folder / "2017" if number % 2 else folder / "2017" / "công văn"
        (at / f"{number:03}.txt").write_text(paper(symbol=f"{number + 1}-NQ/ĐUTHU") + "-\n" * number, encoding="utf-8")
    for file in CORPUS.glob("*.docx"):
        shutil.copy(file, folder / file.name)
    for number in (0, 2, 4):
        shutil.copy(folder / "2017" / "công văn" / f"{number:03}.txt", folder / f"ban-sao-{number}.txt")
    (folder / "trống.txt").write_text(" \n", encoding="utf-8")
    (folder / "bảng.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    (folder / "mật.txt").write_text("MẬT\n\n" + paper(symbol="999-NQ/ĐUTHU"), encoding="utf-8")
    (folder / "~$nghị quyết.docx").write_bytes(b"Word")
    return folder


def order(folder: Path, *more: str) -> list[str]:
    return [*PROGRAM, "import-documents", str(folder), "--as", "A", "--workers", "2", *more]


def test_an_import_that_is_killed_goes_on_and_registers_nothing_twice(site: Site, folder: Path, tmp_path: Path):
    begun = subprocess.Popen(
        order(folder, "--by", "vanthu", "--not-secret"),
        env=site.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    until = time.monotonic() + 60
    while begun.poll() is None and time.monotonic() < until and registered(site) < 8:
        time.sleep(0.02)
    begun.send_signal(signal.SIGKILL)
    begun.wait()
    before = registered(site)

    done = site.run(*order(folder, "--by", "vanthu", "--not-secret", "--list", str(tmp_path / "list.csv")))

    assert 8 <= before < DIFFERENT
    assert f"{DIFFERENT - before} vào sổ, {before + TWICE} đã có từ trước, {BAD} không nhận" in done.stdout, done.stderr
    assert site.ask("SELECT count(*), count(DISTINCT sha256) FROM documents_storedfile") == [(DIFFERENT, DIFFERENT)]
    numbers = [row[0] for row in site.ask("SELECT number FROM documents_registerentry ORDER BY number")]
    assert numbers == list(range(1, DIFFERENT + 1))
    assert site.ask("SELECT count(*) FROM audit_act WHERE verb = 'document.registered'") == [(DIFFERENT,)]
    assert [name for name in ("bảng.xlsx", "mật.txt", "trống.txt") if name not in done.stderr] == []
    listed = (tmp_path / "list.csv").read_text("utf-8-sig").splitlines()
    assert len(listed) == 1 + DIFFERENT + TWICE + BAD
    assert processes_of(begun.pid) == []


def registered(site: Site) -> int:
    return site.ask("SELECT count(*) FROM documents_document")[0][0]


def processes_of(session: int) -> list[str]:
    """What still runs of a session that was killed; given a moment to end."""
    for _attempt in range(50):
        listed = subprocess.run(["ps", "-s", str(session), "-o", "pid,stat,args"], capture_output=True, text=True)
        left = [line for line in listed.stdout.splitlines()[1:] if " Z" not in line]
        if not left:
            return []
        time.sleep(0.1)
    return left


def test_without_a_keyboard_the_declaration_and_the_account_are_said(site: Site, folder: Path):
    before = registered(site)

    silent = site.run(*order(folder))
    unknown = site.run(*order(folder, "--by", "khongco", "--not-secret"))
    elsewhere = site.run(*order(folder, "--as", "KHÔNG", "--by", "vanthu", "--not-secret"))

    for done in (silent, unknown, elsewhere):
        assert done.returncode != 0
        assert done.stderr.strip() and "Traceback" not in done.stderr
    assert registered(site) == before
