"""Proposals narrowed to what is asked for, the way one went, who read a remark."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from trienkhai.audit.models import Act
from trienkhai.common.days import OPEN_END
from trienkhai.common.folding import fold
from trienkhai.feedback.models import Outcome, Proposal, ProposalStep, Remark, Sort

STATES = ("cho", "tre", "da-tra-loi", "rut")


@dataclass(frozen=True)
class Wanted:
    """`state`: cho (waiting), tre (late, see `late`), da-tra-loi, rut; `outcome`,
    `sort`: their values; `words`: of the subject; `role`: cua-toi (of the person), nhan (held by the person's unit).
    """

    state: str = ""
    outcome: str = ""
    sort: str = ""
    role: str = ""
    words: str = ""

    @classmethod
    def read(cls, params: Mapping[str, str]) -> "Wanted":
        """What cannot be understood is left out."""

        def one(name: str, known: tuple[str, ...]) -> str:
            given = str(params.get(name, ""))
            return given if given in known else ""

        outcomes = tuple(name for name in Outcome.values if name != Outcome.WITHDRAWN)
        return cls(
            one("trang-thai", STATES),
            one("ket-qua", outcomes),
            one("loai", tuple(Sort.values)),
            one("vai", ("cua-toi", "nhan")),
            str(params.get("q", ""))[:100],
        )


def late(on: date) -> Q:
    """Waiting past its day, answered after it, or passed on late by a unit on its way."""
    waiting = Q(outcome="", due_on__lt=on)
    answered = Q(answered_on__gt=F("due_on")) & ~Q(outcome=Outcome.WITHDRAWN)
    return Q(due_on__lt=OPEN_END) & (waiting | answered) | Q(passed_late())


def passed_late() -> Exists:
    """Did a unit pass it on after the day it had to answer by?"""
    return Exists(ProposalStep.objects.filter(proposal=OuterRef("pk"), on__gt=F("due_on")))


def narrowed(rows: QuerySet[Proposal], wanted: Wanted, on: date, *, own: Q, received: Q) -> QuerySet[Proposal]:
    """The rows wanted; those that wait stand first, by the day they are due."""
    states = {
        "cho": Q(outcome=""),
        "tre": late(on),
        "da-tra-loi": ~Q(outcome__in=("", Outcome.WITHDRAWN)),
        "rut": Q(outcome=Outcome.WITHDRAWN),
    }
    if wanted.state:
        rows = rows.filter(states[wanted.state])
    if wanted.outcome:
        rows = rows.filter(outcome=wanted.outcome)
    if wanted.sort:
        rows = rows.filter(sort=wanted.sort)
    if wanted.role:
        rows = rows.filter(own if wanted.role == "cua-toi" else received)
    for word in fold(wanted.words).split():
        rows = rows.filter(search_text__contains=word)
    rows = rows.select_related("unit__present", "held_by__present", "by").annotate(was_passed_late=passed_late())
    return rows.order_by("answered_on", "due_on", "-pk") if wanted.state == "cho" else rows.order_by("-sent_at", "-pk")


@dataclass(frozen=True)
class Stage:
    """One step of a proposal's way: when, what kind, at or to which unit, what was said, by whom; `late_from`: the unit
    that passed it on after its day.
    """

    at: datetime
    kind: str
    unit: str
    said: str
    who: str
    late_from: str = ""


def way_of(proposal: Proposal) -> list[Stage]:
    """Sent, each passing on, the answer: in order. Two queries."""
    steps = proposal.steps.select_related("source__present", "target__present", "by").order_by("at", "pk")
    sent_to = proposal.sent_to.name
    way = [Stage(proposal.sent_at, "sent", sent_to, "", proposal.by.name)]
    way += [
        Stage(step.at, "passed", step.target.name, step.reason, step.by.name, step.source.name if step.is_late else "")
        for step in steps
    ]
    if proposal.answered_at:
        who = proposal.answered_by.name if proposal.answered_by else proposal.by.name
        way.append(Stage(proposal.answered_at, proposal.outcome, proposal.held_by.name, proposal.answer, who))
    return way


def readings_of(remark: Remark) -> QuerySet[Act]:
    """Who read it, by which post, when: newest first."""
    rows = Act.objects.filter(target_type=Remark._meta.label_lower, target_id=remark.pk, verb="remark.read")
    return rows.order_by("-pk")
