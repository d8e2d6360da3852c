"""Tasks from prose: the clause tree walked with what headings, lead-ins and labels say of who does what."""

import re
from dataclasses import dataclass, field, replace

from ..bodies import split_bodies
from ..clauses import Node
from ..grammar import fold, phrases
from ..model import Task
from ..text import is_upper
from . import fields
from .sentences import Charge, addressee_of, charges

_HEADINGS = ("annex", "part", "chapter", "section", "article", "capital", "roman")
_LABEL_SPLIT = re.compile(r"[;.]\s+(?=[A-ZĐ][^:;.]{3,45}:)")
_MIN_LENGTH = 15


@dataclass(frozen=True)
class Context:
    """What the clauses above say: the lead, the co-ordinating bodies of a lead-in, the kind of section."""

    lead: str | None = None
    coordinating: tuple[str, ...] = ()
    section: str = "open"
    path: str = ""
    first_text: bool = True


@dataclass
class Labelled:
    """Items waiting for the labels that follow them."""

    waiting: list[Task] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)


@dataclass
class Items:
    """Reader of prose tasks.

    directive: duties are the document's point, so items with nobody named count too.
    tabled: a table already gives the duties; only items that name a lead are then read.
    """

    issuer: str | None
    directive: bool
    tabled: bool
    labels_used: bool = False
    tasks: list[Task] = field(default_factory=list)
    leadless: list[Task] = field(default_factory=list)

    def read(self, root: Node) -> list[Task]:
        self._children(root, Context())
        if not (self.tabled or self.labels_used) and self.directive:
            self.tasks += self.leadless
        return [fields.settle(task) for task in self.tasks]

    # -- walking -------------------------------------------------------------

    def _children(self, node: Node, context: Context) -> None:
        pending = Labelled()
        first = True
        for child in node.children:
            if child.quoted or child.kind == "row":
                continue
            if self._label(child, pending, context):
                continue
            if pending.values:
                self._flush(pending)
            before = len(self.tasks), len(self.leadless)
            self._visit(child, replace(context, first_text=first))
            first = first and child.kind != "paragraph"
            pending.waiting += self.tasks[before[0] :] + self.leadless[before[1] :]
        self._flush(pending)

    def _visit(self, node: Node, context: Context) -> None:
        text = node.text.strip()
        path = _path(context.path, node)
        context = replace(context, path=path.strip("."))
        if node.kind in _HEADINGS:
            self._heading(node, text, context)
        elif node.children:
            self._parent(node, text, context)
        else:
            self._leaf(node, text, context)

    def _heading(self, node: Node, text: str, context: Context) -> None:
        title, rest = _article_title(node, text)
        section = _section(title, node.kind) or context.section
        inner = replace(context, section=section, lead=None, coordinating=(), first_text=True)
        named = None if is_upper(title) else addressee_of(_responsible(title))
        if named:
            inner = replace(inner, lead=named, section="task")
        if node.kind == "annex":
            inner = replace(inner, section="skip")
        if rest and not node.children:
            self._leaf(node, rest, inner)
        self._children(node, inner)

    def _parent(self, node: Node, text: str, context: Context) -> None:
        """An item with items below: a heading that names who, a lead-in, a topic, or one task told in parts."""
        named = addressee_of(_responsible(text))
        if named:
            section = _duty(context.section) if self.directive else context.section
            self._children(node, replace(context, lead=named, section=section))
            return
        found = charges(text, self.issuer)
        charged = found[0] if found and found[0].start == 0 else None
        label_only = any(pattern.match(fold(text)) for role, pattern in phrases().labels if role in ("empty", "task"))
        if charged and text.endswith(":") and len(text) < 400 and not charged.given:
            with_bodies = tuple(fields.coordinating(text))
            self._children(
                node, replace(context, lead=charged.lead, coordinating=with_bodies, section=_duty(context.section))
            )
        elif node.kind == "paragraph" and text.endswith(":"):
            lead = found[-1].lead if found else context.lead
            with_bodies = tuple(fields.coordinating(text)) or context.coordinating
            self._children(node, replace(context, lead=lead, coordinating=with_bodies))
        elif not label_only and text.endswith(":") and _opens_with_duty(text) and context.section != "skip":
            self._leaf(node, text, context, parts=True)
        elif charged and not text.endswith(":"):
            self._leaf(node, text, context)
            listed = [child for child in node.children if child.kind != "paragraph"]
            plain = [child for child in node.children if child.kind == "paragraph"]
            self._children(replace(node, children=listed), replace(context, lead=charged.lead))
            self._children(replace(node, children=plain), replace(context, lead=None))
        else:
            said = _section(text, node.kind) if len(text) < 120 else None
            self._children(node, replace(context, section=said or context.section))

    # -- one item ------------------------------------------------------------

    def _leaf(self, node: Node, text: str, context: Context, *, parts: bool = False) -> None:
        folded = fold(text)
        if text.endswith(":") and not parts:
            return
        if context.section == "skip" or len(text) < _MIN_LENGTH or is_upper(text) or phrases().not_tasks.search(folded):
            return
        own = [charge for charge in charges(text, self.issuer) if self._may_lead(charge)]
        asked = context.lead and own and own[0].given and not folded.startswith(("giao ", "phân công "))
        if own and own[0].start and not own[0].given and context.section == "task" and _opens_with_duty(text):
            own = []
        if own and not asked and (own[0].start == 0 or not context.lead):
            if not self._takes(node, context, own):
                return
            ends = [charge.start for charge in own[1:]] + [len(text)]
            for charge, end in zip(own, ends, strict=True):
                self._add(
                    node,
                    text[charge.start : end],
                    charge.start,
                    charge.lead,
                    context,
                    behind=charge.behind - charge.start,
                )
        elif context.lead:
            if node.kind != "paragraph" or context.first_text or _opens_with_duty(text):
                self._add(node, text, 0, context.lead, context, parts=parts)
        elif context.section == "task" and self._is_duty(node, text):
            self._add(node, text, 0, None, context, parts=parts)

    def _takes(self, node: Node, context: Context, own: list[Charge]) -> bool:
        """Documents of rules charge bodies in every line; only their sections on who does what count."""
        return self.directive or context.section == "task" or node.text.lstrip().startswith("Giao ")

    def _may_lead(self, charge: Charge) -> bool:
        return not (self.issuer and fold(charge.lead) == fold(self.issuer) and charge.orders)

    def _is_duty(self, node: Node, text: str) -> bool:
        return node.kind != "paragraph" or _opens_with_duty(text)

    def _add(
        self,
        node: Node,
        words: str,
        offset: int,
        lead: str | None,
        context: Context,
        *,
        behind: int = 0,
        parts: bool = False,
    ) -> None:
        words = words.strip().rstrip(";").strip()
        start = node.body + node.text.find(node.text.strip()) + offset
        with_bodies = list(context.coordinating)
        with_bodies += [body for body in fields.coordinating(words) if body not in with_bodies]
        task = Task(
            text=words,
            lead=lead,
            coordinating=with_bodies,
            deadline=fields.deadline(words, after=behind),
            product=fields.product(words),
            clause=context.path or None,
            start=start,
            end=start + len(words),
            quote=words,
        )
        if parts:
            task.quote = "\n".join([words, *node.texts_below()])
            task.end = start + len(task.quote)
        (self.tasks if lead else self.leadless).append(task)

    # -- labels --------------------------------------------------------------

    def _label(self, node: Node, pending: Labelled, context: Context) -> bool:
        """Takes "Đơn vị chủ trì: …" and the like; "Nhiệm vụ: …" is itself an item."""
        roles = _labels(node.text) if node.kind not in _HEADINGS else {}
        if not roles:
            return False
        if "task" in roles:
            self.labels_used = self.labels_used or "lead" in pending.values
            if pending.values:
                self._flush(pending)
            return self._labelled_task(node, roles["task"], pending, context)
        roles.pop("other", None)
        if "empty" in roles:
            for child in node.children:
                self._label(child, pending, context)
            return True
        pending.values.update(roles)
        return True

    def _labelled_task(self, node: Node, words: str, pending: Labelled, context: Context) -> bool:
        before = len(self.tasks), len(self.leadless)
        inner = replace(context, section="task")
        if words:
            self._add(node, words, node.text.find(words), None, inner)
        self._children(node, inner)
        pending.waiting += self.tasks[before[0] :] + self.leadless[before[1] :]
        return True

    def _flush(self, pending: Labelled) -> None:
        values = pending.values
        if values and pending.waiting:
            for task in pending.waiting:
                self._apply(task, values)
            if "lead" in values:
                self.labels_used = True
                held = {id(task) for task in pending.waiting}
                self.tasks += [task for task in self.leadless if id(task) in held]
                self.leadless = [task for task in self.leadless if id(task) not in held]
        if values:
            pending.waiting, pending.values = [], {}

    def _apply(self, task: Task, values: dict[str, str]) -> None:
        task.lead = values.get("lead", task.lead)
        task.deadline = values.get("deadline", task.deadline)
        task.product = values.get("product", task.product)
        if "coordinating" in values:
            said = [mention.text for mention in split_bodies(values["coordinating"])]
            task.coordinating = said + [body for body in task.coordinating if body not in said]


