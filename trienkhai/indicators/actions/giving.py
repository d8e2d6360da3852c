"""Giao chỉ tiêu: one act gives an indicator to every selected unit below, with what each is to reach."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.common import paths
from trienkhai.common.clock import day_of
from trienkhai.common.days import OPEN_END
from trienkhai.common.verdict import Refused
from trienkhai.indicators import rules
from trienkhai.indicators.models import Giving, Holder, Indicator, Target
from trienkhai.indicators.numerals import rounded
from trienkhai.indicators.periods import period_at, period_of
from trienkhai.notices.actions import stored, tell_units
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Unit, UnitQuerySet
from trienkhai.orgs.selection import select
from trienkhai.people.models import Account


@dataclass(frozen=True)
class Gift:
    """What a person gives: to whom, from which day on, and what each of them is to reach in which period.

    `since`: None for the period of the day, or the first one with a target. `own`: does the giver itself tell a value
    from now on? None leaves it.
    """

    selection: str
    targets: Mapping[date, Decimal] = field(default_factory=dict)
    since: date | None = None
    own: bool | None = None


@transaction.atomic
def give_indicator(indicator_id: int, giver: Unit, gift: Gift, *, by: Account, at: datetime) -> Giving:
    """Let every selected unit below the giver hold the indicator, in one act.

    Units that held it before hold it again; those that hold it get the targets named. Holders are one INSERT … SELECT,
    targets one for each period, whatever the number of units. Raises Refused when nothing changes, or ValidationError
    by field.
    """
    on = day_of(at)
    indicator = _locked(indicator_id)
    verdict = rules.can_give(by, indicator, giver, on).require()
    units = _chosen(gift.selection, giver, on)
    _check_targets(indicator, gift.targets)
    since = max(gift.since or min([period_of(indicator, on).start, *gift.targets]), indicator.valid_from)
    if since >= indicator.valid_to:
        raise ValidationError({"since": _("The indicator ends before.")})
    giving = Giving.objects.create(indicator=indicator, giver=giver, selection=gift.selection, on=on, by=by, at=at)
    _reopen(giving, units)
    _open(giving, units, since)
    if gift.own is not None:
        Holder.objects.filter(indicator=indicator, unit=giver).update(enters=gift.own)
    reached = list(giving.holders.order_by("unit_id").values_list("unit_id", flat=True))
    aimed = sum(_aim(giving, units, start, number) for start, number in gift.targets.items())
    if not reached and not aimed:
        raise Refused(_("Every unit chosen holds the indicator already."))
    act = record(
        "indicator.given",
        indicator,
        by=actor(by, verdict.holding),
        at=at,
        label=indicator.code,
        selection=gift.selection,
        count=len(reached),
        digest=_digest(reached),
        targets={start.isoformat(): str(number) for start, number in gift.targets.items()},
    )
    giving.count, giving.digest, giving.act = len(reached), _digest(reached), act.pk
    giving.save(update_fields=["count", "digest", "act"])
    _tell(giving, at)
    return giving


def _digest(ids: list[int]) -> str:
    return hashlib.sha256(",".join(map(str, ids)).encode()).hexdigest()


def _locked(indicator_id: int) -> Indicator:
    rows = Indicator.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("unit__present").get(pk=indicator_id)


def _chosen(selection: str, giver: Unit, on: date) -> UnitQuerySet:
    try:
        units = select(selection, by=giver, on=on).exclude(pk=giver.pk)
    except ValidationError as fault:
        raise ValidationError({"selection": fault.messages}) from fault
    outside = units.exclude(paths.within(giver.path or "")).select_related("present").first()
    if outside:
        sentence = _("%(unit)s does not stand below %(giver)s; an indicator is given down the own branch only.")
        raise ValidationError({"selection": sentence % {"unit": outside.name, "giver": giver.short_name}})
    return units.order_by()


def _check_targets(indicator: Indicator, targets: Mapping[date, Decimal]) -> None:
    if any(period_at(indicator, start) is None for start in targets):
        raise ValidationError({"targets": _("A target names a period of the indicator.")})


def _reopen(giving: Giving, units: UnitQuerySet) -> None:
    ended = Holder.objects.filter(indicator=giving.indicator_id, unit__in=units.values("pk"), valid_to__lte=giving.on)
    ended.update(valid_to=OPEN_END, giver=giving.giver_id, giving=giving, end_reason="")


def _open(giving: Giving, units: UnitQuerySet, since: date) -> None:
    units_sql, params = units.values_list("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH u(id) AS MATERIALIZED ({units_sql}) "
            "INSERT INTO indicators_holder (indicator_id, unit_id, giver_id, giving_id, enters, weight, valid_from, "
            "valid_to, end_reason) SELECT %s, u.id, %s, %s, %s, 1, %s, %s, '' FROM u "
            "WHERE NOT EXISTS (SELECT 1 FROM indicators_holder h WHERE h.indicator_id = %s AND h.unit_id = u.id)",
            [
                *params,
                giving.indicator_id,
                giving.giver_id,
                giving.pk,
                True,
                connection.ops.adapt_datefield_value(since),
                connection.ops.adapt_datefield_value(OPEN_END),
                giving.indicator_id,
            ],
        )


def _aim(giving: Giving, units: UnitQuerySet, start: date, number: Decimal) -> int:
    """The same target for all units chosen that hold it from this giver; an earlier one is replaced."""
    units_sql, params = units.values_list("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO indicators_target (holder_id, period_start, number, set_by_id, set_at) "
            "SELECT h.id, %s, CAST(%s AS NUMERIC), %s, %s FROM indicators_holder h "
            f"WHERE h.indicator_id = %s AND h.giver_id = %s AND h.unit_id IN ({units_sql}) "
            "ON CONFLICT (holder_id, period_start) DO UPDATE SET number = excluded.number, "
            "set_by_id = excluded.set_by_id, set_at = excluded.set_at",
            [
                connection.ops.adapt_datefield_value(start),
                str(rounded(number)),
                giving.by_id,
                stored(giving.at),
                giving.indicator_id,
                giving.giver_id,
                *params,
            ],
        )
        return int(cursor.rowcount)


def _tell(giving: Giving, at: datetime) -> None:
    tell_units(
        "SELECT h.unit_id FROM indicators_holder h WHERE h.giving_id = %s",
        [giving.pk],
        (*rules.TELLERS, *rules.APPROVERS),
        "indicator_given",
        url=reverse("indicators:indicator", args=[giving.indicator_id]),
        at=at,
        act=giving.act,
        indicator=title_of(giving.indicator),
        unit=giving.giver.short_name,
    )


def title_of(indicator: Indicator) -> str:
    """How it is called by its newest definition."""
    newest = indicator.definitions.order_by("-version").values_list("title", flat=True).first()
    return newest or indicator.code


@transaction.atomic
def set_targets(
    indicator_id: int,
    giver: Unit,
    numbers: Mapping[tuple[int, date], Decimal | None],
    *,
    by: Account,
    at: datetime,
) -> int:
    """What each holder is to reach, (holder id, first day of the period) → number, None for none; returns how many
    changed. Raises Refused, or ValidationError for a holder or period that is none of this giver's.
    """
    indicator = _locked(indicator_id)
    verdict = rules.can_set_targets(by, indicator, giver, day_of(at)).require()
    _check_targets(indicator, {start: Decimal(0) for _holder, start in numbers})
    holders = {holder for holder, _start in numbers}
    if Holder.objects.filter(pk__in=holders, indicator=indicator, giver=giver).count() != len(holders):
        raise ValidationError(_("Targets are set for units to which this unit gave the indicator."))
    known = Target.objects.filter(holder__in=holders)
    before = {(row.holder_id, row.period_start): row.number for row in known}
    changed = {key: number for key, number in numbers.items() if before.get(key) != number}
    if not changed:
        return 0
    for (holder, start), number in changed.items():
        if number is None:
            known.filter(holder=holder, period_start=start).delete()
    Target.objects.bulk_create(
        [
            Target(holder_id=holder, period_start=start, number=rounded(number), set_by=by, set_at=at)
            for (holder, start), number in changed.items()
            if number is not None
        ],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["holder", "period_start"],
        update_fields=["number", "set_by", "set_at"],
    )
    listed = [f"{holder}:{start}:{before.get((holder, start))}:{number}" for (holder, start), number in changed.items()]
    record(
        "target.set",
        indicator,
        by=actor(by, verdict.holding),
        at=at,
        label=indicator.code,
        count=len(changed),
        digest=hashlib.sha256("\n".join(sorted(listed)).encode()).hexdigest(),
    )
    return len(changed)


@transaction.atomic
def set_weights(indicator_id: int, giver: Unit, weights: Mapping[int, Decimal], *, by: Account, at: datetime) -> int:
    """How much each holder counts in the weighted mean, by its id; returns how many changed.

    Counts for all periods. Raises Refused, or ValidationError for a holder that is none of this giver's or a weight
    below zero.
    """
    indicator = _locked(indicator_id)
    verdict = rules.can_set_targets(by, indicator, giver, day_of(at)).require()
    rows = list(Holder.objects.filter(pk__in=weights, indicator=indicator, giver=giver))
    if len(rows) != len(weights) or any(weight < 0 for weight in weights.values()):
        raise ValidationError(_("A weight is not below zero, and of a unit to which this unit gave the indicator."))
    changed = [row for row in rows if row.weight != weights[row.pk]]
    if not changed:
        return 0
    listed = {row.pk: f"{row.pk}:{row.weight}:{weights[row.pk]}" for row in changed}
    for row in changed:
        row.weight = rounded(weights[row.pk])
    Holder.objects.bulk_update(changed, ["weight"], batch_size=500)
    record(
        "weight.set",
        indicator,
        by=actor(by, verdict.holding),
        at=at,
        label=indicator.code,
        count=len(changed),
        digest=hashlib.sha256("\n".join(sorted(listed.values())).encode()).hexdigest(),
    )
    return len(changed)


@transaction.atomic
def take_back(holder_id: int, *, last_day: date, reason: str, by: Account, at: datetime) -> Holder:
    """The unit holds it no more after that day; what it told stays. Raises Refused, or ValidationError by field."""
    rows = Holder.objects.select_for_update(of=("self",), no_key=True)
    holder = rows.select_related("indicator", "unit__present", "giver__present").get(pk=holder_id)
    verdict = rules.can_take_back(by, holder, day_of(at)).require()
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    if not holder.valid_from - timedelta(days=1) <= last_day < holder.valid_to:
        raise ValidationError({"last_day": _("This day does not lie within the time in which the unit holds it.")})
    holder.valid_to, holder.end_reason = last_day + timedelta(days=1), reason.strip()[:500]
    holder.save(update_fields=["valid_to", "end_reason"])
    record(
        "indicator.taken_back",
        holder.indicator,
        by=actor(by, verdict.holding),
        at=at,
        label=f"{holder.indicator.code} – {holder.unit.short_name}",
        last_day=last_day.isoformat(),
        reason=reason.strip(),
    )
    return holder
