"""The own words of an office as the reader takes them, and what they change in a sentence."""

from dataclasses import dataclass

from trienkhai.common import paths
from trienkhai.documents.models import OwnPhrase, PhraseKind
from trienkhai.documents.reader import OwnPhrases, Task, read_text
from trienkhai.orgs.models import Unit

FRAME = "KẾ HOẠCH\nxem thử\n\nI. TỔ CHỨC THỰC HIỆN\n\n"


def phrases_of(unit: Unit) -> list[OwnPhrase]:
    """The words that hold at the unit: its own and those of the units above it, in the order of the kinds."""
    rows = OwnPhrase.objects.filter(office__in=paths.ids(unit.path or "")).select_related("office__present")
    return sorted(rows, key=lambda row: (PhraseKind.values.index(row.kind), row.folded))


def own_phrases(unit: Unit) -> OwnPhrases:
    """The same as plain data for the reader. One query."""
    return as_data(phrases_of(unit))


def as_data(rows: list[OwnPhrase]) -> OwnPhrases:
    words = {kind: tuple(row.words for row in rows if row.kind == kind) for kind in PhraseKind.values}
    types = tuple((row.words, row.abbr) for row in rows if row.kind == PhraseKind.DOC_TYPE)
    return OwnPhrases(duties=words[PhraseKind.DUTY], types=types, products=words[PhraseKind.PRODUCT])


@dataclass(frozen=True)
class Trial:
    """What the reader makes of a pasted piece of text."""

    doc_type: str
    tasks: list[Task]


def tried(sample: str, phrases: OwnPhrases | None) -> Trial:
    """The type as the piece itself names it, and the tasks as if the piece stood among the duties of a plan."""
    found = read_text(FRAME + sample, phrases=phrases)
    return Trial(read_text(sample, phrases=phrases).doc_type or "", found.tasks)
