"""A comparison as a table: a column for the present organisation and one for each draft, a line for each figure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from trienkhai.orgs import measures
from trienkhai.orgs.actions.reorganising import examined
from trienkhai.orgs.actions.reorganising.keys import named_keys
from trienkhai.orgs.measures import Facts, Found, Number
from trienkhai.orgs.models import ComparedDraft, Comparison, ComparisonState, Post, Preference, Reorganisation
from trienkhai.orgs.models.comparing import PRESENT, digest_of
from trienkhai.orgs.queries import kind_names
from trienkhai.orgs.queries_reorganising import class_labels
from trienkhai.orgs.rules_comparing import ANSWERING
from trienkhai.orgs.simulating import Change, Forest, changes, concerned, present_tree, tree_after


@dataclass
class Column:
    """The present organisation (no draft) or one draft. `tree`: None where the draft does not fit, and `faults` says
    why. `named`: keys of the units that its steps name. `is_changed`: its steps are others than those on which opinions
    were asked."""

    key: str
    label: str
    title: str
    draft: ComparedDraft | None = None
    tree: Forest | None = None
    faults: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    named: set[str] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=dict)
    questions: list[str] = field(default_factory=list)
    is_tried: bool = False
    is_changed: bool = False
    found: dict[str, Found] = field(default_factory=dict)

    @property
    def file(self) -> Reorganisation | None:
        return self.draft.reorganisation if self.draft else None


@dataclass(frozen=True)
class Cell:
    """A figure in a column, as it is written, and by how much it differs from the present: `sign` and `word`."""

    column: Column
    value: Number | None
    text: str
    sign: str = ""
    word: str = ""
    has_rows: bool = False


@dataclass(frozen=True)
class Line:
    name: str
    label: str | Promise
    cells: list[Cell]
    note: str = ""


@dataclass(frozen=True)
class Group:
    title: str | Promise
    lines: list[Line]


def columns_of(comparison: Comparison, on: date) -> list[Column]:
    """The present first, then the drafts. Seven queries, and a few for each draft."""
    known = measures.facts(comparison.office, on)
    before = present_tree(comparison.office, on)
    present = Column(PRESENT, _("At present"), comparison.office.name, tree=before)
    found = [present]
    drafts = comparison.drafts.select_related("reorganisation__office__present")
    for draft in drafts.prefetch_related("reorganisation__steps"):
        found.append(_column(comparison, draft, before, on))
    fitting = [column for column in found if column.tree]
    for column in fitting:
        column.found = _figures(column, known)
    for _title, filler, _labels in measures.added_groups():
        added = filler([column.tree for column in fitting if column.tree], on)
        for column, figures in zip(fitting, added, strict=True):
            column.found |= figures
    return found


def _column(comparison: Comparison, draft: ComparedDraft, before: Forest, on: date) -> Column:
    file = draft.reorganisation
    file.office = comparison.office
    label = pgettext("comparison", "Draft %(n)d") % {"n": draft.position}
    column = Column(str(draft.pk), label, file.title, draft)
    column.is_changed = bool(draft.digest) and draft.digest != digest_of(file.steps.all())
    column.is_tried = file.tried_at is not None
    column.questions = file.outcome.get("questions", [])
    for row in file.outcome.get("steps", []):
        for name, number in row["counts"].items():
            column.counts[name] = column.counts.get(name, 0) + number
    if file.state in (Reorganisation.State.CARRIED_OUT, Reorganisation.State.TAKEN_BACK):
        column.words = [row["words"] for row in file.outcome.get("steps", [])]
        column.faults = [_("This draft has been carried out: what it would change cannot be told any more.")]
        return column
    plan = examined(file, on)
    column.words = [plan.words[step.pk] for step in file.steps.all()]
    column.faults = [str(fault) for fault in plan.faults]
    if not plan.faults:
        column.tree = tree_after(before, plan)
        column.changes = changes(before, column.tree)
        column.named = {key for step in file.steps.all() for key in named_keys(step)}
    return column


def _figures(column: Column, known: Facts) -> dict[str, Found]:
    assert column.tree is not None
    found = measures.of_tree(column.tree, known)
    if column.draft:
        found |= measures.of_changes(column.changes, column.tree)
        if column.is_tried:
            found |= {f"work-{name}": Found(number) for name, number in column.counts.items()}
            found["questions"] = Found(len(column.questions))
    return found


def groups_of(comparison: Comparison, columns: list[Column], on: date) -> list[Group]:
    """All figures that some column has, in groups; those kept at the choice once a draft was chosen."""
    by_name = _by_name(comparison, columns)
    groups = []
    for title, labels in _labelled(on):
        lines = [Line(name, label, _cells(name, by_name[name], columns)) for name, label in labels if name in by_name]
        groups.append(Group(title, lines))
    return [group for group in [*groups, _costs(comparison, columns)] if group.lines]


def _by_name(comparison: Comparison, columns: list[Column]) -> dict[str, list[Found]]:
    if comparison.state == ComparisonState.CHOSEN:
        return {name: [Found(as_number(text)) for text in row] for name, row in comparison.kept.items()}
    names = dict.fromkeys(name for column in columns for name in column.found)
    found = {name: [column.found.get(name, Found(None)) for column in columns] for name in names}
    return {name: _filled(name, row, columns) for name, row in found.items()}


def _filled(name: str, row: list[Found], columns: list[Column]) -> list[Found]:
    """A kind or a class of work that a column does not know was counted there, and none was found."""

    def counted(column: Column) -> bool:
        return column.tree is not None if name.startswith("kind-") else name.startswith("work-") and column.is_tried

    rows = zip(row, columns, strict=True)
    return [Found(0, ()) if one.value is None and counted(column) else one for one, column in rows]


def kept_figures(comparison: Comparison, columns: list[Column]) -> dict[str, list[str]]:
    """As `Comparison.kept`: what the columns showed."""
    found = _by_name(comparison, columns)
    return {name: ["" if one.value is None else str(one.value) for one in row] for name, row in found.items()}


def as_number(text: str) -> Number | None:
    try:
        return int(text) if text.lstrip("-").isdecimal() else Decimal(text) if text else None
    except InvalidOperation:
        return None


Labelled = list[tuple[str | Promise, list[tuple[str, str | Promise]]]]


def _labelled(on: date) -> Labelled:
    language = (get_language() or "vi")[:2]
    most = measures.limit(on)
    kinds = sorted(kind_names(on, language).items(), key=lambda row: row[1])
    spans: list[tuple[str, str | Promise]] = [
        (name, str(label) % {"n": most} if name == "wide" else label) for name, label in measures.SPANS.items()
    ]
    work: list[tuple[str, str | Promise]] = [(f"work-{name}", label) for name, label in class_labels().items()]
    added: Labelled = [(title, list(labels(on).items())) for title, _filler, labels in measures.added_groups()]
    told: list[tuple[str, str | Promise]] = [
        ("units", _("units below the office")),
        *((f"kind-{kind}", label) for kind, label in kinds),
    ]
    return [
        (_("What the draft changes"), list(measures.CHANGES.items())),
        (_("Units by kind"), told),
        (_("Levels"), list(measures.LEVELS.items())),
        (_("Span of control"), spans),
        (_("Posts and their holders"), list(measures.POSTS.items())),
        *added,
        (_("Open work concerned"), [*work, ("questions", _("questions that a person has to decide"))]),
    ]


def _cells(name: str, row: list[Found], columns: list[Column]) -> list[Cell]:
    found = []
    for column, one in zip(columns, row, strict=False):
        sign, word = difference(one.value, row[0].value) if column.key != PRESENT else ("", "")
        found.append(Cell(column, one.value, written(one.value), sign, word, bool(one.keys)))
    return found


def difference(value: Number | None, present: Number | None) -> tuple[str, str]:
    """By how much, as sign and figure, and in which direction in words; nothing where one of the two is not known."""
    if value is None or present is None:
        return "", ""
    if value == present:
        return "=", pgettext("figure", "unchanged")
    more = value > present
    return ("+" if more else "−") + written(abs(Decimal(value) - Decimal(present))), pgettext(
        "figure", "more"
    ) if more else pgettext("figure", "fewer")


def written(number: Number | None) -> str:
    """1.234,5 in Vietnamese, 1,234.5 in English; a dash for what is not known."""
    if number is None:
        return "–"
    text = f"{number:,}"
    if isinstance(number, Decimal) and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,")) if (get_language() or "vi").startswith("vi") else text


def _costs(comparison: Comparison, columns: list[Column]) -> Group:
    lines = []
    for line in comparison.costs.all():
        row = [Found(as_number(line.amounts.get(column.key, ""))) for column in columns]
        label = f"{line.name} ({line.measure})" if line.measure else line.name
        lines.append(Line(f"cost-{line.pk}", label, _cells("cost", row, columns), line.note))
    return Group(_("Cost figures entered by the office"), lines)


def rows_behind(name: str, column: Column, present: Column) -> list[tuple[str, str]]:
    """Key and label of the units behind a figure; units that end are called as they are now."""
    assert present.tree is not None
    spots = present.tree.spots | (column.tree.spots if column.tree else {})
    one = column.found.get(name)
    return [(key, spots[key].label) for key in (one.keys if one and one.keys else ()) if key in spots]


def label_of(name: str, on: date) -> str:
    return next((str(label) for _title, rows in _labelled(on) for key, label in rows if key == name), "")


def to_ask(columns: list[Column], on: date) -> list[tuple[int, str, bool]]:
    """Stored units that some draft touches: id, label, whether there is who answers; as the present tree is read."""
    before = columns[0].tree
    assert before is not None
    touched = {key for column in columns[1:] if column.tree for key in concerned(before, column.tree, column.named)}
    keys = [key for key in before.levels if key in touched]
    ids = {int(key[1:]): before.spots[key].label for key in keys}
    led = set(Post.objects.standing(on).filter(unit__in=ids, role__in=ANSWERING).values_list("unit", flat=True))
    return [(pk, label, pk in led) for pk, label in ids.items()]


def with_counts(rows: QuerySet[Comparison]) -> QuerySet[Comparison]:
    """For a list: office, author, how many drafts and opinions; the latest first."""
    answered = Count("opinions", distinct=True, filter=~Q(opinions__preference=Preference.UNANSWERED))
    counted = rows.annotate(
        draft_count=Count("drafts", distinct=True), asked=Count("opinions", distinct=True), answered=answered
    )
    return counted.select_related("office__present", "prepared_by", "chosen").order_by("-prepared_at", "-pk")


@dataclass(frozen=True)
class Branch:
    """A unit in a tree that is drawn: its marks on this side, what it was, what of the branch is drawn below it, and
    how many units below it are left out."""

    label: str
    marks: tuple[str, ...] = ()
    note: str = ""
    below: tuple["Branch", ...] = ()
    left_out: int = 0


def drawn(tree: Forest, marked: Mapping[str, tuple[tuple[str, ...], str]]) -> Branch:
    """The tree folded to the marked units and those above them. marked: key → (marks, note)."""
    shown = {tree.top} | {key for key in marked if key in tree.spots}
    shown |= {above for key in list(shown) for above in tree.above(key)}

    def branch(key: str) -> Branch:
        spots = tree.below.get(key, [])
        rows = tuple(branch(spot.key) for spot in spots if spot.key in shown)
        marks, note = marked.get(key, ((), ""))
        return Branch(tree.spots[key].label, marks, note, rows, len(spots) - len(rows))

    return branch(tree.top)


def both_trees(present: Column, column: Column) -> tuple[Branch, Branch] | None:
    """The present tree with what ends, moves and changes, and the draft's with what is new, has come and is changed."""
    if present.tree is None or column.tree is None:
        return None
    before, after = present.tree, column.tree
    old, new = {}, {}
    for change in column.changes:
        if change.before:
            old[change.before.key] = (change.marks, _goes_to(change, after))
        if change.after:
            new[change.after.key] = (change.marks, _comes_from(change, before))
    return drawn(before, old), drawn(after, new)


def _goes_to(change: Change, after: Forest) -> str:
    if change.after and "moved" in change.marks:
        return pgettext("unit in a draft", "to %(unit)s") % {"unit": after.spots[change.after.parent].name}
    return ""


def _comes_from(change: Change, before: Forest) -> str:
    said = []
    if change.before and "renamed" in change.marks:
        said.append(_("formerly %(name)s") % {"name": change.before.name})
    if change.before and "moved" in change.marks:
        said.append(pgettext("unit in a draft", "from %(unit)s") % {"unit": before.spots[change.before.parent].name})
    return "; ".join(said)
