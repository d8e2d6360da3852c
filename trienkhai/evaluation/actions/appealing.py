"""A subject appeals, the evaluating unit answers; the frozen result stays and the new level stands beside it."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.common.clock import day_of
from trienkhai.evaluation import climbing, rules
from trienkhai.evaluation.actions.locking import locked_sheet, note, said
from trienkhai.evaluation.models import Appeal
from trienkhai.notices.actions import tell, tell_people
from trienkhai.orgs.queries import standing_for
from trienkhai.people.models import Account


@transaction.atomic
def appeal(sheet_id: int, *, text: str, by: Account, at: datetime) -> Appeal:
    """Raises Refused, also after the days of the norm; ValidationError without words."""
    words = said(text, "text", _("Say what is wrong with the level."))
    sheet = locked_sheet(sheet_id)
    verdict = rules.can_appeal(by, sheet, day_of(at)).require()
    row = Appeal.objects.create(sheet=sheet, text=words, by=by, at=at)
    act = note("appealed", sheet, verdict, by, at)
    told = {"unit": sheet.unit.short_name, "period": sheet.campaign.code}
    url = reverse("evaluation:sheet", args=[sheet.pk])
    claim = climbing.concerned([sheet], day_of(at)) | {by.pk}
    above = climbing.acting_unit(standing_for(sheet.campaign.unit, day_of(at)), climbing.DECIDERS, claim, day_of(at))
    tell(above.pk, climbing.DECIDERS, "evaluation_appealed", url=url, at=at, act=act.pk, **told)
    return row


@transaction.atomic
def answer_appeal(sheet_id: int, *, answer: str, level: str = "", by: Account, at: datetime) -> Appeal:
    """Answer the appeal that waits. level: the new one; '' keeps the decided level. Raises Refused, ValidationError."""
    words = said(answer, "answer", _("An appeal is answered in words."))
    sheet = locked_sheet(sheet_id)
    verdict = rules.can_answer(by, sheet, day_of(at)).require()
    if level and level not in {row["code"] for row in sheet.campaign.levels}:
        raise ValidationError({"level": _("There is no such level.")})
    row = sheet.appeals.get(answered_at=None)
    row.answer, row.level, row.answered_by, row.answered_at = words, level, by, at
    row.save()
    act = note("appeal_answered", sheet, verdict, by, at, changed=bool(level))
    told = {"unit": sheet.campaign.unit.short_name, "period": sheet.campaign.code}
    url = reverse("evaluation:sheet", args=[sheet.pk])
    if sheet.holding:
        tell_people({sheet.person: sheet.holding.post_id}, "evaluation_answered", url=url, at=at, act=act.pk, **told)
    else:
        tell(sheet.unit_id, climbing.HEADS, "evaluation_answered", url=url, at=at, act=act.pk, **told)
    return row
