"""Real files for the tests, each made on the spot. Every name and text in them is invented."""

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pypdf

TEXT = """ĐẢNG BỘ KHỐI MINH HỌA
ĐẢNG ỦY
*
Số 07-KH/ĐUMH
KẾ HOẠCH
thực hiện nghị quyết về nâng cao chất lượng sinh hoạt chi bộ
1. Các đảng ủy trực thuộc quán triệt nghị quyết, hoàn thành trong quý I năm 2017.
2. Văn phòng Đảng ủy theo dõi, đôn đốc, tổng hợp kết quả và báo cáo Ban Thường vụ trước ngày 15 tháng 12 năm 2017.
"""
TCVN3 = {"ă": 0xA8, "â": 0xA9, "ê": 0xAA, "ô": 0xAB, "ơ": 0xAC, "ư": 0xAD, "đ": 0xAE, "Ă": 0xA1, "Â": 0xA2, "Ê": 0xA3,
         "Ô": 0xA4, "Ơ": 0xA5, "Ư": 0xA6, "Đ": 0xA7, "à": 0xB5, "ả": 0xB6, "ã": 0xB7, "á": 0xB8, "ạ": 0xB9, "ằ": 0xBB,
         "ẳ": 0xBC, "ẵ": 0xBD, "ắ": 0xBE, "ặ": 0xC6, "ầ": 0xC7, "ẩ": 0xC8, "ẫ": 0xC9, "ấ": 0xCA, "ậ": 0xCB, "è": 0xCC,
         "ẻ": 0xCE, "ẽ": 0xCF, "é": 0xD0, "ẹ": 0xD1, "ề": 0xD2, "ể": 0xD3, "ễ": 0xD4, "ế": 0xD5, "ệ": 0xD6, "ì": 0xD7,
         "ỉ": 0xD8, "ĩ": 0xDC, "í": 0xDD, "ị": 0xDE, "ò": 0xDF, "ỏ": 0xE1, "õ": 0xE2, "ó": 0xE3, "ọ": 0xE4, "ồ": 0xE5,
         "ổ": 0xE6, "ỗ": 0xE7, "ố": 0xE8, "ộ": 0xE9, "ờ": 0xEA, "ở": 0xEB, "ỡ": 0xEC, "ớ": 0xED, "ợ": 0xEE, "ù": 0xEF,
         "ủ": 0xF1, "ũ": 0xF2, "ú": 0xF3, "ụ": 0xF4, "ừ": 0xF5, "ử": 0xF6, "ữ": 0xF7, "ứ": 0xF8, "ự": 0xF9, "ỳ": 0xFA,
         "ỷ": 0xFB, "ỹ": 0xFC, "ý": 0xFD, "ỵ": 0xFE}  # fmt: skip


def tcvn3(text: str) -> bytes:
    """As an ABC keyboard stored it: a capital with a tone has the code of the small letter."""
    return bytes(TCVN3.get(c) or TCVN3.get(c.lower()) or ord(c) for c in text)


def vni(text: str) -> bytes:
    """As a VNI keyboard stored it: a letter, then its mark as a Western letter of its own."""
    pairs = {base + mark: letter for (base, mark), letter in _vni_letters().items()}
    codes = {letter: pair for pair, letter in pairs.items()} | dict(zip("ơưđíìỉĩịỵƠƯĐÍÌỈĨỊỴ", "ôöñíìæóòîÔÖÑÍÌÆÓÒÎ"))
    return "".join(codes.get(c, c) for c in text).encode("latin-1")


