"""What came in is handed over by slip: given, received, returned, done."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.audit.models import Act
from trienkhai.common.clock import day_of
from trienkhai.common.verdict import Refused, Verdict
from trienkhai.documents import rules, sight
from trienkhai.documents.models import RegisterEntry, Slip
from trienkhai.documents.queries.slips import Addressee, addressees_of, leaders, within
from trienkhai.notices.actions import tell, tell_posts
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Holding, Post, Role
from trienkhai.people.models import Account

BOOK_KEEPERS = (Role.CLERK, Role.LEADER)


@dataclass(frozen=True)
class Instruction:
    """What a leader says is to be done with a paper, by whom and until when. `to`: the key of an addressee."""

    to: str
    words: str
    leader: Account | None = None
    due_on: date | None = None


def _locked(entry_id: int) -> RegisterEntry:
    rows = RegisterEntry.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("document", "unit__present", "series").get(pk=entry_id)


@transaction.atomic
def give_slip(entry_id: int, given: Instruction, *, by: Account, at: datetime) -> Slip:
    """Hand a document over; the first slip also counts as handing it over for the clock of an urgent paper.

    The instruction is that of the person itself when it leads the unit, else of the leader named.
    Raises Refused; ValidationError by field: `to`, `words`, `leader`, `due_on`.
    """
    entry = _locked(entry_id)
    on = day_of(at)
    verdict = rules.can_hand_over(by, entry, on).require()
    to = _addressee(entry, addressees_of(entry.unit, on), given.to)
    leader = _leader(entry, given.leader, by, on)
    slip = _give(entry, to, given, leader, by, at)
    entry.handed_over_at, entry.handled_at = entry.handed_over_at or at, None
    entry.save(update_fields=["handed_over_at", "handled_at"])
    _record_given("slip.given", slip, verdict, by, at)
    return slip


@transaction.atomic
def pass_on_slip(slip_id: int, given: Instruction, *, by: Account, at: datetime) -> Slip:
    """Give what was handed over to the whole unit to one of its people or posts, by a slip of their own.

    The unit's slip counts as received and stays open until the unit closes it; the instruction is the person's who
    passes it on. One act. Raises Refused; ValidationError by field as `give_slip`.
    """
    unit_slip, _able = _answering(slip_id, by, at)
    on = day_of(at)
    verdict = rules.can_pass_on(by, unit_slip, on).require()
    to = _addressee(unit_slip.entry, within(unit_slip.unit, on), given.to)
    slip = _give(unit_slip.entry, to, given, by, by, at, passed_from=unit_slip)
    if unit_slip.state == Slip.State.GIVEN:
        unit_slip.state, unit_slip.received_by, unit_slip.received_at = Slip.State.RECEIVED, by, at
        unit_slip.save(update_fields=["state", "received_by", "received_at"])
    _record_given("slip.passed_on", slip, verdict, by, at)
    return slip


def _give(
    entry: RegisterEntry,
    to: Addressee,
    given: Instruction,
    leader: Account,
    by: Account,
    at: datetime,
    passed_from: Slip | None = None,
) -> Slip:
    """The next slip of a locked line."""
    if not given.words.strip():
        raise ValidationError({"words": _("Say what is to be done.")})
    if given.due_on and given.due_on < day_of(at):
        raise ValidationError({"due_on": _("This day has passed.")})
    last = entry.slips.aggregate(last=Max("position"))["last"] or 0
    return Slip.objects.create(
        entry=entry,
        position=last + 1,
        unit=to.unit,
        post=to.post,
        person=to.person,
        instruction=given.words.strip(),
        due_on=given.due_on,
        leader=leader,
        prepared_by=by,
        given_at=at,
        passed_from=passed_from,
    )


def _record_given(verb: str, slip: Slip, verdict: Verdict, by: Account, at: datetime) -> None:
    """The act, and the news to whom the slip is addressed."""
    said = {"to": slip.addressee, "leader": slip.leader.name, "due_on": str(slip.due_on or "")}
    act = _record(verb, slip, verdict, by, at, **said)
    url = reverse("documents:slip", args=[slip.pk])
    words = {"document": str(slip.entry.document), "leader": slip.leader.name}
    tell_posts(_posts(slip, day_of(at)), "slip_given", url=url, at=at, act=act.pk, **words)


def _addressee(entry: RegisterEntry, offered: list[Addressee], key: str) -> Addressee:
    """Raises ValidationError for none of those offered, and for one who has an open slip of this line."""
    to = next((row for row in offered if row.key == key), None)
    if to is None:
        raise ValidationError({"to": _("Choose a unit, a post or a person of the own unit.")})
    same = entry.slips.filter(unit=to.unit, post=to.post, person=to.person, state__in=("given", "received"))
    if same.exists():
        raise ValidationError({"to": _("It has been handed over there already.")})
    return to


def _leader(entry: RegisterEntry, named: Account | None, by: Account, on: date) -> Account:
    able = {account.pk: account for account in leaders(entry.unit, on)}
    leader = able.get(by.pk) or (able.get(named.pk) if named else None)
    if leader is None:
        raise ValidationError({"leader": _("Say whose instruction it is.")})
    return leader


def _posts(slip: Slip, on: date) -> list[int]:
    """The posts that are told: that of the slip, those of the person at the unit, or those that receive for it."""
    if slip.post_id:
        return [slip.post_id]
    if slip.person_id:
        held = Holding.objects.on(on).filter(account=slip.person_id, post__unit=slip.unit_id)
        return list(held.values_list("post", flat=True))
    posts = Post.objects.standing(on).filter(unit=slip.unit_id, role__in=rules.RECEIVERS)
    return list(posts.values_list("pk", flat=True))


@transaction.atomic
def receive_slip(slip_id: int, *, by: Account, at: datetime) -> Slip:
    """Say that the paper is there. Raises Refused when somebody has received it already."""
    slip, verdict = _answering(slip_id, by, at)
    if slip.state != Slip.State.GIVEN:
        raise Refused(_("It has been received already."))
    slip.state, slip.received_by, slip.received_at = Slip.State.RECEIVED, by, at
    slip.save(update_fields=["state", "received_by", "received_at"])
    _record("slip.received", slip, verdict, by, at)
    return slip


@transaction.atomic
def return_slip(slip_id: int, *, reason: str, by: Account, at: datetime) -> Slip:
    """Give it back, with the reason: those who keep the book hand it over anew."""
    slip, verdict = _closing(slip_id, by, at)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    _close(slip, Slip.State.RETURNED, reason, by, at)
    act = _record("slip.returned", slip, verdict, by, at, personal={"reason": slip.answer})
    _tell_keepers(slip, "slip_returned", by, act, at)
    return slip


@transaction.atomic
def finish_slip(slip_id: int, *, answer: str, covered: bool = False, by: Account, at: datetime) -> Slip:
    """Say that it is done, with what was done, or that the task issued from the document covers it.

    When nothing else of the line is open the document counts as handled.
    """
    slip, verdict = _closing(slip_id, by, at)
    document = slip.entry.document
    if covered and (document is None or not sight.has_work(document)):
        raise ValidationError({"covered": _("No task has been issued from this document.")})
    if not covered and not answer.strip():
        raise ValidationError({"answer": _("Say what was done.")})
    slip.covered = covered
    _close(slip, Slip.State.DONE, answer, by, at)
    act = _record(
        "slip.done", slip, verdict, by, at, personal={"answer": slip.answer} if slip.answer else None, covered=covered
    )
    if not slip.entry.slips.filter(state__in=(Slip.State.GIVEN, Slip.State.RECEIVED)).exists():
        RegisterEntry.objects.filter(pk=slip.entry_id).update(handled_at=at)
    _tell_keepers(slip, "slip_done", by, act, at)
    return slip


def _answering(slip_id: int, by: Account, at: datetime) -> tuple[Slip, Verdict]:
    """The slip, its line locked, once the rule has said yes."""
    _locked(Slip.objects.values_list("entry_id", flat=True).get(pk=slip_id))
    rows = Slip.objects.select_for_update(of=("self",), no_key=True)
    slip = rows.select_related("entry__document", "entry__unit__present", "unit__present", "post", "person").get(
        pk=slip_id
    )
    return slip, rules.can_answer_slip(by, slip, day_of(at)).require()


def _closing(slip_id: int, by: Account, at: datetime) -> tuple[Slip, Verdict]:
    slip, _able = _answering(slip_id, by, at)
    return slip, rules.can_close_slip(by, slip, day_of(at)).require()


def _close(slip: Slip, state: str, answer: str, by: Account, at: datetime) -> None:
    slip.state, slip.answer, slip.closed_by, slip.closed_at = state, answer.strip(), by, at
    slip.save(update_fields=["state", "answer", "covered", "closed_by", "closed_at"])


def _record(verb: str, slip: Slip, verdict: Verdict, by: Account, at: datetime, **data: Any) -> Act:
    unit, document = slip.entry.unit, slip.entry.document
    label = f"{slip.entry.number_shown}: {document.reference if document else ''}"
    who = actor(by, verdict.holding)
    return record(verb, slip, by=who, at=at, unit_path=unit.path or "", label=label, **data)


def _tell_keepers(slip: Slip, kind: str, by: Account, act: Act, at: datetime) -> None:
    """Those who keep the book; of what a unit passed on, those who receive for the unit."""
    unit, roles = (slip.unit_id, rules.RECEIVERS) if slip.passed_from_id else (slip.entry.unit_id, BOOK_KEEPERS)
    url = reverse("documents:slip", args=[slip.pk])
    words = {"who": by.name, "document": str(slip.entry.document)}
    tell(unit, roles, kind, url=url, at=at, act=act.pk, **words)
