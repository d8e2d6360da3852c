"""The design of a form: sections and fields as a version keeps them (JSON), read into values and checked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trienkhai.common.folding import squeeze
from trienkhai.reports.figures import MOST_DECIMALS, read_number
from trienkhai.reports.formula import Node, Unreadable, columns_outside_sums, names
from trienkhai.reports.formula import read as read_formula

KINDS = {
    "number": gettext_lazy("number"),
    "text": gettext_lazy("narrative"),
    "table": gettext_lazy("table"),
    "choice": gettext_lazy("choice"),
    "computed": gettext_lazy("computed number"),
}
SUMS = {
    "sum": gettext_lazy("sum of those below"),
    "mean": gettext_lazy("mean of those below"),
    "last": gettext_lazy("the last one sent"),
    "none": gettext_lazy("not summed"),
}
CODE = re.compile(r"[a-z][a-z0-9_]{0,19}")
MOST_FIELDS, MOST_COLUMNS, MOST_ROWS, MOST_OPTIONS, MOST_SECTIONS = 200, 20, 200, 40, 40


@dataclass(frozen=True)
class Column:
    """A column of a table. kind: `number` or `text`."""

    code: str
    label: str
    kind: str = "text"
    decimals: int = 0


@dataclass(frozen=True)
class Field:
    """One thing to answer. `unit`: of measure. `least`, `most`: '' for no bound. `rule`: how those below are summed.

    `source`: what the machine fills it with, '' for nothing. `rows`: fixed rows of a table, none for free ones.
    """

    code: str
    kind: str
    label: str
    unit: str = ""
    decimals: int = 0
    least: str = ""
    most: str = ""
    rule: str = "sum"
    source: str = ""
    required: bool = False
    help: str = ""
    formula: str = ""
    columns: tuple[Column, ...] = ()
    rows: tuple[str, ...] = ()
    options: tuple[str, ...] = ()

    @property
    def is_figure(self) -> bool:
        return self.kind in ("number", "computed")

    @cached_property
    def node(self) -> Node:
        return read_formula(self.formula)

    def column(self, code: str) -> Column | None:
        return next((column for column in self.columns if column.code == code), None)


@dataclass(frozen=True)
class Section:
    code: str
    title: str
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True)
class Design:
    sections: tuple[Section, ...] = field(default=())

    @classmethod
    def read(cls, kept: dict[str, Any]) -> "Design":
        """What a version keeps; it was checked when it was stored."""
        return cls(tuple(_section(row) for row in kept.get("sections", [])))

    def fields(self) -> Iterator[Field]:
        for section in self.sections:
            yield from section.fields

    @cached_property
    def by_code(self) -> dict[str, Field]:
        return {one.code: one for one in self.fields()}

    def computed(self) -> list[Field]:
        """Computed fields, each after those it needs. Raises ValidationError for a circle, naming the field."""
        done: list[Field] = []
        for one in self.fields():
            if one.kind == "computed":
                _order(one, self.by_code, done, ())
        return done


def _section(row: dict[str, Any]) -> Section:
    return Section(row["code"], row["title"], tuple(_field(one) for one in row.get("fields", [])))


def _field(row: dict[str, Any]) -> Field:
    lists: dict[str, Any] = {"columns": tuple(Column(**column) for column in row.get("columns", []))}
    plain = {name: tuple(row[name]) for name in ("rows", "options") if name in row}
    values: dict[str, Any] = row | lists | plain
    return Field(**values)


def _order(one: Field, known: dict[str, Field], done: list[Field], way: tuple[str, ...]) -> None:
    if one.code in way:
        raise ValidationError(_("“%(label)s” is computed from itself.") % {"label": one.label})
    if one in done:
        return
    for name in sorted(names(one.node)):
        needed = known.get(name.partition(".")[0])
        if needed and needed.kind == "computed":
            _order(needed, known, done, (*way, one.code))
    done.append(one)


def checked(kept: dict[str, Any]) -> dict[str, Any]:
    """The design as it will be stored. Raises ValidationError with a sentence for each thing that will not do."""
    design = Design.read(kept)
    sections, fields = list(design.sections), list(design.fields())
    faults = []
    if len(sections) > MOST_SECTIONS or len(fields) > MOST_FIELDS:
        faults.append(_("A form has at most %(n)d fields.") % {"n": MOST_FIELDS})
    codes = [one.code for one in fields]
    faults += [_("The code “%(code)s” stands twice.") % {"code": code} for code in sorted(_twice(codes))]
    for one in fields:
        faults += [f"{one.label or one.code}: {sentence}" for sentence in _faults(one, design)]
    if faults:
        raise ValidationError(faults)
    design.computed()
    return kept


def _twice(codes: list[str]) -> set[str]:
    return {code for code in codes if codes.count(code) > 1}


def _faults(one: Field, design: Design) -> Iterator[str]:
    if not CODE.fullmatch(one.code):
        yield _("a code is made of small letters, digits and _, and begins with a letter.")
    if not squeeze(one.label):
        yield _("say what it is called.")
    if one.kind not in KINDS or one.rule not in SUMS:
        yield _("Choose one of the values shown.")
    if not 0 <= one.decimals <= MOST_DECIMALS:
        yield _("at most %(n)d decimals.") % {"n": MOST_DECIMALS}
    if one.kind == "number":
        yield from _bounds(one)
    if one.kind == "choice" and not 2 <= len(set(one.options)) <= MOST_OPTIONS:
        yield _("a choice has at least two different answers.")
    if one.kind == "table":
        yield from _table(one)
    if one.kind == "computed":
        yield from _formula(one, design)


def _bounds(one: Field) -> Iterator[str]:
    bounds = []
    for text in (one.least, one.most):
        try:
            bounds.append(read_number(text, one.decimals) if text else None)
        except ValidationError as fault:
            yield from fault.messages
            return
    if bounds[0] is not None and bounds[1] is not None and bounds[0] > bounds[1]:
        yield _("the least value lies above the most.")


def _table(one: Field) -> Iterator[str]:
    codes = [column.code for column in one.columns]
    if not 1 <= len(codes) <= MOST_COLUMNS:
        yield _("a table has 1 to %(n)d columns.") % {"n": MOST_COLUMNS}
    if _twice(codes) or not all(CODE.fullmatch(code) for code in codes):
        yield _("each column needs a code of its own.")
    if len(one.rows) > MOST_ROWS:
        yield _("at most %(n)d rows.") % {"n": MOST_ROWS}


def _formula(one: Field, design: Design) -> Iterator[str]:
    """A formula that can be read and names numbers and columns of numbers only."""
    try:
        node = read_formula(one.formula)
    except Unreadable as fault:
        yield str(fault)
        return
    for name in sorted(names(node)):
        code, _dot, column = name.partition(".")
        asked = design.by_code.get(code)
        if asked is None:
            yield _("there is no field “%(name)s”.") % {"name": code}
        elif column:
            found = asked.column(column)
            if found is None or found.kind != "number":
                yield _("there is no column of numbers “%(name)s”.") % {"name": name}
        elif not asked.is_figure:
            yield _("“%(name)s” is not a number.") % {"name": code}
    for name in sorted(columns_outside_sums(node)):
        yield _("“%(name)s” is a column: put it into sum(…).") % {"name": name}
