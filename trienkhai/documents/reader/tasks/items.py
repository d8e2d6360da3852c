"""Tasks from prose: the clause tree walked with what headings, lead-ins and labels say of who does what."""

import re
from dataclasses import dataclass, field, replace

from ..bodies import bodies_at, is_group, split_bodies
from ..clauses import Node
from ..grammar import fold, phrases
from ..model import Task
from ..text import is_upper
from . import fields
from .headings import (
    article_title,
    as_duty,
    before_lead_in,
    goes_on,
    is_sentence,
    is_topic,
    opens_with_duty,
    responsible,
    section_of,
)
from .labels import labels, only_labels, path_of
from .parts import Part, part_at
from .sentences import Charge, addressee_of, by_whom, charges, led_in

_HEADINGS = ("annex", "part", "chapter", "section", "article", "capital", "roman")
_MIN_LENGTH = 15
_IN_BRACKETS = re.compile(r"\s?\([^()]*\)")
_FULL_STOP = re.compile(r"(?<=\w{3}\.)\s+(?=\S)")


@dataclass(frozen=True)
class Context:
    """What the clauses above say: lead and co-ordinating bodies, the kind of section, whether it is the closing one."""

    lead: str | None = None
    coordinating: tuple[str, ...] = ()
    section: str = "open"
    carries_out: bool = False
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

    parts: the kinds of the first document and of those attached to it.
    tabled: where documents begin whose duties a table already gives; of their items that name no lead only those
        with a deadline are then read.
    labelled: where documents begin in which labels tell who does what.
    decides_until: up to this offset a decision speaks for itself; what is attached to it comes after.
    addressee: the body a telegram is sent to, which its items charge.
    letter: an official letter, which charges nobody but others.
    notes: offsets of what charges nobody, as footnotes.
    """

    issuer: str | None
    parts: list[Part]
    tabled: frozenset[int] = frozenset()
    decides_until: int = 0
    addressee: str | None = None
    letter: bool = False
    notes: frozenset[int] = frozenset()
    labelled: set[int] = field(default_factory=set)
    tasks: list[Task] = field(default_factory=list)
    leadless: list[Task] = field(default_factory=list)

    def read(self, root: Node) -> list[Task]:
        self._children(root, Context(section="task" if self.addressee else "open"))
        directed = [task for task in self.leadless if part_at(self.parts, task.start).directive]
        self.tasks += [task for task in directed if self._stands(task)]
        for task in self.tasks:
            if task.lead is None and self.addressee:
                task.lead = self.addressee
                task.flags.append("understood_lead")
        return [fields.settle(task) for task in self.tasks]

    def _stands(self, task: Task) -> bool:
        """Whether a duty that names nobody counts, beside a table or labels that say who does what."""
        document = part_at(self.parts, task.start).document
        return document not in self.tabled | self.labelled or (
            document in self.tabled and fields.is_dated(task.deadline)
        )

    # -- walking -------------------------------------------------------------

    def _children(self, node: Node, context: Context) -> None:
        pending = Labelled()
        first, asked = True, None
        for child in node.children:
            if child.quoted or child.kind == "row" or child.start in self.notes:
                continue
            if self._label(child, pending, context) or self._shared_deadline(child, pending):
                continue
            if pending.values:
                self._flush(pending)
            child, closing = _without_closing(child)
            before = len(self.tasks), len(self.leadless)
            asked = self._asked(child, asked)
            inner = context if context.lead or child.kind in _HEADINGS else replace(context, lead=asked)
            self._visit(child, replace(inner, first_text=first))
            first = first and child.kind != "paragraph"
            pending.waiting += self.tasks[before[0] :] + self.leadless[before[1] :]
            for words in closing:
                self._shared_deadline(words, pending)
        self._flush(pending)

    def _asked(self, node: Node, before: str | None) -> str | None:
        """Whom a lead-in, or a line that only names a body, charges with the items after it on the same level."""
        text = node.text.strip()
        if node.kind in _HEADINGS or node.children:
            return None if node.kind in _HEADINGS else before
        if node.kind == "paragraph" and text.endswith(":"):
            return self._other(led_in(text)) or before
        return addressee_of(text) or before if node.kind == "arabic" else before

    def _visit(self, node: Node, context: Context) -> None:
        text = node.text.strip()
        path = path_of(context.path, node)
        context = replace(context, path=path.strip("."))
        if node.kind in _HEADINGS:
            self._heading(node, text, context)
        elif node.children and only_labels(node):
            self._labelled(node, text, context)
        elif node.children:
            self._parent(node, text, context)
        else:
            self._leaf(node, text, context)

    def _heading(self, node: Node, text: str, context: Context) -> None:
        title, rest = article_title(node, text)
        section = section_of(title, node.kind) or context.section
        inner = replace(context, section=section, lead=None, coordinating=(), first_text=True)
        if phrases().carrying_out.search(fold(title[:90])):
            inner = replace(inner, carries_out=True)
        named = None if is_upper(title) else addressee_of(responsible(title))
        if named:
            inner = replace(inner, lead=named, section="task")
        if node.kind == "annex":
            inner = replace(inner, section="skip")
        if rest and not node.children:
            self._leaf(node, rest, inner)
        self._children(node, inner)

    def _parent(self, node: Node, text: str, context: Context) -> None:
        """An item with items below: a heading that names who, a lead-in, a topic, or one task told in parts."""
        named = addressee_of(responsible(text))
        if named:
            section = as_duty(context.section) if self._directive(node) else context.section
            self._children(node, replace(context, lead=named, section=section))
            return
        found = [charge for charge in charges(text, self.issuer) if not self.letter or self._may_lead(charge)]
        charged = found[0] if found and found[0].start == 0 else None
        label_only = any(pattern.match(fold(text)) for role, pattern in phrases().labels if role in ("empty", "task"))
        if charged and (duty := before_lead_in(text)):
            self._leaf(node, duty, context)
            self._children(node, replace(context, lead=charged.lead, section=as_duty(context.section)))
        elif charged and text.endswith(":") and len(text) < 400 and not charged.given:
            with_bodies = tuple(fields.coordinating(text))
            self._children(
                node, replace(context, lead=charged.lead, coordinating=with_bodies, section=as_duty(context.section))
            )
        elif context.lead and text.endswith("gồm:") and opens_with_duty(text) and not phrases().give.match(fold(text)):
            self._leaf(node, text, context, parts=True)
        elif node.kind == "paragraph" and text.endswith(":"):
            lead = self._other(led_in(text)) or (found[-1].lead if found else context.lead)
            with_bodies = tuple(fields.coordinating(text)) or context.coordinating
            self._children(node, replace(context, lead=lead, coordinating=with_bodies))
        elif (
            not label_only
            and text.endswith(":")
            and opens_with_duty(text)
            and context.section != "skip"
            and not any(labels(child.text) for child in node.children)
            and not (context.lead is None and is_topic(node))
        ):
            self._leaf(node, text, context, parts=True)
        elif charged and not text.endswith(":"):
            self._leaf(node, text, context)
            listed = [child for child in node.children if child.kind != "paragraph"]
            plain = [child for child in node.children if child.kind == "paragraph"]
            self._children(replace(node, children=listed), replace(context, lead=charged.lead))
            self._children(replace(node, children=plain), replace(context, lead=None))
        else:
            said = section_of(text, node.kind) if len(text) < 120 else None
            above = context.lead is None and not found and is_topic(node)
            if is_sentence(text) and not above and all(child.kind == "paragraph" for child in node.children):
                self._leaf(node, text, context)  # the last item of a list, with the closing words below it
            self._children(node, replace(context, section=said or context.section))

    # -- one item ------------------------------------------------------------

    def _leaf(self, node: Node, text: str, context: Context, *, parts: bool = False) -> None:
        folded = fold(text)
        if (text.endswith(":") and not parts) or addressee_of(text):
            return
        if context.section == "skip" or len(text) < _MIN_LENGTH or is_upper(text) or self._no_task(node, folded):
            return
        own = [charge for charge in charges(text, self.issuer) if self._may_lead(charge)]
        asked = context.lead and own and own[0].given and not folded.startswith(("giao ", "phân công "))
        if own and own[0].start and not own[0].given and context.section == "task" and opens_with_duty(text):
            own = []
        apart = bool(own) and own[0].start > 0 and text.startswith("Giao ", own[0].start)
        if own and (apart or not asked) and (own[0].start == 0 or apart or not context.lead):
            if not self._takes(node, context, own):
                return
            if apart and context.lead:
                self._add(node, text[: own[0].start], 0, context.lead, context)
            ends = [charge.start for charge in own[1:]] + [len(text)]
            for charge, end in zip(own, ends, strict=True):
                if charge.start and phrases().not_tasks.search(folded[charge.start : end].strip()):
                    continue  # "Yêu cầu các đơn vị nghiêm túc thực hiện." behind a duty
                self._add(
                    node,
                    text[charge.start : end],
                    charge.start,
                    charge.lead,
                    context,
                    behind=charge.behind - charge.start,
                )
        elif context.lead:
            if node.kind != "paragraph" or context.first_text or opens_with_duty(text) or goes_on(text):
                self._add(node, text, 0, context.lead, context, parts=parts)
        elif self._directive(node) and (opens_with_duty(text) or context.section == "task") and (lead := by_whom(text)):
            self._add(node, text, 0, lead, context, parts=parts)
        elif context.section == "task" and self._is_duty(node, text):
            self._add(node, text, 0, None, context, parts=parts)

    def _no_task(self, node: Node, folded: str) -> bool:
        """Formulas of closing, save that a decision may so charge one named body with carrying it out."""
        formula = phrases().not_tasks.search(folded)
        if not formula or _FULL_STOP.search(folded, 0, formula.start()):
            return all(phrases().not_tasks.search(sentence) for sentence in _FULL_STOP.split(folded))
        named = node.text[: bodies_at(node.text)]
        decides = self._decides(node) and "phối hợp" in folded[len(named) : len(named) + 20]
        return not (decides and named) or "thi hành" in folded or is_group(named)

    def _takes(self, node: Node, context: Context, own: list[Charge]) -> bool:
        """Documents of rules charge bodies in every line; only their sections on who does what count."""
        if self._directive(node) or context.section == "task" or node.text.lstrip().startswith("Giao "):
            return True
        return self._regulates(node) or (self._decides(node) and own[0].start == 0 and not own[0].orders)

    def _decides(self, node: Node) -> bool:
        return node.start < self.decides_until and node.kind in ("article", "arabic")

    def _regulates(self, node: Node) -> bool:
        return part_at(self.parts, node.start).regulates

    def _directive(self, node: Node) -> bool:
        return part_at(self.parts, node.start).directive

    def _may_lead(self, charge: Charge) -> bool:
        """Whoever issues a document orders in it; a letter charges others altogether."""
        return bool(self._other(charge.lead)) or not (charge.orders or self.letter)

    def _other(self, lead: str | None) -> str | None:
        """The lead, unless it is the issuer itself."""
        return None if self.issuer and fold(_IN_BRACKETS.sub("", lead or "")) == fold(self.issuer) else lead

    def _is_duty(self, node: Node, text: str) -> bool:
        return node.kind != "paragraph" or opens_with_duty(text)

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
        dated = re.search(r"\d{4}", task.deadline or "")
        closes = context.carries_out and "Điều" in context.path
        if part_at(self.parts, node.start).law and not (dated or closes):
            return
        if self._regulates(node) and not (context.carries_out or task.deadline or words.startswith("Giao ")):
            return
        if parts:
            task.quote = "\n".join([words, *node.texts_below()])
            task.end = start + len(task.quote)
        (self.tasks if lead else self.leadless).append(task)

    # -- labels --------------------------------------------------------------

    def _label(self, node: Node, pending: Labelled, context: Context) -> bool:
        """Takes "Đơn vị chủ trì: …" and the like; "Nhiệm vụ: …" is itself an item."""
        roles = labels(node.text) if node.kind not in _HEADINGS else {}
        if not roles:
            return False
        if "task" in roles:
            if "lead" in pending.values:
                self.labelled.add(part_at(self.parts, node.start).document)
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

    def _shared_deadline(self, node: Node, pending: Labelled) -> bool:
        """ "Các nhiệm vụ trên hoàn thành trước ngày …" serves every item above it that has no deadline of its own."""
        text = node.text.strip()
        if node.children or not pending.waiting or not _sets_deadline(text):
            return False
        words = fields.deadline(text)
        for task in pending.waiting:
            task.deadline = task.deadline or words
        return words is not None

    def _labelled(self, node: Node, text: str, context: Context) -> None:
        """An item told by its labels: "a) Nâng cấp đường truyền" above "- Đơn vị chủ trì: …"."""
        if context.section == "skip" or len(text) < _MIN_LENGTH:
            return
        pending = Labelled()
        before = len(self.tasks), len(self.leadless)
        self._add(node, text.rstrip(":"), 0, None, replace(context, section="task"))
        pending.waiting = self.tasks[before[0] :] + self.leadless[before[1] :]
        for child in node.children:
            self._label(child, pending, context)
        self._flush(pending)

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
                own = task.deadline if len(pending.waiting) > 1 else None  # of one among many, its own day holds
                self._apply(task, values if own is None else {**values, "deadline": own})
            if "lead" in values:
                self.labelled.add(part_at(self.parts, pending.waiting[0].start).document)
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


def _without_closing(node: Node) -> tuple[Node, list[Node]]:
    """The last item of a list, and the words below it that set one deadline for the whole list."""
    closing = [child for child in node.children if child.kind == "paragraph" and _sets_deadline(child.text)]
    if not closing or node.kind in _HEADINGS:
        return node, []
    return replace(node, children=[child for child in node.children if child not in closing]), closing


def _sets_deadline(text: str) -> bool:
    return bool(phrases().shared_deadline.match(fold(text.strip())))
