"""An enclosed file loses all that tells where it comes from; its picture or words stay."""

from io import BytesIO

import pypdf
import pytest
from django.core.exceptions import ValidationError
from PIL import Image, PngImagePlugin

from trienkhai.feedback.rewriting import rewritten

SECRETS = (b"NguyenVanA", b"Canon", b"2017:03:06", b"GPS", b"CreationDate", b"Exif", b"thuong.docx")


def clean(content: bytes) -> bool:
    return not any(word in content for word in SECRETS)


def picture() -> Image.Image:
    return Image.effect_mandelbrot((60, 40), (-2, -1, 1, 1), 50).convert("RGB")


def jpeg(**words: object) -> bytes:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x013B], exif[0x0132] = "Canon", "GPS-500", "NguyenVanA", "2017:03:06 10:11:12"
    out = BytesIO()
    picture().save(out, "JPEG", exif=exif, comment=b"NguyenVanA thuong.docx", **words)
    return out.getvalue() + b"NguyenVanA behind the end"


@pytest.mark.parametrize("words", [{}, {"progressive": True}, {"quality": 100}, {"restart_marker_blocks": 2}])
def test_a_jpeg_keeps_each_pixel_and_nothing_else(words):
    source = jpeg(**words)
    assert not clean(source)

    kept, kind = rewritten(source, pages=5)

    assert kind == "jpg" and clean(kept) and not Image.open(BytesIO(kept)).getexif()
    assert Image.open(BytesIO(kept)).tobytes() == Image.open(BytesIO(source)).tobytes()


def test_a_jpeg_in_printing_colours_keeps_how_its_colours_are_told():
    out = BytesIO()
    picture().convert("CMYK").save(out, "JPEG")

    kept, _kind = rewritten(out.getvalue(), pages=5)

    assert Image.open(BytesIO(kept)).tobytes() == Image.open(BytesIO(out.getvalue())).tobytes()


def test_a_png_keeps_each_pixel_and_nothing_else():
    notes, out = PngImagePlugin.PngInfo(), BytesIO()
    notes.add_text("Author", "NguyenVanA")
    notes.add_itxt("Software", "Canon GPS")
    picture().save(out, "PNG", pnginfo=notes)
    source = out.getvalue() + b"NguyenVanA"

    kept, kind = rewritten(source, pages=5)

    assert kind == "png" and clean(kept)
    assert Image.open(BytesIO(kept)).tobytes() == Image.open(BytesIO(source)).tobytes()


def pdf(pages: int = 2, **words: str) -> bytes:
    out = BytesIO()
    sheets = [Image.new("RGB", (300, 400), (200, 30, 30)) for _n in range(pages)]
    sheets[0].save(out, "PDF", save_all=True, append_images=sheets[1:], author="NguyenVanA", title="thuong.docx")
    writer = pypdf.PdfWriter(BytesIO(out.getvalue()))
    writer.add_attachment("thuong.docx", b"NguyenVanA")
    if word := words.get("password"):
        writer.encrypt(word)
    again = BytesIO()
    writer.write(again)
    return again.getvalue()


def test_a_pdf_is_drawn_anew_page_by_page():
    source = pdf()
    assert not clean(source)

    kept, kind = rewritten(source, pages=5)

    read = pypdf.PdfReader(BytesIO(kept))
    assert kind == "pdf" and clean(kept) and not read.metadata and not read.attachments and len(read.pages) == 2
    assert read.pages[0].mediabox.width == pypdf.PdfReader(BytesIO(source)).pages[0].mediabox.width
    drawn = read.pages[0].images[0].image
    assert drawn.getpixel((50, 50))[0] > 150 > drawn.getpixel((50, 50))[1]
    assert rewritten(source, pages=5)[0] == kept, "nothing of the moment is in it"


def test_text_loses_its_mark_of_order_and_the_ends_of_lines_of_one_system():
    kept = rewritten("\ufeffĐề nghị\r\nxem xét\r".encode(), pages=5)

    assert kept == ("Đề nghị\nxem xét\n".encode(), "txt")


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 a word file",
        b"GIF89a\x01\x00",
        b"\xff\xd8\xff\xe1\x00",
        b"\xff\xd8" + b"\xff" * 50,
        jpeg()[:300],
        b"\x89PNG\r\n\x1a\n" + b"\0" * 40,
        b"\x89PNG\r\n\x1a\n",
        b"%PDF-1.7 broken",
        pdf(password="x"),
        b"   \n",
        b"\xff\xfe\x00",
        "TỐI MẬT\nNội dung".encode(),
    ],
)
def test_what_cannot_be_written_anew_is_refused_with_a_sentence(content):
    with pytest.raises(ValidationError):
        rewritten(content, pages=5)


def test_a_pdf_of_more_pages_than_allowed_is_refused():
    with pytest.raises(ValidationError, match="3"):
        rewritten(pdf(3), pages=2)
