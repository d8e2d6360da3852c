"""How the reader did: the tasks it proposed, beside what people made of them before they were laid before a leader."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from trienkhai.common.days import OPEN_END
from trienkhai.common.folding import fold, squeeze
from trienkhai.documents.models import Document
from trienkhai.documents.queries import Judged, Misread
from trienkhai.tasks.models import Issue, Task

PARTS = {
    "text": ("title",),
    "lead": ("lead_words", "selection"),
    "coordinating": ("coordinating_words", "coordinating_selection"),
    "deadline": ("due_words", "due_on", "recurrence"),
    "product": ("product",),
}
"""What a person sees as one thing, and the fields of a task that hold it; the first holds the paper's words."""


@dataclass
class JudgedTasks:
    """`proposed` = kept + edited + dropped; `added` came from people, `unknown` from before proposals were kept."""

    kept: int = 0
    edited: int = 0
    dropped: int = 0
    added: int = 0
    unknown: int = 0
    fields: dict[str, Judged] = field(default_factory=lambda: {name: Judged() for name in PARTS})
    misread: Counter[Misread] = field(default_factory=Counter)

    @property
    def proposed(self) -> int:
        return self.kept + self.edited + self.dropped


def judged_tasks(documents: QuerySet[Document]) -> JudgedTasks:
    """Tasks on sheets that were laid before a leader or issued: a person is done with them. One query."""
    done = (Issue.State.SUBMITTED, Issue.State.ISSUED)
    tasks = Task.objects.filter(document__in=documents.order_by().values("pk"), issue__state__in=done, continues=None)
    names = [name for names in PARTS.values() for name in names]
    found = JudgedTasks()
    for row in tasks.values("proposed", "dropped", "quote", *names).iterator(chunk_size=500):
        _judge(found, row)
    return found


def _judge(found: JudgedTasks, row: dict[str, Any]) -> None:
    proposed = row["proposed"]
    if proposed is None:
        found.unknown += bool(row["quote"])
        found.added += not row["quote"]
    elif row["dropped"]:
        found.dropped += 1
        found.misread[Misread("dropped", squeeze(proposed["title"])[:120], "")] += 1
    else:
        edited = [_judge_part(found, name, proposed, row) for name in PARTS]
        found.edited += any(edited)
        found.kept += not any(edited)


def _judge_part(found: JudgedTasks, part: str, proposed: dict[str, Any], row: dict[str, Any]) -> bool:
    """Whether a person changed it."""
    names = PARTS[part]
    before, now = [_written(proposed[name]) for name in names], [_written(row[name]) for name in names]
    same = [fold(words) for words in before] == [fold(words) for words in now]
    found.fields[part].count("".join(before), "".join(now), same=same)
    if not same:
        found.misread[Misread(part, _shown(before), _shown(now))] += 1
    return not same


def _written(value: object) -> str:
    """'' for no deadline; the proposal holds days as JSON does."""
    words = str(value or "")
    return "" if words == OPEN_END.isoformat() else squeeze(words)


def _shown(values: list[str]) -> str:
    return " → ".join(words[:120] for words in values if words)