def _vni_letters() -> dict[tuple[str, str], str]:
    plain = {"a": "áàảãạ", "e": "éèẻẽẹ", "o": "óòỏõọ", "u": "úùủũụ", "y": "ýỳỷỹ", "ô": "ớờởỡợ", "ö": "ứừửữự"}
    hats = {"a": "ấầẩẫậâ", "e": "ếềểễệê", "o": "ốồổỗộô"}
    letters = {(base, mark): letter for base, row in plain.items() for mark, letter in zip("ùøûõï", row)}
    letters |= {(base, mark): letter for base, row in hats.items() for mark, letter in zip("áàåãäâ", row)}
    letters |= {("a", mark): letter for mark, letter in zip("éèúüëê", "ắằẳẵặă")}
    return letters | {(base.upper(), mark.upper()): letter.upper() for (base, mark), letter in letters.items()}


def word(path: Path, *lines: str, build: Callable[[docx.document.Document], None] | None = None) -> Path:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    if build:
        build(document)
    document.save(str(path))
    return path


def with_part(path: Path, name: str, data: bytes, *, instead: bool = False) -> Path:
    """The same package with a part more, or with a part's content changed."""
    with zipfile.ZipFile(path) as old:
        parts = {
            entry.filename: old.read(entry) for entry in old.infolist() if not (instead and entry.filename == name)
        }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for part, content in (parts | {name: data}).items():
            new.writestr(part, content)
    return path


def compound_file(path: Path, *streams: str) -> Path:
    """A small OLE file whose directory names the streams: what a password-locked .docx and an old .doc both are."""
    names = ["Root Entry", *streams]
    directory = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0")
        + struct.pack("<HBB", 2 * len(name) + 2, 5 if i == 0 else 2, 1)
        + struct.pack("<III", 0xFFFFFFFF, i + 2 if 0 < i < len(names) - 1 else 0xFFFFFFFF, 1 if i == 0 else 0xFFFFFFFF)
        + bytes(36)
        + struct.pack("<IQ", 0xFFFFFFFE, 0)
        for i, name in enumerate(names)
    ).ljust(512, b"\0")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack("<I", 0)
    table = struct.pack("<II", 0xFFFFFFFD, 0xFFFFFFFE).ljust(512, b"\xff")
    path.write_bytes(header.ljust(512, b"\xff") + table + directory)
    return path


def pdf(path: Path, *pages: str) -> Path:
    """A PDF with a text layer, one string a page; an empty string is a page with a picture only, as a scanner makes."""
    letters = sorted(set("".join(pages)) - {"\n"})
    cmap = "".join(f"<{i + 1:04x}> <{ord(c):04x}>\n" for i, c in enumerate(letters))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{7 + 2 * i} 0 R' for i in range(len(pages)))}] >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /Sample /Encoding /Identity-H /DescendantFonts [4 0 R]"
        " /ToUnicode 6 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Sample"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor 5 0 R /DW 600 >>",
        "<< /Type /FontDescriptor /FontName /Sample /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 900"
        " /Descent -200 /CapHeight 700 /StemV 80 >>",
        _stream(f"/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <0000> <ffff>\n"
                f"endcodespacerange {len(letters)} beginbfchar\n{cmap}endbfchar endcmap end end"),
    ]  # fmt: skip
    for i, page in enumerate(pages):
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>"
            f" /Contents {8 + 2 * i} 0 R >>",
            _stream(
                _lines(page, letters)
                if page
                else "q 500 0 0 700 40 60 cm BI /W 2 /H 2 /CS /G /BPC 8 ID \x00\x7f\x7f\x00 EI Q"
            ),
        ]
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1"))
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.write("".join(f"{place:010d} 00000 n \n" for place in places).encode())
    out.write(f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode())
    path.write_bytes(out.getvalue())
    return path


def _stream(content: str) -> str:
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"


def _lines(page: str, letters: list[str]) -> str:
    shown = (f"<{''.join(f'{letters.index(c) + 1:04x}' for c in line)}> Tj T*" for line in page.splitlines())
    return "BT /F1 8 Tf 12 TL 40 800 Td " + " ".join(shown) + " ET"


def locked_pdf(path: Path, password: str) -> Path:
    pdf(path, TEXT)
    writer = pypdf.PdfWriter(clone_from=path)
    writer.encrypt(password)
    writer.write(path)
    return path
