"""The text of a PDF: by its tags where it has them, else the text layer line by line, as PDFium puts them in order."""

import threading
from typing import BinaryIO

import pypdfium2

from .pdf_tags import tagged_pages
from .refusals import Remark, Unreadable

PDF = "application/pdf"
PAGE_LIMIT = 3000
FEW_LETTERS = 25
one_at_a_time = threading.Lock()  # PDFium is not safe for threads


def read_pdf(stream: BinaryIO) -> tuple[str, str, list[Remark]]:
    """Pages joined by a form feed; the whole first page where the tags leave its head out; remarks.

    A remark tells when some pages are pictures only.

    Raises Unreadable: encrypted (a password is asked for), scan (no page has letters), damaged.
    """
    with one_at_a_time:
        pages, first = _pages(stream)
    letters = [sum(map(str.isalpha, page)) for page in pages]
    without = sum(count < FEW_LETTERS for count in letters)
    if sum(letters) < FEW_LETTERS or (without == len(pages) and sum(letters) < FEW_LETTERS * 2):
        raise Unreadable("scan", pages=len(pages))
    few = {"count": without, "pages": len(pages)}
    return "\f".join(pages), first, [Remark("pages_without_text", few)] if without > 1 else []


def _pages(stream: BinaryIO) -> tuple[list[str], str]:
    try:
        document = pypdfium2.PdfDocument(stream)
    except pypdfium2.PdfiumError as error:
        raise Unreadable("encrypted" if "password" in str(error).lower() else "damaged") from None
    try:
        if len(document) > PAGE_LIMIT:
            raise Unreadable("damaged")
        if tagged := tagged_pages(document):
            return tagged, _text_of(document, 0)
        return [_text_of(document, number) for number in range(len(document))], ""
    except pypdfium2.PdfiumError:
        raise Unreadable("damaged") from None
    finally:
        document.close()


def _text_of(document: pypdfium2.PdfDocument, number: int) -> str:
    page = document[number]
    words = page.get_textpage()
    try:
        return words.get_text_range().replace("\r\n", "\n").replace("\x02", "-") + "\n"
    finally:
        words.close()
        page.close()
