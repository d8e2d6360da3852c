"""Selections: who receives, written as data and turned into units.

Grammar: `term ((' + ' | ' - ') term)*`, read from left to right; a term is `children`, `grassroots`, `kind:K`,
`sector:S`, `unit:CODE`, or `below:CODE` (a unit with all below it). Operators stand between blanks, so a code may hold
a hyphen. All but `unit:` stay within the branch of the unit that selects; `children` and `grassroots` take relation
*subordinate* only.
"""

import re
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from trienkhai.common import paths
from trienkhai.norms.queries import value
from trienkhai.orgs.models import Relation, Unit, UnitQuerySet
from trienkhai.orgs.queries import grassroots_kinds, unit_by_code

LONGEST = 1000
_OPERATORS = re.compile(r"\s([+-])\s")


@dataclass(frozen=True)
class Term:
    sign: str
    name: str
    argument: str


def parse(text: str) -> list[Term]:
    """The terms of a selection. Raises ValidationError with a sentence when it cannot be read."""
    if len(text) > LONGEST:
        raise ValidationError(_("A selection has at most %(n)d characters.") % {"n": LONGEST})
    pieces = _OPERATORS.split(f"{text.strip()}")
    signs = ["+", *pieces[1::2]]
    terms = [_term(sign, piece.strip()) for sign, piece in zip(signs, pieces[0::2], strict=True)]
    if not any(term.sign == "+" for term in terms):
        raise ValidationError(_("A selection must name someone."))
    return terms


def _term(sign: str, piece: str) -> Term:
    name, _colon, argument = piece.partition(":")
    plain, with_argument = ("children", "grassroots"), ("kind", "sector", "unit", "below")
    if (name in plain and not argument) or (name in with_argument and argument):
        return Term(sign, name, argument.strip())
    raise ValidationError(_("“%(piece)s” is not part of a selection.") % {"piece": piece})


def select(text: str, *, by: Unit, on: date) -> UnitQuerySet:
    """The standing units that `text` selects as seen from `by`; raises ValidationError for an unknown kind or code."""
    chosen = Q(pk__in=[])
    for term in parse(text):
        condition = _condition(term, by, on)
        chosen = (chosen | condition) if term.sign == "+" else (chosen & ~condition)
    return Unit.objects.standing(on).filter(chosen, path__isnull=False)


def _condition(term: Term, by: Unit, on: date) -> Q:
    branch = paths.within(by.path or "") & ~Q(pk=by.pk)
    subordinate = Q(present__relation=Relation.SUBORDINATE)
    if term.name == "children":
        return Q(present__parent=by) & subordinate
    if term.name == "grassroots":
        return branch & subordinate & Q(present__kind__in=grassroots_kinds(on))
    if term.name in ("kind", "sector"):
        known = value("unit_kinds" if term.name == "kind" else "sectors", on=on, default={})
        if term.argument not in known:
            raise ValidationError(_("There is no kind or sector “%(name)s”.") % {"name": term.argument})
        return branch & Q(**{f"present__{term.name}": term.argument})
    unit = unit_by_code(term.argument)
    if unit is None:
        raise ValidationError(_("There is no unit with the code “%(code)s”.") % {"code": term.argument})
    return Q(pk=unit.pk) if term.name == "unit" else paths.within(unit.path or "") & paths.within(by.path or "")


def describe(text: str, names: dict[str, str]) -> str:
    """The selection in words: `names` gives those of `children`, `grassroots`, `kind:K`, `sector:S` and of codes."""
    words = []
    for term in parse(text):
        key = f"{term.name}:{term.argument}" if term.argument else term.name
        words.append((_("except ") if term.sign == "-" else "") + names.get(key, term.argument or term.name))
    return "; ".join(words)
