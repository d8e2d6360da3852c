"""A unit sets its focuses, changes and ends them, and reviews them."""

from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.common.clock import day_of
from trienkhai.common.days import OPEN_END
from trienkhai.common.folding import nfc, squeeze
from trienkhai.common.verdict import Refused, Verdict
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account
from trienkhai.tasks import periods
from trienkhai.tasks import rules_programme as rules
from trienkhai.tasks.models import Focus, FocusReview

EDITABLE = ("kind", "title", "goal", "owner", "rhythm", "valid_from")
LONGEST = 5000


@transaction.atomic
def set_focus(unit: Unit, values: dict[str, Any], *, by: Account, at: datetime) -> Focus:
    """A new focus; the same words and days again give the one that stands. Raises Refused, ValidationError by field."""
    verdict = rules.can_keep(by, unit, day_of(at)).require()
    Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    focus = Focus(unit=unit)
    _fill(focus, values)
    if same := Focus.objects.filter(unit=unit, title=focus.title).first():
        if (same.kind, same.valid_from, same.valid_to) == (focus.kind, focus.valid_from, focus.valid_to):
            return same
        raise ValidationError({"title": _("The unit has a focus of these words already.")})
    focus.save()
    _note("focus.set", focus, verdict, by, at)
    return focus


@transaction.atomic
def change_focus(focus_id: int, values: dict[str, Any], *, by: Account, at: datetime) -> Focus:
    """Other words, owner or days; what stays the same leaves no act. Raises Refused, ValidationError by field."""
    focus = _locked(focus_id)
    verdict = rules.can_keep(by, focus.unit, day_of(at)).require()
    names = (*EDITABLE, "valid_to")
    old = {name: str(getattr(focus, name) or "") for name in names}
    _fill(focus, values)
    if Focus.objects.filter(unit=focus.unit, title=focus.title).exclude(pk=focus.pk).exists():
        raise ValidationError({"title": _("The unit has a focus of these words already.")})
    new = {name: str(getattr(focus, name) or "") for name in names}
    changed = [name for name in names if old[name] != new[name]]
    if not changed:
        return focus
    focus.save()
    old, new = ({name: row[name] for name in changed} for row in (old, new))
    _note("focus.changed", focus, verdict, by, at, old=old, new=new)
    return focus


@transaction.atomic
def end_focus(focus_id: int, *, last_day: date, by: Account, at: datetime) -> Focus:
    """The focus ends with that day; its tasks go on and keep their name. Raises Refused, ValidationError."""
    focus = _locked(focus_id)
    verdict = rules.can_keep(by, focus.unit, day_of(at)).require()
    if last_day < focus.valid_from:
        raise ValidationError({"last_day": _("The last day lies before the first.")})
    ends = last_day + timedelta(days=1)
    if focus.valid_to == ends:
        return focus
    focus.valid_to = ends
    focus.save(update_fields=["valid_to"])
    _note("focus.ended", focus, verdict, by, at, on=str(last_day))
    return focus


@transaction.atomic
def review_focus(
    focus_id: int, *, on: date, found: str, decision: str, next_on: date | None = None, by: Account, at: datetime
) -> FocusReview:
    """Keep what was found and decided that day; the same day again with the same words gives the review that stands.

    next_on: empty for the last day of the next period of its rhythm. Raises Refused, ValidationError by field.
    """
    focus = _locked(focus_id)
    verdict = rules.can_keep(by, focus.unit, day_of(at)).require()
    words = {"found": nfc(found).strip(), "decision": nfc(decision).strip()}
    faults = {name: _("Say what was found and what was decided.") for name, text in words.items() if not text}
    faults |= {name: _("The text is too long.") for name, text in words.items() if len(text) > LONGEST}
    if not focus.valid_from <= on <= day_of(at):
        faults["on"] = _("A review lies between the first day of the focus and today.")
    if next_on and next_on <= on:
        faults["next_on"] = _("The next review lies after this one.")
    if faults:
        raise ValidationError(faults)
    if same := focus.reviews.filter(on=on).first():
        if (same.found, same.decision) == (words["found"], words["decision"]):
            return same
        raise Refused(_("This focus was reviewed on that day already."))
    following = next_on or next_review(focus.rhythm, on)
    review = FocusReview.objects.create(focus=focus, on=on, next_on=following, by=by, at=at, **words)
    _note("focus.reviewed", focus, verdict, by, at, on=str(on), next_on=str(following or ""), personal=words)
    return review


def next_review(rhythm: str, on: date) -> date | None:
    """The last day of the period after the one that holds `on`; None without a rhythm."""
    if not rhythm:
        return None
    return periods.due_day(rhythm, periods.next_start(rhythm, on), 0)


def _locked(pk: int) -> Focus:
    return Focus.objects.select_for_update(of=("self",)).select_related("unit__present").get(pk=pk)


def _fill(focus: Focus, values: dict[str, Any]) -> None:
    """Set what was given. `last_day`: of the focus, None for no end. Raises ValidationError by field."""
    for name in EDITABLE:
        if name in values:
            setattr(focus, name, values[name])
    focus.title, focus.goal = squeeze(focus.title)[:300], nfc(focus.goal or "").strip()
    last_day = values.get("last_day")
    focus.valid_to = last_day + timedelta(days=1) if last_day else OPEN_END
    faults = {}
    if not focus.title:
        faults["title"] = _("Say what the focus is.")
    if focus.kind not in Focus.Kind.values:
        faults["kind"] = _("Choose one of the values shown.")
    if focus.rhythm not in Focus.Rhythm.values:
        faults["rhythm"] = _("Choose one of the values shown.")
    if len(focus.goal) > LONGEST:
        faults["goal"] = _("The text is too long.")
    if last_day and last_day < focus.valid_from:
        faults["last_day"] = _("The last day lies before the first.")
    if focus.owner and focus.owner.unit_id != focus.unit_id:
        faults["owner"] = _("A post of the unit itself is meant.")
    if faults:
        raise ValidationError(faults)


def _note(verb: str, focus: Focus, verdict: Verdict, by: Account, at: datetime, **data: Any) -> None:
    who = actor(by, verdict.holding)
    record(verb, focus, by=who, at=at, unit_path=focus.unit.path or "", label=focus.title, **data)
