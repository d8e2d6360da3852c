"""Who sees which documents, and who may register, correct, publish or quarantine them."""

from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.translation import gettext as _

from trienkhai.common import paths
from trienkhai.common.verdict import Verdict, no, yes
from trienkhai.documents import sight
from trienkhai.documents.models import Document, DocumentQuerySet, Published, RegisterEntry, StoredFile
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.rules import BRANCH_READERS, CONTENT_READERS, holding_at, reach_of, work_reach
from trienkhai.people.models import Account

LISTED = 2000
FEW = 5_000
REGISTRARS = (Role.CLERK, Role.OFFICER, Role.LEADER)


def visible_documents(account: Account, on: date) -> DocumentQuerySet:
    """Documents of units in reach, those in an own register, those of which work is in reach, and published ones.

    *Branch* is shown to whoever holds a post in the owner's branch, *all* to whoever holds any post.
    Two shapes of query: where few are seen, the ways of seeing are asked one by one and the documents are then named by
    their ids; else one OR is tested on each document that a list comes to. The OR alone made a person who sees sixty of
    100,000 wait a second for a common word.
    """
    conditions = _sight(account, on)
    if not conditions:
        return Document.objects.none()
    parts = [Document.objects.filter(condition).order_by().values("pk") for condition in conditions]
    together = parts[0].union(*parts[1:], all=True)
    if together[: FEW + 1].count() <= FEW:
        return Document.objects.few({row["pk"] for row in together})
    return Document.objects.filter(reduce(or_, conditions))


def _sight(account: Account, on: date) -> list[Q]:
    """The ways by which the person sees a document, each answered by an index of its own; none without a post."""
    grants = reach_of(account, on).grants
    if not grants:
        return []
    own = sorted({grant.unit_id for grant in grants if grant.role in CONTENT_READERS})
    branches = sorted({grant.unit_id for grant in grants if grant.role in BRANCH_READERS and grant.branch})
    above = sorted({pk for grant in grants for pk in paths.ids(grant.path)})
    reach = work_reach(account, on)
    units = list(Unit.objects.filter(reach.q()).values_list("pk", flat=True)[: LISTED + 1])
    registered = RegisterEntry.objects.filter(unit__pk__among=own).values("document")
    return [
        Q(owner__pk__among=units) if len(units) <= LISTED else reach.q("owner__path"),
        Q(issuer__pk__among=own),
        Q(pk__in=registered),
        *sight.by_work(own, branches, on),
        Q(published=Published.ALL),
        Q(published=Published.BRANCH, owner__pk__among=above),
    ]


def can_register(account: Account, unit: Unit, on: date) -> Verdict:
    holding = holding_at(account, unit, REGISTRARS, on, "register")
    return yes(holding) if holding else no(_("Only a clerk, an officer or a leader of the unit registers documents."))


def can_correct(account: Account, document: Document, on: date) -> Verdict:
    """The unit that holds the document corrects what was read from it."""
    return can_register(account, document.owner, on)


def can_publish(account: Account, document: Document, on: date) -> Verdict:
    return can_register(account, document.owner, on)


def can_quarantine(account: Account, document: Document, on: date) -> Verdict:
    """Whoever registers for the unit may lock away what should never have been here: at once, without asking."""
    return can_register(account, document.owner, on)


def can_open_file(account: Account, file: StoredFile, on: date) -> Verdict:
    """A file of a document is open to whoever sees the document."""
    if visible_documents(account, on).filter(files__file=file).exists():
        return Verdict(True)
    return no(_("This file is outside your reach."))


def registering_units(account: Account, on: date) -> list[Unit]:
    """Units for which the person may register documents, the highest first."""
    ids = {grant.unit_id for grant in reach_of(account, on).of(*REGISTRARS).able("register").grants}
    return list(Unit.objects.filter(pk__in=ids).select_related("present").order_by("path"))
