"""The theme of a year, numbers of members, good examples."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.common.clock import day_of
from trienkhai.common.folding import squeeze
from trienkhai.common.verdict import Refused
from trienkhai.conduct import rules
from trienkhai.conduct.actions.committing import held_unit, note, words_of
from trienkhai.conduct.models import CellCount, Example, Theme
from trienkhai.documents.models import Document
from trienkhai.documents.rules import visible_documents
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account


def _year(year: int) -> int:
    if not 1990 <= year <= 2199:
        raise ValidationError({"year": _("This is no year of a plan.")})
    return year


@transaction.atomic
def set_theme(
    unit: Unit, *, year: int, title: str, document: Document | None = None, by: Account, at: datetime
) -> Theme:
    """The theme of the unit and of all below it; set again it is changed. The same again leaves no act."""
    words = squeeze(words_of(title, "title", _("Say what the theme is."), 300))
    unit = held_unit(unit)
    verdict = rules.can_set_theme(by, unit, day_of(at)).require()
    if document and not visible_documents(by, day_of(at)).filter(pk=document.pk).exists():
        raise Refused(_("This document is outside your sight."))
    found = Theme.objects.filter(unit=unit, year=_year(year)).first()
    if found and (found.title, found.document_id) == (words, document and document.pk):
        return found
    given = {"title": words, "document": document}
    row, _made = Theme.objects.update_or_create(unit=unit, year=year, defaults=given)
    note("conduct.theme_set", row, unit, verdict, by, at, year=year)
    return row


@dataclass(frozen=True)
class Figures:
    """Members as numbers: in all, committed, of these reviewed at six months and at the end of the year."""

    members: int
    committed: int
    half: int = 0
    whole: int = 0


@transaction.atomic
def tell_count(unit: Unit, figures: Figures, *, year: int, by: Account, at: datetime) -> CellCount:
    """The numbers of a cell; told again they are put right. Raises Refused; ValidationError by field."""
    unit = held_unit(unit)
    verdict = rules.can_count(by, unit, day_of(at)).require()
    numbers = asdict(figures)
    if any(number < 0 for number in numbers.values()):
        raise ValidationError({"members": _("This is not a number of people.")})
    if figures.committed > figures.members:
        raise ValidationError({"committed": _("More have committed themselves than there are members.")})
    for name in ("half", "whole"):
        if numbers[name] > figures.committed:
            raise ValidationError({name: _("More were reviewed than have committed themselves.")})
    given = numbers | {"told_on": day_of(at)}
    row, _made = CellCount.objects.update_or_create(unit=unit, year=_year(year), defaults=given)
    note("conduct.counted", row, unit, verdict, by, at, year=year, **numbers)
    return row


@transaction.atomic
def add_example(unit: Unit, *, year: int, title: str, story: str, by: Account, at: datetime) -> Example:
    """A good example, seen by the unit, by all below it and by those above. The same again is stored once."""
    words = squeeze(words_of(title, "title", _("Say whose example it is."), 300))
    told = words_of(story, "story", _("Say what was done."))
    unit = held_unit(unit)
    verdict = rules.can_count(by, unit, day_of(at)).require()
    given = {"unit": unit, "year": _year(year), "title": words, "story": told}
    if same := Example.objects.filter(**given).first():
        return same
    row = Example.objects.create(**given, added_on=day_of(at))
    note("conduct.example_added", row, unit, verdict, by, at, year=year)
    return row


@transaction.atomic
def remove_example(example_id: int, *, by: Account, at: datetime) -> None:
    """It is spread no longer, as when the one named asks for it."""
    rows = Example.objects.select_for_update(of=("self",), no_key=True)
    row = rows.select_related("unit__present").get(pk=example_id)
    verdict = rules.can_count(by, row.unit, day_of(at)).require()
    note("conduct.example_removed", row, row.unit, verdict, by, at, year=row.year)
    row.delete()
