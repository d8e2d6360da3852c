"""A large file in the background: tried, watched, brought in by the person who sent it, all of it or nothing."""

import io
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from trienkhai.audit.models import Act
from trienkhai.common import clock
from trienkhai.exchange import waiting
from trienkhai.exchange.actions import begin_file_job, run_next_file
from trienkhai.exchange.actions import jobs as working
from trienkhai.exchange.models import FileJob
from trienkhai.exchange.progress import Stage
from trienkhai.exchange.tests.make import row_of
from trienkhai.orgs.models import Holding, Role, Unit
from trienkhai.orgs.tests.make import Tree, make_holder

pytestmark = pytest.mark.django_db
LINES = ["Mã,Mã cấp trên,Loại hình,Tên", *(f"C{n},K.B.1,cell,Chi bộ {n}" for n in range(20))]


@pytest.fixture(autouse=True)
def _everything_is_large(monkeypatch, settings, tmp_path):
    monkeypatch.setattr(import_module("trienkhai.exchange.views.units"), "IN_BACKGROUND", 0)
    settings.HOME = tmp_path


def sent(client: Any, tree: Tree, lines: list[str]) -> FileJob:
    upload = SimpleUploadedFile("cay.csv", "\n".join(lines).encode())
    answer = client.post(reverse("exchange:units_try", args=[tree.bloc.pk]), {"file": upload})
    job = FileJob.objects.latest("pk")
    assert answer["Location"] == reverse("exchange:file_job", args=[job.pk])
    return job


def shown(client: Any, job: FileJob) -> str:
    return client.get(reverse("exchange:file_job", args=[job.pk])).content.decode()


def work() -> bool:
    return run_next_file(now=clock.now)


def test_file_is_tried_watched_and_brought_in_by_its_sender(client):
    tree = Tree()
    admin = make_holder(tree.bloc, Role.ADMIN)
    client.force_login(admin)

    job = sent(client, tree, LINES)
    waits = shown(client, job)
    waiting.tell_progress(job.token, Stage.READ, 12_000, 60_000)
    runs = shown(client, job)
    assert work()
    tried = shown(client, job)
    units = Unit.objects.count()
    client.post(reverse("exchange:file_job_store", args=[job.pk]))
    second = FileJob.objects.latest("pk")
    assert work() and not work()
    stored = shown(client, second)

    assert "every 2s" in waits and "every 2s" not in tried
    assert "12.000" in runs and "60.000" in runs
    assert reverse("exchange:file_job_store", args=[job.pk]) in tried
    assert reverse("exchange:file_job_store", args=[second.pk]) not in stored
    assert Unit.objects.count() == units + 20
    assert Act.objects.get(verb="units.imported").actor_id == admin.pk
    assert waiting.progress_of(job.token) is None


def test_wrong_row_is_shown_with_row_and_column_and_its_file_taken_out_and_nothing_stored(client):
    tree = Tree()
    client.force_login(make_holder(tree.bloc, Role.ADMIN))
    job = sent(client, tree, [*LINES[:15], "C14,K.B.1,Hội quán,Chi bộ 14", *LINES[16:]])
    work()

    page = shown(client, job)
    marked = client.get(reverse("exchange:file_job_marked", args=[job.pk]))
    refused = client.post(reverse("exchange:file_job_store", args=[job.pk]))

    sheet = load_workbook(io.BytesIO(b"".join(marked.streaming_content)))["Tổ chức"]
    assert "C “Loại hình”" in page and ">16<" in page
    assert "Hội quán" in sheet.cell(row_of(sheet, "C14"), 5).value
    assert refused.status_code == 409
    assert not Unit.objects.filter(present__code="C1").exists()


def test_right_that_has_ended_meanwhile_stops_the_import_with_a_sentence(client):
    tree = Tree()
    admin = make_holder(tree.bloc, Role.ADMIN)
    client.force_login(admin)
    job = sent(client, tree, LINES)
    work()
    client.post(reverse("exchange:file_job_store", args=[job.pk]))
    Holding.objects.filter(account=admin).update(valid_to=clock.today())
    work()

    second = FileJob.objects.latest("pk")
    assert (second.kind, second.state) == ("store", "stopped")
    assert second.fault
    assert not Unit.objects.filter(present__code="C1").exists()


def test_file_that_is_gone_or_broken_stops_with_a_sentence_and_the_next_goes_on(client):
    tree = Tree()
    client.force_login(make_holder(tree.bloc, Role.ADMIN))

    gone = sent(client, tree, LINES)
    waiting.forget(gone.token)
    work()
    broken = sent(client, tree, ["Cột lạ", "1"])
    work()
    right = sent(client, tree, LINES)
    work()

    states = list(FileJob.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["stopped", "stopped", "finished"]
    assert "Cột lạ" in FileJob.objects.get(pk=broken.pk).fault or FileJob.objects.get(pk=broken.pk).fault
    assert FileJob.objects.get(pk=gone.pk).fault in shown(client, gone)
    assert FileJob.objects.get(pk=right.pk).result["new"] == 20


def test_second_file_of_a_person_leads_to_the_one_that_is_open_and_nobody_else_sees_it(client):
    tree = Tree()
    client.force_login(make_holder(tree.bloc, Role.ADMIN))
    first = sent(client, tree, LINES)
    assert sent(client, tree, LINES).pk == first.pk

    client.force_login(make_holder(tree.bloc, Role.ADMIN))

    for name in ("file_job", "file_job_marked"):
        assert client.get(reverse(f"exchange:{name}", args=[first.pk])).status_code == 404
    assert client.post(reverse("exchange:file_job_store", args=[first.pk])).status_code == 404


def test_job_whose_worker_was_lost_is_taken_up_and_one_that_runs_is_left(client):
    tree = Tree()
    admin = make_holder(tree.bloc, Role.ADMIN)
    client.force_login(admin)
    job = sent(client, tree, LINES)
    long_ago = clock.now() - timedelta(seconds=working.SILENT_SECONDS + 1)
    FileJob.objects.filter(pk=job.pk).update(state="running", changed_at=clock.now())
    runs = work()
    FileJob.objects.filter(pk=job.pk).update(changed_at=long_ago)
    waiting.tell_progress(job.token, Stage.JUDGE, 1, 2)
    still_told = work()
    waiting.end_progress(job.token)

    lost = work()

    assert (runs, still_told, lost) == (False, False, True)
    assert FileJob.objects.get(pk=job.pk).state == "finished"


def test_leader_begins_no_job(client):
    tree = Tree()
    leader = make_holder(tree.bloc, Role.LEADER)

    with pytest.raises(Exception, match=r"\w"):
        begin_file_job(tree.bloc, "try", "x", "cay.csv", by=leader, at=clock.now())

    assert not FileJob.objects.exists()
