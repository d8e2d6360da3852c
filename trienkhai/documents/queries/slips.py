"""To whom a document may be handed over, and the slips that wait for a person."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from trienkhai.documents.models import RegisterEntry, Slip
from trienkhai.documents.rules import addressed_to
from trienkhai.orgs.models import Holding, Post, Relation, Unit
from trienkhai.orgs.queries import children
from trienkhai.orgs.rules import leaders_of
from trienkhai.people.models import Account

OPEN = (Slip.State.GIVEN, Slip.State.RECEIVED)
DEPARTMENT = "department"


@dataclass(frozen=True)
class Addressee:
    """A unit, one of its posts, or a person in a post of it. `key` names it in a form: `u1`, `p1`, `n1-2`."""

    unit: Unit
    post: Post | None = None
    person: Account | None = None

    @property
    def key(self) -> str:
        if self.person:
            return f"n{self.unit.pk}-{self.person.pk}"
        return f"p{self.post.pk}" if self.post else f"u{self.unit.pk}"


def offices_of(unit: Unit) -> list[Unit]:
    """The unit itself and the bodies and departments that work for it."""
    below = children(unit).filter(Q(present__relation=Relation.ATTACHED) | Q(present__kind=DEPARTMENT))
    return [unit, *below]


def addressees_of(unit: Unit, on: date) -> list[Addressee]:
    """All to whom what came to the unit may be handed over, office by office. Three queries."""
    offices = offices_of(unit)
    held = Holding.objects.on(on).filter(post__unit__in=offices, account__is_active=True)
    rows = list(held.select_related("post", "account").order_by("post_id", "pk"))
    found: list[Addressee] = []
    for office in offices:
        here = [row for row in rows if row.post.unit_id == office.pk]
        found.append(Addressee(office))
        found += [Addressee(office, post) for post in {row.post_id: row.post for row in here}.values()]
        found += [Addressee(office, None, person) for person in {row.account_id: row.account for row in here}.values()]
    return found


def within(unit: Unit, on: date) -> list[Addressee]:
    """The posts and people of the unit itself, to whom what was handed over to it may be passed on."""
    return [row for row in addressees_of(unit, on) if row.unit.pk == unit.pk and (row.post or row.person)]


def leaders(unit: Unit, on: date) -> list[Account]:
    """Those whose instruction a slip may carry."""
    return list({row.account_id: row.account for row in leaders_of(unit.pk, on, "register")}.values())


def slips_waiting(account: Account, on: date) -> QuerySet[Slip]:
    """Open slips addressed to the person, its posts or its units, by their day."""
    rows = Slip.objects.filter(addressed_to(account, on), state__in=OPEN, entry__cancelled_at=None)
    joined = rows.select_related("entry__document", "entry__unit__present", "entry__series", "unit__present", "leader")
    return joined.order_by("due_on", "pk")


def slips_of(entry: RegisterEntry) -> list[Slip]:
    """In the order they were given."""
    rows = entry.slips.select_related("unit__present", "post", "person", "leader", "prepared_by", "closed_by")
    return list(rows.order_by("position"))
