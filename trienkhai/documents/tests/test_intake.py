"""Bad files meet a sentence at the field and leave nothing behind; papers that only speak of secrecy go in."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from trienkhai.documents.models import Document
from trienkhai.documents.reader.tests.make_files import (
    TEXT,
    compound_file,
    locked_pdf,
    pdf,
    tcvn3,
    vni,
    with_part,
    word,
)
from trienkhai.documents.tests.make import paper, register_file, stored
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.tests.make import Tree, make_holder
from trienkhai.people.models import Account

pytestmark = pytest.mark.django_db
SPEAK_OF_SECRECY = ("party_QD_383-QD-TW_2025.txt", "party_QD_294-QD-TW_2025_pdf.txt")


@pytest.fixture
def bloc() -> Unit:
    return Tree().bloc


@pytest.fixture
def clerk(bloc: Unit) -> Account:
    return make_holder(bloc, Role.CLERK)


def send(bloc: Unit, clerk: Account, name: str, data: bytes, **fields: Any) -> Any:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(clerk)
    client.cookies["django_language"] = "en"
    given = {"unit": bloc.pk, "book": "in", "not_secret": "on", "file": SimpleUploadedFile(name, data)}
    return client.post("/van-ban/nhan", given | fields)


def made(make: Callable[[Path], Path]) -> Callable[[Path], bytes]:
    return lambda folder: make(folder).read_bytes()


def zip_bomb(folder: Path) -> bytes:
    path = word(folder / "a.docx", TEXT)
    return with_part(path, "word/document.xml", b"<w:p/>" * 40_000_000, instead=True).read_bytes()


def archive(_folder: Path) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made_of:
        made_of.writestr("anh.txt", "không phải văn bản")
    return out.getvalue()


def macros(folder: Path) -> bytes:
    return with_part(word(folder / "a.docx", TEXT), "word/vbaProject.bin", b"macro").read_bytes()


def raw(data: bytes) -> Callable[[Path], bytes]:
    return lambda folder: data


def marked(mark: str) -> Callable[[Path], bytes]:
    return raw(paper().replace("Số 12", f"{mark}\nSố 12").encode())


@pytest.mark.parametrize(
    ("name", "make", "words"),
    [
        ("a.docx", raw(b"%PDF-1.4 khong phai docx"), "but what it holds is PDF"),
        ("a.pdf", raw(b"\x89PNG\r\n\x1a\n" + bytes(50)), "PNG"),
        ("a.txt", archive, "ZIP"),
        ("a.xlsx", raw(b"PK\x03\x04" + bytes(50)), "are not read"),
        ("a.exe", raw(b"MZ" + bytes(50)), "are not read"),
        ("khong-duoi", raw(TEXT.encode()), "are not read"),
        ("a.txt", raw(b""), "empty"),
        ("a.txt", raw(b" \n\t \n"), "blanks"),
        ("a.docx", made(lambda folder: word(folder / "a.docx", "   ")), "blanks"),
        ("a.pdf", made(lambda folder: pdf(folder / "a.pdf", "", "")), "scan"),
        ("a.pdf", made(lambda folder: locked_pdf(folder / "a.pdf", "mat-khau")), "password"),
        ("a.docx", made(lambda folder: compound_file(folder / "a.docx", "EncryptedPackage")), "password"),
        ("a.doc", made(lambda folder: compound_file(folder / "a.doc", "WordDocument")), "old Word"),
        ("a.docx", zip_bomb, "unpacks to far more"),
        ("a.docx", archive, "holds is ZIP"),
        ("a.docm", raw(b"PK\x03\x04" + bytes(50)), "macros"),
        ("a.docx", macros, "macros"),
        ("a.txt", raw(TEXT.encode() + b"\x00\x00"), "NUL"),
        ("a.txt", raw(TEXT.encode()[:-2] + b"\xff\xfe\xfa"), "UTF-8"),
        ("a.txt", marked("MẬT"), "“MẬT”"),
        ("a.txt", marked("TỐI MẬT"), "“TỐI MẬT”"),
        ("a.txt", marked("TUYỆT MẬT"), "“TUYỆT MẬT”"),
        ("a.docx", made(lambda folder: word(folder / "a.docx", "TỐI MẬT", *paper().splitlines())), "“TỐI MẬT”"),
        ("a.svg", raw(b"<svg onload='x'/>"), "are not read"),
    ],
)
def test_a_bad_file_is_named_at_the_field_and_nothing_is_stored(
    bloc: Unit, clerk: Account, tmp_path: Path, name: str, make: Callable[[Path], bytes], words: str
):
    before = stored()

    response = send(bloc, clerk, name, make(tmp_path))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["file"]
    assert words in str(response.context["form"].errors["file"])
    assert stored() == before


def test_a_file_over_the_limit_is_named_and_not_kept(bloc: Unit, clerk: Account, settings: Any):
    settings.MAX_UPLOAD_BYTES = 1024 * 1024
    before = stored()

    response = send(bloc, clerk, "a.txt", TEXT.encode() + b" " * 1024 * 1024)

    assert response.status_code == 422
    assert "larger than 1 MB" in str(response.context["form"].errors["file"])
    assert stored() == before


def test_a_good_file_without_the_declaration_is_not_kept(bloc: Unit, clerk: Account):
    before = stored()

    response = send(bloc, clerk, "a.txt", paper().encode(), not_secret="")

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["not_secret"])
    assert stored() == before


@pytest.mark.parametrize(("encode", "named"), [(tcvn3, "TCVN3"), (vni, "VNI")])
def test_old_encodings_are_converted_and_named_or_refused_by_name(
    bloc: Unit, clerk: Account, encode: Callable[[str], bytes], named: str
):
    response = send(bloc, clerk, "cu.txt", encode(TEXT * 3))

    if response.status_code == 422:
        assert named in str(response.context["form"].errors["file"])
        assert not Document.objects.exists()
    else:
        text = Document.objects.get().texts.get()
        assert "chất lượng sinh hoạt chi bộ" in text.text
        assert any(named in row["sentence"] for row in text.warnings)


@pytest.mark.parametrize("name", SPEAK_OF_SECRECY)
def test_papers_that_only_speak_of_secrecy_are_accepted(bloc: Unit, clerk: Account, corpus: Path, name: str):
    text = (corpus / name).read_text(encoding="utf-8")

    assert register_file(bloc, clerk, text=text, name=name).texts.exists()


@pytest.mark.corpus
def test_every_document_of_the_set_can_be_registered_and_read(bloc: Unit, clerk: Account, corpus: Path):
    client = Client()
    client.force_login(clerk)

    for path in sorted(corpus.glob("*.txt")):
        document = register_file(bloc, clerk, text=path.read_text(encoding="utf-8"), name=path.name)
        assert client.get(f"/van-ban/{document.pk}").status_code == 200, path.name


def test_a_pasted_text_of_many_megabytes_is_answered_with_a_sentence(bloc: Unit, clerk: Account):
    before = stored()

    response = send(bloc, clerk, "a.txt", b"", file="", text="a" * 6_000_000)

    assert response.status_code == 400
    assert "alone wide" in response.content.decode()
    assert stored() == before
