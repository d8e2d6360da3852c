"""An office teaches the reader its own words."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.common.clock import day_of
from trienkhai.common.folding import fold, squeeze
from trienkhai.documents import rules
from trienkhai.documents.models import OwnPhrase, PhraseKind
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account

MOST = 200
SHORTEST = 3


@transaction.atomic
def add_phrase(unit: Unit, *, kind: str, words: str, abbr: str = "", by: Account, at: datetime) -> OwnPhrase:
    """Words that the reader knows from now on in documents registered by the unit and by those below it.

    abbr: of a type of document only. Raises Refused, or ValidationError by field.
    """
    office = Unit.objects.select_for_update(of=("self",)).select_related("present").get(pk=unit.pk)
    verdict = rules.can_edit_phrases(by, office, day_of(at)).require()
    phrase = drafted(office, kind=kind, words=words, abbr=abbr)
    rows = OwnPhrase.objects.filter(office=office)
    if rows.filter(kind=kind, folded=phrase.folded).exists():
        raise ValidationError({"words": _("The machine knows these words already.")})
    if rows.count() >= MOST:
        raise ValidationError({"words": _("An office keeps at most %(most)s words of its own.") % {"most": MOST}})
    phrase.added_by, phrase.added_at = by, at
    phrase.save()
    who = actor(by, verdict.holding)
    record("document.phrase_added", phrase, by=who, at=at, unit_path=office.path or "", label=phrase.words, kind=kind)
    return phrase


def drafted(office: Unit, *, kind: str, words: str, abbr: str = "") -> OwnPhrase:
    """The words in good form, not stored. Raises ValidationError by field."""
    phrase = OwnPhrase(office=office, kind=kind, words=squeeze(words), abbr=squeeze(abbr))
    phrase.folded = fold(phrase.words)
    phrase.clean_fields(exclude=["office", "folded", "added_by", "added_at"])
    if sum(map(str.isalpha, phrase.words)) < SHORTEST:
        raise ValidationError({"words": _("Write a word of at least three letters.")})
    if phrase.abbr and kind != PhraseKind.DOC_TYPE:
        raise ValidationError({"abbr": _("Only a type of document has an abbreviation.")})
    return phrase


@transaction.atomic
def remove_phrase(phrase_id: int, *, by: Account, at: datetime) -> None:
    """The reader no longer knows these words; what was read with them stays as it was read."""
    phrase = OwnPhrase.objects.select_for_update(of=("self",)).select_related("office__present").get(pk=phrase_id)
    office = phrase.office
    verdict = rules.can_edit_phrases(by, office, day_of(at)).require()
    who = actor(by, verdict.holding)
    record("document.phrase_removed", phrase, by=who, at=at, unit_path=office.path or "", label=phrase.words)
    phrase.delete()
