"""A comparison of models is begun, filled with figures of cost, put to the units concerned, and a draft is chosen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.audit.models import Act
from trienkhai.common.clock import day_of
from trienkhai.common.folding import nfc, printable, squeeze
from trienkhai.common.verdict import Refused
from trienkhai.orgs import outlets
from trienkhai.orgs import rules_comparing as rules
from trienkhai.orgs.actions import reorganising
from trienkhai.orgs.actions.establishing import lock_tree
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import (
    ComparedDraft,
    Comparison,
    CostLine,
    Post,
    Preference,
    Reorganisation,
    Unit,
    UnitOpinion,
)
from trienkhai.orgs.models.comparing import PRESENT, digest_of
from trienkhai.orgs.queries_comparing import columns_of, kept_figures
from trienkhai.orgs.rules_reorganising import PREPARERS
from trienkhai.people.models import Account

MOST_DRAFTS, MOST_LINES, MOST_UNITS, LONGEST = 5, 20, 500, 5000
State = Comparison.State


@dataclass(frozen=True)
class Cost:
    """A named line; `amounts`: decimal text by column, `PRESENT` or the id of a compared draft."""

    name: str
    measure: str = ""
    note: str = ""
    amounts: dict[str, str] = field(default_factory=dict)


def _locked(comparison_id: int) -> Comparison:
    rows = Comparison.objects.select_for_update(of=("self",)).select_related("office__present")
    return rows.get(pk=comparison_id)


def _text(name: str, given: str, longest: int = LONGEST, *, needed: str = "") -> str:
    """What may be stored. Raises ValidationError at that field: too long, empty though needed, a mark of secrecy."""
    text = nfc(printable(given.replace("\r\n", "\n"))).strip()
    if needed and not squeeze(text):
        raise ValidationError({name: needed})
    if len(text) > longest:
        raise ValidationError({name: _("At most %(limit)s characters.") % {"limit": longest}})
    if mark := outlets.secrecy_mark(text):
        said = _("The text bears the mark “%(mark)s”. State secrets are not written in this system.")
        raise ValidationError({name: said % {"mark": mark}})
    return text


def _title(given: str) -> str:
    return _text("title", squeeze(given), 250, needed=_("A comparison needs a title."))


@transaction.atomic
def begin_comparison(
    office: Unit, *, title: str, question: str = "", files: Sequence[int], by: Account, at: datetime
) -> Comparison:
    """Drafts of one office beside each other and beside the present organisation.

    files: ids of its draft reorganisations in the order of the columns. Raises ValidationError for a file of another
    office, one that is no draft, none or more than five.
    """
    verdict = rules.can_compare(by, office, day_of(at)).require()
    comparison = Comparison.objects.create(
        office=office, title=_title(title), question=_text("question", question), prepared_by=by, prepared_at=at
    )
    _put_drafts(comparison, files)
    _note(comparison, "begun", by, verdict, at, drafts=list(files))
    return comparison


@transaction.atomic
def change_comparison(
    comparison_id: int, *, title: str, question: str = "", files: Sequence[int] | None, by: Account, at: datetime
) -> Comparison:
    """Other words or other drafts. files: None leaves the drafts as they are."""
    comparison = _locked(comparison_id)
    verdict = rules.can_change(by, comparison, day_of(at)).require()
    comparison.title, comparison.question = _title(title), _text("question", question)
    comparison.save(update_fields=["title", "question"])
    if files is not None:
        rules.can_change_drafts(by, comparison, day_of(at)).require()
        _put_drafts(comparison, files)
    _note(comparison, "changed", by, verdict, at)
    return comparison


def _put_drafts(comparison: Comparison, files: Sequence[int]) -> None:
    wanted = list(dict.fromkeys(files))
    if not 1 <= len(wanted) <= MOST_DRAFTS:
        raise ValidationError({"drafts": _("A comparison has one to %(n)d drafts.") % {"n": MOST_DRAFTS}})
    known = Reorganisation.objects.select_for_update().order_by("pk").in_bulk(wanted)
    held = {draft.reorganisation_id: draft for draft in comparison.drafts.all()}
    for pk in wanted:
        file = known.get(pk)
        if file is None or file.office_id != comparison.office_id:
            raise ValidationError({"drafts": _("Only drafts of the same office are compared.")})
        if not file.is_open and pk not in held:
            raise ValidationError({"drafts": _("“%(title)s” is no draft any more.") % {"title": file.title}})
    left = [draft.pk for pk, draft in held.items() if pk not in wanted]
    ComparedDraft.objects.filter(pk__in=left).delete()
    for line in comparison.costs.all() if left else ():
        line.amounts = {column: text for column, text in line.amounts.items() if column not in map(str, left)}
        line.save(update_fields=["amounts"])
    for position, pk in enumerate(wanted, start=1):
        ComparedDraft.objects.update_or_create(
            comparison=comparison, reorganisation_id=pk, defaults={"position": position}
        )


@transaction.atomic
def set_costs(comparison_id: int, lines: Sequence[Cost], *, by: Account, at: datetime) -> Comparison:
    """The office's own figures, in the place of those it had entered."""
    comparison = _locked(comparison_id)
    verdict = rules.can_change(by, comparison, day_of(at)).require()
    if len(lines) > MOST_LINES:
        raise ValidationError(_("At most %(n)d lines of cost.") % {"n": MOST_LINES})
    columns = {PRESENT, *(str(pk) for pk in comparison.drafts.values_list("pk", flat=True))}
    if any(set(line.amounts) - columns for line in lines):
        raise ValidationError(_("An amount belongs to none of the columns."))
    rows = [
        CostLine(
            comparison=comparison,
            position=position,
            name=_text("name", squeeze(line.name), 160, needed=_("A line of cost needs a name.")),
            measure=_text("measure", squeeze(line.measure), 60),
            note=_text("note", squeeze(line.note), 300),
            amounts=line.amounts,
        )
        for position, line in enumerate(lines, start=1)
    ]
    comparison.costs.all().delete()
    CostLine.objects.bulk_create(rows)
    _note(comparison, "costs_set", by, verdict, at, lines=len(rows))
    return comparison


