"""A unit answers an upper document clause by clause, and writes its own programme of the answers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.common.clock import day_of
from trienkhai.common.folding import nfc
from trienkhai.common.verdict import Refused, Verdict
from trienkhai.documents import actions as documents
from trienkhai.documents.models import Clause, Document, Draft
from trienkhai.documents.queries.drafts import basis_on, habits_of
from trienkhai.documents.rules import visible_documents
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account
from trienkhai.tasks import rules_concretising as rules
from trienkhai.tasks.models import ClauseAnswer, Concretising
from trienkhai.tasks.queries.concretising import body_of, lines_of, open_clauses

LONGEST = 5000


def answer_clauses(
    document: Document, unit: Unit, answers: Mapping[int, Mapping[str, str]], *, by: Account, at: datetime
) -> Concretising:
    """Store what the unit does with these clauses: clause id → `{kind, words, reason}`; kind "" takes an answer back.

    The same answers again store nothing. Raises Refused; ValidationError with a sentence by clause id, nothing stored.
    """
    with transaction.atomic():
        verdict = rules.can_concretise(by, document, unit, day_of(at)).require()
        Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
        row, _made = Concretising.objects.get_or_create(
            document=document, unit=unit, defaults={"opened_by": by, "opened_at": at}
        )
        clauses = {clause.pk: clause for clause in open_clauses(document)}
        if any(pk not in clauses for pk in answers):
            raise Refused(_("The text of the document has changed; open the page again."))
        wanted = {pk: _checked(given) for pk, given in answers.items()}
        if faults := {str(pk): said for pk, given in wanted.items() if (said := _fault(given))}:
            raise ValidationError(faults)
        _carry_answers(row)
        counts = [_store(row, clauses[pk], given) for pk, given in wanted.items()]
        if changed := sum(counts):
            _record("concretising.answered", row, verdict, by, at, changed=changed)
        return row


def _carry_answers(row: Concretising) -> None:
    """Let answers to an earlier text stand at the clauses of the present one whose labels and words are the same."""
    for line in lines_of(row.document, row):
        if line.answer and line.answer.clause_id != line.clause.pk:
            ClauseAnswer.objects.filter(pk=line.answer.pk).update(clause=line.clause)


def _checked(given: Mapping[str, str]) -> dict[str, str]:
    values = {name: nfc(given.get(name, "")).replace("\x00", "").strip() for name in ("kind", "words", "reason")}
    if values["kind"] != ClauseAnswer.Kind.NOT_APPLICABLE:
        values["reason"] = ""
    return values


def _fault(given: Mapping[str, str]) -> str:
    if given["kind"] and given["kind"] not in ClauseAnswer.Kind.values:
        return _("Choose one of the values shown.")
    if given["kind"] == ClauseAnswer.Kind.NOT_APPLICABLE and not given["reason"]:
        return _("Say why this clause does not apply to the unit.")
    if given["kind"] == ClauseAnswer.Kind.ADAPTED and not given["words"]:
        return _("Write the unit's own wording and targets.")
    if max(len(given["words"]), len(given["reason"])) > LONGEST:
        return _("The text is too long.")
    return ""


def _store(row: Concretising, clause: Clause, given: Mapping[str, str]) -> bool:
    """Was anything changed?"""
    if not given["kind"]:
        return bool(row.answers.filter(clause=clause).delete()[0])
    found = row.answers.filter(clause=clause).first()
    if found and all(getattr(found, name) == value for name, value in given.items()):
        return False
    ClauseAnswer.objects.update_or_create(concretising=row, clause=clause, defaults=dict(given))
    return True


@transaction.atomic
def draft_programme(concretising_id: int, *, kind: str = "plan", by: Account, at: datetime) -> Draft:
    """Begin the unit's own paper in the official layout, its body made of the answers. One draft: the open one again.

    kind: a type of paper of the unit's layout. Raises Refused while no clause was taken over or adapted;
    ValidationError by field of the draft.
    """
    row = _locked(concretising_id)
    rules.can_concretise(by, row.document, row.unit, day_of(at)).require()
    if row.paper:
        raise Refused(_("The unit has issued its own document already."))
    if row.draft and row.draft.is_open:
        return row.draft
    body = body_of(row)
    if not body:
        raise Refused(_("Take over or adapt at least one clause first."))
    words = habits_of(row.unit) | {
        "kind": kind,
        "bases": basis_on(row.document),
        "title": _("to carry out %(document)s") % {"document": row.document},
        "body": body,
    }
    row.draft = documents.begin_draft(row.unit, words, source=row.document, by=by, at=at)
    row.save(update_fields=["draft"])
    return row.draft


@transaction.atomic
def name_paper(concretising_id: int, document: Document, *, by: Account, at: datetime) -> Concretising:
    """The unit's own programme was written elsewhere and stands in the register. Raises Refused."""
    row = _locked(concretising_id)
    verdict = rules.can_concretise(by, row.document, row.unit, day_of(at)).require()
    if not visible_documents(by, day_of(at)).filter(pk=document.pk).exists():
        raise Refused(_("This document is not within your sight."))
    if document.pk == row.document_id or document.owner_id != row.unit_id:
        raise Refused(_("The unit's own document is meant: one that it holds itself."))
    if row.result_id == document.pk:
        return row
    row.result = document
    row.save(update_fields=["result"])
    _record("concretising.paper_named", row, verdict, by, at, paper=document.pk)
    return row


def _locked(pk: int) -> Concretising:
    rows = Concretising.objects.select_for_update(of=("self",))
    return rows.select_related("document", "unit__present", "draft__document", "result").get(pk=pk)


def _record(verb: str, row: Concretising, verdict: Verdict, by: Account, at: datetime, **data: Any) -> None:
    who, path = actor(by, verdict.holding), row.unit.path or ""
    record(verb, row, by=who, at=at, unit_path=path, label=row.document.reference, **data)
