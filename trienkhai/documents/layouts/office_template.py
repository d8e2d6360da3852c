"""A template of an office's own: a .docx with placeholders in double braces, looked over before it is kept.

Only names of the table below, `for` over the lists and `if` may stand in it; no attribute is read, nothing is called.
"""

import io
import zipfile
from collections.abc import Iterator

from docx.document import Document as Docx
from docxtpl import DocxTemplate
from jinja2 import TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from trienkhai.documents.layouts.composing import Block, Composition, Line, Paper
from trienkhai.documents.layouts.docx_file import with_fixed_times, write_body
from trienkhai.documents.layouts.markup import Piece
from trienkhai.documents.layouts.spec import Layout, LineSpec

SINGLE = (
    "parent", "issuer", "number", "dateline", "type", "on_behalf", "title", "subject", "urgency", "circulation",
    "signer_role", "signer_name", "note", "body",
)  # fmt: skip
LISTS = ("addressees", "recipients", "authority")
NAMES = (*SINGLE, *LISTS)
NEEDED = ("number", "title", "body", "signer_name")
BODY_MARK = "\ue000body\ue000"
_SAFE_NODES = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.For, nodes.If, nodes.Not, nodes.And, nodes.Or,
    nodes.Const,
)  # fmt: skip
_REFUSED_PARTS = ("word/embeddings/", "word/activex/", "word/vbaproject", "word/vbadata")


def gettext_noop(text: str) -> str:
    """Marks a sentence for the translators and leaves it as it is."""
    return text


SENTENCES = {
    "damaged": gettext_noop("The template cannot be opened as a Word document (.docx)."),
    "parts": gettext_noop("The template carries macros, embedded objects or links to other files. Remove them."),
    "syntax": gettext_noop(
        "A placeholder of the template is not written correctly: braces must be closed, “for” ends with “endfor”, "
        "“if” ends with “endif”."
    ),
    "expression": gettext_noop(
        "The template may hold the names of the table, “if”, and “for” over its lists, one inside no other; nothing "
        "else."
    ),
    "unknown": gettext_noop("The template names what no document has: %(words)s"),
    "missing": gettext_noop("The template leaves out what every document needs: %(words)s"),
    "body": gettext_noop("{{ body }} must stand alone in a paragraph of its own, outside tables."),
}


class Faulty(ValueError):
    """A template that is not kept. `sentence` is a msgid, to be filled with `params`."""

    def __init__(self, code: str, words: str = "") -> None:
        super().__init__(code)
        self.code, self.params = code, {"words": words}

    @property
    def sentence(self) -> str:
        return SENTENCES[self.code]


def check_template(content: bytes) -> None:
    """Raises Faulty with what is wrong. The caller has looked at its size and opened it with the reader."""
    _look_over(content)
    template = _opened(content)
    used: set[str] = set()
    for text in _sources(template):
        used |= _names(text)
    if unknown := sorted(used - set(NAMES)):
        raise Faulty("unknown", ", ".join(unknown))
    if missing := [name for name in NEEDED if name not in used and not (name == "title" and "subject" in used)]:
        raise Faulty("missing", ", ".join(missing))


def fill_template(content: bytes, composition: Composition) -> bytes:
    """The office's template with the words of one paper. Raises Faulty, as `check_template` does."""
    check_template(content)
    template = _opened(content)
    try:
        template.render(_values(composition), _environment(), autoescape=True)
    except (TemplateError, etree.XMLSyntaxError, ValueError, TypeError, KeyError):
        raise Faulty("syntax") from None
    _put_body(template.docx, composition)
    return with_fixed_times(template.docx)