@transaction.atomic
def try_drafts(comparison_id: int, *, by: Account, at: datetime) -> Comparison:
    """Put every draft to its trial anew, so that the columns tell of the open work; one that does not fit keeps why."""
    lock_tree()
    comparison = _locked(comparison_id)
    verdict = rules.can_change(by, comparison, day_of(at)).require()
    who = actor(by, verdict.holding)
    for pk in comparison.drafts.order_by("reorganisation").values_list("reorganisation", flat=True):
        file = reorganising.locked(pk)
        if not file.is_open:
            continue
        try:
            reorganising.put_to_trial(file, who, at)
        except reorganising.NotSettled as fault:
            questions = [str(one) for one in fault.faults]
            file.outcome, file.tried_at = {"steps": [], "questions": questions, "left": {}}, at
            file.save(update_fields=["outcome", "tried_at"])
    return comparison


@transaction.atomic
def ask_opinions(comparison_id: int, units: Iterable[int], *, due_on: date, by: Account, at: datetime) -> Comparison:
    """Ask these units, each for the unit's opinion, until the end of `due_on`; asked again, the list and the day are
    put in the place of the former ones, and what was answered stays.

    Raises ValidationError for a day that passed, for no unit, a unit outside the branch, one without a leader's post.
    """
    comparison, on = _locked(comparison_id), day_of(at)
    verdict = rules.can_change(by, comparison, on).require()
    wanted = _askable(comparison, set(units), on)
    if due_on < on:
        raise ValidationError({"due_on": _("The last day for opinions must not have passed.")})
    if comparison.state == State.OPEN:
        for draft in comparison.drafts.prefetch_related("reorganisation__steps"):
            draft.digest = digest_of(draft.reorganisation.steps.all())
            draft.save(update_fields=["digest"])
        comparison.asked_on = on
    comparison.state, comparison.opinions_due_on = State.ASKING, due_on
    comparison.save(update_fields=["state", "asked_on", "opinions_due_on"])
    known = set(comparison.opinions.values_list("unit", flat=True))
    comparison.opinions.filter(preference=Preference.UNANSWERED).exclude(unit__in=wanted).delete()
    fresh = sorted(wanted - known)
    UnitOpinion.objects.bulk_create(UnitOpinion(comparison=comparison, unit_id=pk, asked_at=at) for pk in fresh)
    act = _note(comparison, "opinions_asked", by, verdict, at, units=fresh, due=str(due_on))
    _tell(comparison, act, at, "comparison_asked", _posts(fresh, rules.ANSWERING, on), due=f"{due_on:%d/%m/%Y}")
    return comparison


def _askable(comparison: Comparison, units: set[int], on: date) -> set[int]:
    if not units:
        raise ValidationError({"units": _("Choose at least one unit.")})
    if len(units) > MOST_UNITS:
        raise ValidationError({"units": _("At most %(n)s units at once.") % {"n": MOST_UNITS}})
    rows = Unit.objects.filter(pk__in=units).within(comparison.office.path or "").standing(on)
    found = {unit.pk: unit for unit in rows.exclude(pk=comparison.office_id).select_related("present")}
    if set(found) != units:
        raise ValidationError({"units": _("Only units of the office's branch that stand are asked.")})
    led = Post.objects.standing(on).filter(unit__in=units, role__in=rules.ANSWERING).values_list("unit", flat=True)
    if mute := sorted(unit.name for pk, unit in found.items() if pk not in set(led)):
        raise ValidationError({"units": _("Nobody could answer for %(units)s.") % {"units": "; ".join(mute[:5])}})
    return units


