import io
import unicodedata
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml

from trienkhai.documents.reader import read_text
from trienkhai.documents.reader.files import DOCX, open_document
from trienkhai.documents.reader.refusals import REMARKS, SENTENCES, Unreadable

from .make_files import TEXT, compound_file, locked_pdf, pdf, tcvn3, vni, with_part, word

LINES = TEXT.splitlines()
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def refused(*arguments, **named) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        open_document(*arguments, **named)
    assert str(caught.value) == caught.value.sentence % caught.value.params
    return caught.value


def stream(data: bytes) -> io.BytesIO:
    return io.BytesIO(data)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "A.TXT"])
def test_plain_text_is_read_as_it_is(name):
    intake = open_document(stream(TEXT.encode()), name)

    assert (intake.text, intake.encoding, intake.warnings) == (TEXT, "utf-8", [])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_encodings_of_today_are_accepted(encoding):
    assert open_document(stream(TEXT.encode(encoding)), "a.txt").text == TEXT


def test_windows_line_ends_and_decomposed_letters_come_out_in_one_form():
    data = unicodedata.normalize("NFD", TEXT).replace("\n", "\r\n").encode()

    assert open_document(stream(data), "a.txt").text == TEXT


def test_a_letterhead_laid_out_by_a_table_of_a_web_page_keeps_its_lines():
    page = """<table><tr><td><b>UBND TỈNH MINH HỌA<br/>SỞ THỬ NGHIỆM<br/>-----</b></td>
    <td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br/>Độc lập - Tự do - Hạnh phúc</td></tr><tr><td>Số: 12/KH-STN</td>
    <td><i>Minh Họa, ngày 07 tháng 4 năm 2031</i></td></tr></table><p>KẾ HOẠCH</p><p>VỀ VIỆC MẪU</p><p>Nội dung.</p>
    <table><tr><td>Nơi nhận:<br/>- UBND tỉnh;<br/>- Lưu: VT.</td><td>GIÁM ĐỐC<br/><br/>Lê Thị Ví Dụ</td></tr></table>"""

    reading = read_text(open_document(stream(page.encode()), "a.html").text)

    assert (reading.issuer, reading.issuer_parent) == ("Sở Thử nghiệm", "UBND tỉnh Minh Họa")
    assert (reading.symbol, reading.date, reading.title) == ("12/KH-STN", "2031-04-07", "VỀ VIỆC MẪU")
    assert (reading.recipients, reading.signer.name) == (["UBND tỉnh", "Lưu: VT"], "Lê Thị Ví Dụ")


def test_a_web_page_gives_its_words_and_its_tables_by_rows():
    page = """<!DOCTYPE html><html><head><title>x</title><style>p {}</style></head><body>
    <script>alert("không đọc")</script>
    <p>ĐẢNG BỘ KHỐI <b>MINH HỌA</b></p><p>Số 07-KH/ĐUMH<br>Nơi ban hành</p>
    <table><tr><th>TT</th><th>Nhiệm vụ</th><th>Hạn</th></tr><tr><td>1</td>
    <td><p>Quán triệt</p><p>nghị quyết</p></td><td>2031</td></tr></table>
    <p>Chủ trì &amp; phối hợp</p></body></html>"""

    text = open_document(stream(page.encode()), "a.html").text

    assert [line for line in text.splitlines() if line] == [
        "ĐẢNG BỘ KHỐI MINH HỌA",
        "Số 07-KH/ĐUMH",
        "Nơi ban hành",
        "TT | Nhiệm vụ | Hạn",
        "1 | Quán triệt nghị quyết | 2031",
        "Chủ trì & phối hợp",
    ]


@pytest.mark.parametrize("broken", ["<a ", "<!--", '<a b="', "</", "<tr><td>", "<![CDATA[", "<div>", "&"])
def test_a_page_of_broken_tags_ends_in_its_words_or_in_a_refusal(broken):
    page = "<p>ĐẢNG BỘ KHỐI MINH HỌA</p>" + broken * 50_000

    try:
        assert open_document(stream(page.encode()), "a.html").text.startswith("ĐẢNG BỘ KHỐI MINH HỌA")
    except Unreadable as why:
        assert why.code == "damaged"


