"""Which document of the registers a citation means: never a guess.

A day or an issuer that the citation gives must agree. Copies of one paper in several registers are one document; the
copy nearest to the citing one is meant. What stays in doubt is left to a person.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from trienkhai.common import paths
from trienkhai.common.folding import fold
from trienkhai.documents.models import Document, DocumentLink

SAME_BODY = (
    ("ubnd", "uy ban nhan dan"),
    ("hdnd", "hoi dong nhan dan"),
    ("ubkt", "uy ban kiem tra"),
    ("btv", "ban thuong vu"),
    ("bch", "ban chap hanh"),
    ("tw", "trung uong"),
    ("dang uy", "dang bo"),
    ("tinh uy", "dang bo tinh"),
    ("thanh uy", "dang bo thanh pho"),
    ("huyen uy", "dang bo huyen"),
    ("quan uy", "dang bo quan"),
    ("ban chap hanh dang bo", "dang bo"),
)


@dataclass(frozen=True)
class Match:
    """`document`: the one that is meant, None when none is or several may be. `candidates`: all with that symbol."""

    document: Document | None
    candidates: tuple[Document, ...] = ()

    @property
    def is_ambiguous(self) -> bool:
        return self.document is None and bool(self.candidates)


class Matcher:
    """Citations of a few symbols against the registers. Two queries, whatever the number of citations."""

    def __init__(self, keys: Iterable[str]) -> None:
        wanted = {key for key in keys if key}
        rows = Document.objects.filter(symbol_key__in=wanted).select_related("issuer__present", "owner")
        self.rows: dict[str, list[Document]] = {}
        for row in rows.order_by("pk"):
            self.rows.setdefault(row.symbol_key, []).append(row)

    def match(self, link: DocumentLink) -> Match:
        """`link` needs its source with the owner."""
        same = [row for row in self.rows.get(link.symbol_key, []) if row.pk != link.source_id]
        fitting = [row for row in same if _Cited(link).fits(row)]
        exact = [row for row in fitting if link.cited_on and row.issued_on == link.cited_on]
        groups = _papers(exact or fitting)
        chosen = _nearest(groups[0], link.source.owner.path or "") if len(groups) == 1 else None
        return Match(chosen, tuple(same))


@dataclass
class _Cited:
    link: DocumentLink

    def fits(self, row: Document) -> bool:
        """Neither the day nor the issuer speaks against it, and it is no younger than what cites it."""
        if self.link.cited_on:
            if row.issued_on not in (None, self.link.cited_on):
                return False
        elif row.issued_on and self.link.source.issued_on and row.issued_on > self.link.source.issued_on:
            return False
        return not self.issuer or any(_agree(self.issuer, name) for name in _names(row))

    @cached_property
    def issuer(self) -> frozenset[str]:
        return _words(self.link.issuer_name)


def _names(row: Document) -> list[frozenset[str]]:
    given = [row.issuer_name]
    if row.issuer and row.issuer.present:
        given += [row.issuer.present.name, row.issuer.present.short_name, *row.issuer.present.aliases]
    return [words for name in given if (words := _words(name))] or [frozenset()]


def _words(name: str) -> frozenset[str]:
    """The words of an issuer's name; abbreviations in full, a committee by the organisation it leads."""
    text = f" {fold(name).replace('-', ' ').replace(',', ' ')} "
    for short, full in SAME_BODY:
        text = text.replace(f" {short} ", f" {full} ")
    return frozenset(text.split())


def _agree(one: frozenset[str], other: frozenset[str]) -> bool:
    """One name says no more than the other: 'Ban Chấp hành Trung ương' and '… Đảng khóa XII'. Unknown agrees."""
    return not other or one <= other or other <= one


def _papers(rows: list[Document]) -> list[list[Document]]:
    """Copies of one paper together: same day and issuers that agree."""
    groups: list[list[Document]] = []
    for row in rows:
        for group in groups:
            first = group[0]
            if first.issued_on == row.issued_on and _agree(_words(first.issuer_name), _words(row.issuer_name)):
                group.append(row)
                break
        else:
            groups.append([row])
    return groups


def _nearest(rows: list[Document], path: str) -> Document:
    """The copy held by the same unit, else by the nearest one above, else the first registered."""
    above = paths.ids(path)

    def far(row: Document) -> tuple[int, int]:
        place = above.index(row.owner_id) if row.owner_id in above else -1
        return (-place, row.pk)

    return min(rows, key=far)
