"""A consultation is withdrawn, its day moved, its summary issued."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.common.clock import day_of
from trienkhai.common.folding import squeeze
from trienkhai.feedback import rules_consulting as rules
from trienkhai.feedback.actions.consultations import locked_consultation, note, url_of
from trienkhai.feedback.actions.holding import hold_units
from trienkhai.feedback.models import Asked, Consultation, MovedDay
from trienkhai.feedback.rules import SPEAKERS
from trienkhai.notices.actions import tell
from trienkhai.orgs.models import Unit
from trienkhai.orgs.queries import standing_for
from trienkhai.people.models import Account

LONGEST_SYMBOL = 60


@transaction.atomic
def withdraw_consultation(consultation_id: int, *, reason: str, by: Account, at: datetime) -> Consultation:
    """Nothing is expected of anybody any more; what was said stays to be read. All who were asked are told why.

    Raises Refused, ValidationError by field.
    """
    consultation, on = locked_consultation(consultation_id), day_of(at)
    verdict = rules.can_withdraw(by, consultation, on).require()
    consultation.closing_reason = _said(reason)
    consultation.withdrawn, consultation.closed_by, consultation.closed_on = True, by, on
    consultation.save(update_fields=["withdrawn", "closed_by", "closed_on", "closing_reason"])
    act = note("consultation.withdrawn", consultation, verdict, by, at)
    _tell_asked("consultation_withdrawn", consultation, act.pk, at, number=consultation.pk)
    return consultation


def _said(reason: str) -> str:
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    return reason.strip()


def _tell_asked(kind: str, consultation: Consultation, act: int, at: datetime, **words: object) -> None:
    """Each unit that was asked, or the one that took over from it, once."""
    told = {row.unit for row in consultation.asked.filter(released_on=None).select_related("unit")}
    for pk in sorted({standing_for(unit, day_of(at)).pk for unit in told}):
        said = {"unit": consultation.unit.short_name} | words
        tell(pk, SPEAKERS, kind, url=url_of(consultation), at=at, act=act, **said)


@transaction.atomic
def move_day(consultation_id: int, due_on: date, *, reason: str, by: Account, at: datetime) -> Consultation:
    """Opinions are wanted by another day; a closed consultation is open again. All who were asked are told.

    Raises Refused, ValidationError by field.
    """
    units = Unit.objects.filter(consulted__consultation=consultation_id)
    hold_units(Unit.objects.get(consultations=consultation_id), *units)
    consultation, on = locked_consultation(consultation_id), day_of(at)
    verdict = rules.can_move_day(by, consultation, on).require()
    _check_day(consultation, due_on, on)
    row = MovedDay(consultation=consultation, before=consultation.due_on, after=due_on, reason=_said(reason))
    row.by, row.on, row.reopened = by, on, not consultation.is_open
    row.save()
    if row.reopened:
        _release_ended(consultation, on)
    consultation.due_on, consultation.closed_by, consultation.closed_on, consultation.closing_reason = (
        due_on,
        None,
        None,
        "",
    )
    consultation.save(update_fields=["due_on", "closed_by", "closed_on", "closing_reason"])
    days = {"before": str(row.before), "after": str(due_on), "reopened": row.reopened}
    act = note("consultation.day_moved", consultation, verdict, by, at, **days)
    kind = "consultation_reopened" if row.reopened else "consultation_moved"
    _tell_asked(kind, consultation, act.pk, at, number=consultation.pk, due=f"{due_on:%d/%m/%Y}")
    return consultation


def _check_day(consultation: Consultation, due_on: date, on: date) -> None:
    if due_on < consultation.opened_on:
        said = _("Opinions were asked for on %(day)s: they cannot be due before.")
        raise ValidationError({"due_on": said % {"day": f"{consultation.opened_on:%d/%m/%Y}"}})
    if due_on < on:
        raise ValidationError({"due_on": _("The day lies in the past.")})
    if consultation.is_open and due_on == consultation.due_on:
        raise ValidationError({"due_on": _("Opinions are due on this day already.")})


def _release_ended(consultation: Consultation, on: date) -> None:
    """Units that ended while it was closed: their successor is asked, unless it is asked itself or asks."""
    for row in consultation.asked.filter(sent_on=None, released_on=None, unit__closed_on__lte=on).order_by("pk"):
        heir = standing_for(row.unit, on)
        known = Asked.objects.filter(consultation=consultation, unit=heir).exists()
        if known or heir.pk == consultation.unit_id or heir.closed_on <= on:
            row.released_on = on
        else:
            row.unit = heir
        row.save(update_fields=["unit", "released_on"])


@transaction.atomic
def tell_summary(consultation_id: int, symbol: str, issued_on: date, *, by: Account, at: datetime) -> Consultation:
    """Under which number and day the table of opinions was issued: from then on it is not opened again.

    Raises Refused, ValidationError by field.
    """
    consultation, on = locked_consultation(consultation_id), day_of(at)
    verdict = rules.can_tell_summary(by, consultation, on).require()
    words = squeeze(symbol)[:LONGEST_SYMBOL]
    if not words:
        raise ValidationError({"symbol": _("Say under which number it was issued.")})
    if issued_on > on:
        raise ValidationError({"issued_on": _("A document is not issued on a day to come.")})
    if consultation.closed_on and issued_on < consultation.closed_on:
        raise ValidationError({"issued_on": _("The summary is issued after the closing.")})
    consultation.summary_symbol, consultation.summary_on = words, issued_on
    consultation.save(update_fields=["summary_symbol", "summary_on"])
    note("consultation.summary_issued", consultation, verdict, by, at)
    return consultation
