"""Pages of the log, newest first, and the state of its chain."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from trienkhai.audit.models import Act, ActDetail, Seal
from trienkhai.audit.queries import chain_head
from trienkhai.common import clock, paths
from trienkhai.common.folding import fold
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account

PAGE = 50
MOST_PEOPLE = 200


@dataclass(frozen=True)
class Wanted:
    """What a reader of the log asks for. starts: first words of verbs. since, until: days, both within."""

    starts: tuple[str, ...] = ()
    person: str = ""
    unit: Unit | None = None
    since: date | None = None
    until: date | None = None


def narrowed(acts: QuerySet[Act], wanted: Wanted) -> QuerySet[Act]:
    if wanted.starts:
        condition = Q()
        for start in wanted.starts:
            condition |= Q(verb__startswith=start)
        acts = acts.filter(condition)
    if wanted.person:
        acts = acts.filter(actor_id__in=people(wanted.person))
    if wanted.unit is not None:
        acts = acts.filter(paths.within(wanted.unit.path or "", "unit_path"))
    if wanted.since:
        acts = acts.filter(at__gte=clock.moment(wanted.since, 0))
    if wanted.until:
        acts = acts.filter(at__lt=clock.moment(wanted.until + timedelta(days=1), 0))
    return acts


def people(words: str) -> list[int]:
    """Accounts whose name or user name holds all the words, at most 200."""
    rows = Account.objects.all()
    for word in fold(words).split():
        rows = rows.filter(search_text__contains=word)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:MOST_PEOPLE])


def page_of(acts: QuerySet[Act], before: int | None) -> tuple[list[Act], int | None]:
    """Fifty acts, newest first, older than the act `before`; and the id to go on from, None at the end. Two queries."""
    if before and (last := Act.objects.filter(pk=before).values("at").first()):
        acts = acts.filter(Q(at__lt=last["at"]) | Q(at=last["at"], pk__lt=before))
    rows = list(acts.order_by("-at", "-pk")[: PAGE + 1])
    more = len(rows) > PAGE
    return rows[:PAGE], rows[PAGE - 1].pk if more else None


@dataclass(frozen=True)
class Chain:
    """The newest hash, how many acts it covers, and how many (at most 1,001) wait for the sealer."""

    head: str
    sealed: int
    unsealed: int


def chain() -> Chain:
    waiting = Act.objects.filter(~Exists(Seal.objects.filter(act=OuterRef("pk"))))
    return Chain(chain_head(), Seal.objects.count(), waiting.order_by().values("pk")[:1001].count())


def seal_of(act: Act) -> Seal | None:
    return Seal.objects.filter(act=act.pk).first()


def details_of(act: Act) -> list[ActDetail]:
    """Personal values kept apart; an erased one has none."""
    return list(ActDetail.objects.filter(act_id=act.pk).order_by("key"))
