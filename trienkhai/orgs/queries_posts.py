"""Questions about posts and their holders on any day: lists with their states, committees, one person through time."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from trienkhai.common.folding import fold
from trienkhai.norms.queries import norm, value
from trienkhai.orgs.models import Holding, HoldingQuerySet, Manner, Post, PostClass, Role, Term, Unit, UnitVersion
from trienkhai.orgs.queries import subtree, version_on
from trienkhai.people.models import Account

STATES = ("vacant", "ending", "over")


def names_in(key: str, on: date, language: str) -> dict[str, str]:
    """The words of a norm that is a list of names: `posts.classes`, `training.kinds` …"""
    return {name: row.get(language, name) for name, row in value(key, on=on, default={}).items()}


def ending_until(on: date) -> date:
    """The last day on which a holding that ends is said to end soon (norm `posts.ending_soon_days`)."""
    return on + timedelta(days=value("posts.ending_soon_days", on=on, default=0))


@dataclass(frozen=True)
class Wanted:
    """What a list of posts is narrowed to. `alone`: the unit without what is below it."""

    unit: Unit
    on: date
    kind: str = ""
    role: str = ""
    state: str = ""
    words: str = ""
    alone: bool = False


def posts_of(wanted: Wanted) -> QuerySet[Post]:
    """Posts of the branch as it stood that day, with `held`: how many of the seats were taken."""
    on = wanted.on
    units = Unit.objects.filter(pk=wanted.unit.pk) if wanted.alone else subtree(wanted.unit, on)
    rows = Post.objects.filter(unit__in=units.values("pk"), established_on__lte=on).standing(on)
    rows = rows.filter(unit__established_on__lte=on, unit__closed_on__gt=on)
    if wanted.kind:
        rows = rows.filter(Exists(PostClass.objects.filter(post=OuterRef("pk"), name=wanted.kind)))
    if wanted.role:
        rows = rows.filter(role=wanted.role)
    for word in fold(wanted.words).split():
        rows = rows.filter(Exists(_in_force(on).filter(account__search_text__contains=word)))
    return _in_state(rows, wanted.state, on)


def _in_force(on: date) -> HoldingQuerySet:
    return Holding.objects.on(on).filter(post=OuterRef("pk"))


def _in_state(rows: QuerySet[Post], state: str, on: date) -> QuerySet[Post]:
    seated = _in_force(on).seated().order_by().values("post").annotate(n=Count("pk")).values("n")
    rows = rows.annotate(held=Coalesce(Subquery(seated, output_field=IntegerField()), Value(0)))
    if state == "vacant":
        return rows.filter(held__lt=F("seats"))
    if state == "over":
        return rows.filter(held__gt=F("seats"))
    if state == "ending":
        return rows.filter(Exists(ending_on(on).filter(post=OuterRef("pk"))))
    return rows


def ending_on(on: date) -> QuerySet[Holding]:
    """Holdings of that day that end soon: by their own last day, or with the term of the unit's committee."""
    until = ending_until(on)
    terms = Term.objects.filter(unit=OuterRef("post__unit"), ends_on__gt=on, ends_on__lte=until, starts_on__lte=on)
    own_end = Q(valid_to__lte=until)
    return Holding.objects.on(on).seated().filter(own_end | Q(Exists(terms), post__term_bound=True))


def counts_by_state(wanted: Wanted) -> dict[str, int]:
    """How many posts are in each state, by the same filter without the state."""
    every = posts_of(wanted)
    return {state: _in_state(every, state, wanted.on).count() for state in STATES}


@dataclass
class PostLine:
    """One post of a list: who holds it that day, who stands in, what its unit was called."""

    post: Post
    unit: str
    held: list[Holding] = field(default_factory=list)
    deputies: list[Holding] = field(default_factory=list)
    ending: set[int] = field(default_factory=set)
    term_ends: date | None = None

    @property
    def vacant(self) -> int:
        return max(0, self.post.seats - len(self.held))

    @property
    def over(self) -> int:
        return max(0, len(self.held) - self.post.seats)


def lines_of(posts: Iterable[Post], on: date) -> list[PostLine]:
    """The posts with all that a list shows of them. Four queries, however many posts."""
    listed = list(posts)
    units = {post.unit_id for post in listed}
    names = UnitVersion.objects.filter(unit__in=units, valid_from__lte=on, valid_to__gt=on)
    called = dict(names.values_list("unit", "name"))
    terms = dict(Term.objects.filter(unit__in=units, starts_on__lte=on, ends_on__gt=on).values_list("unit", "ends_on"))
    lines = {post.pk: PostLine(post, called.get(post.unit_id, "")) for post in listed}
    rows = Holding.objects.on(on).filter(post__in=lines).select_related("account", "principal__account")
    for row in rows.order_by("valid_from", "pk"):
        line = lines[row.post_id]
        (line.deputies if row.manner == Manner.DELEGATED else line.held).append(row)
    for pk, post in ending_on(on).filter(post__in=lines).values_list("pk", "post"):
        lines[post].ending.add(pk)
    for line in lines.values():
        if line.post.term_bound:
            line.term_ends = terms.get(line.post.unit_id)
    return list(lines.values())


