"""A signed PDF tells whether it is intact, by whom it was signed and who vouches for the signer."""

import asyncio
import io
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from trienkhai.documents.actions import check_signatures, store_file
from trienkhai.documents.models import DocumentFile, FileSignature
from trienkhai.documents.signatures import Signature, looks_signed, signatures_of
from trienkhai.documents.tests.make import register
from trienkhai.documents.tests.make_signed import Authority, make_authority, plain_pdf, signed_pdf
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import NOON, make_holder, make_unit


@pytest.fixture(scope="module")
def authority() -> Authority:
    return make_authority()


@pytest.fixture(scope="module")
def signed(authority: Authority) -> bytes:
    return signed_pdf(authority)


def found(content: bytes, roots: Path | None = None) -> list[Signature]:
    return signatures_of(io.BytesIO(content), str(roots or ""))


def test_the_library_is_loaded_by_the_first_file_that_bears_a_signature_and_no_sooner():
    told = "import django, sys; django.setup(); import trienkhai.config.urls; print('pyhanko' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", told], check=True, capture_output=True, text=True)

    assert done.stdout.strip() == "False"


def test_signed_file_names_its_signer_and_is_intact(signed: bytes):
    [signature] = found(signed)

    assert (signature.signer, signature.organisation) == ("Nguyễn Văn Minh Họa", "Đảng ủy Khối Minh Họa")
    assert (signature.issued_by, signature.intact, signature.whole) == ("Gốc Minh Họa", True, True)
    assert (signature.trusted, signature.stamped) == (None, False)
    assert signature.signed_at is not None


def test_signer_is_vouched_for_by_a_root_of_the_installation_only(authority: Authority, signed: bytes, tmp_path: Path):
    own = authority.write_root(tmp_path / "goc")
    (own / "la.txt").write_text("không phải chứng thư")
    other = make_authority().write_root(tmp_path / "khac")

    assert [row.trusted for row in found(signed, own)] == [True]
    assert [row.trusted for row in found(signed, other)] == [False]


def test_one_changed_byte_is_seen(signed: bytes):
    place = signed.index(b"/MediaBox")
    changed = signed[:place] + signed[place:].replace(b"200", b"201", 1)

    assert [row.intact for row in found(changed)] == [False]


def test_what_was_added_after_signing_is_told(signed: bytes):
    writer = pypdf.PdfWriter(io.BytesIO(signed), incremental=True)
    writer.pages[0].rotate(90)
    target = io.BytesIO()
    writer.write(target)

    [signature] = found(target.getvalue())

    assert (signature.intact, signature.whole) == (True, False)


def test_two_signatures_come_in_their_order(authority: Authority, signed: bytes):
    second = make_authority("Trần Thị Minh Họa")

    both = found(signed_pdf(second, signed, field="Chuky2"))

    assert [row.signer for row in both] == ["Nguyễn Văn Minh Họa", "Trần Thị Minh Họa"]
    assert all(row.intact and row.whole for row in both)


def test_signature_is_checked_while_an_event_loop_runs(signed: bytes):
    async def ask() -> list[Signature]:
        return found(signed)

    with ThreadPoolExecutor(1) as thread:
        rows = thread.submit(asyncio.run, ask()).result()

    assert [row.intact for row in rows] == [True]


def test_file_without_signature_has_none_and_the_mark_is_found_across_pieces(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("trienkhai.documents.signatures.PIECE", 7)

    assert found(plain_pdf()) == []
    assert looks_signed(io.BytesIO(b"xxxxx/ByteRange [0 1]"))
    assert not looks_signed(io.BytesIO(b"xxxxx/ByteRang"))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_damage_raises(signed: bytes, data: st.DataObject):
    content = bytearray(signed)
    for place in data.draw(st.lists(st.integers(0, len(signed) - 1), min_size=1, max_size=30)):
        content[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(len(signed) // 2, len(signed)))

    rows = found(bytes(content[:cut]))

    assert all(isinstance(row, Signature) for row in rows)


@pytest.mark.django_db
def test_page_of_the_document_shows_what_was_found(authority: Authority, signed: bytes, client: Any):
    unit = make_unit()
    clerk = make_holder(unit, Role.CLERK)
    document = register(unit, clerk)
    file = store_file(io.BytesIO(signed), owner=unit, by=clerk, at=NOON, name="da-ky.pdf")
    DocumentFile.objects.create(document=document, file=file)
    client.force_login(clerk)

    check_signatures(file, at=NOON)
    check_signatures(file, at=NOON)
    shown = client.get(reverse("documents:detail", args=[document.pk])).content.decode()

    assert FileSignature.objects.count() == 1
    assert "Nguyễn Văn Minh Họa · Đảng ủy Khối Minh Họa" in shown
    assert "Đã ký số, nội dung nguyên vẹn" in shown
