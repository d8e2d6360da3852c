"""What is measured: an indicator is defined, its definition changed from a period on, its links, its end."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.common.clock import day_of
from trienkhai.common.days import OPEN_END
from trienkhai.common.folding import squeeze
from trienkhai.common.verdict import Refused
from trienkhai.documents.models import Document
from trienkhai.documents.rules import visible_documents
from trienkhai.indicators import rules
from trienkhai.indicators.models import Aggregation, Definition, Direction, Holder, Indicator, Kind, PeriodKind, Value
from trienkhai.indicators.periods import period_of
from trienkhai.norms.queries import value
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account
from trienkhai.tasks.models import Focus
from trienkhai.tasks.rules_programme import visible_focuses

GRADED = (Aggregation.LAST, Aggregation.NONE)


@dataclass(frozen=True)
class Meaning:
    """What an indicator means; the fields of a `Definition`."""

    title: str
    measure: str = ""
    kind: str = Kind.NUMBER
    aggregation: str = Aggregation.SUM
    direction: str = Direction.HIGHER
    meaning: str = ""
    cumulative: bool = False
    numerator: str = ""
    denominator: str = ""
    factor: Decimal = Decimal(1)
    baseline: Decimal | None = None
    baseline_of: str = ""
    choices: Sequence[str] = ()
    split_by: str = ""
    categories: Sequence[str] = ()
    lowest: Decimal | None = None
    highest: Decimal | None = None
    usual_low: Decimal | None = None
    usual_high: Decimal | None = None
    largest_change: Decimal | None = None


@dataclass(frozen=True)
class Frame:
    """What stays through all definitions: its code, how often it is told, its life, what it serves.

    `enters`: does the owner tell a value of its own?
    """

    code: str
    period: str
    valid_from: date
    valid_to: date = OPEN_END
    document: Document | None = None
    focus: Focus | None = None
    work_area: str = ""
    enters: bool = False


@transaction.atomic
def define_indicator(unit: Unit, frame: Frame, meaning: Meaning, *, by: Account, at: datetime) -> Indicator:
    """A new indicator of a unit, which holds it itself. Raises Refused, or ValidationError by field."""
    on = day_of(at)
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    verdict = rules.can_define(by, unit, on).require()
    _check_frame(unit, frame, by, on)
    indicator = Indicator.objects.create(
        unit=unit,
        code=squeeze(frame.code),
        period=frame.period,
        valid_from=frame.valid_from,
        valid_to=frame.valid_to,
        document=frame.document,
        focus=frame.focus,
        work_area=frame.work_area,
    )
    row = _definition(indicator, meaning, version=1, valid_from=frame.valid_from)
    row.save()
    Holder.objects.create(indicator=indicator, unit=unit, giver=unit, enters=frame.enters, valid_from=frame.valid_from)
    record(
        "indicator.defined",
        indicator,
        by=actor(by, verdict.holding),
        at=at,
        label=f"{indicator.code} {row.title}",
        measure=row.measure,
        period=indicator.period,
        aggregation=row.aggregation,
    )
    return indicator


def _check_frame(unit: Unit, frame: Frame, by: Account, on: date) -> None:
    if not squeeze(frame.code):
        raise ValidationError({"code": _("Give it a code.")})
    if Indicator.objects.filter(unit=unit, code=squeeze(frame.code)).exists():
        raise ValidationError({"code": _("This unit has an indicator of that code already.")})
    if frame.period not in PeriodKind.values:
        raise ValidationError({"period": _("Choose one of the values shown.")})
    if frame.valid_to <= frame.valid_from:
        raise ValidationError({"last_day": _("The last day comes after the first.")})
    if frame.period == PeriodKind.TERM and frame.valid_to == OPEN_END:
        raise ValidationError({"last_day": _("An indicator of the term names its last day.")})
    _check_links(frame.document, frame.focus, frame.work_area, by, on)


def _check_links(document: Document | None, focus: Focus | None, work_area: str, by: Account, on: date) -> None:
    if document and not visible_documents(by, on).filter(pk=document.pk).exists():
        raise ValidationError({"document": _("You have no sight of this document.")})
    if focus and not visible_focuses(by, on).filter(pk=focus.pk).exists():
        raise ValidationError({"focus": _("You have no sight of this focus.")})
    if work_area and work_area not in value("work_areas", on=on, default={}):
        raise ValidationError({"work_area": _("Choose one of the values shown.")})


def _definition(indicator: Indicator, meaning: Meaning, *, version: int, valid_from: date) -> Definition:
    """The definition as it will be stored. Raises ValidationError by field."""
    _check_meaning(indicator, meaning)
    values = asdict(meaning) | {
        "title": squeeze(meaning.title),
        "measure": squeeze(meaning.measure),
        "choices": [squeeze(name) for name in meaning.choices],
        "categories": [squeeze(name) for name in meaning.categories],
    }
    return Definition(indicator=indicator, version=version, valid_from=valid_from, **values)


def _check_meaning(indicator: Indicator, meaning: Meaning) -> None:
    faults: dict[str, str] = {}
    if not squeeze(meaning.title):
        faults["title"] = _("Give it a name.")
    if not squeeze(meaning.measure) and meaning.kind != Kind.CHOICE:
        faults["measure"] = _("Name the unit of measure.")
    for name, known in (("kind", Kind), ("aggregation", Aggregation), ("direction", Direction)):
        if getattr(meaning, name) not in known.values:
            faults[name] = _("Choose one of the values shown.")
    faults |= _faults_of_kind(meaning) | _faults_of_bounds(meaning)
    if meaning.cumulative and indicator.period in (PeriodKind.YEAR, PeriodKind.TERM):
        faults["cumulative"] = _("Only values told several times a year count from its beginning.")
    if faults:
        raise ValidationError(faults)


def _faults_of_kind(meaning: Meaning) -> dict[str, str]:
    faults = {}
    if meaning.kind == Kind.RATIO:
        for name in ("numerator", "denominator"):
            if not squeeze(getattr(meaning, name)):
                faults[name] = _("Say what is counted here.")
        if meaning.factor <= 0:
            faults["factor"] = _("A number above zero.")
    elif meaning.aggregation == Aggregation.RATIO:
        faults["aggregation"] = _("Numerators and denominators are summed up for ratios only.")
    if meaning.kind == Kind.CHOICE:
        if len({squeeze(name) for name in meaning.choices} - {""}) != len(meaning.choices) or len(meaning.choices) < 2:
            faults["choices"] = _("Name at least two different grades, the lowest first.")
        if meaning.aggregation not in GRADED:
            faults["aggregation"] = _("Grades are not added up.")
    if meaning.categories or meaning.split_by:
        names = {squeeze(name) for name in meaning.categories} - {""}
        if len(names) != len(meaning.categories) or len(names) < 2:
            faults["categories"] = _("Name at least two different categories.")
        elif meaning.kind != Kind.NUMBER or meaning.aggregation != Aggregation.SUM:
            faults["categories"] = _("Only numbers that are summed up have categories.")
    return faults


def _faults_of_bounds(meaning: Meaning) -> dict[str, str]:
    faults = {}
    for low, high in (("lowest", "highest"), ("usual_low", "usual_high")):
        least, most = getattr(meaning, low), getattr(meaning, high)
        if least is not None and most is not None and least > most:
            faults[high] = _("This limit lies below the other one.")
    if meaning.largest_change is not None and meaning.largest_change < 0:
        faults["largest_change"] = _("A number above zero.")
    return faults


@transaction.atomic
def change_definition(indicator_id: int, meaning: Meaning, *, from_day: date, by: Account, at: datetime) -> Definition:
    """What the indicator means from a period on; values told before keep the definition they were told by.

    Before any value was told the definition is put right in place. Raises Refused when values of that period or a
    later one are here already, ValidationError by field.
    """
    indicator = _locked(indicator_id)
    verdict = rules.can_change(by, indicator, day_of(at)).require()
    last = indicator.definitions.order_by("-version").first()
    if last is None:
        raise Refused(_("The indicator has no definition."))
    _hold_tellers(indicator)
    start = max(period_of(indicator, from_day).start, indicator.valid_from)
    if not Value.objects.filter(definition=last).exists():
        start = last.valid_from
    elif Value.objects.filter(holder__indicator=indicator, period_start__gte=start).exists():
        raise Refused(_("Values of that period or a later one were told already; choose a later period."))
    elif start >= indicator.valid_to:
        raise ValidationError({"from_day": _("The indicator ends before.")})
    row = _definition(indicator, meaning, version=last.version + (start > last.valid_from), valid_from=start)
    row = _stored(last, row)
    record(
        "indicator.changed",
        indicator,
        by=actor(by, verdict.holding),
        at=at,
        label=f"{indicator.code} {row.title}",
        old=_told(last),
        new=_told(row),
        version=row.version,
        valid_from=start.isoformat(),
    )
    return row


def _stored(last: Definition, row: Definition) -> Definition:
    if row.version == last.version:
        row.pk, row.valid_to = last.pk, last.valid_to
        row.save(force_update=True)
        return row
    Definition.objects.filter(pk=last.pk).update(valid_to=row.valid_from)
    row.save()
    return row


def _told(definition: Definition) -> dict[str, Any]:
    values = {field.name: getattr(definition, field.name) for field in fields(Meaning)}
    return {
        name: word if isinstance(word, (bool, list)) or word is None else str(word) for name, word in values.items()
    }


@transaction.atomic
def change_links(
    indicator_id: int,
    *,
    document: Document | None,
    focus: Focus | None,
    work_area: str,
    by: Account,
    at: datetime,
) -> Indicator:
    """What the indicator serves. Raises Refused, or ValidationError by field."""
    indicator = _locked(indicator_id)
    verdict = rules.can_change(by, indicator, day_of(at)).require()
    _check_links(
        document if document and document.pk != indicator.document_id else None,
        focus if focus and focus.pk != indicator.focus_id else None,
        work_area,
        by,
        day_of(at),
    )
    old = {"document": indicator.document_id, "focus": indicator.focus_id, "work_area": indicator.work_area}
    indicator.document, indicator.focus, indicator.work_area = document, focus, work_area
    indicator.save(update_fields=["document", "focus", "work_area"])
    new = {"document": indicator.document_id, "focus": indicator.focus_id, "work_area": work_area}
    who = actor(by, verdict.holding)
    record("indicator.linked", indicator, by=who, at=at, label=indicator.code, old=old, new=new)
    return indicator


@transaction.atomic
def close_indicator(indicator_id: int, *, last_day: date, reason: str, by: Account, at: datetime) -> Indicator:
    """No value is asked for after that day; what was told stays. Raises Refused, or ValidationError by field."""
    indicator = _locked(indicator_id)
    verdict = rules.can_change(by, indicator, day_of(at)).require()
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    _hold_tellers(indicator)
    if not indicator.valid_from <= last_day < indicator.valid_to:
        raise ValidationError({"last_day": _("This day does not lie within the life of the indicator.")})
    if Value.objects.filter(holder__indicator=indicator, period_start__gt=last_day).exists():
        raise ValidationError({"last_day": _("Values of later periods were told already.")})
    indicator.valid_to = last_day + timedelta(days=1)
    indicator.save(update_fields=["valid_to"])
    record(
        "indicator.closed",
        indicator,
        by=actor(by, verdict.holding),
        at=at,
        label=indicator.code,
        last_day=last_day.isoformat(),
        reason=reason.strip(),
    )
    return indicator


def _hold_tellers(indicator: Indicator) -> None:
    """Whoever tells a value now is done before it is asked what was told, or waits for the change."""
    rows = Holder.objects.select_for_update(of=("self",), no_key=True).filter(indicator=indicator).order_by("pk")
    list(rows.values_list("pk", flat=True))


def _locked(indicator_id: int) -> Indicator:
    rows = Indicator.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("unit__present").get(pk=indicator_id)
