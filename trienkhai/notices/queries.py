"""Questions about an inbox, and about the mails made from it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet

from trienkhai.notices.models import Digest, DigestState, Notice
from trienkhai.notices.rules import visible_notices
from trienkhai.notices.wording import GROUPS, OTHER, group_of, group_words, sentence
from trienkhai.people.models import Account

MANY = 999
SHOWN = 20


def inbox_of(account: Account, on: date) -> QuerySet[Notice]:
    """Unread first, then newest first."""
    rows = visible_notices(account, on).select_related("post__unit__present")
    return rows.order_by(F("read_at").desc(nulls_first=True), "-at", "-pk")


def unread_count(account: Account, on: date) -> int:
    """How many are unread, counted no further than 1,000."""
    return visible_notices(account, on).filter(read_at=None).order_by().values("pk")[: MANY + 1].count()


@dataclass(frozen=True)
class Chapter:
    """Notices of one group, as a mail shows them: `lines` are (sentence, address on the site), `more` not shown."""

    title: str
    notices: list[Notice]

    @property
    def lines(self) -> list[tuple[str, str]]:
        return [(sentence(notice), notice.url) for notice in self.notices[:SHOWN]]

    @property
    def more(self) -> int:
        return max(0, len(self.notices) - SHOWN)


def chapters_of(notices: Iterable[Notice], without: Collection[str] = ()) -> list[Chapter]:
    """By group in the order of `wording.GROUPS`, other news last; groups in `without` left out."""
    found: dict[str, list[Notice]] = {}
    for notice in notices:
        found.setdefault(group_of(notice.kind), []).append(notice)
    return [
        Chapter(group_words(name), found[name]) for name in (*GROUPS, OTHER) if name in found and name not in without
    ]


def troubled_digests(since: date) -> dict[str, int]:
    """How many mails from that day on failed, may or may not have gone, or wait after a failure; none left out."""
    rows = Digest.objects.filter(on__gte=since)
    again = rows.filter(state=DigestState.WAITING, tries__gt=0).count()
    lost = rows.filter(state__in=(DigestState.UNSURE, DigestState.SENDING)).count()
    counts = {"failed": rows.filter(state=DigestState.FAILED).count(), "unsure": lost, "again": again}
    return {name: number for name, number in counts.items() if number}
