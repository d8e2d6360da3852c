"""An evaluation is opened for the units below and those who lead them."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.common.clock import day_of
from trienkhai.common.verdict import Refused
from trienkhai.evaluation import climbing, rules
from trienkhai.evaluation.actions.locking import figures_in, locked_campaign, note_campaign, tell_subjects
from trienkhai.evaluation.models import Campaign, CampaignState, Sheet
from trienkhai.evaluation.norms import pack_on
from trienkhai.orgs.models import Holding, Unit
from trienkhai.people.models import Account
from trienkhai.tasks.periods import named_days

MOST = 500


@transaction.atomic
def open_campaign(
    unit: Unit,
    code: str,
    units: Iterable[Unit],
    *,
    heads: bool = False,
    denominator: str = "",
    by: Account,
    at: datetime,
) -> Campaign:
    """Open the evaluation of a year (2017) or a quarter (2017-Q4), with the norms of its last day.

    units: those evaluated, directly below. heads: also whoever leads them, each with the figures of the unit led.
    denominator: of the ceiling, '' for the norm's own. Raises Refused, also where no norm says how to evaluate that
    period; ValidationError by field.
    """
    locked = Unit.objects.select_for_update(of=("self",), no_key=True).select_related("present").get(pk=unit.pk)
    verdict = rules.can_open(by, locked, day_of(at)).require()
    first, last = _days(code)
    if first > day_of(at):
        raise ValidationError({"code": _("This period has not begun.")})
    if Campaign.objects.filter(unit=locked, code=code).exists():
        raise ValidationError({"code": _("This period is evaluated already.")})
    pack = pack_on(last, locked.path or "", quarter="Q" in code)
    if pack is None:
        raise Refused(_("No regulation yet on how to evaluate this period: nothing is evaluated."))
    chosen = denominator or pack["ceiling"]["value"]["of"]
    if chosen not in pack["ceiling"]["value"]["choices"]:
        raise ValidationError({"denominator": _("The ceiling knows no such denominator.")})
    campaign = Campaign.objects.create(
        unit=locked,
        code=code,
        starts_on=first,
        ends_on=last,
        denominator=chosen,
        norms=pack,
        opened_by=by,
        opened_at=at,
    )
    made = _add(campaign, units, heads, at)
    act = note_campaign("opened", campaign, verdict, by, at, subjects=len(made), denominator=chosen)
    tell_subjects(campaign, made, "evaluation_opened", at, act)
    return campaign


def _days(code: str) -> tuple[date, date]:
    """Raises ValidationError for what is neither a year nor a quarter."""
    days = named_days(code)
    if days is None or (len(code) > len("2017") and "Q" not in code):
        raise ValidationError({"code": _("This is neither a year nor a quarter.")})
    return days


@transaction.atomic
def add_subjects(campaign_id: int, units: Iterable[Unit], *, heads: bool, by: Account, at: datetime) -> list[Sheet]:
    """Further units or their heads, until the levels are proposed. Those in it already are passed over."""
    campaign = locked_campaign(campaign_id)
    verdict = rules.can_propose(by, campaign, day_of(at)).require()
    if campaign.state != CampaignState.OPEN:
        raise Refused(_("The levels are proposed already."))
    made = _add(campaign, units, heads, at)
    act = note_campaign("subjects_added", campaign, verdict, by, at, subjects=len(made))
    tell_subjects(campaign, made, "evaluation_opened", at, act)
    return made


def _add(campaign: Campaign, units: Iterable[Unit], heads: bool, at: datetime) -> list[Sheet]:
    on = day_of(at)
    chosen = sorted({unit.pk for unit in units})
    below = Unit.objects.filter(pk__in=chosen, present__parent=campaign.unit, closed_on__gt=on)
    rows = list(below.select_related("present").order_by("path"))
    if not chosen or len(rows) < len(chosen):
        raise ValidationError({"units": _("Choose standing units directly below the evaluating one.")})
    known = set(campaign.sheets.values_list("unit", "person"))
    led = _heads(chosen, on) if heads else {}
    made: list[Sheet] = []
    for unit in rows:
        subjects = [Sheet(campaign=campaign, unit=unit, name=unit.name)]
        subjects += [_of_holder(campaign, unit, holding) for holding in led.get(unit.pk, ())]
        made += [sheet for sheet in subjects if (unit.pk, sheet.person) not in known]
    if len(known) + len(made) > MOST:
        raise ValidationError({"units": _("An evaluation has at most %(n)d subjects.") % {"n": MOST}})
    figures = figures_in(campaign, list({sheet.unit_id: sheet.unit for sheet in made}.values()), on)
    for sheet in made:
        sheet.figures, sheet.figured_on = figures[sheet.unit_id], on
    return Sheet.objects.bulk_create(made)


def _heads(units: Collection[int], on: date) -> dict[int, list[Holding]]:
    """Who leads each unit, one row a person."""
    rows = climbing.heading(on).seated().filter(post__unit__in=units, account__is_active=True)
    found: dict[tuple[int, int], Holding] = {}
    for row in rows.select_related("account", "post").order_by("post", "pk"):
        found.setdefault((row.post.unit_id, row.account_id), row)
    led: dict[int, list[Holding]] = {}
    for (unit, _person), row in found.items():
        led.setdefault(unit, []).append(row)
    return led


def _of_holder(campaign: Campaign, unit: Unit, holding: Holding) -> Sheet:
    return Sheet(
        campaign=campaign,
        unit=unit,
        person=holding.account_id,
        account=holding.account,
        holding=holding,
        name=holding.account.name,
        post=holding.post.title,
    )
