"""What a unit tells: values kept as they are typed, sent to the unit above, corrected; their evidence."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.audit.actions import Actor, record
from trienkhai.audit.models import Act
from trienkhai.common.clock import day_of
from trienkhai.common.folding import printable
from trienkhai.common.verdict import Refused
from trienkhai.documents.actions.filing import remove_unused, store_file
from trienkhai.documents.actions.reading import require_declaration
from trienkhai.documents.actions.versions import look_through
from trienkhai.documents.marks import fault_of
from trienkhai.indicators import rules
from trienkhai.indicators.checking import Read, is_blank, read_value, unusual_of, unusual_words
from trienkhai.indicators.models import Definition, Holder, State, Value, ValueFile
from trienkhai.indicators.periods import Period, period_at, previous, same_year
from trienkhai.notices.actions import tell
from trienkhai.orgs.actors import actor
from trienkhai.orgs.climbing import Ladder
from trienkhai.orgs.models import Holding, Unit
from trienkhai.people.models import Account

LONGEST = 2000


@dataclass(frozen=True)
class Telling:
    """What a person typed for one holder and period, as it was typed; `period_start` is the period's first day."""

    holder_id: int
    period_start: date
    typed: Mapping[str, str] = field(default_factory=dict)
    not_applicable: bool = False
    remark: str = ""
    correction_reason: str = ""

    @property
    def is_blank(self) -> bool:
        return is_blank(self.typed) and not (self.not_applicable or self.remark.strip())


@dataclass
class Outcome:
    """`kept`: values stored, sent or not; `sent`: those submitted; `faults`: holder id → what stands against it."""

    kept: list[Value] = field(default_factory=list)
    sent: list[Value] = field(default_factory=list)
    faults: dict[int, ValidationError] = field(default_factory=dict)


@transaction.atomic
def tell_values(unit: Unit, tellings: Sequence[Telling], *, submit: bool, by: Account, at: datetime) -> Outcome:
    """Keep what was typed for indicators that the unit holds, and send what can be sent, in one act.

    A row that cannot be read, or is unusual without a reason, stays a draft as it was typed, and `faults` says why;
    the others are sent. An approved value is never changed: what is told again is its correction, with a reason.
    Raises Refused when the person tells nothing for the unit, or nothing was typed.
    """
    verdict = rules.can_tell(by, unit, day_of(at)).require()
    rows = [telling for telling in tellings if not telling.is_blank]
    if not rows:
        raise Refused(_("Nothing was typed."))
    outcome, pen = Outcome(), _Pen(unit, rows, by, verdict.holding, at)
    for telling in rows:
        try:
            value = pen.keep(telling)
            outcome.kept.append(value)
            if submit:
                pen.send(value)
                outcome.sent.append(value)
        except ValidationError as fault:
            outcome.faults[telling.holder_id] = fault
    if outcome.sent:
        act = _record_sent(unit, outcome.sent, actor(by, verdict.holding), at)
        _tell_deciders(unit, outcome.sent, act, at)
    return outcome


def _words(text: str) -> str:
    return printable(text).strip()[:LONGEST]


