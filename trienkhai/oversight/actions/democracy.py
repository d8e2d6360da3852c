"""The lists of a unit, proof that a matter was dealt with, the register of questions and answers."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Min
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.common.clock import day_of
from trienkhai.common.verdict import Refused
from trienkhai.documents.actions.filing import remove_files, remove_unused, store_file
from trienkhai.documents.actions.reading import require_declaration
from trienkhai.documents.actions.versions import look_through
from trienkhai.notices.actions import tell
from trienkhai.orgs.models import Unit
from trienkhai.oversight import rules
from trienkhai.oversight.actions.locking import held_unit, line, locked_matter, note, prose
from trienkhai.oversight.models import Matter, MatterKind, Proof, Question
from trienkhai.oversight.norms import ANSWER, POSTING, days_kept, due_after, usual_matters
from trienkhai.people.models import Account


@transaction.atomic
def add_matter(
    unit: Unit, *, kind: str, title: str, due_on: date, basis: str = "", by: Account, at: datetime
) -> Matter:
    """One more line; the same one sent again is stored once. Raises Refused, ValidationError by field."""
    unit = held_unit(unit)
    verdict = rules.can_keep(by, unit, day_of(at)).require()
    if kind not in MatterKind.values:
        raise ValidationError({"kind": _("Choose one of the values shown.")})
    words = line(title, "title", _("Say what it is about."))
    reason = line(basis, "basis", "", 250)
    row, made = Matter.objects.get_or_create(
        unit=unit, kind=kind, title=words, due_on=due_on, defaults={"basis": reason}
    )
    if row.dropped:
        raise ValidationError({"title": _("This matter was left out of this list, with a reason.")})
    if made:
        note("democracy.matter_added", row, unit, verdict, by, at, kind=str(kind))
    return row


@transaction.atomic
def take_usual(unit: Unit, *, year: int, by: Account, at: datetime) -> list[Matter]:
    """The usual lines of a year that are not there yet, by the norm at the end of that year. One act. Raises Refused
    for a year that no norm speaks of."""
    unit = held_unit(unit)
    verdict = rules.can_keep(by, unit, day_of(at)).require()
    usual = usual_matters(date(year, 12, 31), unit.path or "")
    if not usual:
        raise Refused(_("No regulation lists what is usual in %(year)s.") % {"year": year})
    made = []
    for row in usual:
        due_on = date(year, row.month, calendar.monthrange(year, row.month)[1])
        given = {"unit": unit, "kind": row.kind, "title": row.title, "due_on": due_on}
        one, fresh = Matter.objects.get_or_create(**given, defaults={"basis": row.basis})
        made += [one] if fresh else []
    if made:
        note("democracy.usual_taken", made[0], unit, verdict, by, at, count=len(made), year=year)
    return made


@transaction.atomic
def drop_matter(matter_id: int, *, reason: str, by: Account, at: datetime) -> Matter:
    """It is left out this time, for a reason that everybody of the unit reads."""
    words = line(reason, "reason", _("Say why."))
    row = locked_matter(matter_id)
    verdict = rules.can_drop_matter(by, row, day_of(at)).require()
    row.dropped = words
    row.save(update_fields=["dropped"])
    note("democracy.matter_dropped", row, row.unit, verdict, by, at)
    return row


@dataclass(frozen=True)
class Shown:
    """That a matter was dealt with: where, from when until when, by a link or a file; what came of it."""

    place: str
    from_on: date
    until_on: date
    link: str = ""
    outcome: str = ""
    file: BinaryIO | None = None
    not_secret: bool = False


def add_proof(matter_id: int, shown: Shown, *, by: Account, at: datetime) -> Proof:
    """Proof by a file or a link; the matter is done since the first day of its first proof.

    Raises Refused, ValidationError by field or for the file.
    """
    if shown.file:
        require_declaration(shown.not_secret)
        unit = Unit.objects.select_related("present").get(matters=matter_id)
        look_through(shown.file, getattr(shown.file, "name", "") or "", unit)
    try:
        with transaction.atomic():
            row = locked_matter(matter_id)
            verdict = rules.can_change_matter(by, row, day_of(at)).require()
            made = _proof(row, shown, by, at)
            _settle(row)
            note("democracy.proof_added", row, row.unit, verdict, by, at, has_file=bool(shown.file))
            return made
    except BaseException:
        remove_unused()
        raise


def _proof(row: Matter, shown: Shown, by: Account, at: datetime) -> Proof:
    place = line(shown.place, "place", _("Say where and how."), 250)
    needs = _("Say what was decided.") if row.kind == MatterKind.DECIDED else ""
    outcome = prose(shown.outcome, "outcome", needs)
    link = line(shown.link, "link", "")
    if not link and not shown.file:
        raise ValidationError({"link": _("Give a link or a file as proof.")})
    if link and not link.startswith(("http://", "https://")):
        raise ValidationError({"link": _("A link begins with http:// or https://.")})
    if shown.from_on > day_of(at):
        raise ValidationError({"from_on": _("This day has not come.")})
    if shown.until_on < shown.from_on:
        raise ValidationError({"until_on": _("The last day lies before the first.")})
    kept = store_file(shown.file, owner=row.unit, by=by, at=at) if shown.file else None
    posting = row.kind == MatterKind.PUBLIC
    return Proof.objects.create(
        matter=row,
        place=place,
        from_on=shown.from_on,
        until_on=shown.until_on,
        link=link,
        file=kept,
        outcome=outcome,
        norm=days_kept(POSTING, shown.from_on, row.unit.path or "") if posting else {},
        by=by,
        at=at,
    )


def _settle(row: Matter) -> None:
    row.done_on = row.proofs.aggregate(first=Min("from_on"))["first"]
    row.save(update_fields=["done_on"])


@transaction.atomic
def remove_proof(proof_id: int, *, by: Account, at: datetime) -> None:
    """Take a proof back that was entered wrongly, with its file; without any other the matter is not done."""
    rows = Proof.objects.filter(pk=proof_id).select_related("file")
    known = rows.first()
    row = locked_matter(known.matter_id) if known else None
    proof = rows.first()
    if row is None or proof is None:
        raise Refused(_("This was taken out meanwhile."))
    verdict = rules.can_change_matter(by, row, day_of(at)).require()
    proof.delete()
    if proof.file:
        remove_files([proof.file])
    _settle(row)
    note("democracy.proof_removed", row, row.unit, verdict, by, at)


@transaction.atomic
def enter_question(
    unit: Unit, *, text: str, asked_on: date, matter: Matter | None = None, by: Account, at: datetime
) -> Question:
    """A question of the grassroots enters the register, the same one sent again once; who asked is not kept. Whoever
    answers is told."""
    words = prose(text, "text", _("Say what is asked."))
    unit = held_unit(unit)
    verdict = rules.can_ask(by, unit, day_of(at)).require()
    if asked_on > day_of(at):
        raise ValidationError({"asked_on": _("This day has not come.")})
    if matter and matter.unit_id != unit.pk:
        raise ValidationError({"matter": _("Choose one of the values shown.")})
    given: dict[str, Any] = {"unit": unit, "matter": matter, "text": words, "asked_on": asked_on}
    if same := Question.objects.filter(**given).first():
        return same
    kept = days_kept(ANSWER, asked_on, unit.path or "")
    row = Question.objects.create(**given, due_on=due_after(kept, asked_on), norm=kept)
    act = note("democracy.question_entered", row, unit, verdict, by, at)
    url = f"{reverse('oversight:democracy')}?don-vi={unit.pk}&nam={asked_on.year}#hoi-dap"
    tell(unit.pk, rules.ANSWERERS, "democracy_asked", url=url, at=at, act=act.pk, question=words[:200])
    return row


@transaction.atomic
def answer_question(question_id: int, *, answer: str, by: Account, at: datetime) -> Question:
    """The answer, once; everybody of the unit reads it."""
    words = prose(answer, "answer", _("Write the answer."))
    rows = Question.objects.select_for_update(of=("self",), no_key=True)
    row = rows.select_related("unit__present").get(pk=question_id)
    verdict = rules.can_answer(by, row, day_of(at)).require()
    row.answer, row.answered_on, row.answered_by = words, day_of(at), by
    row.save(update_fields=["answer", "answered_on", "answered_by"])
    note("democracy.question_answered", row, row.unit, verdict, by, at)
    return row
