"""The clauses a unit answers, the paper made of its answers, and the line from any work up to the clause it serves."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import Q, QuerySet

from trienkhai.common.folding import fold
from trienkhai.documents.layouts.markup import Piece, written
from trienkhai.documents.models import Clause, Document, DocumentText
from trienkhai.documents.queries.versions import carried_over
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account
from trienkhai.tasks import rules
from trienkhai.tasks.models import OPEN_STATES, Assignment, ClauseAnswer, Concretising, Task

DEEPEST = 8


def open_clauses(document: Document) -> list[Clause]:
    """The clauses of the present text that can be answered: labelled, without parts of their own. Two queries."""
    text = document.texts.order_by("-version").first()
    if text is None:
        return []
    rows = list(Clause.objects.filter(text=text).select_related("parent").order_by("position"))
    parents = {row.parent_id for row in rows}
    return [row for row in rows if row.label and row.pk not in parents and row.end > row.start]


@dataclass(frozen=True)
class Line:
    """One clause on the page of answers: its words, the labels above it, the answer so far.

    An answer to an earlier text of the document stands for the clause under the same labels while the words are the
    same; where they changed, `before` is that answer and `before_words` the words it was given to.
    """

    clause: Clause
    way: str
    words: str
    answer: ClauseAnswer | None = None
    before: ClauseAnswer | None = None
    before_words: str = ""


def lines_of(document: Document, row: Concretising | None) -> list[Line]:
    """The clauses of the present text with the unit's answers."""
    return answered(document, row)[0]


def answered(document: Document, row: Concretising | None) -> tuple[list[Line], list[Line]]:
    """The clauses of the present text with the unit's answers; and what it answered that this text no longer holds."""
    text = document.texts.order_by("-version").first()
    if text is None:
        return [], []
    answers = list(row.answers.select_related("clause__text")) if row else []
    present = {answer.clause_id: answer for answer in answers if answer.clause.text_id == text.pk}
    earlier = _earlier([answer for answer in answers if answer.clause_id not in present])
    by_id = {clause.pk: clause for clause in Clause.objects.filter(text=text)}
    found = []
    for clause in open_clauses(document):
        way, words = " › ".join(_labels(clause, by_id)), _words(clause, text)
        line, old = Line(clause, way, words, present.get(clause.pk)), earlier.pop(way, None)
        if old and not line.answer:
            same = _compared(old.words) == _compared(words)
            kept = {"answer": old.answer} if same else {"before": old.answer, "before_words": old.words}
            line = replace(line, **kept)
        found.append(line)
    return found, list(earlier.values())


def _earlier(answers: list[ClauseAnswer]) -> dict[str, Line]:
    """Answers to earlier texts by the labels of their clause; of several the one to the latest text. One query."""
    clauses = {clause.pk: clause for clause in Clause.objects.filter(text__in={row.clause.text_id for row in answers})}
    found = {}
    for answer in sorted(answers, key=lambda row: (row.clause.text.version, row.clause.position)):
        way, words = " › ".join(_labels(answer.clause, clauses)), _words(answer.clause, answer.clause.text)
        found[way] = Line(answer.clause, way, words, answer)
    return found


def _words(clause: Clause, text: DocumentText) -> str:
    return " ".join(text.text[clause.start : clause.end].split())


def _labels(clause: Clause, by_id: dict[int, Clause]) -> list[str]:
    """The labels from the highest clause down to this one."""
    labels: list[str] = []
    step: Clause | None = clause
    while step is not None:
        if step.label:
            labels.insert(0, step.label)
        step = by_id.get(step.parent_id) if step.parent_id else None
    return labels


def body_of(row: Concretising) -> str:
    """The answers as the body of a paper, in the markup of drafts: a heading for each upper part, a point each."""
    lines = {line.clause.pk: line for line in lines_of(row.document, row)}
    chosen = [line for line in lines.values() if line.answer and line.answer.kind != ClauseAnswer.Kind.NOT_APPLICABLE]
    if not chosen:
        return ""
    pieces = [Piece("roman", "NHIỆM VỤ VÀ GIẢI PHÁP", "I")]
    for number, line in enumerate(chosen, start=1):
        answer = line.answer
        words = (answer.words if answer and answer.words else line.words).strip()
        pieces.append(Piece("arabic", _point(words), str(number)))
    pieces.append(Piece("roman", "TỔ CHỨC THỰC HIỆN", "II"))
    return written(tuple(pieces))


