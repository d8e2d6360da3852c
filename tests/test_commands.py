"""The commands of the README on an installation of their own, as a person would type them."""

import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

PROGRAM = [sys.executable, "-m", "trienkhai.cli"]
UNITS = """Mã,Mã cấp trên,Loại hình,Tên
A,,Đảng bộ khối,Đảng bộ Thử
A.1,A,Đảng bộ cơ sở,Đảng bộ Một
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, lend_database: Callable[[Path], None]) -> Path:
    """An installation with two units and an administrator, made by the commands themselves."""
    tmp_path = tmp_path_factory.mktemp("home")
    lend_database(tmp_path)
    (tmp_path / "units.csv").write_text(UNITS, encoding="utf-8")
    for arguments in (
        ["migrate"],
        ["import-units", str(tmp_path / "units.csv"), "--of", "A"],
        ["account", "quantri", "--name", "Người Quản Trị", "--admin-of", "A", "--password", "mat-khau-du-dai-2026"],
    ):
        done = run(tmp_path, *arguments)
        assert done.returncode == 0, done.stderr
    return tmp_path


def environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "TRIENKHAI_DATABASE_URL"}
    return kept | {"TRIENKHAI_HOME": str(home), "DJANGO_SETTINGS_MODULE": "trienkhai.config.settings"}


def run(home: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, *arguments],
        env=environment(home) | variables,
        capture_output=True,
        text=True,
        timeout=120,
        stdin=subprocess.DEVNULL,
    )


def test_reindex_takes_in_what_the_index_lacks(home: Path):
    lagging = """
import django; django.setup()
from django.utils import timezone
from trienkhai.documents.models import Document
from trienkhai.orgs.models import Unit
now = timezone.now()
unit = Unit.objects.first()
Document.objects.bulk_create([Document(title="về lưu trữ", owner=unit, declared_at=now, created_at=now)])
"""
    subprocess.run([sys.executable, "-c", lagging], env=environment(home), check=True, timeout=120)

    before, done, after = run(home, "check"), run(home, "reindex"), run(home, "check")

    assert (before.returncode, done.returncode, after.returncode) == (1, 0, 0), before.stdout + after.stdout
    assert "lập chỉ mục lại 1 văn bản" in done.stdout


def test_check_and_audit_verify_find_nothing_wrong_on_a_new_installation(home: Path):
    sealed = run(home, "worker", "--once")
    checked, verified = run(home, "check"), run(home, "audit", "verify")

    assert sealed.returncode == 0, sealed.stderr
    assert (checked.returncode, verified.returncode) == (0, 0), checked.stdout + verified.stdout
    head = verified.stdout.split()[-1]
    assert run(home, "audit", "verify", "--head", head).returncode == 0
    assert run(home, "audit", "verify", "--head", "f" * 64).returncode == 1


def test_backup_is_put_back_as_it_was(home: Path):
    target = home / "backup.tar.gz"
    kept = run(home, "backup", str(target))
    out = home / "ngoai.xlsx"
    run(home, "account", "nguoikhac", "--name", "Người Khác", "--password", "mat-khau-du-dai-2027")

    restored = run(home, "restore", str(target), "--yes")

    assert (kept.returncode, restored.returncode) == (0, 0), kept.stderr + restored.stderr
    again = run(home, "account", "nguoikhac", "--name", "Người Khác", "--password", "mat-khau-du-dai-2027")
    assert again.returncode == 0, again.stderr
    assert run(home, "export-units", str(out), "--of", "A").returncode == 0
    assert out.stat().st_size > 1000


def test_wrong_arguments_end_with_a_sentence_and_store_nothing(home: Path):
    unknown = run(home, "export-units", str(home / "x.xlsx"), "--of", "KHÔNG")
    weak = run(home, "account", "yeu", "--name", "Yếu", "--password", "123")
    unsaid = run(home, "cascade", str(home / "units.csv"), "--as", "A")

    for done in (unknown, weak, unsaid):
        assert done.returncode == 1
        assert done.stderr.strip() and "Traceback" not in done.stderr


def test_site_is_served_and_stops_when_told(home: Path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen([*PROGRAM, "serve", "--port", str(port)], env=environment(home))

    try:
        assert answer(f"http://127.0.0.1:{port}/suc-khoe") == "ok"
        assert "Triển Khai" in answer(f"http://127.0.0.1:{port}/dang-nhap")
    finally:
        server.terminate()
        assert server.wait(timeout=30) is not None


@pytest.mark.parametrize("arguments", [("serve", "--port", "1"), ("check",), ("urge",)], ids=" ".join)
def test_a_site_that_was_never_made_ready_says_so(tmp_path: Path, arguments: tuple[str, ...]):
    done = run(tmp_path, *arguments)

    assert done.returncode == 1
    assert "trienkhai migrate" in done.stderr and "Traceback" not in done.stderr


def test_tables_that_cannot_be_made_keep_their_own_fault(tmp_path: Path):
    with closing(sqlite3.connect(tmp_path / "trienkhai.sqlite3")) as database:
        database.execute("CREATE TABLE django_content_type (other integer)")

    done = run(tmp_path, "migrate")

    assert done.returncode == 1
    assert "already exists" in done.stderr and "Hãy chạy" not in done.stderr


def test_nothing_is_no_backup(tmp_path: Path):
    done = run(tmp_path, "backup", str(tmp_path / "a.tar.gz"))

    assert (done.returncode, (tmp_path / "a.tar.gz").exists()) == (1, False)
    assert "Chưa có dữ liệu nào để sao lưu" in done.stderr


def test_a_database_that_is_not_there_is_told_in_a_sentence(tmp_path: Path):
    done = run(tmp_path, "check", TRIENKHAI_DATABASE_URL=f"postgresql://ai@/co_so?host={tmp_path}")

    assert done.returncode == 1
    assert "TRIENKHAI_DATABASE_URL" in done.stderr and "Traceback" not in done.stderr


def test_empty_home_means_the_default(tmp_path: Path):
    told = "import django; from django.conf import settings; print(settings.HOME)"
    asked = [sys.executable, "-c", told]
    done = subprocess.run(
        asked, env=environment(tmp_path) | {"TRIENKHAI_HOME": ""}, cwd=tmp_path, check=True, capture_output=True
    )

    assert done.stdout.decode().strip() == str(tmp_path / "var")


def answer(address: str) -> str:
    """The body of a page, asked for until the server is up (at most 30 seconds)."""
    for _attempt in range(60):
        try:
            with urllib.request.urlopen(address, timeout=5) as response:
                return response.read().decode()
        except OSError:
            time.sleep(0.5)
    raise AssertionError(f"no answer from {address}")
