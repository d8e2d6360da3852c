"""The text of a document and its clauses are stored."""

import hashlib
from datetime import date, datetime
from typing import Any

from django.db.models import Max

from trienkhai.common.folding import squeeze
from trienkhai.documents.models import (
    Clause,
    Document,
    DocumentText,
)
from trienkhai.documents.reader.files import Intake
from trienkhai.documents.reader.force import days_in_force
from trienkhai.documents.reader.model import Reading

HEADING = 300


def store_text(
    document: Document, intake: Intake, read: Reading, at: datetime, *, machine_read: bool = False
) -> DocumentText:
    """The text as the reader laid it out, as the next version: every offset of clauses and tasks points into it.

    machine_read: the letters were recognised from a scan.
    """
    reading = read.as_dict()
    clauses = reading.pop("clauses")
    text = read.text or intake.text
    dated = date.fromisoformat(read.date) if read.date else None
    reading["in_force"] = days_in_force(text, dated).as_dict()
    last = document.texts.aggregate(last=Max("version"))["last"] or 0
    stored = DocumentText.objects.create(
        document=document,
        version=last + 1,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        text=text,
        reading=reading,
        warnings=[{"sentence": remark.sentence, "params": remark.params} for remark in intake.warnings],
        machine_read=machine_read,
        created_at=at,
    )
    _store_clauses(stored, clauses)
    return stored


def _store_clauses(text: DocumentText, tree: list[dict[str, Any]]) -> None:
    """All clauses in the order of the text, parents linked afterwards: two statements whatever the size."""
    rows: list[Clause] = []
    parents: list[int | None] = []

    def walk(nodes: list[dict[str, Any]], parent: int | None, depth: int) -> None:
        for node in nodes:
            index = len(rows)
            rows.append(
                Clause(
                    text=text,
                    kind=node["kind"][:20],
                    label=(node["label"] or "")[:40],
                    heading=squeeze(node["text"])[:HEADING],
                    position=index,
                    depth=depth,
                    start=node["start"],
                    end=max(node["end"], node["start"]),
                )
            )
            parents.append(parent)
            walk(node.get("children", []), index, depth + 1)

    walk(tree, None, 0)
    stored = Clause.objects.bulk_create(rows, batch_size=1000)
    children = []
    for clause, parent in zip(stored, parents, strict=True):
        if parent is not None:
            clause.parent = stored[parent]
            children.append(clause)
    Clause.objects.bulk_update(children, ["parent"], batch_size=1000)