def units_with_posts(unit: Unit, on: date) -> list[PostLine]:
    """Who holds the posts of exactly that unit that day, leaders first."""
    posts = posts_of(Wanted(unit, on, alone=True)).prefetch_related("classes").order_by("pk")
    return sorted(lines_of(posts, on), key=lambda line: line.post.role != Role.LEADER)


@dataclass(frozen=True)
class Committee:
    """The committee of a unit on a day against the limits in force; None where no norm says any."""

    term: Term | None
    members: int
    limit: int | None
    standing: int
    standing_limit: int | None
    source: str
    grade: str

    @property
    def over(self) -> int:
        return max(0, self.members - self.limit) if self.limit is not None else 0

    @property
    def standing_over(self) -> int:
        return max(0, self.standing - self.standing_limit) if self.standing_limit is not None else 0


def committee_on(unit: Unit, on: date) -> Committee | None:
    """How many people sit in the committee of the unit, whatever number of posts they hold in it.

    Who sits there follows from the classes of posts (`posts.classes`: committee, standing). None: no post of the unit
    is of such a class. Source: norm `committees.limits` by the kind the unit had that day; it warns and blocks nothing.
    """
    classes = value("posts.classes", on=on, default={})
    inside = [name for name, row in classes.items() if row.get("committee")]
    standing = [name for name, row in classes.items() if row.get("standing")]
    if not Post.objects.standing(on).filter(unit=unit, classes__name__in=inside).exists():
        return None
    seated = Holding.objects.on(on).seated().filter(post__unit=unit)
    counts = [
        seated.filter(post__classes__name__in=names).values("account").distinct().count()
        for names in (inside, standing)
    ]
    rule, version = norm("committees.limits", on=on, place=unit.path or ""), version_on(unit, on)
    limits: dict[str, Any] = rule.value if rule else {}
    limit = limits.get(version.kind, {}).get("members") if version else None
    share = limits.get("standing_share")
    return Committee(
        Term.objects.filter(unit=unit, starts_on__lte=on, ends_on__gt=on).first(),
        counts[0],
        limit,
        counts[1],
        counts[0] * share[0] // share[1] if share else None,
        rule.source if rule else "",
        rule.grade if rule else "",
    )


@dataclass(frozen=True)
class Life:
    """The posts of a person through time, newest first, and what was delegated to and by the person."""

    own: list[Holding]
    received: list[Holding]
    given: list[Holding]


def life_of(person: Account) -> Life:
    """Two queries, however many posts."""
    rows = Holding.objects.select_related("post__unit__present", "account", "principal__account", "principal__post")
    held = list(rows.filter(account=person).order_by("-valid_from", "-pk"))
    given = list(rows.filter(principal__account=person).order_by("-valid_from", "-pk"))
    own = [row for row in held if row.manner != Manner.DELEGATED]
    return Life(own, [row for row in held if row.manner == Manner.DELEGATED], given)


def people_found(accounts: QuerySet[Account], words: str, on: date, limit: int) -> list[tuple[Account, Holding]]:
    """People whose name or user name holds all the words and who hold a post that day, each with one post."""
    rows = accounts.filter(is_active=True)
    for word in fold(words).split():
        rows = rows.filter(search_text__contains=word)
    rows = rows.filter(Exists(Holding.objects.on(on).filter(account=OuterRef("pk"))))
    people = list(rows.order_by("sort_key", "pk")[:limit])
    held = Holding.objects.on(on).filter(account__in=people).select_related("post__unit__present")
    posts = {row.account_id: row for row in held.order_by("-principal", "-pk")}
    return [(person, posts[person.pk]) for person in people if person.pk in posts]


def acts_in_words(acts: Iterable[str], on: date, language: str) -> list[str]:
    """What a deputy may do, by the bundles of the norm `posts.delegable`; a verb of none by its name."""
    left, words = set(acts), []
    for row in value("posts.delegable", on=on, default={}).values():
        if left and set(row["acts"]) <= set(acts):
            words.append(row.get(language, ""))
            left -= set(row["acts"])
    single = {
        verb: row.get(language, verb)
        for row in value("posts.delegable", on=on, default={}).values()
        for verb in row["acts"]
    }
    return words + sorted({single.get(verb, verb) for verb in left})
