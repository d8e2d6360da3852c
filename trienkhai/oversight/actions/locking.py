"""What every action begins with and ends with: words without a mark of secrecy, the row under its lock, one act."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.audit.models import Act
from trienkhai.common.folding import nfc, squeeze
from trienkhai.common.verdict import Verdict
from trienkhai.documents.marks import fault_of
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Unit
from trienkhai.oversight.models import Matter, Plan, Recommendation, Subject
from trienkhai.people.models import Account

LONGEST = 5000


def line(text: str, name: str, missing: str, limit: int = 500) -> str:
    """One line of words. Raises ValidationError at the field `name`."""
    return _checked(text, squeeze(text), name, missing, limit)


def prose(text: str, name: str, missing: str) -> str:
    """Words of several lines."""
    return _checked(text, nfc(text).strip(), name, missing, LONGEST)


def _checked(text: str, words: str, name: str, missing: str, limit: int) -> str:
    """A mark of secrecy is looked for in the text as typed: on one line it would no longer stand alone."""
    if not words and missing:
        raise ValidationError({name: missing})
    if len(words) > limit:
        raise ValidationError({name: _("At most %(limit)s characters.") % {"limit": limit}})
    if sentence := fault_of(text):
        raise ValidationError({name: sentence})
    return words


def held_unit(unit: Unit) -> Unit:
    rows = Unit.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("present").get(pk=unit.pk)


def locked_plan(pk: int) -> Plan:
    rows = Plan.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("unit__present").get(pk=pk)


def locked_subject(pk: int) -> Subject:
    """All of a subject is written under this one lock."""
    rows = Subject.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("plan__unit__present", "addressee__present", "post").get(pk=pk)


def locked_recommendation(pk: int) -> Recommendation:
    rows = Recommendation.objects.select_for_update(of=("self",), no_key=True)
    wanted = rows.select_related("subject__plan__unit__present", "subject__post", "answers_by__present")
    return wanted.get(pk=pk)


def locked_matter(pk: int) -> Matter:
    rows = Matter.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("unit__present").get(pk=pk)


def note(verb: str, row: Model, unit: Unit, verdict: Verdict, by: Account, at: datetime, **data: Any) -> Act:
    """The act names the unit; what was found, recommended and answered is never in it."""
    words: dict[str, Any] = {"label": unit.short_name} | data
    return record(verb, row, by=actor(by, verdict.holding), at=at, unit_path=unit.path or "", **words)
