"""Who scores meetings: the unit's own people in three steps, the committee above decides.

Whoever scored below, or in whose name it was done, never decides: where nobody else does it in the unit directly above,
the last step goes to the next unit above.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from trienkhai.common import paths
from trienkhai.common.verdict import Verdict, no, yes
from trienkhai.meetings.models import Meeting, MeetingState, ScoreMark, ScoreSheet, ScoreStep, Step
from trienkhai.meetings.models.scoring import STEPS
from trienkhai.meetings.norms import score_norm
from trienkhai.meetings.rules import ACT, WRITERS, can_convene, own_ids, writing_ids
from trienkhai.orgs.climbing import Ladder
from trienkhai.orgs.models import Holding, Role, Unit
from trienkhai.orgs.queries import standing_for
from trienkhai.orgs.rules import CONTENT_READERS, earlier_units, holding_at, reach_of, work_reach
from trienkhai.people.models import Account

DECIDING = tuple(role for role in CONTENT_READERS if role != Role.INSPECTOR)
AT_UPPER = (Step.UPPER, Step.DONE)
BELOW = tuple(step for step in STEPS if step != Step.UPPER)


def visible_scores(account: Account, on: date) -> QuerySet[ScoreSheet]:
    """Of own units; of the branch once they went up, for inspectors once they are decided; for those who decide."""
    reach = work_reach(account, on)
    above = reach.of(*DECIDING).q("unit__path") & Q(step__in=AT_UPPER)
    decided = reach.q("unit__path") & Q(step=Step.DONE)
    asked = Q(unit__in=_below(writing_ids(account, on), on), step__in=AT_UPPER)
    came_up = Q(pk__in=_come_up(account, on))
    if within := _writing_branches(account, on):
        came_up |= within & Q(pk__in=ScoreStep.objects.filter(by=account, step=Step.UPPER).values("sheet"))
    return ScoreSheet.objects.filter(above | decided | asked | came_up | Q(unit__in=own_ids(account, on)))


def _below(ids: set[int], on: date) -> set[int]:
    """Units directly below these, and those that such a unit took over."""
    if not ids:
        return set()
    rows = Unit.objects.filter(present__parent__in=ids, closed_on__gt=on)
    former = rows.filter(predecessors__main=True).values_list("predecessors__unit", flat=True)
    return {*rows.values_list("pk", flat=True), *former}


def can_start_score(account: Account, meeting: Meeting, on: date) -> Verdict:
    """Of a meeting whose minutes are closed, where a norm says how it is scored."""
    if meeting.state != MeetingState.CLOSED:
        return no(_("Close the minutes first."))
    if score_norm(meeting.body, on=meeting.day, place=meeting.unit.path or "") is None:
        return no(_("No regulation yet says how meetings of that day are scored."))
    return can_convene(account, standing_for(meeting.unit, on), on)


def upper_of(sheet: ScoreSheet, on: date) -> Unit | None:
    present = standing_for(sheet.unit, on).present
    return present.parent if present else None


def scored_below(sheets: Sequence[ScoreSheet], *steps: str) -> dict[int, set[int]]:
    """Sheet → who scored it in these steps (unless said: all before the last), and in whose name a delegate of the unit
    did. Three queries."""
    found: dict[int, set[int]] = {sheet.pk: set() for sheet in sheets}
    for rows in (ScoreStep.objects, ScoreMark.objects):
        told = rows.filter(sheet__in=sheets, step__in=steps or BELOW, by__isnull=False)
        for pk, by in told.values_list("sheet", "by"):
            found[pk].add(by)
    given = Holding.objects.filter(principal__isnull=False, post__unit__in={sheet.unit_id for sheet in sheets})
    given = given.filter(account__in=set().union(*found.values()))
    for unit, account, principal in given.values_list("post__unit", "account", "principal__account"):
        for sheet in sheets:
            if sheet.unit_id == unit and account in found[sheet.pk]:
                found[sheet.pk].add(principal)
    return found


def deciders(sheets: Sequence[ScoreSheet], apart: Mapping[int, set[int]], on: date) -> dict[int, int | None]:
    """Sheet → the unit that decides it: the one above, else the next above with a secretary or leader who did not score
    below (`apart`); None where nobody is found up to the top. One query for sheets of standing units."""
    uppers = {sheet.pk: upper_of(sheet, on) for sheet in sheets}
    ways = {pk: (upper.path or "") if upper else "" for pk, upper in uppers.items()}
    ladder = Ladder(ways.values(), on, roles=WRITERS, act=ACT)
    return {pk: ladder.decider(way, apart[pk]) for pk, way in ways.items()}


def can_mark(account: Account, sheet: ScoreSheet, on: date) -> Verdict:
    """Enter points in the step that is due: the unit's secretary or leader, in the last step one of the unit above."""
    if sheet.step == Step.DONE:
        return no(_("This score is decided: it stays as it is."))
    if sheet.step != Step.UPPER:
        return can_convene(account, standing_for(sheet.unit, on), on)
    upper = upper_of(sheet, on)
    if upper is None:
        return no(_("No unit stands above this one."))
    below = scored_below([sheet])
    decider, apart = deciders([sheet], below, on)[sheet.pk], below[sheet.pk]
    if decider is None:
        return no(
            _(
                "Above, nobody but those who scored this sheet below is secretary or leader: "
                "it waits until somebody else is."
            )
        )
    if decider != upper.pk:
        upper = Unit.objects.select_related("present").get(pk=decider)
    if account.pk in apart:
        return no(_("You scored this sheet below: another secretary or leader of %(unit)s decides.") % {"unit": upper})
    holding = holding_at(account, upper, WRITERS, on, ACT, besides=apart)
    return yes(holding) if holding else no(_("The secretary or a leader of %(unit)s does this.") % {"unit": upper})