def test_a_word_document_keeps_paragraphs_and_tables_in_reading_order(tmp_path):
    def build(document):
        table = document.add_table(rows=2, cols=3)
        for cell, words in zip(
            [c for row in table.rows for c in row.cells], ["TT", "Nhiệm vụ", "Thời hạn", "1", "", "quý I"]
        ):
            cell.text = words
        table.cell(1, 1).text = "Xây dựng\nkế hoạch"
        document.add_paragraph("Nơi nhận:")

    intake = open_document(word(tmp_path / "a.docx", *LINES[:3], build=build))

    assert intake.media_type == DOCX
    assert intake.text.splitlines() == [
        *LINES[:3],
        "TT | Nhiệm vụ | Thời hạn",
        "1 | Xây dựng kế hoạch | quý I",
        "Nơi nhận:",
    ]


def test_the_two_columns_of_a_letterhead_keep_their_own_lines(tmp_path):
    def build(document):
        row = document.add_table(rows=1, cols=2).rows[0].cells
        row[0].text, row[1].text = (
            "ĐẢNG BỘ KHỐI MINH HỌA\nSố 07-KH/ĐUMH",
            "ĐẢNG CỘNG SẢN VIỆT NAM\nMinh Họa, ngày 20 tháng 01 năm 2017",
        )

    text = open_document(word(tmp_path / "a.docx", build=build)).text

    assert text == (
        "ĐẢNG BỘ KHỐI MINH HỌA\nSố 07-KH/ĐUMH | ĐẢNG CỘNG SẢN VIỆT NAM\nMinh Họa, ngày 20 tháng 01 năm 2017\n"
    )


def test_deleted_words_of_tracked_changes_are_left_out_and_inserted_ones_kept(tmp_path):
    def build(document):
        document.add_paragraph("Hạn ")._p.append(parse_xml(f"<w:ins {W}><w:r><w:t>quý II</w:t></w:r></w:ins>"))
        document.paragraphs[-1]._p.append(parse_xml(f"<w:del {W}><w:r><w:delText>quý I</w:delText></w:r></w:del>"))

    assert open_document(word(tmp_path / "a.docx", build=build)).text == "Hạn quý II\n"


def test_numbers_that_word_writes_itself_are_read(tmp_path):
    def build(document):
        for words in ("Quán triệt nghị quyết", "Kiểm tra, giám sát"):
            document.add_paragraph(words, style="List Number")
        document.add_paragraph("Chi bộ trực thuộc", style="List Bullet")

    text = open_document(word(tmp_path / "a.docx", build=build)).text

    assert text.splitlines() == ["1. Quán triệt nghị quyết", "2. Kiểm tra, giám sát", "- Chi bộ trực thuộc"]


def test_a_text_layer_of_a_pdf_is_read_line_by_line(tmp_path):
    intake = open_document(pdf(tmp_path / "a.pdf", TEXT, TEXT))

    pages = intake.text.split("\f")
    assert [page.split("\n")[:8] for page in pages] == [LINES, LINES]
    assert intake.warnings == []


def test_pages_of_a_pdf_without_letters_are_told(tmp_path):
    intake = open_document(pdf(tmp_path / "a.pdf", TEXT, "", ""))

    assert [remark.code for remark in intake.warnings] == ["pages_without_text"]
    assert str(intake.warnings[0]) == "2 of 3 pages hold no letters. What stands on them was not read."


@pytest.mark.parametrize("name", ["a.docx", "a.pdf", "a.txt", "a.html"])
def test_an_empty_file_is_refused(name):
    assert refused(stream(b""), name).code == "empty"


@pytest.mark.parametrize("data", [b"  \n\t\r\n ", "\ufeff \u00a0\n".encode(), b"<html><body>  </body></html>"])
def test_a_file_of_blanks_is_refused(data):
    assert refused(stream(data), "a.html").code == "blank"


def test_an_empty_word_document_is_refused(tmp_path):
    assert refused(word(tmp_path / "a.docx", "", " ")).code == "blank"


def test_a_file_that_is_not_what_its_name_says_is_refused(tmp_path):
    document = word(tmp_path / "a.docx", *LINES).read_bytes()
    paper = pdf(tmp_path / "a.pdf", TEXT).read_bytes()
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as package:
        package.writestr("anh.txt", "x")

    for data, name, actual in [
        (document, "a.pdf", "ZIP"),
        (document, "a.txt", "ZIP"),
        (paper, "a.docx", "PDF"),
        (paper, "a.txt", "PDF"),
        (TEXT.encode(), "a.docx", "text"),
        (TEXT.encode(), "a.pdf", "text"),
        (archive.getvalue(), "a.docx", "ZIP"),
        (b"{\\rtf1 x}", "a.txt", "RTF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "a.pdf", "PNG"),
        (b"MZ" + bytes(100), "a.docx", "EXE"),
    ]:
        why = refused(stream(data), name)
        assert (why.code, why.params["actual"]) == ("name_mismatch", actual), name


@pytest.mark.parametrize("name", ["a.exe", "a", "a.xlsx", "a.docx.zip"])
def test_kinds_that_are_not_read_are_named(name):
    assert refused(stream(b"abc"), name).code == "unsupported"


def test_a_scan_without_letters_is_called_a_scan(tmp_path):
    why = refused(pdf(tmp_path / "a.pdf", "", ""))

    assert why.code == "scan"
    assert "scan" in str(why)


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)

    assert str(refused(path)) == "The file is larger than 50 MB."
    assert refused(stream(TEXT.encode()), "a.txt", limit=100).code == "too_large"


