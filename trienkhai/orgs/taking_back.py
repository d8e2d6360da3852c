"""A reorganisation is taken back: every row it changed is as before again, what it made is gone. Its acts stay."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from trienkhai.audit.actions import Actor, record
from trienkhai.audit.models import Act
from trienkhai.common.clock import day_of
from trienkhai.common.locks import Turn, wait_for_turn
from trienkhai.common.verdict import Refused
from trienkhai.orgs import succession
from trienkhai.orgs.journal import digest, portions, rows_of
from trienkhai.orgs.models import Journal, UnitVersion

NAMED = 3


@dataclass
class _Noted:
    """What the journal says of one table: columns before by id, whole rows that were removed, rows that were made."""

    changed: dict[int, dict[str, Any]] = field(default_factory=dict)
    removed: dict[int, dict[str, Any]] = field(default_factory=dict)
    made: list[int] = field(default_factory=list)
    digests: dict[int, str | None] = field(default_factory=dict)


@transaction.atomic
def take_back(key: str, *, by: Actor, at: datetime, target: models.Model | None = None) -> Act:
    """Put back all that the reorganisation did, on the day it was carried out; returns the one act of it.

    The caller has asked the rule. Raises Refused on a later day, for a key under which nothing is noted, and when
    something came after: a row was changed once more, or something new refers to what the reorganisation had made.
    """
    wait_for_turn(Turn.TREE)
    pages = list(Journal.objects.select_for_update().filter(key=key).order_by("position"))
    if not pages:
        raise Refused(_("There is nothing to take back."))
    day = day_of(at)
    if any(page.on != day for page in pages):
        raise Refused(_("A reorganisation is taken back on the day it was carried out, not later."))
    noted = _read(pages)
    _require_unchanged(noted)
    count = sum(len(table.digests) for table in noted.values())
    _require_unreferred(noted)
    act = record("reorganisation.taken_back", target, by=by, at=at, label=key, count=max(1, count), key=key)
    changed = {model: table.changed for model, table in noted.items() if table.changed}
    made = {model: table.made for model, table in noted.items() if table.made}
    taken = succession.TakenBack(changed, made, day, act.pk)
    succession.unsettle_all(taken)
    for model, table in noted.items():
        _free(model, table)
    for model, table in noted.items():
        _restore(model, table)
    succession.settle_all(taken)
    Journal.objects.filter(key=key).delete()
    _let_earlier_follow(noted, day)
    return act


def _read(pages: list[Journal]) -> dict[type[models.Model], _Noted]:
    """By table. A row that was noted on two pages counts as it was first and as it is last."""
    noted: dict[type[models.Model], _Noted] = {}
    for page in pages:
        table = noted.setdefault(apps.get_model(page.table), _Noted())
        for pk, before, after in page.rows:
            if pk not in table.digests and before is None:
                table.made.append(pk)
            elif pk not in table.made and after is None:
                table.removed[pk] = before | table.changed.pop(pk, {})
            elif pk not in table.made:
                table.changed[pk] = before | table.changed.get(pk, {})
            table.digests[pk] = after
    return noted


def _require_unchanged(noted: dict[type[models.Model], _Noted]) -> None:
    """Lock the rows and compare each with what the reorganisation left."""
    later: list[str] = []
    for model, table in noted.items():
        for portion in portions(sorted(table.digests)):
            now = rows_of(model, portion, lock=True)
            differing = [pk for pk in portion if table.digests[pk] != (digest(now[pk]) if pk in now else None)]
            later.extend(_words(model, differing))
    if later:
        raise Refused(_("Something came after: %(what)s.") % {"what": _few(later)})


def _let_earlier_follow(noted: dict[type[models.Model], _Noted], day: date) -> None:
    """What settling wrote into a row that was put back (since when it is so, by which act) is nothing that came after
    an earlier reorganisation of the day: where its journal knows the row as it was, it knows it as it is now.
    """
    labels = {model._meta.label: model for model in noted if noted[model].changed}
    for page in Journal.objects.filter(on=day, table__in=labels).order_by("pk"):
        model = labels[page.table]
        changed = noted[model].changed
        now = rows_of(model, [pk for pk, _before, _after in page.rows if pk in changed])
        for entry in page.rows:
            pk, _before, after = entry
            if pk in now and after == digest(now[pk] | changed[pk]):
                entry[2] = digest(now[pk])
        page.save(update_fields=["rows"])


def _require_unreferred(noted: dict[type[models.Model], _Noted]) -> None:
    """Only rows that the journal knows too refer to those that go; a reference that may be empty is emptied."""
    later: list[str] = []
    derived = succession.derived()
    for model, table in noted.items():
        for relation in _relations(model) if table.made else ():
            other, column = relation.related_model, relation.field.name
            known = noted.get(other, _Noted()).digests
            for portion in portions(table.made) if other not in derived else ():
                rows = other._base_manager.filter(**{f"{column}__in": portion})
                new = [pk for pk in rows.order_by("pk").values_list("pk", flat=True) if pk not in known]
                if relation.on_delete is models.SET_NULL:
                    other._base_manager.filter(pk__in=new).update(**{column: None})
                else:
                    later.extend(_words(other, new))
    if later:
        raise Refused(_("Something came after: %(what)s.") % {"what": _few(later)})


def _relations(model: type[models.Model]) -> Iterator[Any]:
    for relation in model._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one):
            yield relation


def _words(model: type[models.Model], ids: list[int]) -> list[str]:
    rows = model._base_manager.in_bulk(ids[: NAMED + 1])
    return [f"{model._meta.verbose_name} “{rows.get(pk, pk)}”" for pk in ids]


def _few(named: list[str]) -> str:
    more = [_("and %(n)s more") % {"n": len(named) - NAMED}] if len(named) > NAMED else []
    return "; ".join([*named[:NAMED], *more])


def _free(model: type[models.Model], table: _Noted) -> None:
    """Remove the rows that were made, and give up values of which no two rows may have the same, so that the others can
    get theirs back."""
    unique = [column for column in model._meta.concrete_fields if column.unique and column.null]
    for column in unique:
        ids = [pk for pk, before in table.changed.items() if column.attname in before]
        for portion in portions(sorted(ids)):
            model._base_manager.filter(pk__in=portion).update(**{column.name: None})
    recoded = [pk for pk, before in table.changed.items() if model is UnitVersion and "code" in before]
    for portion in portions(recoded):
        UnitVersion.objects.filter(pk__in=portion).update(code=Concat(Value("~"), Cast("pk", models.CharField())))
    for portion in portions(table.made):
        rows = model._base_manager.filter(pk__in=portion)
        rows._raw_delete(rows.db)


def _restore(model: type[models.Model], table: _Noted) -> None:
    columns = {column.attname: column for column in model._meta.concrete_fields}
    groups: dict[tuple[str, ...], list[models.Model]] = {}
    for pk, before in sorted(table.changed.items()):
        row = model(pk=pk)
        for name, value in before.items():
            setattr(row, name, columns[name].to_python(value))
        groups.setdefault(tuple(sorted(before)), []).append(row)
    for names, rows in groups.items():
        model._base_manager.bulk_update(rows, [columns[name].name for name in names], batch_size=200)
    gone = [
        model(**{name: columns[name].to_python(value) for name, value in row.items()}) for row in table.removed.values()
    ]
    model._base_manager.bulk_create(gone, batch_size=200)
