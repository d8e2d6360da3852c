"""Feedback without a name leaves nothing of who wrote it: not in the database, a log, a file or a backup."""

import logging
import os
import re
import subprocess
import tarfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core import serializers
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from tests.postgres import find_programs
from trienkhai.audit.models import Act, ActDetail
from trienkhai.cli.keeping import DUMP, backup
from trienkhai.common import clock
from trienkhai.common.models import Installation
from trienkhai.feedback import actions, proof
from trienkhai.feedback.models import Letter, PendingLetter, SpentProof
from trienkhai.feedback.tests.make import DAY, House, easy
from trienkhai.feedback.tests.test_rewriting import SECRETS, jpeg

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS, AGENT, NAME = "203.0.113.77", "TrinhDuyetRieng/9.9", "bao-cao-cua-NguyenVanA.jpg"
TRACES = (ADDRESS, AGENT, NAME, *(word.decode() for word in SECRETS))
WORDS = "Nhà để xe dột nhiều chỗ."


@pytest.fixture
def house() -> House:
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": DAY})
    made = House()
    made.receiving_everywhere()
    easy()
    return made


def challenge_in(page: str) -> str:
    return page.split('name="challenge" value="')[1].split('"')[0]


def visitor() -> Client:
    return Client(REMOTE_ADDR=ADDRESS, HTTP_USER_AGENT=AGENT, HTTP_X_FORWARDED_FOR=ADDRESS)


def write(client: Client, to: int, **words: Any) -> Any:
    challenge = challenge_in(client.get("/gop-y/gui").content.decode())
    good = {"unit": to, "text": WORDS, "challenge": challenge, "number": proof.solve(challenge)}
    return client.post("/gop-y/gui", good | words)


def code_in(page: str) -> str:
    return page.split("<code>")[1].split("</code>")[0]


def whole_database() -> str:
    """Every row of every table of the project and of Django, as text, binary values included."""
    from django.apps import apps

    rows = [row for model in apps.get_models() for row in model._default_manager.all()]
    enclosed = [bytes(row.enclosed) for row in rows if hasattr(row, "enclosed")]
    return serializers.serialize("json", rows) + "".join(part.decode("latin-1") for part in enclosed)


def test_a_letter_with_a_file_leaves_no_trace_in_the_database_the_logs_or_the_files(house, client, caplog, settings):
    caplog.set_level(logging.INFO)
    stranger, before = visitor(), Act.objects.count()
    files = {path for path in Path(settings.HOME).rglob("*") if path.is_file()}
    upload = SimpleUploadedFile(NAME, jpeg() + b"x" * 2_000_000, "image/jpeg")

    sent = write(stranger, house.tree.north.pk, file=upload)

    code = code_in(sent.content.decode())
    assert sent.status_code == 200 and PendingLetter.objects.get().text == WORDS
    assert Act.objects.count() == before and not ActDetail.objects.filter(value__contains=WORDS).exists()
    for part in (whole_database(), caplog.text):
        assert not [trace for trace in (*TRACES, code, code.replace("-", "")) if trace in part]
    assert "/gop-y" not in caplog.text
    assert {path for path in Path(settings.HOME).rglob("*") if path.is_file()} == files

    actions.release_letters(on=DAY + timedelta(days=1))
    assert not [trace for trace in (*TRACES, code, code.replace("-", "")) if trace in whole_database()]


def database_files_with(word: bytes) -> list[str]:
    database = Path(connection.settings_dict["NAME"])
    return [path.name for path in database.parent.glob(f"{database.name}*") if word in path.read_bytes()]


def test_what_was_handed_over_leaves_no_order_of_coming_in_the_files_of_the_database(house):
    stranger = visitor()
    for number in range(3):
        write(stranger, house.tree.north.pk, text=f"{WORDS} {number}")
    keys = [pk.hex.encode() for pk in PendingLetter.objects.values_list("pk", flat=True)]

    actions.release_letters(on=DAY + timedelta(days=1))

    assert Letter.objects.count() == 3
    if connection.vendor == "sqlite":
        assert not [key for key in keys if database_files_with(key)]
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_relation_size(%s)", [PendingLetter._meta.db_table])
        assert cursor.fetchone() == (0,)