def test_a_pdf_that_asks_for_a_password_is_refused(tmp_path):
    assert refused(locked_pdf(tmp_path / "a.pdf", "mat khau")).code == "encrypted"


def test_a_pdf_that_opens_without_a_password_is_read(tmp_path):
    assert "KẾ HOẠCH" in open_document(locked_pdf(tmp_path / "a.pdf", "")).text


def test_a_word_document_with_a_password_is_refused(tmp_path):
    path = compound_file(tmp_path / "a.docx", "EncryptedPackage", "EncryptionInfo")

    assert refused(path).code == "encrypted"


def test_old_word_is_told_to_be_saved_anew(tmp_path):
    for name in ("a.doc", "a.docx"):
        assert refused(compound_file(tmp_path / name, "WordDocument", "1Table")).code == "old_word"


def test_a_package_with_locked_entries_is_refused(tmp_path):
    path = word(tmp_path / "a.docx", *LINES)
    data = bytearray(path.read_bytes())
    for sign, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = data.find(sign)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(sign, at + 1)

    assert refused(stream(bytes(data)), "a.docx").code == "encrypted"


def test_a_zip_bomb_is_refused_by_what_it_declares(tmp_path):
    path = with_part(word(tmp_path / "a.docx", *LINES), "word/media/x.bin", bytes(20 * 1024 * 1024))

    assert path.stat().st_size < 100_000
    assert refused(path).code == "zip_bomb"


