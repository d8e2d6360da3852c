"""Dossiers are opened, filled, closed and handed over to the archive. Nothing in them is deleted."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.common.clock import day_of
from trienkhai.common.folding import squeeze
from trienkhai.common.verdict import Refused, Verdict
from trienkhai.documents import rules, rules_dossiers
from trienkhai.documents.actions.locking import hold_document
from trienkhai.documents.models import Document
from trienkhai.documents.models.dossiers import Dossier, DossierDocument
from trienkhai.documents.queries.dossiers import retention_classes, to_hand_over
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account


@dataclass(frozen=True)
class Described:
    """What a person says of a dossier. retention: code of a class of the norm of the day it was opened."""

    code: str
    title: str
    retention: str
    opened_on: date
    works: bool = False


@transaction.atomic
def open_dossier(unit: Unit, values: Described, *, by: Account, at: datetime) -> Dossier:
    """A dossier for a matter of the unit. Raises ValidationError for a code that is taken or an unknown class."""
    locked = Unit.objects.select_for_update(of=("self",), no_key=True).select_related("present").get(pk=unit.pk)
    verdict = rules_dossiers.can_keep_dossiers(by, locked, day_of(at)).require()
    dossier = Dossier(unit=locked, opened_by=by, **asdict(values))
    _checked(dossier)
    dossier.save()
    _record("dossier.opened", dossier, verdict, by, at, retention=values.retention)
    return dossier


@transaction.atomic
def change_dossier(dossier_id: int, values: Described, *, by: Account, at: datetime) -> Dossier:
    """Better values for an open dossier, above all how long it is kept."""
    dossier = _locked(dossier_id)
    verdict = rules_dossiers.can_change_dossier(by, dossier, day_of(at)).require()
    old = dossier.retention
    for name, given in asdict(values).items():
        setattr(dossier, name, given)
    _checked(dossier)
    dossier.save()
    _record("dossier.changed", dossier, verdict, by, at, old=old, new=values.retention)
    return dossier


def _checked(dossier: Dossier) -> None:
    if not squeeze(dossier.code):
        raise ValidationError({"code": _("Give the dossier a number.")})
    if not squeeze(dossier.title):
        raise ValidationError({"title": _("Say what the dossier is about.")})
    if dossier.retention not in retention_classes(dossier.opened_on, dossier.unit.path or ""):
        raise ValidationError({"retention": _("Choose one of the values shown.")})
    same = Dossier.objects.filter(unit=dossier.unit, code=squeeze(dossier.code)).exclude(pk=dossier.pk)
    if same.exists():
        raise ValidationError({"code": _("The unit has a dossier of this number already.")})


@transaction.atomic
def put_document(dossier_id: int, document: Document, *, by: Account, at: datetime) -> DossierDocument:
    """A document that the person sees comes last in an open dossier; once is enough."""
    hold_document(Document.objects.filter(pk=document.pk))
    dossier = _locked(dossier_id)
    on = day_of(at)
    verdict = rules_dossiers.can_change_dossier(by, dossier, on).require()
    if not rules.visible_documents(by, on).filter(pk=document.pk).exists():
        raise Refused(_("The document is outside your reach."))
    if there := dossier.places.filter(document=document, taken_out_at=None).first():
        return there
    last = dossier.places.filter(taken_out_at=None).aggregate(last=Max("position"))["last"] or 0
    place = DossierDocument.objects.create(
        dossier=dossier, document=document, position=last + 1, added_by=by, added_at=at
    )
    _record("dossier.document_put", dossier, verdict, by, at, document=document.pk)
    return place


@transaction.atomic
def take_out_document(place_id: int, *, by: Account, at: datetime) -> None:
    """A document filed in the wrong place; those after it move up, and the row tells who took it out."""
    place = DossierDocument.objects.get(pk=place_id)
    dossier = _locked(place.dossier_id)
    verdict = rules_dossiers.can_change_dossier(by, dossier, day_of(at)).require()
    place.refresh_from_db()
    if place.taken_out_at:
        return
    place.taken_out_by, place.taken_out_at = by, at
    place.save(update_fields=["taken_out_by", "taken_out_at"])
    close_ranks(dossier)
    _record("dossier.document_taken_out", dossier, verdict, by, at, document=place.document_id)


def close_ranks(dossier: Dossier) -> None:
    """Number the places of a locked dossier from 1 without a hole, in their order."""
    for position, row in enumerate(dossier.places.filter(taken_out_at=None).order_by("position"), start=1):
        if row.position != position:
            row.position = position
            row.save(update_fields=["position"])


@transaction.atomic
def close_dossier(dossier_id: int, *, closed_on: date, by: Account, at: datetime) -> Dossier:
    """The matter has ended: nothing comes in any more, and the time until it is handed over begins."""
    dossier = _locked(dossier_id)
    verdict = rules_dossiers.can_change_dossier(by, dossier, day_of(at)).require()
    if closed_on < dossier.opened_on:
        raise ValidationError({"closed_on": _("This day lies before the day on which the dossier was opened.")})
    if closed_on > day_of(at):
        raise ValidationError({"closed_on": _("This day has not come yet.")})
    if not dossier.places.filter(taken_out_at=None).exists():
        raise ValidationError({"closed_on": _("There is no document in the dossier yet.")})
    dossier.closed_on = closed_on
    dossier.save(update_fields=["closed_on"])
    _record("dossier.closed", dossier, verdict, by, at, day=closed_on.isoformat())
    return dossier


@transaction.atomic
def reopen_dossier(dossier_id: int, *, by: Account, at: datetime) -> Dossier:
    """A matter that was closed too early goes on."""
    dossier = _locked(dossier_id)
    verdict = rules_dossiers.can_reopen_dossier(by, dossier, day_of(at)).require()
    old, dossier.closed_on = dossier.closed_on, None
    dossier.save(update_fields=["closed_on"])
    _record("dossier.reopened", dossier, verdict, by, at, day=old.isoformat() if old else "")
    return dossier


@transaction.atomic
def hand_over(unit: Unit, dossier_ids: Iterable[int], *, on: date, to: str, by: Account, at: datetime) -> int:
    """Mark closed dossiers as handed over to the archive on a day, all or none; returns how many. One act.

    Raises Refused when one of them is not due or was handed over by somebody else meanwhile.
    """
    verdict = rules_dossiers.can_hand_over(by, unit, day_of(at)).require()
    wanted = sorted(set(dossier_ids))
    rows = list(Dossier.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk"))
    due = set(to_hand_over(unit, day_of(at)).values_list("pk", flat=True))
    if not wanted:
        raise ValidationError({"dossiers": _("Choose at least one dossier.")})
    if not squeeze(to):
        raise ValidationError({"to": _("Say who receives them.")})
    if set(wanted) - due or len(rows) != len(wanted):
        raise Refused(_("Some of these dossiers are not to be handed over, or were handed over already."))
    if on > day_of(at) or any(row.closed_on and on < row.closed_on for row in rows):
        raise ValidationError({"on": _("Choose a day between the closing of the dossiers and today.")})
    Dossier.objects.filter(pk__in=wanted).update(handed_over_on=on, handed_over_to=squeeze(to)[:200], handed_over_by=by)
    record(
        "dossier.handed_over",
        unit,
        by=actor(by, verdict.holding),
        at=at,
        unit_path=unit.path or "",
        count=len(wanted),
        day=on.isoformat(),
        dossiers=wanted,
    )
    return len(wanted)


def _locked(pk: int) -> Dossier:
    rows = Dossier.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("unit__present").get(pk=pk)


def _record(verb: str, dossier: Dossier, verdict: Verdict, by: Account, at: datetime, **data: Any) -> None:
    """The act names the dossier by its number: its title may tell of what is later locked away."""
    record(
        verb,
        dossier,
        by=actor(by, verdict.holding),
        at=at,
        unit_path=dossier.unit.path or "",
        label=dossier.code,
        **data,
    )
