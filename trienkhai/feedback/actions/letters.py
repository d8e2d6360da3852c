"""Feedback without a name: it is laid by, released in a batch when its day is over, answered, found by its code."""

import secrets
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.audit.actions import SYSTEM, record
from trienkhai.common.clock import day_of, moment
from trienkhai.common.traces import empty_table
from trienkhai.common.verdict import Refused
from trienkhai.feedback import proof, receipts, rules
from trienkhai.feedback.models import Letter, PendingLetter, SpentProof
from trienkhai.feedback.norms import UNNAMED
from trienkhai.feedback.rewriting import rewritten
from trienkhai.norms.queries import value
from trienkhai.notices.actions import tell_posts
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account


@dataclass(frozen=True)
class Limits:
    """The norm `feedback.unnamed`."""

    send_bits: int
    read_bits: int
    file_bytes: int
    pages: int


def limits_on(on: date) -> Limits | None:
    """None while no norm opens feedback without a name."""
    found = value(UNNAMED, on=on)
    if found is None:
        return None
    return Limits(
        int(found["send_bits"]),
        int(found["read_bits"]),
        int(found["file_megabytes"]) * 1024 * 1024,
        int(found["pages"]),
    )


def challenge_for(purpose: str, bits: int, on: date) -> str:
    return proof.make_challenge(purpose, bits, on=on, key=settings.SECRET_KEY)


@dataclass(frozen=True)
class Work:
    """A solved challenge."""

    challenge: str
    number: str


def _check(work: Work, purpose: str, on: date) -> None:
    """Is the proof sound? Costs next to nothing, so it stands before all that costs. Raises Refused."""
    try:
        fault = proof.fault_of(work.challenge, purpose, on=on, key=settings.SECRET_KEY)
        solved = not fault and proof.is_solved(work.challenge, work.number)
    except ValueError:
        fault, solved = "forged", False
    if fault == "old":
        raise Refused(_("This page was opened too long ago. Open it anew; keep what you wrote."))
    if not solved:
        raise Refused(_("The sum against floods is not solved, or not right."))


def _spend(work: Work, on: date) -> None:
    """Once for each proof. Raises Refused."""
    try:
        with transaction.atomic():
            SpentProof.objects.create(digest=proof.digest_of(work.challenge), on=on)
    except IntegrityError:
        raise Refused(_("This form was sent already. Open the page anew to send something else.")) from None


def send_letter(unit: Unit, text: str, *, enclosed: bytes = b"", work: Work, on: date) -> str:
    """Lay a letter by until its day is over; returns the receipt code, which is kept nowhere.

    No act, no actor, no time. The file is written anew before the transaction, which a large one would hold up.
    Raises Refused; ValidationError by field.
    """
    _check(work, "gui", on)
    limits = limits_on(on)
    if limits is None or not rules.receiving_units(on).filter(pk=unit.pk).exists():
        raise Refused(_("This unit does not take feedback without a name."))
    if not text.strip():
        raise ValidationError({"text": _("This field is required.")})
    if len(enclosed) > limits.file_bytes:
        raise ValidationError({"file": _("The file is too large.")})
    try:
        kept, kind = rewritten(enclosed, pages=limits.pages) if enclosed else (b"", "")
    except ValidationError as fault:
        raise ValidationError({"file": fault.messages}) from None
    code = receipts.new_code()
    hashed = receipts.hash_of(code)
    with transaction.atomic():
        _spend(work, on)
        PendingLetter.objects.create(
            unit=unit, on=on, text=text.strip(), enclosed=kept, enclosed_kind=kind, receipt=hashed
        )
    return code


def find_by_receipt(code: str, *, work: Work, on: date) -> Letter | PendingLetter | None:
    """The letter of that code, released or not yet; each attempt costs a proof of work. Raises Refused."""
    _check(work, "doc", on)
    _spend(work, on)
    if not receipts.plain(code):
        return None
    wanted = receipts.hash_of(code)
    found = Letter.objects.select_related("unit__present").filter(receipt=wanted).first()
    return found or PendingLetter.objects.select_related("unit__present").filter(receipt=wanted).first()


@transaction.atomic
def release_letters(*, on: date) -> int:
    """Hand over what came until yesterday, in random order, one act for each unit; returns how many. Where nobody reads
    feedback any more, the nearest unit above gets it.

    Its acts bear the day, at its first moment. Used proofs that are too old to be used again are forgotten, and what
    the database still holds of the order in which letters came.
    """
    SpentProof.objects.filter(on__lt=on - timedelta(days=2)).delete()
    waiting = list(PendingLetter.objects.select_for_update().filter(on__lt=on).order_by("pk"))
    secrets.SystemRandom().shuffle(waiting)
    meant = Unit.objects.select_related("present").in_bulk({letter.unit_id for letter in waiting})
    places = {pk: rules.nearest_receiving(unit, on) for pk, unit in meant.items()}
    by_unit: dict[int, list[PendingLetter]] = defaultdict(list)
    for letter in waiting:
        letter.unit = places[letter.unit_id]
        by_unit[letter.unit_id].append(letter)
    names = ("unit_id", "on", "text", "enclosed", "enclosed_kind", "receipt")
    Letter.objects.bulk_create(Letter(**{name: getattr(row, name) for name in names}) for row in waiting)
    PendingLetter.objects.filter(pk__in=[row.pk for row in waiting]).delete()
    units = {unit.pk: unit for unit in places.values()}
    for pk, rows in sorted(by_unit.items()):
        path, at = units[pk].path or "", moment(on, 0)
        act = record("letters.released", units[pk], by=SYSTEM, at=at, unit_path=path, count=len(rows))
        url = reverse("feedback:letters")
        tell_posts(rules.posts_of(pk), "letters_released", url=url, at=at, act=act.pk, count=len(rows))
    if waiting:
        transaction.on_commit(lambda: empty_table(connection, PendingLetter._meta.db_table), robust=True)
    return len(waiting)


@transaction.atomic
def answer_letter(letter_id: int, text: str, *, by: Account, at: datetime) -> Letter:
    """Whoever has the receipt code reads it. Raises Refused, ValidationError by field."""
    found = Letter.objects.select_for_update(of=("self",)).select_related("unit__present").get(pk=letter_id)
    verdict = rules.can_answer_letter(by, found, day_of(at)).require()
    if not text.strip():
        raise ValidationError({"text": _("This field is required.")})
    found.answer, found.answered_on = text.strip(), day_of(at)
    found.save(update_fields=["answer", "answered_on"])
    label = _("no. %(n)d") % {"n": found.pk}
    record("letter.answered", found, by=actor(by, verdict.holding), at=at, label=label)
    return found
