"""Drafts: the layout of their day, the paper they make, what an office writes by habit, what changed when."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from trienkhai.common.models import Installation
from trienkhai.documents.layouts import WORTHLESS
from trienkhai.documents.layouts.composing import Composition, Paper, compose
from trienkhai.documents.layouts.markup import pieces
from trienkhai.documents.layouts.spec import KindSpec, Layout
from trienkhai.documents.models import Document, Draft, DraftState, DraftVersion, OfficeTemplate, System
from trienkhai.norms.models import Norm
from trienkhai.norms.queries import norm
from trienkhai.orgs.models import Holding, Role, Unit
from trienkhai.orgs.queries import ancestors, holders

KEY = "document_layout.{system}"


@dataclass(frozen=True)
class LayoutOfDay:
    """The layout for a paper of one day, and where it is said. nearest: the paper is older than any layout known."""

    layout: Layout
    source: str
    grade: str
    nearest: bool


def layout_of(system: str, *, on: date, place: str = "") -> LayoutOfDay:
    """The layout in force on that day in that branch, for an earlier day the first one that is known.

    Raises Unsound when the office's own row cannot be used.
    """
    key = KEY.format(system=system)
    found = norm(key, on=on, place=place)
    nearest = found is None
    if found is None:
        found = Norm.objects.filter(key=key, place="").earliest("valid_from")
    return LayoutOfDay(Layout.read(found.value), found.source, found.grade, nearest)


def layout_of_draft(draft: Draft, today: date) -> LayoutOfDay:
    return layout_of(draft.system, on=draft.issued_on or today, place=draft.unit.path or "")


def kind_of(layout: Layout, code: str) -> KindSpec:
    """The type; a code that this layout does not know is printed as the first one it does."""
    return layout.kinds.get(code) or next(iter(layout.kinds.values()))


def kind_names(on: date) -> dict[tuple[str, str], str]:
    """(system, code) → name of the type, by the layouts of that day."""
    layouts = {system: layout_of(system, on=on).layout for system in System.values}
    return {(system, code): kind.name for system, layout in layouts.items() for code, kind in layout.kinds.items()}


def paper_of(draft: Draft, layout: Layout, *, number: str = "", issued_on: date | None = None) -> Paper:
    """What the draft says, ready for a writer. Before it has a number the paper leaves room for it."""
    return Paper(
        kind=kind_of(layout, draft.kind),
        title=draft.title,
        issuer=draft.issuer_name,
        parent=draft.parent_name,
        symbol_body=draft.symbol_body,
        number=number,
        place=draft.place,
        issued_on=issued_on or draft.issued_on,
        addressees=lines_of(draft.addressees),
        bases=lines_of(draft.bases),
        body=pieces(draft.body),
        recipients=lines_of(draft.recipients),
        authority=lines_of(draft.authority),
        signer_role=draft.signer_role,
        signer_name=draft.signer_name,
        urgency=draft.urgency,
        note=note_of_installation(),
    )


def composition_of(draft: Draft, today: date) -> Composition:
    layout = layout_of_draft(draft, today).layout
    number = draft.document.number if draft.document else ""
    return compose(paper_of(draft, layout, number=number), layout)


def lines_of(text: str) -> tuple[str, ...]:
    """One entry a line, dashes and end marks of the typist left out."""
    entries = (" ".join(line.split()).lstrip("-–+• ").rstrip(" ;,") for line in text.splitlines())
    return tuple(entry for entry in entries if entry)


def note_of_installation() -> str:
    """What a sample prints on every page; empty on a live database."""
    return WORTHLESS if Installation.objects.filter(pk=1, is_demo=True).exists() else ""


def drafts_of(rows: QuerySet[Draft], state: str = "") -> QuerySet[Draft]:
    """The last changed first."""
    rows = rows.filter(state=state) if state in DraftState.values else rows
    return rows.select_related("unit__present", "changed_by", "document").order_by("-changed_at", "-pk")


def versions_of(draft: Draft) -> list[DraftVersion]:
    return list(draft.versions.select_related("by").order_by("-number"))


def signers_at(unit: Unit, on: date) -> list[Holding]:
    """Who may sign for the unit that day: its leaders."""
    return holders([unit.pk], [Role.LEADER], on).get(unit.pk, [])


def habits_of(unit: Unit) -> dict[str, Any]:
    """What the unit wrote in its last draft, else what the tree says: values to begin a new one with."""
    last = Draft.objects.filter(unit=unit).exclude(state=DraftState.DROPPED).order_by("-pk").first()
    if last is not None:
        names = ("system", "issuer_name", "parent_name", "symbol_body", "place", "recipients", "authority")
        return {name: getattr(last, name) for name in names}
    above = ancestors(unit)[:-1]
    issued = unit.issued_documents.exclude(symbol="").order_by("-issued_on", "-pk").first()
    return {
        "system": System.PARTY,
        "issuer_name": issued.issuer_name if issued else unit.name,
        "parent_name": above[-1].name if above else "",
        "symbol_body": issued.symbol.rpartition("/")[2] if issued else "",
        "place": issued.place if issued else "",
    }


def label_of(name: str) -> str:
    """What people call a field of a draft."""
    return str(getattr(Draft._meta.get_field(name), "verbose_name", name))


def basis_on(source: Document) -> str:
    """The căn cứ that cites a document in full, as the first mention is written."""
    day = f", ngày {source.issued_on:%d/%m/%Y}" if source.issued_on else ""
    issuer = f" của {source.issuer_name}" if source.issuer_name else ""
    symbol = f" số {source.symbol}" if source.symbol else ""
    return f"Căn cứ {source.doc_type or 'văn bản'}{symbol}{day}{issuer} {source.title}"


def template_for(draft: Draft) -> OfficeTemplate | None:
    """The office's own template for the type, else its template for every type."""
    rows = OfficeTemplate.objects.filter(unit=draft.unit, system=draft.system, kind__in=[draft.kind, ""])
    return rows.select_related("file").order_by("-kind").first()


@dataclass(frozen=True)
class Change:
    """One field that differs between two texts of a draft."""

    name: str
    theirs: str
    mine: str


def changes_between(theirs: dict[str, Any], mine: dict[str, Any], on: date) -> list[Change]:
    """The fields in which two versions differ, as people read them."""
    kinds = kind_names(on)
    return [
        Change(name, _as_read(theirs, name, kinds), _as_read(mine, name, kinds))
        for name in mine
        if str(theirs.get(name) or "") != str(mine[name] or "")
    ]


def _as_read(words: dict[str, Any], name: str, kinds: dict[tuple[str, str], str]) -> str:
    """A type and a system by their names, a day in the order it is written here, all else as it stands."""
    value = str(words.get(name) or "")
    if name == "kind":
        return kinds.get((str(words.get("system")), value), value)
    if name == "system":
        return str(dict(System.choices).get(value, value))
    return "/".join(reversed(value.split("-"))) if name == "issued_on" else value