def test_a_zip_bomb_that_declares_too_little_is_refused(tmp_path):
    body = f"<w:document {W}><w:body><w:p><w:r><w:t>{'a' * 5_000_000}</w:t></w:r></w:p></w:body></w:document>"
    path = with_part(word(tmp_path / "a.docx", *LINES), "word/document.xml", body.encode(), instead=True)
    data = path.read_bytes()
    lied = data.replace(len(body).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert lied != data

    assert refused(stream(lied), "a.docx").code in ("zip_bomb", "damaged")


def test_a_package_of_too_many_entries_is_refused(tmp_path):
    path = word(tmp_path / "a.docx", *LINES)
    with zipfile.ZipFile(path, "a") as package:
        for number in range(5001):
            package.writestr(f"word/media/{number}", "")

    assert refused(path).code == "zip_bomb"


def test_macros_are_refused_under_either_name(tmp_path):
    path = with_part(word(tmp_path / "a.docx", *LINES), "word/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    content_types = zipfile.ZipFile(path).read("[Content_Types].xml")
    enabled = content_types.replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    declared = with_part(word(tmp_path / "b.docx", *LINES), "[Content_Types].xml", enabled, instead=True)

    assert refused(path).code == "macros"
    assert refused(path, "a.docm").code == "macros"
    assert refused(declared).code == "macros"


def test_entities_in_a_word_document_are_refused_and_never_resolved(tmp_path):
    secret = tmp_path / "bi-mat.txt"
    secret.write_text("không được đọc")
    laughs = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    for declared in (f'<!ENTITY e9 SYSTEM "file://{secret}">', f'<!ENTITY e0 "ha">{laughs}'):
        body = f"<!DOCTYPE w [{declared}]>"
        body += f"<w:document {W}><w:body><w:p><w:r><w:t>&e9;</w:t></w:r></w:p></w:body></w:document>"
        path = with_part(word(tmp_path / "a.docx", *LINES), "word/document.xml", body.encode(), instead=True)

        assert refused(path).code == "entities"


def test_entities_hidden_behind_a_long_comment_give_no_letters(tmp_path):
    secret = tmp_path / "bi-mat.txt"
    secret.write_text("không được đọc")
    body = (
        f'<!--{" " * 70_000}--><!DOCTYPE w [<!ENTITY e SYSTEM "file://{secret}">]>'
        f"<w:document {W}><w:body><w:p><w:r><w:t>Một &e; hai</w:t></w:r></w:p></w:body></w:document>"
    )
    path = with_part(word(tmp_path / "a.docx", *LINES), "word/document.xml", body.encode(), instead=True)

    assert refused(path).code == "entities"


@pytest.mark.parametrize("data", [b"abc\0def", TEXT.encode() + b"\0", bytes(range(256)) * 4, b"\xff\xfea"])
def test_nul_bytes_are_refused(data):
    assert refused(stream(data), "a.txt").code in ("nul_bytes", "broken_text")


def test_broken_utf8_is_refused_at_its_place():
    why = refused(stream(TEXT.encode()[:60] + b"\xc3\x28" + TEXT.encode()[60:]), "a.txt")

    assert (why.code, why.params["position"]) == ("broken_text", 60)


@pytest.mark.parametrize(("written", "name"), [(tcvn3, "tcvn3"), (vni, "vni")])
def test_old_vietnamese_encodings_are_named_and_converted(written, name):
    intake = open_document(stream(written(TEXT)), "a.txt")

    assert (intake.encoding, [remark.code for remark in intake.warnings]) == (name, [f"converted_{name}"])
    assert "trực thuộc quán triệt nghị quyết, hoàn thành trong quý I năm 2017" in intake.text


@pytest.mark.parametrize("written", [tcvn3, vni])
def test_old_encodings_inside_a_word_document_are_converted_too(tmp_path, written):
    lines = [written(line).decode("latin-1") for line in LINES]

    intake = open_document(word(tmp_path / "a.docx", *lines))

    assert intake.text.splitlines()[-1] == LINES[-1]
    assert len(intake.warnings) == 1


def test_an_old_encoding_that_does_not_convert_cleanly_is_refused_by_name():
    foreign = "Müller Ñandú cañón façade señor garçon Übung Größe naïveté Ærø "

    why = refused(stream(tcvn3(TEXT) + foreign.encode("latin-1")), "a.txt")

    assert (why.code, "TCVN3" in str(why)) == ("tcvn3", True)


@pytest.mark.parametrize("cut", [3, 30, 300, -50])
@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_a_file_cut_short_is_refused_as_damaged_or_read(tmp_path, cut, kind):
    path = word(tmp_path / "a.docx", *LINES) if kind == "docx" else pdf(tmp_path / "a.pdf", TEXT)

    try:
        open_document(stream(path.read_bytes()[:cut]), path.name)
    except Unreadable as why:
        assert why.code in ("damaged", "name_mismatch", "scan", "broken_text")


def test_a_mark_in_a_page_header_of_a_word_document_is_seen(tmp_path):
    def build(document):
        document.sections[0].header.paragraphs[0].text = "TỐI MẬT"

    assert open_document(word(tmp_path / "a.docx", *LINES, build=build)).secrecy == "TỐI MẬT"
    assert open_document(word(tmp_path / "b.docx", *LINES)).secrecy is None


def test_a_mark_in_a_text_box_is_seen(tmp_path):
    def build(document):
        box = (
            f'<w:r {W} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:textbox><w:txbxContent>'
            "<w:p><w:r><w:t>MẬT</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        )
        document.paragraphs[2]._p.append(parse_xml(box))

    assert open_document(word(tmp_path / "a.docx", *LINES, build=build)).secrecy == "MẬT"


def test_a_document_of_many_pages_is_read_whole(tmp_path):
    document = docx.Document()
    for number in range(3000):
        document.add_paragraph(f"Nhiệm vụ số {number}")
    document.save(str(tmp_path / "a.docx"))

    assert open_document(tmp_path / "a.docx").text.count("Nhiệm vụ số") == 3000


def test_every_sentence_has_its_vietnamese():
    from babel.messages.pofile import read_po

    import trienkhai

    path = Path(trienkhai.__file__).parent / "locale" / "vi" / "LC_MESSAGES" / "django.po"
    with path.open("rb") as source:
        catalogue = read_po(source)
    for sentence in [*SENTENCES.values(), *REMARKS.values()]:
        message = catalogue.get(sentence)
        assert message is not None and message.string, sentence


@pytest.mark.corpus
def test_the_originals_of_the_private_set_give_the_words_of_their_texts(corpus):
    originals = sorted((corpus / "original").iterdir())

    for path in originals:
        intake = open_document(path)
        assert intake.text.split() == (corpus / f"{path.stem}.txt").read_text("utf-8").split(), path.name
        assert (intake.secrecy, intake.warnings) == (None, []), path.name
    assert originals