def test_the_form_says_who_reads_it_and_where_criticism_of_a_reader_goes(house):
    page = visitor().get("/gop-y/gui").content.decode()

    assert "chọn đơn vị cấp trên" in page


def test_the_stored_columns_hold_no_person_no_time_and_no_sequence():
    for model, allowed in (
        (PendingLetter, {"id", "unit", "on", "text", "enclosed", "enclosed_kind", "receipt"}),
        (Letter, {"id", "unit", "on", "text", "enclosed", "enclosed_kind", "receipt", "answer", "answered_on"}),
        (SpentProof, {"digest", "on"}),
    ):
        assert {field.name for field in model._meta.concrete_fields} == allowed
        kinds = {field.get_internal_type() for field in model._meta.concrete_fields}
        assert "DateTimeField" not in kinds and "TimeField" not in kinds
    assert PendingLetter._meta.pk.get_internal_type() == "UUIDField"


@pytest.mark.parametrize("url", ["/gop-y", "/gop-y/gui", "/gop-y/tra-loi"])
def test_the_pages_set_no_cookie_look_at_no_session_and_are_kept_nowhere(house, url):
    stranger, signed_in = visitor(), Client()
    signed_in.force_login(house.member)
    for answer in (stranger.get(url), stranger.post(url), stranger.put(url), signed_in.get(url), signed_in.post(url)):
        assert answer.status_code == 200 and not answer.cookies
        assert answer["Cache-Control"] == "no-store" and answer["Referrer-Policy"] == "no-referrer"
        seen = set(answer.wsgi_request.META)
        assert not {"REMOTE_ADDR", "HTTP_COOKIE", "HTTP_USER_AGENT", "HTTP_X_FORWARDED_FOR"} & seen
        assert house.member.name not in answer.content.decode() and "csrf" not in answer.content.decode()


@pytest.mark.parametrize("method", ["get", "post", "put"])
@pytest.mark.parametrize(
    ("mistyped", "leads_to"),
    [
        ("/gop-y/", "/gop-y"),
        ("/gop-y/gui/", "/gop-y/gui"),
        ("/gop-y/khong-co", "/gop-y"),
        ("/gop-y/gui/x", "/gop-y"),
        ("/gop-y/tep/khong-co.css", "/gop-y"),
        ("/gop-y/tep/../settings.py", "/gop-y"),
        ("/gop-y/tep/fonts", "/gop-y"),
        ("/GOP-Y", "/gop-y"),
        ("/gop-y.", "/gop-y"),
        ("/gop-y//evil.example/", "/gop-y"),
    ],
)
def test_a_mistyped_address_leads_back_without_a_line_in_the_log(house, caplog, method, mistyped, leads_to):
    caplog.set_level(logging.INFO)

    answer = getattr(visitor(), method)(mistyped)

    assert (answer.status_code, answer.url) == (302, leads_to) and not answer.cookies
    assert [row.getMessage() for row in caplog.records if row.name.startswith(("django", "trienkhai"))] == []


@pytest.mark.parametrize("url", ["/gop-y", "/gop-y/gui", "/gop-y/tra-loi"])
def test_the_pages_ask_for_nothing_outside_their_own_address(house, url):
    stranger = visitor()
    page = stranger.get(url).content.decode()
    asked = set(re.findall(r'(?:href|src|action|data-worker)="([^"#]+)', page))

    assert not [one for one in asked if not one.startswith("/gop-y")] and "/gop-y/tep/base.css" in asked
    for one in asked:
        answer = stranger.get(one)
        assert answer.status_code == 200 and not answer.cookies, one
    assert "javascript" in stranger.get("/gop-y/tep/proof-worker.js")["Content-Type"]
    font = stranger.get("/gop-y/tep/fonts/be-vietnam-pro-latin-400-normal.woff2")
    assert font.content == Path(str(finders.find("fonts/be-vietnam-pro-latin-400-normal.woff2"))).read_bytes()


def test_files_stored_for_serving_are_found_by_the_names_they_bear_there(house):
    stored = Path(staticfiles_storage.path("base.0123456789ab.css"))
    stored.parent.mkdir(parents=True, exist_ok=True)
    stored.write_text("body{}")
    try:
        assert visitor().get("/gop-y/tep/base.0123456789ab.css").content == b"body{}"
    finally:
        stored.unlink()