def _point(words: str) -> str:
    """A point without the upper clause's own number, ended as a sentence."""
    bare = words
    first, _blank, rest = words.partition(" ")
    if rest and first.rstrip(".)").replace(".", "").isalnum() and first.endswith((".", ")")) and len(first) <= 6:
        bare = rest
    bare = " ".join(bare.lstrip("-–+ ").split())
    return bare if bare.endswith((".", ";", ":", "!", "?")) else f"{bare}."


def serving(document: Document, unit: Unit) -> dict[str, Assignment]:
    """For the unit's own paper: folded words of each answered clause → the assignment that it serves.

    Only clauses from which the unit holds open work.
    """
    mine = Q(result=document) | Q(draft__document=document)
    found: dict[str, Assignment] = {}
    for row in Concretising.objects.filter(mine, unit=unit).select_related("document"):
        held = carried_over(_held_by_clause(row), row.document.texts.order_by("-version").first())
        for line in lines_of(row.document, row):
            if line.answer and line.clause.pk in held:
                found[_compared(_point(line.answer.words or line.words))] = held[line.clause.pk]
    return found


def _held_by_clause(row: Concretising) -> dict[int, Assignment]:
    """Clause of the upper document, and the parts of it → the unit's open assignment from it, the earliest due."""
    held = Assignment.objects.filter(held_by=row.unit_id, task__document=row.document_id, state__in=OPEN_STATES)
    found: dict[int, Assignment] = {}
    for assignment in held.prefetch_related("task__clauses").order_by("-due_on", "-pk"):
        found |= {clause.pk: assignment for clause in assignment.task.clauses.all()}
    parts = Clause.objects.filter(parent__in=list(found)).exclude(pk__in=list(found)).values_list("pk", "parent")
    return found | {part: found[parent] for part, parent in parts if parent}


def _compared(words: str) -> str:
    return fold(" ".join(words.split())).rstrip(".;: ")


def served_by(words: str, known: dict[str, Assignment]) -> Assignment | None:
    """The assignment that a proposed task of these words serves: only where the answered words stand in it whole, or it
    in them, and only when they lead to one."""
    said = _compared(words)
    hits = {row.pk: row for one, row in known.items() if one and said and (one in said or said in one)}
    return next(iter(hits.values())) if len(hits) == 1 else None


@dataclass(frozen=True)
class Step:
    """On the way up: an assignment, and the clauses that its task was read from."""

    assignment: Assignment
    clauses: list[Clause] = field(default_factory=list)


def way_up(assignment: Assignment, seen: QuerySet[Assignment]) -> list[Step]:
    """The assignment and those it serves, up to the topmost: from a piece of evidence to the line of the resolution.

    seen: what the person may see; a step out of sight ends the way. Two queries a level.
    """
    steps: list[Step] = []
    step, met = assignment, set[int]()
    while step.pk not in met and len(steps) < DEEPEST:
        met.add(step.pk)
        steps.append(Step(step, list(step.task.clauses.select_related("text__document").order_by("position"))))
        above = step.task.serves_id and seen.filter(pk=step.task.serves_id).first()
        if not above:
            break
        step = above
    return steps


def tasks_below(clauses: Iterable[int], account: Account, on: date) -> list[tuple[int, Task]]:
    """Every task in sight that comes from these clauses, at any depth: (depth, task), parents before children.

    One query a level, at most eight.
    """
    visible = rules.visible_tasks(account, on).filter(issued_on__isnull=False)
    level = list(
        visible.filter(clauses__in=list(clauses)).select_related("assigner__present").distinct().order_by("pk")
    )
    children: dict[int, list[Task]] = {}
    tops, met = level, {task.pk for task in level}
    for _depth in range(DEEPEST):
        rows = visible.filter(serves__task__in=level).select_related("assigner__present", "serves").order_by("pk")
        level = [row for row in rows.distinct() if row.pk not in met]
        if not level:
            break
        for row in level:
            met.add(row.pk)
            if row.serves:
                children.setdefault(row.serves.task_id, []).append(row)
    return [pair for top in tops for pair in _unfold(top, 0, children)]


def _unfold(task: Task, depth: int, children: dict[int, list[Task]]) -> list[tuple[int, Task]]:
    below = [pair for child in children.get(task.pk, ()) for pair in _unfold(child, depth + 1, children)]
    return [(depth, task), *below]