class _Pen:
    """Writes the values of one unit; the holders are locked in order first."""

    def __init__(self, unit: Unit, rows: Sequence[Telling], by: Account, holding: Holding, at: datetime) -> None:
        self.by, self.holding, self.at, self.on = by, holding, at, day_of(at)
        wanted = Holder.objects.filter(pk__in={row.holder_id for row in rows}, unit=unit)
        locked = wanted.select_for_update(of=("self",), no_key=True).order_by("pk")
        self.holders = {row.pk: row for row in locked.select_related("indicator", "giver__present")}
        indicators = {row.indicator_id for row in self.holders.values()}
        self.definitions = list(Definition.objects.filter(indicator__in=indicators))
        known = Value.objects.filter(holder__in=self.holders).exclude(state=State.REPLACED)
        self.values = {(row.holder_id, row.period_start, row.is_open): row for row in known}

    def keep(self, telling: Telling) -> Value:
        """The draft with what was typed. Raises ValidationError where nothing can be told."""
        holder = self.holders.get(telling.holder_id)
        period = period_at(holder.indicator, telling.period_start) if holder else None
        if holder is None or period is None:
            raise ValidationError(_("This unit does not hold the indicator in that period."))
        self._check_holder(holder, period)
        approved = self.values.get((holder.pk, period.start, False))
        value = self.values.get((holder.pk, period.start, True))
        for name in ("remark", "correction_reason"):
            if sentence := fault_of(getattr(telling, name)):
                raise ValidationError({name: sentence})
        if value and value.state == State.SUBMITTED:
            raise ValidationError(_("This value was sent already and awaits approval."))
        if value is None:
            value = Value(holder=holder, period_start=period.start, corrects=approved)
        value.holder, value.definition = holder, self._definition(holder, period)
        value.typed = {str(name): printable(str(text))[:100] for name, text in telling.typed.items()}
        value.not_applicable, value.remark = telling.not_applicable, _words(telling.remark)
        value.correction_reason = _words(telling.correction_reason)
        value.entered_by, value.entered_at = self.by, self.at
        value.save()
        self.values[holder.pk, period.start, True] = value
        return value

    def _check_holder(self, holder: Holder, period: Period) -> None:
        if period.start > self.on:
            raise ValidationError(_("This period has not begun."))
        if not (holder.valid_from <= period.end and holder.valid_to > period.start):
            raise ValidationError(_("This unit does not hold the indicator in that period."))
        if not holder.enters:
            raise ValidationError(_("The number of this unit is made of those below it; it tells none of its own."))

    def _definition(self, holder: Holder, period: Period) -> Definition:
        rows = [row for row in self.definitions if row.indicator_id == holder.indicator_id]
        found = next((row for row in rows if row.valid_from <= period.end < row.valid_to), None)
        if found is None:
            raise ValidationError(_("No definition of the indicator is in force in that period."))
        return found

    def send(self, value: Value) -> None:
        """From draft to submitted. Raises ValidationError by field; the draft stays then."""
        if value.corrects_id and not value.correction_reason:
            raise ValidationError(
                {"correction_reason": _("A value was approved for this period already: say why it is corrected.")}
            )
        if value.not_applicable:
            if not value.remark:
                raise ValidationError({"remark": _("Say why it does not apply.")})
            value.number, value.top, value.bottom, value.split, value.unusual = None, None, None, {}, []
        else:
            read = read_value(value.definition, value.typed)
            value.number, value.top, value.bottom, value.split = read.number, read.top, read.bottom, read.split
            value.unusual = self._unusual(value, read)
            if value.unusual and not value.remark:
                words = "; ".join(unusual_words(value.definition, value.unusual))
                sentence = _("Unusual: %(words)s. If the number is right, say why and send it again.")
                raise ValidationError({"remark": sentence % {"words": words}})
        value.state, value.submitted_by, value.submitted_at = State.SUBMITTED, self.by, self.at
        value.post_label = actor(self.by, self.holding).post_label
        value.principal_id = self.holding.principal.account_id if self.holding.principal else None
        value.save()

    def _unusual(self, value: Value, read: Read) -> list[str]:
        indicator = value.holder.indicator
        period = period_at(indicator, value.period_start)
        earlier = previous(indicator, period) if period else None
        if period is None or earlier is None:
            return unusual_of(value.definition, read.number, None)
        told = self.values.get((value.holder_id, earlier.start, False))
        before = told.number if told and told.definition_id == value.definition_id else None
        return unusual_of(value.definition, read.number, before, same_year=same_year(period, earlier))


def _record_sent(unit: Unit, sent: Sequence[Value], who: Actor, at: datetime) -> Act:
    ids = sorted(value.pk for value in sent)
    corrections = [value.pk for value in sent if value.corrects_id]
    return record(
        "value.submitted",
        sent[0] if len(sent) == 1 else unit,
        by=who,
        at=at,
        label=f"{sent[0].definition.title} – {unit.short_name}" if len(sent) == 1 else unit.name,
        count=len(sent),
        digest=hashlib.sha256(",".join(map(str, ids)).encode()).hexdigest(),
        values=ids[:50],
        corrections=corrections[:50],
        numbers=[str(value.number) for value in sent[:50]],
        reason="; ".join(value.correction_reason for value in sent if value.corrects_id)[:500],
    )


def _tell_deciders(unit: Unit, sent: Sequence[Value], act: Act, at: datetime) -> None:
    """Leaders of the units that gave the indicators hear of it, or of those above that decide for them."""
    ladder = Ladder({value.holder.giver.path or "" for value in sent}, day_of(at))
    deciders = [ladder.decider(value.holder.giver.path or "", value.claim) or value.holder.giver_id for value in sent]
    for decider, count in sorted(Counter(deciders).items()):
        words = {"unit": unit.short_name, "count": count}
        tell(
            decider, rules.APPROVERS, "values_submitted", url=reverse("indicators:waiting"), at=at, act=act.pk, **words
        )


def add_file(value_id: int, upload: BinaryIO, *, not_secret: bool, by: Account, at: datetime) -> ValueFile:
    """Keep evidence beside a value that is being written. Raises Refused, ValidationError by field or for the file."""
    require_declaration(not_secret)
    unit = Unit.objects.select_related("present").get(indicators_held__values=value_id)
    look_through(upload, getattr(upload, "name", "") or "", unit)
    try:
        with transaction.atomic():
            rows = Value.objects.select_for_update(of=("self",), no_key=True)
            value = rows.select_related("holder__indicator", "definition").get(pk=value_id)
            verdict = rules.can_change_value(by, value, day_of(at)).require()
            kept = store_file(upload, owner=unit, by=by, at=at)
            if value.files.filter(file__sha256=kept.sha256).exists():
                raise ValidationError({"file": _("This very file is here already.")})
            row = ValueFile.objects.create(value=value, file=kept)
            who, label = actor(by, verdict.holding), f"{value.definition.title} – {unit.short_name}"
            record("value.file_added", value, by=who, at=at, label=label, file=kept.name, sha256=kept.sha256)
            return row
    except BaseException:
        remove_unused()
        raise
