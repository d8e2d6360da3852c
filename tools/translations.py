"""The Vietnamese catalogue, kept by Babel alone: no gettext programs are needed.

    python -m tools.translations update     read the sources, merge locale/parts/*.po, write the .po and the .mo
    python -m tools.translations compile    write the .mo from the .po and the parts as they stand
    python -m tools.translations check      fail, naming it, on every text without sound Vietnamese

The msgids are English, the .po holds Vietnamese, sorted by msgid and without line numbers so that it merges well.
Parts are plain .po files with new texts of one area; what a part says replaces what the catalogue said.
Packs (locale/packs/NAME/LANGUAGE) hold the few texts that another sort of organisation says in its own words.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path("trienkhai")
PARTS = PACKAGE / "locale" / "parts"
PO = PACKAGE / "locale" / "vi" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")
PACKS = PACKAGE / "locale" / "packs"
SINGULAR, PLURAL, CONTEXT, CONTEXT_PLURAL = None, (1, 2), ((1, "c"), 2), ((1, "c"), 2, 3)
KEYWORDS = {
    "_": SINGULAR,
    "gettext": SINGULAR,
    "gettext_lazy": SINGULAR,
    "gettext_noop": SINGULAR,
    "ngettext": PLURAL,
    "ngettext_lazy": PLURAL,
    "pgettext": CONTEXT,
    "pgettext_lazy": CONTEXT,
    "npgettext": CONTEXT_PLURAL,
    "npgettext_lazy": CONTEXT_PLURAL,
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
Key = tuple[str | None, str]


def key(message: Message) -> Key:
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def sources() -> Iterator[Path]:
    """Python modules and templates whose texts people read; tests and migrations are not among them."""
    for path in sorted(PACKAGE.rglob("*")):
        if {"tests", "migrations", "locale", "static"} & set(path.relative_to(PACKAGE).parts):
            continue
        if path.suffix == ".py" or ("templates" in path.parts and path.suffix in (".html", ".txt")):
            yield path


def extract() -> Catalog:
    """Every translatable text of the sources, with the file it stands in."""
    catalog = _empty()
    for path in sources():
        for line, name, texts, _comments in extract_python(_code(path), KEYWORDS.keys(), [], {"encoding": "utf-8"}):
            _add(catalog, name, texts, (str(path), line))
    return catalog


def _code(path: Path) -> BytesIO:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        from django.utils.translation.template import templatize

        # Django turns tags into calls and the rest into X; indentation left over would confuse a Python tokenizer.
        text = "\n".join(line.strip() for line in templatize(text, origin=str(path)).splitlines())
    return BytesIO(text.encode())


def _add(catalog: Catalog, name: str, texts: object, place: tuple[str, int]) -> None:
    given = list(texts) if isinstance(texts, tuple) else [texts]
    context = given.pop(0) if "pgettext" in name else None
    plural = "ngettext" in name or "npgettext" in name
    wanted = given[: 2 if plural else 1]
    if wanted and all(isinstance(text, str) and text for text in wanted):
        catalog.add(tuple(wanted) if plural else wanted[0], locations=[place], context=context)


def _empty() -> Catalog:
    return Catalog(locale="vi", project="trienkhai", version="0.1.0", fuzzy=False, header_comment="")


def read(path: Path, language: str = "vi") -> Catalog:
    with path.open("rb") as stream:
        return read_po(stream, locale=language, abort_invalid=True)


def packs() -> Iterator[tuple[Path, Catalog]]:
    """The texts that other sorts of organisation say in their own words, by pack and language."""
    for path in sorted(PACKS.glob("*/*/LC_MESSAGES/django.po")):
        yield path, read(path, path.parts[-3])


def pack_faults(extracted: Catalog) -> Iterator[str]:
    """Texts that the sources no longer have, other placeholders, Vietnamese without English."""
    wanted = {key(message) for message in extracted if message.id}
    said: dict[str, dict[str, set[Key]]] = {}
    for path, catalog in packs():
        of_pack = said.setdefault(path.parts[-4], {})
        of_pack[path.parts[-3]] = {key(message) for message in catalog if message.id}
        for message in catalog:
            if message.id and key(message) not in wanted:
                yield f"{path}: the sources do not say {message.id!r}"
            elif message.id and _placeholders(str(message.string)) != _placeholders(_longest(message)):
                yield f"{path}: other placeholders for {message.id!r}"
    for name, languages in said.items():
        for missing in sorted(languages.get("en", set()) - languages.get("vi", set())):
            yield f"{PACKS / name}: English but no Vietnamese for {missing[1]!r}"


def known() -> dict[Key, Message]:
    """Translations by text: the catalogue's, then over them the parts'. Two parts that differ stop the run."""
    found = {key(message): message for message in read(PO) if message.id} if PO.exists() else {}
    from_part: dict[Key, tuple[Path, Message]] = {}
    for path in sorted(PARTS.glob("*.po")):
        for message in read(path):
            if not message.id or not message.string:
                continue
            other = from_part.setdefault(key(message), (path, message))
            if other[1].string != message.string:
                sys.exit(f"{message.id!r} is {other[1].string!r} in {other[0]} but {message.string!r} in {path}")
            found[key(message)] = message
    return found


def merged(extracted: Catalog, translated: dict[Key, Message]) -> Catalog:
    """The texts of the sources with the Vietnamese known for them; Vietnamese of texts that are gone is dropped."""
    catalog = _empty()
    for message in extracted:
        if not message.id:
            continue
        old = translated.get(key(message))
        flags = {"fuzzy"} & set(old.flags if old else ())
        catalog.add(message.id, _shaped(message, old), flags=flags, context=message.context)
    return catalog


def _shaped(message: Message, old: Message | None) -> str | tuple[str, ...]:
    """The old Vietnamese as the message wants it: one form for a text with a plural, since Vietnamese has one."""
    text = old.string if old else ""
    one = text if isinstance(text, str) else (text[0] if text else "")
    return (one,) if message.pluralizable else one


def faults(catalog: Catalog, extracted: Catalog) -> list[str]:
    """Texts without Vietnamese, in doubt (fuzzy), or whose Vietnamese has other placeholders."""
    found = []
    for message in catalog:
        if not message.id:
            continue
        text = message.string if isinstance(message.string, str) else message.string[0]
        context, english = key(message)
        place = extracted.get(message.id, context=context).locations[0][0]
        if not text:
            found.append(f"{place}: no Vietnamese for {english!r}")
        elif message.fuzzy:
            found.append(f"{place}: fuzzy Vietnamese for {english!r}")
        elif _placeholders(text) != _placeholders(_longest(message)):
            found.append(f"{place}: other placeholders in the Vietnamese for {english!r}")
    return found


def _longest(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[-1]


def _placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def as_text(catalog: Catalog) -> bytes:
    """The catalogue's .po: no dates, tools or line numbers, which would change with every run."""
    stream = BytesIO()
    write_po(stream, catalog, no_location=True, omit_header=True, sort_output=True, width=120)
    header = 'msgid ""\nmsgstr ""\n"Language: vi\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    return (header + '"Plural-Forms: nplurals=1; plural=0;\\n"\n\n').encode() + stream.getvalue().lstrip()


