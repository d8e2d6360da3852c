"""Who sees which documents, and who may register, correct, publish or quarantine them."""

from collections.abc import Collection
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from trienkhai.common import paths
from trienkhai.common.verdict import Verdict, no, yes
from trienkhai.documents import sight
from trienkhai.documents.models import (
    Book,
    Document,
    DocumentLink,
    DocumentQuerySet,
    Published,
    RegisterEntry,
    Slip,
    StoredFile,
)
from trienkhai.orgs.models import Holding, Role, Unit, UnitQuerySet
from trienkhai.orgs.rules import (
    BRANCH_READERS,
    CONTENT_READERS,
    can_manage_units,
    earlier_units,
    holding_at,
    reach_of,
    work_reach,
)
from trienkhai.people.models import Account

LISTED = 2000
FEW = 5_000
NAMED = 20_000
REGISTRARS = (Role.CLERK, Role.OFFICER, Role.LEADER)
RECEIVERS = (*REGISTRARS, Role.FOCAL, Role.SECRETARY)


def visible_documents(account: Account, on: date) -> DocumentQuerySet:
    """Documents of units in reach, those in an own register, those of which work is in reach, those that an own unit
    puts before its members, and published ones.

    *Branch* is shown to whoever holds a post in the owner's branch, *all* to whoever holds any post.
    Two shapes of query: where few are seen, the ways of seeing are asked one by one and the documents are then named by
    their ids; else one OR is tested on each document that a list comes to. The OR alone made a person who sees sixty of
    100,000 wait a second for a common word; asked as one UNION, PostgreSQL started helpers for what takes milliseconds.
    What is seen through another table is named by ids in both shapes, up to `NAMED` of them: left as subqueries these
    were worked out anew for each stage of a search.
    """
    conditions, ways = _sight(account, on)
    named: set[int] = set()
    for rows in ways:
        ids = _ids(rows)
        if ids is None:
            conditions.append(Q(pk__in=rows))
        named.update(ids or ())
    few = set(named)
    for condition in conditions:
        if len(few) <= FEW:
            few.update(Document.objects.filter(condition).order_by().values_list("pk", flat=True)[: FEW + 1])
    if len(few) > FEW:
        return Document.objects.filter(reduce(or_, [*conditions, Q(pk__among=named)]))
    return Document.objects.few(few)


