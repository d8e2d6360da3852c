"""Scans go into the register without text, and the real programs recognise them later."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from trienkhai.audit.models import Act
from trienkhai.common.folding import fold
from trienkhai.common.verdict import Refused
from trienkhai.config import environment
from trienkhai.documents import sight
from trienkhai.documents.actions import (
    add_file,
    correct_document,
    import_documents,
    quarantine_document,
    recognise_next,
    register_document,
    scanning,
)
from trienkhai.documents.models import (
    Book,
    Document,
    DocumentFile,
    DocumentText,
    ScanJob,
    ScanState,
    StoredFile,
)
from trienkhai.documents.queries import current_text
from trienkhai.documents.reader.scans import Recognised, with_marks_mended
from trienkhai.documents.reader.secrecy import secrecy_mark
from trienkhai.documents.tests.make import files_on_disk, stored
from trienkhai.documents.tests.make_scans import blank_scan, scanned, words_printed
from trienkhai.notices.models import Notice
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.tests.make import NOON, Tree, make_holder
from trienkhai.people.models import Account

pytestmark = [pytest.mark.django_db, pytest.mark.ocr]
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def bloc() -> Unit:
    return Tree().bloc


@pytest.fixture
def clerk(bloc: Unit) -> Account:
    return make_holder(bloc, Role.CLERK)


@pytest.fixture(autouse=True)
def switched_on(settings: Any) -> None:
    settings.OCR = True


def receive(bloc: Unit, clerk: Account, scan: bytes = b"", name: str = "nghi quyet 12.pdf", **named: Any) -> Document:
    upload = BytesIO(scan or scanned())
    return register_document(bloc, upload, name=name, not_secret=True, by=clerk, at=NOON, **named)


def recognised(at: datetime = LATER) -> bool:
    return recognise_next(now=lambda: at)


def page_of(clerk: Account, document: Document) -> str:
    client = Client()
    client.force_login(clerk)
    client.cookies["django_language"] = "en"
    return client.get(reverse("documents:detail", args=[document.pk])).content.decode()


def told(kind: str) -> int:
    return Notice.objects.filter(kind=kind).count()


def test_a_scan_gets_its_number_at_once_and_its_file_stays_bit_for_bit(bloc: Unit, clerk: Account):
    scan = scanned()

    document = receive(bloc, clerk, scan)

    assert document.title == "nghi quyet 12"
    assert document.entries.get().number == 1
    assert default_storage.open(StoredFile.objects.get().path).read() == scan
    assert current_text(document) is None
    assert ScanJob.objects.get().state == ScanState.WAITING
    assert "waits for the machine to recognise its letters" in page_of(clerk, document)


def test_the_programs_find_nine_words_of_ten_and_the_reader_makes_header_clauses_and_links_of_them(
    bloc: Unit, clerk: Account
):
    document = receive(bloc, clerk)

    assert recognised()

    document.refresh_from_db()
    text = current_text(document)
    assert text is not None and text.machine_read
    found, printed = set(text.text.split()), words_printed()
    assert sum(word in found for word in printed) / len(printed) >= 0.9
    assert document.symbol == "12-NQ/ĐUMH"
    assert fold(document.title) == fold("về công tác bảo vệ môi trường")
    assert (str(document.issued_on), document.doc_type) == ("2017-02-05", "Nghị quyết")
    assert text.clauses.count() >= 5 and text.reading["tasks"]
    assert document.links.filter(symbol="07-KH/ĐUMH").exists()
    assert document.files.get().text == text
    assert Act.objects.get(verb="document.recognised").actor_name == "Triển Khai"
    assert told("scan_recognised") == 1
    assert "recognised from a scan by machine and may be wrong" in page_of(clerk, document)
    assert not recognised()


def test_what_a_person_typed_is_not_overwritten(bloc: Unit, clerk: Account):
    document = receive(bloc, clerk)
    correct_document(document.pk, {"title": "Về môi trường", "symbol": "13-NQ/ĐUMH"}, by=clerk, at=NOON)

    recognised()

    document.refresh_from_db()
    assert (document.title, document.symbol) == ("Về môi trường", "13-NQ/ĐUMH")
    assert document.doc_type == "Nghị quyết"


@pytest.mark.parametrize("stamped", [False, True])
@pytest.mark.parametrize("mark", ["MẬT", "TUYỆT MẬT"])
def test_a_scan_with_a_mark_of_secrecy_is_locked_away_by_the_system(
    bloc: Unit, clerk: Account, mark: str, stamped: bool
):
    receive(bloc, clerk, scanned(mark, stamped=stamped))

    recognised()

    assert not Document.objects.exists() and not DocumentText.objects.exists() and not ScanJob.objects.exists()
    act = Act.objects.get(verb="document.quarantined")
    assert (act.actor_id, act.actor_name) == (None, "Triển Khai")
    assert Notice.objects.get(kind="scan_secret").params == {"number": "01"}
    assert bloc.register_entries.get().cancelled_at == LATER


@pytest.mark.parametrize("words", ["MAT", "MẠT", "MẠẬT", "TÔI MẬT", "TUYET  MÂT"])
def test_a_mark_is_known_with_the_accents_a_machine_may_miss(words: str):
    assert secrecy_mark(with_marks_mended(f"ĐẢNG ỦY\n{words}\nSố 12-NQ/ĐUMH\n"))
    assert not secrecy_mark(with_marks_mended("ỦY BAN\nMẶT TRẬN TỔ QUỐC\nSố 12-NQ/MAT\n"))


def test_a_scan_with_a_mark_is_off_the_disk_after_the_transaction(
    bloc: Unit, clerk: Account, django_capture_on_commit_callbacks: Any
):
    receive(bloc, clerk, scanned("TỐI MẬT"))

    with django_capture_on_commit_callbacks(execute=True):
        recognised()

    assert files_on_disk() == []


def test_a_scan_with_a_mark_on_which_work_stands_gets_no_text_and_says_what_to_do(
    bloc: Unit, clerk: Account, monkeypatch: pytest.MonkeyPatch
):
    def has_work(document: Document) -> None:
        raise Refused("Work was issued from it.")

    monkeypatch.setattr(sight, "_removals", [has_work])
    document = receive(bloc, clerk, scanned("TỐI MẬT"))

    recognised()

    assert current_text(document) is None
    assert ScanJob.objects.get().state == ScanState.FAILED
    assert "withdraw the work, then lock the document away at once" in page_of(clerk, document)


def test_without_the_setting_a_scan_is_refused_and_the_sentence_says_who_can_help(
    bloc: Unit, clerk: Account, settings: Any, in_english: None
):
    settings.OCR = False
    before = stored()

    with pytest.raises(ValidationError, match="An administrator can switch on"):
        receive(bloc, clerk)

    assert stored() == before


def test_a_scan_of_too_many_pages_is_refused(bloc: Unit, clerk: Account, settings: Any, in_english: None):
    settings.OCR_PAGES = 2
    before = stored()

    with pytest.raises(ValidationError, match="scan of 3 pages; at most 2"):
        receive(bloc, clerk, scanned(pages=3))

    assert stored() == before


def test_a_scan_going_out_needs_the_number_that_stands_on_it(bloc: Unit, clerk: Account, in_english: None):
    with pytest.raises(ValidationError) as fault:
        receive(bloc, clerk, book=Book.OUT)
    document = receive(bloc, clerk, book=Book.OUT, fields={"number": "12"})
    recognised()

    document.refresh_from_db()
    assert fault.value.message_dict.keys() == {"number"}
    assert (document.number, document.entries.get().number, document.issued_on) == ("12", 12, None)


def test_two_workers_never_take_up_the_same_scan_and_a_killed_one_loses_it_in_time(
    bloc: Unit, clerk: Account, settings: Any
):
    document = receive(bloc, clerk)
    assert scanning._take(NOON)  # by a worker that is killed now

    assert not recognised(NOON + timedelta(minutes=1))
    assert recognised(NOON + timedelta(seconds=settings.OCR_SECONDS + 61))

    assert current_text(document) is not None
    assert ScanJob.objects.get().tries == 2


def test_a_worker_that_ends_gives_the_scan_back(bloc: Unit, clerk: Account):
    document = receive(bloc, clerk)

    recognise_next(now=lambda: NOON, stopped=lambda: True)

    job = ScanJob.objects.get()
    assert (job.state, job.tries, job.taken_until) == (ScanState.WAITING, 0, None)
    assert recognised(NOON) and current_text(document)


def test_what_a_worker_finds_out_too_late_is_dropped(bloc: Unit, clerk: Account):
    document = receive(bloc, clerk)
    late = scanning._take(NOON)
    assert late
    recognised(LATER)

    scanning._store(late, Recognised("Một văn bản khác " * 20, ""), LATER)

    assert document.texts.count() == 1


def test_a_scan_locked_away_while_it_is_recognised_stays_away(bloc: Unit, clerk: Account):
    document = receive(bloc, clerk)
    job = scanning._take(NOON)
    assert job
    quarantine_document(document.pk, by=clerk, at=NOON)

    scanning._store(job, Recognised("Một văn bản khác " * 20, ""), LATER)

    assert not DocumentText.objects.exists()


@pytest.mark.parametrize("damage", [blank_scan, lambda: blank_scan(damaged=True)])
def test_a_damaged_scan_fails_with_a_sentence_after_three_tries(bloc: Unit, clerk: Account, damage: Any):
    document = receive(bloc, clerk, damage())

    for hour in range(1, 4):
        assert recognised(NOON + timedelta(hours=hour))

    job = ScanJob.objects.get()
    assert (job.state, job.tries) == (ScanState.FAILED, 3)
    assert job.error in page_of(clerk, document)
    assert "Add a better scan" in page_of(clerk, document)
    assert told("scan_failed") == 1
    assert not recognised(NOON + timedelta(hours=9))


def test_a_scan_that_ends_its_worker_three_times_is_given_up(bloc: Unit, clerk: Account):
    receive(bloc, clerk)
    for hour in range(3):
        assert scanning._take(NOON + timedelta(hours=hour))

    assert not recognised(NOON + timedelta(hours=4))

    assert ScanJob.objects.get().state == ScanState.FAILED


def test_a_scan_whose_time_is_over_fails(bloc: Unit, clerk: Account, settings: Any):
    settings.OCR_SECONDS = 0
    receive(bloc, clerk)

    recognised()

    assert "took too long" in ScanJob.objects.get().error


def test_a_scan_added_as_a_signed_version_is_recognised_too(bloc: Unit, clerk: Account):
    document = register_document(
        bloc, BytesIO("Một văn bản minh họa.".encode()), name="a.txt", not_secret=True, by=clerk, at=NOON
    )
    row = add_file(
        document.pk, BytesIO(scanned()), kind="signed", reason="ký", not_secret=True, name="ky.pdf", by=clerk, at=NOON
    )

    recognised()

    text = current_text(document)
    assert text and text.machine_read and text.version == 2
    assert DocumentFile.objects.get(pk=row.pk).text == text


def test_scans_of_a_folder_are_taken_in(bloc: Unit, clerk: Account, tmp_path: Any):
    path = tmp_path / "ban-quet.pdf"
    path.write_bytes(scanned())

    outcomes = list(import_documents(bloc, [path], not_secret=True, workers=1, by=clerk, at=NOON))

    assert outcomes[0].document and ScanJob.objects.count() == 1


def test_a_clerk_sends_a_scan_in_the_browser_and_is_told_what_happens(bloc: Unit, clerk: Account):
    client = Client()
    client.force_login(clerk)
    client.cookies["django_language"] = "en"
    upload = BytesIO(scanned())
    upload.name = "ban-quet.pdf"

    response = client.post(
        "/van-ban/nhan", {"unit": bloc.pk, "book": "in", "not_secret": "on", "file": upload}, follow=True
    )

    assert "its letters are recognised in the background" in response.content.decode()


def test_the_start_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Any):
    monkeypatch.setenv("TRIENKHAI_OCR", "1")
    assert environment.recognition()

    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(environment.WrongSetting, match="apt-get install tesseract-ocr tesseract-ocr-vie"):
        environment.recognition()

    tesseract = tmp_path / "tesseract"
    tesseract.write_text("#!/bin/sh\necho eng\n")
    tesseract.chmod(0o755)
    with pytest.raises(environment.WrongSetting, match="tesseract-ocr-vie"):
        environment.recognition()
