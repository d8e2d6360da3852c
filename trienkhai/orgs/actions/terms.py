"""Terms of office."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.common.clock import day_of
from trienkhai.orgs import journal, rules
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Term, Unit
from trienkhai.people.models import Account


@transaction.atomic
def set_term(
    unit: Unit, *, name: str, starts_on: date, ends_on: date, term_id: int | None = None, by: Account, at: datetime
) -> Term:
    """A term of office of the unit, new or (`term_id`) put right; `ends_on` is the first day of the next one.

    Raises Refused; ValidationError for no name, days that run backward, or days of another term.
    """
    verdict = rules.can_manage_units(by, day_of(at), unit).require()
    Unit.objects.select_for_update(of=("self",), no_key=True).get(pk=unit.pk)
    if not name.strip():
        raise ValidationError({"name": _("Say what the term is called.")})
    if ends_on <= starts_on:
        raise ValidationError({"ends_on": _("The last day lies before the first.")})
    other = unit.terms.filter(starts_on__lt=ends_on, ends_on__gt=starts_on).exclude(pk=term_id or 0).first()
    if other:
        raise ValidationError({"starts_on": _("These days belong to the term “%(name)s”.") % {"name": other.name}})
    term = unit.terms.get(pk=term_id) if term_id else Term(unit=unit)
    old = _words_of_term(term) if term.pk else {}
    journal.touch(unit.terms.filter(pk=term_id or 0))
    term.name, term.starts_on, term.ends_on = name.strip(), starts_on, ends_on
    term.save()
    journal.created([] if term_id else [term])
    new = _words_of_term(term)
    record("term.set", term, by=actor(by, verdict.holding), at=at, unit_path=unit.path, old=old, new=new)
    return term


def _words_of_term(term: Term) -> dict[str, str]:
    return {"name": term.name, "starts_on": str(term.starts_on), "ends_on": str(term.ends_on)}