def _ids(rows: QuerySet) -> set[int] | None:
    """All of them; None when there are more than `NAMED`."""
    first = set(rows[: FEW // 10])
    if len(first) < FEW // 10:
        return first
    return None if rows[NAMED : NAMED + 1].exists() else set(rows)


def _sight(account: Account, on: date) -> tuple[list[Q], list[QuerySet]]:
    """The ways by which the person sees a document, each answered by an index of its own; none without a post.

    Conditions on the document, and queries for ids of documents.
    """
    grants = reach_of(account, on).grants
    if not grants:
        return [], []
    own = sorted({grant.unit_id for grant in grants if grant.role in CONTENT_READERS})
    branches = sorted({grant.unit_id for grant in grants if grant.role in BRANCH_READERS and grant.branch})
    above = sorted({pk for grant in grants for pk in paths.ids(grant.path)})
    reach = work_reach(account, on)
    units = list(Unit.objects.filter(reach.q()).values_list("pk", flat=True)[: LISTED + 1])
    conditions = [
        Q(owner__pk__among=units) if len(units) <= LISTED else reach.q("owner__path"),
        Q(issuer__pk__among=own),
        Q(published=Published.ALL),
        Q(published=Published.BRANCH, owner__pk__among=above),
    ]
    handed = Slip.objects.filter(addressed_to(account, on)).values_list("entry__document", flat=True)
    entered = RegisterEntry.objects.filter(unit__pk__among=own, document__isnull=False).order_by()
    return conditions, [
        entered.filter(cancelled_at=None).values_list("document", flat=True),
        entered.exclude(cancelled_at=None).values_list("document", flat=True),
        handed.filter(entry__document__isnull=False).order_by(),
        *sight.by_work(own, branches, on),
        *sight.by_membership(sorted({grant.unit_id for grant in grants if grant.role == Role.MEMBER})),
    ]


def can_register(account: Account, unit: Unit, on: date) -> Verdict:
    holding = holding_at(account, unit, REGISTRARS, on, "register")
    return yes(holding) if holding else no(_("Only a clerk, an officer or a leader of the unit registers documents."))


def visible_books(account: Account, on: date) -> UnitQuerySet:
    """Units whose books the person reads: where it is clerk, officer or leader, those from which such a unit took over,
    and the branch of an inspector."""
    reach = reach_of(account, on)
    own = sorted({grant.unit_id for grant in reach.of(*REGISTRARS).grants} | earlier_units(account, on, *REGISTRARS))
    return Unit.objects.filter(Q(pk__in=own) | reach.of(Role.INSPECTOR).q())


def visible_entries(account: Account, on: date) -> QuerySet[RegisterEntry]:
    return RegisterEntry.objects.filter(unit__in=visible_books(account, on))


def can_enter(account: Account, document: Document, unit: Unit, book: str, on: date) -> Verdict:
    """Into the book of a further unit: one that has sight of the document. Only its holder sends it out."""
    if book == Book.OUT and document.owner_id != unit.pk:
        return no(_("Only the unit that holds the document enters it among the outgoing ones."))
    if not units_see([unit], document, on):
        return no(_("This unit has no sight of the document."))
    return can_register(account, unit, on)


def units_see(units: Collection[Unit], document: Document, on: date) -> bool:
    """Its own, issued by it, work of it, or published to it: what one of these units sees whoever holds its posts. One
    query.
    """
    own = [unit.pk for unit in units]
    above = {pk for unit in units for pk in paths.ids(unit.path or "")}
    seen = Q(owner__in=own) | Q(issuer__in=own) | Q(published=Published.ALL)
    seen |= Q(published=Published.BRANCH, owner__in=above)
    seen |= Q(entries__unit__in=own) | Q(entries__slips__unit__in=own)
    for rows in sight.by_work(own, own, on):
        seen |= Q(pk__in=rows)
    return Document.objects.filter(seen, pk=document.pk).exists()


def can_edit_entry(account: Account, entry: RegisterEntry, on: date) -> Verdict:
    if entry.cancelled_at or entry.document_id is None:
        return no(_("Only a line with a document is changed."))
    return can_register(account, entry.unit, on)


def can_cancel(account: Account, entry: RegisterEntry, on: date) -> Verdict:
    if entry.cancelled_at:
        return no(_("This number has been cancelled already."))
    if entry.slips.filter(state__in=(Slip.State.GIVEN, Slip.State.RECEIVED)).exists():
        return no(_("The document has been handed over and is not handled yet."))
    return can_register(account, entry.unit, on)


def can_handle(account: Account, entry: RegisterEntry, on: date) -> Verdict:
    """Note that a paper is handled: whoever keeps the book, unless someone it was handed over to has it still."""
    if entry.book == Book.OUT or entry.handled_at:
        return no(_("This has been noted already."))
    if entry.slips.filter(state__in=(Slip.State.GIVEN, Slip.State.RECEIVED)).exists():
        return no(_("The document has been handed over and is not handled yet."))
    return can_edit_entry(account, entry, on)


def can_explain(account: Account, unit: Unit, on: date) -> Verdict:
    """Who keeps the book accounts for numbers that nothing bears."""
    return can_register(account, unit, on)


def can_withdraw(account: Account, document: Document, on: date) -> Verdict:
    """Recorded by the unit that holds it: what it issued itself, or what the issuer says it has withdrawn."""
    if document.withdrawn_at:
        return no(_("The document has been withdrawn already."))
    return can_register(account, document.owner, on)


def addressed_to(account: Account, on: date) -> Q:
    """Slips to the person, to a post it holds that day, or to a unit for which it receives."""
    able = reach_of(account, on).able("handle").grants
    units = sorted({grant.unit_id for grant in able if grant.role in RECEIVERS})
    held = [grant.holding_id for grant in able]
    posts = Holding.objects.on(on).filter(pk__in=held).values("post")
    to_unit = Q(person=None, post=None, unit__in=units)
    return Q(person=account.pk) | Q(person=None, post__in=posts) | to_unit


def visible_slips(account: Account, on: date) -> QuerySet[Slip]:
    """Those addressed to the person, what was passed on of them, and those in books it reads."""
    own = addressed_to(account, on)
    passed = Q(passed_from__in=Slip.objects.filter(own).values("pk"))
    return Slip.objects.filter(own | passed | Q(entry__unit__in=visible_books(account, on)))


def can_hand_over(account: Account, entry: RegisterEntry, on: date) -> Verdict:
    """Whoever keeps the book writes a slip for what came in; the instruction on it is a leader's."""
    if entry.book == Book.OUT:
        return no(_("What goes out is not handed over by slip."))
    if entry.cancelled_at or entry.document_id is None:
        return no(_("Only a line with a document is handed over."))
    return can_register(account, entry.unit, on)


def can_answer_slip(account: Account, slip: Slip, on: date) -> Verdict:
    """Receive it, return it, say that it is done: whoever it is addressed to, while it is open."""
    if not slip.is_open:
        return no(_("This slip is closed."))
    if not Slip.objects.filter(addressed_to(account, on), pk=slip.pk).exists():
        return no(_("Only the one to whom it was handed over does this."))
    return yes(holding_at(account, slip.unit, Role.values, on, "handle"))


def can_close_slip(account: Account, slip: Slip, on: date) -> Verdict:
    """Return it or say that it is done; not while somebody has it to whom the unit passed it on."""
    if slip.is_open and slip.passed_on.filter(state__in=(Slip.State.GIVEN, Slip.State.RECEIVED)).exists():
        return no(_("It was passed on within the unit and is not handled there yet."))
    return can_answer_slip(account, slip, on)


def can_pass_on(account: Account, slip: Slip, on: date) -> Verdict:
    """Whoever receives for the unit gives what was handed over to the whole unit to one of its people or posts."""
    if slip.post_id or slip.person_id:
        return no(_("Only what was handed over to the whole unit is passed on."))
    return can_answer_slip(account, slip, on)


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