def _path(above: str, node: Node) -> str:
    """Labels from the top down: "III.2.a"; a label that repeats the one above ("2.1") replaces it."""
    if not node.label or node.kind in ("dash", "plus"):
        return above
    parent = above.rpartition(".")[2] if above else ""
    if node.kind == "arabic" and "." in node.label:
        stem = node.label.rpartition(".")[0]
        if above == stem or above.endswith("." + stem):
            return above[: len(above) - len(stem)] + node.label
        if parent and above.endswith(parent) and node.label.startswith(parent + "."):
            return above[: len(above) - len(parent)] + node.label
    return f"{above}.{node.label}" if above else node.label


def _labels(text: str) -> dict[str, str]:
    """Values by role of the labels a paragraph holds; empty when it does not begin with one."""
    out: dict[str, str] = {}
    for part in _LABEL_SPLIT.split(text.strip().lstrip("- ")):
        folded = fold(part.strip())
        for role, pattern in phrases().labels:
            m = pattern.match(folded)
            if m:
                out[role] = part.strip()[m.end() :].strip(" .;")
                break
        else:
            if not out:
                return {}
            role = list(out)[-1]
            out[role] = f"{out[role]}; {part.strip(' .;')}".strip("; ")
    filled = {role: value for role, value in out.items() if value or role in ("empty", "task", "other")}
    return filled or ({"empty": ""} if out else {})


def _article_title(node: Node, text: str) -> tuple[str, str]:
    """An article's heading and its text; a long unbroken article is all text."""
    if node.kind != "article" or len(text) < 130:
        return text, text if node.kind == "article" and not is_upper(text) and len(text) > 60 else ""
    return "", text


def _responsible(title: str) -> str:
    return re.sub(r"^(?i:trách nhiệm|nhiệm vụ)(?: chung| cụ thể)? (?:của )?", "", title)


def _section(title: str, kind: str) -> str | None:
    """What a heading says of the clauses below it: "skip", "task", "open", or None for no word on it."""
    folded = re.sub(r"^(?:về|một số|các|những|công tác)\s", "", fold(title[:160]).strip())
    if phrases().skip_sections.match(folded):
        return "skip"
    if phrases().duty_sections.search(folded):
        return "task"
    if kind in ("roman", "chapter", "part", "capital"):
        return "task" if phrases().task_sections.search(folded) else "open"
    return None


def _duty(section: str) -> str:
    return section if section == "skip" else "task"


def _opens_with_duty(text: str) -> bool:
    folded = fold(text[:80])
    return bool(phrases().verbs.match(folded) or phrases().other_openings.match(folded))
