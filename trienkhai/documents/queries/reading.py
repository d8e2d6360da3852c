"""How the reader did: what it read of each header, beside what stands there after people looked."""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import OuterRef, QuerySet, Subquery

from trienkhai.common.folding import fold, squeeze
from trienkhai.documents.models import Document, DocumentText
from trienkhai.documents.queries.texts import values_read

READ = ("doc_type", "number", "symbol", "issuer", "place", "date", "title", "urgency", "signer")
HEADER = tuple(values_read({}))


@dataclass(frozen=True)
class Misread:
    """Words as the reader had them and as a person put them, of one field."""

    field: str
    read: str
    now: str


@dataclass
class Judged:
    """One field over all: kept as read, corrected, filled in where nothing was read, empty before and after."""

    kept: int = 0
    corrected: int = 0
    filled: int = 0
    empty: int = 0

    @property
    def total(self) -> int:
        return self.kept + self.corrected + self.filled + self.empty

    @property
    def read(self) -> int:
        return self.kept + self.corrected

    def count(self, read: str, now: str, *, same: bool) -> None:
        """Add one: `same` when a person would not call them different."""
        if not read:
            self.filled += bool(now)
            self.empty += not now
        elif same:
            self.kept += 1
        else:
            self.corrected += 1


@dataclass
class JudgedHeaders:
    documents: int = 0
    untouched: int = 0
    fields: dict[str, Judged] = field(default_factory=lambda: {name: Judged() for name in HEADER})
    misread: Counter[Misread] = field(default_factory=Counter)


def judged_headers(documents: QuerySet[Document]) -> JudgedHeaders:
    """Each field of the header: what was read from the newest text, against what stands in the register now.

    untouched: documents of which nobody changed a field; they may be right, or nobody may have looked. One query.
    """
    newest = DocumentText.objects.filter(document=OuterRef("pk")).order_by("-version").values("pk")[:1]
    texts = DocumentText.objects.filter(pk__in=Subquery(documents.order_by().annotate(text=newest).values("text")))
    named = {f"reading__{name}": name for name in READ}
    found = JudgedHeaders()
    for row in texts.values(*named, *(f"document__{name}" for name in HEADER)).iterator(chunk_size=500):
        read = values_read({name: _text(row[key]) for key, name in named.items()})
        _judge(found, read, {name: _written(row[f"document__{name}"]) for name in HEADER})
    return found


def _text(value: object) -> object:
    """SQLite gives the text "12" inside JSON as the number 12."""
    return str(value) if isinstance(value, int | float) else value


def _written(value: object) -> str:
    return f"{value:%d/%m/%Y}" if hasattr(value, "strftime") else squeeze(str(value or ""))


def _judge(found: JudgedHeaders, read: dict[str, str], now: dict[str, str]) -> None:
    changed = False
    for name in HEADER:
        before, after = squeeze(read[name]), now[name]
        if name == "title" and not before:
            after = ""  # the first line of the text stood in
        same = fold(before) == fold(after)
        found.fields[name].count(before, after, same=same)
        if not same:
            changed = True
            found.misread[Misread(name, before, after)] += 1
    found.documents += 1
    found.untouched += not changed