def compile_mo(translated: dict[Key, Message]) -> None:
    catalog = _empty()
    for message in translated.values():
        if message.string and not message.fuzzy:
            catalog.add(message.id, _shaped(message, message), context=message.context)
    _write(MO, catalog)
    for path, of_pack in packs():
        _write(path.with_suffix(".mo"), of_pack)


def _write(path: Path, catalog: Catalog) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        write_mo(stream, catalog)


def update() -> int:
    catalog = merged(extract(), known())
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(as_text(catalog))
    compile_mo({key(message): message for message in catalog if message.id})
    done = sum(1 for message in catalog if message.id and any(message.string))
    print(f"Translations: {done} of {len(catalog)} texts have Vietnamese.")
    return 0


def check() -> int:
    extracted = extract()
    catalog = merged(extracted, known())
    found = [*faults(catalog, extracted), *pack_faults(extracted)]
    if not PO.exists() or PO.read_bytes() != as_text(catalog):
        found.append(f"{PO} is not up to date: run make translations")
    print("\n".join(found) or f"Translations: all {len(catalog)} texts have Vietnamese.")
    return 1 if found else 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.translations")
    parser.add_argument("do", choices=["update", "compile", "check"])
    asked = parser.parse_args().do
    if asked == "compile":
        compile_mo(known())
        return 0
    return update() if asked == "update" else check()


if __name__ == "__main__":
    sys.exit(main())
