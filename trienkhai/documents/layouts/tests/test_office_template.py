"""Templates of an office: what may stand in one, and that the built-in one is read back like any paper."""

import zipfile
from io import BytesIO

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE

from trienkhai.documents.layouts.composing import compose
from trienkhai.documents.layouts.docx_file import write_docx
from trienkhai.documents.layouts.office_template import Faulty, check_template, fill_template, starting_template
from trienkhai.documents.layouts.spec import Layout
from trienkhai.documents.layouts.tests.papers import LAYOUTS
from trienkhai.documents.layouts.tests.test_geometry import layout, paper
from trienkhai.documents.layouts.tests.test_round_trip import header_read, header_written, read_back

__all__ = ["layout"]
ATTACHED = RELATIONSHIP_TYPE.HYPERLINK.replace("hyperlink", "attachedTemplate")
WHOLE = ("{{ number }}", "{{ title }}", "{{ body }}", "{{ signer_name }}")


def word(*lines: str, change=None) -> bytes:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    if change:
        change(document)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def fault_of(content: bytes) -> str:
    with pytest.raises(Faulty) as told:
        check_template(content)
    assert told.value.sentence % told.value.params
    return told.value.code


def test_a_template_with_the_needed_names_passes():
    check_template(
        word(
            *WHOLE, "{% if urgency %}{{ urgency }}{% endif %}", "{%p for r in recipients %}", "{{ r }}", "{%p endfor %}"
        )
    )


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{{ ''.__class__.__mro__ }}", "expression"),
        ("{{ title.upper() }}", "expression"),
        ("{{ title|length }}", "expression"),
        ("{{ 9**9**9 }}", "expression"),
        ("{{ title * 99999999 }}", "expression"),
        ("{% for x in range(10**9) %}{% endfor %}", "expression"),
        ("{% for x in title %}{{ x }}{% endfor %}", "expression"),
        ("{% for a in recipients %}{% for b in recipients %}{% endfor %}{% endfor %}", "expression"),
        ("{% set title = 'x' %}", "expression"),
        ("{% include 'secret' %}", "expression"),
        ("{% macro m() %}{% endmacro %}", "expression"),
        ("{{ password }}", "unknown"),
        ("{{ title", "syntax"),
        ("{% if title %}", "syntax"),
        ("{% endfor %}", "syntax"),
    ],
)
def test_what_does_not_belong_in_a_template_is_refused(line: str, code: str):
    assert fault_of(word(*WHOLE, line)) == code


def test_a_template_that_leaves_out_what_every_document_needs_is_refused():
    assert fault_of(word("{{ number }}", "{{ title }}")) == "missing"


def test_a_placeholder_in_a_page_header_is_looked_over_too():
    def change(document) -> None:
        document.sections[0].header.paragraphs[0].text = "{{ cycler.__init__ }}"

    assert fault_of(word(*WHOLE, change=change)) == "expression"


def test_a_link_to_a_template_elsewhere_is_refused_and_a_hyperlink_is_not():
    def attached(document) -> None:
        document.part.relate_to("http://vi-du.invalid/mau.dotm", ATTACHED, is_external=True)

    def hyperlink(document) -> None:
        document.part.relate_to("http://vi-du.invalid", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)

    assert fault_of(word(*WHOLE, change=attached)) == "parts"
    check_template(word(*WHOLE, change=hyperlink))


def test_an_embedded_object_is_refused():
    out = BytesIO(word(*WHOLE))
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("word/embeddings/oleObject1.bin", b"x")

    assert fault_of(out.getvalue()) == "parts"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not a zip"])
def test_what_is_no_word_file_is_refused(content: bytes):
    assert fault_of(content) == "damaged"


def test_the_body_must_stand_alone_in_a_paragraph():
    content = word("{{ number }} {{ title }} {{ signer_name }}", "Nội dung: {{ body }}")

    with pytest.raises(Faulty) as told:
        fill_template(content, paper(LAYOUTS["HD 05-HD/VPTW"]))

    assert told.value.code == "body"


def test_words_of_a_draft_are_never_carried_out():
    filled = fill_template(word(*WHOLE), paper(LAYOUTS["HD 05-HD/VPTW"], title="{{ 7 * 7 }} {% if %} <w:p>&"))

    assert "{{ 7 * 7 }} {% if %} <w:p>&" in [p.text for p in Document(BytesIO(filled)).paragraphs]


@pytest.mark.parametrize("kind", ["plan", "decision"])
def test_the_built_in_template_filled_is_read_back_without_a_difference(layout: Layout, kind: str):
    composition = paper(layout, kind, urgency="Khẩn")
    template = write_docx(starting_template(layout))

    filled = read_back(fill_template(template, composition), "docx")

    assert header_read(filled) == header_written(composition.paper, composition)
    assert header_read(filled) == header_read(read_back(write_docx(compose(composition.paper, layout)), "docx"))
