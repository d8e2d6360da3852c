"""One unit out of what a person typed, as a reorganisation file would have the tree before one of its steps.

Units that earlier steps establish are found too, and renamed ones by their new name; each is known by its key.
"""

import re
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from trienkhai.common.folding import fold, sort_key
from trienkhai.orgs.actions.reorganising import Plan, Planned, key_of
from trienkhai.orgs.finding import OFFERED, Offer, Scope, offers, unit_called

KEY = re.compile(r"u\d{1,9}|s\d{1,9}\.\d{1,3}", re.ASCII)


def scope_of(plan: Plan) -> Scope:
    """The stored units that may be named: the branch of the file's office on its day."""
    return Scope(plan.on, within=plan.file.office)


def planned_offers(words: str, plan: Plan) -> tuple[list[Offer], bool]:
    """Units that hold all the words: first those that earlier steps make or call so, then stored ones; more there?"""
    made = [row for row in plan.known.values() if row and _is_changed(row) and _holds(row, words)]
    found = [_offer(row, plan) for row in made if plan.stands(row) and plan.inside(row.key)]
    found.sort(key=lambda offer: (len(offer.way), sort_key(offer.name)))
    stored, more = offers(words, scope_of(plan))
    plan.fetch(key_of(int(row.pk)) for row in stored)
    for offer in stored:
        planned = plan.get(key_of(int(offer.pk)))
        if planned and plan.stands(planned) and planned not in made:
            found.append(replace(offer, pk=planned.key))
    found.sort(key=lambda offer: words not in (offer.code, offer.name))
    return found[:OFFERED], more or len(found) > OFFERED


def _is_changed(row: Planned) -> bool:
    """Made or called otherwise by an earlier step, so that stored names do not tell of it."""
    present = row.stored.present if row.stored else None
    return present is None or (present.code, present.name) != (row.words["code"], row.words["name"])


def _holds(row: Planned, words: str) -> bool:
    """As names are searched: every word begins one of the unit's code and names."""
    parts = fold(" ".join(row.words[name] for name in ("code", "name", "short_name"))).split()
    return all(any(part.startswith(word) for part in parts) for word in fold(words).split())


def _offer(row: Planned, plan: Plan) -> Offer:
    way = [step.words["name"] for step in plan.above(row.parent)]
    return Offer(row.key, row.words["name"], row.words["code"], tuple(reversed(way)))


def planned_called(words: str, plan: Plan) -> Planned | None:
    """The one unit that is meant: by its code, by "name (code)" or by its whole name; None when several may be.

    Raises ValidationError when nothing can be meant.
    """
    _name, bracket, code = words.rpartition(" (")
    for text in (words, words.upper(), code.removesuffix(")") if bracket else ""):
        planned = plan.by_code(text) if text else None
        if planned is not None and plan.stands(planned):
            return _inside(planned, plan)
    rows, more = planned_offers(words, plan)
    called = [row for row in rows if row.name == words]
    if len(called) == 1:
        return plan.get(str(called[0].pk))
    if not rows and not more:
        unit = unit_called(words, scope_of(plan))
        raise ValidationError(_why_not(unit.pk if unit else 0, words, plan))
    return None


def _why_not(pk: int, words: str, plan: Plan) -> str:
    planned = plan.get(key_of(pk)) if pk else None
    if planned and planned.ended_by:
        sentence = _("“%(unit)s” no longer stands: step %(earlier)s ends it.")
        return sentence % {"unit": planned.label, "earlier": planned.ended_by}
    return _("No unit that can be chosen here is called “%(words)s”, nor has that code.") % {"words": words}


def planned_unit(key: str, plan: Plan) -> Planned:
    """The unit picked out of a list, by its key. Raises ValidationError when it may not be named here."""
    planned = plan.get(key) if KEY.fullmatch(key) else None
    if planned is None or not plan.stands(planned):
        raise ValidationError(_("This unit cannot be chosen here."))
    return _inside(planned, plan)


def _inside(planned: Planned, plan: Plan) -> Planned:
    if not plan.inside(planned.key):
        sentence = _("“%(unit)s” stands outside the branch of %(office)s.")
        raise ValidationError(sentence % {"unit": planned.label, "office": plan.file.office.name})
    return planned
