"""The year of a unit, month by month; who is summoned by habit; what a meeting is called."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from trienkhai.common.clock import moment
from trienkhai.meetings.models import Kind, Meeting, MeetingQuerySet
from trienkhai.meetings.norms import bodies
from trienkhai.orgs.models import Holding, PostClass, Role, Unit

KINDS_IN_TITLES = {Kind.REGULAR: "thường kỳ", Kind.THEMATIC: "chuyên đề", Kind.EXTRAORDINARY: "bất thường"}
NAMED = (Role.SECRETARY, Role.LEADER)


@dataclass
class Month:
    first: date
    meetings: list[Meeting] = field(default_factory=list)


def months_of(rows: MeetingQuerySet, year: int) -> list[Month]:
    """The twelve months with their meetings, by day. One query."""
    months = [Month(date(year, number, 1)) for number in range(1, 13)]
    begins, ends = moment(date(year, 1, 1), 0), moment(date(year + 1, 1, 1), 0)
    for row in rows.filter(starts_at__gte=begins, starts_at__lt=ends).order_by("starts_at", "pk"):
        months[row.day.month - 1].meetings.append(row)
    return months


def title_for(body: str, kind: str, day: date, place: str) -> str:
    """In Vietnamese, as papers are: “Sinh hoạt chi bộ thường kỳ tháng 3/2017”."""
    begins = bodies(day, place).get(body, {}).get("title", body)
    return f"{begins} {KINDS_IN_TITLES.get(Kind(kind), '')} tháng {day.month}/{day.year}"


def seats_of(unit: Unit, on: date) -> list[Holding]:
    """Who holds a post of the unit that day, one row a person: whom a meeting may name."""
    rows = Holding.objects.on(on).seated().filter(post__unit=unit).exclude(post__role__in=(Role.MEMBER, Role.ADMIN))
    found: dict[int, Holding] = {}
    for row in rows.select_related("account", "post").order_by("post__pk", "pk"):
        known = found.get(row.account_id)
        if known is None or (row.post.role in NAMED and known.post.role not in NAMED):
            found[row.account_id] = row
    return list(found.values())


def suggested_participants(unit: Unit, body: str, on: date) -> set[int]:
    """Accounts that are members of the body: by the classes of their posts, else the secretaries and leaders."""
    seats = seats_of(unit, on)
    classes: Iterable[str] = bodies(on, unit.path or "").get(body, {}).get("classes", ())
    posts = set(PostClass.objects.filter(post__unit=unit, name__in=list(classes)).values_list("post", flat=True))
    chosen = {row.account_id for row in seats if row.post_id in posts}
    return chosen or {row.account_id for row in seats if row.post.role in NAMED}