def _look_over(content: bytes) -> None:
    """Nothing that runs, and nothing that is fetched from elsewhere but the targets of plain hyperlinks."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = package.namelist()
            linked = [name for name in names if name.endswith(".rels") and _fetches(package.read(name))]
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, RuntimeError):
        raise Faulty("damaged") from None
    if linked or any(name.lower().startswith(_REFUSED_PARTS) for name in names):
        raise Faulty("parts")


def _fetches(rels: bytes) -> bool:
    root = etree.fromstring(rels, etree.XMLParser(resolve_entities=False, no_network=True))
    return any(
        row.get("TargetMode") == "External" and not (row.get("Type") or "").endswith("/hyperlink") for row in root
    )


def _opened(content: bytes) -> DocxTemplate:
    try:
        template = DocxTemplate(io.BytesIO(content))
        template.init_docx()
    except Exception:  # python-docx raises whatever the part it tripped over raises
        raise Faulty("damaged") from None
    return template


def _environment() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(autoescape=True)


def _sources(template: DocxTemplate) -> Iterator[str]:
    """The body and every page header and footer as jinja will see them."""
    yield template.patch_xml(template.get_xml())
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        for _key, part in template.get_headers_footers(uri):
            yield template.patch_xml(template.get_part_xml(part))


def _names(text: str) -> set[str]:
    """The names a source asks for. Raises Faulty for anything but names, loops and conditions."""
    try:
        tree = _environment().parse(text)
    except TemplateError:
        raise Faulty("syntax") from None
    found: set[str] = set()
    own: set[str] = set()
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, _SAFE_NODES) or (isinstance(node, nodes.For) and not _plain_loop(node)):
            raise Faulty("expression")
        if isinstance(node, nodes.Name):
            (own if node.ctx == "store" else found).add(node.name)
    return found - own


def _plain_loop(loop: nodes.For) -> bool:
    """Over one of the lists, and without a loop inside: loops in loops could run for ever."""
    listed = isinstance(loop.iter, nodes.Name) and loop.iter.name in LISTS
    return listed and next(loop.find_all(nodes.For), None) is None


def _values(composition: Composition) -> dict[str, object]:
    """Every name with its words; an empty value is empty, so that `if` can ask for it."""
    lines = {line.look.of: line.text for line in (*composition.left, *composition.right, *composition.signature)}
    lines |= {line.look.of: line.text for line in composition.title}
    values: dict[str, object] = {name: lines.get(name, "") for name in SINGLE}
    return values | {
        "title": composition.paper.title,
        "note": composition.note,
        "body": BODY_MARK,
        "addressees": list(composition.addressees),
        "recipients": [line.text for line in composition.recipients[1:]],
        "authority": [line.text for line in composition.signature if line.look.of == "authority"],
    }


def _put_body(document: Docx, composition: Composition) -> None:
    """The blocks of the body where the mark stands."""
    place = next((p for p in document.paragraphs if p.text.strip() == BODY_MARK), None)
    if place is None:
        raise Faulty("body")
    before = set(document.element.body.iterchildren())
    write_body(document, composition)
    for element in [child for child in document.element.body.iterchildren() if child not in before]:
        place._p.addprevious(element)
    place._p.getparent().remove(place._p)


def starting_template(layout: Layout) -> Composition:
    """The built-in look with placeholders in place of words, for an office to change and send back."""
    kind = next(kind for kind in layout.kinds.values() if not kind.untitled)
    paper = Paper(kind=kind, title="", issuer="", symbol_body="")
    return Composition(
        layout=layout,
        paper=paper,
        symbol="",
        left=_placeholders(layout.left),
        right=_placeholders(layout.right),
        title=_placeholders(layout.title),
        addressees=_loop("addressees"),
        blocks=(Block(Piece("paragraph", "{{ body }}"), "{{ body }}", size=layout.body["size"]),),
        recipients=(
            Line(layout.recipients_head.text, layout.recipients_head),
            *(Line(words, layout.recipients_line) for words in _loop("recipients")),
        ),
        signature=_placeholders(layout.signature),
    )


def _placeholders(specs: tuple[LineSpec, ...]) -> tuple[Line, ...]:
    """A line whose value may be missing stands in a condition, so that no empty line is left."""
    found: list[Line] = []
    for spec in specs:
        if not spec.of:
            found.append(Line(spec.text, spec))
        elif spec.of in LISTS:
            found += [Line(words, spec) for words in _loop(spec.of)]
        elif spec.of in NEEDED or spec.of in ("issuer", "type", "signer_role", "dateline"):
            found.append(Line(f"{{{{ {spec.of} }}}}", spec))
        else:
            found += [Line(words, spec) for words in (f"{{%p if {spec.of} %}}", f"{{{{ {spec.of} }}}}", "{%p endif %}")]
    return tuple(found)


def _loop(name: str) -> tuple[str, str, str]:
    return f"{{%p for line in {name} %}}", "{{ line }}", "{%p endfor %}"
