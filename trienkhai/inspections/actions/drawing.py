"""Subjects are named, or drawn by score and by lot; a draw is kept whole."""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.common.clock import day_of
from trienkhai.common.verdict import Refused
from trienkhai.inspections import norms, rules
from trienkhai.inspections.actions.locking import locked_item, note_programme
from trienkhai.inspections.models import (
    Candidate,
    Draw,
    Inspection,
    InspectionItem,
    InspectionState,
    Source,
)
from trienkhai.inspections.norms import Ruling
from trienkhai.inspections.queries.figures import figures_of
from trienkhai.inspections.queries.integrity import digest_of_draw
from trienkhai.inspections.risk import RISK, Entry, drawn, score_of
from trienkhai.orgs.models import Unit
from trienkhai.orgs.selection import select
from trienkhai.people.models import Account

SCOPES = ("children", "grassroots")
MOST = 200


@transaction.atomic
def add_subject(item_id: int, unit: Unit, *, by: Account, at: datetime) -> Inspection:
    """Name a unit. One that is named already stays as it is. Raises Refused, for an ended unit with its successor."""
    item = locked_item(item_id)
    on = day_of(at)
    verdict = rules.can_set_subjects(by, item, on).require()
    (unit,) = _held([unit.pk])
    rules.may_be_subject(unit, item.programme.unit, on).require()
    found, made = Inspection.objects.get_or_create(item=item, unit=unit, defaults={"held_by": unit})
    if not made and found.state == InspectionState.DROPPED:
        raise Refused(_("The inspection of %(unit)s was dropped from this item with a reason.") % {"unit": unit})
    if made:
        note_programme("subject_named", item.programme, verdict, by, at, item=item.pk, unit=unit.pk)
    return found


@transaction.atomic
def draw_subjects(
    item_id: int, *, scope: str, by_risk: int, at_random: int, seed: str, by: Account, at: datetime
) -> Draw:
    """Draw so many subjects by score and so many by lot from the units of `scope` that the programme does not have yet.

    seed: made by chance where the person asks; kept, with every unit, its figures, score and place, so that the draw
    can be repeated. Two who draw at once wait for each other: the second draws from what the first left. A draw is
    never taken back; a subject of it is dropped only with a reason. Raises Refused; ValidationError by field.
    """
    item = locked_item(item_id)
    on, unit = day_of(at), item.programme.unit
    verdict = rules.can_set_subjects(by, item, on).require()
    _check(scope, by_risk, at_random)
    rule = norms.ruling(norms.RISK, on=on, place=unit.path or "")
    if by_risk and rule is None:
        raise Refused(_("No regulation says how risk is scored on that day: draw at random."))
    pool = _pool(item, scope, on)
    if len(pool) < by_risk + at_random:
        said = _("Only %(n)s units are left to draw from.")
        raise ValidationError({"at_random": said % {"n": len(pool)}})
    draw = Draw.objects.create(
        item=item,
        seed=seed,
        scope=scope,
        by_risk=by_risk,
        at_random=at_random,
        on=on,
        norm=rule.kept | {"value": rule.value} if rule else {},
        by=by,
        at=at,
    )
    chosen = _keep(draw, pool, rule)
    for one in _held(row.unit_id for row in chosen):
        rules.may_be_subject(one, unit, on).require()
    Inspection.objects.bulk_create(
        Inspection(item=item, unit_id=row.unit_id, held_by_id=row.unit_id, source=Source(row.way), draw=draw)
        for row in chosen
    )
    draw.digest = digest_of_draw(draw)
    draw.save(update_fields=["digest"])
    drew = {"item": item.pk, "draw": draw.pk, "pool": len(pool), "chosen": len(chosen)}
    note_programme("drawn", item.programme, verdict, by, at, seed=seed, digest=draw.digest, **drew)
    return draw


def _held(ids: Iterable[int]) -> list[Unit]:
    """Units under their lock: none of them ends before they are asked whether they stand."""
    rows = Unit.objects.select_for_update(of=("self",), no_key=True).select_related("present")
    return list(rows.filter(pk__in=list(ids)).order_by("pk"))


def _check(scope: str, by_risk: int, at_random: int) -> None:
    if scope not in SCOPES:
        raise ValidationError({"scope": _("Choose one of the values shown.")})
    if by_risk < 0 or at_random < 0 or not 0 < by_risk + at_random <= MOST:
        raise ValidationError({"at_random": _("Between 1 and %(n)d units are drawn at a time.") % {"n": MOST}})


def _pool(item: InspectionItem, scope: str, on: date) -> list[Unit]:
    """Standing units of the scope that no inspection of the programme has as its subject, not even a dropped one."""
    taken = Inspection.objects.filter(item__programme=item.programme).values("unit")
    rows = select(scope, by=item.programme.unit, on=on).exclude(pk__in=taken)
    return list(rows.select_related("present").order_by("path"))


def _keep(draw: Draw, pool: list[Unit], rule: Ruling | None) -> list[Candidate]:
    """Store every candidate in the order of the draw; those chosen come back."""
    units = {unit.pk: unit for unit in pool}
    figures, counts = {}, {}
    if rule is not None:
        figures = figures_of(list(units), rule.value, draw.on, top=draw.item.programme.unit.path or "")
        counts = {pk: one.counts(rule.value, draw.on) for pk, one in figures.items()}
    entries = [Entry(pk, unit.code, score_of(counts[pk], rule.value) if rule else 0) for pk, unit in units.items()]
    order = drawn(entries, draw.seed, draw.by_risk, draw.at_random)
    risky = sum(way == RISK for _entry, way in order)
    if risky < draw.by_risk:
        raise ValidationError(
            {"by_risk": _("Only %(n)s units have a score: draw the others at random.") % {"n": risky}}
        )
    rows = [
        Candidate(
            draw=draw,
            unit_id=entry.key,
            code=entry.code,
            name=units[entry.key].name,
            figures=figures[entry.key].kept | {"unvisited": counts[entry.key]["unvisited"]} if rule else {},
            score=entry.score,
            place=place,
            way=way,
        )
        for place, (entry, way) in enumerate(order, start=1)
    ]
    Candidate.objects.bulk_create(rows, batch_size=500)
    return [row for row in rows if row.way]
