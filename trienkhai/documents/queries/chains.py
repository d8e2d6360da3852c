"""How documents stand on each other: chains upward and downward, and what units below made of one."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from trienkhai.common import paths
from trienkhai.documents.models import ORDERING, STANDING, Document, DocumentLink, LinkKind
from trienkhai.documents.rules import visible_documents
from trienkhai.orgs.models import Relation, Unit
from trienkhai.orgs.queries import children
from trienkhai.orgs.rules import visible_units
from trienkhai.people.models import Account

MOST = 300


def above(pk: int) -> set[int]:
    """Every document that this one stands on by an ordering relation, at any depth. A query for each level."""
    return _reached(pk, "source", "target", ORDERING)


def below(pk: int, kinds: Iterable[str] = ORDERING) -> set[int]:
    """Every document that stands on this one, at any depth. A query for each level."""
    return _reached(pk, "target", "source", kinds)


def _reached(pk: int, one: str, other: str, kinds: Iterable[str]) -> set[int]:
    found: set[int] = set()
    links = DocumentLink.objects.live().filter(kind__in=list(kinds), target__isnull=False)
    frontier = {pk}
    while frontier:
        rows = set(links.filter(**{f"{one}__in": frontier}).values_list(other, flat=True))
        frontier = rows - found
        found |= rows
    return found


def circle(source: Document, target: Document) -> str:
    words = {"target": target.reference, "source": source.reference}
    return _("%(target)s itself already stands on %(source)s: the two would stand on each other.") % words


@dataclass
class Step:
    """One line of a chain. `document` None: not registered, or not within the person's sight (`registered`).

    links: all relations between the two. depth: 0 for what stands next to the document asked for. again: shown further
    up already, with what follows from it.
    """

    links: list[DocumentLink]
    document: Document | None
    depth: int
    again: bool = False

    @property
    def link(self) -> DocumentLink:
        return self.links[0]

    @property
    def kind(self) -> str:
        return ", ".join(str(LinkKind(link.kind).label) for link in self.links)

    @property
    def registered(self) -> bool:
        return self.link.target_id is not None


@dataclass
class Chain:
    """The lines of an indented list, in order; `more` when it was cut at `MOST` lines."""

    steps: list[Step] = field(default_factory=list)
    more: bool = False


def stands_on(document: Document, account: Account, on: date) -> Chain:
    """What it is based on, carries out or is attached to, what these stand on, and so on; gaps by their names."""
    return _Walk(account, on, upward=True).from_document(document)


def standing_on(document: Document, account: Account, on: date) -> Chain:
    """The visible documents that stand on it, and those that stand on these."""
    return _Walk(account, on, upward=False).from_document(document)


class _Walk:
    """Levels are fetched one query each; the list is then laid out depth first. A circle ends where it was met."""

    def __init__(self, account: Account, on: date, *, upward: bool) -> None:
        self.visible = visible_documents(account, on)
        self.near, self.far = ("source_id", "target_id") if upward else ("target_id", "source_id")
        self.upward = upward
        self.links: dict[int, list[DocumentLink]] = {}
        self.seen: dict[int, Document] = {}

    def from_document(self, document: Document) -> Chain:
        frontier, fetched = {document.pk}, 0
        while frontier and fetched <= MOST:
            rows = self._fetch(frontier)
            fetched += len(rows)
            frontier = {getattr(row, self.far) for row in rows} & self.seen.keys() - self.links.keys()
        chain, done = Chain(), {document.pk}
        self._lay(document.pk, 0, chain, done)
        return chain

    def _fetch(self, frontier: set[int]) -> list[DocumentLink]:
        links = DocumentLink.objects.live().filter(kind__in=STANDING, **{f"{self.near}__in": frontier})
        rows = list(links.order_by("start", "pk"))
        for pk in frontier:
            self.links[pk] = []
        self.seen |= self.visible.in_bulk({getattr(row, self.far) for row in rows} - {None} - self.seen.keys())
        for row in rows:
            if self.upward or row.source_id in self.seen:
                self.links[getattr(row, self.near)].append(row)
        return rows

    def _lay(self, pk: int, depth: int, chain: Chain, done: set[int]) -> None:
        for links in self._papers(pk):
            if len(chain.steps) >= MOST:
                chain.more = True
                return
            far = getattr(links[0], self.far)
            chain.steps.append(Step(links, self.seen.get(far), depth, again=far in done))
            if far in self.seen and far not in done:
                done.add(far)
                self._lay(far, depth + 1, chain, done)

    def _papers(self, pk: int) -> list[list[DocumentLink]]:
        """The relations of one document, those with one paper together, bases first."""
        papers: dict[object, list[DocumentLink]] = {}
        for link in sorted(self.links.get(pk, ()), key=lambda link: STANDING.index(LinkKind(link.kind))):
            papers.setdefault(getattr(link, self.far) or link.key, []).append(link)
        return list(papers.values())


@dataclass(frozen=True)
class Made:
    """What the branch of one unit made of a document."""

    unit: Unit
    documents: list[Document]
    has_children: bool


def top_for(document: Document, account: Account, on: date) -> Unit | None:
    """The highest unit below which the person may see what was made: the issuer's own branch, or the person's."""
    units = visible_units(account, on).select_related("present")
    for pk in (document.issuer_id, document.owner_id):
        if pk and (found := units.filter(pk=pk).first()):
            return found
    return min(units, key=lambda unit: (len(unit.path or ""), unit.path or ""), default=None)


def made_below(document: Document, top: Unit, account: Account, on: date) -> list[Made]:
    """For each unit next below `top` in sight, the visible documents of its branch that stand on this one.

    Units without any come too, with an empty list. Three queries, and one for each level of documents.
    """
    rows = visible_documents(account, on).filter(pk__in=below(document.pk, STANDING))
    found: dict[int, list[Document]] = {}
    for row in rows.select_related("issuer", "owner").order_by("issued_on", "pk"):
        path = (row.issuer or row.owner).path or ""
        for pk in paths.ids(path):
            found.setdefault(pk, []).append(row)
    units = visible_units(account, on).filter(pk__in=children(top, Relation.SUBORDINATE).values("pk"))
    listed = list(units.select_related("present").order_by("present__sort_key"))
    parents = set(Unit.objects.filter(present__parent__in=listed).values_list("present__parent", flat=True))
    return [Made(unit, found.get(unit.pk, []), unit.pk in parents) for unit in listed]