def test_wrong_input_and_faults_are_answered_without_a_line_in_the_log(house, caplog, monkeypatch):
    caplog.set_level(logging.INFO)
    stranger, unit = visitor(), house.tree.north.pk
    for words in (
        {"text": ""},
        {"text": "TỐI MẬT\nabc"},
        {"unit": 10**9},
        {"unit": "x"},
        {"number": ""},
        {"number": "x"},
        {"challenge": "a.b"},
        {"challenge": "\x00"},
        {"text": "a\x00b"},
        {"file": SimpleUploadedFile(NAME, b"PK\x03\x04")},
        {"file": SimpleUploadedFile(NAME, b"x" * 6_000_000)},
        {"file": SimpleUploadedFile(NAME, b"")},
    ):
        answer = write(stranger, unit, **words)
        assert answer.status_code == 200 and "<code>" not in answer.content.decode().split("data-sum")[0]
    assert stranger.post("/gop-y/gui", "{", content_type="multipart/form-data; boundary=x").status_code == 200
    told = [row.getMessage() for row in caplog.records if row.name.startswith(("django", "trienkhai"))]
    assert not PendingLetter.objects.exists() and told == []

    def broken(**words: Any) -> None:
        raise RuntimeError(f"{ADDRESS} {WORDS}")

    monkeypatch.setattr(clock, "today", lambda: broken())
    answer = stranger.post("/gop-y/gui", {"text": WORDS})
    assert answer.status_code == 200 and WORDS not in answer.content.decode()
    assert "RuntimeError" in caplog.text
    assert not [word for word in (ADDRESS, AGENT, WORDS, "/gop-y") if word in caplog.text]


def unpacked(dump: Path) -> bytes:
    """What a backup says of the database: a file of SQLite as it is; the packed dump of PostgreSQL as its statements,
    with what stands there in hexadecimal digits beside them.
    """
    if connection.vendor == "sqlite":
        return dump.read_bytes()
    written = subprocess.run(["pg_restore", "--file=-", dump], capture_output=True, check=True).stdout
    return written + b"".join(bytes.fromhex(found.decode()) for found in re.findall(rb"\\x((?:[0-9a-f]{2})+)", written))


def test_a_backup_holds_no_trace_either(house, tmp_path, monkeypatch):
    if connection.vendor == "postgresql":
        monkeypatch.setenv("PATH", f"{find_programs()}{os.pathsep}{os.environ['PATH']}")
    stranger = visitor()
    code = code_in(write(stranger, house.tree.north.pk, file=SimpleUploadedFile(NAME, jpeg())).content.decode())
    stranger.post("/gop-y/tra-loi", {"code": code})

    target = tmp_path / "sao-luu.tar.gz"
    result = CliRunner().invoke(backup, [str(target)])

    assert result.exit_code == 0, result.output
    with tarfile.open(target) as archive:
        archive.extractall(tmp_path / "ra", filter="data")
    parts = [path for path in (tmp_path / "ra").rglob("*") if path.is_file() and path.name != DUMP]
    content = unpacked(tmp_path / "ra" / DUMP) + b"".join(path.read_bytes() for path in parts)
    assert WORDS.encode() in content and bytes(PendingLetter.objects.get().enclosed)[:40] in content
    assert not [trace for trace in (*TRACES, code, code.replace("-", "")) if trace.encode() in content]


def test_the_answer_is_read_signed_out_by_the_code_and_a_wrong_code_tells_nothing(house):
    stranger = visitor()
    code = code_in(write(stranger, house.tree.north.pk).content.decode())
    actions.release_letters(on=DAY + timedelta(days=1))
    actions.answer_letter(Letter.objects.get().pk, "Sẽ lợp lại.", by=house.officer, at=clock.moment(DAY, 9))

    def read(typed: str) -> str:
        challenge = challenge_in(stranger.get("/gop-y/tra-loi").content.decode())
        words = {"code": typed, "challenge": challenge, "number": proof.solve(challenge)}
        return stranger.post("/gop-y/tra-loi", words).content.decode()

    assert "Sẽ lợp lại." in read(code.lower())
    assert "Sẽ lợp lại." not in read("0000-0000-0000-0000") and WORDS not in read(code[:-1])