def can_pass(account: Account, sheet: ScoreSheet, on: date) -> Verdict:
    """Finish the step: whoever scored alone, or in whose name it was done, is not the one to say that the committee
    agrees, nor is a delegate in that name, unless nobody else is there.
    """
    may, unit = can_mark(account, sheet, on), standing_for(sheet.unit, on)
    if not may or sheet.step != Step.COMMITTEE:
        return may
    alone = scored_below([sheet], Step.SELF)[sheet.pk]
    if not _others(alone, unit, on):
        return may
    holding = None if account.pk in alone else holding_at(account, unit, WRITERS, on, ACT, besides=alone)
    if holding is None:
        return no(_("You scored this yourself: another secretary or leader says that the committee agrees."))
    return yes(holding)


def _others(besides: set[int], unit: Unit, on: date) -> bool:
    rows = Holding.objects.on(on).seated().filter(post__unit=unit, post__role__in=WRITERS)
    return rows.exclude(account__in=besides).filter(account__is_active=True).exists()


def _scored_by(account: int, *steps: str) -> Q:
    """Sheets that the account scored in these steps, itself or by a delegate at the unit; as `scored_below`."""
    given = Holding.objects.filter(
        principal__account=account, post__unit=OuterRef("sheet__unit"), account=OuterRef("by")
    )
    by, found = Q(by=account) | Exists(given), Q()
    for rows in (ScoreStep.objects, ScoreMark.objects):
        found |= Q(Exists(rows.filter(by, sheet=OuterRef("pk"), step__in=steps or BELOW)))
    return found


def _writing_branches(account: Account, on: date) -> Q:
    """Sheets of the units where the person convenes and of all below; false where the person convenes nowhere."""
    rows = Unit.objects.filter(pk__in=writing_ids(account, on), path__isnull=False)
    return reduce(or_, (paths.within(path or "", "unit__path") for path in rows.values_list("path", flat=True)), Q())


def without_decider_near(on: date) -> QuerySet[ScoreSheet]:
    """Sheets in the last step where nobody sits directly above but who scored below, or let a delegate do so."""
    writers = Holding.objects.on(on).seated().filter(post__role__in=WRITERS, account__is_active=True)
    near = writers.filter(post__unit=OuterRef("unit__present__parent"))
    for said in (ScoreStep.objects, ScoreMark.objects):
        theirs = said.filter(sheet=OuterRef(OuterRef("pk")), step__in=BELOW)
        near = near.exclude(Exists(theirs.filter(by=OuterRef("account"))))
    let_others = Holding.objects.filter(principal__account=OuterRef("account"), post__unit=OuterRef(OuterRef("unit")))
    near = near.exclude(Exists(let_others))
    return ScoreSheet.objects.filter(~Exists(near), step=Step.UPPER).select_related("unit__present__parent__present")


def _come_up(account: Account, on: date) -> list[int]:
    """Sheets whose last step came up, past the unit directly above, to one where the person convenes."""
    within = _writing_branches(account, on)
    sheets = list(without_decider_near(on).filter(within)) if within else []
    if not sheets:
        return []
    apart = scored_below(sheets)
    grants = reach_of(account, on).of(*WRITERS).able(ACT).grants
    mine = [(grant.unit_id, {account.pk, grant.principal}) for grant in grants]
    return [
        pk
        for pk, unit in deciders(sheets, apart, on).items()
        if any(where == unit and not behind & apart[pk] for where, behind in mine)
    ]


def waiting_scores(account: Account, on: date) -> QuerySet[ScoreSheet]:
    """Sheets whose next step is for units where the person convenes: their own, or those below to decide."""
    ids = writing_ids(account, on)
    if not ids:
        return ScoreSheet.objects.none()
    own = Q(unit__in=ids | earlier_units(account, on, *WRITERS)) & ~Q(step__in=AT_UPPER)
    above = Q(unit__in=_below(ids, on)) | Q(pk__in=_come_up(account, on))
    return ScoreSheet.objects.filter(own | above & Q(step=Step.UPPER)).order_by("last_on", "pk")


def next_scores(account: Account, on: date) -> QuerySet[ScoreSheet]:
    """Of those the ones that the person takes on: none scored by the person before, or by somebody in whose name alone
    the person acts, whose step another one finishes.
    """
    writers = Holding.objects.on(on).seated().filter(post__role__in=WRITERS, account__is_active=True)
    others = writers.exclude(account=account).filter(post__unit=OuterRef("unit"))
    rows = waiting_scores(account, on).exclude(_scored_by(account.pk, Step.SELF) & Exists(others), step=Step.COMMITTEE)
    rows = rows.exclude(_scored_by(account.pk), step=Step.UPPER)
    for unit, principal in _stands_in_for(account, on):
        rows = rows.exclude(_scored_by(principal), unit__present__parent=unit, step=Step.UPPER)
    return rows


def _stands_in_for(account: Account, on: date) -> list[tuple[int, int]]:
    """Units where the person convenes as a delegate alone, with whose."""
    held = Holding.objects.on(on).filter(account=account, post__role__in=WRITERS)
    own = held.seated().values("post__unit")
    return list(held.exclude(post__unit__in=own).values_list("post__unit", "principal__account"))
