"""The demo's administrator invites a new clerk of the office, and the yearly review of rights is half done."""

from datetime import date

from trienkhai.common.clock import moment
from trienkhai.orgs.actions import create_post
from trienkhai.orgs.actions.inviting import Guest, invite
from trienkhai.orgs.actions.reviewing import decide, open_review
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.queries_accounts import to_review
from trienkhai.people.models import Account

OPENED, TODAY = date(2017, 12, 4), date(2017, 12, 14)
OFFICE = "MH.VP"
TITLE = "Chuyên viên văn thư, lưu trữ"


def invite_and_review(bloc: Unit) -> tuple[int, int]:
    """How many rights were confirmed, and how many are left."""
    admin, leader = (Account.objects.get(username=name) for name in ("quantri", "lanhdao"))
    review = open_review(bloc, 2017, by=admin, at=moment(OPENED, 8))
    ids = list(
        to_review(review, OPENED)
        .order_by("post__unit__path", "pk")
        .exclude(account=leader)
        .values_list("pk", flat=True)
    )
    done = decide(review.pk, ids[: len(ids) // 2], "confirmed", by=leader, at=moment(TODAY, 10))
    office = Unit.objects.select_related("present").get(present__code=OFFICE)
    post = create_post(office, title=TITLE, role=Role.CLERK, by=admin, at=moment(TODAY, 14))
    invite(Guest("Nguyễn Thị Mới", "", post, date(2018, 1, 2)), by=admin, at=moment(TODAY, 14))
    return done, len(ids) - done
