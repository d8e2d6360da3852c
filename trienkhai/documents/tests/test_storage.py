"""Files on the disk and on a store that speaks the S3 API, served by moto over HTTP: streamed, checked, cleaned up."""

import hashlib
import http.client
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import Client

from trienkhai.config import environment
from trienkhai.dashboards.verification import check_site
from trienkhai.documents.actions import add_file, quarantine_document, remove_unused, store_file
from trienkhai.documents.tests.make import files_on_disk, register_file
from trienkhai.documents.tests.make_files import Large, peak_memory, reset_peak
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import DAY, NOON, Tree, make_holder

MEGABYTE = 1024 * 1024
LARGE = 200 * MEGABYTE
ALLOWED = 40 * MEGABYTE


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    """A server of its own process, so that its memory is not counted as ours."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _wait in range(300):
        with socket.socket() as knock:
            if process.poll() is None and knock.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait()


@pytest.fixture(params=["disk", "s3"])
def store(request: pytest.FixtureRequest, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """The store of files by the setting an administrator gives."""
    if request.param == "s3":
        use_s3(request.getfixturevalue("s3_server"), settings, monkeypatch, tmp_path)
    return request.param


def use_s3(server: str, settings: Any, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    import boto3

    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "thu")
    bucket = f"kho-{folder.name.replace('_', '-')[-40:].strip('-').lower()}"
    boto3.client("s3", endpoint_url=server, region_name="us-east-1").create_bucket(Bucket=bucket)
    monkeypatch.setenv("TRIENKHAI_STORAGE", f"s3://{bucket}/van-ban?endpoint={server}&region=us-east-1")
    settings.STORAGES = settings.STORAGES | {"default": environment.storage(folder)}


@pytest.mark.django_db
def test_what_went_in_comes_out_bit_for_bit(store: str):
    tree = Tree()
    clerk = make_holder(tree.bloc, Role.CLERK)
    document = register_file(tree.bloc, clerk)
    row = document.files.get().file

    client = Client()
    client.force_login(clerk)
    response = client.get(f"/van-ban/tep/{row.pk}")

    content = b"".join(response.streaming_content)
    assert hashlib.sha256(content).hexdigest() == row.sha256
    assert len(files_on_disk()) == 1


@pytest.mark.django_db(transaction=True)
def test_a_store_is_emptied_of_what_was_locked_away_or_failed(store: str):
    tree = Tree()
    clerk = make_holder(tree.bloc, Role.CLERK)
    document = register_file(tree.bloc, clerk)

    quarantine_document(document.pk, by=clerk, at=NOON)
    with pytest.raises(RuntimeError), transaction.atomic():
        store_file(Large(10), owner=tree.bloc, by=clerk, at=NOON)
        raise RuntimeError
    remove_unused()

    assert files_on_disk() == []


@pytest.mark.django_db
def test_a_missing_and_an_altered_file_are_found(store: str):
    from django.core.files.base import ContentFile

    tree = Tree()
    rows = [store_file(Large(10, seed), owner=tree.bloc, by=None, at=NOON, name=f"{seed}.bin") for seed in (1, 2, 3)]
    default_storage.delete(rows[0].path)
    default_storage.delete(rows[1].path)
    default_storage.save(rows[1].path, ContentFile(b"khac"))

    for every_file in (False, True):
        found = check_site(DAY, every_file=every_file)
        assert len(found) == 2
        assert "1.bin" in found[0] and "2.bin" in found[1]


@pytest.mark.django_db
def test_a_missing_file_is_not_found_on_the_page(store: str):
    tree = Tree()
    clerk = make_holder(tree.bloc, Role.CLERK)
    row = register_file(tree.bloc, clerk).files.get().file
    default_storage.delete(row.path)
    client = Client()
    client.force_login(clerk)

    assert client.get(f"/van-ban/tep/{row.pk}").status_code == 404
    assert check_site(DAY)


@pytest.mark.django_db(transaction=True)
def test_a_file_of_two_hundred_megabytes_never_stands_in_memory(store: str, live_server: Any, settings: Any):
    settings.MAX_UPLOAD_BYTES = 2 * LARGE
    tree = Tree()
    clerk = make_holder(tree.bloc, Role.CLERK)
    document = register_file(tree.bloc, clerk)
    add_file(document.pk, Large(MEGABYTE), kind="attachment", reason="x", not_secret=True, by=clerk, at=NOON)
    client = Client()
    client.force_login(clerk)
    temporary = set(Path(tempfile.gettempdir()).iterdir())

    before = reset_peak()
    status = upload(live_server.url, client, f"/van-ban/{document.pk}/tep/them", Large(LARGE, seed=11))
    grown_by_upload = peak_memory() - before
    row = document.files.get(version=3).file
    before = reset_peak()
    digest, size = download(live_server.url, client, f"/van-ban/tep/{row.pk}")
    grown_by_download = peak_memory() - before

    assert status == 302
    assert (digest, size) == (row.sha256, LARGE)
    assert (grown_by_upload < ALLOWED, grown_by_download < ALLOWED) == (True, True), (
        grown_by_upload,
        grown_by_download,
    )
    assert {path for path in set(Path(tempfile.gettempdir()).iterdir()) - temporary if ".upload" in path.name} == set()


def upload(url: str, client: Client, address: str, content: Large) -> int:
    """A form as a browser sends it, piece by piece."""
    client.get(address)
    token, session = (client.cookies[name].value for name in ("csrftoken", "sessionid"))
    fields = {"csrfmiddlewaretoken": token, "kind": "attachment", "reason": "phụ lục lớn", "not_secret": "on"}
    head = "".join(
        f'--khung\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()
    )
    head += '--khung\r\nContent-Disposition: form-data; name="file"; filename="lon.bin"\r\n\r\n'
    start, end = head.encode(), b"\r\n--khung--\r\n"
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=120)
    connection.putrequest("POST", address)
    connection.putheader("Content-Type", "multipart/form-data; boundary=khung")
    connection.putheader("Content-Length", str(len(start) + content.size + len(end)))
    connection.putheader("Cookie", f"csrftoken={token}; sessionid={session}")
    connection.endheaders()
    connection.send(start)
    while piece := content.read(256 * 1024):
        connection.send(piece)
    connection.send(end)
    status = connection.getresponse().status
    connection.close()
    return status


def download(url: str, client: Client, address: str) -> tuple[str, int]:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=120)
    connection.request("GET", address, headers={"Cookie": f"sessionid={client.cookies['sessionid'].value}"})
    response, digest, size = connection.getresponse(), hashlib.sha256(), 0
    while piece := response.read(256 * 1024):
        digest.update(piece)
        size += len(piece)
    connection.close()
    return digest.hexdigest(), size


@pytest.mark.parametrize("value", ["ftp://x", "s3://", "s3://kho?cua=1", "/van-ban"])
def test_a_wrong_store_stops_the_start_with_a_sentence(monkeypatch: pytest.MonkeyPatch, value: str):
    monkeypatch.setenv("TRIENKHAI_STORAGE", value)

    with pytest.raises(environment.WrongSetting, match="s3://bucket"):
        environment.storage(Path("x"))


def test_a_store_without_its_extra_names_the_extra(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TRIENKHAI_STORAGE", "s3://kho")
    monkeypatch.setattr(environment, "find_spec", lambda name: None)

    with pytest.raises(environment.WrongSetting, match=r"trienkhai\[s3\]"):
        environment.storage(Path("x"))
