"""The minutes are stored as they are typed, passage by passage.

Two people may write at once. What only one of them changed is stored; where both wrote the same passage, the second
gets both texts, and its own is kept aside until that person, or whoever closes the minutes, says whose words stand.
Nothing typed is lost but marks of secrecy.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.common.clock import day_of
from trienkhai.common.folding import nfc, printable
from trienkhai.common.verdict import Refused
from trienkhai.documents.marks import fault_of
from trienkhai.meetings import rules
from trienkhai.meetings.actions.locking import locked_meeting, note
from trienkhai.meetings.models import Aside, Meeting, Passage, PassageVersion
from trienkhai.people.models import Account

LONGEST = 200_000
MINE, THEIRS, BOTH = "mine", "theirs", "both"


@dataclass
class Saved:
    """`conflicts`: passage → (mine, theirs); `faults`: passage → sentence. Neither is stored as the minutes.

    `current`: passages of which the writer's page shows what is stored: only there its base moves on.
    """

    meeting: Meeting
    conflicts: dict[str, tuple[str, str]] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    current: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Typed:
    """base: the revision that the writer's page was made from."""

    text: str
    base: int


@transaction.atomic
def save_minutes(
    meeting_id: int,
    typed: Mapping[str, Typed],
    *,
    decided: Mapping[str, str] | None = None,
    by: Account,
    at: datetime,
) -> Saved:
    """Store what was typed. decided: passage → `mine`, `theirs` or `both`, where it was shown as written by two.

    One act for the first text of a person in a meeting, none for each stroke: the versions say who wrote what when.
    Raises Refused.
    """
    meeting = locked_meeting(meeting_id)
    verdict = rules.can_write(by, meeting, day_of(at)).require()
    saved, wrote = Saved(meeting), False
    first = not PassageVersion.objects.filter(passage__meeting=meeting, by=by).exists()
    for passage in meeting.passages.filter(key__in=typed).order_by("pk"):
        given = typed[passage.key]
        text = nfc(printable(given.text)).replace("\r\n", "\n").replace("\r", "\n")[:LONGEST].rstrip()
        if sentence := fault_of(text):
            saved.faults[passage.key] = sentence
            continue
        choice = (decided or {}).get(passage.key, "")
        wrote |= _take(saved, passage, text, given.base, choice, by, at)
    if wrote and first:
        note("minutes_written", meeting, verdict, by, at)
    return saved


def _take(saved: Saved, passage: Passage, text: str, base: int, choice: str, by: Account, at: datetime) -> bool:
    """Store the text, leave it, or keep it aside; True when the minutes changed."""
    if text == passage.text or choice == THEIRS:
        passage.asides.filter(by=by).delete()
        if text == passage.text:
            saved.current.add(passage.key)
        return False
    if choice == BOTH:
        text = f"{passage.text}\n\n{text}".strip()
    elif choice != MINE and passage.versions.filter(revision__gt=base, by=by, text=text).exists():
        return False  # stored since, or settled by whoever closes the minutes
    elif choice != MINE and _written_by_others(passage, base, by):
        if text == _text_at(passage, base):
            return False  # untouched on an older page
        Aside.objects.update_or_create(passage=passage, by=by, defaults={"text": text, "at": at})
        saved.conflicts[passage.key] = (text, passage.text)
        return False
    _store(passage, text, by, at)
    passage.asides.filter(by=by).delete()
    saved.current.add(passage.key)
    return True


def _store(passage: Passage, text: str, by: Account, at: datetime) -> None:
    passage.text, passage.revision = text, passage.revision + 1
    passage.changed_by, passage.changed_at = by, at
    passage.save()
    PassageVersion.objects.create(passage=passage, revision=passage.revision, text=text, by=by, at=at)


@transaction.atomic
def settle_aside(aside_id: int, choice: str, *, by: Account, at: datetime) -> Passage:
    """Whoever closes the minutes says whose words stand where the writer of a text kept aside does not: `mine` that
    text, `theirs` the one stored, `both`. Both stay among the versions. Raises Refused, also for one settled already.
    """
    meeting_id = Aside.objects.filter(pk=aside_id).values_list("passage__meeting", flat=True).first()
    meeting = locked_meeting(meeting_id) if meeting_id else None
    aside = Aside.objects.select_related("passage", "by").filter(pk=aside_id).first()
    if meeting is None or aside is None:
        raise Refused(_("This was settled already."))
    verdict = rules.can_settle(by, meeting, day_of(at)).require()
    if choice not in (MINE, THEIRS, BOTH):
        raise ValidationError(_("Choose one of the values shown."))
    passage, stored = aside.passage, aside.passage.text
    _store(passage, aside.text, aside.by, at)
    if choice != MINE:
        _store(passage, stored if choice == THEIRS else f"{stored}\n\n{aside.text}".strip(), by, at)
    aside.delete()
    note("aside_settled", meeting, verdict, by, at, passage=passage.key, stands=choice)
    return passage


def _written_by_others(passage: Passage, base: int, by: Account) -> bool:
    return passage.versions.filter(revision__gt=base).exclude(by=by).exists()


def _text_at(passage: Passage, base: int) -> str:
    return passage.versions.filter(revision=base).values_list("text", flat=True).first() or ""