def _posts(units: Iterable[int], roles: Iterable[str], on: date) -> list[int]:
    rows = Post.objects.standing(on).filter(unit__in=list(units), role__in=list(roles))
    return list(rows.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def answer_opinion(
    opinion_id: int, *, preference: str, draft: int | None = None, text: str = "", by: Account, at: datetime
) -> UnitOpinion:
    """What the unit says; said again while opinions are asked, it stands in the place of the former. After the last
    day it is kept and marked late."""
    comparison = _locked(UnitOpinion.objects.values_list("comparison", flat=True).get(pk=opinion_id))
    rows = UnitOpinion.objects.select_for_update(of=("self",)).select_related("unit__present")
    opinion = rows.get(pk=opinion_id)
    opinion.comparison = comparison
    verdict = rules.can_answer(by, opinion, day_of(at)).require()
    if preference not in (Preference.DRAFT, Preference.NONE):
        raise ValidationError({"preference": _("Say which draft the unit prefers, or that it prefers none.")})
    if preference == Preference.DRAFT and not comparison.drafts.filter(pk=draft or 0).exists():
        raise ValidationError({"preference": _("This draft is not among those compared.")})
    needed = _("Say why the unit prefers none.") if preference == Preference.NONE else ""
    opinion.text = _text("text", text, needed=needed)
    opinion.preference, opinion.answered_by, opinion.answered_at = preference, by, at
    opinion.preferred_id = draft if preference == Preference.DRAFT else None
    opinion.late = bool(comparison.opinions_due_on and day_of(at) > comparison.opinions_due_on)
    opinion.save()
    act = _note(comparison, "opinion_given", by, verdict, at, unit=opinion.unit_id, late=opinion.late)
    posts = _posts([comparison.office_id], PREPARERS, day_of(at))
    _tell(comparison, act, at, "comparison_answered", posts, unit=opinion.unit.name)
    return opinion


@transaction.atomic
def close_opinions(comparison_id: int, *, by: Account, at: datetime) -> Comparison:
    """No more opinions; those that were given stay."""
    comparison = _locked(comparison_id)
    verdict = rules.can_close(by, comparison, day_of(at)).require()
    comparison.state = State.CLOSED
    comparison.save(update_fields=["state"])
    _note(comparison, "closed", by, verdict, at)
    return comparison


@transaction.atomic
def choose_draft(comparison_id: int, draft_id: int, *, reason: str, by: Account, at: datetime) -> Comparison:
    """A leader chooses: that draft goes on its way to approval as its author's, the others are set aside with the
    reason, the figures are kept as they are. One act for all.

    Raises Refused, NotSettled while something stands against the draft, ValidationError without a reason.
    """
    lock_tree()
    comparison = _locked(comparison_id)
    rules.can_choose(by, comparison, day_of(at)).require()
    files = {draft.pk: reorganising.locked(draft.reorganisation_id) for draft in _by_file(comparison)}
    file = files.pop(draft_id, None)
    if file is None:
        raise Refused(_("This draft is not among those compared."))
    verdict = rules.can_choose_draft(by, comparison, file.prepared_by_id, day_of(at)).require()
    if not file.is_open:
        raise Refused(_("“%(title)s” is no draft any more.") % {"title": file.title})
    given = _text("reason", reason, 2000, needed=_("Say why."))
    reorganising.send_to_leaders(file, submitted_by=file.prepared_by, by=actor(by, verdict.holding), at=at)
    comparison.kept = kept_figures(comparison, columns_of(comparison, day_of(at)))
    others = [other for other in files.values() if other.is_open]
    for other in others:
        reorganising.lay_aside(other, given)
    comparison.state, comparison.chosen, comparison.reason = State.CHOSEN, file, given
    comparison.chosen_by, comparison.chosen_at = by, at
    comparison.save()
    act = _note(
        comparison, "chosen", by, verdict, at, reason=given[:500], chosen=file.pk, aside=[one.pk for one in others]
    )
    reorganising.tell_approvers(file, act, at)
    asked = comparison.opinions.values_list("unit", flat=True)
    _tell(comparison, act, at, "comparison_chosen", _posts(asked, rules.ANSWERING, day_of(at)), draft=file.title)
    return comparison


def _by_file(comparison: Comparison) -> list[ComparedDraft]:
    """Its drafts in the order in which their files are locked."""
    return list(comparison.drafts.order_by("reorganisation"))


def _note(comparison: Comparison, what: str, by: Account, verdict: Any, at: datetime, **data: Any) -> Act:
    who, path = actor(by, verdict.holding), comparison.office.path
    return record(f"comparison.{what}", comparison, by=who, at=at, unit_path=path, **data)


def _tell(comparison: Comparison, act: Act, at: datetime, kind: str, posts: list[int], **params: Any) -> None:
    url = reverse("orgs:comparison", args=[comparison.pk])
    words = {"unit": comparison.office.name, "title": comparison.title} | params
    outlets.tell_posts(posts, kind, url=url, at=at, act=act.pk, **words)
