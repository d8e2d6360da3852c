"""The files of a document in the order in which they came, older texts, and what a new reading reads otherwise."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trienkhai.documents.models import Clause, Document, DocumentFile, DocumentText
from trienkhai.documents.queries.texts import current_text, header_read

LABELS: dict[str, Promise] = {
    "doc_type": _("Type"),
    "number": _("Number"),
    "symbol": _("Symbol"),
    "place": _("Place"),
    "title": _("Subject"),
    "urgency": _("Urgency"),
    "issuer_name": _("Issuer"),
    "issued_on": _("Date"),
    "signer_name": _("Signer"),
    "signer_role": _("Signer's office"),
}
COUNTED: dict[str, Promise] = {
    "tasks": _("Tasks found"),
    "citations": _("Documents cited"),
    "recipients": _("Recipients"),
}


@dataclass(frozen=True)
class Difference:
    """One value that two readings of a document read differently."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Version:
    """A file with what was read from it, and how that differs from the text before."""

    row: DocumentFile
    differences: list[Difference]


def versions_of(document: Document) -> list[Version]:
    """All files, the newest first. Three queries."""
    clauses = _clauses(document.texts.all())
    rows = document.files.select_related("file__stored_by", "text").order_by("version")
    before = document.texts.filter(version=1, file=None).first()
    found = []
    for row in rows:
        found.append(Version(row, _differences(before, row.text, clauses) if before and row.text else []))
        before = row.text or before
    return found[::-1]


def _clauses(texts: QuerySet[DocumentText]) -> Counter[int]:
    """How many clauses each text has."""
    return Counter(Clause.objects.filter(text__in=texts).values_list("text", flat=True))


def differences(old: DocumentText, new: DocumentText) -> list[Difference]:
    """Header values read differently, and how many tasks, citations, recipients and clauses there were and are."""
    return _differences(old, new, _clauses(DocumentText.objects.filter(pk__in=[old.pk, new.pk])))


def _differences(old: DocumentText, new: DocumentText, clauses: Counter[int]) -> list[Difference]:
    was, now = header_read(old), header_read(new)
    rows = [Difference(str(label), was[name], now[name]) for name, label in LABELS.items() if was[name] != now[name]]
    for name, label in COUNTED.items():
        counts = [len(text.reading.get(name) or ()) for text in (old, new)]
        if counts[0] != counts[1]:
            rows.append(Difference(str(label), str(counts[0]), str(counts[1])))
    if clauses[old.pk] != clauses[new.pk]:
        rows.append(Difference(str(_("Clauses")), str(clauses[old.pk]), str(clauses[new.pk])))
    return rows


def text_version(document: Document, asked: str) -> DocumentText | None:
    """The text of that number; the newest when there is none of it."""
    if asked.isdecimal() and len(asked) < 5 and (found := document.texts.filter(version=int(asked)).first()):
        return found
    return current_text(document)


def carried_over(progress: dict[int, Any], text: DocumentText | None) -> dict[int, Any]:
    """Progress by clause, with that of clauses of other texts at the clause of `text` under the same labels.

    Work given from an earlier version stays visible when the document is read anew. No query when nothing is carried.
    """
    if text is None or not progress:
        return progress
    here = _by_labels(list(text.clauses.all()))
    own = set(here.values())
    strangers = progress.keys() - own
    if not strangers:
        return progress
    texts = Clause.objects.filter(pk__in=strangers).values("text")
    moved = dict(progress)
    for other in DocumentText.objects.filter(pk__in=texts, document=text.document_id):
        for labels, pk in _by_labels(list(other.clauses.all())).items():
            if pk in strangers and labels in here and here[labels] not in moved:
                moved[here[labels]] = progress[pk]
    return moved


def _by_labels(clauses: list[Clause]) -> dict[tuple[str, ...], int]:
    """Clause id by the labels from the outermost clause down; of several the first."""
    labels: dict[int | None, tuple[str, ...]] = {None: ()}
    found: dict[tuple[str, ...], int] = {}
    for clause in sorted(clauses, key=lambda row: row.position):
        labels[clause.pk] = (*labels.get(clause.parent_id, ()), f"{clause.kind} {clause.label}")
        if clause.label:
            found.setdefault(labels[clause.pk], clause.pk)
    return found
