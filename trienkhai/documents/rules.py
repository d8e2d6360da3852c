"""Who sees which documents, and who may register, correct, publish or quarantine them."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from trienkhai.common import paths
from trienkhai.common.verdict import Verdict, no, yes
from trienkhai.documents import sight
from trienkhai.documents.models import Document, DocumentLink, Published, RegisterEntry, StoredFile
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.rules import BRANCH_READERS, CONTENT_READERS, can_manage_units, holding_at, reach_of, work_reach
from trienkhai.people.models import Account

REGISTRARS = (Role.CLERK, Role.OFFICER, Role.LEADER)


def visible_documents(account: Account, on: date) -> QuerySet[Document]:
    """Documents of units in reach, those in an own register, those of which work is in reach, and published ones.

    *Branch* is shown to whoever holds a post in the owner's branch, *all* to whoever holds any post.
    """
    grants = reach_of(account, on).grants
    if not grants:
        return Document.objects.none()
    own = sorted({grant.unit_id for grant in grants if grant.role in CONTENT_READERS})
    registered = RegisterEntry.objects.filter(unit__in=own).values("document")
    seen = work_reach(account, on).q("owner__path") | Q(issuer__in=own) | Q(pk__in=registered)
    branches = sorted({grant.unit_id for grant in grants if grant.role in BRANCH_READERS and grant.branch})
    for condition in sight.by_work(own, branches, on):
        seen |= condition
    above = sorted({pk for grant in grants for pk in paths.ids(grant.path)})
    seen |= Q(published=Published.ALL) | Q(published=Published.BRANCH, owner__in=above)
    return Document.objects.filter(seen)


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


def can_link(account: Account, document: Document, on: date) -> Verdict:
    """The unit that holds a document says how it stands to others."""
    return can_register(account, document.owner, on)


def can_change_link(account: Account, link: DocumentLink, on: date) -> Verdict:
    """A link in force, of a document that one's unit holds."""
    if link.set_aside_at:
        return no(_("This relation was corrected or removed already."))
    return can_link(account, link.source, on)


def can_add_file(account: Account, document: Document, on: date) -> Verdict:
    """The unit that holds a document adds a later version of its file, or an attachment."""
    return can_register(account, document.owner, on)


def can_open_file(account: Account, file: StoredFile, on: date) -> Verdict:
    """A file of a document is open to whoever sees the document."""
    if visible_documents(account, on).filter(files__file=file).exists():
        return Verdict(True)
    return no(_("This file is outside your reach."))


def can_edit_phrases(account: Account, unit: Unit, on: date) -> Verdict:
    """Its clerk, or who administers it, teaches the reader the words of a unit."""
    holding = holding_at(account, unit, [Role.CLERK], on, "register")
    if holding:
        return yes(holding)
    verdict = can_manage_units(account, on, unit)
    return verdict or no(_("Only the clerk or an administrator of the unit changes its words."))


def phrase_units(account: Account, on: date, asked: str = "") -> list[Unit]:
    """Units whose words the person may change, the highest first: where clerk or administrator by post.

    asked: the id of one more, which an administrator of its branch may also change.
    """
    reach = reach_of(account, on)
    ids = {grant.unit_id for grant in reach.of(Role.CLERK).able("register").grants}
    ids |= {grant.unit_id for grant in reach.of(Role.ADMIN).grants}
    if ids and asked.isdecimal() and len(asked) < 19:
        ids.add(int(asked))
    units = Unit.objects.filter(pk__in=ids).select_related("present").order_by("path")
    return [unit for unit in units if str(unit.pk) != asked or can_edit_phrases(account, unit, on)]


def registering_units(account: Account, on: date) -> list[Unit]:
    """Units for which the person may register documents, the highest first."""
    ids = {grant.unit_id for grant in reach_of(account, on).of(*REGISTRARS).able("register").grants}
    return list(Unit.objects.filter(pk__in=ids).select_related("present").order_by("path"))
